"""Corrective actions in pasted text: what was announced, and how far it has come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from noroshi.records.reports import Action, IncidentReport, MaintenanceReport, Progress
from noroshi.writers.pasted.pieces import Fact, Span, Speaker, fact, line, struck


@dataclass(frozen=True, kw_only=True)
class PastedAction:
    """A corrective action as far as it has come."""

    what: str
    facts: tuple[Fact, ...]


def pasted_actions(
    reports: Sequence[IncidentReport | MaintenanceReport], speaker: Speaker, named: frozenset[str] | None = None
) -> tuple[PastedAction, ...]:
    """The actions that these reports announce, with the progress that they tell.

    :param named: the ids of the only actions that are wanted
    """
    announced: dict[str, Action] = {}
    progress: dict[str, list[Progress]] = {}
    for report in reports:
        if report.withdrawn is not None:
            continue
        if isinstance(report.actions, tuple):
            announced.update((action.id, action) for action in report.actions)
            continue
        for action_id, step in report.actions.items():
            progress.setdefault(action_id, []).append(step)
    return tuple(
        PastedAction(what=speaker.plain(action.what), facts=tuple(_facts(action, progress.get(action.id, []), speaker)))
        for action in announced.values()
        if named is None or action.id in named
    )


def _facts(action: Action, steps: list[Progress], speaker: Speaker) -> Iterator[Fact]:
    words = speaker.wording
    _ = words.gettext
    dues = [speaker.deadline(due) for due in (action.due, *(step.due for step in steps)) if due is not None]
    done = [step.done for step in steps if step.done is not None]
    evidence = [step.evidence for step in steps if step.evidence is not None]
    checked = [step.effect_checked for step in steps if step.effect_checked is not None]
    dropped = [step.dropped for step in steps if step.dropped is not None]
    yield fact(_("Type"), words.label(action.type))
    yield fact(_("Owner"), action.owner)
    moved = [span for due in dues[:-1] for span in line(" ", struck(due))]
    yield fact(_("Due"), line(dues[-1], tuple(moved)))
    if done:
        proof = line(" (", _evidence(speaker.plain(evidence[-1])), ")") if evidence else ()
        yield fact(_("Done"), line(words.day(done[-1]), proof))
    if checked:
        yield fact(_("Effect checked"), words.day(checked[-1]))
    elif action.check_effect_by is not None:
        yield fact(_("Effect to be checked by"), speaker.deadline(action.check_effect_by))
    if dropped:
        yield fact(_("Not done, because"), speaker.plain(dropped[-1]))


def _evidence(words: str) -> Span:
    """Evidence that is nothing but a web address is a link."""
    bare = words.startswith(("https://", "http://")) and not any(c.isspace() or c in "<>" for c in words)
    return Span(words=words, href=words if bare else None)
