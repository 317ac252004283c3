"""Trying what somebody wants to write before anything is written: a new record, or a report added to one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from noroshi.pipeline.reading.content import SiteFolder, SourceFile, find_records, read_bytes
from noroshi.pipeline.reading.record import Moments
from noroshi.pipeline.reading.settings import SettingsReading
from noroshi.pipeline.writing.assembling import proposed_id
from noroshi.pipeline.writing.judging import Judge, new_problems
from noroshi.pipeline.writing.prepared import Prepared, WritingError
from noroshi.problems import in_one_line
from noroshi.records.content import MatterKind
from noroshi.records.words import NAME_ALLOWED, check_name
from noroshi.writers.schema import schema_path
from noroshi.yamlsource.emit import Emittable, emit
from noroshi.yamlsource.insertion import InsertionError, append_item


def prepare_record(
    folder: SiteFolder,
    settings: SettingsReading,
    kind: MatterKind,
    name: str | None,
    data: Mapping[str, Emittable],
    now: datetime,
) -> Prepared:
    """A new record's file, in the year's folder of the day that :func:`record_day` tells.

    :param settings: usable ones
    :param name: its id; None for one made of that day and its title or its first component
    :param data: its keys in the order in which they are written
    :raises WritingError: the id cannot be one or is taken, or the data holds what no file may
    """
    sources = find_records(folder)[0]
    taken = {source.id.lower(): source.path for source in sources}
    day = record_day(kind, data, settings, now)
    if name is None:
        name = proposed_id(day, _titles(data), [*_names(data), kind.word], taken)
    reason = check_name(name)
    if reason is not None:
        raise WritingError(f"{reason[0]}; {NAME_ALLOWED}; {reason[1]}")
    if name.lower() in taken:
        raise WritingError(f"the id {name!r} is taken: {in_one_line(taken[name.lower()])} has it; choose another")
    path = f"content/{kind.value}/{day.year}/{name}.yaml"
    place = folder.content / kind.value / str(day.year) / f"{name}.yaml"
    try:
        text = f"# yaml-language-server: $schema=../../{schema_path(kind.word)}\n{emit(data)}".encode()
    except ValueError as error:  # half of a surrogate pair
        raise WritingError(f"{path}: this cannot be written: {error}; delete it") from None
    source = SourceFile(path, str(place), kind, name, (len(text), 0, 0))
    [after] = Judge(folder, settings, source, sources, Moments(now=now)).judge(text)
    return Prepared(
        path=path,
        place=place,
        content=folder.content,
        old=None,
        data=text,
        problems=after.problems,
        before=None,
        state=after.state,
    )


def prepare_report(
    folder: SiteFolder, settings: SettingsReading, source: SourceFile, data: Emittable, now: datetime
) -> Prepared:
    """A record's file with a report more; every byte that stands there stays.

    :param settings: usable ones
    :param source: the record, as the folder lists it
    :param data: the report
    :raises WritingError: the file cannot be read, or is written in a way that only an editor can add to
    """
    path = in_one_line(source.path)
    old, problem = read_bytes(source.path, source.place)
    if problem is not None:
        raise WritingError(f"{problem}\nnothing was written")
    try:
        new = append_item(old, "reports", data)
    except InsertionError as error:
        raise WritingError(f"{path}: the report cannot be added: {error}; nothing was written") from None
    before, after = Judge(folder, settings, source, find_records(folder)[0], Moments(now=now)).judge(old, new)
    return Prepared(
        path=source.path,
        place=Path(source.place),
        content=folder.content,
        old=old,
        data=new,
        problems=new_problems(before.problems, after.problems),
        before=before.state,
        state=after.state,
    )


def record_day(kind: MatterKind, data: Mapping[str, Emittable], settings: SettingsReading, now: datetime) -> date:
    """The day that a record is named by, in the site's zone: when what is planned begins, else its first report.

    Where neither can be read it is today, and the record is refused for what cannot be read.
    """
    zone = settings.settings.site.zone
    window, reports = data.get("window"), data.get("reports")
    first = reports[0] if isinstance(reports, list | tuple) and reports else None
    told = {
        MatterKind.INCIDENT: _at(first, "at"),
        MatterKind.MAINTENANCE: _at(window, "from"),
        MatterKind.COMMITMENT: _at(data, "from"),
    }
    try:
        return datetime.fromisoformat(told[kind] or "").astimezone(zone).date()
    except (ValueError, OverflowError):
        return now.astimezone(zone).date()


def _at(data: Emittable | None, key: str) -> str | None:
    found = data.get(key) if isinstance(data, Mapping) else None
    return found if isinstance(found, str) else None


def _titles(data: Mapping[str, Emittable]) -> list[str]:
    """The title in each language."""
    title = data.get("title", "")
    if isinstance(title, str):
        return [title]
    return [each for each in title.values() if isinstance(each, str)] if isinstance(title, Mapping) else []


def _names(data: Mapping[str, Emittable]) -> list[str]:
    """The components that a record names."""
    components, needs = data.get("components"), data.get("needs")
    named = list(components) if isinstance(components, Mapping) else []
    return named + [each for each in (needs if isinstance(needs, list | tuple) else ()) if isinstance(each, str)]
