"""What the pages say, and in what order."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from posixpath import join, normpath
from shutil import copytree
from typing import Any

import pytest
from lxml import html

from noroshi.writers.pages.open_matter import LONGEST
from noroshi.writers.pages.templates import PageError
from page_bodies import NOW, STORY, BareShell, Site, load_site

STAGING = "2026-06-18-staging-down"


@pytest.fixture(scope="module")
def site() -> Site:
    """The story's site."""
    return load_site()


@pytest.fixture(scope="module")
def pages(site) -> dict[str, str]:
    """Every page of the story's site."""
    return site.pages()


def parsed(page: str) -> Any:
    return html.document_fromstring(page)


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def by_class(page: str, name: str) -> list[Any]:
    return parsed(page).xpath(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]")


def copy_of_story(folder) -> Any:
    return copytree(STORY, folder / "site")


def test_a_bare_shell_is_its_slots():
    """The fake theme of these tests prints what it is given, as UTF-8."""
    page = BareShell("ja").fill_bytes(title="題", description="d", head="", body="<p>本文</p>", path="")
    assert page.decode().endswith(
        '<title>題</title><meta name="description" content="d"></head><body><p>本文</p></body></html>'
    )


def test_the_verdict_is_the_first_thing_on_the_home_page(pages):
    """The state of all stands first, as the page's only h1, with the services that it concerns."""
    home = parsed(pages["index.html"])
    first = home.xpath("//body/div/*")[0]
    assert words(first) == (
        "性能が低下しているサービスがあります メール配信 性能低下 2026年8月1日（土）12:00 時点 "
        "時刻の基準：JST（UTC+09:00）"
    )
    assert [words(each) for each in home.xpath("//h1")] == ["性能が低下しているサービスがあります"]


def test_an_open_incident_says_what_a_worried_client_asks(pages):
    """Since when and how long, until when, when the next report comes, who is not affected, and what was said last."""
    (card,) = parsed(pages["en/index.html"]).xpath("//section[1]/article[.//a[contains(@href, 'mail-delay')]]")
    facts = {words(row[0]): " ".join(map(words, row[1:])) for row in card.xpath(".//dl/div")}
    assert facts == {
        "Began": "Sat 1 August 2026, 09:50 2 hours 10 minutes so far",
        "Recovery expected": "15:00",
        "What we owe next": "Next report by 13:30",
        "Not affected": "The public website is not affected",
    }
    assert list(facts)[:3] == ["Began", "Recovery expected", "What we owe next"]
    (last,) = card.xpath("div[@class='nr-last']")
    assert words(last) == "Interim report Sat 1 August 2026, 11:38 We are preparing another server."
    assert last.xpath(".//a/@href") == ["incidents/2026-08-01-mail-delay/#report-2"]


def test_a_very_long_report_is_only_begun_on_the_home_page(tmp_path):
    """A report of ten thousand characters does not bury the rest of the home page; a link leads to the whole."""
    root = copy_of_story(tmp_path)
    record = root / "content/incidents/2026/2026-08-01-mail-delay.yaml"
    record.write_text(record.read_text().replace("代わりの 1 台を準備しています。", "長い文です。" * 2000))
    page = load_site(root).pages()["index.html"]
    (last,) = [each for each in by_class(page, "nr-last") if "長い文です" in words(each)]
    assert len(words(last)) < LONGEST
    assert last.xpath(".//a/@href")[-1].endswith("#report-2")
    assert "報告の全文を読む" in words(last)


def test_services_without_a_heading_do_not_slip_under_another(pages):
    """Services without a group stand under a heading of their own where they come after others."""
    groups = by_class(pages["en/index.html"], "nr-group")
    assert [words(each.xpath("h3")[0]) for each in groups] == ["Production", "Staging", "Other services"]


def test_quiet_days_are_one_line(pages):
    """Days in a row on which nothing began stand in one line, not under a heading each."""
    recent = by_class(pages["index.html"], "nr-recent")[0]
    assert [words(each) for each in recent.xpath("h3")] == ["8月1日（土）"]
    assert [words(each) for each in recent.xpath("p[@class='nr-quiet']")] == [
        "7月19日（日）– 31日（金） この間に始まった障害・作業はありません"
    ]


