"""Rules that compare: what was published stands as it was said, whether git or the published log remembers it."""
