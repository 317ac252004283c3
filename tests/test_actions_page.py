"""Every corrective action in the open: what is overdue first, nothing lost, and a way there and back."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from posixpath import join, normpath
from shutil import copytree
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from naughty_site import write_site
from noroshi.pipeline.printing.plan import Keys
from noroshi.pipeline.printing.site_pages import plan_pages
from noroshi.records.choices import ActionStage, ActionType, Phase, PromiseKind, ReportKind, Severity
from noroshi.records.content import MatterKind
from noroshi.records.texts import Text
from noroshi.records.times import end_of
from noroshi.snapshot.action_list import RECENT, ActionList, list_actions
from noroshi.snapshot.matter.actions import ActionStanding
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.state import ReportMark, State
from noroshi.text.wording import wording
from noroshi.writers.pages.actions import actions_view
from noroshi.writers.pages.links import Reader
from page_bodies import NOW, STORY, load_site

TOKYO = ZoneInfo("Asia/Tokyo")
INDEX, ENGLISH, YEAR = "actions/index.html", "en/actions/index.html", "actions/2026/index.html"
STAGING = "2026-06-18-staging-down"

OPENED = """\
title: {{ja: 接続できない, en: No connection}}
severity: minor
components: {{mail: degraded_performance}}
started_at: {day}T09:00+09:00
reports:
  - {{kind: start, at: {day}T09:10+09:00, text: 調べています。}}
  - kind: completion
    at: {day}T12:00+09:00
    ended_at: {day}T11:00+09:00
    text: 終わりました。
    confirmed_by: 監視
    cause: {{status: confirmed, text: 設定の誤り}}
    actions:
{actions}
"""


def an_action(name: str, due: str, kind: str = "permanent", check: str = "") -> str:
    """An action of an incident as people write it."""
    checked = f", check_effect_by: {check}" if check else ""
    return f"      - {{id: {name}, what: {name} を直す, type: {kind}, owner: infra, due: {due}{checked}}}"


def a_follow_up(at: str, **steps: str) -> str:
    """A report that tells of progress."""
    told = "".join(f"\n      {name.replace('_', '-')}: {{{step}}}" for name, step in steps.items())
    return f"  - kind: follow_up\n    at: {at}\n    text: 進みました。\n    actions:{told}\n"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The story's site with incidents whose actions have come differently far by 2026-08-01."""
    folder = copytree(STORY, tmp_path_factory.mktemp("actions") / "site")
    incidents = {
        "2025-03-03-old": OPENED.format(
            day="2025-03-03",
            actions="\n".join([an_action("old", "2025-03-10", check="2025-04-10"), an_action("never", "2025-03-20")]),
        )
        + a_follow_up("2025-03-12T10:00+09:00", old="done: 2025-03-12", never="dropped: 要らなくなった")
        + a_follow_up("2025-04-01T10:00+09:00", old="effect_checked: 2025-04-01"),
        "2026-07-01-new": OPENED.format(
            day="2026-07-01",
            actions="\n".join(
                [
                    an_action("late-now", "2026-07-20"),
                    an_action("later", "2026-08-20", "interim"),
                    an_action("sooner", "2026-08-10"),
                    an_action("moved", "2026-07-31", check="2026-09-01"),
                    an_action("check-late", "2026-07-10", check="2026-07-30"),
                ]
            ),
        )
        + a_follow_up(
            "2026-07-15T10:00+09:00", check_late="done: 2026-07-09, evidence: 手順書", moved="due: 2026-08-31"
        ),
    }
    for name, text in incidents.items():
        place = folder / "content" / "incidents" / name[:4] / f"{name}.yaml"
        place.parent.mkdir(exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def pages(root: Path) -> dict[str, str]:
    """Its pages."""
    return load_site(root).pages()


def parsed(page: str) -> Any:
    return html.document_fromstring(page)


def anchors(page: str) -> list[str]:
    """The ids of the actions of a page, in order."""
    return [str(each) for each in parsed(page).xpath("//li[contains(@class, 'nr-action')]/@id")]


def card(page: str, anchor: str) -> Any:
    (found,) = parsed(page).xpath(f"//li[@id='{anchor}']")
    return found


def words(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())


def counts(page: str) -> dict[str, int]:
    return {
        each.get("class").split("--")[1].split()[0]: int(each.xpath("string(strong)"))
        for each in parsed(page).xpath("//ul[@class='nr-counts']/li")
    }


def test_overdue_comes_first_then_by_due_then_newest(pages):
    """Overdue actions and checks, then what is owed soonest, then what was closed lately."""
    new = "2026-07-01-new"
    assert anchors(pages[INDEX])[:5] == [
        f"{new}.late-now", f"{new}.check-late", f"{new}.sooner", f"{new}.later", f"{new}.moved",
    ]  # fmt: skip
    assert [heading.text for heading in parsed(pages[ENGLISH]).xpath("//h2")] == [
        "Overdue",
        "Still owed",
        "Closed in the last 90 days",
        "Every action, by the year of its announcement",
    ]
    assert anchors(pages[INDEX])[5:] == [
        f"{STAGING}.{name}" for name in ("disk-check", "report-role", "share-calendar")
    ]


def test_an_overdue_action_says_so_and_one_in_time_does_not(pages):
    """A badge beside the stage, on the list, on the year's page and on the incident's page alike.

    What is still in time holds the word for the script alone, which shows it as soon as it is true.
    """
    for file, prefix in ((ENGLISH, "2026-07-01-new."), (f"en/{YEAR}", "2026-07-01-new.")):
        for name, overdue in (("late-now", True), ("check-late", True), ("sooner", False), ("moved", False)):
            assert ("Overdue" in words(card(pages[file], prefix + name))) is overdue, (file, name)
    own = pages["en/incidents/2026-07-01-new/index.html"]
    assert "Overdue" in words(card(own, "action-late-now"))
    assert "Overdue" not in words(card(own, "action-sooner"))
    (waiting,) = card(pages[ENGLISH], "2026-07-01-new.sooner").xpath(".//*[@hidden]")
    assert (waiting.get("data-at"), waiting.get("data-after")) == ("2026-08-10T15:00:00Z", "Overdue")
    assert not card(pages[ENGLISH], f"{STAGING}.disk-check").xpath(".//*[@data-at]")


def test_an_action_tells_what_who_when_and_how_far(pages):
    """Type, owner, due with its moves, done with its evidence, and the check."""
    moved = card(pages[ENGLISH], "2026-07-01-new.moved")
    assert [each.text_content() for each in moved.xpath(".//s")] == ["Fri 31 July 2026"]
    assert "Mon 31 August 2026" in words(moved)
    assert "Effect to be checked by Tue 1 September 2026" in words(moved)
    done = words(card(pages[ENGLISH], "2026-07-01-new.check-late"))
    assert "Done, effect to be checked" in done
    assert "Done Thu 9 July 2026" in done
    assert "手順書" in done
    assert "infra" in done
    interim, permanent = (card(pages[INDEX], f"2026-07-01-new.{name}") for name in ("later", "sooner"))
    assert "応急処置" in words(interim)
    assert "恒久処置" in words(permanent)
    assert interim.xpath(".//*[contains(@class, 'nr-action-type--interim')]")
    assert permanent.xpath(".//*[contains(@class, 'nr-action-type--permanent')]")


def test_what_was_done_late_says_so(pages):
    """Done after its time, and given up, both with their reason to be seen."""
    old = pages["en/actions/2025/index.html"]
    assert "Late" in words(card(old, "2025-03-03-old.old"))
    assert "Effect checked Tue 1 April 2025" in words(card(old, "2025-03-03-old.old"))
    dropped = words(card(old, "2025-03-03-old.never"))
    assert "Given up" in dropped
    assert "要らなくなった" in dropped


def test_the_counts_sum_up_to_all_actions(pages):
    """Each action counts once; what is overdue counts as that; no overdue ones are said too."""
    assert counts(pages[INDEX]) == {"overdue": 2, "to_do": 3, "checked": 4, "dropped": 1}
    assert counts(pages["actions/2025/index.html"]) == {"overdue": 0, "checked": 1, "dropped": 1}
    assert sum(counts(pages[INDEX]).values()) == len(anchors(pages[YEAR])) + len(
        anchors(pages["actions/2025/index.html"])
    )


def test_old_actions_stay_on_their_year_s_page_alone(pages):
    """What was closed more than 90 days ago is on no page but its year's, which the index links to."""
    assert not any(each.startswith("2025") for each in anchors(pages[INDEX]))
    assert anchors(pages["actions/2025/index.html"]) == ["2025-03-03-old.old", "2025-03-03-old.never"]
    links = parsed(pages[INDEX]).xpath("//section[@class='nr-action-years']//a/@href")
    assert links == ["../actions/2026/", "../actions/2025/"]


def test_every_action_links_to_its_incident_and_the_incident_back(pages):
    """To the report that announced it and to its place among the incident's actions; and from there to its year."""
    ids = {file: re.findall(r'\bid="([^"]+)"', page) for file, page in pages.items()}
    there = back = 0
    for file, page in pages.items():
        assert not [each for each, number in Counter(ids[file]).items() if number > 1], file
        for link in parsed(page).xpath("//*[contains(@class, 'nr-action__from')]//a/@href"):
            place, _, fragment = link.partition("#")
            target = normpath(join("/" + file.removesuffix("index.html"), place)).lstrip("/") + "/index.html"
            assert fragment in ids[target], (file, link)
            there += "actions/" in file
            back += "actions/" not in file
    # In two languages, two links of each action on the first page and on its year's, one of each back.
    assert there == 2 * 2 * (8 + 8 + 2)
    assert back == 2 * (8 + 2)


def test_a_later_time_changes_no_settled_year(root):
    """Where nothing is owed any more, time alone rewrites no page; where a time passes, it does."""
    keys = [action_keys(root, NOW + timedelta(days=days)) for days in (0, 1, 60)]
    for file in ("actions/2025/index.html", "en/actions/2025/index.html"):
        assert keys[0][file] == keys[1][file] == keys[2][file]
    for file in (INDEX, YEAR):
        assert keys[0][file] == keys[1][file]
        assert keys[0][file] != keys[2][file]


def test_a_page_whose_key_is_the_same_is_the_same(root):
    """Until after the last time that is promised, the key tells of every change of a page."""
    seen: dict[tuple[str, bytes], str] = {}
    for days in range(0, 40, 5):
        for file, (key, page) in action_plans(root, NOW + timedelta(days=days)).items():
            assert seen.setdefault((file, key), page) == page, (file, days)


def action_keys(root: Path, now: datetime) -> dict[str, bytes]:
    return {file: key for file, (key, _) in action_plans(root, now).items()}


def action_plans(root: Path, now: datetime) -> dict[str, tuple[bytes, str]]:
    """The keys and documents of the pages of actions, where a state's key is no more than its content's."""
    site = load_site(root, now)
    keys = Keys(b"", {state.id: state.id.encode() for state in site.snapshot.states})
    found = {}
    for plan in plan_pages(replace(site.materials, keys=keys)):
        if "actions/" in plan.file:
            assert plan.key is not None
            found[plan.file] = (plan.key, plan.make().decode())
    return found


def test_a_site_without_actions_says_so(tmp_path):
    """One page, in every language, and no year."""
    folder = copytree(STORY, tmp_path / "site")
    (folder / "content/incidents/2026" / f"{STAGING}.yaml").unlink()
    pages = load_site(folder).pages()
    assert "公表した是正処置はまだありません。" in pages[INDEX]
    assert "No corrective action has been announced yet." in pages[ENGLISH]
    assert not any(re.search(r"actions/\d", file) for file in pages)


def test_naughty_texts_stay_texts(tmp_path):
    """What people write of an action comes out escaped on its pages."""
    pages = load_site(write_site(tmp_path)).pages()
    shown = {file: page for file, page in pages.items() if "actions/" in file}
    assert len(shown) == 4
    whole = "".join(shown.values())
    for field in ("what-ja", "what-en", "owner-word", "evidence-en", "dropped-ja", "title-en"):
        assert f"{field} &lt;script&gt;" in whole, field
    for file, page in shown.items():
        assert not parsed(page).xpath("//body//script | //body//img | //body//@onerror | //body//@onclick"), file


# The list, by hand-made states.

DAY = date(2026, 1, 1)
STATES = st.lists(
    st.tuples(
        st.integers(0, 400),
        st.lists(st.tuples(st.integers(0, 300), st.sampled_from(list(ActionStage)), st.integers(0, 300)), max_size=4),
    ),
    max_size=6,
)


def a_standing(name: str, due: int, stage: ActionStage, told: int) -> ActionStanding:
    """An action that has come so far.

    :param told: days from ``DAY`` to the report that told of it
    """
    done = stage in (ActionStage.UNCHECKED, ActionStage.DONE, ActionStage.CHECKED)
    check = stage in (ActionStage.UNCHECKED, ActionStage.CHECKED)
    return ActionStanding(
        id=name,
        what=a_text(name),
        type=ActionType.PERMANENT,
        owner="infra",
        announced=1,
        dues=(DAY + timedelta(days=due),),
        check_effect_by=DAY + timedelta(days=due + 30) if check else None,
        done=DAY + timedelta(days=told) if done else None,
        evidence=None,
        effect_checked=DAY + timedelta(days=told) if stage is ActionStage.CHECKED else None,
        dropped=a_text("reason") if stage is ActionStage.DROPPED else None,
        told_at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=told) if stage is not ActionStage.TO_DO else None,
    )


