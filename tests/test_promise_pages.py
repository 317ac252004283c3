"""Promises on pages, in feeds and in pasted text: what is owed, overdue, late and not kept, in readers' words."""

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from lxml import etree, html

from noroshi.cli.show import show
from noroshi.snapshot.audience import Audience
from page_bodies import Site, load_site

SETTINGS = {
    "site.yaml": """\
format: 1
id: {tag: status.example.com, since: 2026-04-01}
name: {ja: 稼働状況, en: Status}
url: https://status.example.com/
timezone: Asia/Tokyo
languages: [ja, en]
holidays: JP
""",
    "components.yaml": "- {id: web, name: {ja: 検証サーバー, en: Staging server}}\n",
    "clients.yaml": """\
- {id: a-sha, name: エー商事, manager: pm, components: [web], policy: {major: {first: 15m, every: 20m}}}
""",
    "policy.yaml": """\
- from: 2026-04-01
  major: {first: 30m, every: 60m, completion: 24h, cause: 5bd}
  maintenance: {notice: 48h, every: 60m, completion: 1h}
""",
}
DOWN = """\
title: {ja: 検証サーバーの停止, en: "Staging <b>down</b> & out"}
severity: major
components: {web: major_outage}
started_at: 2026-06-18T21:40+09:00
detected: {at: 2026-06-18T21:45+09:00, by: client}
not_affected: {ja: 本番環境, en: Production}
reports:
  - kind: start
    at: 2026-06-18T21:52+09:00
    text: {ja: 停止しました。, en: It is down.}
    recovery: {unknown: {ja: 調査中, en: Being looked into}, answer_by: 2026-06-18T22:30+09:00}
  - kind: interim
    at: 2026-06-18T22:20+09:00
    text: {ja: 復元中です。, en: We are restoring.}
    recovery: 2026-06-18T23:00+09:00
    next_report: 2026-06-18T22:50+09:00
  - kind: interim
    at: 2026-06-18T23:24+09:00
    recovery: 2026-06-18T23:40+09:00
    text: {ja: 続いています。, en: It goes on.}
    next_report: 2026-06-18T23:50+09:00
  - kind: interim
    at: 2026-06-18T23:45+09:00
    recovered_at: 2026-06-18T23:40+09:00
    text: {ja: 復旧しました。, en: It is back.}
  - kind: completion
    at: 2026-06-19T09:30+09:00
    ended_at: 2026-06-18T23:40+09:00
    text: {ja: 完了しました。, en: It is done.}
    confirmed_by: {ja: 監視, en: Monitoring}
  - kind: follow_up
    at: 2026-06-20T09:00+09:00
    text: {ja: 原因は調査中です。, en: The cause is being sought.}
    cause: {status: pending, answer_by: 2026-06-24}
  - kind: follow_up
    at: 2026-06-23T10:00+09:00
    text: {ja: 原因が分かりました。, en: The cause is known.}
    cause: {status: confirmed, text: {ja: 空き容量の不足, en: The disk was full}}
    actions:
      - id: check
        what: {ja: 容量を確かめる, en: "Check <i>space</i>"}
        type: permanent
        owner: infra
        due: 2026-06-26
        check_effect_by: 2026-07-31
  - kind: follow_up
    at: 2026-06-25T10:00+09:00
    text: {ja: 期限を改めます。, en: The due day moves.}
    actions: {check: {due: 2026-06-30}}
"""
WORK = """\
title: {ja: 検証 DB の更新, en: Staging database upgrade}
components: {web: under_maintenance}
window: {from: 2026-06-18T21:00+09:00, until: 2026-06-18T21:30+09:00}
reports:
  - {kind: notice, at: 2026-06-11T11:00+09:00, text: {ja: 予告です。, en: A notice.}}
  - {kind: start, at: 2026-06-18T21:05+09:00, text: {ja: 始めました。, en: It began.}}
  - {kind: completion, at: 2026-06-18T23:50+09:00, ended_at: 2026-06-18T23:20+09:00, text: {ja: 終了。, en: Done.}}
"""


