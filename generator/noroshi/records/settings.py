"""The lists that a site keeps beside itself: its components, clients, policy and risks."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, TypeAlias

from pydantic import ConfigDict, Discriminator, Field, Tag

from noroshi.records.base import Record
from noroshi.records.durations import Period
from noroshi.records.texts import Line, Prose
from noroshi.records.times import Day
from noroshi.records.words import Flag, Name, Word


class Component(Record):
    """Something that can fail and that readers know by name."""

    id: Name
    """Unique; part of addresses, never changed once published."""
    name: Line
    """What readers call it."""
    description: Line | None = None
    """What it is, in a sentence."""
    group: Line | None = None
    """The heading it stands under, by language where it has translations."""
    environment: Line | None = None
    """production, staging and so on."""
    owner: Word | None = None
    """The role that looks after it."""
    depends_on: tuple[Name, ...] = ()
    """The components it cannot do without."""


class PromiseTimes(Record):
    """What is promised for an incident of one severity."""

    first: Period | None = None
    """The first report, after detection or else the start."""
    every: Period | None = None
    """Interim reports, while not recovered."""
    completion: Period | None = None
    """The completion report, after recovery."""
    cause: Period | None = None
    """Cause and corrective actions, after recovery."""


class MaintenanceTimes(Record):
    """What is promised for planned work."""

    notice: Period | None = None
    """The notice, before the window begins."""
    every: Period | None = None
    """Interim reports, from the planned end until the real one."""
    completion: Period | None = None
    """The completion report, after the real end."""


class Policy(Record):
    """What is promised from a day on; a later entry never mends the past."""

    from_: Day
    """The day from whose beginning it holds."""
    critical: PromiseTimes = Field(default_factory=PromiseTimes)
    major: PromiseTimes = Field(default_factory=PromiseTimes)
    minor: PromiseTimes = Field(default_factory=PromiseTimes)
    none: PromiseTimes = Field(default_factory=PromiseTimes)
    maintenance: MaintenanceTimes = Field(default_factory=MaintenanceTimes)

    model_config = ConfigDict(alias_generator=lambda name: name.rstrip("_"))

    @property
    def since(self) -> date:
        """The day from whose beginning it holds."""
        return self.from_


class ClientPolicy(Record):
    """What is promised to one client beyond the site's policy."""

    from_: Day | None = None
    """The day from whose beginning it holds; without one it always held."""
    critical: PromiseTimes | None = None
    major: PromiseTimes | None = None
    minor: PromiseTimes | None = None
    none: PromiseTimes | None = None
    maintenance: MaintenanceTimes | None = None

    model_config = ConfigDict(alias_generator=lambda name: name.rstrip("_"))

    @property
    def since(self) -> date | None:
        """The day from whose beginning it holds; None where it always held."""
        return self.from_


def _one_or_more(value: Any) -> str:
    return "(entries)" if isinstance(value, list | tuple) else "(one)"


ClientPolicies: TypeAlias = Annotated[
    Annotated[ClientPolicy, Tag("(one)")] | Annotated[tuple[ClientPolicy, ...], Tag("(entries)")],
    Discriminator(_one_or_more),
]
"""What was promised to a client: once and always, or entries in the order of their days."""


class Client(Record):
    """Somebody to whom something was promised; named on no page but their own."""

    id: Name
    """Unique."""
    name: Line
    """What they are called, internally."""
    manager: Word | None = None
    """The role that answers to them."""
    components: tuple[Name, ...] = ()
    """What they use."""
    policy: ClientPolicies | None = None
    """What was promised to them beyond the site's policy; a list of entries where it changes from a day on."""

    @property
    def policies(self) -> tuple[ClientPolicy, ...]:
        """What was promised to them, in the order of the days from which it holds."""
        return (self.policy,) if isinstance(self.policy, ClientPolicy) else self.policy or ()


class Trigger(Record):
    """What makes a risk fire: exactly one of these."""

    maintenance_overrun: Period | None = None
    """Planned work runs this long past its window."""
    report_overdue: Period | None = None
    """A promised report is this late."""
    recovery_missed: Period | None = None
    """An estimate of recovery has passed by this long."""
    open_longer_than: Period | None = None
    """An incident has not recovered for this long."""
    detected_by_client: Flag | None = None
    """A client noticed first."""
    commitment_threatened: Flag | None = None
    """An open incident reaches into a commitment."""

    @property
    def kinds(self) -> list[str]:
        """The names of the triggers that are set."""
        values: dict[str, Any] = {name: getattr(self, name) for name in type(self).model_fields}
        return [name for name, value in values.items() if value is not None]


class Risk(Record):
    """A trigger and a response, decided before it happens."""

    id: Name
    """Unique."""
    when: Trigger
    """What makes it fire."""
    title: Line
    """What has happened then."""
    respond: Prose
    """What is done then."""
    owner: Word
    """The role that does it."""


LISTS: dict[str, type[Record]] = {
    "components.yaml": Component,
    "clients.yaml": Client,
    "policy.yaml": Policy,
    "risks.yaml": Risk,
}
"""What a list file holds, by the file's name."""
