"""What becomes of each HTML tag. A tag in no set here is unknown: its text stays, and the import names it."""

from __future__ import annotations

from noroshi.importers.document import Style

STYLED = {
    "b": Style.STRONG,
    "strong": Style.STRONG,
    "summary": Style.STRONG,
    "dt": Style.STRONG,
    "i": Style.EMPHASIS,
    "em": Style.EMPHASIS,
    "cite": Style.EMPHASIS,
    "dfn": Style.EMPHASIS,
    "var": Style.EMPHASIS,
    "s": Style.STRUCK,
    "del": Style.STRUCK,
    "strike": Style.STRUCK,
    "code": Style.CODE,
    "kbd": Style.CODE,
    "samp": Style.CODE,
    "tt": Style.CODE,
}
"""Tags that become marks of Markdown."""

CONTAINERS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "nav",
        "aside",
        "center",
        "address",
        "figure",
        "figcaption",
        "details",
        "summary",
        "dl",
        "dt",
        "dd",
        "form",
        "fieldset",
        "legend",
        "caption",
        "body",
        "html",
    ]
)
"""Tags that only begin and end blocks."""

BLOCKS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "hr", "table"])
"""Tags that become blocks of Markdown."""

PLAIN = frozenset(
    [
        "span",
        "font",
        "u",
        "ins",
        "mark",
        "small",
        "big",
        "sub",
        "sup",
        "abbr",
        "time",
        "label",
        "q",
        "bdi",
        "bdo",
        "wbr",
        "nobr",
        "picture",
    ]
)
"""Tags whose text stays and whose look has no Markdown."""

LINKS = frozenset({"a", "img", "br"})
"""Tags that become links and line breaks; a picture becomes a link to itself."""

TABLE_PARTS = frozenset(["thead", "tbody", "tfoot", "tr", "th", "td", "colgroup", "col"])

UNSEEN = frozenset(
    [
        "script",
        "style",
        "template",
        "head",
        "title",
        "noscript",
        "iframe",
        "object",
        "embed",
        "audio",
        "video",
        "svg",
        "math",
    ]
) | {
    "input",
    "select",
    "textarea",
    "button",
    "canvas",
}
"""Tags whose content readers do not see as text: dropped, and said so."""

KNOWN = frozenset(STYLED) | CONTAINERS | BLOCKS | PLAIN | LINKS | TABLE_PARTS
