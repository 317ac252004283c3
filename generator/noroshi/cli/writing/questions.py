"""What is asked of whoever writes: for each fact its flag, the question, and what may be answered.

The questions are messages of the catalogue: at 22:00 they come in the site's first language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from noroshi.text.labels import N_


@dataclass(frozen=True, kw_only=True)
class Question:
    """One fact that may be asked for."""

    flag: str
    """How it is said on the command line."""
    asks: str
    """A message of the catalogue."""
    hint: str = ""
    """What may be answered, a message of the catalogue; empty where words are asked for."""
    example: str = ""
    """What may stand behind its key in an editor; ID is a component or a client of the site."""
    edits: str = ""
    """What may be written in an editor, a message of the catalogue, where that is not :attr:`hint`; it may name
    ``{ids}`` and ``{levels}`` of the site."""


_TIME = N_("a time or a length: 23:30, 30m, tomorrow 10:00")
_PAST = N_("a time: 21:40, -10m, yesterday 10:00")
_DAY = N_("a day: 2026-06-26, tomorrow, 7d")

QUESTIONS: Mapping[str, Question] = MappingProxyType(
    {
        "title": Question(flag="TITLE", asks=N_("The title, in a few words")),
        "id": Question(flag="--id", asks=N_("The id: it becomes the page's address and never changes")),
        "text": Question(flag="--text", asks=N_("What do you tell your readers?")),
        "severity": Question(flag="--severity", asks=N_("How bad is it?")),
        "components": Question(
            flag="--component",
            asks=N_("Which components are affected, and how?"),
            hint=N_("numbers, ids or names with spaces between them"),
            example="{ID: major_outage}",
            edits=N_("ids: {ids}; levels: {levels}"),
        ),
        "level": Question(flag="--component", asks=N_("How is {component}?")),
        "started_at": Question(flag="--started", asks=N_("When did it begin?"), hint=_PAST, example="21:40"),
        "detected": Question(
            flag="--detected-by", asks=N_("Who noticed first?"), example="{at: 21:45, by: monitoring}"
        ),
        "detected.at": Question(flag="--detected", asks=N_("When was it noticed?"), hint=_PAST),
        "not_affected": Question(flag="--not-affected", asks=N_("Who and what is not affected?")),
        "workaround": Question(flag="--workaround", asks=N_("What can readers do meanwhile?")),
        "recovery": Question(
            flag="--recovery",
            asks=N_("When will it be back?"),
            hint=N_("a time or a length: 23:30, 30m, tomorrow 10:00; ? if nobody can say yet"),
            example="23:30",
            edits=N_(
                "a time or a length: 23:30, 30m; while nobody can say, {{unknown: WHY, answer_by: TIME}} in its place"
            ),
        ),
        "recovery.unknown": Question(flag="--recovery-unknown", asks=N_("Why can nobody say yet?")),
        "recovery.answer_by": Question(flag="--answer-by", asks=N_("By when will that be known?"), hint=_TIME),
        "next_report": Question(
            flag="--next",
            asks=N_("When will the next report come?"),
            hint=N_("a time or a length: 23:30, 30m, tomorrow 10:00; Enter for what the policy promises"),
            example="30m",
            edits=N_("a time or a length: 23:30, 30m, tomorrow 10:00; left out, the policy says it"),
        ),
        "recovered_at": Question(flag="--recovered", asks=N_("When was it back?"), hint=_PAST, example="23:20"),
        "expected": Question(flag="--expected", asks=N_("When will it be over?"), hint=_TIME, example="23:30"),
        "ended_at": Question(flag="--ended", asks=N_("When was it over?"), hint=_PAST, example="23:20"),
        "confirmed_by": Question(flag="--confirmed-by", asks=N_("How was it confirmed that it is over?")),
        "lasting_effects": Question(flag="--lasting-effects", asks=N_("What remains after the end?")),
        "cause": Question(
            flag="--cause",
            asks=N_("What was the cause?"),
            example="{status: confirmed, text: WHAT IT WAS}",
            edits=N_("confirmed or suspected; while it is sought, {{status: pending, answer_by: DAY}}"),
        ),
        "cause.status": Question(flag="--cause-status", asks=N_("How sure is the cause?")),
        "cause.answer_by": Question(flag="--cause-by", asks=N_("By when will the cause be known?"), hint=_DAY),
        "undetected_because": Question(flag="--undetected-because", asks=N_("Why did nobody notice earlier?")),
        "actions": Question(
            flag="--action",
            asks=N_("What will be done about it? One action at a time"),
            example="[{id: ID, what: WHAT, type: permanent, owner: ROLE, due: 2026-06-26}]",
        ),
        "action.what": Question(flag="--action", asks=N_("What will be done about it? One action at a time")),
        "action.id": Question(flag="--action", asks=N_("A short id for this action, in ASCII letters")),
        "action.type": Question(flag="--action", asks=N_("Does it relieve the symptom, or remove the cause?")),
        "action.owner": Question(flag="--action", asks=N_("Which role does it?")),
        "action.due": Question(flag="--action", asks=N_("By when will it be done?"), hint=_DAY),
        "action.check_effect_by": Question(flag="--action", asks=N_("By when will its effect be checked?"), hint=_DAY),
        "result": Question(flag="--result", asks=N_("How did the work come out?")),
        "outcome": Question(flag="--outcome", asks=N_("What became of the commitment?")),
        "window": Question(flag="--from", asks=N_("The planned time"), example="{from: tomorrow 21:00, until: 30m}"),
        "from": Question(flag="--from", asks=N_("When does it begin?"), hint=_TIME, example="tomorrow 21:00"),
        "until": Question(
            flag="--until",
            asks=N_("When does it end?"),
            hint=N_("a time, or how long it takes: 22:00, 30m, 2h"),
            example="1h",
        ),
        "reason": Question(flag="--reason", asks=N_("Why is the work done?")),
        "rollback": Question(flag="--rollback", asks=N_("How is it undone if it fails?")),
        "client": Question(flag="--client", asks=N_("To which client is it promised?"), edits=N_("ids: {ids}")),
        "needs": Question(
            flag="--needs",
            asks=N_("Which components does it need?"),
            hint=N_("numbers, ids or names with spaces between them"),
            example="[ID]",
            edits=N_("ids: {ids}"),
        ),
        "keep_clear": Question(
            flag="--keep-clear",
            asks=N_("How long before and after it are they left alone?"),
            hint=N_("two durations: 24h,2h"),
            example="{before: 24h, after: 2h}",
        ),
        "visibility": Question(flag="--visibility", asks=N_("Who may read of it?")),
        "agreements": Question(flag="--agreed", asks=N_("Which clients have agreed?")),
        "by": Question(flag="--by", asks=N_("Who speaks? A role"), example="infra"),
        "corrects": Question(flag="N", asks=N_("Which reports does it set right? Their numbers"), example="[2]"),
        "evidence": Question(flag="--evidence", asks=N_("Where can that be seen?")),
        "record": Question(flag="ID", asks=N_("Which one is it?")),
        "action": Question(flag="ACTION", asks=N_("Which action is it?")),
        "progress": Question(flag="--done", asks=N_("What became of it?")),
        "due": Question(flag="--due", asks=N_("By when will it be done?"), hint=_DAY),
        "dropped": Question(flag="--dropped", asks=N_("Why will it not be done?")),
    }
)
"""By key; what stands behind a dot is a part of the fact before it."""

READERS: Mapping[str, str] = MappingProxyType(
    {
        "public": N_("everybody; whose slot it is stays unsaid"),
        "client": N_("its client, and we ourselves"),
        "internal": N_("we ourselves alone"),
    }
)
"""Who may read of a commitment, by the word for it: messages of the catalogue."""
