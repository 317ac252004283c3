"""The span of time that generated records fill. Nothing here reads the real clock."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

TOKYO = timezone(timedelta(hours=9))
FIRST_DAY = datetime(2021, 11, 1, tzinfo=TOKYO)
NOW = datetime(2026, 11, 1, 12, 0, tzinfo=TOKYO)
"""The moment at which the site is built; no report is younger."""
LAST_CLOSED = datetime(2026, 10, 29, tzinfo=TOKYO)
"""Incidents and maintenance that end do so soon enough after this to be reported complete before NOW."""


def minutes(count: int) -> timedelta:
    """Return a duration of `count` minutes."""
    return timedelta(minutes=count)


def stamp(moment: datetime) -> str:
    """Return the time as records spell it, to the minute and with its offset."""
    return moment.isoformat(timespec="minutes")


def day(moment: datetime) -> str:
    """Return the date of `moment` as records spell it."""
    return moment.date().isoformat()


def clock(moment: datetime) -> str:
    """Return the time of day as sentences spell it."""
    return moment.strftime("%H:%M")
