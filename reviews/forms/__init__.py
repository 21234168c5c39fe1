"""What is asked about the statement."""
