"""The corrective actions of many matters: what is owed, and all of a year."""

from __future__ import annotations

from collections.abc import Iterable

from noroshi.endpoints import action_year_document_file
from noroshi.snapshot.action_list import ActionList, ListedAction
from noroshi.urls import ACTIONS, action_year_path
from noroshi.writers.api import list_shapes as shapes
from noroshi.writers.api.head import FORMAT
from noroshi.writers.api.parts import Names, document_bytes, moment
from noroshi.writers.api.promises import action_part


def actions_document(actions: ActionList, names: Names) -> bytes:
    """The corrective actions that are owed or were done lately."""
    document: shapes.ActionsDocument = {
        "$schema": names.schema,
        "format": FORMAT,
        "document": "actions",
        "url": names.file(ACTIONS),
        "stages": dict(sorted(actions.stages.items())),
        "overdue": _listed(actions.overdue, names),
        "owed": _listed(actions.owed, names),
        "recent": _listed(actions.recent, names),
        "years": [
            {
                "year": year,
                "count": len(listed),
                "url": names.file(action_year_path(year)),
                "json": names.file(action_year_document_file(year)),
            }
            for year, listed in actions.years.items()
        ],
    }
    return document_bytes(document)


def action_year_bytes(actions: ActionList, year: str, names: Names) -> bytes:
    """All corrective actions announced in a year."""
    document: shapes.ActionYearDocument = {
        "$schema": names.schema,
        "format": FORMAT,
        "document": "action_year",
        "year": year,
        "url": names.file(action_year_path(year)),
        "actions": _listed(actions.years[year], names),
    }
    return document_bytes(document)


def _listed(listed: Iterable[ListedAction], names: Names) -> list[shapes.ListedAction]:
    return [
        {
            "matter": names.link(each.matter),
            "action": action_part(each.standing, names),
            "announced_at": moment(each.announced_at),
            "next_due": moment(each.next_due),
            "overdue": each.overdue,
            "late": each.late,
        }
        for each in listed
    ]
