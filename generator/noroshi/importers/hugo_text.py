"""Hugo's Markdown, with raw HTML, comments and shortcodes, to report Markdown with the same visible text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from markdown_it import MarkdownIt

from noroshi.importers.document import Verbatim, visible_text
from noroshi.importers.html_reading import read_html
from noroshi.importers.html_runs import Reading
from noroshi.importers.markdown_writing import write_markdown

_DEPTH = 60
_MOST_OPEN_TAGS = 200
_TAG = re.compile(
    r"<(?P<close>/?)(?!(?:p|li|td|th|tr|dt|dd|br|img|hr|input|wbr|col|source|meta|link)\b)[a-z][\w-]*(?:[^<>]*[^<>/])?>",
    re.IGNORECASE,
)

_CODE_SPAN = r"(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n)[\s\S])*?(?<!`)(?P=ticks)(?!`)"
_HIDDEN = re.compile(
    _CODE_SPAN + r"|(?P<comment><!--[\s\S]*?-->|^ {0,3}<!--[\s\S]*\Z)",
    re.MULTILINE,
)
_SHORTCODE = re.compile(
    _CODE_SPAN + r"|\{\{[<%](?P<quoted>/\*)?[ \t]*(?P<close>/?)[ \t]*(?P<name>[\w./-]*)"
    r"(?P<words>[^{}]*?)(?:\*/)?[>%]\}\}"
)
_ARGUMENT = re.compile(r"""(?:(?P<key>[\w-]+)=)?(?:"(?P<quoted>[^"]*)"|`(?P<raw>[^`]*)`|(?P<bare>[^\s"`/]+))""")


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something that was left out or changed, with its line in the text, from 1."""

    rule: str
    what: str
    line: int


class _HugoMarkdown(MarkdownIt):
    """CommonMark as Hugo sets it up: raw HTML, tables and strikethrough."""

    def __init__(self) -> None:
        super().__init__("commonmark")
        self.configure("commonmark", {"html": True, "maxNesting": _DEPTH})
        self.enable(["table", "strikethrough"])

    def validateLink(self, url: str) -> bool:  # noqa: N802
        """Every address makes a link here; reading the HTML decides which of them stay."""
        return True


@cache
def _parser() -> _HugoMarkdown:
    return _HugoMarkdown()


def code_lines(text: str) -> frozenset[int]:
    """The lines, from 0, that are fenced or indented code, where nothing has a meaning."""
    lines: set[int] = set()
    for token in _parser().parse(text):
        if token.type in ("fence", "code_block") and token.map:
            lines.update(range(*token.map))
    return frozenset(lines)


def without_comments(text: str) -> tuple[str, list[Finding]]:
    """The text with its HTML comments taken out, every other line where it was, and what they said."""
    findings: list[Finding] = []

    def cut(match: re.Match[str], line: int) -> str:
        comment = match["comment"]
        if comment is None:
            return match[0]
        said = " ".join(comment.removeprefix("<!--").removesuffix("-->").split())
        findings.append(Finding(rule="hidden-comment", what=_shortened(said), line=line))
        return "\n" * comment.count("\n")

    return _outside_code(text, _HIDDEN, cut), findings


def without_shortcodes(text: str) -> tuple[str, list[Finding]]:
    """The text with Hugo's shortcodes resolved as far as they can be, and those that cannot."""
    findings: list[Finding] = []

    def resolve(match: re.Match[str], line: int) -> str:
        if match["ticks"]:
            return match[0]
        if match["quoted"]:
            return re.sub(r"^(\{\{[<%])/\*|\*/([>%]\}\})$", r"\1\2", match[0])
        words = _arguments(match["words"])
        address = words.get("src") or words.get("link") or words.get("path") or words.get("0", "")
        if match["name"] in ("ref", "relref"):
            return address
        if match["name"] == "figure" and not match["close"]:
            return f"![{words.get('caption') or words.get('alt') or words.get('title') or ''}](<{address}>)"
        findings.append(Finding(rule="shortcode", what=_shortened(match[0]), line=line))
        return ""

    return _outside_code(text, _SHORTCODE, resolve), findings


def references(text: str) -> dict[str, Any]:
    """The link reference definitions of a whole body, for the pieces it is cut into."""
    env: dict[str, Any] = {}
    _parser().parse(text, env)
    return {"references": env.get("references", {})}


def report_text(text: str, line: int, env: dict[str, Any], base_url: str) -> tuple[str, list[Finding]]:
    """A piece of a body as report Markdown, and what was left out.

    :param line: the piece's first line in the body, from 1, for findings
    :param env: the body's :func:`references`
    :param base_url: what relative links are resolved against
    """
    parser = _parser()
    tokens = parser.parse(text, dict(env))
    html = parser.renderer.render(tokens, parser.options, env)
    if any(token.level >= _DEPTH - 2 for token in tokens) or _nests_too_deep(html):
        # Past their limits markdown-it and libxml2 drop text; nested that deeply nothing can be shown anyway.
        kept = write_markdown([Verbatim(text=text.strip("\n"))])
        return kept, [Finding(rule="too-deep", what="nested lists, quotes or tags", line=line)]
    reading = Reading()
    blocks = read_html(html, reading, base_url)
    findings = [
        Finding(rule=rule, what=what, line=line + _line_of(text, what.split(" ")[0])) for rule, what in reading.findings
    ]
    return (write_markdown(blocks) if visible_text(blocks) else ""), findings


def _nests_too_deep(html: str) -> bool:
    """Whether more tags are open at once than libxml2 follows; those that close each other do not count."""
    depth = deepest = 0
    for tag in _TAG.finditer(html):
        depth = max(0, depth - 1) if tag["close"] else depth + 1
        deepest = max(deepest, depth)
    return deepest > _MOST_OPEN_TAGS


def _line_of(text: str, word: str) -> int:
    """How many lines stand before the first ``word``, 0 where it is not found as written."""
    found = text.lower().find(f"<{word}")
    found = text.find(word) if found < 0 else found
    return text.count("\n", 0, found) if found > 0 else 0


def _outside_code(text: str, pattern: re.Pattern[str], replace: Any) -> str:
    """``text`` with ``pattern`` replaced where it does not stand in fenced or indented code."""
    protected = code_lines(text)
    lines = text.split("\n")
    done: list[str] = []
    start = 0
    for index in range(len(lines) + 1):
        if index == len(lines) or index in protected:
            if index > start:
                done.append(_replaced("\n".join(lines[start:index]), start + 1, pattern, replace))
            if index < len(lines):
                done.append(lines[index])
            start = index + 1
    return "\n".join(done)


def _replaced(chunk: str, first_line: int, pattern: re.Pattern[str], replace: Any) -> str:
    return pattern.sub(lambda match: replace(match, first_line + chunk.count("\n", 0, match.start())), chunk)


def _arguments(words: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ARGUMENT.finditer(words):
        value = match["quoted"] or match["raw"] or match["bare"] or ""
        found[match["key"] or str(len(found))] = value
    return found


def _shortened(text: str, limit: int = 80) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
