"""A cState status page to our records: source files in, content files out; nothing is read or written here."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias
from zoneinfo import ZoneInfo

from noroshi.importers.anomalies import Findings
from noroshi.importers.cstate_config import Configuration, read_configuration
from noroshi.importers.cstate_entry import Entry, Surroundings, read_entry
from noroshi.importers.cstate_record import record_of
from noroshi.importers.front_matter import Page, SourceError, read_bytes, read_page
from noroshi.importers.source import Anomaly, ExistingComponent, Import, SourceFile
from noroshi.importers.systems import Systems, components_yaml
from noroshi.records.words import MAX_NAME, check_name
from noroshi.yamlsource.emit import emit

_Read: TypeAlias = tuple[Entry, Page, Findings]
"""An entry, the page it stands on, and what was found in it."""


def import_cstate(
    config: SourceFile | None,
    issues: Iterable[SourceFile],
    *,
    existing_components: Sequence[ExistingComponent] = (),
    languages: tuple[str, ...] = ("en",),
    timezone: str = "UTC",
    schemas: Mapping[str, str] | None = None,
) -> Import:
    """The records of a cState site.

    The same sources give the same files, whatever their order and whether or not an earlier import's components
    are there already. Nothing in a source raises: what cannot be read is an anomaly, and the rest arrives.

    :param config: cState's ``config.yml``; None where there is only a folder of entries
    :param issues: the files of ``content/issues/``
    :param existing_components: those that the site has
    :param languages: the site's, its first language first
    :param timezone: IANA zone for times without an offset, where the configuration names none; Hugo's own is UTC
    :param schemas: editor schema paths by ``incidents`` and ``maintenance``, for a modeline on top of each file
    :raises zoneinfo.ZoneInfoNotFoundError: ``timezone`` is no zone
    """
    anomalies: list[Anomaly] = []
    configuration = read_configuration(config, anomalies)
    around = Surroundings(zone=ZoneInfo(configuration.zone or timezone), base_url=configuration.base_url)
    language = _language(config, configuration, languages, anomalies)
    sources = sorted(issues, key=lambda source: source.path)
    read, refused = _read_all(sources, around, languages, anomalies)
    used = [name for entry, _, _ in read for name, _ in entry.affected]
    systems = Systems(configuration.systems, existing_components, used)
    _undeclared(read, systems, configuration)
    files = _files(read, systems, language, schemas or {})
    for _, _, findings in read:
        anomalies += findings.anomalies
    kinds = Counter(path.split("/")[0] for path in files)
    unique = sorted(set(anomalies), key=lambda found: (found.path, found.line, found.rule, found.message))
    return Import(
        files=files,
        components=tuple(systems.added),
        components_yaml=components_yaml(systems.added, language),
        anomalies=tuple(unique),
        counts={
            "sources": len(sources),
            "refused": refused,
            "left_out": len(sources) - refused - len(read),
            "incidents": kinds["incidents"],
            "maintenance": kinds["maintenance"],
            "components": len(systems.added),
            "reports": sum(len(entry.reports) for entry, _, _ in read),
            "anomalies": len(unique),
        },
    )


def _read_all(
    sources: Iterable[SourceFile], around: Surroundings, languages: tuple[str, ...], anomalies: list[Anomaly]
) -> tuple[list[_Read], int]:
    """The entries that can be read, each with what was found in it, and how many sources are refused.

    What is found in the other sources is added to ``anomalies``.
    """
    read: list[_Read] = []
    refused = 0
    for source in sources:
        findings = Findings(source.path, languages)
        try:
            page = _page(source, findings)
            if page is not None:
                read.append((read_entry(_cited(source.path), page, around, findings), page, findings))
                continue
        except SourceError as error:
            refused += 1
            findings.find(error.rule, error.line, error.found)
        anomalies += findings.anomalies
    return read, refused


def _files(read: Iterable[_Read], systems: Systems, language: str, schemas: Mapping[str, str]) -> dict[str, str]:
    """The records as YAML by their paths in ``content/``, in the order of the paths."""
    files: dict[str, str] = {}
    ids: set[str] = set()
    for entry, page, findings in read:
        record = record_of(entry, page.lines, _components(entry, systems, findings), language, findings)
        identity = _identity(entry.name, ids, findings)
        folder = "maintenance" if entry.planned else "incidents"
        modeline = f"# yaml-language-server: $schema={schemas[folder]}\n" if folder in schemas else ""
        files[f"{folder}/{entry.began.year}/{identity}.yaml"] = modeline + emit(record)
    return dict(sorted(files.items()))


def _page(source: SourceFile, findings: Findings) -> Page | None:
    """The page of a source, or None where it is none of the log's entries."""
    if source.path.rsplit("/", 1)[-1].startswith("_index."):
        findings.find("section-index", 1, "a list's page and no entry; left out")
        return None
    page = read_page(read_bytes(source.data))
    if page.text("draft").lower() == "true":
        findings.find("draft", page.line("draft"), "a draft, never published; left out")
        return None
    return page


