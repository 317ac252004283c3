"""What is owed next, as lines of pasted text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.sayings import due_by, next_owed, overdue_since
from noroshi.snapshot.state import State
from noroshi.writers.pasted.pieces import Speaker


def owed_lines(state: State, now: datetime, speaker: Speaker) -> Iterator[str]:
    """What a matter owes next: all that is overdue, then the two that are due next.

    Promises to single clients are left out, for nobody knows to whom the text is sent; a commitment's are its client's.
    """
    shared = tuple(each for each in state.promises if each.to is None or each.to == state.client)
    owed = next_owed(replace(state, promises=shared), now)
    words = speaker.wording
    for promise in owed:
        said = speaker.tell(overdue_since(promise) if promise.overdue(now) else due_by(promise))
        name = words.aside(_name(promise, state, speaker), said)
        yield f"{words.gettext('What we owe next')}{words.gettext(': ')}{name}"


def _name(promise: Promise, state: State, speaker: Speaker) -> str:
    name = speaker.wording.label(promise.kind)
    if promise.kind.of_action:
        for action in state.actions:
            if action.id == promise.about:
                return f"{name}{speaker.wording.gettext(': ')}{speaker.plain(action.what)}"
    return name
