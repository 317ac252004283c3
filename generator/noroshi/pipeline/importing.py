"""Bringing a foreign log into a site: everything is computed first, then written file by file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from noroshi.importers import Anomaly, ExistingComponent, Import, import_cstate
from noroshi.pipeline.component_list import extended_list
from noroshi.pipeline.foreign_files import read_cstate
from noroshi.pipeline.reading.content import SiteFolder, find_records
from noroshi.pipeline.reading.settings import read_settings
from noroshi.problems import Level, Place, Problem
from noroshi.publishing.placing import place_file
from noroshi.records.content import Settings
from noroshi.writers.schema import schema_path

_SCHEMAS = {"incidents": "incident", "maintenance": "maintenance"}
_LIST = "content/components.yaml"


@dataclass(frozen=True, kw_only=True)
class ImportPlan:
    """What an import would do to a site."""

    new: Mapping[str, bytes]
    """Files to write, by their paths relative to the site's folder: ``components.yaml`` first."""
    unchanged: int = 0
    """Records that stand there already, byte for byte."""
    components: tuple[str, ...] = ()
    """Ids to be added to ``components.yaml``."""
    anomalies: tuple[Anomaly, ...] = ()
    """What was odd in the source, in file and line order."""
    problems: tuple[Problem, ...] = ()
    """What in the site is in the way: files with other bytes, taken ids; or settings that cannot be read."""
    counts: Mapping[str, int]
    """How many sources, refused and so on, as :class:`noroshi.importers.Import` has it."""

    @property
    def complete(self) -> bool:
        """Whether every source arrives, or was left out for a reason of the source's own."""
        return not self.problems and not self.counts.get("refused")


def plan_cstate(folder: SiteFolder, source: Path) -> ImportPlan:
    """Read a cState log and the site, and settle what to write; writes nothing.

    :raises StatedError: there is no log at ``source``, or ``components.yaml`` cannot be added to
    """
    reading = read_settings(folder)
    errors = tuple(problem for problem in reading.problems if problem.level is Level.ERROR)
    if errors or not reading.usable:
        return ImportPlan(new={}, problems=errors, counts={})
    foreign = read_cstate(source)
    imported = import_cstate(
        foreign.config,
        foreign.issues,
        existing_components=_existing(reading.settings),
        languages=reading.settings.site.languages,
        timezone=reading.settings.site.timezone,
        schemas={kind: f"../../{schema_path(name)}" for kind, name in _SCHEMAS.items()},
    )
    return _plan(folder, imported, foreign.unreadable)


def carry_out(folder: SiteFolder, plan: ImportPlan) -> None:
    """Write the planned files, each whole or not at all; after a kill the same import finishes the work.

    :raises OSError: the site cannot be written to
    """
    for path, data in plan.new.items():
        place_file(folder.root / path, data)


def _existing(settings: Settings) -> list[ExistingComponent]:
    return [
        ExistingComponent(id=component.id, names=tuple(words for _, words in component.name.words))
        for component in settings.components
    ]


def _plan(folder: SiteFolder, imported: Import, unreadable: tuple[Anomaly, ...]) -> ImportPlan:
    taken = {source.id.lower(): source.path for source in find_records(folder)[0]}
    new: dict[str, bytes] = {}
    problems: list[Problem] = []
    unchanged = 0
    if imported.components_yaml:
        new[_LIST] = extended_list(folder.root / _LIST, _LIST, imported.components_yaml)
    for name, text in imported.files.items():
        path, data = f"content/{name}", text.encode()
        place = folder.root / path
        other = taken.get(place.stem.lower(), path)
        if place.is_file() and place.read_bytes() == data:
            unchanged += 1
        elif place.exists():
            problems.append(_in_the_way(path, "another text stands here than the import would write"))
        elif other != path:
            problems.append(
                _in_the_way(other, f"the id of this record is that of {path}, which the import would write")
            )
        else:
            new[path] = data
    found = sorted({*imported.anomalies, *unreadable}, key=lambda each: (each.path, each.line, each.rule, each.message))
    counts = dict(imported.counts)
    # A configuration that cannot be read is an oddity, as one that makes no sense is: its entries arrive.
    refused = sum(1 for anomaly in unreadable if Path(anomaly.path).suffix not in (".yml", ".yaml"))
    counts["sources"] += refused
    counts["refused"] += refused
    counts["anomalies"] = len(found)
    return ImportPlan(
        new=new,
        unchanged=unchanged,
        components=tuple(component.id for component in imported.components),
        anomalies=tuple(found),
        problems=tuple(problems),
        counts=counts,
    )


def _in_the_way(path: str, found: str) -> Problem:
    return Problem(
        place=Place(path=path),
        rule="in-the-way",
        found=found,
        allowed="an import writes new files only",
        advice="keep it as it is, or move it away and import again",
    )