def a_text(words: str) -> Text:
    return Text((("en", words),))


def a_state(name: str, announced: int, standings: list[ActionStanding]) -> State:
    """A completed incident with these actions and the promises that follow from them."""
    at = datetime(2025, 1, 1, 3, tzinfo=UTC) + timedelta(days=announced)
    promises = []
    for each in standings:
        closed = each.stage not in (ActionStage.TO_DO, ActionStage.UNCHECKED)
        doing = Promise(
            PromiseKind.ACTION, name, end_of(each.dues[-1], TOKYO).astimezone(UTC), about=each.id,
            closed=each.stage is not ActionStage.TO_DO, met_at=at if each.done else None,
        )  # fmt: skip
        promises.append(doing)
        if each.check_effect_by is not None:
            due = end_of(each.check_effect_by, TOKYO).astimezone(UTC)
            promises.append(Promise(PromiseKind.EFFECT_CHECK, name, due, about=each.id, closed=closed))
    return State(
        id=name, kind=MatterKind.INCIDENT, path="", title=a_text(name), phase=Phase.COMPLETED,
        severity=Severity.MINOR, began_at=at, started_at=at, recovered_at=at, ended_at=at, window=None, moved_from=(),
        estimates=(), components=(), impacts=(),
        reports=(ReportMark(number=1, kind=ReportKind.COMPLETION, at=at),), updated_at=at, caused_by=None,
        detected_by=None, result=None, outcome=None, imported=False, settled=False, promises=tuple(promises),
        actions=tuple(standings),
    )  # fmt: skip


