"""Which characters are written without spaces between them."""

from __future__ import annotations

import unicodedata

_WIDTHS_WITHOUT_SPACES = frozenset({"W", "F", "H"})


def is_wide(character: str) -> bool:
    """Whether the character is East Asian wide, full-width or half-width (UAX 11) and not a space."""
    return unicodedata.east_asian_width(character) in _WIDTHS_WITHOUT_SPACES and not character.isspace()
