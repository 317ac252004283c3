"""The history's pages: years, choices by kind, severity and component, and what each of them depends on."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest
from lxml import html

from noroshi.pipeline.printing.history_pages import HistoryPages
from noroshi.pipeline.printing.host_files import plan_host_files
from noroshi.pipeline.printing.materials import Materials
from noroshi.pipeline.printing.own_templates import template_folders
from noroshi.pipeline.printing.plan import Keys, Plan
from noroshi.pipeline.reading.content import SiteFolder
from noroshi.records.choices import ComponentLevel, Phase, Severity
from noroshi.records.content import MatterKind, Settings
from noroshi.records.settings import Component
from noroshi.snapshot.audience import PUBLIC
from noroshi.snapshot.listings import LONG, NEWEST, list_history
from noroshi.snapshot.settling import add_gist
from noroshi.snapshot.site import take_snapshot
from noroshi.snapshot.state import Impact, Span, State
from noroshi.writers.pages.press import Press
from noroshi.writers.pages.templates import Templates
from page_bodies import STORY, BareShells
from promise_logs import SETTINGS
from track_states import matter

COMPONENTS = tuple(
    Component.model_validate({"id": name, "name": {"ja": f"{name} のこと", "en": f"The {name}"}})
    for name in ("web", "db")
)
SITE = Settings(
    site=SETTINGS.site.model_copy(update={"languages": ("ja", "en")}), policies=SETTINGS.policies, components=COMPONENTS
)
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TEMPLATES = Templates(template_folders(SiteFolder(root=STORY)))


def incident(name: str, began: datetime, severity: Severity = Severity.MAJOR, *components: str) -> State:
    """An incident of two hours that is told to the end."""
    end = began + timedelta(hours=2)
    impacts = [Impact(component=each, level=ComponentLevel.MAJOR_OUTAGE, start=began, end=end) for each in components]
    return matter(
        name, began_at=began, severity=severity, components=components, impacts=tuple(impacts), ended_at=end,
        updated_at=end,
    )  # fmt: skip


def some() -> list[State]:
    """Two years of a small site."""
    work = matter("work", kind=MatterKind.MAINTENANCE, began_at=datetime(2026, 3, 2, tzinfo=UTC), components=("db",))
    return [
        incident("new-year", datetime(2025, 12, 31, 15, 30, tzinfo=UTC), Severity.CRITICAL, "web", "db"),
        incident("may", datetime(2026, 5, 4, tzinfo=UTC), Severity.MINOR, "web"),
        incident("old", datetime(2025, 2, 4, tzinfo=UTC), Severity.CRITICAL, "db"),
        work,
    ]


def materials(states: Sequence[State], changed: Iterable[str] = ()) -> Materials:
    """What the pages of a site with these matters are made of.

    :param changed: the ids of matters whose content is another than before
    """
    snapshot = take_snapshot(SITE, states, NOW)
    other = set(changed)
    keys = Keys(b"", {state.id: b"new" if state.id in other else b"" for state in states})
    press = Press(SITE, cast("dict", BareShells()), TEMPLATES, NOW)
    return Materials(snapshot=snapshot, audience=PUBLIC, press=press, keys=keys, entries_of=lambda ids: {})


def plans(found: Materials) -> dict[str, Plan]:
    """The history's pages in English, by path."""
    pages = {plan.file: plan for plan in HistoryPages(found).pages("en")}
    return {file.removeprefix("en/").removesuffix("index.html"): plan for file, plan in pages.items()}


def made(states: Sequence[State]) -> dict[str, html.HtmlElement]:
    """The history's pages in English, by path."""
    return {path: html.document_fromstring(plan.make()) for path, plan in plans(materials(states)).items()}


def titles(page: html.HtmlElement) -> list[str]:
    """The titles of a page's rows, in order."""
    return [str(link.text_content()) for link in page.xpath("//li[@data-kind]/p[1]/a")]


@pytest.fixture(scope="module")
def pages() -> dict[str, html.HtmlElement]:
    """The pages of the small site."""
    return made(some())


def test_every_listing_has_its_pages(pages) -> None:
    """All of the history by year and month; kinds, severities and components by year; no page for what never was,
    but one for each severity: its address can be kept."""
    assert sorted(pages) == [
        "components/db/", "components/db/2025/", "components/db/2026/",
        "components/web/", "components/web/2026/",
        "history/", "history/2025-02/", "history/2025/", "history/2026-01/", "history/2026-03/", "history/2026-05/",
        "history/2026/",
        "history/kind/incident/", "history/kind/incident/2025/", "history/kind/incident/2026/",
        "history/kind/maintenance/", "history/kind/maintenance/2026/",
        "history/severity/critical/", "history/severity/critical/2025/", "history/severity/critical/2026/",
        "history/severity/major/", "history/severity/minor/", "history/severity/minor/2026/",
        "history/severity/none/",
    ]  # fmt: skip
    assert "Nothing of this has been reported yet." in pages["history/severity/major/"].text_content()


