"""One writing: what was said is tried, mended in an editor where that is wanted, shown, agreed to and put in place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Self, TypeAlias

import click

from noroshi.cli.errors import ProblemsFound
from noroshi.cli.output import note, note_problems, say, styled
from noroshi.cli.writing.committing import commit_written, repository_of
from noroshi.cli.writing.editing import Draft
from noroshi.cli.writing.gathering import Gathering
from noroshi.cli.writing.promised import promise_lines
from noroshi.cli.writing.questions import QUESTIONS
from noroshi.cli.writing.screen import Answer, Screen
from noroshi.pipeline.writing.doubts import doubts
from noroshi.pipeline.writing.placing import put_in_place
from noroshi.pipeline.writing.prepared import Prepared, WritingError
from noroshi.pipeline.writing.repeated import refuse_repeated
from noroshi.problems import Level, Problem, in_one_line
from noroshi.snapshot.state import State
from noroshi.text.labels import N_
from noroshi.yamlsource import read_document
from noroshi.yamlsource.emit import Emittable

Prepare: TypeAlias = Callable[[Mapping[str, Emittable]], Prepared]
"""From facts to what would be written, and what is wrong with it."""

_WRITE = N_("Write it?")
_MEND = N_("Open the editor to mend it?")
_NEEDED = ("title", "text")


class Writing:
    """A context: whoever leaves it by Ctrl-C is told where what was typed lies."""

    def __init__(self, gathering: Gathering, order: Sequence[str]) -> None:
        """:param order: the keys in the order of an editor's block"""
        self._gathering = gathering
        self._desk = gathering.desk
        self._order = list(dict.fromkeys(order))
        self._draft: Draft | None = None
        manner = gathering.desk.manner
        # Before anybody has typed a word: where there is no git, nothing can be committed.
        self._repository = repository_of(self._desk.folder.root) if manner.commit and not manner.dry_run else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, KeyboardInterrupt | EOFError) and self._draft is not None:
            note(f"\nwhat you typed lies in {self._draft.place}")

    def agreed(self, prepare: Prepare) -> Prepared | None:
        """What will be written; None where it was only to be shown, or was declined.

        :raises ProblemsFound: it breaks rules; what is wrong was told
        """
        desk = self._desk
        facts: Mapping[str, Emittable] = self._edited(()) if desk.manner.edit else self._gathering.data
        asks = desk.terminal and not desk.manner.yes and not desk.manner.dry_run
        while True:
            facts, prepared = self._right(prepare, facts)
            with self._keeping():
                refuse_repeated(prepared)
            note_problems([problem for problem in prepared.problems if problem.level is not Level.ERROR])
            _note_reviews({problem.rule for problem in prepared.problems if problem.level is Level.REVIEW})
            for doubt in doubts(prepared, _left_to_policy(prepare, facts), desk.now):
                note(doubt)
            if asks or desk.manner.dry_run:
                self._show(prepared)
            if desk.manner.dry_run:
                self._tell_promises(prepared)
                note("nothing was written (--dry-run)")
                return None
            answer = self._screen().agreed_or_edited(desk.wording.gettext(_WRITE)) if asks else Answer.YES
            if answer is Answer.YES:
                return prepared
            if answer is Answer.NO:
                self._note_nothing()
                desk.manner.answers.tell()
                return None
            facts = self._edited(())

    def _right(self, prepare: Prepare, facts: Mapping[str, Emittable]) -> tuple[Mapping[str, Emittable], Prepared]:
        """The facts, mended until they break no rule, and what they make.

        :raises ProblemsFound: nobody mends them
        """
        while True:
            with self._keeping():
                prepared = prepare(facts)
            errors = [problem for problem in prepared.problems if problem.level is Level.ERROR]
            if not errors:
                return facts, prepared
            facts = self._mended([self._words(problem, prepared) for problem in errors])

    def write(self, prepared: Prepared, subject: str) -> None:
        """Put it in its place, say what it promises, and commit it where that is wanted.

        :raises GitError: it was written, and could not be committed or pushed
        """
        with self._keeping():
            put_in_place(prepared)
        self._desk.manner.answers.forget()
        try:
            self._tell(prepared, subject)
        except KeyboardInterrupt:
            note(f"\nthe file is written: {in_one_line(prepared.path)}")
            raise click.Abort from None

    def _tell(self, prepared: Prepared, subject: str) -> None:
        if self._draft is not None:
            self._draft.discard()
        say(in_one_line(prepared.path))
        self._tell_promises(prepared)
        if self._repository is not None:
            first = self._desk.settings.site.languages[0]
            title = prepared.state.title.said_in(first, first)[0] if prepared.state is not None else ""
            commit_written(self._repository, prepared.place, subject, title, and_push=self._desk.manner.push)

    def _tell_promises(self, prepared: Prepared) -> None:
        for line, overdue in promise_lines(self._desk, prepared.state) if prepared.state is not None else ():
            note(styled(line, err=True, fg="red") if overdue else line)

    def _note_nothing(self) -> None:
        kept = f"; what you typed lies in {self._draft.place}" if self._draft is not None else ""
        note(f"nothing was written{kept}")

    @contextmanager
    def _keeping(self) -> Iterator[None]:
        """Where writing fails, what was typed into an editor stays, and the message says where."""
        try:
            yield
        except WritingError as error:
            if self._draft is None:
                raise
            raise WritingError(f"{error}\nwhat you typed lies in {self._draft.place}") from None

    def _screen(self) -> Screen:
        return self._gathering.screen or Screen(self._desk.wording)

    def _edited(self, problems: Sequence[str]) -> dict[str, Emittable]:
        if self._draft is None:
            needed = [key for key in _NEEDED if key in self._gathering.blanks]
            self._draft = Draft(self._gathering, self._order, needed)
            self._desk.manner.answers.forget()  # from now on the block on disk keeps them
        return self._draft.facts(problems)

    def _mended(self, told: Sequence[str]) -> dict[str, Emittable]:
        """The facts as an editor gives them back, where one may be opened.

        :raises ProblemsFound: none may
        """
        desk = self._desk
        for line in told:
            note(line)
        if desk.terminal and (desk.manner.edit or not desk.manner.yes):
            opened = self._draft is not None
            if opened or self._screen().agreed(desk.wording.gettext(_MEND)):
                return self._edited(told)
        self._note_nothing()
        raise ProblemsFound

    def _words(self, problem: Problem, prepared: Prepared) -> str:
        """A problem in whose place its flag stands, where what a flag said is at fault; else with file and line."""
        if self._draft is not None:
            return f"[{problem.rule}] {problem.message}"
        document, _ = read_document(prepared.path, prepared.data)
        if document is None:
            return str(problem)
        for key in self._gathering.data:
            last = len(document.data.get("reports", ())) - 1 if isinstance(document.data, Mapping) else 0
            places = {document.place(key), document.place("reports", last, key)}
            if problem.place in places and key in QUESTIONS:
                return f"{QUESTIONS[key].flag}: [{problem.rule}] {problem.message}"
        return str(problem)

    def _show(self, prepared: Prepared) -> None:
        """The lines that it adds, as a diff."""
        for line in prepared.diff.splitlines():
            colour = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1])
            say(styled(line, fg=colour) if colour else line)


def _note_reviews(rules: Collection[str]) -> None:
    """What is written all the same, since an urgent report always gets out, and what ``check`` will say of it."""
    if rules:
        agree = "; once the client agrees, say so with --agreed CLIENT=ROLE" if "slot-conflict" in rules else ""
        note(f"'noroshi check' fails while this stands{agree}")


def _left_to_policy(prepare: Prepare, facts: Mapping[str, Emittable]) -> State | None:
    """What would be true if the policy said when the next report comes; None where it does."""
    if "next_report" not in facts:
        return None
    return prepare({key: value for key, value in facts.items() if key != "next_report"}).state
