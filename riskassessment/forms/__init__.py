"""What is asked while planning together."""
