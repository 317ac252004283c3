"""What was said, piece by piece: a record's opening facts, each of its reports, and each entry of policy.

These are the pieces that, once published, nobody may change unseen. A statement has a name (what said it, and a
number), the digest of its canonical form, and what the published log needs to know of it without its words.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from noroshi.log.canonical import Pair, digest_of, facts_of, pairs_of, text_paths
from noroshi.records.content import Entry, MatterKind
from noroshi.records.matters import Commitment, Maintenance, Matter
from noroshi.records.reports import ReportBase
from noroshi.records.settings import Policy
from noroshi.records.texts import Text

OPENING = "opening"
"""The kind of statement number 0: a record's opening facts, or an entry of policy."""

POLICY = "policy"
"""What an entry of policy is said by, where records have their kind."""

MATTER_WORDS = {
    MatterKind.INCIDENT: "incident",
    MatterKind.MAINTENANCE: "maintenance",
    MatterKind.COMMITMENT: "commitment",
}
"""What a record of each kind is called in the log."""

_OPEN_ENDED = ("agreements", "emergency")
# Opening facts that may come later, for no report can carry them, and that not every reader may see.
_HIDDEN = ("client", "imported.source")
# What not every reader of a log may see, though its digest would be the same for all.


class Statement(NamedTuple):
    """One thing said, without its words. A tuple of plain values, for a log of 10,000 records has 50,000 of them."""

    matter: str
    """``incident``, ``maintenance``, ``commitment`` or ``policy``."""
    id: str
    """The record's id; of policy the day from which it holds, ``2026-04-01``."""
    number: int
    """The report's number; 0 for opening facts."""
    kind: str
    """The report's kind, or :data:`OPENING`."""
    at: datetime
    """When it was said. Opening facts have no time of their own: that of the first report, else of what is planned."""
    digest: bytes
    """32 bytes, over all that every reader may see."""
    facts: bytes
    """32 bytes, over what of that is no text: :func:`~noroshi.log.canonical.facts_of`."""
    texts: tuple[str, ...]
    """The paths of the texts in the digest, as :func:`~noroshi.log.canonical.text_paths`."""
    mark: str = ""
    """``edited`` or ``withdrawn`` where the report bears that mark."""
    marked_at: datetime | None = None
    """When it was edited or withdrawn."""
    title: tuple[tuple[str, str], ...] = ()
    """Of opening facts: pairs of language and words. The title may change, and so is not in the digest."""

    @property
    def name(self) -> tuple[str, str, int]:
        """What it is known by, for ever."""
        return (self.matter, self.id, self.number)

    @property
    def order(self) -> tuple[datetime, str, int]:
        """The order in which statements enter a log."""
        return (self.at, self.id, self.number)


class Said(NamedTuple):
    """A statement with its words."""

    statement: Statement
    pairs: tuple[Pair, ...]
    """All that it says, what only some readers may see included; of opening facts without title and reports."""

    @property
    def logged(self) -> tuple[Pair, ...]:
        """What every reader of a log may see, which the digest is over."""
        return logged_pairs(self.pairs) if self.statement.number == 0 else self.pairs


def said_in(entry: Entry, first: str) -> list[Said]:
    """All that a record says: its opening facts, then its reports in order.

    :param first: the site's first language
    """
    record, matter = entry.record, MATTER_WORDS[entry.kind]
    pairs = pairs_of(record, first, without=("title", "reports"))
    logged = logged_pairs(pairs)
    opening = Statement(
        matter=matter,
        id=entry.id,
        number=0,
        kind=OPENING,
        at=beginning(record),
        digest=digest_of(logged),
        facts=facts_of(logged),
        texts=text_paths(logged),
        title=_words(record.title, first),
    )
    said = [Said(opening, pairs)]
    for number, report in enumerate(record.reports, start=1):
        pairs = pairs_of(report, first)
        mark = report.withdrawn or report.edited
        statement = Statement(
            matter=matter,
            id=entry.id,
            number=number,
            kind=report.kind.value,
            at=report.at.astimezone(UTC),
            digest=digest_of(pairs),
            facts=facts_of(pairs),
            texts=text_paths(pairs),
            mark="" if mark is None else "withdrawn" if report.withdrawn else "edited",
            marked_at=None if mark is None else mark.at.astimezone(UTC),
        )
        said.append(Said(statement, pairs))
    return said


def report_digest(report: ReportBase, first: str) -> bytes:
    """The digest of what a report says, as its statement has it.

    :param first: the site's first language
    """
    return digest_of(pairs_of(report, first))


def policy_said(policies: Iterable[Policy], zone: ZoneInfo, first: str, now: datetime) -> list[Said]:
    """What the entries of policy say whose day has begun at ``now``; those to come may still change.

    :param zone: the site's, in which a day begins
    """
    said = []
    for policy in policies:
        begins = datetime.combine(policy.since, time(), tzinfo=zone).astimezone(UTC)
        if begins <= now:
            pairs = pairs_of(policy, first)
            day, facts = policy.since.isoformat(), facts_of(pairs)
            statement = Statement(POLICY, day, 0, OPENING, begins, digest_of(pairs), facts, ())
            said.append(Said(statement, pairs))
    return said


def logged_pairs(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """Of opening facts those that every reader of a log may see and that do not come later."""
    return tuple(pair for pair in pairs if pair[0] not in _HIDDEN and pair[0].split(".", 1)[0] not in _OPEN_ENDED)


def beginning(record: Matter) -> datetime:
    """When opening facts were told, which have no time of their own: with the first report, else when they are planned.

    In UTC.
    """
    if record.reports:
        return record.reports[0].at.astimezone(UTC)
    if isinstance(record, Commitment):
        return record.from_.astimezone(UTC)
    # An incident has a report; planned work has a window, unless it was imported, and then it has a report.
    window = record.window if isinstance(record, Maintenance) else None
    return window.from_.astimezone(UTC) if window is not None else datetime.min.replace(tzinfo=UTC)


def _words(text: Text, first: str) -> tuple[tuple[str, str], ...]:
    return tuple((code or first, words) for code, words in text.words)
