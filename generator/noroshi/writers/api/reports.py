"""The reports of a matter as the API publishes them. Of a withdrawn one no more is told than that it was there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from noroshi.records import reports as told
from noroshi.records.reports import UnknownRecovery
from noroshi.snapshot.matter.spoken import corrected_by
from noroshi.writers.api import report_shapes as shapes
from noroshi.writers.api.parts import Names, day, deadline, moment, window

_Told = TypeVar("_Told", told.IncidentReport, told.MaintenanceReport, told.CommitmentReport)


class ReportWriter:
    """Writes the reports of one matter."""

    def __init__(self, names: Names, matter_id: str, url: str, reports: Sequence[told.ReportBase]) -> None:
        """:param url: of the matter's page
        :param reports: all of them, for some set others right
        """
        self._names = names
        self._url = url
        self._guid = names.guid(matter_id)
        self._corrected = corrected_by(reports)

    def incident(self, reports: Iterable[told.IncidentReport]) -> list[shapes.IncidentReport]:
        """The reports on an incident."""
        texts = self._names.told
        return [
            {
                **self._acting(number, report, said),
                "severity": said.severity,
                "workaround": texts(said.workaround),
                "recovery": self._recovery(said.recovery),
                "recovered_at": moment(said.recovered_at),
                "undetected_because": texts(said.undetected_because),
                "caused_by": said.caused_by,
            }
            for number, report, said in _numbered(reports)
        ]

    def maintenance(self, reports: Iterable[told.MaintenanceReport]) -> list[shapes.MaintenanceReport]:
        """The reports on planned work."""
        return [
            {
                **self._acting(number, report, said),
                "window": window(said.window),
                "cancelled": said.cancelled,
                "expected": moment(said.expected),
                "result": said.result,
            }
            for number, report, said in _numbered(reports)
        ]

    def commitment(self, reports: Iterable[told.CommitmentReport]) -> list[shapes.CommitmentReport]:
        """The reports on a commitment."""
        return [
            {
                **self._head(number, report, said.ended_at, said.next_report),
                "window": window(said.window),
                "expected": moment(said.expected),
                "outcome": said.outcome,
            }
            for number, report, said in _numbered(reports)
        ]

    def _acting(
        self, number: int, report: told.ReportBase, said: told.IncidentReport | told.MaintenanceReport
    ) -> shapes.ActingReport:
        texts = self._names.told
        return {
            **self._head(number, report, said.ended_at, said.next_report),
            "components": said.components,
            "started_at": moment(said.started_at),
            "not_affected": texts(said.not_affected),
            "confirmed_by": texts(said.confirmed_by),
            "lasting_effects": texts(said.lasting_effects),
            "cause": None if said.cause is None else self._cause(said.cause),
            "actions": self._actions(said.actions) if said.actions else [],
        }

    def _head(
        self, number: int, report: told.ReportBase, ended_at: datetime | None, next_report: datetime | None
    ) -> shapes.ReportHead:
        names, edited, withdrawn = self._names, report.edited, report.withdrawn
        return {
            "number": number,
            "guid": f"{self._guid}/{number}",
            "url": names.report(self._url, number),
            "kind": report.kind,
            "at": moment(report.at),
            "by": report.by,
            "text": names.told(report.text) if withdrawn is None else None,
            "edited": {"at": moment(edited.at), "note": names.texts(edited.note)} if edited else None,
            "withdrawn": {"at": moment(withdrawn.at), "reason": names.texts(withdrawn.reason)} if withdrawn else None,
            "corrects": list(report.corrects) if withdrawn is None else [],
            "corrected_by": list(self._corrected.get(number, ())),
            "ended_at": moment(ended_at),
            "next_report": moment(next_report),
        }

    def _recovery(self, said: datetime | UnknownRecovery | None) -> str | shapes.UnknownRecovery | None:
        if isinstance(said, UnknownRecovery):
            return {"unknown": self._names.texts(said.unknown), "answer_by": moment(said.answer_by)}
        return moment(said)

    def _cause(self, cause: told.Cause) -> shapes.Cause:
        return {
            "status": cause.status,
            "text": self._names.told(cause.text),
            "answer_by": None if cause.answer_by is None else deadline(cause.answer_by),
        }

    def _actions(self, actions: tuple[told.Action, ...] | Mapping[str, told.Progress]) -> shapes.Actions:
        names = self._names
        if isinstance(actions, tuple):
            return [
                {
                    "id": each.id,
                    "what": names.texts(each.what),
                    "type": each.type,
                    "owner": each.owner,
                    "due": deadline(each.due),
                    "check_effect_by": None if each.check_effect_by is None else deadline(each.check_effect_by),
                }
                for each in actions
            ]
        return {
            name: {
                "done": day(step.done),
                "evidence": names.told(step.evidence),
                "effect_checked": day(step.effect_checked),
                "due": None if step.due is None else deadline(step.due),
                "dropped": names.told(step.dropped),
            }
            for name, step in actions.items()
        }


def _numbered(reports: Iterable[_Told]) -> Iterator[tuple[int, _Told, _Told]]:
    """Each report with its number, and with what it says: nothing, where it was withdrawn."""
    for number, report in enumerate(reports, 1):
        silent = report.withdrawn is not None
        yield number, report, _silent(report) if silent else report


def _silent(report: _Told) -> _Told:
    return type(report).model_construct(kind=report.kind, at=report.at)
