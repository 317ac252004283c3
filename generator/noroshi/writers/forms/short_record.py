"""The short way of an incident, for a web editor: what must be written over cannot be published by mistake."""

from __future__ import annotations

from datetime import datetime

from noroshi.records.choices import ComponentLevel, ReportKind, Severity
from noroshi.records.content import MatterKind, Settings


def short_incident(settings: Settings, now: datetime) -> tuple[str, str]:
    """A new incident's file, relative to the site's folder, and its text with places to fill in.

    Its id and its text are left to whoever reports; its time is a day with a clock that no check takes.

    :param now: the day that the record is named after, in the site's zone
    """
    here = now.astimezone(settings.site.zone)
    day, offset = here.date().isoformat(), here.isoformat()[-6:]
    path = f"content/{MatterKind.INCIDENT.value}/{here.year}/{day}-NAME.yaml"
    component = settings.components[0].id if settings.components else "ID"
    text = (
        "title: \n"
        f"severity: {Severity.MAJOR}    # {' | '.join(Severity)}\n"
        f"components: {{{component}: {ComponentLevel.MAJOR_OUTAGE}}}\n"
        "reports:\n"
        f"  - kind: {ReportKind.START}\n"
        f"    at: {day}THH:MM{offset}\n"
        "    text: \n"
    )
    return path, text
