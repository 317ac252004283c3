"""A badge as a picture in the flat style that readers know from shields: 20 pixels high, a label, a message."""

from __future__ import annotations

from html import escape

from noroshi.writers.badges.saying import LABEL_COLOUR, Badge, Colour
from noroshi.writers.badges.widths import SIZE, text_width

HEIGHT = 20
"""Of the picture, in pixels."""

SHEEN = 0.08
"""How much white lies over the upper edge, and black over the lower one."""

_PADDING = 6
_BASELINE = 14
_FONTS = "Verdana,DejaVu Sans,Hiragino Sans,Yu Gothic UI,Noto Sans CJK JP,Noto Sans JP,sans-serif"


def badge_svg(badge: Badge) -> bytes:
    """The picture of a badge (SVG 1.1), self-contained; a program that reads aloud says its sentence."""
    label, message = text_width(badge.label), text_width(badge.message)
    left, right = round(label) + 2 * _PADDING, round(message) + 2 * _PADDING
    width, sentence = left + right, escape(badge.sentence)
    # The message begins a pixel under the label: no seam shows where the picture is scaled.
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{HEIGHT}" viewBox="0 0 {width} {HEIGHT}" role="img" \
aria-label="{sentence}" xml:lang="{escape(badge.language)}">
<title>{sentence}</title>
<linearGradient id="noroshi-sheen" x2="0" y2="1">\
<stop stop-color="#fff" stop-opacity="{SHEEN}"/><stop offset="1" stop-opacity="{SHEEN}"/></linearGradient>
<path fill="{badge.colour.fill}" d="M{left - 1} 0h{right - 2}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H{left - 1}z"/>
<path fill="{LABEL_COLOUR.fill}" d="M{left} 0v20H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z"/>
<rect width="{width}" height="{HEIGHT}" rx="3" fill="url(#noroshi-sheen)"/>
<g font-family="{_FONTS}" font-size="{SIZE}" text-anchor="middle" text-rendering="geometricPrecision">
{_text(badge.label, left / 2, label, LABEL_COLOUR)}
{_text(badge.message, left + right / 2, message, badge.colour)}
</g>
</svg>
""".encode()


def _text(text: str, middle: float, width: float, colour: Colour) -> str:
    """A text that is as long as its place is wide, in any font."""
    return (
        f'<text x="{middle:g}" y="{_BASELINE}" fill="{colour.ink}" textLength="{width:.1f}" '
        f'lengthAdjust="spacingAndGlyphs">{escape(text)}</text>'
    )
