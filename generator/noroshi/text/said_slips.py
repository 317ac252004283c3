"""Which times may be slips, though they can be read: a clock time that has just passed is tomorrow's."""

from __future__ import annotations

from datetime import datetime, timedelta

from noroshi.records.refusal import shown
from noroshi.text.said_clock import NotSaidError, clock_said
from noroshi.text.said_times import plain, spelled

FAR_OFF = timedelta(hours=12)
"""So far off, a time of day of another day may be a slip."""


def is_far_off(word: str, meant: datetime, now: datetime) -> bool:
    """Whether a word that says no day was taken for another day's time, so far off that it may be a slip.

    :param meant: what it was taken for, in the site's zone
    :param now: what it was taken from
    """
    return is_clock(word) and abs(meant - now) > FAR_OFF and meant.date() != now.astimezone(meant.tzinfo).date()


def taken_for(word: str, meant: datetime) -> str:
    """For what it was taken, and what to do where that is wrong."""
    return f"{shown(word)} is taken for {spelled(meant)} ({meant:%a}); write the day with it if another is meant"


def is_clock(word: str) -> bool:
    """Whether a word is a time of day and says no day."""
    try:
        return clock_said(plain(word)) is not None
    except NotSaidError:
        return False
