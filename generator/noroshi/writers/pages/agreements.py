"""What only a client or the house may read of a matter: agreements, who decided, and where each thing is written.

Nothing here asks who reads. Where the audience may not know, the records come without it, and there is no section.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from noroshi.records.content import Entry
from noroshi.records.matters import Agreement, Commitment, Maintenance
from noroshi.repository_links import edit_link, report_form_link
from noroshi.snapshot.matter.spoken import NEVER
from noroshi.snapshot.sayings import deadline_of
from noroshi.snapshot.state import State
from noroshi.writers.pages.links import Reader, safe
from noroshi.writers.pages.promise import promise_name
from noroshi.writers.pages.report import Fact


@dataclass(frozen=True, kw_only=True)
class AgreementView:
    """A client's consent."""

    client: Markup
    facts: tuple[Fact, ...]


@dataclass(frozen=True, kw_only=True)
class InsideView:
    """What stands on a matter's page beyond what everybody may read."""

    facts: tuple[Fact, ...]
    agreements: tuple[AgreementView, ...]
    file: str | None
    """The file that it is written in; None where the audience may not know."""
    edit: str | None
    """Where that can be edited in a browser; None where nobody said where it is kept."""
    form: str | None
    """The form that adds a report to it; None where its repository knows no forms."""
    written: tuple[Fact, ...]
    """Each promise, and the line that makes it."""


def inside_view(entry: Entry, state: State, reader: Reader) -> InsideView | None:
    """What the audience may read of a matter beyond what everybody may; None where that is nothing."""
    _ = reader.wording.gettext
    record = entry.record
    facts: list[Fact] = []
    agreements: tuple[AgreementView, ...] = ()
    if isinstance(record, Commitment):
        facts += [Fact(label=_("Manager"), value=escape(role)) for role in _managers(record.client, reader)]
    if isinstance(record, Maintenance):
        if record.emergency is not None and record.emergency.approved_by:
            facts.append(Fact(label=_("Approved by"), value=escape(record.emergency.approved_by)))
        agreements = tuple(_agreement(each, reader) for each in record.agreements)
    written = tuple(_written(state, reader)) if entry.path else ()
    if not (facts or agreements or entry.path):
        return None
    repository = reader.settings.site.repository if entry.path else None
    return InsideView(
        facts=tuple(facts),
        agreements=agreements,
        file=entry.path or None,
        edit=edit_link(repository, entry.path) if repository is not None else None,
        form=report_form_link(repository, entry.id) if repository is not None else None,
        written=written,
    )


def _client(client: str, reader: Reader) -> Markup:
    """What a client is called, with the id beside; the id alone where the name is not known."""
    for known in reader.settings.clients:
        if known.id == client:
            return reader.aside(reader.plain(known.name), safe(f"<code>{escape(client)}</code>"))
    return escape(client)


def _managers(client: str, reader: Reader) -> list[str]:
    return [known.manager for known in reader.settings.clients if known.id == client and known.manager]


def _agreement(agreement: Agreement, reader: Reader) -> AgreementView:
    _ = reader.wording.gettext
    facts = [
        Fact(label=_("Agreed by"), value=escape(agreement.by)),
        Fact(label=_("Agreed at"), value=reader.moment(agreement.at)),
    ]
    if agreement.note is not None:
        facts.append(Fact(label=_("On these terms"), value=reader.plain(agreement.note)))
    return AgreementView(client=_client(agreement.client, reader), facts=tuple(facts))


def _written(state: State, reader: Reader) -> Iterator[Fact]:
    """Where each promise is made; a due time has its date where it is another day's than the one above it."""
    _ = reader.wording.gettext
    above = NEVER
    for promise in state.promises:
        due = deadline_of(promise)
        parts = [reader.deadline(due, above)]
        above = reader.day_of(due)
        if promise.place is not None:
            place = promise.place
            parts.append(safe(f"<code>{escape(place.path)}:{place.line}</code>"))
        elif promise.policy is not None:
            parts.append(reader.say(_("by our policy of {day}"), day=reader.date(promise.policy)))
        yield Fact(label=promise_name(promise, state, reader), value=safe(" · ".join(parts)))
