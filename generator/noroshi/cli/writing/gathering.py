"""Gathering what a record or a report says: from flags, else a template, else by asking, fact by fact."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

import click

from noroshi.cli.output import note
from noroshi.cli.writing.desk import Desk
from noroshi.cli.writing.questions import QUESTIONS
from noroshi.cli.writing.screen import Screen
from noroshi.cli.writing.taking import Unfit, refuse_unprintable, take_choice, take_deadline, take_moment, take_text
from noroshi.pipeline.writing.assembling import REPORT_KEYS
from noroshi.text.said_slips import is_far_off, taken_for
from noroshi.text.said_times import Lean, spelled
from noroshi.yamlsource.emit import Emittable

Read: TypeAlias = Callable[[Sequence[str]], Emittable]
"""Takes what was said; raises :class:`Unfit` where it cannot."""


class Gathering:
    """The facts so far."""

    def __init__(self, desk: Desk, begun: Mapping[str, Emittable] | None = None) -> None:
        """:param begun: what a template says"""
        self.desk = desk
        self.screen = Screen(desk.wording) if desk.asks else None
        self.data: dict[str, Emittable] = desk.manner.answers.facts
        self.blanks: list[str] = []
        """The keys that could be told and are not, in the order in which they would be asked."""
        self.choices: dict[str, tuple[str, ...]] = {}
        """The words that a fact may choose from."""
        self._begun = begun or {}

    def put(self, key: str, value: Emittable | None) -> None:
        """Keep a fact, where there is one."""
        if value is not None and value not in ({}, []):
            self.data[key] = value

    def typed(self, key: str, value: Emittable) -> None:
        """Keep what was just typed, so that whoever breaks off has it; a part of a fact waits for the others."""
        if key in REPORT_KEYS or key in ("title", "reason", "rollback"):
            self.data[key] = value
        self.desk.manner.answers.typed = True

    def begun(self, key: str) -> Emittable | None:
        """What the template says."""
        return self._begun.get(key)

    def fact(
        self,
        key: str,
        given: Sequence[str],
        read: Read,
        *,
        needed: bool = False,
        asked: bool = True,
        default: str = "",
        ask: Callable[[Screen], Emittable | None] | None = None,
    ) -> Emittable | None:
        """One fact, or None where nobody tells it.

        :param given: what the flags say
        :param asked: whether it is asked for where somebody sits there
        :param default: what Enter stands for
        :param ask: asks for it in a way of its own
        :raises click.UsageError: it cannot be taken, or is needed and missing; the message names the flag
        """
        question = QUESTIONS[key]
        if given:
            try:
                for words in given:
                    refuse_unprintable(words)
                return read(given)
            except Unfit as unfit:
                raise click.UsageError(f"{question.flag}: {unfit}") from None
        begun = self.begun(key)
        if begun is not None:
            return begun
        if self.screen is not None and asked:
            said = ask(self.screen) if ask is not None else self.answer(key, read, needed=needed, default=default)
            if said is None:  # whoever goes on in an editor finds its place there
                self.blanks.append(key)
            return said
        self.blanks.append(key)
        if needed and not self.desk.manner.edit:
            raise click.UsageError(f"{question.flag} is missing: {question.asks}")
        return None

    def answer(
        self, key: str, read: Read, *, needed: bool = False, default: str = "", lines: bool = False
    ) -> Emittable | None:
        """Ask for one fact until it can be taken; None where it is left out.

        :param lines: whether the answer may have several lines
        """
        if self.screen is None:
            return None
        say = self.desk.wording.gettext
        question = QUESTIONS[key]
        hint = say(question.hint) if question.hint else ""
        while True:
            if lines:
                with self._kept_if_broken_off(self.screen, key):
                    said = self.screen.ask_text(say(question.asks), needed=needed)
            else:
                said = self.screen.ask(say(question.asks), hint=hint, default=default, needed=needed)
            if not said:
                return None
            try:
                refuse_unprintable(said)
                taken = read((said,))
                self.typed(key, taken)
                return taken
            except Unfit as unfit:
                self.screen.refuse(str(unfit))

    def text(self, key: str, given: Sequence[str], *, needed: bool = False, asked: bool = True) -> Emittable | None:
        """A text; at a terminal also in the site's other languages, where it is told to readers at once."""
        languages = self.desk.settings.site.languages
        whole = tuple(_from_stdin() if each == "-" else each for each in given)

        def ask(screen: Screen) -> Emittable | None:
            lines = key != "title"
            said = self.answer(key, lambda words: take_text((*words,), languages), needed=needed, lines=lines)
            if not isinstance(said, str) or key not in ("title", "text"):
                return said
            told = {languages[0]: said}
            for code in languages[1:]:
                with self._kept_if_broken_off(screen, key, told, code):
                    more = self._translated(screen, key, code)
                if more:
                    told[code] = more
            return dict(told) if len(told) > 1 else said

        return self.fact(key, whole, lambda words: take_text(words, languages), needed=needed, asked=asked, ask=ask)

    @contextmanager
    def _kept_if_broken_off(
        self, screen: Screen, key: str, told: Mapping[str, str] | None = None, code: str = ""
    ) -> Iterator[None]:
        """Whoever breaks off in the middle of a text has its lines too.

        :param told: the text in other languages, where it is being asked for in one more
        """
        try:
            yield
        except KeyboardInterrupt:
            if screen.unfinished:
                self.typed(key, {**told, code: screen.unfinished} if told else screen.unfinished)
            raise

    def _translated(self, screen: Screen, key: str, code: str) -> str:
        """The same text in another language; nothing where it is left out."""
        question = f"{self.desk.wording.gettext(QUESTIONS[key].asks)} [{code}]"
        while True:
            said = screen.ask(question) if key == "title" else screen.ask_text(question)
            try:
                if said:
                    take_text((said,), self.desk.settings.site.languages)
                return said
            except Unfit as unfit:
                screen.refuse(str(unfit))

    def moment(
        self, key: str, given: str | None, lean: Lean, *, needed: bool = False, asked: bool = True
    ) -> str | None:
        """A time, as the content spells it."""
        desk = self.desk

        def read(words: Sequence[str]) -> str:
            return self.time(key, words[0], desk.at, lean)

        return _word(self.fact(key, _said(given), read, needed=needed, asked=asked))

    def time(self, key: str, word: str, start: datetime, lean: Lean) -> str:
        """A time as the content spells it; where it may be a slip, it is said for what it was taken.

        :raises Unfit: it is none
        """
        moment = take_moment(word, start, self.desk.settings.site.zone, lean)
        if is_far_off(word, moment, start):
            note(f"{QUESTIONS[key].flag}: {taken_for(word, moment)}")
        return spelled(moment)

    def deadline(self, key: str, given: str | None, *, needed: bool = False) -> str | None:
        """A day or a time."""
        desk = self.desk
        return _word(
            self.fact(
                key,
                _said(given),
                lambda words: take_deadline(words[0], desk.at, desk.settings.site.zone),
                needed=needed,
            )
        )

    def choice(
        self,
        key: str,
        given: str | None,
        words: type[StrEnum],
        *,
        needed: bool = False,
        asked: bool = True,
        default: str = "",
        called: str = "",
        labels: Mapping[str, str] | None = None,
    ) -> str | None:
        """One of a few words.

        :param called: what the question is about, where it names it
        :param labels: what each is called, messages of the catalogue; None where it has a label
        """
        gettext = self.desk.wording.gettext
        labels = {
            each.value: gettext(labels[each.value]) if labels is not None else self.desk.wording.label(each)
            for each in words
        }
        self.choices[key] = tuple(labels)

        def read(said: Sequence[str]) -> str:
            return take_choice(said[0], words, labels)

        def ask(screen: Screen) -> str | None:
            screen.list_choices(list(labels.items()))
            question = self.desk.wording.gettext(QUESTIONS[key].asks).format(component=called)
            while True:
                answer = screen.ask(question, default=default, needed=needed)
                if not answer:
                    return None
                try:
                    word = read((answer,))
                    self.typed(key, word)
                    return word
                except Unfit as unfit:
                    screen.refuse(str(unfit))

        return _word(self.fact(key, _said(given), read, needed=needed, asked=asked, ask=ask))


def _said(given: str | None) -> tuple[str, ...]:
    return (given,) if given is not None else ()


def _word(fact: Emittable | None) -> str | None:
    return fact if isinstance(fact, str) else None


def _from_stdin() -> str:
    return sys.stdin.read()
