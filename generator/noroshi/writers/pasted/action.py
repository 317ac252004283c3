"""Corrective actions in pasted text: what was announced, and how far it has come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from noroshi.records.reports import Action, Progress
from noroshi.snapshot.matter.actions import ActingReport, ActionStanding, standing_actions
from noroshi.text.bare_address import is_bare_address
from noroshi.text.labels import N_
from noroshi.writers.pasted.pieces import Fact, Line, Span, Speaker, line


@dataclass(frozen=True, kw_only=True)
class PastedAction:
    """A corrective action as far as it has come."""

    what: str
    facts: tuple[Fact, ...]


def pasted_actions(reports: Sequence[ActingReport], speaker: Speaker) -> tuple[PastedAction, ...]:
    """The actions that these reports announce, with the progress that they tell."""
    return tuple(
        PastedAction(what=speaker.plain(each.what), facts=tuple(_standing(each, speaker)))
        for each in standing_actions(reports)
    )


def told_actions(report: ActingReport, announced: Mapping[str, Action], speaker: Speaker) -> tuple[PastedAction, ...]:
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


def _standing(standing: ActionStanding, speaker: Speaker) -> Iterator[Fact]:
    words = speaker.wording
    dues = [speaker.deadline(due) for due in standing.dues]
    yield speaker.fact(N_("Type"), words.label(standing.type))
    yield speaker.fact("Owner", standing.owner)
    yield speaker.fact("Due", line(*(part for due in dues[:-1] for part in (speaker.before(due), " ")), dues[-1]))
    if standing.done is not None:
        proof = speaker.plain(standing.evidence) if standing.evidence else None
        yield speaker.fact("Done", _done(words.day(standing.done), proof, speaker))
    if standing.effect_checked is not None:
        yield speaker.fact("Effect checked", words.day(standing.effect_checked))
    elif standing.check_effect_by is not None:
        yield speaker.fact("Effect to be checked by", speaker.deadline(standing.check_effect_by))
    if standing.dropped is not None:
        yield speaker.fact("Not done, because", speaker.plain(standing.dropped))


def _done(day: str, evidence: str | None, speaker: Speaker) -> Line:
    if evidence is None:
        return line(day)
    proof = _evidence(evidence)
    # Readers' programs may take a full-width bracket for a part of an address.
    return line(speaker.wording.aside(day, evidence)) if proof.href is None else line(f"{day} (", proof, ")")


def _evidence(words: str) -> Span:
    """Evidence that is nothing but a web address is a link."""
    return Span(words=words, href=words if is_bare_address(words) else None)