def made(drawn: list[Any]) -> list[State]:
    return [
        a_state(f"m{place}", announced, [a_standing(f"a{n}", *each) for n, each in enumerate(actions)])
        for place, (announced, actions) in enumerate(drawn)
    ]


def names(listed: Any) -> list[tuple[str, str]]:
    return [(each.matter.id, each.standing.id) for each in listed]


def every_part(listed: ActionList) -> Iterator[list[tuple[str, str]]]:
    yield names(listed.overdue)
    yield names(listed.owed)
    yield names(listed.recent)
    yield from map(names, listed.years.values())


@given(drawn=STATES, days=st.integers(0, 400), shuffle=st.randoms(use_true_random=False))
def test_the_order_of_states_never_matters(drawn, days, shuffle):
    """The list is the same in whatever order the matters come."""
    states, now = made(drawn), datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=days)
    mixed = list(states)
    shuffle.shuffle(mixed)
    one, other = list_actions(states, now, TOKYO), list_actions(mixed, now, TOKYO)
    assert list(every_part(one)) == list(every_part(other))
    assert list(one.years) == list(other.years) == sorted(one.years, reverse=True)


@given(drawn=STATES, days=st.integers(0, 400))
def test_nothing_is_lost_and_overdue_stands_first(drawn, days):
    """The years hold every action once; the first page holds every owed one, and of the others the recent."""
    states, now = made(drawn), datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=days)
    listed = list_actions(states, now, TOKYO)
    everything = sorted((state.id, each.id) for state in states for each in state.actions)
    assert sorted(names(listed.everything)) == everything
    owed = {(state.id, each.id) for state in states for each in state.actions if each.owed}
    late = {(p.matter, p.about) for state in states for p in state.promises if p.overdue(now)}
    assert set(names(listed.overdue)) == late
    assert set(names(listed.owed)) == owed - late
    told = {
        (state.id, each.id): each.told_at
        for state in states
        for each in state.actions
        if not each.owed and each.told_at
    }
    assert set(names(listed.recent)) == {name for name, at in told.items() if now - at <= RECENT}
    for part in (listed.overdue, listed.owed):
        dues = [each.next_due for each in part]
        assert dues == sorted(dues)
    for year in listed.years.values():
        ranks = [0 if each.overdue else 1 if each.next_due else 2 for each in year]
        assert ranks == sorted(ranks)
    assert sum(listed.stages.values()) == len(everything)


