"""Writing in an editor: the block is opened, read again, and kept until a record holds what was typed."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from noroshi.cli.output import note
from noroshi.cli.writing.gathering import Gathering
from noroshi.cli.writing.questions import QUESTIONS
from noroshi.pipeline.writing.block import Line, block_facts, block_text, with_times
from noroshi.problems import StatedError
from noroshi.text.labels import N_
from noroshi.yamlsource.emit import Emittable

_HEAD = N_("Write below, save and close. Lines that begin with # say nothing; what stays empty is left out.")
_MEND = N_("This cannot be written yet:")


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
        :raises StatedError: the editor cannot be run, or gave up
        """
        while True:
            if problems:
                for problem in problems:
                    note(problem)
                self._write(self._with_problems(problems))
            before = self.place.read_bytes()
            self._open()
            text = self.place.read_text(encoding="utf-8", errors="replace")
            if problems and self.place.read_bytes() == before:
                raise StatedError(f"nothing was changed and nothing was written; what you typed lies in {self.place}")
            facts, found = block_facts(str(self.place), text)
            if facts is not None:
                desk = self._desk
                return {key: with_times(value, desk.at, desk.settings.site.zone, key) for key, value in facts.items()}
            problems = [str(problem) for problem in found]
            if not self._desk.terminal:  # nobody sits there who could mend it
                told = "\n".join(problems)
                raise StatedError(f"{told}\nnothing was written; what you typed lies in {self.place}")

    def discard(self) -> None:
        """Take it away: what was typed stands in a record now."""
        self.place.unlink(missing_ok=True)

    def _with_problems(self, problems: Sequence[str]) -> str:
        """The block as it was typed, under what is wrong with it."""
        lines = self.place.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)
        kept = "".join(line for line in lines if not line.startswith("#! "))
        return "".join(f"#! {line}\n" for line in [self._mend, *problems]) + kept

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


def _line(key: str, gathering: Gathering, needed: bool) -> Line:
    say = gathering.desk.wording.gettext
    question = QUESTIONS[key]
    choices = gathering.choices.get(key, ())
    hint = ", ".join(choices) or (say(question.hint) if question.hint else "")
    comment = say(question.asks) + (f" ({hint})" if hint else "")
    return Line(key=key, comment=comment, example=question.example or (choices[0] if choices else ""), needed=needed)
