"""Corrective actions in pasted text: what was announced, and how far it has come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from noroshi.records.reports import Action, IncidentReport, MaintenanceReport, Progress
from noroshi.writers.pasted.pieces import Fact, Line, Span, Speaker, line, struck


@dataclass(frozen=True, kw_only=True)
class PastedAction:
    """A corrective action as far as it has come."""

    what: str
    facts: tuple[Fact, ...]


Acting = IncidentReport | MaintenanceReport


def announced_actions(reports: Sequence[Acting]) -> dict[str, Action]:
    """The actions that these reports announce, by id; withdrawn reports announce nothing."""
    return {
        action.id: action
        for report in reports
        if report.withdrawn is None and isinstance(report.actions, tuple)
        for action in report.actions
    }


def pasted_actions(reports: Sequence[Acting], speaker: Speaker) -> tuple[PastedAction, ...]:
    """The actions that these reports announce, with the progress that they tell."""
    progress: dict[str, list[Progress]] = {}
    for report in reports:
        if report.withdrawn is None and not isinstance(report.actions, tuple):
            for action_id, step in report.actions.items():
                progress.setdefault(action_id, []).append(step)
    return tuple(
        PastedAction(
            what=speaker.plain(action.what), facts=tuple(_standing(action, progress.get(action.id, []), speaker))
        )
        for action in announced_actions(reports).values()
    )


def told_actions(report: Acting, announced: Mapping[str, Action], speaker: Speaker) -> tuple[PastedAction, ...]:
    """What one report tells: the actions that it announces, or how far earlier ones have come.

    :param announced: the actions of all the matter's reports, by id
    """
    if isinstance(report.actions, tuple):
        return pasted_actions([report], speaker)
    return tuple(
        PastedAction(
            what=speaker.plain(announced[action_id].what) if action_id in announced else action_id,
            facts=tuple(_told(step, speaker)),
        )
        for action_id, step in report.actions.items()
    )


def _told(step: Progress, speaker: Speaker) -> Iterator[Fact]:
    words = speaker.wording
    evidence = speaker.plain(step.evidence) if step.evidence else None
    if step.done is not None:
        yield speaker.fact("Done", _done(words.day(step.done), evidence, speaker))
    elif evidence is not None:
        yield speaker.fact("Evidence", line(_evidence(evidence)))
    if step.effect_checked is not None:
        yield speaker.fact("Effect checked", words.day(step.effect_checked))
    if step.due is not None:
        yield speaker.fact("Due", speaker.deadline(step.due))
    if step.dropped is not None:
        yield speaker.fact("Not done, because", speaker.plain(step.dropped))


def _standing(action: Action, steps: list[Progress], speaker: Speaker) -> Iterator[Fact]:
    words = speaker.wording
    dues = [speaker.deadline(due) for due in (action.due, *(step.due for step in steps)) if due is not None]
    done = [step.done for step in steps if step.done is not None]
    evidence = [step.evidence for step in steps if step.evidence is not None]
    checked = [step.effect_checked for step in steps if step.effect_checked is not None]
    dropped = [step.dropped for step in steps if step.dropped is not None]
    yield speaker.fact("Type", words.label(action.type))
    yield speaker.fact("Owner", action.owner)
    yield speaker.fact("Due", line(*(part for due in dues[:-1] for part in (struck(due), " ")), dues[-1]))
    if done:
        proof = speaker.plain(evidence[-1]) if evidence else None
        yield speaker.fact("Done", _done(words.day(done[-1]), proof, speaker))
    if checked:
        yield speaker.fact("Effect checked", words.day(checked[-1]))
    elif action.check_effect_by is not None:
        yield speaker.fact("Effect to be checked by", speaker.deadline(action.check_effect_by))
    if dropped:
        yield speaker.fact("Not done, because", speaker.plain(dropped[-1]))


def _done(day: str, evidence: str | None, speaker: Speaker) -> Line:
    if evidence is None:
        return line(day)
    proof = _evidence(evidence)
    # Readers' programs may take a full-width bracket for a part of an address.
    return line(speaker.wording.aside(day, evidence)) if proof.href is None else line(f"{day} (", proof, ")")


def _evidence(words: str) -> Span:
    """Evidence that is nothing but a web address is a link."""
    bare = words.startswith(("https://", "http://")) and not any(c.isspace() or c in "<>" for c in words)
    return Span(words=words, href=words if bare else None)