def write_site(root: Path) -> Path:
    """The folder of a site with one incident and one maintenance."""
    (root / "mkdocs.yml").write_text("site_name: x\ntheme: {name: material}\nplugins: [noroshi]\n")
    for kind in ("incidents/2026", "maintenance/2026"):
        (root / "content" / kind).mkdir(parents=True)
    for name, text in SETTINGS.items():
        (root / "content" / name).write_text(text)
    (root / "content/incidents/2026/down.yaml").write_text(DOWN)
    (root / "content/maintenance/2026/work.yaml").write_text(WORK)
    return root


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    """The site of these tests."""
    return write_site(tmp_path_factory.mktemp("promises"))


def at(root: Path, time: str) -> Site:
    """The site as it stood at a time in Tokyo."""
    return load_site(root, as_of=datetime.fromisoformat(f"2026-{time}:00+09:00"))


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def by_class(page: str, name: str) -> list[str]:
    """The words of all elements of a class, in order."""
    return [words(each) for each in elements(page, name)]


def elements(page: str, name: str) -> list[Any]:
    return html.document_fromstring(page).xpath(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]")


def owed(page: str) -> list[str]:
    """What the head of a matter's page says is owed next."""
    return [words(line) for each in elements(page, "nr-glance__owed") for line in each.xpath("dd")]


def promises(page: str) -> list[tuple[str, ...]]:
    """Name, origin, due time and standing of every promise on a matter's page; the due time without its label."""
    for label in elements(page, "nr-promise__label"):
        assert words(label) in ("Due", "期限")
    page = re.sub(r'<span class="nr-promise__label">[^<]*</span> ', "", page)
    return [tuple(words(p) for p in each) for each in elements(page, "nr-promise")]


HOURS = [
    (
        "06-18T21:55",
        ["Recovery estimate by 22:30", "Next report by 22:52"],
        ["復旧見込みの回答 22:30まで", "次の報告 22:52まで"],
    ),
    ("06-18T22:50", ["Next report by 22:50"], ["次の報告 22:50まで"]),
    ("06-18T22:51", ["Next report overdue since 22:50"], ["次の報告 22:50の期限を過ぎています"]),
    (
        "06-18T23:46",
        ["Completion report by Fri 19 June 2026, 23:40", "Cause and corrective actions by Thu 25 June 2026"],
        ["完了報告 2026年6月19日（金）23:40まで", "原因と是正処置 2026年6月25日（木）まで"],
    ),
    (
        "06-20T00:00",
        ["Completion report overdue since Fri 19 June 2026, 23:40", "Cause and corrective actions by Thu 25 June 2026"],
        ["完了報告 2026年6月19日（金）23:40の期限を過ぎています", "原因と是正処置 2026年6月25日（木）まで"],
    ),
    (
        "06-24T10:00",
        [
            "Corrective action: Check <i>space</i> by Fri 26 June 2026",
            "Effect check: Check <i>space</i> by Fri 31 July 2026",
        ],
        ["是正処置：容量を確かめる 2026年6月26日（金）まで", "効果の確認：容量を確かめる 2026年7月31日（金）まで"],
    ),
    (
        "07-01T00:01",
        [
            "Corrective action: Check <i>space</i> overdue since Tue 30 June 2026",
            "Effect check: Check <i>space</i> by Fri 31 July 2026",
        ],
        [
            "是正処置：容量を確かめる 2026年6月30日（火）の期限を過ぎています",
            "効果の確認：容量を確かめる 2026年7月31日（金）まで",
        ],
    ),
]


