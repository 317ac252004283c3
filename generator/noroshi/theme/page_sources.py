"""What a page runs and loads, in the words of a content security policy (CSP Level 3)."""

import re
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from urllib.parse import urlsplit

from noroshi.text.hash_source import hash_source
from noroshi.theme.shell import holds_slot

_HOST = re.compile(r"[A-Za-z0-9.:\[\]-]+")
_RUNS = re.compile(r"(?:text|application)/(?:x-)?(?:java|ecma)script|module|importmap|speculationrules|", re.IGNORECASE)
_BY_LINK = {
    "stylesheet": ("style-src", "font-src", "img-src"),  # what it names lies where it lies, as with font services
    "preconnect": ("font-src",),
    "icon": ("img-src",),
    "apple-touch-icon": ("img-src",),
    "manifest": ("manifest-src",),
    "modulepreload": ("script-src",),
}
_BY_PRELOAD = {
    "style": "style-src",
    "script": "script-src",
    "font": "font-src",
    "image": "img-src",
    "fetch": "connect-src",
}
_BY_ATTRIBUTE = {
    ("script", "src"): "script-src",
    ("img", "src"): "img-src",
    ("image", "href"): "img-src",
    ("image", "xlink:href"): "img-src",
    ("input", "src"): "img-src",
    ("video", "poster"): "img-src",
    ("video", "src"): "media-src",
    ("audio", "src"): "media-src",
    ("source", "src"): "media-src",
    ("track", "src"): "media-src",
    ("iframe", "src"): "frame-src",
    ("object", "data"): "object-src",
    ("embed", "src"): "object-src",
    ("button", "formaction"): "form-action",
    ("input", "formaction"): "form-action",
    ("base", "href"): "base-uri",
}


def find_sources(html: str, warn: Callable[[str], None]) -> list[tuple[str, str]]:
    """Every directive and source that a page's own scripts, styles and addresses need, in their order.

    :param html: a page, or one with slots
    :param warn: told of what differs from page to page, so that no hash fits it
    """
    found = _Found(warn)
    found.feed(html)
    found.close()
    return found.sources


class _Found(HTMLParser):
    """Collects what a page runs and loads, as directives and sources."""

    def __init__(self, warn: Callable[[str], None]) -> None:
        super().__init__(convert_charrefs=True)
        self.sources: list[tuple[str, str]] = []
        self._warn = warn
        self._inline: str | None = None
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect from a tag and its attributes."""
        values = {name: value or "" for name, value in attrs}
        for name, value in values.items():
            if name == "style":
                self._hash_attribute("style-src-attr", value, "a style attribute")
            elif name.startswith("on"):
                self._hash_attribute("script-src-attr", value, f"an {name} attribute")
            elif directive := _BY_ATTRIBUTE.get((tag, name)):
                self._load(directive, value)
            elif name == "srcset":
                for candidate in value.split(","):
                    self._load("img-src", candidate.split()[0] if candidate.split() else "")
        if tag == "link":
            self._follow_link(values)
        elif tag == "form":
            self._load("form-action", values.get("action", ""))
        elif tag == "a" and values.get("data-md-component") == "source":
            self.sources += _source_facts(values.get("href", ""))
        if tag == "style" or (tag == "script" and "src" not in values and _RUNS.fullmatch(values.get("type", ""))):
            self._inline, self._text = tag, []

    def handle_data(self, data: str) -> None:
        """Collect the text of a script or style."""
        if self._inline is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Allow the script or style that ends here."""
        if tag != self._inline:
            return
        text, self._inline = "".join(self._text), None
        if holds_slot(text):
            self._refuse(f"a <{tag}>")
        else:
            self.sources.append((f"{tag}-src", hash_source(text.encode())))

    def _hash_attribute(self, directive: str, value: str, what: str) -> None:
        if holds_slot(value):
            self._refuse(what)
        else:
            self.sources += [(directive, "'unsafe-hashes'"), (directive, hash_source(value.encode()))]

    def _refuse(self, what: str) -> None:
        self._warn(
            f"{what} in the theme's templates holds a page's title, description or address, so that it differs from "
            "page to page; browsers will not heed it; keep it in a file of its own and read the page from there"
        )

    def _follow_link(self, values: Mapping[str, str]) -> None:
        address = values.get("href", "")
        for word in values.get("rel", "").lower().split():
            for directive in _BY_LINK.get(word, ()):
                self._load(directive, address)
            if word == "preload" and (preloaded := _BY_PRELOAD.get(values.get("as", "").lower())):
                self._load(preloaded, address)

    def _load(self, directive: str, address: str) -> None:
        if source := _source(address):
            self.sources.append((directive, source))


def _source(address: str) -> str:
    """The source that an address belongs to; empty where it has none that a policy could name."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    if parts.scheme in ("data", "blob"):
        return f"{parts.scheme}:"
    if parts.netloc and parts.scheme in ("", "http", "https"):
        if not _HOST.fullmatch(parts.netloc):
            return ""
        return f"{parts.scheme}://{parts.netloc}" if parts.scheme else parts.netloc
    return "" if parts.scheme else "'self'"


def _source_facts(repository: str) -> Iterator[tuple[str, str]]:
    """Where Material's script asks for the stars of a repository that it links to."""
    host = urlsplit(repository).netloc
    if host == "github.com":
        yield "connect-src", "https://api.github.com"
    elif "gitlab" in host and _HOST.fullmatch(host):
        yield "connect-src", f"https://{host}"
