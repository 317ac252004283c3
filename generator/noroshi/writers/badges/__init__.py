"""Badges: how the page and each of its components is, as a small picture (SVG) and as data for shields."""
