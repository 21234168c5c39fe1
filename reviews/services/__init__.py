"""The only writers of what the statement says, of its readers, and of what people suggest."""
