"""The site by keyboard alone: the order of stops, what is seen of them, and all that can be opened or chosen."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from looked_at import LANGUAGES, Looked

pytestmark = pytest.mark.slow
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
STOP = """() => {
  const stop = document.activeElement;
  if (stop === document.body) return null;
  const box = stop.getBoundingClientRect(), style = getComputedStyle(stop), part = ['main', 'header', 'footer'];
  // A link that is broken over lines has a box that others stand in; its first line is its place.
  const line = stop.getClientRects()[0] || box;
  const x = line.left + line.width / 2, y = line.top + line.height / 2;
  const seen = document.elementFromPoint(x, y);
  const all = [...document.querySelectorAll('*')];
  return {
    index: all.indexOf(stop),
    name: stop.outerHTML.slice(0, 120),
    part: part.find(name => stop.closest(name)) || 'none',
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    shown: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
    free: seen !== null && (stop.contains(seen) || seen.contains(stop)),
    tabindex: stop.tabIndex,
    x: line.left + scrollX, y: line.top + scrollY, bottom: line.bottom + scrollY,
  };
}"""
STOPS = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].filter(
  stop => stop.checkVisibility({visibilityProperty: true}) && stop.tabIndex >= 0 && !stop.disabled
    && !(stop.type === 'radio' && !stop.checked && stop.form && stop.form.elements[stop.name].value)).length"""


def stops_of(tab: Any) -> list[dict[str, Any]]:
    """All stops of a page, from its top to its end by the Tab key."""
    stops: list[dict[str, Any]] = []
    for _ in range(1000):
        tab.keyboard.press("Tab")
        stop = tab.evaluate(STOP)
        if stop is None or (stops and stop["index"] == stops[0]["index"]):
            return stops
        stops.append(stop)
    raise AssertionError("the page's stops never end")


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["home", "incidents/_/now", "history/"])
def test_the_stops_follow_the_page_and_are_seen(
    looked: Callable[[str], Looked], browser: Any, kind: str, language: str, viewport: dict[str, int]
) -> None:
    """Every stop once, in the order of reading, each with a ring around it and nothing in front of it."""
    site = looked("night")
    context = browser.new_context(viewport=viewport, reduced_motion="reduce")
    tab = context.new_page()
    tab.goto(site.address + site.page(kind).at(language))
    expected = tab.evaluate(STOPS)
    stops = stops_of(tab)
    context.close()
    assert len(stops) == expected > 10
    assert [stop["index"] for stop in stops] == sorted(stop["index"] for stop in stops)
    parts = [stop["part"] for stop in stops if stop["part"] != "none"]
    assert parts == sorted(parts, key=["header", "main", "footer"].index)
    for stop in stops:
        assert stop["ring"], f"no ring: {stop['name']}"
        assert stop["shown"], f"not on the screen: {stop['name']}"
        assert stop["free"], f"something lies over it: {stop['name']}"
        assert stop["tabindex"] == 0, stop["name"]
    for before, after in pairwise(stops):
        if before["part"] == after["part"] == "main":
            # Beside it or below it; a column to the right may begin above.
            assert after["bottom"] > before["y"] or after["x"] > before["x"], f"{before['name']} → {after['name']}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_stop_leads_past_the_header(looked: Callable[[str], Looked], browser: Any, language: str) -> None:
    """The skip link is seen when it has the focus, and the stop after it is the first of the content."""
    site = looked("night")
    context = browser.new_context(viewport=NARROW)
    tab = context.new_page()
    tab.goto(site.address + site.page("home").at(language))
    tab.keyboard.press("Tab")
    stop = tab.evaluate(STOP)
    assert 'href="#content"' in stop["name"]
    assert stop["shown"]
    assert stop["ring"]
    assert tab.locator(":focus").inner_text().strip()
    tab.keyboard.press("Enter")
    assert tab.evaluate("location.hash") == "#content"
    tab.keyboard.press("Tab")
    first = tab.evaluate(
        "() => document.querySelector('main').querySelector('a[href], button, summary, input, select')"
        " === document.activeElement"
    )
    context.close()
    assert first


