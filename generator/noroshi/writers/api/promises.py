"""Promises and corrective actions as the API publishes them."""

from __future__ import annotations

from datetime import datetime

from noroshi.snapshot.matter.actions import ActionStanding
from noroshi.snapshot.promises.promise import Promise
from noroshi.writers.api import promise_shapes as shapes
from noroshi.writers.api.parts import Names, day, deadline, moment


def promise_part(promise: Promise, now: datetime) -> shapes.Promise:
    """A promise, and what became of it. It tells no length of time that grows by itself.

    :param now: when it is judged
    """
    return {
        "kind": promise.kind,
        "about": promise.about,
        "state": promise.state(now),
        "owed": promise.owed,
        "overdue": promise.overdue(now),
        "due": moment(promise.due),
        "made_at": moment(promise.made_at),
        "report": promise.named_by,
        "policy": day(promise.policy),
        "client": promise.to,
        "moved_from": [moment(due) for due in promise.moved_from],
        "moved_to": moment(promise.moved_to),
        "met_at": moment(promise.met_at),
        "met_by": promise.met_by,
    }


def action_part(action: ActionStanding, names: Names) -> shapes.Action:
    """A corrective action, as far as it has come."""
    return {
        "id": action.id,
        "what": names.texts(action.what),
        "type": action.type,
        "owner": action.owner,
        "announced": action.announced,
        "dues": [deadline(due) for due in action.dues],
        "check_effect_by": None if action.check_effect_by is None else deadline(action.check_effect_by),
        "done": day(action.done),
        "evidence": names.told(action.evidence),
        "effect_checked": day(action.effect_checked),
        "dropped": names.told(action.dropped),
        "told_at": moment(action.told_at),
        "owed": action.owed,
        "stage": action.stage,
    }
