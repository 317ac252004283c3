"""``security.txt`` (RFC 9116): to whom one reports a vulnerability."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from noroshi.text.wording import iso


def security_txt(contact: str, *, expires: datetime, languages: Sequence[str], canonical: str | None) -> bytes:
    """The file's bytes; RFC 9116 asks for UTF-8 and takes LF.

    :param contact: an address that begins with ``mailto:``, ``https://`` or ``http://``
    :param expires: when what it says should no longer be trusted
    :param languages: in the order in which they are preferred, though the standard gives the order no meaning
    :param canonical: the absolute address at which it is found; None leaves it out
    """
    lines = [
        f"Contact: {contact}",
        f"Expires: {iso(expires)}",
        f"Preferred-Languages: {', '.join(languages)}",
        *([f"Canonical: {canonical}"] if canonical else []),
    ]
    return "".join(f"{line}\n" for line in lines).encode()


def expiry(now: datetime) -> datetime:
    """The end of the quarter after the one that ``now`` is in, in UTC: three to six months ahead.

    It moves four times a year, so that the file is not new on each day, and stays within the year that RFC 9116
    (section 2.5.5) recommends.
    """
    here = now.astimezone(UTC)
    months = here.year * 12 + (here.month - 1) // 3 * 3 + 6
    return datetime(months // 12, months % 12 + 1, 1, tzinfo=UTC)
