"""Printing a site: its look, its pages and feeds, each planned with what it depends on, and made where that changed."""
