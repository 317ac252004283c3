"""Writing in an editor: the block is opened, read again, and kept until a record holds what was typed."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from noroshi.cli.output import note
from noroshi.cli.writing.gathering import Gathering
from noroshi.cli.writing.questions import QUESTIONS
from noroshi.pipeline.writing.block import Line, Reading, block_facts, block_text, lone_questions
from noroshi.problems import StatedError
from noroshi.records.choices import ComponentLevel
from noroshi.text.labels import N_
from noroshi.yamlsource.emit import Emittable

_HEAD = N_("Write below, save and close. Lines that begin with # say nothing; what stays empty is left out.")
_MEND = N_("This cannot be written yet:")
_TOLD = "#! "
"""How lines begin that tell what is wrong."""
_LINE = re.compile(r"^line (\d+):")


class Draft:
    """A block on disk, outside the site, for its writer alone."""

    def __init__(self, gathering: Gathering, order: Sequence[str], needed: Sequence[str]) -> None:
        """:param order: the keys in the order of the block
        :param needed: those without which nothing can be written
        """
        say = gathering.desk.wording.gettext
        asked = [key for key in order if key in gathering.data or key in gathering.blanks]
        self._lines = [_line(key, gathering, key in needed) for key in asked]
        self._head = [say(_HEAD)]
        self._mend = say(_MEND)
        self._desk = gathering.desk
        handle, name = tempfile.mkstemp(prefix="noroshi-", suffix=".yaml")
        os.close(handle)
        self.place = Path(name)
        self._write(block_text(gathering.data, self._lines, self._head))

    def facts(self, problems: Sequence[str] = ()) -> dict[str, Emittable]:
        """What its writer makes of it: the editor is opened, and opened again while the block cannot be read.

        :param problems: what was wrong with the last try; they stand above the block
        :raises StatedError: the editor cannot be run, gave up, or gives back what was refused
        """
        while True:
            refused = _said(self._text()) if problems else None
            if problems:
                self._write(self._with_problems(problems))
            self._open()
            if _said(self._text()) == refused:
                raise StatedError(f"nothing was changed and nothing was written; what you typed lies in {self.place}")
            facts, problems = self._read()
            if facts is not None:
                return facts
            if not self._desk.terminal:  # nobody sits there who could mend it
                told = "\n".join(problems)
                raise StatedError(f"{told}\nnothing was written; what you typed lies in {self.place}")
            for problem in problems:
                note(problem)

    def _read(self) -> tuple[dict[str, Emittable] | None, list[str]]:
        """The facts of the block; or None, and what is wrong with it, by the lines of the text below what was told."""
        text = "".join(line for line in self._text().splitlines(keepends=True) if not line.startswith(_TOLD))
        asked = lone_questions(text)
        if asked:
            return None, asked
        facts, found = block_facts(str(self.place), text)
        if facts is None:
            return None, [f"line {each.place.line}: [{each.rule}] {each.message}" for each in found]
        reading = Reading(now=self._desk.at, zone=self._desk.settings.site.zone)
        taken = reading.taken(facts)
        if reading.faults:
            return None, reading.faults
        for slip in reading.slips:
            note(slip)
        return (dict(taken) if isinstance(taken, Mapping) else {}), []

    def discard(self) -> None:
        """Take it away: what was typed stands in a record now."""
        self.place.unlink(missing_ok=True)

    def _with_problems(self, problems: Sequence[str]) -> str:
        """The block as it was typed, under what is wrong with it; lines are counted with these."""
        kept = "".join(line for line in self._text().splitlines(keepends=True) if not line.startswith(_TOLD))
        told = [self._mend, *(line for problem in problems for line in problem.split("\n"))]
        moved = [_LINE.sub(lambda found: f"line {int(found[1]) + len(told)}:", line) for line in told]
        return "".join(f"{_TOLD}{line}\n" for line in moved) + kept

    def _text(self) -> str:
        return self.place.read_text(encoding="utf-8", errors="replace")

    def _open(self) -> None:
        command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ("vi" if self._desk.terminal else "")
        if not command:
            raise StatedError(
                f"there is no terminal for an editor, and EDITOR names none; the block lies in {self.place}"
            )
        try:
            done = subprocess.run([*shlex.split(command), str(self.place)], check=False)
        except (OSError, ValueError) as error:
            raise StatedError(
                f"the editor {command!r} cannot be run: {error}; set EDITOR; what is known so far lies in {self.place}"
            ) from None
        if done.returncode != 0:
            raise StatedError(
                f"the editor ended with {done.returncode}; nothing was written; what you typed lies in {self.place}"
            )

    def _write(self, text: str) -> None:
        self.place.write_text(text, encoding="utf-8")


def _said(text: str) -> list[str]:
    """The lines that say something."""
    return [line.rstrip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _line(key: str, gathering: Gathering, needed: bool) -> Line:
    say = gathering.desk.wording.gettext
    question = QUESTIONS[key]
    choices = gathering.choices.get(key, ())
    ids = list(gathering.desk.clients if key == "client" else gathering.desk.components)
    hint = question.edits or question.hint
    listed = say(hint).format(ids=", ".join(ids), levels=", ".join(ComponentLevel)) if hint else ""
    listed = ", ".join(choices) if choices and not question.edits else listed
    comment = say(question.asks) + (f" ({listed})" if listed else "")
    example = question.example.replace("ID", ids[0]) if ids and key in ("components", "needs") else question.example
    return Line(key=key, comment=comment, example=example or (choices[0] if choices else ""), needed=needed)
