"""Parsed Markdown as plain text to paste into a mail, a ticket or a chat."""

from dataclasses import dataclass

from markdown_it.token import Token


@dataclass(kw_only=True)
class _Container:
    """An open quote or list item: what stands before its first line and before every other."""

    first: str
    rest: str
    used: bool = False


class PlainText:
    """Collects the lines of a token stream. Markers of lists and quotes stay, as do the `~~` of struck-out text:
    without them "12 件" that was struck out would read as a claim."""

    def __init__(self, *, addresses: bool) -> None:
        """Write link addresses behind their labels where `addresses` is true."""
        self._addresses = addresses
        self._lines: list[str] = []
        self._containers: list[_Container] = []
        self._numbers: list[int | None] = []
        self._gap = False
        self._cells: list[str] = []

    def write(self, tokens: list[Token]) -> str:
        """The text of all the tokens, lines ended by `\\n`, without one at the end."""
        hidden = False
        for token in tokens:
            match token.type:
                case "paragraph_open":
                    hidden = token.hidden
                case "inline" if self._cells and self._cells[-1] == "":
                    self._cells[-1] = self._inline(token.children or [])
                case "inline":
                    self._block(self._inline(token.children or []), tight=hidden)
                    hidden = False
                case "fence" | "code_block":
                    self._block(token.content.removesuffix("\n"), tight=False)
                case "hr":
                    self._block("----", tight=False)
                case "th_open" | "td_open":
                    self._cells.append("")
                case "tr_close":
                    self._block(" | ".join(self._cells), tight=True)
                    self._cells = []
                case "table_open":
                    self._gap = True
                case _:
                    self._container(token)
        return "\n".join(self._lines)

    def _container(self, token: Token) -> None:
        match token.type:
            case "blockquote_open":
                self._containers.append(_Container(first="> ", rest="> "))
            case "bullet_list_open" | "ordered_list_open":
                self._gap = self._gap or not self._numbers
                self._numbers.append(int(token.attrs.get("start", 1)) if token.tag == "ol" else None)
            case "list_item_open":
                number = self._numbers[-1]
                if number is not None:
                    number = int(token.attrs.get("value", number))
                marker = "- " if number is None else f"{number}. "
                if number is not None:
                    self._numbers[-1] = number + 1
                self._containers.append(_Container(first=marker, rest=" " * len(marker)))
            case "blockquote_close" | "list_item_close":
                if not self._containers[-1].used:
                    self._block("", tight=True)
                self._containers.pop()
            case "bullet_list_close" | "ordered_list_close":
                self._numbers.pop()

    def _block(self, text: str, *, tight: bool) -> None:
        if self._lines and (self._gap or not tight):
            self._lines.append("".join(box.rest for box in self._containers if box.used).rstrip())
        self._gap = not tight
        for line in text.split("\n"):
            prefix = ""
            for box in self._containers:
                prefix += box.rest if box.used else box.first
                box.used = True
            self._lines.append((prefix + line).rstrip())

    def _inline(self, tokens: list[Token]) -> str:
        parts: list[str] = []
        label_start = 0
        target = ""
        for token in tokens:
            match token.type:
                case "softbreak" | "hardbreak":
                    parts.append("\n")
                case "s_open" | "s_close":
                    parts.append("~~")
                case "link_open":
                    label_start = len(parts)
                    target = "" if token.info == "auto" else str(token.attrs["href"])
                case "link_close":
                    label = "".join(parts[label_start:])
                    if self._addresses and target and label not in (target, target.removeprefix("mailto:")):
                        parts.append(f" ({target.removeprefix('mailto:')})")
                case _:
                    parts.append(token.content)
        return "".join(parts)
