"""Figures in words: shares beside their fractions, lengths, months; and what stands where a figure is not shown."""

from __future__ import annotations

from datetime import timedelta

from markupsafe import Markup, escape

from noroshi.snapshot.track_record.figures import Share
from noroshi.urls import record_part_path
from noroshi.writers.pages.links import Reader, safe


def verdict_of(share: Share, reader: Reader) -> str:
    """How many promises were kept on time."""
    message = reader.wording.ngettext(
        "{part} of {whole} promise kept on time ({percent}%)",
        "{part} of {whole} promises kept on time ({percent}%)",
        share.whole,
    )
    return message.format(part=share.part, whole=share.whole, percent=share.percent)


def month_name(key: str, reader: Reader) -> str:
    """A month's name, from its key ``2026-06``."""
    return reader.wording.month(int(key[:4]), int(key[5:]))


def month_link(key: str, reader: Reader, fragment: str = "") -> Markup:
    """A link to a month of the record."""
    return safe(f'<a href="{reader.link(record_part_path(key))}{fragment}">{escape(month_name(key, reader))}</a>')


def too_few(reader: Reader) -> str:
    """What stands in place of a figure that is not shown."""
    return reader.wording.gettext("too few cases (fewer than three)")


def share_said(share: Share, reader: Reader) -> str:
    """A share with its fraction, or that there are too few cases."""
    if not share.enough:
        return too_few(reader)
    message = reader.wording.gettext("{part} of {whole} ({percent}%)")
    return message.format(part=share.part, whole=share.whole, percent=share.percent)


def length_said(length: timedelta, reader: Reader) -> str:
    """A length of time, which may be nought."""
    return reader.length(length) if length >= _MINUTE else reader.wording.gettext("less than a minute")


_MINUTE = timedelta(minutes=1)
