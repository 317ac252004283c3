"""Rules on the site's settings: ids stand once, names lead somewhere, dependencies end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from noroshi.problems import Problem
from noroshi.records.content import Settings
from noroshi.records.refusal import nearest
from noroshi.rules.references import list_known
from noroshi.yamlsource import Document


def check_settings(settings: Settings, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """The site's settings agree with each other: ids stand once, names lead somewhere, dependencies end."""
    yield from _duplicate_ids(documents.get("components.yaml"), [c.id for c in settings.components], "component")
    yield from _duplicate_ids(documents.get("clients.yaml"), [c.id for c in settings.clients], "client")
    yield from _duplicate_ids(documents.get("risks.yaml"), [r.id for r in settings.risks], "risk")
    yield from _component_names(settings, documents)
    yield from _dependency_circles(settings, documents)
    yield from _policy_order(settings, documents.get("policy.yaml"))
    yield from _risk_triggers(settings, documents.get("risks.yaml"))


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