@pytest.mark.parametrize("address", ["https://ask.example.com/?a=1&b=%22", "mailto:ask@example.com"])
def test_readers_can_ask(tmp_path, address):
    """The public contact stands at the foot of home and of each matter's page, and beside the alarm; no other does."""
    root = copy_of_story(tmp_path)
    place = root / "content/site.yaml"
    lines = [line for line in place.read_text().splitlines() if not line.startswith("contacts")]
    place.write_text("\n".join([*lines, f"contacts: {{public: '{address}', security: mailto:s@example.com}}"]) + "\n")
    site = load_site(root)
    pages = site.pages()
    for page in (pages["index.html"], site.matter("2026-06-18-staging-down", "ja")):
        (foot,) = by_class(page, "nr-contact")
        ask = foot.xpath("a")[-1]
        assert (words(ask), ask.get("href")) == ("お問い合わせ", address)
        assert "mailto:s@" not in page
    (alarms,) = by_class(pages["en/index.html"], "nr-alarms")
    assert [words(each) for each in alarms.xpath("a[not(@hidden)]")] == ["Ask us"]
    place.write_text("\n".join(lines) + "\n")
    silent = load_site(root)
    assert not by_class(silent.pages()["index.html"], "nr-contact")
    assert "nr-ask" not in silent.pages()["index.html"]


def test_rows_show_how_work_came_out(pages):
    """A list says of maintenance whether it was rolled back, done in part, moved or called off."""
    rows = {words(row.xpath(".//a")[0]): row for row in by_class(pages["en/history/2026-06/index.html"], "nr-row")}
    badges = {title: [words(each) for each in row.xpath("p[@class='nr-badges']/span")] for title, row in rows.items()}
    assert badges["Staging database upgrade"] == ["Completed", "Rolled back"]
    assert badges["Work that was moved"] == ["Completed", "Done in part", "Rescheduled"]
    assert badges["Work that was called off"] == ["Cancelled"]
    assert "Sun 21 June 2026, 20:00 – 21:00" in words(rows["Work that was called off"])


@pytest.mark.parametrize(
    ("matter", "language", "steps"),
    [
        (
            STAGING,
            "ja",
            "開始 2026年6月18日（木）21:40 / 検知 21:45 / 最初の報告 21:52 / 復旧 23:20 / 完了報告 翌日 09:30",
        ),
        (
            "2026-08-01-mail-delay",
            "en",
            "Began Sat 1 August 2026, 09:50 / First report 10:31 / Next report 13:30 / Recovery expected 15:00",
        ),
        ("2026-06-21-cancelled", "en", "Notice Sun 14 June 2026, 10:00"),
        (
            "2026-08-05-planned",
            "ja",
            "予告 2026年7月25日（土）11:00 / 開始予定 8月5日（水）20:00 / 終了予定 21:00",
        ),
        (
            "2026-06-20-moved",
            "en",
            "Notice Wed 10 June 2026, 10:00 / Began Wed 24 June, 23:30 / Planned end next day 00:30 / Ended 00:40 / "
            "Completion report 00:45",
        ),
    ],
)
def test_a_record_begins_with_its_times_in_order(site, matter, language, steps):
    """The times of a matter stand in one list in order, as words, what is expected after what has been."""
    (timeline,) = by_class(site.matter(matter, language), "nr-timeline")
    assert timeline.tag == "ol"
    assert " / ".join(words(step) for step in timeline) == steps


def test_what_is_expected_only_is_marked(site):
    """Expected times are marked apart from those that have been."""
    (timeline,) = by_class(site.matter("2026-08-01-mail-delay", "en"), "nr-timeline")
    assert [step.get("class") for step in timeline] == [None, None, "nr-ahead", "nr-ahead"]


def test_a_correction_is_loud(site):
    """The head names what was corrected by what, and each wrong report says so above its text."""
    page = site.matter(STAGING, "en")
    head = parsed(page).xpath("//header[@class='nr-head']")[0]
    (loud,) = head.xpath("p[@class='nr-correction']")
    assert words(loud) == "Corrected: report 2, report 4 → report 5 Correction"
    for number in (2, 4):
        (note,) = parsed(page).xpath(f"//article[@id='report-{number}']/p[@class='nr-correction']")
        assert words(note) == "Corrected by report 5"
        assert note.getnext().get("class") == "nr-body"


