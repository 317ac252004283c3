"""Settings that promises are counted by: which changes `check --since` tells, and which move nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from git_histories import History, begin

BASE = Path(__file__).parent / "faults" / "_site"
NOW = "2026-11-22T12:00+09:00"
SITE = "content/site.yaml"
CLIENTS = "content/clients.yaml"
OUTAGE = "content/incidents/2026/outage.yaml"
WORK = "content/maintenance/2026/work.yaml"
A_SHA = "- {id: a-sha, name: A 社, components: [web], policy: {major: {first: 15m, cause: 5bd}}}\n"
PROMISED = (
    "title: Down\nseverity: major\ncomponents: {web: major_outage}\nstarted_at: 2026-06-18T21:40+09:00\nreports:\n"
    "  - {kind: start, at: 2026-06-18T21:52+09:00, text: Down.}\n"
    "  - {kind: interim, at: 2026-06-18T23:00+09:00, recovered_at: 2026-06-18T22:50+09:00, text: Back.}\n"
)


@pytest.fixture
def history(tmp_path: Path) -> History:
    """The small base site in a repository."""
    shutil.copytree(BASE, tmp_path / "content")
    return begin(tmp_path)


def write(history: History, path: str, words: str) -> None:
    place = history.site / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(words, "utf-8")


def site_words(history: History) -> str:
    return (history.site / SITE).read_text("utf-8")


def promised(history: History, clients: str = A_SHA) -> None:
    """Publish an incident by which a client was promised something of their own."""
    write(history, SITE, site_words(history) + "holidays: JP\n")
    write(history, CLIENTS, clients)
    write(history, OUTAGE, PROMISED)
    history.commit()


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (A_SHA.replace("5bd", "50bd"), ["'cause' of 'outage' was due 2026-06-26T00:00"]),
        (A_SHA.replace("first: 15m", "first: 10m"), ["'first_report'"]),
        (A_SHA.replace("components: [web]", "components: []"), ["not promised"]),
        ("", ["not promised"]),
        (A_SHA.replace("A 社", "A 社（東京）"), None),
        (A_SHA.replace("{major: {first: 15m, cause: 5bd}}",
                       "[{major: {first: 15m, cause: 5bd}}, {from: 2026-12-01, major: {cause: 50bd}}]"), None),
        (A_SHA.replace("{major: {first: 15m, cause: 5bd}}",
                       "[{major: {first: 15m, cause: 5bd}}, {from: 2026-06-01, major: {cause: 50bd}}]"), ["promises"]),
        (A_SHA + "- {id: b-sha, name: B 社, components: [web], policy: {major: {first: 5m}}}\n", None),
    ],
    ids=["later", "earlier", "no component", "gone", "name", "from a day to come", "from a day gone by", "another"],
)  # fmt: skip
def test_what_was_promised_to_a_client_stands(history: History, now: str, told: list[str] | None) -> None:
    """A change of a client's terms that moves a promise already made is told; new terms from a day on are not."""
    promised(history)
    write(history, CLIENTS, now)
    found = history.compare("HEAD", NOW).problems
    assert [problem.rule for problem in found] == ([] if told is None else ["moved-promise"])
    for words in told or ():
        assert words in found[0].found


@pytest.mark.parametrize(
    ("before", "now", "rules"),
    [
        ("timezone: Asia/Tokyo", "timezone: America/New_York", ["moved-promise"]),
        ("holidays: JP", "holidays: US", ["moved-promise"]),
        ("holidays: JP\n", "", []),
        ("name: ", "name: 別の", []),
    ],
)
def test_the_settings_that_promises_are_counted_by_move_none(
    history: History, before: str, now: str, rules: list[str]
) -> None:
    """Zone and holidays may change as long as nothing that was promised moves; a name may always change."""
    promised(history)
    words = site_words(history)
    assert before in words
    write(history, SITE, words.replace(before, now))
    assert [problem.rule for problem in history.compare("HEAD", NOW).problems] == rules


QUIET = 'quiet_hours: {from: "%s", until: "%s", severities: [minor]}\n'
SLOW = (
    "title: Slow\nseverity: minor\nstarted_at: 2026-06-18T08:00+09:00\nreports:\n"
    "  - {kind: start, at: 2026-06-18T09:00+09:00, text: Slow.}\n"
)


@pytest.fixture
def slow(history: History) -> History:
    """A lesser incident, the next report of which is due at 13:00, past quiet hours that are none."""
    write(history, SITE, site_words(history) + QUIET % ("23:00", "23:00"))
    write(history, "content/policy.yaml", "- {from: 2026-01-01, minor: {every: 4h}}\n")
    write(history, CLIENTS, "- {id: a-sha, name: A 社, components: [web, db], policy: {major: {first: 15m}}}\n")
    write(history, OUTAGE, SLOW)
    history.commit()
    return history


def change_hours(history: History, zone: str, begin_at: str, until: str) -> None:
    words = site_words(history).replace("timezone: Asia/Tokyo", f"timezone: {zone}")
    write(history, SITE, words.partition("quiet_hours")[0] + QUIET % (begin_at, until))


