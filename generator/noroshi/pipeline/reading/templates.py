"""Reading templates: what ``check`` says of them, and what the writing commands begin with.

A build never reads them: a slip in a template must not hold back a report.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from noroshi.decode import decode
from noroshi.pipeline.reading.content import TEMPLATES, SiteFolder, leads_inside, read_bytes
from noroshi.problems import Level, Place, Problem
from noroshi.records.content import Settings
from noroshi.records.durations import Unit
from noroshi.records.refusal import nearest
from noroshi.records.template import KEYS_FOR, Template
from noroshi.records.words import check_name
from noroshi.rules.collection import usable_id
from noroshi.rules.references import list_known
from noroshi.yamlsource import Document, read_document
from noroshi.yamlsource.emit import Emittable


@dataclass(frozen=True, kw_only=True)
class SourceTemplate:
    """A template and what is written in it."""

    template: Template
    facts: Mapping[str, Emittable]
    """What it says, as it was written."""


@dataclass(frozen=True, kw_only=True)
class TemplatesReading:
    """The site's templates that can be used, by name, and what is wrong with them and the others."""

    templates: Mapping[str, SourceTemplate]
    problems: tuple[Problem, ...]


def read_templates(folder: SiteFolder, settings: Settings) -> TemplatesReading:
    """Read ``content/templates/*.yaml``; there need not be any."""
    found: dict[str, SourceTemplate] = {}
    problems: list[Problem] = []
    place = folder.content / TEMPLATES
    for name in sorted(each.name for each in place.iterdir()) if place.is_dir() else []:
        path = f"content/{TEMPLATES}/{name}"
        if name.startswith((".", "#")) or name.endswith(("~", ".bak", ".swp", ".orig")) or name.lower()[:6] == "readme":
            continue
        if not name.endswith(".yaml") or not (place / name).is_file():
            problems.append(_stray(path, name))
            continue
        if (place / name).is_symlink() and not leads_inside(place / name, folder.content):
            continue  # find_records tells of it
        source, told = _read(path, folder, settings)
        problems += told
        stem = name.removesuffix(".yaml")
        if check_name(stem) is not None:
            problems += usable_id(path, stem)
        elif source is not None and not told:
            found[stem] = source
    # A template is no report: what is wrong with it fails a review, and no build waits for it.
    return TemplatesReading(
        templates=found, problems=tuple(replace(problem, level=Level.REVIEW) for problem in problems)
    )


def _read(path: str, folder: SiteFolder, settings: Settings) -> tuple[SourceTemplate | None, list[Problem]]:
    data, problem = read_bytes(path, folder.root / path)
    if problem is not None:
        return None, [problem]
    document, problems = read_document(path, data)
    if document is None:
        # One that holds nothing but comments is an example to come.
        return None, [each for each in problems if each.rule != "empty-file"]
    template, told = decode(document, Template, settings.site.zone)
    problems += told
    if template is None:
        return None, problems
    problems += [*_foreign_keys(template, document), *_unknown_names(template, document, settings)]
    problems += _business_days(template, document)
    facts = {key: value for key, value in dict(document.data).items() if key != "for"}
    return SourceTemplate(template=template, facts=facts), problems


def _foreign_keys(template: Template, document: Document) -> Iterator[Problem]:
    """A template holds what its kind of matter can have."""
    allowed = KEYS_FOR[template.for_]
    for key in document.data:
        if key not in allowed:
            yield Problem(
                place=document.place(key),
                rule="unknown-key",
                found=f"the key '{key}' is not known in a template for: {template.for_}",
                allowed="allowed: " + ", ".join(allowed),
                advice=nearest(key, allowed) or "delete it",
            )


def _unknown_names(template: Template, document: Document, settings: Settings) -> Iterator[Problem]:
    """What a template names is there."""
    named: list[tuple[tuple[str | int, ...], str]] = [(("components", name), name) for name in template.components]
    named += [(("needs", index), name) for index, name in enumerate(template.needs)]
    if "components.yaml" not in settings.unread:
        for steps, name in named:
            if name not in settings.by_id:
                yield Problem(
                    place=document.place(*steps),
                    rule="unknown-component",
                    found=f"no component has the id '{name}'",
                    allowed=list_known("components.yaml has: ", settings.by_id),
                    advice=nearest(name, list(settings.by_id)) or "add it to components.yaml, or choose one of these",
                )
    clients = [client.id for client in settings.clients]
    if "clients.yaml" not in settings.unread and template.client is not None and template.client not in clients:
        yield Problem(
            place=document.place("client"),
            rule="unknown-client",
            found=f"no client has the id '{template.client}'",
            allowed=list_known("clients.yaml has: ", clients),
            advice=nearest(template.client, clients) or "add it to clients.yaml, or choose one of these",
        )


def _business_days(template: Template, document: Document) -> Iterator[Problem]:
    """How long something takes is told in clock time."""
    if template.length is not None and template.length.unit is Unit.BUSINESS_DAYS:
        yield Problem(
            place=document.place("length"),
            rule="duration",
            found=f"length: '{template.length}' counts business days",
            allowed="how long it takes is written 30m or 24h",
            advice="write it in minutes or hours",
        )


def _stray(path: str, name: str) -> Problem:
    return Problem(
        place=Place(path=path),
        rule="stray-file",
        found=f"'{name}' is no template",
        allowed="templates are files that end in .yaml",
        advice="rename it to .yaml" if name.endswith(".yml") else "move it elsewhere (pages/ may hold images)",
    )
