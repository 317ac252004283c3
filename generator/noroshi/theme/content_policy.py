"""The content security policy of a page (CSP Level 3): what stands in it may run and load, and nothing else.

It is made of the page as the theme and the operator wrote it, slots still empty: what a record's text would slip in
is not part of it, and does nothing.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from noroshi.text.hash_source import hash_source
from noroshi.theme.page_sources import find_sources
from noroshi.theme.request import ThemeError

SETTING = "content_security"
"""The key below ``extra`` in mkdocs.yml whose lists are added to every page's policy, by directive."""

_BASE: Mapping[str, tuple[str, ...]] = {
    "default-src": ("'none'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
    "img-src": ("'self'", "data:"),  # the theme's style sheet holds its icons
    "font-src": ("'self'",),
    "connect-src": ("'self'",),
    "worker-src": ("'self'",),
    "manifest-src": ("'self'",),
    "base-uri": ("'none'",),
    "form-action": ("'none'",),
}
_MORE = ("script-src-elem", "script-src-attr", "style-src-elem", "style-src-attr", "media-src", "object-src",
         "frame-src", "child-src")  # fmt: skip
# A meta element may not hold frame-ancestors, report-uri and sandbox (section 3.3 of the standard).
_SOURCE = re.compile(r"[^\s;,\"<>&]+")
_PLACE = re.compile(r"<head\b[^>]*>(?:\s*<meta\s+charset=[^>]*>)?", re.IGNORECASE)
# First of all, for it holds for what comes after it; the encoding must stand within the first 1,024 bytes.
_POLICY = re.compile(r"http-equiv=[\"']?content-security-policy\b", re.IGNORECASE)
_ALLOWED_SCRIPTS = re.compile(rb"(<meta http-equiv=\"Content-Security-Policy\" content=\"[^\"]*?script-src )([^;\"]*)")


def with_policy(html: str, more: Mapping[str, Sequence[str]], warn: Callable[[str], None]) -> str:
    """Put the policy of a page into its head; a page that brings its own keeps that.

    :param more: what is allowed besides what the page holds, by directive
    :param warn: told of what cannot be allowed
    """
    if _POLICY.search(html.partition("</head>")[0]):
        return html
    tag = f'<meta http-equiv="Content-Security-Policy" content="{policy_of(html, more, warn)}">'
    return _PLACE.sub(lambda match: match[0] + tag, html, count=1)


def policy_of(html: str, more: Mapping[str, Sequence[str]], warn: Callable[[str], None]) -> str:
    """The policy under which all that stands in a page works: its own scripts and styles by hash, others by host."""
    allowed = {directive: dict.fromkeys(sources) for directive, sources in _BASE.items()}
    for directive, source in (
        *find_sources(html, warn),
        *((name, each) for name, given in more.items() for each in given),
    ):
        if directive not in allowed:
            # Without a directive of its own it would have followed this one, whose sources it takes along.
            after = directive.removesuffix("-elem") if directive.endswith("-elem") else ""
            allowed[directive] = dict(allowed.get(after, {}))
        allowed[directive][source] = None
    for kind in ("script-src", "style-src"):
        if "'unsafe-inline'" in allowed[kind] and f"{kind}-attr" not in more:
            allowed.pop(f"{kind}-attr", None)  # its hashes would allow less
    return "; ".join(f"{directive} {' '.join(_joined(sources))}" for directive, sources in allowed.items())


def read_sources(value: object, where: str) -> dict[str, tuple[str, ...]]:
    """What mkdocs.yml allows besides, by directive.

    :param value: what stands there
    :param where: the file, for messages
    :raises ThemeError: it is no mapping of directives to lists of sources
    """
    if value is None:
        return {}
    known = [name for name in (*_BASE, *_MORE) if name != "default-src"]
    place = f"{where}: extra: {SETTING}"
    if not isinstance(value, dict):
        raise ThemeError(f"{place}: should be keys and lists; keys are: {', '.join(known)}")
    read = {}
    for directive, sources in value.items():
        if directive not in known:
            raise ThemeError(f"{place}: found {directive!r}; keys are: {', '.join(known)}")
        given = [sources] if isinstance(sources, str) else sources
        if not isinstance(given, list) or not all(isinstance(each, str) and _SOURCE.fullmatch(each) for each in given):
            raise ThemeError(
                f"{place}: {directive}: should be a list of sources, such as https://cdn.example.com or "
                "'unsafe-inline' with its quotes"
            )
        read[directive] = tuple(given)
    return read


def allow_script(html: bytes, script: bytes) -> bytes:
    """The page with one more script allowed that a local server adds to it, to reload it when it changes."""

    def longer(match: re.Match[bytes]) -> bytes:
        if b"'unsafe-inline'" in match[2]:
            return match[0]  # a hash would make browsers overlook it
        return match[1] + match[2] + b" " + hash_source(script).encode()

    return _ALLOWED_SCRIPTS.sub(longer, html, count=1)


def _joined(sources: Mapping[str, None]) -> list[str]:
    """The sources of a directive as they may stand together."""
    if "'unsafe-inline'" in sources:
        # Beside a hash it would count for nothing (section 6.7.3.2 of the standard).
        sources = {each: None for each in sources if not each.startswith(("'sha", "'nonce", "'unsafe-hashes"))}
    several = [each for each in sources if each != "'none'"]
    return several or ["'none'"]
