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

from noroshi.decode import decode, decode_list
from noroshi.pipeline.append_only.baseline import Baseline
from noroshi.problems import CannotVerify, Place, Problem
from noroshi.records.choices import PromiseKind
from noroshi.records.content import RECORD_TYPES, Entry, Settings
from noroshi.records.settings import Client
from noroshi.records.site import Site
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.promises.walk import promises_of
from noroshi.yamlsource import Document, read_document

_SITE, _CLIENTS = "content/site.yaml", "content/clients.yaml"
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
    together: bool = False
    """Whether it is all that changed."""


def moved_promises(
    baseline: Baseline, settings: Settings, documents: Mapping[str, Document], now: datetime
) -> Iterator[Problem]:
    """The settings that move promises of the records that a revision has: a problem for each.

    :param settings: as they are
    :param documents: site.yaml and clients.yaml as they are, by name
    :raises CannotVerify: the settings cannot be read as they were
    """
    differing = [path for path in (_SITE, _CLIENTS) if path in baseline.differing and path in baseline.files]
    if not differing and not (_CLIENTS in baseline.differing and _SITE in baseline.files):
        return
    former = _former(baseline, settings)
    today = now.astimezone(settings.site.zone).date()
    changes = list(_changes(former, settings, documents, today))
    if not changes:
        return
    entries = _published(baseline, former)
    before = _due(entries, former, now)
    told = False
    # Two that move nothing each can do so together: the hours to wait for, and the zone that they are of.
    for change in [*changes, _together(changes, settings)] if len(changes) > 1 else changes:
        if told and change.together:
            return
        after = _due(entries, change.settings, now)
        # What is promised besides takes nothing back: a client who begins to use a component, say.
        moved = [key for key, due in before.items() if after.get(key) != due]
        if moved:
            told = True
            yield _problem(change, moved, before[moved[0]], after.get(moved[0]), settings.site.zone)


_Key: TypeAlias = tuple[str, PromiseKind, str | None, str | None, datetime | None, int]
"""The record, what was promised, to whom, about what and when, and which of several such it is."""


def _former(baseline: Baseline, settings: Settings) -> Settings:
    """The settings with site.yaml and clients.yaml as they were."""
    if _SITE in baseline.differing:
        site, _ = decode(_document(baseline, _SITE), Site, None)
        if site is None:
            raise CannotVerify(_unread(_SITE))
        settings = replace(settings, site=site)
    if _CLIENTS in baseline.differing:
        clients: Sequence[Client] = ()
        if _CLIENTS in baseline.files:
            document, found = read_document(_CLIENTS, baseline.contents([baseline.files[_CLIENTS]])[0])
            clients, refused = decode_list(document, Client, settings.site.zone) if document is not None else ((), [])
            if refused or any(problem.rule != "empty-file" for problem in found):
                raise CannotVerify(_unread(_CLIENTS))
        settings = replace(settings, clients=tuple(clients))
    return settings


def _document(baseline: Baseline, path: str) -> Document:
    document, _ = read_document(path, baseline.contents([baseline.files[path]])[0])
    if document is None:
        raise CannotVerify(_unread(path))
    return document


def _together(changes: Sequence[_Change], settings: Settings) -> _Change:
    names = [change.name for change in changes]
    return _Change(
        name=f"{', '.join(names[:-1])} together with {names[-1]}",
        place=changes[0].place,
        settings=settings,
        advice="put them back: what was promised was counted by them",
        together=True,
    )


def _changes(former: Settings, settings: Settings, documents: Mapping[str, Document], today: date) -> Iterator[_Change]:
    for key in _OF_SITE:
        value = getattr(settings.site, key)
        if value != getattr(former.site, key):
            yield _Change(
                name=f"'{key}'",
                place=_place(documents, "site.yaml", _SITE, key),
                settings=replace(former, site=former.site.model_copy(update={key: value})),
                advice=f"put '{key}' back: what was promised was counted by it",
            )
    before = {client.id: client for client in former.clients}
    stand = {client.id: (index, client) for index, client in enumerate(settings.clients)}
    for name in [*before, *(name for name in stand if name not in before)]:
        index, client = stand.get(name, (None, None))
        was = before.get(name)
        if client is not None and was is not None and _terms(client, today) == _terms(was, today):
            continue
        others = tuple(each for each in former.clients if each.id != name)
        yield _Change(
            name=f"what is promised to '{name}'",
            place=_place(documents, "clients.yaml", _CLIENTS, *(() if index is None else (index,))),
            settings=replace(former, clients=(*others, client) if client is not None else others),
            advice=f"put it back, and add what holds from now on to the policy of '{name}' as an entry with 'from: …' "
            "and a day to come",
        )


def _terms(client: Client, today: date) -> tuple[object, ...]:
    """What of a client promises follow from. Entries for days to come are how terms change, as in policy.yaml."""
    begun = [policy for policy in client.policies if policy.since is None or policy.since <= today]
    return (begun, frozenset(client.components))


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


def _due(entries: Sequence[Entry], settings: Settings, now: datetime) -> dict[_Key, datetime]:
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


def _nowhere(*_: str | int) -> Place:
    return Place(path="")


def _problem(change: _Change, moved: Sequence[_Key], was: datetime, stands: datetime | None, zone: ZoneInfo) -> Problem:
    matter, kind, *_ = moved[0]
    before, after = (
        f"due {due.astimezone(zone).isoformat(timespec='minutes')}" if due else "not promised" for due in (was, stands)
    )
    promises = f"{len(moved)} promises" if len(moved) > 1 else "a promise"
    return Problem(
        place=change.place,
        rule="moved-promise",
        found=f"{change.name} is not as it was, which changes {promises} already made: '{kind.value}' of '{matter}' "
        f"was {before} and is {after}",
        allowed="a promise says the same for ever",
        advice=change.advice,
    )


def _unread(path: str) -> str:
    return (
        f"{path} cannot be read as it was then, so what was promised by it is not known; compare with a commit in "
        "which 'noroshi check' found it in order"
    )