def test_a_withdrawn_report_keeps_its_place_and_says_why(site):
    """Number, kind and time stay; what it said is gone."""
    page = site.matter("2026-06-05-unknown-start", "en")
    (report,) = parsed(page).xpath("//article[@id='report-2']")
    assert words(report) == (
        "2 Interim report 中間報告 Fri 5 June 2026, 08:40 Log entry "
        "This report was withdrawn: It held internal information (Fri 5 June 2026, 08:45)"
    )


def test_the_newest_report_stands_first(site):
    """Whoever opens the page reads the last report before those that it outdates; each has its anchor."""
    page = parsed(site.matter(STAGING, "ja"))
    assert page.xpath("//article/@id") == [f"report-{number}" for number in range(7, 0, -1)]


def test_each_report_tells_what_it_changed(site):
    """Beside a report stands what had been said before, and what it says now; what is new has no before."""
    page = parsed(site.matter(STAGING, "ja"))
    (recovery,) = page.xpath("//article[@id='report-2']//div[@class='nr-changes']//div[dt='復旧の見込み']/dd")
    assert words(recovery) == "未定：データ破損の範囲を調査中（22:30までに回答します） → 23:30"
    (back,) = page.xpath("//article[@id='report-3']//div[@class='nr-changes']//div/dd")
    assert [words(each) for each in back.xpath("s | span[2]")] == [
        "検証サーバー 停止検証 DB 停止",
        "検証サーバー 正常検証 DB 正常",
    ]
    assert not page.xpath("//article[@id='report-1']//div[@class='nr-changes']")


def test_each_report_tells_which_promise_it_kept(site):
    """In time or late, with the time by which it was promised."""
    page = parsed(site.matter(STAGING, "ja"))
    kept = {
        each.xpath("string(ancestor::article/@id)"): words(each)
        for each in page.xpath("//article//ul[@class='nr-kept']")
    }
    assert kept == {
        "report-3": "次の報告：期限は22:50、34分遅れ",
        "report-2": "復旧見込みの回答：期限内（22:30まで）",
    }


def test_follow_ups_tell_what_became_of_each_action(site):
    """A follow-up report names each action that it speaks of, with what was done."""
    (report,) = parsed(site.matter(STAGING, "ja")).xpath("//article[@id='report-6']")
    told = [words(each) for each in report.xpath(".//ul[@class='nr-announced']/li")]
    assert told[0] == "更新手順の最初に容量の確認を入れる 実施 2026年6月25日（木）（更新手順書 第 3 版）"
    assert report.xpath(".//ul[@class='nr-announced']//a/@href") == ["https://example.com/calendar"]


def test_an_unknown_start_is_said_so(site):
    """Without a start the page says that it is unknown, and when the first report was."""
    page = site.matter("2026-06-05-unknown-start", "en")
    (began,) = parsed(page).xpath("//dl[@class='nr-glance']/div[dt='Began']/dd")
    assert words(began) == "Unknown first reported Fri 5 June 2026, 08:10"


def test_text_without_translation_is_marked_with_its_language(pages):
    """On an English page each Japanese title, name and report carries lang="ja", in lists and headings too."""
    for file in ("en/index.html", "en/history/2026-08/index.html", "en/components/mail/index.html"):
        links = parsed(pages[file]).xpath("//a[contains(@href, '2026-08-01-mail-delay')][not(contains(@href, '#'))]")
        assert links, file
        assert all(link.xpath("span/@lang") == ["ja"] for link in links), file
    page = parsed(pages["en/incidents/2026-08-01-mail-delay/index.html"])
    assert page.xpath("//h1/span/@lang") == ["ja"]
    assert page.xpath("//article[@id='report-1']/div/div/@lang") == ["ja"]
    assert not page.xpath("//article[@id='report-2']/div[@class='nr-body']//@lang")


def test_no_japanese_letters_stand_unmarked_on_an_english_page(pages):
    """Whatever is Japanese on an English page says so, so that it is read aloud and set as Japanese."""
    for file, page in pages.items():
        if not file.startswith("en/"):
            continue
        for text in parsed(page).xpath("//body//text()[not(ancestor::*[@lang='ja'])]"):
            assert not re.search("[぀-ヿ一-鿿]", text), (file, text)


