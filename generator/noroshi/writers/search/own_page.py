"""The text of a page that the operator wrote, read off the page that MkDocs made of it."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

from noroshi.text.markdown import plain_line


@dataclass(frozen=True, kw_only=True)
class OwnPage:
    """A page of the operator's, as it is to be found."""

    path: str
    """Below its language's root."""
    title: str
    passages: tuple[tuple[str, str], ...]
    """The fragment of the heading above each text, empty before the first, and the text."""


def read_own_page(path: str, html: str) -> OwnPage:
    """Read the text of a page between its headings; only what stands in its article counts.

    :param path: below its language's root
    """
    page = _Article()
    page.feed(html)
    page.close()
    texts = ((anchor, _joined(blocks)) for anchor, blocks in page.passages)
    return OwnPage(
        path=path,
        title=_joined(page.heading) or _joined([page.title]),
        passages=tuple((anchor, text) for anchor, text in texts if text),
    )


def _joined(blocks: list[list[str]]) -> str:
    """Blocks of text in one line; a space parts them in every language."""
    lines = (plain_line("".join(words)) for words in blocks)
    return " ".join(line for line in lines if line)


_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_UNREAD = ("script", "style", "svg", "button", "nav")
# What stands beside others on a line, so that a word may go on behind it.
_INLINE = ("a", "abbr", "b", "code", "del", "em", "i", "ins", "kbd", "mark", "s", "small", "span", "strong", "sub")


class _Article(HTMLParser):
    """Collects the texts of an article under its headings."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title: list[str] = []
        self.heading: list[list[str]] = [[]]
        self.passages: list[tuple[str, list[list[str]]]] = [("", [[]])]
        self._open: list[str] = []
        self._skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a passage under a heading, and skip what is not text."""
        values = dict(attrs)
        if self._skipped or tag in _UNREAD or "headerlink" in (values.get("class") or "").split():
            # A void element has no end, and holds nothing to skip.
            self._skipped += tag not in _VOID
            return
        if tag in ("article", "title", "h1"):
            self._open.append(tag)
        if tag in _HEADINGS and "article" in self._open:
            self.passages.append((values.get("id") or "", [[]]))
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave what was entered."""
        if self._skipped:
            self._skipped -= 1
            return
        if tag in self._open:
            self._open.remove(tag)
        self._part(tag)

    def handle_data(self, data: str) -> None:
        """Keep the text of an article, its title's apart."""
        if self._skipped:
            return
        if "article" not in self._open:
            if "title" in self._open:
                self.title.append(data)
            return
        if "h1" in self._open:
            self.heading[-1].append(data)
        self.passages[-1][1][-1].append(data)

    def _part(self, tag: str) -> None:
        if tag not in _INLINE:
            self.passages[-1][1].append([])


_VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
