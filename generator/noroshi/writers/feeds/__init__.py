"""Feeds as bytes: RSS 2.0, Atom 1.0 with its archive, and JSON Feed 1.1. What they carry is `writers/items`."""
