"""The acts on one concern, each its own short page."""
