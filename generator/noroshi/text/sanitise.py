"""The last gate before a page or a feed: what HTML may come out of text that people wrote.

The parser already refuses raw HTML and foreign addresses; this list holds even where the parser has a fault.
"""

import html
import re

import nh3

_PHRASE_TAGS = {"em", "strong", "s", "a", "code", "br"}
_BLOCK_TAGS = {"p", "pre", "blockquote", "ul", "ol", "li", "hr", "h4", "h5", "h6"}
_TABLE_TAGS = {"table", "thead", "tbody", "tr", "th", "td"}
TAGS = frozenset(_PHRASE_TAGS | _BLOCK_TAGS | _TABLE_TAGS)
ATTRIBUTES = {"a": frozenset({"href", "title"}), "ol": frozenset({"start"}), "li": frozenset({"value"})}
SCHEMES = frozenset({"http", "https", "mailto"})

# No nofollow: the operator's own people write here. No target: readers choose their windows themselves.
LINK_REL = "noopener"

_CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    url_schemes=SCHEMES,
    url_relative="deny",
    link_rel=LINK_REL,
    strip_comments=True,
)

# Everything outside https://www.w3.org/TR/xml/#NT-Char, lone surrogates among it.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def replace_forbidden(text: str) -> str:
    """The text with each character that XML 1.0 forbids replaced by U+FFFD, so that every format can carry it."""
    return _FORBIDDEN.sub("\ufffd", text)


def sanitise(fragment: str) -> str:
    """The HTML fragment with only the tags, attributes and address schemes listed above.

    Of the character references only `&amp;`, `&lt;`, `&gt;` and `&quot;` remain, those that XML knows as well.
    """
    # A literal "&nbsp;" in the text has become "&amp;nbsp;" by now: this only meets U+00A0.
    cleaned = _CLEANER.clean(fragment).replace("&nbsp;", "\u00a0")
    return replace_forbidden(cleaned)


def is_allowed_address(address: str) -> bool:
    """Whether a link to this address survives `sanitise`: absolute, and http, https or mailto."""
    return "href=" in _CLEANER.clean(f'<a href="{html.escape(address)}">x</a>')
