"""Audiences: for whom a site is built, and what of the content they may see.

Rules see everything. Then what a snapshot and its writers are made of passes here, once: a writer prints what it is
given and never asks who reads. What is not meant for an audience is gone from its records, not hidden in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from noroshi.problems import StatedError
from noroshi.records.choices import Visibility
from noroshi.records.content import Entry, MatterKind, Settings
from noroshi.records.matters import Commitment, Incident, Maintenance
from noroshi.records.refusal import nearest
from noroshi.records.settings import Client
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.state import State

_Imported = TypeVar("_Imported", Incident, Maintenance)

PUBLIC_WORD, INTERNAL_WORD = "public", "internal"
RESERVED = (PUBLIC_WORD, INTERNAL_WORD)
"""The words of the command line that no client may have as an id."""


_PLACE = Promise._fields.index("place")


class AudienceError(StatedError):
    """There is no such audience, or no such client; the message is for people and names those that there are."""


@dataclass(frozen=True, kw_only=True)
class Audience:
    """For whom a site is built: everybody, one client, or the people of the house."""

    word: str
    """``public``, ``internal`` or a client's id: as the command line, caches and folders name it."""

    @property
    def public(self) -> bool:
        """Whether everybody may read it."""
        return self.word == PUBLIC_WORD

    @property
    def edition(self) -> str:
        """What tells its caches, folders and feeds from those of the public site; empty for that one."""
        return "" if self.public else self.word

    @property
    def internal(self) -> bool:
        """Whether it holds everything."""
        return self.word == INTERNAL_WORD

    @property
    def client(self) -> str | None:
        """The client's id, where it is one client's."""
        return None if self.word in RESERVED else self.word

    def concerns(self, client: str | None) -> bool:
        """Whether what belongs to this client, by id, may be seen."""
        return self.internal or (client is not None and client == self.client)


PUBLIC = Audience(word=PUBLIC_WORD)
INTERNAL = Audience(word=INTERNAL_WORD)


def find_audience(word: str, clients: Sequence[Client]) -> Audience:
    """The audience of this name.

    :param word: ``public``, ``internal`` or a client's id
    :raises AudienceError: there is no such client
    """
    known = [client.id for client in clients]
    if word in RESERVED or word in known:
        return Audience(word=word)
    hint = nearest(word, [*RESERVED, *known])
    allowed = ", ".join([*RESERVED, *known]) + ("" if known else "; content/clients.yaml names no client")
    raise AudienceError(f"no client has the id {word!r}; {f'{hint} ' if hint else ''}audiences are: {allowed}")


def find_client(word: str, clients: Sequence[Client]) -> None:
    """Make sure that there is a client of this id.

    :raises AudienceError: there is none
    """
    known = [client.id for client in clients]
    if word not in known:
        hint = nearest(word, known)
        allowed = f"clients are: {', '.join(known)}" if known else "content/clients.yaml names no client"
        raise AudienceError(f"no client has the id {word!r}; {f'{hint} ' if hint else ''}{allowed}")


def visible_settings(settings: Settings, audience: Audience) -> Settings:
    """The settings as an audience may see them.

    Components, policy and the roles that own them are public. Clients are known to themselves, risks and the places
    of calendars to the house, and the repository where its owner wants pages to link to it.
    """
    if audience.internal:
        return settings
    site = settings.site
    shown = site.repository if site.repository is not None and site.repository.show_history else None
    if site.calendars or shown is not site.repository:
        site = site.model_copy(update={"calendars": (), "repository": shown})
    clients = tuple(client for client in settings.clients if audience.concerns(client.id))
    return replace(settings, site=site, clients=clients, clients_at={}, risks=())


def shows_history(settings: Settings) -> bool:
    """Whether every reader may find the file that a record is written in, and with it all that the file says."""
    return settings.site.repository is not None and settings.site.repository.show_history


def visible_state(state: State, audience: Audience, *, history: bool = False) -> State | None:
    """A matter's state as an audience may see it, or None where it may not know of the matter.

    Without the file that it is written in, the clients that it concerns, and promises made to others.

    :param history: whether the owner lets every reader find the file, as :func:`shows_history` says
    """
    if audience.internal:
        return state
    if state.kind is MatterKind.COMMITMENT and not _commitment_shown(state.visibility, state.client, audience):
        return None
    changes: dict[str, object] = {} if history else {"path": ""}
    if state.client is not None and not audience.concerns(state.client):
        changes["client"] = None
    if state.consents:
        changes["consents"] = tuple(each for each in state.consents if audience.concerns(each.client))
    if state.meets:
        changes["meets"] = tuple(
            each if audience.concerns(each.client) else each._replace(client=None)
            for each in state.meets
            if _commitment_shown(each.visibility, each.client, audience)
        )
    if state.gist is not None and state.gist.fates_to:
        told = tuple(each for each in state.gist.fates_to if audience.concerns(each[0]))
        changes["gist"] = state.gist._replace(fates_to=told)
    return state.but(**changes).later("promises", partial(visible_promises, audience=audience))


def visible_promises(promises: Iterable[Promise], audience: Audience) -> tuple[Promise, ...]:
    """The promises that an audience may know of, without the places in files where they were said."""
    return tuple(_without_place(promise) for promise in promises if promise_shown(promise, audience))


def _without_place(promise: Promise) -> Promise:
    return promise if promise.place is None else Promise._make((*promise[:_PLACE], None, *promise[_PLACE + 1 :]))


def promise_shown(promise: Promise, audience: Audience) -> bool:
    """Whether an audience may know of a promise: it was made to every reader, or to them."""
    return promise.to is None or audience.concerns(promise.to)


def visible_entry(entry: Entry, audience: Audience) -> Entry | None:
    """A matter as it is written, as an audience may see it; None where it may not know of the matter.

    What is taken out leaves an empty text or list behind: a writer that prints it prints nothing.
    """
    if audience.internal:
        return entry
    record = entry.record
    if isinstance(record, Commitment):
        if not _commitment_shown(record.visibility, record.client, audience):
            return None
        shown = record if audience.concerns(record.client) else record.model_copy(update={"client": ""})
        return replace(entry, path="", record=shown)
    if isinstance(record, Maintenance):
        return replace(entry, path="", record=_visible_work(record, audience))
    return replace(entry, path="", record=_without_source(record))


def _commitment_shown(visibility: Visibility | None, client: str | None, audience: Audience) -> bool:
    """``client`` is the default, so what says nothing else, or is not known to say anything, is nobody else's."""
    if visibility is Visibility.PUBLIC:
        return True
    return visibility is Visibility.CLIENT and audience.concerns(client)


def _visible_work(record: Maintenance, audience: Audience) -> Maintenance:
    changes: dict[str, object] = {}
    if record.agreements:
        changes["agreements"] = tuple(each for each in record.agreements if audience.concerns(each.client))
    if record.emergency is not None:
        changes["emergency"] = record.emergency.model_copy(update={"approved_by": ""})
    shown = record.model_copy(update=changes) if changes else record
    return _without_source(shown)


def _without_source(record: _Imported) -> _Imported:
    """Without the name of the file that it was imported from; what the import found stays, for readers need it."""
    if record.imported is None or not record.imported.source:
        return record
    return record.model_copy(update={"imported": record.imported.model_copy(update={"source": ""})})
