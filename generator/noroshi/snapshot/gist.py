"""The gist of a matter that is settled: what lists and counts of a whole site need of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from noroshi.records.choices import ActionStage


class Gist(NamedTuple):
    """What lists and counts of a whole site need of a matter in which neither time nor promises change anything more.

    It says again what the matter's state says, so that it need not be opened for them. A tuple, for a log holds many.
    """

    began_in: int
    """The number of the month in the site's zone in which it began, as :class:`..track_record.fates.Months` counts."""
    fates: tuple[int, ...]
    """What became of the promises that were made to every reader: the numbers of ``track_record.fates``."""
    fates_to: tuple[tuple[str, int], ...]
    """What became of those that were made to one client, with that client's id."""
    measures: tuple[timedelta | None, timedelta | None, timedelta | None, bool | None] | None
    """What the record counts of an incident, as ``track_record.incident_facts`` has it; None for other matters."""
    actions: tuple[tuple[str, ActionStage], ...]
    """Its corrective actions, of which none is owed: the year of each, in the site's zone, and its stage."""
    told_at: datetime | None
    """When a report last told of the progress of one of these actions."""
    fine_since: datetime | None
    """From when on no component was impaired by it; None where none ever was."""
