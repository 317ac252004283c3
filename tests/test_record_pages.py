"""The record's pages: every figure stands on promises that can be looked at, and the charts say what the tables say."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from posixpath import join, normpath
from shutil import copy
from typing import Any

import pytest
from lxml import html

from noroshi.importers import SourceFile, import_cstate
from noroshi.pipeline.printing.plan import Keys, Plan
from noroshi.pipeline.printing.track_record_pages import TrackRecordPages
from noroshi.records.choices import Detector, PromiseKind
from noroshi.snapshot.audience import INTERNAL, PUBLIC
from noroshi.snapshot.site import Snapshot, take_snapshot
from noroshi.snapshot.state import State
from page_bodies import STORY, Site, load_site
from real_data import JENKINS, needs_jenkins
from track_states import matter, promised

NOW = datetime(2026, 8, 1, 3, tzinfo=UTC)
FIRST, NEXT, ACTION = PromiseKind.FIRST_REPORT, PromiseKind.NEXT_REPORT, PromiseKind.ACTION
COUNTS = re.compile(r"\d+")


@pytest.fixture(scope="module")
def story() -> Site:
    """The story's site, whose settings and press serve every test."""
    return load_site()


def snapshot_of(site: Site, states: list[State], now: datetime = NOW) -> Snapshot:
    return take_snapshot(site.snapshot.settings, states, now)


def plans_of(site: Site, snapshot: Snapshot, language: str) -> Iterator[tuple[str, Plan]]:
    """What is planned of the record in a language, each by its path below that language's root."""
    keys = Keys(b"", {state.id: b"" for state in snapshot.states})
    for plan in TrackRecordPages(replace(site, snapshot=snapshot).materials).pages(site.press, keys, language):
        yield plan.file.removeprefix(f"{language}/").removesuffix("index.html"), plan


def pages_of(site: Site, snapshot: Snapshot, language: str = "en") -> dict[str, str]:
    return {path: plan.make().decode() for path, plan in plans_of(site, snapshot, language)}


def keys_of(site: Site, snapshot: Snapshot) -> dict[str, bytes | None]:
    return {path: plan.key for path, plan in plans_of(site, snapshot, "en")}


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def busy_log() -> list[State]:
    """Months with promises of all fates, two of them too small to stand alone."""
    states = []
    for month, counts in {1: (3, 2, 1), 3: (1, 1, 0), 4: (4, 2, 1), 5: (9, 0, 0), 6: (0, 0, 3), 7: (1, 0, 0)}.items():
        began = datetime(2026, month, 10, tzinfo=UTC)
        for fate, count in enumerate(counts):
            for n in range(count):
                due = began + timedelta(hours=n)
                met = (due - timedelta(minutes=5), due + timedelta(minutes=5 * n + 5), None)[fate]
                kind = (FIRST, NEXT, ACTION)[n % 3]
                made = promised(kind, due, met, made_at=due - timedelta(minutes=25), met_by=None if fate == 2 else 1)
                noticed = Detector.CLIENT if fate else Detector.STAFF
                states.append(matter(f"m{month}-{fate}{n}", [made], began_at=began, detected_by=noticed))
    return states


def figure_rows(page: str, table: str) -> list[tuple[str, list[str]]]:
    """A table's rows: the name, then the cells."""
    rows = html.document_fromstring(page).xpath(f"//table[@id='{table}']/tbody/tr")
    return [(words(row.xpath("th")[0]), [words(cell) for cell in row.xpath("td")]) for row in rows]


def test_the_charts_say_what_the_table_says(story):
    """Each column's parts and sum are a row's numbers, drawn to scale; each dot is a row's median; no more is drawn."""
    page = pages_of(story, snapshot_of(story, busy_log()))["record/"]
    rows = figure_rows(page, "by-month")[::-1]
    document = html.document_fromstring(page)
    columns, dots = document.xpath("//svg[@class='nr-chart']")
    sums = [words(text) for text in columns.xpath(".//text[@class='nr-value']")]
    assert sums == [str(sum(int(number) for number in cells[:3])) for _, cells in rows]
    drawn = [int(COUNTS.findall(words(group.xpath("title")[0]))[-1]) for group in columns.xpath(".//g")]
    assert drawn == [int(number) for _, cells in rows for number in cells[:3] if number != "0"]
    heights = [float(group.xpath("rect/@height")[0]) for group in columns.xpath(".//g")]
    unit = heights[0] / drawn[0]
    assert [height / unit for height in heights] == pytest.approx(drawn, abs=0.01)
    said = [words(title).split(": ")[1] for title in dots.xpath(".//g/title")]
    medians = [cells[4] for _, cells in rows]
    assert said == [median for median in medians if "too few" not in median]
    assert 0 < len(said) < len(medians)


