"""What stands near a matter and is told on its page: its cause, what it caused, what it threatens, risks that fired."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from noroshi.records.choices import PromiseKind
from noroshi.snapshot.risks import Fired, by_matter
from noroshi.snapshot.site import Snapshot
from noroshi.snapshot.state import State


class Near(NamedTuple):
    """The matters and risks near one matter, as far as the audience may know of them."""

    cause: State | None = None
    """The matter that caused it."""
    caused: tuple[State, ...] = ()
    """The incidents that it caused."""
    threats: tuple[State, ...] = ()
    """The incidents that threatened it, or the commitments that it threatened."""
    fired: tuple[Fired, ...] = ()
    """The risks that it, or what caused it, fired, oldest first."""
    fired_by: Mapping[str, State] = {}
    """The matters that these risks speak of, by id."""

    @property
    def states(self) -> tuple[State, ...]:
        """The matters that its page speaks of."""
        return (*([self.cause] if self.cause else []), *self.caused, *self.threats)

    @property
    def told(self) -> tuple[str, ...]:
        """All that its page tells of the risks, to compare by."""
        return tuple(
            f"{each.order} {each.until} {[self.fired_by[name].title for name in each.matters]}" for each in self.fired
        )


_ALONE = Near()


def near_matters(snapshot: Snapshot) -> dict[str, Near]:
    """What is near each matter, by its id, in the snapshot's order."""
    fired_here = by_matter(snapshot.fired)
    threats = _threats_among(snapshot.by_id)
    found = {}
    for state in snapshot.states:
        alone = state.caused_by is None and state.id not in snapshot.consequences and state.id not in threats
        fired = (*fired_here.get(state.id, ()), *fired_here.get(state.caused_by or "", ())) if fired_here else ()
        if alone and not fired:
            found[state.id] = _ALONE
            continue
        found[state.id] = Near(
            cause=snapshot.by_id.get(state.caused_by) if state.caused_by else None,
            caused=snapshot.consequences.get(state.id, ()),
            threats=threats.get(state.id, ()),
            fired=tuple(sorted(fired, key=lambda each: each.order)),
            fired_by={name: snapshot.fired_by[name] for each in fired for name in each.matters},
        )
    return found


def _threats_among(states: Mapping[str, State]) -> dict[str, tuple[State, ...]]:
    """Incidents and the commitments that they threatened, each with the others, by id.

    Where word was owed on a commitment, the promise names the incident; what this audience may not see is left out.

    :param states: those that it may see, by id
    """
    found: dict[str, dict[str, State]] = {}
    for state in states.values():
        if state.gist is not None:
            continue  # it would have none if word were owed on it
        for promise in state.promises:
            incident = states.get(promise.about or "")
            if promise.kind is PromiseKind.SLOT_ANSWER and incident is not None:
                found.setdefault(state.id, {})[incident.id] = incident
                found.setdefault(incident.id, {})[state.id] = state
    return {each: tuple(others.values()) for each, others in found.items()}