@pytest.mark.parametrize(("time", "english", "japanese"), HOURS, ids=[hour[0] for hour in HOURS])
def test_the_head_says_what_is_owed_next(root, time, english, japanese):
    """All that is overdue, then what is due next; to be there at the due time is to be on time."""
    site = at(root, time)
    assert owed(site.matter("down", "en")) == english
    assert owed(site.matter("down", "ja")) == japanese


TOLD_EN = [
    ("First report", "by our policy of Wed 1 April 2026", "Thu 18 June 2026, 22:15", "kept: 21:52 (report 1)"),
    ("Recovery estimate", "promised in report 1", "22:30", "kept: 22:20 (report 2)"),
    ("Next report", "by our policy of Wed 1 April 2026", "22:52", "kept: 22:20 (report 2)"),
    ("Next report", "promised in report 2", "22:50", "34 minutes late: 23:24 (report 3)"),
    ("Next report", "promised in report 3", "23:50", "kept: 23:45 (report 4)"),
    (
        "Completion report",
        "by our policy of Wed 1 April 2026",
        "Fri 19 June 2026, 23:40",
        "9 hours 20 minutes late: Sat 20 June 2026, 09:00 (report 6)",
    ),
    (
        "Cause and corrective actions",
        "promised in report 6",
        "Wed 24 June 2026moved from Thu 25 June 2026",
        "kept: Tue 23 June 2026, 10:00 (report 7)",
    ),
    (
        "Corrective action: Check <i>space</i>",
        "promised in report 8",
        "Tue 30 June 2026moved from Fri 26 June 2026",
        "overdue since Tue 30 June 2026",
    ),
    ("Effect check: Check <i>space</i>", "promised in report 7", "Fri 31 July 2026", "awaited"),
]
TOLD_JA = [
    ("最初の報告", "2026年4月1日（水）からの報告基準による", "2026年6月18日（木）22:15", "21:52 に報告済み（報告 1）"),
    ("復旧見込みの回答", "報告 1 でのお約束", "22:30", "22:20 に報告済み（報告 2）"),
    ("次の報告", "2026年4月1日（水）からの報告基準による", "22:52", "22:20 に報告済み（報告 2）"),
    ("次の報告", "報告 2 でのお約束", "22:50", "34分遅れて 23:24 に報告（報告 3）"),
    ("次の報告", "報告 3 でのお約束", "23:50", "23:45 に報告済み（報告 4）"),
    (
        "完了報告",
        "2026年4月1日（水）からの報告基準による",
        "2026年6月19日（金）23:40",
        "9時間20分遅れて 2026年6月20日（土）09:00 に報告（報告 6）",
    ),
    (
        "原因と是正処置",
        "報告 6 でのお約束",
        "2026年6月24日（水）2026年6月25日（木）から変更",
        "2026年6月23日（火）10:00 に報告済み（報告 7）",
    ),
    (
        "是正処置：容量を確かめる",
        "報告 8 でのお約束",
        "2026年6月30日（火）2026年6月26日（金）から変更",
        "2026年6月30日（火）の期限を過ぎています",
    ),
    ("効果の確認：容量を確かめる", "報告 7 でのお約束", "2026年7月31日（金）", "待ち"),
]


@pytest.mark.parametrize(("language", "told"), [("en", TOLD_EN), ("ja", TOLD_JA)])
def test_every_promise_is_told_with_where_it_came_from_and_what_became_of_it(root, language, told):
    """Kept, late by how much, overdue and awaited; moved due times stay visible."""
    assert promises(at(root, "07-01T00:01").matter("down", language)) == told


def test_promises_link_the_reports_that_made_and_kept_them(root):
    """Each report that is named is linked on the same page, and stands there."""
    page = at(root, "07-01T00:01").matter("down", "en")
    links = [each.xpath(".//a/@href") for each in elements(page, "nr-promise")]
    assert links[3] == ["#report-2", "#report-3"]
    ids = html.document_fromstring(page).xpath("//@id")
    assert {link.removeprefix("#") for each in links for link in each} <= set(ids)