@pytest.mark.parametrize(
    ("zone", "hours", "told"),
    [
        ("Asia/Tokyo", ("22:00", "07:00"), None),
        ("UTC", ("23:00", "23:00"), None),
        ("UTC", ("22:00", "07:00"), "'timezone' together with 'quiet_hours' is not as it was"),
        ("Asia/Tokyo", ("11:00", "15:00"), "'quiet_hours' is not as it was"),
    ],
    ids=["hours that move nothing", "zone that moves nothing", "both", "hours that move it"],
)
def test_settings_that_move_a_promise_only_together_are_told(
    slow: History, zone: str, hours: tuple[str, str], told: str | None
) -> None:
    """Quiet hours of another zone: neither change alone moves the report that was promised, and both do."""
    change_hours(slow, zone, *hours)
    found = slow.compare("HEAD", NOW).problems
    assert [problem.rule for problem in found] == ([] if told is None else ["moved-promise"])
    if told is not None:
        assert found[0].found.startswith(told)
        assert found[0].place.path == SITE


def test_what_all_settings_move_is_told_beside_what_one_moves(slow: History) -> None:
    """A promise that one change moves hides none that only two move together, and is told once."""
    write(slow, "content/incidents/2026/down.yaml", PROMISED)
    write(slow, CLIENTS, A_SHA)
    slow.commit()
    write(slow, CLIENTS, A_SHA.replace("first: 15m", "first: 10m"))
    (alone,) = slow.compare("HEAD", NOW).problems
    assert "a promise already made: 'first_report' of 'down'" in alone.found
    change_hours(slow, "UTC", "22:00", "07:00")
    told = [problem.found for problem in slow.compare("HEAD", NOW).problems]
    assert any("together with" in found and "'next_report' of 'outage'" in found for found in told)
    assert not any("together with" in found and "'first_report'" in found for found in told)


def test_only_what_promises_follow_from_is_named(slow: History) -> None:
    """Components in another order and a client who is new are no change of what anybody was promised."""
    change_hours(slow, "UTC", "22:00", "07:00")
    words = (slow.site / CLIENTS).read_text("utf-8").replace("[web, db]", "[db, web]")
    write(slow, CLIENTS, words + "- {id: b-sha, name: B 社, components: [web], policy: {minor: {every: 5m}}}\n")
    (found,) = slow.compare("HEAD", NOW).problems
    assert found.found.startswith("'timezone' together with 'quiet_hours' is not as it was")


PLANNED = (
    "title: Work\ncomponents: {web: under_maintenance}\n"
    "window: {from: 2026-12-10T21:00+09:00, until: 2026-12-10T22:00+09:00}\n"
    "reports:\n  - {kind: notice, at: 2026-11-20T10:00+09:00, text: Work.}\n"
)
CLIENT = "- {{id: a-sha, name: A 社, components: [{uses}], policy: [{entries}]}}\n"
HELD = "{maintenance: {notice: 48h}}"
COMING = "{from: 2026-12-05, maintenance: {notice: 24h}}"


def announced(history: History, clients: str) -> None:
    """Publish work that is planned for a day to come."""
    write(history, CLIENTS, clients)
    write(history, WORK, PLANNED)
    history.commit()


@pytest.mark.parametrize(
    ("before", "uses", "entries", "told"),
    [
        (HELD, "web", f"{HELD}, {COMING}", False),
        (HELD, "web, db", f"{HELD}, {COMING}", False),
        (f"{HELD}, {COMING}", "web", HELD, False),
        (f"{HELD}, {COMING}", "web", f"{HELD.replace('48h', '72h')}, {COMING}", False),
        (HELD, "web", f"{HELD}, {COMING.replace('2026-12-05', '2026-11-22')}", True),
        (HELD, "web", f"{HELD.replace('48h', '72h')}, {COMING}", True),
    ],
    ids=[
        "added",
        "added beside a component",
        "taken away",
        "beside one that holds for it",
        "from today",
        "beside a change",
    ],
)
def test_terms_from_a_day_to_come_change_what_is_planned_for_then(
    history: History, before: str, uses: str, entries: str, told: bool
) -> None:
    """As in policy.yaml an entry for a day to come is the right way, whatever is planned for that day already."""
    announced(history, CLIENT.format(uses="web", entries=before))
    write(history, CLIENTS, CLIENT.format(uses=uses, entries=entries))
    found = history.compare("HEAD", NOW).problems
    assert [problem.rule for problem in found] == (["moved-promise"] if told else [])


def test_terms_from_a_day_to_come_change_nothing_beside_other_settings(history: History) -> None:
    """Nor are they told of where settings that move nothing are changed with them."""
    announced(history, CLIENT.format(uses="web", entries=HELD))
    write(history, CLIENTS, CLIENT.format(uses="web", entries=f"{HELD}, {COMING}"))
    write(history, SITE, site_words(history) + "holidays: JP\n" + QUIET % ("22:00", "07:00"))
    assert history.compare("HEAD", NOW).problems == ()


@pytest.mark.parametrize(
    ("now", "rules"), [("2026-12-10T21:30+09:00", []), ("2026-12-10T22:30+09:00", ["moved-promise"])]
)
def test_what_is_not_promised_yet_may_still_change(history: History, now: str, rules: list[str]) -> None:
    """Reports on work count from its planned end: until then nobody was promised when the next one comes."""
    entries = "{maintenance: {every: %s}}"
    write(history, CLIENTS, CLIENT.format(uses="web", entries=entries % "60m"))
    write(history, WORK, PLANNED + "  - {kind: start, at: 2026-12-10T21:02+09:00, text: Begun.}\n")
    history.commit()
    write(history, CLIENTS, CLIENT.format(uses="web", entries=entries % "30m"))
    assert [problem.rule for problem in history.compare("HEAD", now).problems] == rules
