"""What GitHub tells a workflow of an issue: who wrote it, when, and what stands in it.

https://docs.github.com/en/webhooks/webhook-events-and-payloads#issues
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from noroshi.importers.issue_form import FormError
from noroshi.problems import StatedError
from noroshi.records.times import FIRST_YEAR, LAST_YEAR

TRUSTED = ("OWNER", "MEMBER", "COLLABORATOR")
"""How an author belongs to a repository who may report.

https://docs.github.com/en/graphql/reference/enums#commentauthorassociation
"""
_LARGEST = 8 << 20


class EventError(StatedError):
    """The file holds no event of an issue; the message is for who runs the workflow."""


@dataclass(frozen=True, kw_only=True)
class FormIssue:
    """An issue that may be a form."""

    association: str
    """How its author belongs to the repository."""
    labels: tuple[str, ...]
    sent: datetime
    """When it was opened: an edit later does not change when a thing was said."""
    body: str


def read_event(data: bytes) -> FormIssue:
    """The issue of an event.

    :raises EventError: the file is none of an issue
    :raises FormError: its author may not report
    """
    if len(data) > _LARGEST:
        raise EventError(f"the event holds {len(data):,} bytes; GitHub's are smaller")
    try:
        event = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise EventError(f"the event is no JSON: {str(error)[:200]}") from None
    issue = _part(event, "issue", dict)
    association = _part(issue, "author_association", str)
    labels = [_part(label, "name", str) for label in _part(issue, "labels", list)]
    try:
        sent = datetime.fromisoformat(_part(issue, "created_at", str))
    except ValueError:
        raise EventError("issue.created_at is no time") from None
    if sent.tzinfo is None or not FIRST_YEAR <= sent.year <= LAST_YEAR:
        raise EventError("issue.created_at is no time of GitHub's")
    body = issue.get("body")
    if not isinstance(body, str | None):
        raise EventError("issue.body is no text")
    if association not in TRUSTED:
        raise FormError(
            "only owners, members and collaborators of this repository report; the author of this issue is none of them"
        )
    return FormIssue(association=association, labels=tuple(labels), sent=sent, body=body or "")


def _part(whole: object, key: str, kind: type[Any]) -> Any:
    part = whole.get(key) if isinstance(whole, Mapping) else None
    if not isinstance(part, kind):
        raise EventError(
            f"this is no event of an issue: {key} is missing, or something else; give the file that GITHUB_EVENT_PATH "
            "names"
        )
    return part
