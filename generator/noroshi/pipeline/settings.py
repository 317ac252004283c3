"""Reading what the site says once: site.yaml and the lists beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

from noroshi.decode import decode, decode_list
from noroshi.pipeline.content import SETTINGS_FILES, SiteFolder, read_bytes
from noroshi.problems import Place, Problem
from noroshi.records.content import Settings
from noroshi.records.settings import LISTS, Client, Component, Policy, Risk, Site
from noroshi.rules import check_settings
from noroshi.yamlsource import Document, read_document


@dataclass(frozen=True, kw_only=True)
class SettingsReading:
    """The settings, or None where site.yaml itself cannot be read; and all that is wrong with them."""

    settings: Settings | None
    problems: tuple[Problem, ...]
    digest: bytes = field(default=b"")
    """Equal where all the bytes of all the files are."""


def read_settings(folder: SiteFolder) -> SettingsReading:
    """Read site.yaml, components.yaml, clients.yaml, policy.yaml and risks.yaml; only the first must be there."""
    problems: list[Problem] = []
    digest = blake2b(digest_size=16)
    documents: dict[str, Document] = {}
    for name in SETTINGS_FILES:
        place = folder.content / name
        path = f"content/{name}"
        if not place.is_file():
            if name == "site.yaml":
                problems.append(_no_site(path, place))
            continue
        data, problem = read_bytes(path, place)
        if problem is not None:
            problems.append(problem)
            continue
        digest.update(f"{name}:{len(data)}:".encode() + data)
        document, found = read_document(path, data)
        # A list file that holds nothing but comments is an empty list: the scaffold begins so.
        found = [each for each in found if each.rule != "empty-file" or name == "site.yaml"]
        problems += found
        if document is not None:
            documents[name] = document
    site: Site | None = None
    if "site.yaml" in documents:
        site, found = decode(documents["site.yaml"], Site, None)
        problems += found
    lists: dict[str, tuple[Any, ...]] = {}
    whole = True
    for name, kind in LISTS.items():
        if name in documents:
            lists[name], found = decode_list(documents[name], kind, site.zone if site else None)
            whole = whole and not found
            problems += found
    if site is None:
        return SettingsReading(settings=None, problems=tuple(problems))
    settings = _settings(site, lists)
    if whole:
        problems += check_settings(settings, documents)
    return SettingsReading(settings=settings, problems=tuple(problems), digest=digest.digest())


def _settings(site: Site, lists: dict[str, tuple[Any, ...]]) -> Settings:
    components: tuple[Component, ...] = lists.get("components.yaml", ())
    clients: tuple[Client, ...] = lists.get("clients.yaml", ())
    policies: tuple[Policy, ...] = lists.get("policy.yaml", ())
    risks: tuple[Risk, ...] = lists.get("risks.yaml", ())
    return Settings(site=site, components=components, clients=clients, policies=policies, risks=risks)


def _no_site(path: str, place: Path) -> Problem:
    what = "is no file" if place.exists() else "is missing"
    return Problem(
        place=Place(path=path),
        rule="missing-file",
        found=f"content/site.yaml {what}",
        allowed="every site has one: its name, address, time zone and languages",
        advice="write it by the manual's page on the format, or start with 'noroshi init'",
    )
