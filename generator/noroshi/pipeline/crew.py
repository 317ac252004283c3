"""A crew of processes that share the reading and printing of many records.

Each hand keeps what it read, so a record is parsed once though reading and printing are two rounds with
the snapshot between them. Few records are done by one hand in this process.
"""

from __future__ import annotations

import gc
import multiprocessing
import pickle
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from noroshi.pipeline.hand import Hand, Job, PressKit, Printed
from noroshi.pipeline.reading.content import SourceFile
from noroshi.pipeline.reading.record import Moments, Reading
from noroshi.problems import StatedError
from noroshi.publishing.faults import PublicationError
from noroshi.records.content import Settings
from noroshi.snapshot.audience import Audience
from noroshi.writers.pages.templates import PageError

ENOUGH = 200
"""How many records are worth a second process: it takes some 20 ms to start."""

ROUND = 500
"""How many records a hand reads before it answers: what was said of them leaves its memory with each answer."""


class CrewError(StatedError):
    """A process of the crew died; the message is for people."""


class Crew:
    """The hands of one run; a context manager that sends them home."""

    def __init__(self, settings: Settings, moments: Moments, audience: Audience, hands: int) -> None:
        """:param audience: for whom pages are printed, of records that are read whole
        :param hands: how many processes may work; with one, all is done in this process
        """
        self._settings = settings
        self._moments = moments
        self._audience = audience
        self._hands = hands
        self._here = Hand(settings, moments, audience)
        self._away: list[tuple[Any, Connection]] = []
        self._place: dict[str, int] = {}
        self._kit: PressKit | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process, line in self._away:
            line.close()
            if kind is not None:
                process.terminate()
        for process, _ in self._away:
            process.join()

    @property
    def here(self) -> Hand:
        """The hand of this process, for what is needed here."""
        return self._here

    def read(self, sources: Sequence[SourceFile]) -> list[Reading]:
        """The readings of these records, in their order."""
        if self._hands < 2 or len(sources) < ENOUGH:
            return self._here.read(sources)
        self._hire()
        # Neighbours stay together: what is printed of many records, is printed of those of one time.
        size = -(-len(sources) // len(self._away))
        shares = [sources[index * size : (index + 1) * size] for index in range(len(self._away))]
        for index, share in enumerate(shares):
            self._place.update((source.path, index) for source in share)
        readings: list[list[Reading]] = [[] for _ in shares]
        for start in range(0, size, ROUND):
            answers = self._ask("read", [(share[start : start + ROUND],) for share in shares])
            for known, answer in zip(readings, answers, strict=True):
                known += answer
        return [reading for known in readings for reading in known]

    def print(self, kit: PressKit, stage: Path, jobs: Sequence[Job]) -> Callable[[], list[Printed]]:
        """Begin to print what these jobs ask for into the stage, each by the hand that read its record.

        :return: what waits for all of them; the other pages can be made meanwhile
        """
        if not self._away and self._hands >= 2 and len(jobs) >= ENOUGH:
            self._hire()
        if not self._away:
            self._here.equip(kit, stage)
            printed = self._here.print(jobs)
            return lambda: printed
        shares: list[list[Job]] = [[] for _ in self._away]
        for index, job in enumerate(jobs):
            shares[self._place.get(job.source.path, index % len(shares))].append(job)
        self._ask("equip", [(kit, stage) for _ in self._away])
        self._send("print_sent", [([pickle.dumps(job, protocol=5) for job in share],) for share in shares])
        return lambda: [each for answer in self._answers() for each in answer]

    def _hire(self) -> None:
        if self._away:
            return
        context = multiprocessing.get_context("fork")
        for _ in range(self._hands):
            line, far = context.Pipe()
            # A fork inherits our ends of all lines so far; one left open would keep another hand waiting for ever.
            ours = [line, *(other for _, other in self._away)]
            given = (self._settings, self._moments, self._audience)
            process = context.Process(target=_work, args=(far, ours, *given), daemon=True)
            with _without_interrupts():
                process.start()
            far.close()
            self._away.append((process, line))

    def _ask(self, what: str, shares: Sequence[Any]) -> list[Any]:
        self._send(what, shares)
        return self._answers()

    def _send(self, what: str, shares: Sequence[Any]) -> None:
        for (_, line), share in zip(self._away, shares, strict=True):
            line.send((what, share))

    def _answers(self) -> list[Any]:
        answers = []
        for process, line in self._away:
            try:
                answer = line.recv()
            except EOFError:
                process.join(1)
                raise CrewError(
                    f"a worker process ended unasked (exit code {process.exitcode}); "
                    "was memory short? run it again with --jobs 1"
                ) from None
            if isinstance(answer, BaseException):
                raise answer
            answers.append(answer)
        return answers


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Fork a process that Ctrl+C does not reach: it goes home when this one does, and says nothing."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(
    line: Connection, inherited: Sequence[Connection], settings: Settings, moments: Moments, audience: Audience
) -> None:
    """What a hand does all day: take a word and its load, do it, answer with the result or what went wrong."""
    for end in inherited:
        end.close()
    gc.disable()  # records hold no circles, and the process does not live long
    hand = Hand(settings, moments, audience)
    with suppress(EOFError, OSError):  # the other side went away: so do we
        while True:
            what, load = line.recv()
            try:
                answer = getattr(hand, what)(*load)
            except (OSError, MemoryError, PublicationError, PageError) as error:
                answer = error
            line.send(answer)
