"""The corrective action that a form tells the progress of: named by its id, by its number, or not at all."""

from __future__ import annotations

from collections.abc import Sequence

from noroshi.importers.issue_form import FormError
from noroshi.pipeline.reading.content import SourceFile, read_bytes
from noroshi.pipeline.reading.record import Moments, read_record
from noroshi.records.content import Settings
from noroshi.records.refusal import nearest, shown
from noroshi.records.texts import Text
from noroshi.snapshot.matter.actions import ActionStanding
from noroshi.snapshot.promises.terms import Terms

_LISTED = 10
_SHORT = 60
_DIGITS = 4


def standing_actions_of(source: SourceFile, settings: Settings, moments: Moments) -> Sequence[ActionStanding]:
    """The corrective actions of a record, in the order of their announcement; none where it cannot be read."""
    state = read_record(source, settings, Terms(settings), moments)[0].state
    return state.actions if state is not None else ()


def owing_records(
    sources: Sequence[SourceFile], settings: Settings, moments: Moments, action: str | None
) -> list[SourceFile]:
    """The records that owe a corrective action, in the order given; those whose files name none are not read.

    :param action: the id of the one that is meant; None for any
    """
    found = []
    for source in sources:
        data, problem = read_bytes(source.path, source.place)
        if problem is not None or b"actions" not in data or (action or "").encode() not in data:
            continue
        if any(each.owed and action in (None, each.id) for each in standing_actions_of(source, settings, moments)):
            found.append(source)
    return found


def named_action(word: str, known: Sequence[ActionStanding]) -> str | None:
    """The id of the action that a word names: the id itself, or its number from 1; None where it names none."""
    names = [each.id for each in known]
    if word in names:
        return word
    number = int(word) if word.isascii() and word.isdigit() and len(word) <= _DIGITS else 0
    return names[number - 1] if 1 <= number <= len(names) else None


def chosen_action(word: str | None, known: Sequence[ActionStanding], language: str) -> str:
    """The id of the action that is meant; without a word the one that is owed, where it is the only one.

    :param known: the record's
    :param language: in which actions are told of
    :raises FormError: it is none, or may be several
    """
    if not known:
        raise FormError("action: the record has announced no corrective action")
    told = "; ".join(f"{each.id} ({_in_short(each.what, language)})" for each in known[:_LISTED])
    if word is not None:
        name = named_action(word, known)
        if name is None:
            hint = nearest(word, [each.id for each in known]) or f"there are: {told}"
            raise FormError(f"action: no corrective action of the record has the id {shown(word)}; {hint}")
        return name
    owed = [each.id for each in known if each.owed]
    if len(owed) != 1:
        raise FormError(f"action: {'several are' if owed else 'none is'} owed, so name the one that is meant: {told}")
    return owed[0]


def _in_short(text: Text, language: str) -> str:
    words = " ".join(text.said_in(language, language)[0].split())
    return words if len(words) <= _SHORT else f"{words[:_SHORT]}…"
