"""Reading what the site says once: site.yaml and the lists beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any

from noroshi.decode import decode, decode_list
from noroshi.pipeline.reading.content import SETTINGS_FILES, SiteFolder, leads_inside, read_bytes
from noroshi.pipeline.reading.content_faults import escaping
from noroshi.pipeline.reading.translations import TranslationsReading, read_translations
from noroshi.problems import Level, Place, Problem, StatedError
from noroshi.records.content import Settings
from noroshi.records.settings import LISTS, Client, Component, Policy, Risk
from noroshi.records.site import Site
from noroshi.rules import check_settings
from noroshi.yamlsource import Document, read_document


@dataclass(frozen=True, kw_only=True)
class SettingsReading:
    """The settings as far as they can be read, and all that is wrong with them."""

    settings: Settings
    """With a stand-in for a site.yaml that cannot be read, so that records can be checked all the same."""
    problems: tuple[Problem, ...]
    usable: bool
    """Whether site.yaml could be read: without it no site is built."""
    digest: bytes
    """Equal where all the bytes of all the files are, the site's own translations among them."""
    calendars_at: tuple[Place, ...] = ()
    """Where site.yaml names each of its calendars."""


def read_settings(folder: SiteFolder) -> SettingsReading:
    """Read site.yaml, components.yaml, clients.yaml, policy.yaml and risks.yaml; only the first must be there."""
    problems: list[Problem] = []
    digest = blake2b(digest_size=16)
    documents: dict[str, Document] = {}
    broken: set[str] = set()
    for name in SETTINGS_FILES:
        data, found = _read_file(folder, name)
        problems += found
        if found:
            broken.add(name)
        if data is None:
            continue
        digest.update(f"{name}:{len(data)}:".encode() + data)
        document, found = read_document(f"content/{name}", data)
        # A list file that holds nothing but comments is an empty list: the scaffold begins so.
        found = [each for each in found if each.rule != "empty-file" or name == "site.yaml"]
        problems += found
        if document is not None:
            documents[name] = document
        elif found:
            broken.add(name)
    site: Site | None = None
    if "site.yaml" in documents:
        site, found = decode(documents["site.yaml"], Site, None)
        problems += found
    lists: dict[str, tuple[Any, ...]] = {}
    for name, kind in LISTS.items():
        if name in documents:
            lists[name], found = decode_list(documents[name], kind, site.zone if site else None)
            problems += found
            if found:
                broken.add(name)
    spoken = TranslationsReading()
    if site is not None:
        spoken = read_translations(folder, site.languages, documents["site.yaml"])
        problems += spoken.problems
        digest.update(spoken.digest)
    settings = _settings(site or _stand_in(), lists, frozenset(broken & LISTS.keys()), documents)
    settings = replace(settings, translations=spoken.translations)
    if site is not None:
        problems += _check_logo(folder, site, documents["site.yaml"])
    if not settings.unread:
        problems += check_settings(settings, documents)
    calendars = site.calendars if site is not None else ()
    return SettingsReading(
        settings=settings,
        problems=tuple(problems),
        usable=site is not None,
        digest=digest.digest(),
        calendars_at=tuple(documents["site.yaml"].place("calendars", index) for index in range(len(calendars))),
    )


def usable_settings(folder: SiteFolder) -> SettingsReading:
    """The settings of a site that something is to be written for, or written into.

    A components.yaml that could not be read whole refuses it, too: components are what nearly every record and form
    names, and those that were lost would be missing from the choices, or be written down unchecked. What stands in
    the other lists need not be known for a report to go out.

    :raises StatedError: they cannot be read; the message says why
    """
    reading = read_settings(folder)
    if not reading.usable or "components.yaml" in reading.settings.unread:
        told = "\n".join(str(problem) for problem in reading.problems if problem.level is Level.ERROR)
        raise StatedError(f"the site's settings cannot be read; nothing was written\n{told}")
    return reading


def _read_file(folder: SiteFolder, name: str) -> tuple[bytes | None, list[Problem]]:
    place = folder.content / name
    path = f"content/{name}"
    if place.is_symlink() and not leads_inside(place, folder.content):
        return None, [escaping(path)]
    if place.is_file():
        data, problem = read_bytes(path, place)
        return (None, [problem]) if problem is not None else (data, [])
    if place.exists():
        return None, [_no_file(path, "missing-file" if name == "site.yaml" else "stray-file")]
    return None, [_missing(path)] if name == "site.yaml" else []


def _settings(
    site: Site, lists: dict[str, tuple[Any, ...]], unread: frozenset[str], documents: Mapping[str, Document]
) -> Settings:
    components: tuple[Component, ...] = lists.get("components.yaml", ())
    clients: tuple[Client, ...] = lists.get("clients.yaml", ())
    policies: tuple[Policy, ...] = lists.get("policy.yaml", ())
    risks: tuple[Risk, ...] = lists.get("risks.yaml", ())
    document = documents.get("clients.yaml")
    return Settings(
        site=site,
        components=components,
        clients=clients,
        clients_at={client.id: document.place(n) for n, client in enumerate(clients)} if document else {},
        policies=policies,
        risks=risks,
        unread=unread,
    )


def _stand_in() -> Site:
    """A site for records to be checked against where site.yaml cannot be read."""
    return Site.model_validate(
        {
            "format": "1",
            "id": {"tag": "example.com", "since": "1970-01-01"},
            "name": "-",
            "url": "https://example.com/",
            "timezone": "UTC",
            "languages": ["ja", "en"],
        }
    )


def _check_logo(folder: SiteFolder, site: Site, document: Document) -> list[Problem]:
    """Whether the mark that site.yaml names is there; a site without it shows ours, and an urgent report gets out."""
    logo = site.look.logo
    if logo is None or (folder.pages / logo).is_file():
        return []
    return [
        Problem(
            place=document.place("look", "logo"),
            rule="logo",
            found=f"there is no '{logo}' in content/pages/",
            allowed="a picture that is there",
            advice="put it there, or correct the path",
            level=Level.REVIEW,
        )
    ]


def _no_file(path: str, rule: str) -> Problem:
    return Problem(
        place=Place(path=path),
        rule=rule,
        found=f"{path} is no file",
        allowed="this name belongs to a file",
        advice="replace it with the file, or move it away",
    )


def _missing(path: str) -> Problem:
    return Problem(
        place=Place(path=path),
        rule="missing-file",
        found=f"{path} is missing",
        allowed="every site has one: its name, address, time zone and languages",
        advice="write it by the manual's page on the format, or start with 'noroshi init'",
    )
