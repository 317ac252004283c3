"""Append only: the promises that followed from what was published, by the settings as they were and as they are.

A promise says the same for ever. It is counted in the site's zone, past its holidays and quiet hours, and by each
client's own terms; so a change of these can move what was promised long ago, though no record changes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeAlias
from zoneinfo import ZoneInfo

from noroshi.decode import decode
from noroshi.pipeline.append_only.baseline import Baseline
from noroshi.pipeline.append_only.former_settings import CLIENTS, SITE, former_settings
from noroshi.problems import Place, Problem
from noroshi.records.choices import PromiseKind
from noroshi.records.content import RECORD_TYPES, Entry, Settings
from noroshi.records.settings import Client
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.promises.walk import promises_of
from noroshi.yamlsource import Document, read_document

_OF_SITE = ("timezone", "holidays", "quiet_hours")
"""The keys of site.yaml by which promises are counted."""


@dataclass(frozen=True, kw_only=True)
class _Change:
    """A setting that is not as it was."""

    name: str
    place: Place
    settings: Settings
    """As they were, but for this one."""
    advice: str


def moved_promises(
    baseline: Baseline, settings: Settings, documents: Mapping[str, Document], now: datetime
) -> Iterator[Problem]:
    """The settings that move promises of the records that a revision has: a problem for each.

    :param settings: as they are
    :param documents: site.yaml and clients.yaml as they are, by name
    :raises CannotVerify: the settings cannot be read as they were
    """
    if SITE not in baseline.files or baseline.differing.isdisjoint((SITE, CLIENTS)):
        return
    former = former_settings(baseline, settings)
    judged = _without_terms_to_come(former, settings, now.astimezone(settings.site.zone).date())
    changes = list(_changes(former, judged, documents))
    if not changes:
        return
    entries = _published(baseline, former)
    before = _due(entries, former, now)
    told: set[_Key] = set()
    for change in changes:
        after = _due(entries, change.settings, now)
        moved = _moved(before, after)
        if moved:
            yield _problem(change, moved, before, after, settings.site.zone)
            told.update(moved)
    if len(changes) > 1:
        after = _due(entries, judged, now)
        moved = [key for key in _moved(before, after) if key not in told]
        if moved:
            yield _problem(_all(changes, judged), moved, before, after, settings.site.zone)


_Key: TypeAlias = tuple[str, PromiseKind, str | None, str | None, datetime | None, int]
"""The record, what was promised, to whom, about what and when, and which of several such it is."""
_Dues: TypeAlias = Mapping[_Key, datetime]


def _without_terms_to_come(former: Settings, settings: Settings, today: date) -> Settings:
    """The settings, but for what is new among the clients' terms for days to come.

    An entry for such a day is how terms change, as in policy.yaml, whatever is planned for that day already.
    """
    before = {client.id: client for client in former.clients}
    clients = []
    for client in settings.clients:
        was = before.get(client.id)
        begun = tuple(own for own in client.policies if own.since is None or own.since <= today)
        coming = tuple(own for own in was.policies if own.since is not None and own.since > today) if was else ()
        clients.append(client.model_copy(update={"policy": (*begun, *coming)}))
    return replace(settings, clients=tuple(clients))


def _changes(former: Settings, settings: Settings, documents: Mapping[str, Document]) -> Iterator[_Change]:
    """Each setting that promises are counted by and that is not as it was; who is a new client was promised nothing."""
    for key in _OF_SITE:
        value = getattr(settings.site, key)
        if value != getattr(former.site, key):
            yield _Change(
                name=f"'{key}'",
                place=_place(documents, "site.yaml", SITE, key),
                settings=replace(former, site=former.site.model_copy(update={key: value})),
                advice=f"put '{key}' back: what was promised was counted by it",
            )
    stand = {client.id: (index, client) for index, client in enumerate(settings.clients)}
    for was in former.clients:
        index, client = stand.get(was.id, (None, None))
        if client is not None and _terms(client) == _terms(was):
            continue
        others = tuple(each for each in former.clients if each.id != was.id)
        yield _Change(
            name=f"what is promised to '{was.id}'",
            place=_place(documents, "clients.yaml", CLIENTS, *(() if index is None else (index,))),
            settings=replace(former, clients=(*others, client) if client is not None else others),
            advice=f"put it back, and add what holds from now on to the policy of '{was.id}' as an entry with "
            "'from: …' and a day to come",
        )


def _all(changes: Sequence[_Change], settings: Settings) -> _Change:
    """All of them: two that move nothing each can do so together, as the hours to wait for and the zone they are of."""
    names = [change.name for change in changes]
    return _Change(
        name=f"{', '.join(names[:-1])} together with {names[-1]}",
        place=changes[0].place,
        settings=settings,
        advice="put them back: what was promised was counted by them",
    )


def _terms(client: Client) -> tuple[object, ...]:
    """What of a client promises follow from."""
    return (client.policies, frozenset(client.components))


def _place(documents: Mapping[str, Document], name: str, path: str, *steps: str | int) -> Place:
    document = documents.get(name)
    return document.place(*steps) if document is not None else Place(path=path)


def _published(baseline: Baseline, settings: Settings) -> list[Entry]:
    """The records as they were; what could not be read then promised nothing."""
    found = []
    for old, data in zip(baseline.records, baseline.contents([each.object for each in baseline.records]), strict=True):
        document, _ = read_document(old.path, data)
        record, _ = decode(document, RECORD_TYPES[old.kind], settings.site.zone) if document is not None else (None, [])
        if record is not None:
            found.append(Entry(id=old.id, kind=old.kind, path=old.path, record=record))
    return found


def _due(entries: Sequence[Entry], settings: Settings, now: datetime) -> _Dues:
    """When all that was promised by now is due."""
    terms = Terms(settings)
    found: dict[_Key, datetime] = {}
    alike: Counter[tuple[object, ...]] = Counter()
    for entry in entries:
        for promise in promises_of(entry, terms, _nowhere):
            if promise.made_at is None or promise.made_at <= now:
                name = (entry.id, promise.kind, promise.to, promise.about, promise.made_at)
                found[(*name, alike[name])] = promise.due
                alike[name] += 1
    return found


def _moved(before: _Dues, after: _Dues) -> list[_Key]:
    """What of all that was promised is not due as it was; what is promised besides takes nothing back."""
    return [key for key, due in before.items() if after.get(key) != due]


def _nowhere(*_: str | int) -> Place:
    return Place(path="")


def _problem(change: _Change, moved: Sequence[_Key], before: _Dues, after: _Dues, zone: ZoneInfo) -> Problem:
    matter, kind, *_ = moved[0]
    was, stands = (
        f"due {dues[moved[0]].astimezone(zone).isoformat(timespec='minutes')}" if moved[0] in dues else "not promised"
        for dues in (before, after)
    )
    promises = f"{len(moved)} promises" if len(moved) > 1 else "a promise"
    return Problem(
        place=change.place,
        rule="moved-promise",
        found=f"{change.name} is not as it was, which changes {promises} already made: '{kind.value}' of '{matter}' "
        f"was {was} and is {stands}",
        allowed="a promise says the same for ever",
        advice=change.advice,
    )