def test_japanese_pages_use_japanese_brackets(pages):
    """Words that the program brackets on a Japanese page stand in full-width brackets, without a space before."""
    page = words(parsed(pages[f"incidents/{STAGING}/index.html"]))
    assert "23:20 開始から1時間40分" in page
    assert "未定：データ破損の範囲を調査中（22:30までに回答します）" in page
    assert not re.search(r"\((?!RSS|Atom)", page)


def test_clients_and_agreements_are_on_no_page_and_in_no_feed(site, pages):
    """Agreements and the names of clients are for their own eyes."""
    everything = [*pages.values(), *(feed.decode() for feed in site.feeds().values())]
    assert any("Work ahead" in each for each in everything)
    for secret in ("エー商事", "a-sha", "制作部", "内々の約束", "公開前日だが"):
        assert not [each for each in everything if secret in each], secret


def test_a_record_page_holds_nothing_of_the_time_of_the_build(site):
    """The page of a matter is the same later where nothing was reported, no planned time and no due time has passed."""
    for later, hours in ((load_site(now=NOW + timedelta(hours=hours)), hours) for hours in (1, 24)):
        for matter, state in site.snapshot.by_id.items():
            if all(promise.due > later.snapshot.now for promise in state.promises if promise.owed) or hours == 1:
                for language in ("ja", "en"):
                    assert site.matter(matter, language) == later.matter(matter, language)


def test_a_component_s_days_are_told_in_words(pages):
    """Each day of the bar can be read: the bad ones alone with their length, good ones in runs, all 90 of them."""
    page = pages["en/components/staging-db/index.html"]
    days = [" ".join(map(words, row)) for row in by_class(page, "nr-day-list")[0].xpath(".//tbody/tr")]
    assert days == [
        "Fri 19 June – Sat 1 August Operational – 100%",
        "Thu 18 June Major outage 2 hours 20 minutes Major outage 1 hour 40 minutes, Under maintenance 40 minutes "
        "93.05%",
        "Mon 4 May – Wed 17 June Operational – 100%",
    ]
    (picture,) = parsed(page).xpath("//*[local-name()='svg']")
    assert picture.get("aria-label") == "The last 90 days: not operational on 1 day"
    assert [rect.get("x") for rect in picture] == [f"{day}.1" for day in range(90)]
    assert [(rect.get("x"), words(rect)) for rect in picture if words(rect)] == [
        ("45.1", "Thu 18 June Major outage 2 hours 20 minutes")
    ]


def test_a_component_says_what_it_hangs_on(pages):
    """A component's page links what it needs and what needs it."""
    assert "必要とするもの" not in pages["components/www/index.html"]
    assert parsed(pages["en/components/dns/index.html"]).xpath("//dd/a/@href") == ["../../components/www/"]


def links_of(page: str) -> Iterator[str]:
    yield from parsed(page).xpath("//body//a/@href")


def test_every_link_between_pages_resolves(site, pages):
    """No internal link leads nowhere, and no fragment names what is not there; ids are unique."""
    files = {*pages, *site.outputs()}
    for file, page in pages.items():
        ids = parsed(page).xpath("//@id")
        assert len(ids) == len(set(ids)), file
        for link in links_of(page):
            path, _, fragment = link.partition("#")
            if ":" in path:
                continue
            target = normpath(join("/", file.rpartition("/")[0], path)).lstrip("/") if path else file
            if path.startswith("/"):
                target = path.lstrip("/")
            if path.endswith("/") or target in ("", "."):
                target = f"{target.strip('./')}/index.html".lstrip("/")
            assert target in files, (file, link)
            if fragment:
                assert fragment in parsed(pages[target]).xpath("//@id"), (file, link)


def test_headings_are_in_order(pages):
    """Each page has one h1, first, and no level is skipped on the way down."""
    for file, page in pages.items():
        levels = [int(each.tag[1]) for each in parsed(page).xpath("//h1|//h2|//h3|//h4")]
        assert levels[0] == 1, file
        assert levels.count(1) == 1, file
        assert all(later - earlier <= 1 for earlier, later in pairwise(levels)), file


