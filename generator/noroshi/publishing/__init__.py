"""A site on disk: built beside the old one, and published by one exchange."""
