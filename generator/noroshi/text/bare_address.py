"""Which words are nothing but a web address."""

from __future__ import annotations


def is_bare_address(words: str) -> bool:
    """Whether words are nothing but a web address; what an address ends at cannot be a part of it (RFC 3986, C)."""
    return words.startswith(("https://", "http://")) and not any(c.isspace() or c in "<>" for c in words)
