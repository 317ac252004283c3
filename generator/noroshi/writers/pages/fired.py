"""Risks that fired, as pages of the house show them: what fired when and why, and what was decided to do then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from noroshi.snapshot.matter.spoken import NEVER
from noroshi.snapshot.risks import Fired
from noroshi.snapshot.sayings import because_of
from noroshi.snapshot.state import State
from noroshi.writers.pages.links import Reader


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
    slot = matters[fired.commitment] if fired.commitment is not None else None
    return FiredView(
        id=risk.id,
        title=reader.plain(risk.title),
        holds=fired.until is None,
        when=_when(fired, reader),
        because=reader.tell(because_of(fired, slot), NEVER),
        matter=None if fired.matter == own else reader.named(matters[fired.matter]),
        respond=reader.plain(risk.respond),
        owner=risk.owner,
    )


def _when(fired: Fired, reader: Reader) -> Markup:
    _ = reader.wording.gettext
    at = reader.moment(fired.at)
    if fired.until is None:
        return reader.say(_("Fired at {time}"), time=at)
    return reader.say(_("Fired at {time}, held until {end}"), time=at, end=reader.step(fired.until, fired.at))
