"""Text for readers: Markdown, dates and words. Layer 1."""