@pytest.mark.parametrize(("minutes", "overdue"), [(-1, False), (0, False), (1, True)])
def test_exactly_at_its_time_an_action_is_not_yet_overdue(minutes, overdue):
    """A day as a deadline lasts until its end in the site's zone; at that moment it is still in time."""
    state = a_state("m", 365, [a_standing("a", 0, ActionStage.TO_DO, 0)])
    now = datetime(2026, 1, 2, tzinfo=TOKYO) + timedelta(minutes=minutes)
    (listed,) = list_actions([state], now, TOKYO).everything
    assert (listed.overdue, listed.overdue_after) == (overdue, datetime(2026, 1, 2, tzinfo=TOKYO))


@pytest.mark.parametrize(("hours", "shown"), [(0, True), (1, False)])
def test_a_closed_action_leaves_the_first_page_after_ninety_days(hours, shown):
    """Counted from the report that told of it."""
    standing = a_standing("a", 0, ActionStage.DONE, 10)
    now = datetime(2026, 1, 11, tzinfo=UTC) + timedelta(days=90, hours=hours)
    assert bool(list_actions([a_state("m", 365, [standing])], now, TOKYO).recent) is shown


def test_the_year_is_that_of_the_site_s_clocks():
    """What was announced on New Year's morning in Tokyo, still the old year in London, is of the new year."""
    state = a_state("m", 0, [a_standing("a", 500, ActionStage.TO_DO, 0)])
    mark = ReportMark(number=1, kind=ReportKind.COMPLETION, at=datetime(2025, 12, 31, 16, tzinfo=UTC))
    assert list(list_actions([replace(state, reports=(mark,))], NOW, TOKYO).years) == ["2026"]


