"""The JSON of ``due``, ``plan`` and ``show``: one name and one shape for one thing, and docs that tell every key."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from command_line import noroshi
from noroshi.records.choices import Phase, PromiseKind, Settlement
from noroshi.snapshot.state import State
from real_program import ROOT

NOW = "2026-06-18T22:55+09:00"
FILES = {
    "site.yaml": "format: 1\nid: {tag: status.example.com, since: 2026-04-01}\nname: Status\n"
    "url: https://status.example.com/\ntimezone: Asia/Tokyo\nlanguages: [ja, en]\n",
    "components.yaml": "- {id: db, name: Database}\n- {id: web, name: Website, depends_on: [db]}\n",
    "clients.yaml": "- {id: a-sha, name: {ja: A 社, en: Company A}, manager: pm, components: [web]}\n",
    "policy.yaml": "- {from: 2026-01-01, major: {first: 30m, every: 60m, cause: 5bd}}\n",
    "risks.yaml": "- {id: late, when: {report_overdue: 1m}, title: Late, respond: Act, owner: pm}\n"
    "- {id: slot, when: {commitment_threatened: true}, title: Slot, respond: Tell them, owner: pm}\n",
    "commitments/2026/release.yaml": "title: {ja: 公開, en: Release}\nclient: a-sha\nvisibility: public\n"
    "from: 2026-06-19T10:00+09:00\nuntil: 2026-06-19T12:00+09:00\nneeds: [web]\n"
    "keep_clear: {before: 24h, after: 2h}\n",
    "commitments/2026/audit.yaml": "title: 監査\nclient: a-sha\n"
    "from: 2026-06-25T10:00+09:00\nuntil: 2026-06-25T12:00+09:00\nneeds: [web]\n",
    "maintenance/2026/update.yaml": "title: 更新\ncomponents: {db: under_maintenance}\n"
    "window: {from: 2026-06-19T06:00+09:00, until: 2026-06-19T07:00+09:00}\n",
    "incidents/2026/down.yaml": "title: 停止\nseverity: major\ncomponents: {web: major_outage}\n"
    "started_at: 2026-06-18T21:40+09:00\ndetected: {by: monitoring, at: 2026-06-18T21:41+09:00}\nreports:\n"
    "  - {kind: start, at: 2026-06-18T21:52+09:00, text: T, next_report: 2026-06-18T22:50+09:00,\n"
    "     recovery: {unknown: T, answer_by: 2026-06-19T00:00+09:00}}\n",
}
DUE = ("due", "--at", NOW)
PLAN = ("plan", "2026-06-19T06:00", "2026-06-19T07:00", "db", "--now", NOW)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A night in which something is late, in conflict and threatened."""
    root = tmp_path_factory.mktemp("json")
    (root / "mkdocs.yml").write_text("site_name: Status\n", "utf-8")
    for path, text in FILES.items():
        place = root / "content" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    return root


def told(site: Path, *arguments: str) -> dict[str, Any]:
    """A command's document."""
    ran = noroshi(*arguments, "--site", site, "--format", "json")
    assert ran.code in (0, 1, 4), ran.err
    document: dict[str, Any] = json.loads(ran.out)
    return document


def shown(site: Path, record: str) -> dict[str, Any]:
    """What ``show`` tells of a record that night."""
    return told(site, "show", record, "--as-of", NOW)


def text_of(site: Path, *arguments: str) -> str:
    """What a command says to people, without its line breaks."""
    return " ".join(noroshi(*arguments, "--site", site).out.split())


def test_every_document_begins_alike(site: Path) -> None:
    """Version 1, the time that it answers for, and what is wrong with the content."""
    for document in (told(site, *DUE), told(site, *PLAN), shown(site, "down")):
        assert list(document)[:2] == ["format", "at"]
        assert (document["format"], document["at"]) == (1, "2026-06-18T13:55:00Z")
        assert document["problems"] == []


