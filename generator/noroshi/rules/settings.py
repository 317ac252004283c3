"""Rules on the site's settings: ids stand once, names lead somewhere, dependencies end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from noroshi.problems import Problem
from noroshi.records.content import Settings
from noroshi.records.refusal import nearest
from noroshi.rules.references import list_known
from noroshi.snapshot.audience import RESERVED
from noroshi.snapshot.promises.business_days import unknown_place
from noroshi.yamlsource import Document


def check_settings(settings: Settings, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """The site's settings agree with each other: ids stand once, names lead somewhere, dependencies end."""
    yield from _duplicate_ids(documents.get("components.yaml"), [c.id for c in settings.components], "component")
    yield from _duplicate_ids(documents.get("clients.yaml"), [c.id for c in settings.clients], "client")
    yield from _duplicate_ids(documents.get("risks.yaml"), [r.id for r in settings.risks], "risk")
    yield from _reserved_words(settings, documents.get("clients.yaml"))
    yield from _component_names(settings, documents)
    yield from _calendar_names(settings, documents.get("site.yaml"))
    yield from _dependency_circles(settings, documents)
    yield from _policy_order(settings, documents.get("policy.yaml"))
    yield from _client_policy_order(settings, documents.get("clients.yaml"))
    yield from _risk_triggers(settings, documents.get("risks.yaml"))
    yield from _holidays(settings, documents.get("site.yaml"))


def _duplicate_ids(document: Document | None, ids: list[str], what: str) -> Iterator[Problem]:
    if document is None:
        return
    first: dict[str, int] = {}
    for index, name in enumerate(ids):
        if name.lower() in first:
            yield Problem(
                place=document.place(index, "id"),
                rule="duplicate-id",
                found=f"the {what} '{name}' stands here again (first as item {first[name.lower()] + 1})",
                allowed=f"each {what} has an id of its own, whatever the case of its letters",
                advice="rename one, or delete it",
            )
        first.setdefault(name.lower(), index)


def _reserved_words(settings: Settings, document: Document | None) -> Iterator[Problem]:
    """No client's id is the word for everybody or for the house: a build for that client would be one for them."""
    if document is None:
        return
    for index, client in enumerate(settings.clients):
        if client.id.lower() in RESERVED:
            yield Problem(
                place=document.place(index, "id"),
                rule="reserved-id",
                found=f"the client's id is '{client.id}', which names another audience",
                allowed=f"ids of clients are other words than {' and '.join(RESERVED)}",
                advice="choose another id",
            )


def _component_names(settings: Settings, documents: Mapping[str, Document]) -> Iterator[Problem]:
    known = settings.by_id
    lists: list[tuple[str, int, str, tuple[str, ...]]] = [
        ("components.yaml", index, "depends_on", component.depends_on)
        for index, component in enumerate(settings.components)
    ]
    lists += [("clients.yaml", index, "components", client.components) for index, client in enumerate(settings.clients)]
    for file, index, key, names in lists:
        for position, name in enumerate(names):
            if name not in known:
                yield Problem(
                    place=documents[file].place(index, key, position),
                    rule="unknown-component",
                    found=f"no component has the id '{name}'",
                    allowed=list_known("components.yaml has: ", known),
                    advice=nearest(name, list(known)) or "add it, or choose one of these",
                )


def _calendar_names(settings: Settings, document: Document | None) -> Iterator[Problem]:
    """What a calendar names as its client and components is there."""
    if document is None:
        return
    clients = [client.id for client in settings.clients]
    for index, calendar in enumerate(settings.site.calendar_sources):
        names = [("needs", step, name) for step, name in enumerate(calendar.needs) if name not in settings.by_id]
        for key, step, name in names:
            yield Problem(
                place=document.place("calendars", index, key, step),
                rule="unknown-component",
                found=f"no component has the id '{name}'",
                allowed=list_known("components.yaml has: ", settings.by_id),
                advice=nearest(name, list(settings.by_id)) or "add it to components.yaml, or choose one of these",
            )
        if calendar.client is not None and calendar.client not in clients:
            yield Problem(
                place=document.place("calendars", index, "client"),
                rule="unknown-client",
                found=f"no client has the id '{calendar.client}'",
                allowed=list_known("clients.yaml has: ", clients),
                advice=nearest(calendar.client, clients) or "add it to clients.yaml, or choose one of these",
            )


def _dependency_circles(settings: Settings, documents: Mapping[str, Document]) -> Iterator[Problem]:
    known = settings.by_id
    for index, component in enumerate(settings.components):
        pending, seen = list(component.depends_on), set()
        while pending:
            name = pending.pop()
            if name == component.id:
                yield Problem(
                    place=documents["components.yaml"].place(index, "depends_on"),
                    rule="dependency-circle",
                    found=f"the component '{component.id}' depends on itself, directly or through others",
                    allowed="dependencies lead away and end",
                    advice="delete one of the links",
                )
                break
            if name not in seen and name in known:
                seen.add(name)
                pending += known[name].depends_on


def _policy_order(settings: Settings, document: Document | None) -> Iterator[Problem]:
    if document is None:
        return
    for index in range(1, len(settings.policies)):
        if settings.policies[index].since <= settings.policies[index - 1].since:
            yield Problem(
                place=document.place(index, "from"),
                rule="policy-order",
                found=f"the entry from {settings.policies[index].since} does not come after the one before it",
                allowed="entries stand in the order of their days",
                advice="add new policy at the end; the past stays as it was promised",
            )


def _client_policy_order(settings: Settings, document: Document | None) -> Iterator[Problem]:
    if document is None:
        return
    for number, client in enumerate(settings.clients):
        days = [policy.since for policy in client.policies]
        for index, (before, day) in enumerate(pairwise(days), 1):
            if day is None or (before is not None and day <= before):
                entry = "has no 'from'" if day is None else f"from {day} does not come after the one before it"
                yield Problem(
                    place=document.place(number, "policy", index),
                    rule="policy-order",
                    found=f"entry {index + 1} of the policy for '{client.id}' {entry}",
                    allowed="entries stand in the order of their days; only the first may have none",
                    advice="add what holds from now on at the end, with 'from: …'; the past stays as it was promised",
                )


def _risk_triggers(settings: Settings, document: Document | None) -> Iterator[Problem]:
    if document is None:
        return
    for index, risk in enumerate(settings.risks):
        if len(risk.when.kinds) != 1:
            yield Problem(
                place=document.place(index, "when"),
                rule="risk-trigger",
                found=f"the risk has {len(risk.when.kinds)} triggers",
                allowed="one of: " + ", ".join(type(risk.when).model_fields),
                advice="write one risk for each trigger",
            )


def _holidays(settings: Settings, document: Document | None) -> Iterator[Problem]:
    """The holidays of the site's country are known, or promises in business days would ignore them in silence."""
    if document is None or settings.site.holidays is None:
        return
    reason = unknown_place(settings.site.holidays)
    if reason is not None:
        found, allowed, advice = reason
        yield Problem(place=document.place("holidays"), rule="holidays", found=found, allowed=allowed, advice=advice)