def test_colour_never_speaks_alone(story):
    """What is late and what is missed is hatched, each with its own pattern, in the legend and in the columns."""
    document = html.document_fromstring(pages_of(story, snapshot_of(story, busy_log()))["record/"])
    known = {f"url(#{name})" for name in document.xpath("//svg//pattern/@id")}
    for word in ("late", "missed"):
        parts = document.xpath(f"//rect[contains(@class, 'nr-part--{word}')]")
        hatches = {part.getnext().get("fill") for part in parts}
        assert hatches == {f"url(#nr-pattern-{word})"}
        assert hatches <= known
        assert document.xpath(f"//svg[@class='nr-key']//rect[contains(@class, 'nr-part--{word}')]")
    for chart in document.xpath("//svg[@class='nr-chart']"):
        assert chart.get("role") == "img"
        ids = {element.get("id"): words(element) for element in chart.xpath("title | desc")}
        assert ids[chart.get("aria-labelledby")]
        assert ids[chart.get("aria-describedby")]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_number_leads_to_as_many_promises(story, language):
    """A linked number's target holds that many rows: of that fate in that month, of that kind in all months."""
    pages = pages_of(story, snapshot_of(story, busy_log()), language)
    seen = 0
    for link in html.document_fromstring(pages["record/"]).xpath("//td/a | //dl[@class='nr-cells']//a"):
        path, _, fragment = link.get("href").partition("#")
        target = html.document_fromstring(pages[normpath(join("record/", path)) + "/"])
        place = target.xpath(f"//*[@id='{fragment}']")[0].getparent() if fragment else target
        assert len(place.xpath(".//ul[@class='nr-settled']/li/p[@class='nr-settled__facts']")) == int(words(link))
        seen += 1
    assert seen >= 15


def test_a_month_with_too_few_shows_no_number(story):
    """Two promises, of two kinds: neither how many nor how they came out stands on the first page or in a chart."""
    due = datetime(2026, 7, 10, 3, tzinfo=UTC)
    states = [matter("a", [promised(FIRST, due, due)]), matter("b", [promised(NEXT, due, due + timedelta(hours=1))])]
    pages = pages_of(story, snapshot_of(story, states))
    first = html.document_fromstring(pages["record/"])
    assert not first.xpath("//svg | //table")
    for counting in first.xpath("//h2[.='How this is counted']/following-sibling::*"):
        counting.drop_tree()
    told = (
        words(first.xpath("//div[contains(@class, 'nr-track')]")[0]).replace("July 2026", "").replace("June 2026", "")
    )
    assert not COUNTS.search(told), told
    assert "too few cases (fewer than three)" in told
    month = html.document_fromstring(pages["record/2026-07/"])
    assert "too few cases (fewer than three)" in words(month.xpath("//p[@class='nr-quiet']")[0])
    assert not month.xpath("//*[contains(@class, 'nr-sum')]")


def test_small_months_cannot_be_worked_out(story):
    """March's two and July's one stand in no cell and no chart: they are counted with their neighbours."""
    page = pages_of(story, snapshot_of(story, busy_log()))["record/"]
    rows = figure_rows(page, "by-month")
    assert [name.partition("counted")[0] for name, _ in rows] == [
        "July 2026, June 2026",
        "May 2026",
        "April 2026, March 2026",
        "January 2026",
    ]
    assert [cells[:4] for _, cells in rows] == [
        ["1", "0", "3", "1 of 4 (25%)"],
        ["9", "0", "0", "9 of 9 (100%)"],
        ["5", "3", "1", "5 of 9 (56%)"],
        ["3", "2", "1", "3 of 6 (50%)"],
    ]


def test_a_site_without_promises_says_so(story):
    """No empty table, no chart; what was imported is told of as left out."""
    empty = pages_of(story, snapshot_of(story, []))
    assert set(empty) == {"record/"}
    document = html.document_fromstring(empty["record/"])
    assert "No promise has come due yet" in words(document)
    assert not document.xpath("//table | //svg | //dl")
    imported = pages_of(story, snapshot_of(story, [matter(f"i{n}", imported=True) for n in range(297)]))
    assert "297 imported records made no promises here and are left out." in words(
        html.document_fromstring(imported["record/"])
    )


def test_a_fate_that_no_promise_had_says_so(story):
    """Its page stands, for its address may be known already."""
    due = datetime(2026, 7, 10, 3, tzinfo=UTC)
    pages = pages_of(story, snapshot_of(story, [matter("a", [promised(NEXT, due, due)])]))
    assert "There is no such promise." in words(html.document_fromstring(pages["record/late/"]))
    assert "There is no such promise." not in words(html.document_fromstring(pages["record/met/"]))