def test_what_is_folded_opens_by_keyboard(looked: Callable[[str], Looked], browser: Any) -> None:
    """Every <details> of the home page, an incident and a component opens and closes by the keys, script or not."""
    site = looked("critical")
    for script in (True, False):
        context = browser.new_context(viewport=NARROW, java_script_enabled=script)
        tab = context.new_page()
        tried = 0
        for kind in ("home", "incidents/_/now", "components/_/"):
            tab.goto(site.address + site.page(kind).path)
            for summary in tab.locator("main summary:visible").all():
                details = summary.locator("xpath=..")
                before = details.evaluate("element => element.open")
                summary.focus()
                tab.keyboard.press("Enter")
                assert details.evaluate("element => element.open") is not before
                tab.keyboard.press("Space")
                assert details.evaluate("element => element.open") is before
                tried += 1
        context.close()
        assert tried > 0


def test_the_colours_are_chosen_by_keyboard_and_kept(looked: Callable[[str], Looked], browser: Any) -> None:
    """The switch changes the page at once and holds on the next page; without script it is not there."""
    site = looked("night")
    context = browser.new_context(viewport=WIDE, color_scheme="light")
    tab = context.new_page()
    tab.goto(site.address)
    colour = "() => getComputedStyle(document.body).backgroundColor"
    before = tab.evaluate(colour)
    switch = tab.locator(".nr-scheme")
    switch.focus()
    for _ in range(3):
        tab.keyboard.press("Enter")
        if tab.evaluate(colour) != before:
            break
    dark = tab.evaluate(colour)
    assert dark != before
    assert tab.evaluate("document.documentElement.dataset.nrScheme") == "dark"
    tab.goto(site.address + site.page("incidents/_/now").at("en"))
    assert tab.evaluate(colour) == dark
    context.close()
    context = browser.new_context(viewport=WIDE, java_script_enabled=False)
    tab = context.new_page()
    tab.goto(site.address)
    assert not tab.locator(".nr-scheme").is_visible()
    context.close()


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_the_language_is_chosen_by_keyboard(looked: Callable[[str], Looked], browser: Any, script: bool) -> None:
    """The other language's name is a stop that leads to the same page, there and back."""
    site = looked("night")
    page = site.page("incidents/_/now")
    context = browser.new_context(viewport=NARROW, java_script_enabled=script)
    tab = context.new_page()
    tab.goto(site.address + page.path)
    for language in ("en", "ja"):
        link = tab.locator(f".nr-languages a[hreflang={language}]")
        assert link.is_visible()
        link.focus()
        tab.keyboard.press("Enter")
        tab.wait_for_url(site.address + page.at(language))
    context.close()


def test_the_history_is_filtered_by_keyboard(looked: Callable[[str], Looked], browser: Any) -> None:
    """A choice made by keys shows its records alone at once and says how many; without script a link does it."""
    site = looked("today")
    page = site.page("history/_/")
    context = browser.new_context(viewport=NARROW)
    tab = context.new_page()
    tab.goto(site.address + page.path)
    rows = tab.locator(".nr-row[data-kind]")
    before = rows.filter(visible=True).count()
    tab.locator(".nr-filter select[name=kind]").focus()
    tab.keyboard.press("ArrowDown")
    shown = rows.filter(visible=True)
    kind = tab.locator(".nr-filter select[name=kind]").input_value()
    assert kind
    assert 0 < shown.count() < before
    assert {row.get_attribute("data-kind") for row in shown.all()} == {kind}
    assert str(shown.count()) in tab.locator(".nr-filter [role=status]").inner_text()
    tab.locator(".nr-filter button[type=reset]").focus()
    tab.keyboard.press("Enter")
    tab.wait_for_function(f"document.querySelectorAll('.nr-row[data-kind]:not([hidden])').length === {before}")
    context.close()
    context = browser.new_context(viewport=NARROW, java_script_enabled=False)
    tab = context.new_page()
    tab.goto(site.address + page.path)
    assert not tab.locator(".nr-filter").is_visible()
    link = tab.locator(".nr-filters a:not([aria-current])").first
    where = link.evaluate("element => element.href")
    link.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url(where)
    assert tab.locator(".nr-filters a[aria-current]").count() > 0
    context.close()
