"""The published log: what was said, in a form that shows whether it still stands."""
