"""The catalogue of rules: every name that a problem can carry. ``docs/rules.md`` is made from it.

``python -m noroshi.rules.catalogue`` prints that page.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping

from noroshi.problems import Level
from noroshi.rules.entries.append_only import APPEND_ONLY
from noroshi.rules.entries.calendars import CALENDARS
from noroshi.rules.entries.entry import Example, RuleEntry
from noroshi.rules.entries.named import NAMED
from noroshi.rules.entries.reading import READING
from noroshi.rules.entries.slots import SLOTS
from noroshi.rules.entries.told import TOLD
from noroshi.rules.entries.values import VALUES

_CHAPTERS: Mapping[str, Mapping[str, RuleEntry]] = {
    "Files as text": READING,
    "Keys and values": VALUES,
    "What reports tell": TOLD,
    "Times promised to clients": SLOTS,
    "Names, settings and the folder": NAMED,
    "Calendars": CALENDARS,
    "Append only": APPEND_ONLY,
}

CATALOGUE: Mapping[str, RuleEntry] = {name: entry for chapter in _CHAPTERS.values() for name, entry in chapter.items()}
"""What each rule asks, by its name."""

_LEVELS = {
    Level.ERROR: "error: fails `check` and stops a build",
    Level.REVIEW: "review: fails `check`; a build publishes the record and shows what is missing",
    Level.WARNING: "warning: said, and fails nothing",
}

_OPENING = """\
# Rules

`noroshi check` reads all content and says all that is wrong in one run, in the order of files and lines:

    path:line:column: [rule] what was found; what is allowed; what to do

Each rule has one of three levels. An **error** cannot be read, is unsafe or rewrites the published log: it fails
`check` and stops a build. A **review** fails `check`, and a build publishes the record all the same and shows what is
missing, for an urgent report always gets out. A **warning** fails nothing. In records that were
[imported](format.md#imported), what reports did in their time is only warned about, for it cannot be mended.

The examples show the lines that matter; the rest of their file is in order.
"""


def page() -> str:
    """The manual's page on the rules, in Markdown."""
    return "\n".join(_blocks())


def _blocks() -> Iterator[str]:
    yield _OPENING
    for title, entries in _CHAPTERS.items():
        yield f"## {title}\n"
        for name, entry in entries.items():
            yield f"### {name}\n"
            yield f"*{_LEVELS[entry.level]}*\n"
            yield f"{entry.description}\n"
            if entry.failing is not None and entry.passing is not None:
                for path, text in entry.failing.beside:
                    yield _shown("With", Example(path=path, shown=text))
                yield _shown("Refused" if entry.level is Level.ERROR else "Found", entry.failing)
                yield _shown("Right", entry.passing)


def _shown(word: str, example: Example) -> str:
    return f"{word}, in `{example.path}`:\n\n```yaml\n{example.shown}```\n"


if __name__ == "__main__":
    sys.stdout.write(page())
