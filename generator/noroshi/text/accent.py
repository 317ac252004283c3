"""A site's own colour, as rules of CSS that both schemes can be read in."""

from __future__ import annotations

from typing import TypeAlias

from noroshi.text.contrast import mix, readable

Grounds: TypeAlias = tuple[str, ...]

LIGHT: Grounds = ("#ffffff", "#f6f7f9", "#fff8d6", "#eceff3", "#e8f5ee", "#e8f0fd", "#fdf2d8", "#fdeadd", "#fde7e6")
"""The grounds that text stands on in the light scheme, as the stylesheet has them: the page's, then all others."""

DARK: Grounds = ("#14171c", "#1c2027", "#3a3618", "#282d36", "#12301f", "#182f57", "#3b2d0b", "#43210f", "#481817")
"""The same in the dark scheme."""

_TINT = {LIGHT: 0.1, DARK: 0.18}
# How much of the colour its own ground holds (``--nr-accent-bg``).


def accent_style(accent: str | None) -> str:
    """The rules that put a colour in place of the stylesheet's own; empty without one.

    It is made darker in the light scheme and lighter in the dark one, as little as will do, until text in it is
    readable on all grounds that it stands on (WCAG 2.2, 1.4.3).

    :param accent: ``#rrggbb``
    """
    if accent is None:
        return ""
    light, dark = _tokens(accent, LIGHT, "#000000"), _tokens(accent, DARK, "#ffffff")
    return (
        f"@media screen{{:root{{{light}}}:root[data-nr-scheme=dark]{{{dark}}}}}"  # paper has the stylesheet's black
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-nr-scheme=light]){{{dark}}}}}"
    )


def _tokens(accent: str, grounds: Grounds, towards: str) -> str:
    def tint(shade: str) -> str:
        return mix(grounds[0], shade, _TINT[grounds])

    shade = readable(accent, lambda each: (*grounds, tint(each)), towards)
    return f"--nr-accent:{shade};--nr-accent-bg:{tint(shade)}"
