"""Questions at a terminal: one line, several lines of a text, a choice, yes or no."""

from __future__ import annotations

import importlib
import select
import sys
from collections.abc import Sequence
from contextlib import suppress
from enum import Enum

import click

from noroshi.cli.output import say, styled
from noroshi.text.labels import N_
from noroshi.text.wording import Wording


class Answer(Enum):
    """What may be answered before something is done."""

    YES = "y"
    NO = "n"
    EDIT = "e"


_ANSWERS = {
    **dict.fromkeys(("", "y", "yes", "はい", "ｙ"), Answer.YES),
    **dict.fromkeys(("n", "no", "いいえ", "ｎ"), Answer.NO),
    **dict.fromkeys(("e", "edit", "編集", "ｅ"), Answer.EDIT),
}


class Screen:
    """A terminal with somebody before it."""

    def __init__(self, wording: Wording) -> None:
        """:param wording: the language in which it asks"""
        self._words = wording
        self._typed: list[str] = []
        with suppress(ImportError):  # with it a wide character is erased whole, and arrows move
            importlib.import_module("readline")

    def say(self, line: str) -> None:
        """A line to read."""
        say(line)

    def refuse(self, why: str) -> None:
        """Why an answer cannot be taken; it is asked for again."""
        say(styled(why, fg="red"))

    def ask(self, question: str, *, hint: str = "", default: str = "", needed: bool = False) -> str:
        """One line, without the spaces around it; the default, or nothing, where only Enter is pressed.

        :raises EOFError: there is nobody any more
        :raises KeyboardInterrupt: whoever writes has thought better of it
        """
        aside = hint
        if not default and not needed:
            skip = self._words.gettext("Enter to leave it out")
            aside = f"{hint}; {skip}" if hint and "Enter" not in hint else hint or skip
        say(styled(question, bold=True) + (f" ({aside})" if aside else "") + (f" [{default}]" if default else ""))
        while True:
            answer = input("> ").strip() or default
            if answer or not needed:
                return answer
            self.refuse(self._words.gettext("This one is needed."))

    def ask_text(self, question: str, *, needed: bool = False) -> str:
        """Several lines, until an empty one; what is pasted is taken whole, its empty lines too.

        Ctrl-D behind a line ends the text as well.

        :raises EOFError: there is nobody any more
        :raises KeyboardInterrupt: whoever writes has thought better of it
        """
        hint = self._words.gettext("an empty line ends it")
        skip = "" if needed else f"; {self._words.gettext('Enter to leave it out')}"
        say(f"{styled(question, bold=True)} ({hint}{skip})")
        while True:
            lines = self._lines()
            if lines or not needed:
                return "\n".join(lines)
            self.refuse(self._words.gettext("This one is needed."))

    @property
    def unfinished(self) -> str:
        """The lines of a text that Ctrl-C broke off."""
        return "\n".join(self._typed).strip()

    def _lines(self) -> list[str]:
        lines = self._typed = []
        while True:
            try:
                # A terminal that brackets what is pasted hands over all its lines as one.
                typed = input("> ").split("\n")
            except EOFError:
                if not lines:
                    raise
                break
            if not "".join(typed).strip() and not (lines and _more_waits()):
                break
            lines += [line.rstrip() for line in typed]
        self._typed = []
        return "\n".join(lines).strip().split("\n") if lines else []

    def list_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """What can be chosen: each word with its number, and what it is called."""
        width = max(len(word) for word, _ in choices)
        for number, (word, called) in enumerate(choices, 1):
            say(f"  {number:>2} {word.ljust(width)}  {called}")

    def agreed(self, question: str) -> bool:
        """Yes, or no; Enter is yes."""
        return self._answered(question, "[Y/n]", N_("Please answer y or n."), (Answer.YES, Answer.NO)) is Answer.YES

    def agreed_or_edited(self, question: str) -> Answer:
        """Yes, no, or first into the editor; Enter is yes."""
        return self._answered(question, "[Y/n/e]", N_("Please answer y, n, or e for the editor."), tuple(Answer))

    def _answered(self, question: str, offered: str, advice: str, allowed: Sequence[Answer]) -> Answer:
        while True:
            answer = _ANSWERS.get(input(f"{styled(question, bold=True)} {offered} ").strip().lower())
            if answer is not None and answer in allowed:
                return answer
            click.echo(self._words.gettext(advice))


def _more_waits() -> bool:
    """Whether more lines were pasted than were read."""
    return bool(select.select([sys.stdin], [], [], 0)[0])
