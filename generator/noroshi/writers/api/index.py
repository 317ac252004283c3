"""The index: what the API holds, how things are, what is open, and what is owed by when."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from noroshi.endpoints import (
    API_ACTIONS,
    API_COMPONENTS,
    API_MONTHS,
    API_RECORD,
    API_SCHEMA,
    CALENDAR,
    INCIDENT_FEED,
    MAINTENANCE_CALENDAR,
    MAINTENANCE_FEED,
    MATTER_FEED,
    METRICS,
    OPML,
    REPORT_FEED,
    STATUSPAGE_SUMMARY,
    FeedForm,
    feed_file,
)
from noroshi.snapshot.overall import overall
from noroshi.snapshot.site import Snapshot
from noroshi.snapshot.state import State
from noroshi.urls import matter_guid
from noroshi.writers.api import list_shapes
from noroshi.writers.api import site_shapes as shapes
from noroshi.writers.api.components import component_link
from noroshi.writers.api.head import FORMAT
from noroshi.writers.api.months import summary
from noroshi.writers.api.parts import Names, document_bytes, moment
from noroshi.writers.api.promises import promise_part


def index_document(snapshot: Snapshot, names: Names, edition: str, marked: Callable[[str, str], str]) -> bytes:
    """What the API holds, how things are, and what is owed.

    :param edition: for whom it is, empty for everybody
    :param marked: from a language and a title, the title as that of the edition
    """

    def shown(states: Iterable[State]) -> list[list_shapes.Summary]:
        return [summary(state, names) for state in states]

    document: shapes.IndexDocument = {
        "$schema": names.schema,
        "format": FORMAT,
        "document": "index",
        "at": moment(snapshot.now),
        "updated_at": moment(snapshot.updated_at),
        "edition": edition or None,
        "site": _site(snapshot, names, marked),
        "clients": [
            {"id": client.id, "name": names.texts(client.name), "manager": client.manager}
            for client in snapshot.settings.clients
        ],
        "status": {
            "level": snapshot.level,
            "open_incidents": len(snapshot.open_incidents),
            "maintenance_in_progress": len(overall(snapshot).working),
            "owed": len(snapshot.owed),
            "overdue": sum(promise.overdue(snapshot.now) for promise in snapshot.owed),
        },
        "components": [component_link(each, names) for each in snapshot.components],
        "open_incidents": shown(snapshot.open_incidents),
        "current_work": shown(snapshot.current_work),
        "announced": shown(snapshot.announced),
        "commitments": shown(snapshot.commitments),
        "owed": [
            {"matter": names.link(snapshot.by_id[promise.matter]), "promise": promise_part(promise, snapshot.now)}
            for promise in snapshot.owed
        ],
        "links": {
            "components": names.file(API_COMPONENTS),
            "actions": names.file(API_ACTIONS),
            "record": names.file(API_RECORD),
            "months": names.file(API_MONTHS),
            "schema": names.file(API_SCHEMA),
            "metrics": names.file(METRICS),
            "statuspage": names.file(STATUSPAGE_SUMMARY),
            "feeds": {code: _feeds(root) for code, root in names.roots.items()},
            "calendars": {
                code: {"all": root + CALENDAR, "maintenance": root + MAINTENANCE_CALENDAR}
                for code, root in names.roots.items()
            },
        },
    }
    return document_bytes(document)


def _feeds(root: str) -> shapes.Feeds:
    """The feeds of a language, by its root."""

    def feed(path: str) -> shapes.Feed:
        return {
            "rss": root + feed_file(path, FeedForm.RSS),
            "atom": root + feed_file(path, FeedForm.ATOM),
            "json": root + feed_file(path, FeedForm.JSON),
        }

    return {
        "reports": feed(REPORT_FEED),
        "matters": feed(MATTER_FEED),
        "incidents": feed(INCIDENT_FEED),
        "maintenance": feed(MAINTENANCE_FEED),
        "opml": root + OPML,
    }


def _site(snapshot: Snapshot, names: Names, marked: Callable[[str, str], str]) -> shapes.SiteFacts:
    site = snapshot.settings.site
    return {
        "guid": matter_guid(site.id, ""),
        "name": {code: marked(code, site.name.said_in(code, names.first)[0]) for code in site.languages},
        "description": names.told(site.description),
        "url": names.root,
        "timezone": site.timezone,
        "languages": [{"language": code, "url": names.roots[code]} for code in site.languages],
        "contacts": {"public": site.contacts.public, "security": site.contacts.security},
        "repository": site.repository.url if site.repository else None,
    }
