"""The ``_headers`` file as hosts read it: which rules meet a path, and what is then sent.

Written from what Netlify and Cloudflare document: ``:word`` is one step of a path, ``*`` any number of characters.
Netlify takes a last step of ``*`` alone to be optional, its slash too, and does not mind the case of letters; a slash
at the end of a path may be there or not. Both send the headers of every rule that meets a path.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Block:
    """A rule: its pattern, and the headers in their order."""

    path: str
    headers: tuple[tuple[str, str], ...]

    def netlify(self, path: str) -> bool:
        """Whether Netlify applies it to a path."""
        steps = [step for step in self.path.split("/") if step]
        pattern = "/".join(
            "[^/]+" if step.startswith(":") else "?.*" if step == "*" else ".*".join(map(re.escape, step.split("*")))
            for step in steps
        )
        return re.fullmatch(f"/{pattern}/?", path, re.IGNORECASE) is not None

    def cloudflare(self, path: str) -> bool:
        """Whether Cloudflare Pages applies it to a path."""
        parts = re.split(r"(\*|:[A-Za-z]\w*)", self.path)
        spelled = (".*" if part == "*" else "[^/]+" if part.startswith(":") else re.escape(part) for part in parts)
        return re.fullmatch("".join(spelled), path) is not None


def read_headers(text: str) -> list[Block]:
    """The rules of a file; anything that is neither a path, nor a header below one, fails."""
    blocks: list[Block] = []
    for line in text.splitlines():
        if line.startswith("/"):
            blocks.append(Block(path=line, headers=()))
        elif line:
            assert line.startswith("  "), line
            name, colon, value = line.strip().partition(": ")
            assert "" not in (colon, name, value), line
            last = blocks.pop()
            blocks.append(Block(path=last.path, headers=(*last.headers, (name, value))))
    return blocks


def sent(blocks: list[Block], path: str, host: str = "netlify") -> dict[str, str]:
    """The headers of a path's answer; one that several rules give fails, for the host would join the values."""
    found: dict[str, str] = {}
    for block in blocks:
        if getattr(block, host)(path):
            for name, value in block.headers:
                assert name not in found, f"{path}: {name} is given twice: {found[name]!r} and {value!r}"
                found[name] = value
    return found