def test_a_matter_a_client_and_a_clear_time_look_the_same_everywhere(site: Path) -> None:
    """The commitment that is in the way is the same object, with the same client, in all three documents."""
    release = {
        "id": "release",
        "kind": "commitments",
        "title": "公開",
        "path": "content/commitments/2026/release.yaml",
        "phase": "planned",
        "url": "https://status.example.com/commitments/release/",
    }
    client = {"id": "a-sha", "name": "A 社", "manager": "pm"}
    clear = {"from": "2026-06-18T01:00:00Z", "until": "2026-06-19T05:00:00Z"}
    due, plan, show = told(site, *DUE), told(site, *PLAN), shown(site, "release")
    (conflict,), (obstacle,), (other,) = due["conflicts"], plan["obstacles"], plan["other_work"]
    assert conflict["commitment"] == obstacle["commitment"] == show["matter"] == release
    assert conflict["client"] == obstacle["client"] == client
    assert conflict["kept_clear"] == obstacle["kept_clear"] == show["state"]["kept_clear"] == clear
    assert conflict["chain"] == obstacle["chain"] == ["web", "db"]
    assert conflict["overlap"] == obstacle["overlap"]
    assert conflict["work"] == other["work"] == shown(site, "update")["matter"]
    assert conflict["problem"] in told_by_check(site)
    (threat,) = [risk for risk in due["risks"] if risk["id"] == "slot"]
    assert (threat["commitment"], threat["concerns"]) == (release, [client])
    assert threat["matter"] == shown(site, "down")["matter"]


def told_by_check(site: Path) -> list[dict[str, Any]]:
    """What ``check`` finds wrong."""
    found: list[dict[str, Any]] = json.loads(
        noroshi("check", "--site", site, "--now", NOW, "--format", "json").out,
    )
    return found


def test_a_promise_looks_the_same_in_due_and_show(site: Path) -> None:
    """But for what ``due`` adds: its matter, whom it concerns, and what keeps it; ``report`` is in both."""
    for record in ("down", "update", "release", "audit"):
        shows = [each for each in shown(site, record)["promises"] if each["owed"]]
        dues = [each for each in told(site, *DUE)["promises"] if each["matter"]["id"] == record]
        assert len(dues) == len(shows) > 0
        for each in dues:
            alone = {key: value for key, value in each.items() if key not in ("matter", "concerns", "keep")}
            assert alone in shows
    late, answer = [each for each in told(site, *DUE)["promises"] if each["matter"]["id"] == "down"][:2]
    assert (late["kind"], late["overdue"], late["late_seconds"], late["due_in_seconds"]) == (
        ("next_report", True, 300, None)
    )
    assert (answer["kind"], answer["overdue"], answer["late_seconds"], answer["due_in_seconds"]) == (
        ("recovery_answer", False, 0, 3900)
    )
    assert (late["report"], answer["report"], late["client"]) == (1, 1, None)
    (audit,) = [each for each in told(site, *DUE)["promises"] if each["about"] is None][-1:]
    assert audit["client"] == {"id": "a-sha", "name": "A 社", "manager": "pm"} == audit["concerns"][0]


def test_report_is_the_one_that_named_the_time_that_holds() -> None:
    """None where the opening facts or policy named it, the moving report's where it was moved, no withdrawn one's."""
    show_site = ROOT / "tests" / "show" / "site"

    def numbers(at: str) -> list[tuple[str, int | None]]:
        document = told(show_site, "show", "2026-10-01-moved", "--as-of", f"{at}+09:00")
        return [(each["kind"], each["report"]) for each in document["promises"]]

    assert numbers("2026-09-24T12:00") == [("start", None), ("end", None)]
    assert numbers("2026-09-26T12:00") == numbers("2026-09-29T12:00") == [("start", 2), ("end", 2)]


def test_the_number_of_overdue_promises_is_a_number(site: Path) -> None:
    """``overdue`` is whether, ``overdue_count`` how many."""
    due = told(site, *DUE)
    assert due["overdue_count"] == sum(each["overdue"] is True for each in due["promises"]) > 0
    assert {type(each["overdue"]) for each in due["promises"]} == {bool}
    assert "overdue" not in due


def test_problems_have_the_shape_that_check_gives_them(site: Path, tmp_path: Path) -> None:
    """In ``due`` and ``plan`` an error of the content stands as ``check`` prints it."""
    for path in site.rglob("*.y*ml"):
        place = tmp_path / path.relative_to(site)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(path.read_bytes())
    (tmp_path / "content/commitments/2026/other.yaml").write_text("title: [\n", "utf-8")
    errors = [each for each in told_by_check(tmp_path) if each["level"] == "error"]
    assert errors != []
    assert told(tmp_path, *DUE)["problems"] == told(tmp_path, *PLAN)["problems"] == errors


def test_show_tells_what_follows_from_other_records(site: Path) -> None:
    """How planned work stands with the commitments that it meets, and when an incident was noticed."""
    state = shown(site, "update")["state"]
    assert state["settlement"] == "awaited"
    assert state["meets"] == [
        {
            "commitment": {
                "id": "release",
                "kind": "commitments",
                "title": "公開",
                "url": "https://status.example.com/commitments/release/",
            },
            "client": {"id": "a-sha", "name": "A 社", "manager": "pm"},
            "settlement": "awaited",
        }
    ]
    down = shown(site, "down")["state"]
    assert (down["detected_at"], down["settlement"], down["meets"]) == ("2026-06-18T12:41:00Z", None, [])


