"""Matters with promises, made by hand: what the record counts, without files and folds."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from noroshi.records.choices import Phase, PromiseKind, Severity
from noroshi.records.content import MatterKind
from noroshi.records.texts import Text
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.state import State

BEGAN = datetime(2026, 6, 10, 3, 0, tzinfo=UTC)


def promised(
    kind: PromiseKind, due: datetime, met: datetime | None = None, *, closed: bool | None = None, **more: Any
) -> Promise:
    """A promise; one that was kept is closed."""
    given_up = met is not None if closed is None else closed
    return Promise(kind, more.pop("matter", ""), due, met_at=met, closed=given_up, **more)


def matter(
    name: str, promises: Sequence[Promise] = (), *, kind: MatterKind = MatterKind.INCIDENT, **more: Any
) -> State:
    """A matter that owes these promises; an incident that is completed unless more is said."""
    began = more.pop("began_at", BEGAN)
    facts: dict[str, Any] = {
        "path": f"content/{kind.value}/{name}.yaml",
        "title": Text((("ja", f"{name} の件"), ("en", f"Matter {name}"))),
        "phase": Phase.COMPLETED,
        "severity": Severity.MAJOR if kind is MatterKind.INCIDENT else None,
        "started_at": began,
        "recovered_at": None,
        "ended_at": began + timedelta(hours=2),
        "window": None,
        "moved_from": (),
        "estimates": (),
        "components": (),
        "impacts": (),
        "reports": (),
        "updated_at": began,
        "caused_by": None,
        "detected_by": None,
        "result": None,
        "outcome": None,
        "imported": False,
        "settled": True,
        "promises": tuple(promise._replace(matter=name) for promise in promises),
    }
    return State(id=name, kind=kind, began_at=began, **(facts | more))
