"""Colours that can be read: the contrast of two, and the nearest shade of one that contrasts enough."""

from __future__ import annotations

from collections.abc import Callable

READABLE = 4.5
"""The contrast of text with its ground that WCAG 2.2 asks for (1.4.3, level AA)."""

_STEPS = 100


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio").

    :param one: ``#rrggbb``
    :param other: ``#rrggbb``
    """
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """A colour between two, as ``#rrggbb``.

    :param share: how much of ``other``, from 0 to 1
    """
    return "#" + "".join(
        f"{round(a + (b - a) * share):02x}" for a, b in zip(_channels(one), _channels(other), strict=True)
    )


def readable(colour: str, grounds: Callable[[str], tuple[str, ...]], towards: str) -> str:
    """The shade nearest to a colour that contrasts enough with all the grounds that it stands on.

    :param colour: ``#rrggbb``
    :param grounds: the grounds of a shade; some may be made of it
    :param towards: black on light grounds, white on dark ones, as ``#rrggbb``; what comes out where nothing else does
    """
    for step in range(_STEPS):
        shade = mix(colour, towards, step / _STEPS)
        if all(contrast(shade, ground) >= READABLE for ground in grounds(shade)):
            return shade
    return towards


def _channels(colour: str) -> tuple[int, int, int]:
    value = int(colour[1:], 16)
    return value >> 16, value >> 8 & 255, value & 255


def _luminance(colour: str) -> float:
    """Relative luminance, from 0 to 1."""
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return float(channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4)