def test_show_tells_every_field_of_a_state(site: Path) -> None:
    """A fact that a state holds stands in the document; what is left out stands in the record, or elsewhere in it."""
    elsewhere = {
        *("id", "kind", "path", "title", "phase", "reports", "promises", "actions"),  # with the matter, or beside it
        *("client", "visibility", "emergency", "consents"),  # the record and its reports say them
        *("outlooks", "slots", "settled", "from_calendar", "gist", "mended"),  # steps on the way to what is told
        "clear",  # kept_clear
    }
    assert set(State.__dataclass_fields__) - elsewhere == set(shown(site, "down")["state"]) - {"open", "kept_clear"}


def test_a_public_commitment_has_an_address_for_people_too(site: Path) -> None:
    """The text ends with the page's address where the JSON has one, and has none where nobody may see the page."""
    assert text_of(site, "show", "release", "--now", NOW).endswith("https://status.example.com/commitments/release/")
    english = text_of(site, "show", "release", "--now", NOW, "--language", "en")
    assert english.endswith("https://status.example.com/en/commitments/release/")
    assert "https://" not in text_of(site, "show", "audit", "--now", NOW)
    assert shown(site, "audit")["matter"]["url"] is None


def test_midnight_is_a_time_unless_a_day_was_promised(site: Path) -> None:
    """``due`` and ``show`` say the same of what is due at midnight: a time for reports, a day for what days bind."""
    due = text_of(site, *DUE)
    assert "Recovery estimate: due Fri 19 June 2026, 00:00, in 1 hour" in due
    assert "Fri 19 June 2026, 00:00" in text_of(site, "show", "down", "--as-of", NOW, "--language", "en")
    assert "by the end of" not in due


def rows(text: str) -> set[str]:
    """The keys in the first column of a text's tables."""
    return {key for line in text.splitlines() if line.startswith("|") for key in keys(line.split(" | ")[0])}


def keys(text: str) -> set[str]:
    return set(re.findall(r"`(\w+)`", text))


def page(name: str) -> str:
    """A page of the manual."""
    return (ROOT / "docs" / name).read_text("utf-8")


def test_the_manual_tells_every_key_of_due(site: Path) -> None:
    """docs/due.md has the document's keys in its table, and those of its parts in the text below it; no other."""
    due = told(site, *DUE)
    section = page("due.md").partition("## JSON\n")[2].partition("\n## ")[0]
    assert rows(section) == set(due)
    below = section.rpartition("|\n")[2]
    promise, conflict, risk = re.split(r"A conflict has|A risk has", below)
    (threat,) = [each for each in due["risks"] if each["id"] == "slot"]
    assert keys(conflict) == set(due["conflicts"][0])
    assert keys(risk) == set(threat)
    assert keys(promise) == set(due["promises"][0]) - rows(page("json.md").partition("## A promise")[2])


def test_the_manual_tells_every_key_of_plan(site: Path) -> None:
    """docs/conflicts.md has the document's keys in its table, and beside them those of their parts; no other."""
    plan = told(site, *PLAN)
    table = page("conflicts.md").partition("## Before anything is written")[2]
    assert rows(table) == set(plan)
    for name in ("obstacles", "other_work"):
        (row,) = [line for line in table.splitlines() if line.startswith(f"| `{name}` |")]
        assert keys(row.split(" | ")[1]) == set(plan[name][0])


def test_the_manual_tells_every_key_of_the_shared_parts(site: Path) -> None:
    """docs/json.md has the keys of a matter, a client, a place, a problem and a promise, and every word of a phase."""
    due, text = told(site, *DUE), page("json.md")
    promise, conflict = due["promises"][0], due["conflicts"][0]
    parts = {
        "a matter": promise["matter"],
        "a client": conflict["client"],
        "`place`": {"path": "", "line": 1, "column": 1},
        "each of `problems`": conflict["problem"],
    }
    for name, part in parts.items():
        (row,) = [line for line in text.splitlines() if line.startswith(f"| {name}")]
        assert set(part) <= keys(row.split(" | ")[1]), name
    assert rows(text.partition("## A promise")[2]) == set(promise) - {"matter", "concerns", "keep"}
    for words in (Phase, PromiseKind):
        assert [word.value for word in words if f"`{word.value}`" not in text] == []
    assert [word.value for word in Settlement if f"`{word.value}`" not in page("show-json.md")] == []
    for name in ("due.md", "conflicts.md", "show-json.md"):
        assert "(json.md" in page(name)