def test_where_it_is_written_has_the_date_of_each_new_day(root):
    """The house's list of promises dates a due time wherever it is another day's than the one above it."""
    time = datetime.fromisoformat("2026-07-01T00:01+09:00")
    page = load_site(root, as_of=time, audience=Audience(word="internal")).matter("down", "en")
    rows = html.document_fromstring(page).xpath("//section[@class='nr-inside']/dl[last()]/div/dd")
    told = [words(row).split(" · ")[0] for row in rows]
    assert told == [due.split("moved from")[0] for _, _, due, _ in promises(page)]
    assert told[0].startswith("Thu 18 June 2026, ")
    assert "June" not in told[1]


def test_a_promise_is_traced_to_the_report_that_named_its_time(tmp_path):
    """Of two unknown recoveries each is promised in its own report, and a due time named too late is no origin."""
    root = write_site(tmp_path)
    back = DOWN.index("  - kind: completion")
    more = """\
  - kind: interim
    at: 2026-06-19T01:00+09:00
    components: {web: major_outage}
    text: {ja: 再び停止しました。, en: Down again.}
    recovery: {unknown: {ja: 調査中, en: Being looked into}, answer_by: 2026-06-19T02:00+09:00}
    next_report: 2026-06-19T02:00+09:00
  - kind: interim
    at: 2026-06-19T02:30+09:00
    text: {ja: 続いています。, en: It goes on.}
    recovery: {unknown: {ja: 調査中, en: Being looked into}, answer_by: 2026-06-19T03:00+09:00}
"""
    (root / "content/incidents/2026/down.yaml").write_text(DOWN[:back] + more)
    told = [each for each in promises(at(root, "06-19T02:40").matter("down", "en")) if each[0] == "Recovery estimate"]
    assert told == [
        ("Recovery estimate", "promised in report 1", "22:30", "kept: 22:20 (report 2)"),
        (
            "Recovery estimate",
            "promised in report 5",
            "Fri 19 June 2026, 02:00now said to come by 03:00",
            "overdue since 02:00",
        ),
    ]


def test_what_will_not_be_kept_is_called_so(tmp_path):
    """Work that is called off after its planned time kept neither start nor end."""
    root = write_site(tmp_path)
    work = root / "content/maintenance/2026/work.yaml"
    said = (
        "  - {kind: notice, at: 2026-06-18T22:00+09:00, cancelled: true, text: {ja: 中止します。, en: Called off.}}\n"
    )
    work.write_text("".join(WORK.splitlines(keepends=True)[:5]) + said)
    told = promises(at(root, "06-19T12:00").matter("work", "en"))
    assert [each[3] for each in told] == ["kept: Thu 11 June 2026, 11:00 (report 1)", "not done", "not done"]
    assert promises(at(root, "06-19T12:00").matter("work", "ja"))[1][3] == "実施できませんでした"


STANDSTILLS = [
    (
        "work",
        "06-18T21:01",
        "The planned start passed at 21:00; the start report is awaited.",
        "開始予定の 21:00 を過ぎています。開始報告をお待ちください。",
    ),
    (
        "work",
        "06-18T21:31",
        "The planned end passed at 21:30; the completion report is awaited.",
        "終了予定の 21:30 を過ぎています。完了報告をお待ちください。",
    ),
    (
        "down",
        "06-18T23:46",
        "Service was back at 23:40; the completion report is awaited.",
        "23:40 に復旧しました。完了報告をお待ちください。",
    ),
    (
        "down",
        "06-19T10:00",
        "The completion report does not yet tell: the cause.",
        "完了報告にまだ書かれていないこと：原因",
    ),
    (
        "down",
        "06-20T10:00",
        "The cause is still sought; the final report is promised by Wed 24 June 2026.",
        "原因は調査中です。最終報告は2026年6月24日（水）までにお届けします。",
    ),
]


