"""The track record's document: the figures that may be told, as the record's page tells them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from noroshi.snapshot.state import State
from noroshi.snapshot.track_record import figures as told
from noroshi.snapshot.track_record import months
from noroshi.snapshot.track_record.figures import Figures
from noroshi.urls import RECORD
from noroshi.writers.api import record_shapes as shapes
from noroshi.writers.api.head import FORMAT
from noroshi.writers.api.parts import Names, document_bytes


def record_document(figures: Figures, imported: int, matters: Mapping[str, State], names: Names) -> bytes:
    """The figures of the record. What has too few cases is left out, here as on the page.

    :param imported: how many imported matters are left out of all figures
    :param matters: by id, those that the figures name
    """

    def spread(each: told.Spread | None) -> shapes.Spread | None:
        if each is None:
            return None
        return {
            "cases": each.cases,
            "median_seconds": int(each.median.total_seconds()),
            "worst_seconds": int(each.worst.total_seconds()),
            "worst": names.link(matters[each.worst_id]),
        }

    document: shapes.RecordDocument = {
        "$schema": names.schema,
        "format": FORMAT,
        "document": "record",
        "url": names.file(RECORD),
        "promises": _tally(figures.total) if figures.total.total >= told.FEWEST else None,
        "months": [
            {
                "months": list(period.months),
                "promises": _tally(period.tally),
                "first_report": spread(period.first_report),
            }
            for period in figures.periods
        ],
        "kinds": [{"kinds": list(each.kinds), "promises": _tally(each.tally)} for each in figures.kinds],
        "first_report": spread(figures.first_report),
        "first_estimate": spread(figures.first_estimate),
        "last_estimate": spread(figures.last_estimate),
        "noticed_by_clients": _share(figures.noticed_by_clients),
        "complete": _share(figures.complete),
        "actions": _share(figures.actions),
        "effect_checks": _share(figures.effect_checks),
        "commitments": dict(figures.commitments) if figures.commitments else None,
        "imported": imported,
    }
    return document_bytes(document)


def named_by(figures: Figures) -> Iterable[str]:
    """The ids of the matters that the document names."""
    spreads = [figures.first_report, figures.first_estimate, figures.last_estimate]
    spreads += [period.first_report for period in figures.periods]
    return dict.fromkeys(each.worst_id for each in spreads if each is not None)


def _tally(tally: months.Tally) -> shapes.Tally:
    return {"met": tally.met, "late": tally.late, "missed": tally.missed}


def _share(share: told.Share) -> shapes.Share | None:
    if not share.enough:
        return None
    return {"part": share.part, "whole": share.whole, "percent": share.percent}
