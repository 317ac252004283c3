"""The HTML that people copy into pages of their own, to show a badge there or the small page in a frame."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import escape

from noroshi.endpoints import EMBED, STATUS_BADGE
from noroshi.records.content import Settings
from noroshi.text.wording import Wording
from noroshi.urls import absolute_root

FRAME_HEIGHT = 360
"""The height of the frame, in pixels: for one open matter; more of them scroll."""


def frame_title(settings: Settings, words: Wording, marked: Callable[[str], str] = str) -> str:
    """What a frame or a badge shows, in a few words: ``Current status of Example``."""
    name, _ = settings.site.name.said_in(words.language, settings.site.languages[0])
    return marked(words.gettext("Current status of {name}").format(name=name))


def frame_snippet(settings: Settings, words: Wording, marked: Callable[[str], str] = str) -> str:
    """The HTML to copy into another page, which then shows the small page in a frame.

    The frame runs no script and knows nothing of the page around it; its links open windows of their own.

    :param marked: puts the name of an edition beside a title
    """
    address = absolute_root(settings.site.url, words.language, settings.site.languages) + EMBED
    return (
        f'<iframe src="{escape(address)}" title="{escape(frame_title(settings, words, marked))}" width="100%" '
        f'height="{FRAME_HEIGHT}" style="border: 0" loading="lazy" referrerpolicy="no-referrer" '
        'sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>'
    )


def badge_snippet(settings: Settings, words: Wording, marked: Callable[[str], str] = str) -> str:
    """The HTML to copy into another page, which then shows the badge of the whole site with a link to it.

    :param marked: puts the name of an edition beside a title
    """
    root = absolute_root(settings.site.url, words.language, settings.site.languages)
    title = escape(frame_title(settings, words, marked))
    return f'<a href="{escape(root)}"><img src="{escape(root + STATUS_BADGE)}.svg" alt="{title}" height="20"></a>'