@pytest.mark.parametrize(("matter", "time", "english", "japanese"), STANDSTILLS)
def test_what_has_passed_and_what_is_missing_is_said(root, matter, time, english, japanese):
    """A phase that awaits something says what has passed, at what time, and what is awaited; home says the same."""
    site = at(root, time)
    for language, words_there in (("en", english), ("ja", japanese)):
        assert by_class(site.matter(matter, language), "nr-standstill") == [words_there]
        home = site.pages()["en/index.html" if language == "en" else "index.html"]
        assert words_there in by_class(home, "nr-standstill")


def test_a_finished_matter_says_nothing_of_waiting(root):
    """Where all is told nothing stands of what passed or is awaited, nor of what is owed."""
    page = at(root, "06-18T23:55").matter("work", "en")
    assert not by_class(page, "nr-standstill")
    assert not owed(page)


def test_home_lists_what_is_owed_over_all_matters_overdue_first(root):
    """Soonest due first, each with its matter, and the verdict tells that something is overdue."""
    home = at(root, "06-18T23:00").pages()["en/index.html"]
    (listed,) = elements(home, "nr-owing")
    assert [words(line) for line in listed.xpath(".//li")] == [
        "End as planned overdue since 21:30 Staging database upgrade",
        "Next report overdue since 22:30 Staging database upgrade",
        "Next report overdue since 22:50 Staging <b>down</b> & out",
    ]
    assert listed.xpath(".//li//a/@href") == ["maintenance/work/", "maintenance/work/", "incidents/down/"]
    (verdict,) = elements(home, "nr-verdict")
    assert "3 promises are overdue" in words(verdict)
    assert verdict.xpath(".//a[@class='nr-alarm nr-past']/@href") == ["#owed"]


ALARMS = [
    ("06-18T22:55", "en/index.html", "3 promises are overdue"),
    ("06-20T00:00", "en/index.html", "A report is overdue"),
    ("06-20T00:00", "index.html", "期限を過ぎた報告が 1 件あります"),
    ("07-01T00:01", "en/index.html", "A corrective action is overdue"),
    ("08-01T00:01", "en/index.html", "2 corrective actions are overdue"),
    ("08-01T00:01", "index.html", "期限を過ぎた是正処置が 2 件あります"),
    ("06-20T10:00", "en/index.html", ""),
]


@pytest.mark.parametrize(("time", "file", "alarm"), ALARMS)
def test_the_verdict_tells_what_is_overdue(root, time, file, alarm):
    """Reports, actions or both, counted; while nothing is overdue only the script could say so."""
    (shown,) = elements(at(root, time).pages()[file], "nr-alarm")
    assert words(shown) == alarm
    assert (shown.get("hidden") is not None) == (not alarm)


def test_a_long_list_folds_away(tmp_path):
    """Ten actions are shortened to six; the others can be opened, and none is lost."""
    root = write_site(tmp_path)
    actions = "".join(
        f"      - {{id: a-{n}, what: Do {n}, type: permanent, owner: infra, due: 2026-07-{n:02}}}\n"
        for n in range(1, 11)
    )
    start = DOWN.index("  - kind: follow_up\n    at: 2026-06-25")
    (root / "content/incidents/2026/down.yaml").write_text(DOWN[:start] + actions)
    page = at(root, "06-24T10:00").pages()["en/index.html"]
    (section,) = elements(page, "nr-owing")
    assert len(section.xpath("ul/li")) == 6
    (more,) = section.xpath("details")
    assert words(more.xpath("summary")[0]) == "And 6 more"
    assert len(more.xpath("ul/li")) == 6


