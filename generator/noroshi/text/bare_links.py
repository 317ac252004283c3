"""Links from bare `https://…` addresses, which is how people paste them.

Only the ASCII characters of RFC 3986 belong to a bare address. Japanese goes on right after an address without
a space (`https://example.com/をご覧ください。`), so the first wide character or bracket ends it; an address that holds
such characters itself is written `<https://…>`.
"""

import re

from markdown_it.rules_inline import StateInline

_SCHEME_BEFORE = re.compile(r"(?<![A-Za-z0-9+.-])https?\Z", re.IGNORECASE)
_LONGEST_SCHEME_AND_NEIGHBOUR = len("https") + 1

# Without `[`, `]` and `*`: they are Markdown's own around an address far more often than part of one.
_REST = re.compile(r"://[A-Za-z0-9][A-Za-z0-9\-._~:/?#@!$&'()+,;=%]*")
_SENTENCE_MARKS = "?!.,:;'_~"


def _trimmed(address: str) -> str:
    """The address without the sentence's own punctuation and without a bracket it did not open."""
    unopened = address.count(")") - address.count("(")
    while True:
        if address[-1] in _SENTENCE_MARKS:
            address = address[:-1]
        elif address[-1] == ")" and unopened > 0:
            address = address[:-1]
            unopened -= 1
        else:
            return address


def bare_link(state: StateInline, silent: bool) -> bool:
    """Inline rule at the `:` of `://`: turn a bare http or https address into a link.

    The scheme before it has already been taken as plain text, so it is cut from what is pending.
    """
    if not state.src.startswith("://", state.pos):
        return False
    nearby = state.src[max(0, state.pos - _LONGEST_SCHEME_AND_NEIGHBOUR) : state.pos]
    scheme = _SCHEME_BEFORE.search(nearby)
    rest = _REST.match(state.src, state.pos, state.posMax)
    if scheme is None or rest is None:
        return False
    address = _trimmed(scheme.group() + rest.group())
    target = state.md.normalizeLink(address)
    if not state.md.validateLink(target):
        return False
    if not silent:
        if not state.pending.endswith(scheme.group()):
            return False
        state.pending = state.pending[: -len(scheme.group())]
        opening = state.push("link_open", "a", 1)
        opening.attrs = {"href": target}
        opening.info = "auto"
        state.push("text", "", 0).content = address
        state.push("link_close", "a", -1).info = "auto"
    state.pos += len(address) - len(scheme.group())
    return True
