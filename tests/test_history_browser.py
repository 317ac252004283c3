"""The history in a browser: rows chosen at once, by an address that can be sent, and by links where no script runs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from noroshi.pipeline.build import build
from noroshi.pipeline.reading.content import SiteFolder
from noroshi.pipeline.reading.record import Moments
from noroshi.pipeline.request import BuildRequest
from page_bodies import STORY
from served_site import serve

pytestmark = pytest.mark.slow
AT = datetime.fromisoformat("2026-08-01T12:00+09:00")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The story's site, served on localhost."""
    work = tmp_path_factory.mktemp("history")
    request = BuildRequest(
        folder=SiteFolder(root=STORY), out=work / "site", cache=work / "cache", moments=Moments(now=AT, as_of=AT)
    )
    assert build(request).published
    with serve(Path(work / "site")) as found:
        yield found


@pytest.fixture
def tab(browser: Any) -> Iterator[Any]:
    """A window as wide as a telephone, in which a page that throws fails the test."""
    context = browser.new_context(viewport={"width": 390, "height": 900})
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert faults == []


def shown(tab: Any) -> list[str]:
    """The titles of the rows that can be seen."""
    return [row.locator("a").first.inner_text() for row in tab.locator("li.nr-row").all() if row.is_visible()]


def test_rows_are_chosen_at_once(tab: Any, address: str) -> None:
    """A choice hides the other rows, says how many are left, and stands in the address; a reset brings all back."""
    tab.goto(f"{address}en/history/2026/")
    everything = shown(tab)
    count = tab.locator(".nr-filter__count")
    assert count.inner_text() == f"{len(everything)} of {len(everything)} shown"
    assert count.get_attribute("aria-live") == "polite"
    tab.get_by_label("Kind").select_option("Maintenance")
    work = shown(tab)
    assert 0 < len(work) < len(everything)
    assert count.inner_text() == f"{len(work)} of {len(everything)} shown"
    assert tab.url.endswith("/en/history/2026/?kind=maintenance")
    assert {row.get_attribute("data-kind") for row in tab.locator("li.nr-row:visible").all()} == {"maintenance"}
    tab.get_by_label("Service").select_option("mail")
    assert set(shown(tab)) < set(work)
    assert tab.url.endswith("?kind=maintenance&component=mail")
    tab.get_by_role("button", name="Show all").click()
    tab.wait_for_function("!location.search")
    assert shown(tab) == everything
    assert tab.evaluate("document.activeElement.name") == "kind"
    assert tab.locator(".nr-filter button").is_hidden()


def test_a_sent_address_shows_the_same(tab: Any, address: str) -> None:
    """Whoever opens it sees what was chosen, months without any of it are gone, and ways to other times keep it."""
    tab.goto(f"{address}en/history/2026/?severity=major&kind=incidents")
    rows = tab.locator("li.nr-row:visible")
    assert {row.get_attribute("data-severity") for row in rows.all()} == {"major"}
    assert tab.get_by_label("Severity").input_value() == "major"
    for month in tab.locator("section.nr-period").all():
        assert month.is_visible() == bool(month.locator("li.nr-row:visible").count())
    tab.goto(f"{address}en/history/2026-06/?kind=maintenance")
    way = tab.locator(".nr-neighbours a").first.get_attribute("href")
    assert way.endswith("/?kind=maintenance")


def test_an_unknown_word_in_the_address_hides_nothing(tab: Any, address: str) -> None:
    """An address that was mended by hand shows everything rather than nothing."""
    tab.goto(f"{address}en/history/2026-06/?kind=nonsense&other=1")
    assert tab.get_by_label("Kind").input_value() == ""
    assert len(shown(tab)) == tab.locator("li.nr-row").count() > 1


def test_a_component_s_newest_can_be_chosen_from(tab: Any, address: str) -> None:
    """Its page asks for kind and severity, for it is of one component already."""
    tab.goto(f"{address}en/components/staging-db/")
    assert [each.get_attribute("name") for each in tab.locator(".nr-filter select").all()] == ["kind", "severity"]
    tab.get_by_label("Kind").select_option("Incidents")
    assert {row.get_attribute("data-kind") for row in tab.locator("li.nr-row:visible").all()} == {"incidents"}


def test_links_do_without_script(browser: Any, address: str) -> None:
    """Without script there are no controls; the links lead to the same rows."""
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{address}en/history/")
    assert tab.locator(".nr-filter:visible").count() == 0
    tab.get_by_role("link", name="2026", exact=True).click()
    assert tab.locator(".nr-filter:visible").count() == 0
    everything = tab.locator("li.nr-row").count()
    tab.locator(".nr-filters").get_by_role("link", name="Maintenance").click()
    assert tab.url == f"{address}en/history/kind/maintenance/2026/"
    rows = tab.locator("li.nr-row:visible")
    assert 0 < rows.count() < everything
    assert {row.get_attribute("data-kind") for row in rows.all()} == {"maintenance"}
    context.close()
