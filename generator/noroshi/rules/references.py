"""Rules on names: whatever a matter names must be there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from noroshi.problems import Level, Problem
from noroshi.records.choices import Severity
from noroshi.records.matters import Commitment, Incident, Maintenance
from noroshi.records.refusal import nearest
from noroshi.rules.subject import Subject


def unknown_component(subject: Subject) -> Iterator[Problem]:
    """Every component that a record names stands in components.yaml."""
    if "components.yaml" in subject.settings.unread:
        return
    known = subject.settings.by_id
    record = subject.entry.record
    named: list[tuple[tuple[str | int, ...], str]] = []
    if isinstance(record, Commitment):
        named += [(("needs", index), name) for index, name in enumerate(record.needs)]
    else:
        named += [(("components", name), name) for name in record.components]
        for index, report in enumerate(record.reports):
            named += [(("reports", index, "components", name), name) for name in report.components]
    for steps, name in named:
        if name not in known:
            yield subject.problem(
                "unknown-component",
                *steps,
                found=f"no component has the id '{name}'",
                allowed=list_known("components.yaml has: ", known),
                advice=nearest(name, list(known)) or "add it to components.yaml, or choose one of these",
            )


def unknown_client(subject: Subject) -> Iterator[Problem]:
    """Every client that a record names stands in clients.yaml."""
    if "clients.yaml" in subject.settings.unread:
        return
    known = [client.id for client in subject.settings.clients]
    record = subject.entry.record
    named: list[tuple[tuple[str | int, ...], str]] = []
    if isinstance(record, Commitment):
        named.append((("client",), record.client))
    if isinstance(record, Maintenance):
        named += [(("agreements", i, "client"), agreement.client) for i, agreement in enumerate(record.agreements)]
    for steps, name in named:
        if name not in known:
            yield subject.problem(
                "unknown-client",
                *steps,
                found=f"no client has the id '{name}'",
                allowed=list_known("clients.yaml has: ", known),
                advice=nearest(name, known) or "add it to clients.yaml, or choose one of these",
            )


def caused_by_itself(subject: Subject) -> Iterator[Problem]:
    """No incident is its own cause."""
    record = subject.entry.record
    if isinstance(record, Incident) and record.caused_by == subject.entry.id:
        yield subject.problem(
            "unknown-record",
            "caused_by",
            found="the incident names itself as its cause",
            allowed="the id of another maintenance or incident",
            advice="name the work or incident that caused it, or delete the line",
        )


def severity_contradiction(subject: Subject) -> Iterator[Problem]:
    """A severity of none with components down is a slip; readers would see no incident where there is an outage."""
    record = subject.entry.record
    if not isinstance(record, Incident) or record.severity is not Severity.NONE:
        return
    down = [name for name, level in record.components.items() if level in ("partial_outage", "major_outage")]
    if down:
        yield subject.problem(
            "severity-contradiction",
            "severity",
            found=f"the severity is none while {', '.join(down)} is out",
            allowed="severity none is for matters that affect nobody",
            advice="raise the severity, or correct the components",
            level=Level.WARNING,
        )


def list_known(lead: str, known: Iterable[str], limit: int = 30) -> str:
    """What is allowed, behind its lead: at most ``limit`` names, and how many there are."""
    names = list(known)
    more = f", … ({len(names)} in all)" if len(names) > limit else ""
    return lead + (", ".join(names[:limit]) or "nothing yet") + more
