"""The track record: what became of all promises, counted by month, and what may be told of it."""
