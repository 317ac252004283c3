"""How the whole site is at a time: judged once, so that the home page, badges and other programs say the same."""

from __future__ import annotations

from dataclasses import dataclass

from noroshi.records.choices import ComponentLevel, Phase
from noroshi.snapshot.site import Snapshot
from noroshi.snapshot.state import State


@dataclass(frozen=True, kw_only=True)
class Overall:
    """What hurts, what is being worked on, and what that makes of the whole."""

    level: ComponentLevel
    """The worst level of any component; under maintenance at least while work goes on, whatever it names."""
    hurting: tuple[State, ...]
    """The incidents that are not back, worst first. One whose completion report was made is back."""
    unseen: tuple[State, ...]
    """Those of them that no component shows."""
    back: tuple[State, ...]
    """The incidents that are back and not closed: reports are awaited."""
    working: tuple[State, ...]
    """Planned work that has begun and has not ended, soonest first."""

    @property
    def incident(self) -> bool:
        """Whether an incident lasts though no component is impaired: the level alone would hide it."""
        return bool(self.hurting) and not self.level.impaired


def overall(snapshot: Snapshot) -> Overall:
    """How the whole is at the time of the snapshot."""
    hurting = tuple(state for state in snapshot.open_incidents if state.phase is Phase.ONGOING)
    shown = {state.id for each in snapshot.components for state in each.because}
    working = tuple(state for state in snapshot.current_work if state.open and state.phase is not Phase.ENDED)
    level = snapshot.level
    if working and level is ComponentLevel.OPERATIONAL:
        level = ComponentLevel.UNDER_MAINTENANCE
    return Overall(
        level=level,
        hurting=hurting,
        unseen=tuple(state for state in hurting if state.id not in shown),
        back=tuple(state for state in snapshot.open_incidents if state.phase is not Phase.ONGOING),
        working=working,
    )
