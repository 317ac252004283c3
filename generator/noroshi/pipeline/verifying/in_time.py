"""A source that answers in time or not at all, however slowly its host drips."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as LateError
from threading import Thread

from noroshi.pipeline.verifying.fetching import Source
from noroshi.problems import CannotVerify


class InTime:
    """A source whose answers may take as long as is left of the time for all of them together."""

    def __init__(self, source: Source, seconds: float, clock: Callable[[], float]) -> None:
        """
        :param seconds: for all answers; it begins now
        :param clock: seconds since any moment; it never goes back
        """
        self._source = source
        self._seconds = seconds
        self._clock = clock
        self._ends = clock() + seconds
        self._late: str | None = None

    @property
    def name(self) -> str:
        return self._source.name

    def read(self, path: str, limit: int) -> bytes:
        """As :meth:`Source.read`.

        :raises CannotVerify: the time is over, too
        """
        answer: Future[bytes] = Future()

        def ask() -> None:
            try:
                answer.set_result(self._source.read(path, limit))
            except BaseException as error:  # noqa: BLE001 (whatever it is, who asked gets it)
                answer.set_exception(error)

        # A read that hangs in the system cannot be called back: the thread is left behind, and ends with the program.
        left = self._ends - self._clock()
        if left > 0:
            Thread(target=ask, daemon=True).start()
            try:
                return answer.result(left)
            except LateError:
                pass
        self._late = self._late or path
        raise CannotVerify(
            f"{self.name} did not answer whole within {self._seconds:g} seconds, as far as {self._late}; try again "
            "later, or give it longer: --timeout"
        )
