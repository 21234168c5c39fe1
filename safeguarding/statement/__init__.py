"""What several apps cite from the statement. So far: values and ways of working, as dated texts."""