def test_estimates_stay_with_every_move(root):
    """What was said before the last estimate stays, struck out, and each move says from what and when; ever after."""
    (fact,) = html.document_fromstring(at(root, "06-18T23:30").matter("down", "en")).xpath(
        "//section[@class='nr-overview']//div[dt='Estimates given']/dd"
    )
    assert [words(each) for each in fact.xpath("s")] == [
        "23:00, answered at 22:20",
        "Unknown, to be answered by 22:30, said at 21:52",
    ]
    assert words(fact).startswith("23:40, moved from 23:00 at 23:24")
    page = html.document_fromstring(at(root, "07-01T00:01").matter("down", "ja"))
    (fact,) = page.xpath("//div[dt='お伝えした見込み']/dd")
    assert words(fact).startswith("23:40（23:24 の報告で 23:00 から変更）")


def test_titles_and_actions_are_text_in_every_list(root):
    """What looks like markup in titles and actions stands as it was written, nowhere as markup."""
    site = at(root, "07-01T00:01")
    for page in (site.pages()["en/index.html"], site.matter("down", "en")):
        assert "<i>space" not in page
        assert "<b>down" not in page
        assert "Check &lt;i&gt;space&lt;/i&gt;" in page


def test_promises_to_a_client_are_on_no_public_page(root):
    """A client's own terms make promises that only the client and the house see."""
    site = at(root, "06-18T21:55")
    everything = [*site.pages().values(), *(feed.decode() for feed in site.feeds().values())]
    assert "22:52" in "".join(everything)
    assert not [each for each in everything if "エー商事" in each or "22:12" in each]
    client = load_site(root, as_of=site.snapshot.now, audience=Audience(word="a-sha")).matter("down", "en")
    assert "Next report (エー商事) by 22:12" in owed(client)
    told = [each for each in promises(client) if each[0] == "Next report (エー商事)"]
    assert told == [("Next report (エー商事)", "by the terms agreed with the client", "22:12", "awaited")]


def items(site: Site, form: str = "en/feeds/reports.atom") -> dict[str, str]:
    """The items of a feed as words, by their names for ever."""
    atom = "{http://www.w3.org/2005/Atom}"
    entries = etree.fromstring(site.feeds()[form]).findall(f"{atom}entry")
    return {
        entry.find(f"{atom}id").text: words(html.fromstring(entry.find(f"{atom}content").text)) for entry in entries
    }


def test_feed_items_tell_what_was_promised_then_and_never_change(root):
    """Each report's item holds what was owed when it was made, filled in by policy too, and stays so for ever.

    What the report names itself stands among its facts, and is not told twice.
    """
    identity = "tag:status.example.com,2026-04-01:"
    last = items(at(root, "07-01T00:01"))
    assert last[f"{identity}down/1"].endswith("Promised as of this report: Next report: by 22:52")
    assert last[f"{identity}down/1"].count("22:30") == 1
    assert last[f"{identity}down/4"].endswith(
        "Promised as of this report: "
        "Completion report: by Fri 19 June 2026, 23:40 Cause and corrective actions: by Thu 25 June 2026"
    )
    assert last[f"{identity}work/2"].endswith("Promised as of this report: Next report: by 22:30")
    for silent in ("work/3", "down/7", "down/8"):  # what they promise are actions, which they tell themselves
        assert "Promised as of" not in last[identity + silent]
    for time in ("06-18T21:53", "06-18T22:55", "06-19T10:00", "06-24T10:00"):
        earlier = items(at(root, time))
        assert earlier.items() <= last.items()


def test_the_quiet_feed_tells_what_the_last_report_promised(root):
    """One line of promises for each matter: the last report's."""
    found = items(at(root, "06-19T09:00"), "en/history.atom")
    assert (
        found["tag:status.example.com,2026-04-01:down"].count("Promised as of this report: Completion report: by") == 1
    )
    assert found["tag:status.example.com,2026-04-01:down"].count("Promised as of") == 1


