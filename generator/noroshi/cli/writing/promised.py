"""What a record promises now: told after writing, so that nobody has to reckon."""

from __future__ import annotations

from collections.abc import Iterator

from noroshi.cli.writing.desk import Desk
from noroshi.records.choices import PromiseKind
from noroshi.snapshot.sayings import due_by
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
    planned = [each for each in state.promises if each.kind in _PLANNED and each.owed and not each.overdue(desk.now)]
    for promise in sorted(planned, key=lambda each: each.due)[:1]:
        words = speaker.wording
        said = words.aside(words.label(promise.kind), speaker.tell(due_by(promise)))
        yield f"{words.gettext('What we owe next')}{words.gettext(': ')}{said}", False


_PLANNED = (PromiseKind.START, PromiseKind.END)
"""What a plan promises, of which pages tell in another place."""
