"""What a record promises now: told after writing, so that nobody has to reckon."""

from __future__ import annotations

from collections.abc import Iterator

from noroshi.cli.writing.desk import Desk
from noroshi.snapshot.state import State
from noroshi.text.wording import wording_of
from noroshi.writers.pasted.pieces import Speaker
from noroshi.writers.pasted.promise import owed_lines


def promise_lines(desk: Desk, state: State) -> Iterator[tuple[str, bool]]:
    """What is overdue, then what is due next, in the site's first language; and whether it is overdue."""
    settings = desk.settings
    speaker = Speaker(settings=settings, wording=wording_of(settings, settings.site.languages[0]))
    # Those lines come first that are overdue, and tell what is owed to all readers or, of a commitment, its client.
    overdue = sum(each.overdue(desk.now) for each in state.promises if each.to in (None, state.client))
    for number, line in enumerate(owed_lines(state, desk.now, speaker)):
        yield line, number < overdue