def _cited(path: str) -> str:
    """The file's name; a page bundle's ``index.md`` with its folder, which names it."""
    parts = path.split("/")
    return "/".join(parts[-2:]) if parts[-1].startswith("index.") and len(parts) > 1 else parts[-1]


def _identity(name: str, taken: set[str], findings: Findings) -> str:
    """A record id made of the source's name, unique among ``taken`` in any case."""
    stem = re.sub(r"\.(?:md|markdown|html?)\Z", "", name.split("/")[0], flags=re.IGNORECASE)
    made = re.sub(r"[^A-Za-z0-9]+", "-", stem).strip("-")[: MAX_NAME - 4].strip("-")
    if check_name(made) is not None:
        made = f"imported-{made or hashlib.sha256(stem.encode()).hexdigest()[:8]}"
        findings.find("id", 1, f"the name {name!r} makes no usable id; {made} was made from it")
    identity, number = made, 2
    while identity.lower() in taken:
        identity, number = f"{made}-{number}", number + 1
    if identity != made:
        findings.find("id", 1, f"the id {made} is taken by another file; {identity} was made from it")
    taken.add(identity.lower())
    return identity


def _undeclared(read: Iterable[_Read], systems: Systems, configuration: Configuration) -> None:
    """Note each system that the configuration should declare, once, where it stands first."""
    first: dict[str, tuple[Findings, int, str]] = {}
    entries: Counter[str] = Counter()
    for entry, _, findings in read:
        undeclared = {systems.identity(name): (name, line) for name, line in reversed(entry.affected)}
        for identity, (name, line) in undeclared.items():
            if configuration.given and not systems.is_declared(name):
                entries[identity] += 1
                first.setdefault(identity, (findings, line, name))
    for identity, (findings, line, name) in first.items():
        more = f" (named by {entries[identity]} entries)" if entries[identity] > 1 else ""
        found = f"{name!r} is not declared in config.yml{more}; it is the component {identity}"
        findings.find("undeclared-system", line, found)


def _components(entry: Entry, systems: Systems, findings: Findings) -> list[str]:
    ids: list[str] = []
    for name, line in entry.affected:
        identity = systems.identity(name)
        usual = systems.usual_name(name)
        if name != usual:
            findings.find("similar-name", line, f"{name!r} is taken for {usual!r} ({identity})")
        if identity not in ids:
            ids.append(identity)
    return ids


def _language(
    config: SourceFile | None, configuration: Configuration, languages: tuple[str, ...], anomalies: list[Anomaly]
) -> str:
    """The code to wrap texts in: none where they are in the site's first language."""
    if not languages or configuration.language == languages[0]:
        return ""
    if configuration.language in languages:
        return configuration.language
    message = f"the source is in {configuration.language!r}, which is not among {', '.join(languages)}"
    path = config.path if config else "config.yml"
    anomalies.append(Anomaly(path=path, line=1, rule="language", message=message))
    return ""