def shown(root: Path, *arguments: str) -> str:
    result = CliRunner().invoke(show, ["down", "--site", str(root), *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_pasted_text_tells_what_is_owed_and_missing(root):
    """``noroshi show`` says below the state what is missing and what is owed next, overdue in words."""
    lines = shown(root, "--as-of", "2026-06-18T22:55+09:00", "--language", "en").splitlines()
    assert lines[1:4] == [
        "State: Ongoing (Major)",
        "As of Thu 18 June 2026, 22:55",
        "What we owe next: Next report (overdue since Thu 18 June 2026, 22:50)",
    ]
    lines = shown(root, "--as-of", "2026-06-20T00:00+09:00").splitlines()
    assert lines[3:6] == [
        "完了報告にまだ書かれていないこと：原因",
        "お約束していること：完了報告（2026年6月19日（金）23:40の期限を過ぎています）",
        "お約束していること：原因と是正処置（2026年6月25日（木）まで）",
    ]
    early = shown(root, "--as-of", "2026-06-18T21:55+09:00")
    assert "22:52" in early
    assert "エー商事" not in early
    assert "22:12" not in early


def test_json_holds_all_of_a_record(root):
    """State, promises, actions and reports, times in UTC, texts by language, the same keys for every promise."""
    document = json.loads(shown(root, "--format", "json", "--as-of", "2026-06-18T22:55+09:00"))
    assert document["facts"]["title"] == {"ja": "検証サーバーの停止", "en": "Staging <b>down</b> & out"}
    assert [report["number"] for report in document["reports"]] == [1, 2]
    assert document["reports"][1]["next_report"] == "2026-06-18T13:50:00Z"
    assert document["state"]["estimates"][0]["answer_by"] == "2026-06-18T13:30:00Z"
    public = [each for each in document["promises"] if each["client"] is None]
    assert [(each["kind"], each["state"], each["report"]) for each in public] == [
        ("first_report", "met", None),
        ("recovery_answer", "met", 1),
        ("next_report", "met", None),
        ("next_report", "missed", 2),
    ]
    assert public[3] | {"place": None} == {
        "kind": "next_report", "about": None, "state": "missed", "owed": True, "overdue": True,
        "due": "2026-06-18T13:50:00Z", "late_seconds": 300, "due_in_seconds": None,
        "made_at": "2026-06-18T13:20:00Z", "report": 2,
        "policy": None, "client": None, "moved_from": [], "moved_to": None, "met_at": None, "met_by": None,
        "place": None,
    }  # fmt: skip
    assert public[3]["place"]["path"] == "content/incidents/2026/down.yaml"
    assert {each["client"] and each["client"]["id"] for each in document["promises"]} == {None, "a-sha"}
    whole = json.loads(shown(root, "--format", "json", "--now", "2026-07-01T00:01+09:00", "--report", "last"))
    assert [report["number"] for report in whole["reports"]] == [8]
    assert whole["actions"][0]["dues"] == ["2026-06-26", "2026-06-30"]
    assert whole["promises"][-1]["state"] == "due"


def test_the_manual_tells_every_key_of_the_json(root):
    """Each key of the document, its state and actions stands in docs/show-json.md, in its own section."""
    document = json.loads(shown(root, "--format", "json", "--now", "2026-07-01T00:01+09:00"))
    manual = (Path(__file__).parent.parent / "docs" / "show-json.md").read_text("utf-8")
    top, *sections = manual.split("\n## ")
    told = {section.partition("\n")[0].strip("`"): section for section in sections}
    parts = {"state": document["state"], "actions": document["actions"][0]}
    assert set(told) == set(parts)
    assert [key for key in document if f"`{key}`" not in top] == []
    for name, part in parts.items():
        rows = {key for row in told[name].splitlines()[1:] for key in re.findall(r"`(\w+)`", row.partition(" | ")[0])}
        assert rows == set(part), name


def test_json_has_no_language_to_choose(root):
    """An option that would do nothing is refused."""
    result = CliRunner().invoke(show, ["down", "--site", str(root), "--format", "json", "--language", "en"])
    assert result.exit_code == 2
    assert "leave --language out" in result.output