def test_ten_thousand_old_incidents_leave_the_first_page_short(root):
    """The first page is as long as what is owed or new, whatever the length of the log."""
    states = [a_state(f"m{n}", n % 300, [a_standing("a", 0, ActionStage.CHECKED, 1)]) for n in range(10_000)]
    states.append(a_state("open", 360, [a_standing("a", 300, ActionStage.TO_DO, 0)]))
    listed = list_actions(states, NOW, TOKYO)
    settings = load_site(root).snapshot.settings
    view = actions_view(listed, Reader(settings=settings, wording=wording("en", TOKYO), path="actions/"))
    assert (len(view.overdue), len(view.owed), len(view.recent)) == (0, 1, 0)
    assert [(each.year, each.number) for each in view.years] == [("2025", 10_001)]


def test_what_was_never_promised_is_not_overdue():
    """An imported action whose time has passed broke no promise: it stands behind one that did, though due before."""
    imported = replace(a_state("imported", 0, [a_standing("a", 0, ActionStage.TO_DO, 0)]), promises=())
    broken = a_state("own", 0, [a_standing("a", 100, ActionStage.TO_DO, 0)])
    listed = list_actions([imported, broken], NOW, TOKYO)
    assert (names(listed.overdue), names(listed.owed)) == ([("own", "a")], [("imported", "a")])
    assert names(listed.years["2025"]) == [("own", "a"), ("imported", "a")]
