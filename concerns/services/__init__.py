"""The only writers of concerns: one verb per write, each with the five beats of docs/house-style."""