def test_years_begin_in_the_site_s_zone(pages) -> None:
    """What began at half past midnight on New Year's Day there belongs to the new year."""
    assert titles(pages["history/2026/"]) == ["Matter may", "Matter work", "Matter new-year"]
    assert titles(pages["history/2025/"]) == ["Matter old"]
    assert titles(pages["history/severity/critical/2026/"]) == ["Matter new-year"]
    assert titles(pages["history/kind/incident/2026/"]) == ["Matter may", "Matter new-year"]
    assert titles(pages["components/db/2026/"]) == ["Matter work", "Matter new-year"]
    assert titles(pages["history/severity/critical/"]) == ["Matter new-year", "Matter old"]


def test_a_row_tells_what_filters_compare_and_readers_read(pages) -> None:
    """Kind, severity and components, as data and as words with links that lead there from the page's own depth."""
    (row,) = pages["history/severity/critical/2026/"].xpath("//li[@data-kind]")
    assert dict(row.attrib) == {
        "class": "nr-row nr-row--incidents",
        "data-kind": "incidents",
        "data-severity": "critical",
        "data-component": "web db",
    }
    words = " ".join(row.text_content().split())
    assert words.startswith("Incident Matter new-year")
    assert words.endswith("Completed Critical The web, The db")
    root = "../../../../"
    assert row.xpath(".//a/@href") == [
        f"{root}incidents/new-year/", f"{root}components/web/", f"{root}components/db/"
    ]  # fmt: skip


def test_a_year_s_chart_and_table_say_the_same(pages) -> None:
    """Each column's number stands in the table too, with a link to the month; the sums are those of the year."""
    page = pages["history/2026/"]
    (chart,) = page.xpath("//figure/*[local-name()='svg']")
    heads = [each.text for each in page.xpath("//thead//th")]
    assert heads == ["Month", "Critical incidents", "Minor incidents", "Maintenance", "Together"]
    rows = [[" ".join(cell.text_content().split()) for cell in row] for row in page.xpath("//tbody/tr")]
    assert [row[-1] for row in rows] == [value.text for value in chart.xpath("*[@class='nr-value']")]
    assert rows[0][1:] == ["1", "0", "0", "1"]
    assert len(rows) == 5  # the newest year ends with the last month that holds something
    assert page.xpath("//tbody//a/@href") == [
        "../../history/2026-01/",
        "../../history/2026-03/",
        "../../history/2026-05/",
    ]
    assert [cell.text_content() for cell in page.xpath("//tfoot//td")] == ["1", "1", "1", "3"]
    assert len(pages["history/2025/"].xpath("//tbody/tr")) == 12
    assert pages["history/kind/incident/2026/"].xpath("//tbody//a/@href") == ["#month-2026-01", "#month-2026-05"]


def test_links_choose_without_script(pages) -> None:
    """From a year and a month to the same year of each choice that holds some of it; from a choice to the others."""
    year = pages["history/2026/"].xpath("//nav[@class='nr-filters']//a")
    assert [(link.get("href"), " ".join(link.text_content().split())) for link in year] == [
        ("../../history/kind/incident/2026/", "Incidents 2"),
        ("../../history/kind/maintenance/2026/", "Maintenance 1"),
        ("../../history/severity/critical/2026/", "Critical incidents 1"),
        ("../../history/severity/minor/2026/", "Minor incidents 1"),
        ("../../components/web/2026/", "The web 2"),
        ("../../components/db/2026/", "The db 2"),
    ]
    month = pages["history/2026-05/"].xpath("//nav[@class='nr-filters']//a/@href")
    assert month[0] == "../../history/kind/incident/2026/#month-2026-05"
    assert pages["history/kind/incident/2026/"].xpath("//section/@id") == ["month-2026-05", "month-2026-01"]
    chosen = pages["history/severity/minor/2026/"]
    assert chosen.xpath("//nav[@class='nr-filters']//a[@aria-current]/@href") == ["../../../../history/severity/minor/"]


def test_controls_are_there_for_the_script_alone(pages) -> None:
    """They are hidden until it shows them, and ask only for what the page does not hold fixed."""
    asked = {path: page.xpath("//form[@hidden]//select/@name") for path, page in pages.items()}
    assert asked["history/2026/"] == asked["history/2026-05/"] == ["kind", "severity", "component"]
    assert asked["history/kind/incident/"] == ["severity", "component"]
    assert asked["history/severity/critical/2026/"] == ["component"]
    assert asked["components/db/"] == asked["components/db/2026/"] == ["kind", "severity"]
    assert asked["history/"] == []


def test_commitments_are_a_choice_where_there_are_any() -> None:
    """Their page, and their option, are there for an audience that may see one, and for nobody else."""
    promised = matter("slot", kind=MatterKind.COMMITMENT, began_at=datetime(2026, 6, 1, tzinfo=UTC))
    seen, unseen = made([*some(), promised]), made(some())
    assert {path for path in seen if "commitment" in path} == {
        "history/kind/commitment/", "history/kind/commitment/2026/"
    }  # fmt: skip
    options = "//select[@name='kind']/option[@value='commitments']"
    assert seen["history/2026/"].xpath(options)
    assert not unseen["history/2026/"].xpath(options)
    assert not any("commitment" in path for path in unseen)