def test_a_promise_to_a_client_names_them_where_they_are_known():
    """On the site of the house, where the settings hold its clients; the public ones know none."""
    due = datetime(2026, 7, 10, 3, tzinfo=UTC)
    states = [matter("a", [promised(FIRST, due, due, to="a-sha"), promised(FIRST, due, due)])]
    for audience, named in ((INTERNAL, ["promised to エー商事"]), (PUBLIC, [])):
        site = load_site(audience=audience)
        month = html.document_fromstring(pages_of(site, snapshot_of(site, states))["record/2026-07/"])
        facts = [words(each) for each in month.xpath("//p[@class='nr-settled__facts']/span")]
        assert [fact for fact in facts if fact.startswith("promised to")] == named


def test_titles_are_text(story):
    """A matter's title is escaped wherever the record names it."""
    due = datetime(2026, 7, 10, 3, tzinfo=UTC)
    naughty = replace(matter("a").title, words=(("ja", "<script>alert(1)</script>"),))
    states = [matter(f"n{n}", [promised(FIRST, due, due, made_at=due)], title=naughty) for n in range(3)]
    for page in pages_of(story, snapshot_of(story, states)).values():
        assert "<script>" not in page


def test_only_what_changed_is_made_anew(story):
    """Time alone leaves months and fates as they are; a promise that runs out changes its own pages, and no other."""
    due = datetime(2026, 7, 31, 3, tzinfo=UTC)
    began = datetime(2026, 7, 1, tzinfo=UTC)
    states = [*busy_log(), matter("open", [promised(FIRST, began, began), promised(NEXT, due)], began_at=began)]
    before = keys_of(story, snapshot_of(story, states, due - timedelta(days=1)))
    assert keys_of(story, snapshot_of(story, states, due)) == before
    after = keys_of(story, snapshot_of(story, states, due + timedelta(seconds=1)))
    assert {path for path in after if after[path] != before[path]} == {
        "record/",
        "record/missed/",
        "record/2026-07/",
    }


def test_the_fates_show_the_newest_and_lead_to_all(story):
    """Twenty of a kind stand on a fate's page, the newest first; the months lead to the rest."""
    start = datetime(2026, 3, 1, tzinfo=UTC)
    states = [matter(f"m{n:02}", [promised(NEXT, start + timedelta(days=3 * n))], began_at=start) for n in range(30)]
    pages = pages_of(story, snapshot_of(story, states))
    section = html.document_fromstring(pages["record/missed/"]).xpath("//section[h2[@id='next_report']]")[0]
    rows = section.xpath("ul/li/p[@class='nr-row__title']")
    assert [words(row) for row in rows] == [f"Matter m{n:02}" for n in range(29, 9, -1)]
    months = section.xpath("p[@class='nr-settled__months']//a/@href")
    assert months == [f"../../record/2026-0{month}/#missed-next_report" for month in (5, 4, 3)]


def test_the_storys_record(story):
    """The promise that the story breaks on purpose is late by 34 minutes, with a link to the report that came late."""
    pages = story.pages()
    late = html.document_fromstring(pages["en/record/late/index.html"])
    row = late.xpath("//li[p/a[contains(@href, '2026-06-18-staging-down')]]")[0]
    assert re.search(r"22:50.*34 minutes late.*23:24", words(row))
    assert row.xpath(".//a/@href")[-1] == "../../incidents/2026-06-18-staging-down/#report-3"
    record = story.materials.track_record
    june = html.document_fromstring(pages["en/record/2026-06/index.html"])
    listed = june.xpath("//ul[@class='nr-settled']/li/p[@class='nr-settled__facts']")
    assert len(listed) == next(month for month in record.months if month.key == "2026-06").total.total


@pytest.mark.slow
@needs_jenkins
def test_an_imported_log_makes_no_promises(tmp_path):
    """Six years of another page's log, under a policy that would promise much: none is made, 297 are left out."""
    issues = [SourceFile(path=file.name, data=file.read_bytes()) for file in sorted((JENKINS / "issues").glob("*.md"))]
    config = SourceFile(path="config.yml", data=(JENKINS / "config.yml").read_bytes())
    log = import_cstate(config, issues, languages=("ja", "en"))
    content = tmp_path / "content"
    for path, text in log.files.items():
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_text(text, "utf-8")
    (content / "components.yaml").write_text(log.components_yaml, "utf-8")
    copy(STORY / "content" / "site.yaml", content)
    times = "{first: 1m, every: 1m, completion: 1m, cause: 1bd}"
    lines = [f"  {severity}: {times}" for severity in ("critical", "major", "minor")]
    policy = ["- from: 2020-01-01", *lines, "  none: {}", "  maintenance: {notice: 48h, every: 1m, completion: 1m}"]
    (content / "policy.yaml").write_text("\n".join([*policy, ""]), "utf-8")
    record = load_site(tmp_path).materials.track_record
    assert (record.months, record.imported) == ((), 297)
