"""How wide a line of text is in the font of badges, and how to shorten it to what fits.

The widths are those of DejaVu Sans, measured in Chromium; Verdana's differ by a few in a hundred. A badge tells its
reader's program how long each text has to be, so that it fits in any font: here it is only made to look natural.
"""

from __future__ import annotations

from unicodedata import category, combining, east_asian_width

SIZE = 11
"""The size of the font, in pixels."""

_THOUSANDTHS = {
    278: "'ijlìíîï",
    295: "IJÌÍÎÏ",
    318: " ,.\u00a0·‘’",
    337: "/:;\\|¦",
    357: "ft-",
    395: "()[]!¡‹›",
    411: "r",
    460: '"',
    500: "*_`¨¯°´¸–“”",
    523: "sz",
    531: "?¿",
    553: "cçL",
    577: "Fk",
    592: "vxyýÿ",
    608: "PTYÝÞ",
    614: "aeoàáâãäåèéêëòóôõöøð«»",
    632: "hnuñùúûüEÈÉÊËß",
    635: "bdgpqþS$0123456789{}¢£¥€µ",
    656: "K",
    685: "ABVXZÀÁÂÃÄÅ",
    697: "RCÇ",
    732: "UÙÚÛÜ",
    750: "HNÑ",
    776: "DGÐ&",
    787: "OQÒÓÔÕÖØ",
    818: "w",
    838: "#+<=>^~¬±×÷→←↑↓",
    863: "M",
    962: "m%Ææ",
    995: "W@©®—…™",
}
_KNOWN = {character: width / 1000 for width, characters in _THOUSANDTHS.items() for character in characters}
_FULL, _HALF = 1.0, 0.5
_ELSEWHERE = 0.7
"""Of letters of other scripts, at a middling width: Greek, Cyrillic, Hebrew, Arabic."""
_JOINER = "\u200d"


def text_width(text: str) -> float:
    """The width of a line of text, in pixels."""
    return sum(_widths(text)) * SIZE


def shortened(text: str, room: float) -> str:
    """A line of text, cut and ended by an ellipsis where it is wider than there is room for.

    What people see as one character stays one: marks stay with their letter, joined pictures together.

    :param room: in pixels, at least as wide as the ellipsis
    """
    ellipsis = "…"
    end, used, room = 0, 0.0, room / SIZE
    widths = _widths(text[: int(room / min(_KNOWN.values())) + _LONGEST_CLUSTER])
    if len(widths) == len(text) and sum(widths) <= room:
        return text
    for place, width in enumerate(widths):
        used += width
        if used > room - _KNOWN[ellipsis]:
            break  # here, and never at a mark or behind a joiner, which take no room
        end = place + 1
    return text[:end].rstrip() + ellipsis


_LONGEST_CLUSTER = 64
"""No more marks than this are looked at behind a cut; nobody's name piles up so many."""


def _widths(text: str) -> list[float]:
    """Of each character, in sizes of the font."""
    found, before = [], ""
    for character in text:
        joined = before == _JOINER and category(character) == "So"  # a picture; letters stand side by side all the same
        found.append(0.0 if joined else _width(character))
        before = character
    return found


def _width(character: str) -> float:
    known = _KNOWN.get(character)
    if known is not None:
        return known
    if _attached(character):
        return 0.0
    match east_asian_width(character):
        case "W" | "F":
            return _FULL
        case "H":
            return _HALF
        case "A":  # UAX #11 calls letters of Greek and Cyrillic so too, which are wide in old encodings alone
            return _ELSEWHERE if character.isalpha() else _FULL
    return _ELSEWHERE


def _attached(character: str) -> bool:
    """Whether it takes no place of its own: a mark on the character before it, a joiner, a choice of its form."""
    return bool(combining(character)) or category(character) in ("Mn", "Me", "Cf")