def many(number: int, year: int = 2025) -> list[State]:
    """So many minor incidents of one component, over the months of a year."""
    step = timedelta(days=364) / number
    return [
        incident(f"m{place:05}", datetime(year, 1, 1, tzinfo=UTC) + place * step, Severity.MINOR, "web")
        for place in range(number)
    ]


def test_a_long_year_stands_month_by_month() -> None:
    """Its page leads to its months, and holds no rows; a component's page shows the newest, and leads to its years."""
    found = made([*many(LONG + 1), *some()])
    year = found["history/severity/minor/2025/"]
    assert titles(year) == []
    links = year.xpath("//tbody//a/@href")
    assert links[0] == "../../../../history/severity/minor/2025-01/"
    assert len(links) == 12
    together = [titles(found[f"history/severity/minor/2025-{month:02}/"]) for month in range(1, 13)]
    assert sum(map(len, together)) == LONG + 1
    months = found["history/severity/minor/2025-03/"].xpath("//nav[@class='nr-neighbours']/a/@href")
    root = "../../../../history/severity/minor/"
    assert months == [f"{root}2025-02/", f"{root}2025/", f"{root}2025-04/"]
    assert titles(found["history/severity/critical/2025/"]) == ["Matter old"]
    component = found["components/web/"]
    assert len(titles(component)) == NEWEST
    years = component.xpath("//ul[contains(@class, 'nr-years')]/li")
    assert [" ".join(each.text_content().split()) for each in years] == ["2026 2 in all", f"2025 {LONG + 1} in all"]


def changed_pages(states: Sequence[State], changed: str) -> set[str]:
    """The pages that are made anew where one matter's content is another."""
    before = {path: plan.key for path, plan in plans(materials(states)).items()}
    after = {path: plan.key for path, plan in plans(materials(states, [changed])).items()}
    return {path for path in after if after[path] != before[path]}


def test_one_changed_record_reprints_few_pages() -> None:
    """Its month, its year and these of its choices; in long years its months, and the newest where it is among them."""
    assert changed_pages(some(), "may") == {
        "components/web/", "components/web/2026/", "history/2026-05/", "history/2026/",
        "history/kind/incident/", "history/kind/incident/2026/",
        "history/severity/minor/", "history/severity/minor/2026/",
    }  # fmt: skip
    listings = ("components/web/", "history/", "history/kind/incident/", "history/severity/minor/")
    long = [*many(LONG + 1), *some()]
    assert changed_pages(long, "m00100") == {f"{listing}2025-07/" for listing in listings}


def test_a_moved_severity_changes_the_counts_that_tell_of_it() -> None:
    """An incident that turns out to be critical leaves the minor ones: both choices are made anew, in their year."""
    states = some()
    other = [replace(state, severity=Severity.CRITICAL) if state.id == "may" else state for state in states]
    before = {path: plan.key for path, plan in plans(materials(states)).items()}
    after = {path: plan.key for path, plan in plans(materials(other)).items()}
    moved = {path for path in {*before, *after} if before.get(path) != after.get(path)}
    assert moved >= {
        "history/", "history/severity/minor/", "history/severity/minor/2026/",
        "history/severity/critical/", "history/severity/critical/2026/",
    }  # fmt: skip
    assert "history/severity/critical/2025/" not in moved


def test_plans_open_no_settled_matter() -> None:
    """What is planned of ten thousand matters asks no more of them than what lies open."""
    states = [add_gist(state, SITE.site.zone) for state in many(300)]
    packed = pickle.loads(pickle.dumps(states))
    found = materials(packed)
    assert len(plans(found)) > 20
    assert [plan.file for plan in plan_host_files(found)]
    assert all("_packed" in state.__dict__ for state in packed)


def test_the_listings_hold_every_matter_once() -> None:
    """All of them by kind, each once in the whole, and every incident in one severity."""
    listings = list_history(take_snapshot(SITE, [*some(), *many(50)], NOW))
    assert listings.whole.number == sum(each.number for each in listings.kinds) == 54
    assert sum(each.number for each in listings.severities) == 53
    assert [len(listings.whole.newest), listings.whole.newest[0].id] == [NEWEST, "may"]


def test_phases_of_planned_work_still_follow_the_clock() -> None:
    """Rows are made once for all pages, and keep what the script needs."""
    start = NOW + timedelta(days=1)
    ahead = matter(
        "ahead", kind=MatterKind.MAINTENANCE, began_at=start, phase=Phase.PLANNED,
        window=Span(start, start + timedelta(hours=1)), started_at=None, ended_at=None,
    )  # fmt: skip
    found = made([ahead])
    for path in ("history/2026/", "history/kind/maintenance/2026/", "history/2026-11/"):
        assert found[path].xpath("//span[contains(@class, 'nr-phase')]/@data-at"), path
