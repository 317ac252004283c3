"""Questions at a terminal: one line asked, one line answered."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from contextlib import suppress

import click

from noroshi.cli.output import say, styled
from noroshi.text.wording import Wording


class Screen:
    """A terminal with somebody before it."""

    def __init__(self, wording: Wording) -> None:
        """:param wording: the language in which it asks"""
        self._words = wording
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

    def list_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """What can be chosen: each word with its number, and what it is called."""
        width = max(len(word) for word, _ in choices)
        for number, (word, called) in enumerate(choices, 1):
            say(f"  {number:>2} {word.ljust(width)}  {called}")

    def agreed(self, question: str) -> bool:
        """Yes, or no; Enter is yes."""
        while True:
            answer = input(f"{styled(question, bold=True)} [Y/n] ").strip().lower()
            if answer in ("", "y", "yes", "はい", "ｙ"):
                return True
            if answer in ("n", "no", "いいえ", "ｎ"):
                return False
            click.echo(self._words.gettext("Please answer y or n."))
