"""Issue forms as GitHub sends them: the form's own file, filled in, and the event that a workflow gets of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

ANSWERS = Mapping[str, str | Sequence[str]]


def form_of(root: Path, name: str) -> dict[str, Any]:
    """A form's file, as GitHub reads it."""
    file = root / ".github" / "ISSUE_TEMPLATE" / f"noroshi-{name}.yml"
    found: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    return found


def filled(root: Path, name: str, answers: ANSWERS) -> str:
    """The text of the issue that GitHub makes of a form.

    :param answers: by the field's id; of a list to choose from, the option or the part before its colon
    """
    parts = []
    left = dict(answers)
    for element in form_of(root, name)["body"]:
        attributes = element["attributes"]
        said = left.pop(element["id"], "")
        if element["type"] == "dropdown" and said:
            chosen = [said] if isinstance(said, str) else said
            options = {option.split(":")[0]: option for option in attributes["options"]}
            said = ", ".join(options.get(each, each) for each in chosen)
        parts.append(f"### {attributes['label']}\n\n{said or '_No response_'}")
    assert not left, left
    return "\n\n".join(parts)


def event(body: str, *labels: str, association: str = "OWNER", at: str = "2026-11-22T13:01:30Z", **more: Any) -> bytes:
    """The event of an opened issue."""
    issue = {
        "number": 7,
        "title": "障害の報告",
        "state": "open",
        "body": body,
        "created_at": at,
        "author_association": association,
        "user": {"login": "octocat", "type": "User"},
        "labels": [{"name": label, "color": "5319e7"} for label in labels],
    }
    document = {"action": "opened", "issue": issue | more, "repository": {"full_name": "example/status"}}
    return json.dumps(document, ensure_ascii=False).encode()