def test_no_page_holds_a_script_or_a_style(pages):
    """Our bodies bring neither: the content security policy allows none that is not the theme's."""
    for page in pages.values():
        assert not parsed(page).xpath("//body//script[text() or not(@src)] | //body//style | //body//@style")


def test_an_empty_site_has_pages_that_say_so(tmp_path):
    """Without components and records the home page and the history stand, and promise nothing false."""
    (tmp_path / "content").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n")
    (tmp_path / "content/site.yaml").write_text((STORY / "content/site.yaml").read_text())
    pages = load_site(tmp_path).pages()
    assert sorted(pages) == [
        "404.html",
        "actions/index.html",
        "en/404.html",
        "en/actions/index.html",
        "en/history/index.html",
        "en/index.html",
        "en/log/index.html",
        "en/record/index.html",
        "en/search/index.html",
        "en/subscribe/index.html",
        "history/index.html",
        "index.html",
        "log/index.html",
        "record/index.html",
        "search/index.html",
        "subscribe/index.html",
    ]
    assert "No incident is open" in pages["en/index.html"]
    assert "Sun 19 July – Sat 1 August No incident or maintenance began." in words(parsed(pages["en/index.html"]))
    assert "Nothing has been reported yet." in pages["en/history/index.html"]
    assert "No corrective action has been announced yet." in pages["en/actions/index.html"]


def test_a_site_s_own_template_takes_the_place_of_ours(tmp_path):
    """A template in the site's folder wins; its messages are said in the page's language."""
    root = copy_of_story(tmp_path)
    (root / "site_templates").mkdir()
    (root / "site_templates/notfound.html").write_text('<h1>{{ _("History") }} {{ home }}</h1>')
    pages = load_site(root).pages()
    assert "<h1>履歴 /</h1>" in pages["404.html"]
    assert "<h1>History /en/</h1>" in pages["en/404.html"]


def test_a_broken_template_is_named_with_its_line(tmp_path):
    """A fault in a site's own template is told to its owner: file, line, and what to do."""
    root = copy_of_story(tmp_path)
    (root / "site_templates").mkdir()
    (root / "site_templates/month.html").write_text("<h1>x</h1>\n{% if %}")
    with pytest.raises(PageError, match=r"site_templates/month\.html:2: the template cannot be used: .*delete it"):
        load_site(root).pages()


def test_an_unknown_name_in_a_template_is_no_silent_gap(tmp_path):
    """A misspelt field in a site's own template stops the build instead of printing nothing."""
    root = copy_of_story(tmp_path)
    (root / "site_templates").mkdir()
    (root / "site_templates/month.html").write_text("<h1>x</h1>\n\n{{ view.nmae }}")
    with pytest.raises(PageError, match=r"site_templates/month\.html:3: .*nmae"):
        load_site(root).pages()


def test_the_description_is_the_beginning_of_the_last_report(site):
    """Search engines and previews show what was said last, as plain text."""
    (text,) = parsed(site.matter(STAGING, "en")).xpath("//meta[@name='description']/@content")
    assert text == "We have checked that the actions work."


def test_planned_work_that_moves_shows_both_times(site):
    """The time that holds and the one that was announced before, struck out."""
    page = parsed(site.matter("2026-06-20-moved", "en"))
    assert [words(each) for each in page.xpath("//section[@class='nr-overview']//s")] == [
        "Sat 20 June 2026, 20:00 – 21:00"
    ]


def test_time_of_other_zone_is_shown_in_the_sites(tmp_path):
    """A report written with another offset is shown as the site's clocks show it."""
    root = copy_of_story(tmp_path)
    record = root / "content/incidents/2026/2026-08-01-mail-delay.yaml"
    record.write_text(record.read_text().replace("at: 2026-08-01T11:38+09:00", "at: 2026-08-01T02:38+00:00"))
    assert load_site(root).matter("2026-08-01-mail-delay", "ja") == load_site().matter("2026-08-01-mail-delay", "ja")
    assert datetime.fromisoformat("2026-08-01T02:38+00:00") == datetime.fromisoformat("2026-08-01T11:38+09:00")
