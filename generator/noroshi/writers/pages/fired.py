"""Risks that fired, as pages of the house show them: what fired when and why, and what was decided to do then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from noroshi.snapshot.risks import Fired, TriggerKind
from noroshi.snapshot.state import State
from noroshi.writers.pages.links import Reader, safe


@dataclass(frozen=True, kw_only=True)
class FiredView:
    """A risk that fired."""

    id: str
    title: Markup
    holds: bool
    """Whether its condition holds still."""
    when: Markup
    because: Markup
    matter: Markup | None
    """The matter that fired it, where that is not the page's own."""
    respond: Markup
    owner: str
    """The role that responds."""


def fired_views(
    fired: Iterable[Fired], matters: Mapping[str, State], reader: Reader, *, own: str | None = None
) -> tuple[FiredView, ...]:
    """Risks that fired, in the order given.

    :param matters: by id, those that fired them and the commitments that are threatened
    :param own: the id of the matter whose page it is
    """
    return tuple(_view(each, matters, reader, own) for each in fired)


def _view(fired: Fired, matters: Mapping[str, State], reader: Reader, own: str | None) -> FiredView:
    risk = fired.risk
    return FiredView(
        id=risk.id,
        title=reader.plain(risk.title),
        holds=fired.until is None,
        when=_when(fired, reader),
        because=_because(fired, matters, reader),
        matter=None if fired.matter == own else _link(matters[fired.matter], reader),
        respond=reader.plain(risk.respond),
        owner=risk.owner,
    )


def _when(fired: Fired, reader: Reader) -> Markup:
    _ = reader.wording.gettext
    at = reader.moment(fired.at)
    if fired.until is None:
        return reader.say(_("Fired at {time}"), time=at)
    return reader.say(_("Fired at {time}, held until {end}"), time=at, end=reader.step(fired.until, fired.at))


def _because(fired: Fired, matters: Mapping[str, State], reader: Reader) -> Markup:
    """What made it fire, in a few words."""
    _ = reader.wording.gettext
    since = reader.moment(fired.since)
    slot = _link(matters[fired.commitment], reader) if fired.commitment is not None else Markup("")
    match fired.trigger:
        case TriggerKind.MAINTENANCE_OVERRUN:
            return reader.say(_("The planned end {time} passed"), time=since)
        case TriggerKind.REPORT_OVERDUE:
            kind = escape(reader.wording.label(fired.promise.kind)) if fired.promise is not None else Markup("")
            what = reader.aside(kind, slot) if slot else kind
            return reader.say(_("{promise}: was due {time}"), promise=what, time=since)
        case TriggerKind.RECOVERY_MISSED:
            return reader.say(_("Recovery was expected at {time}"), time=since)
        case TriggerKind.OPEN_LONGER_THAN:
            return reader.say(_("Not recovered since {time}"), time=since)
        case TriggerKind.DETECTED_BY_CLIENT:
            return reader.say(_("A client noticed first, at {time}"), time=since)
        case TriggerKind.COMMITMENT_THREATENED:
            return reader.say(_("Threatens {commitment} since {time}"), commitment=slot, time=since)


def _link(matter: State, reader: Reader) -> Markup:
    """A matter by its title, with a link to its page where it has one."""
    if matter.from_calendar:
        return reader.aside(reader.plain(matter.title), safe(f"<code>{escape(matter.path)}</code>"))
    return reader.matter(matter.kind, matter.id, matter.title)
