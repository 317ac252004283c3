"""docs/format.md has every key of the format, no other, and says truly which must be there and what they may hold."""

import re
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from noroshi.records import base, choices, look, matters, settings, site, template
from noroshi.records import reports as report_records
from noroshi.records.base import Record
from noroshi.records.content import MatterKind
from noroshi.rules.reports import KINDS, ONLY_ON

PAGE = (Path(__file__).parent.parent / "docs" / "format.md").read_text("utf-8")

SECTIONS: dict[str, type[Record]] = {
    "Incident": matters.Incident,
    "Detection": matters.Detection,
    "Planned work": matters.Maintenance,
    "Window": base.Window,
    "Agreement": matters.Agreement,
    "Emergency": matters.Emergency,
    "Commitment": matters.Commitment,
    "Keep clear": matters.KeepClear,
    "Recovery": report_records.UnknownRecovery,
    "Cause": report_records.Cause,
    "Actions": report_records.Action,
    "Progress": report_records.Progress,
    "Edited": base.Edited,
    "Withdrawn": base.Withdrawn,
    "Imported": base.Imported,
    "site.yaml": site.Site,
    "Identity": site.Identity,
    "Quiet hours": site.QuietHours,
    "Calendar": site.Calendar,
    "Contacts": site.Contacts,
    "Look": look.Look,
    "Repository": site.Repository,
    "components.yaml": settings.Component,
    "clients.yaml": settings.Client,
    "policy.yaml": settings.Policy,
    "Promise times": settings.PromiseTimes,
    "Work times": settings.MaintenanceTimes,
    "Client policy": settings.ClientPolicy,
    "risks.yaml": settings.Risk,
    "Trigger": settings.Trigger,
    "Template": template.Template,
}
REPORTS = {
    MatterKind.INCIDENT: report_records.IncidentReport,
    MatterKind.MAINTENANCE: report_records.MaintenanceReport,
    MatterKind.COMMITMENT: report_records.CommitmentReport,
}


def section(title: str) -> str:
    match = re.search(rf"^##+ {re.escape(title)}\n(.*?)(?=^##+ |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert match is not None, f"no section {title!r}"
    return match[1]


def rows(text: str) -> list[list[str]]:
    """The cells of the section's table, without its head."""
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def keys(text: str) -> dict[str, bool]:
    """Each key of the section's table, and whether it is bold."""
    return {row[0].strip("*`"): row[0].startswith("**") for row in rows(text)}


def fields(record: type[Record]) -> dict[str, bool]:
    return {field.alias or name: field.is_required() for name, field in record.model_fields.items()}


@pytest.mark.parametrize("title", SECTIONS)
def test_section_has_the_records_keys(title: str) -> None:
    """Each record's table has its keys, and those in bold are those that must be there."""
    assert keys(section(title)) == fields(SECTIONS[title])


def records_within(module: Any) -> set[type[Record]]:
    return {
        value
        for name, value in vars(module).items()
        if isinstance(value, type) and issubclass(value, Record) and value is not Record and not name.startswith("_")
    }


def test_every_record_has_a_section() -> None:
    """A new record cannot come without its table."""
    modules = (base, look, matters, report_records, settings, site, template)
    all_records = set().union(*(records_within(module) for module in modules))
    assert all_records - set(SECTIONS.values()) - set(REPORTS.values()) == {report_records.ReportBase}


def test_table_of_reports_has_every_key_where_it_belongs() -> None:
    """The table says of each key which records' reports can have it, and on which kinds of report it may stand."""
    table = rows(section("Keys of a report"))
    for kind, column in zip(MatterKind, (3, 4, 5), strict=True):
        dotted = {row[0].strip("*`") for row in table if row[column] == "•"}
        assert dotted == set(fields(REPORTS[kind])), kind
    only = {row[0].strip("*`"): set(re.findall(r"`(\w+)`", row[6])) for row in table if row[6]}
    assert only == {key: {kind.value for kind in kinds} for key, kinds in ONLY_ON.items()}
    assert {row[0].strip("*`") for row in table if row[0].startswith("**")} == {"kind", "at"}


def test_table_of_kinds_is_the_rules() -> None:
    """Each kind of report is said to stand in the records that the rule lets it stand in."""
    table = {row[0].strip("`"): row[2] for row in rows(section("Kinds of report"))}
    assert list(table) == [kind.value for kind in choices.ReportKind]
    for kind, where in table.items():
        kinds = {matter for matter, allowed in KINDS.items() if kind in allowed}
        words = {
            "incidents": MatterKind.INCIDENT,
            "maintenance": MatterKind.MAINTENANCE,
            "commitments": MatterKind.COMMITMENT,
        }
        assert kinds == (set(MatterKind) if where == "all" else {words[word] for word in where.split(", ")}), kind


def choice_of(annotation: Any) -> type[StrEnum] | None:
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return annotation
    return next((found for part in get_args(annotation) if (found := choice_of(part)) is not None), None)


@pytest.mark.parametrize("title", SECTIONS)
def test_choices_are_all_listed(title: str) -> None:
    """Where a key takes one of a few words, the table has all of them in their order."""
    cells = {row[0].strip("*`"): row[1] for row in rows(section(title))}
    for name, field in SECTIONS[title].model_fields.items():
        kind = choice_of(field.annotation)
        cell = cells[field.alias or name]
        if kind is not None and "[" not in cell and "list of severities" not in cell:
            assert re.findall(r"`(\w+)`", cell) == [member.value for member in kind], f"{title}.{name}"


def test_report_choices_and_levels_are_all_listed() -> None:
    """The words for results, outcomes and component levels are all there."""
    cells = {row[0].strip("*`"): row[1] for row in rows(section("Keys of a report"))}
    assert re.findall(r"`(\w+)`", cells["result"]) == [member.value for member in choices.WorkResult]
    assert re.findall(r"`(\w+)`", cells["outcome"]) == [member.value for member in choices.Outcome]
    levels = section("Component levels").split("\n\n")[0]
    assert re.findall(r"`(\w+)`", levels) == [level.value for level in choices.ComponentLevel]


def test_links_within_the_page_lead_somewhere() -> None:
    """A reader who follows a link arrives."""
    headings = {
        re.sub(r"[^a-z0-9 -]", "", title.lower()).replace(" ", "-")
        for title in re.findall(r"^##+ (.*)$", PAGE, re.MULTILINE)
    }
    assert set(re.findall(r"\]\(#([^)]*)\)", PAGE)) <= headings


def test_every_example_is_yaml() -> None:
    """What can be copied from the page can be read."""
    for example in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL):
        assert yaml.compose(example, Loader=yaml.BaseLoader) is not None
