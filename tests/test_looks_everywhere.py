"""Every kind of page in Chromium, in both languages and schemes, at all widths, with script and without.

Each is whole and in order. Pictures of each, and a log of all that was asked for, are kept to be looked at one by one
(``looked_at.artefact``).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from looked_at import LANGUAGES, Looked, artefact, lost, slug

pytestmark = pytest.mark.slow
HEIGHT = 900
TALLEST = 12_000
"""How much of a page is pictured, in px; longer ones repeat themselves."""


@dataclass(frozen=True, kw_only=True)
class View:
    """How somebody looks at a page."""

    width: int
    """In CSS px. 320 is a window of 1280 px at 400 % (WCAG 2.2, 1.4.10)."""
    dark: bool = False
    script: bool = True
    forced: bool = False
    """Forced colours, and as little motion as can be."""

    @property
    def name(self) -> str:
        """Such as ``390-dark-plain``."""
        scheme = "forced" if self.forced else "dark" if self.dark else "light"
        return f"{self.width}-{scheme}" + ("" if self.script else "-plain")

    def context(self, browser: Any) -> Any:
        """A browser's context of this kind."""
        return browser.new_context(
            viewport={"width": self.width, "height": HEIGHT},
            color_scheme="dark" if self.dark else "light",
            java_script_enabled=self.script,
            forced_colors="active" if self.forced else "none",
            reduced_motion="reduce" if self.forced else "no-preference",
            is_mobile=self.width == 390,
            has_touch=self.width == 390,
        )


TELEPHONE, TABLET, DESK = View(width=390), View(width=768, dark=True, script=False), View(width=1440, dark=True)
ZOOMED, FORCED = View(width=320, script=False), View(width=768, forced=True)
BY_NIGHT, WIDE = View(width=390, dark=True), View(width=1440, script=False)
LOOKS = {
    "night": (TELEPHONE, TABLET, DESK, ZOOMED, FORCED),
    "critical": (BY_NIGHT, WIDE, ZOOMED),
    "today": (TELEPHONE, DESK),
    "empty": (BY_NIGHT, WIDE),
    "jenkins": (TELEPHONE, WIDE),
}
"""Every kind of page meets each language, scheme and width, with script and without; not each with each."""

FACTS = """() => {
  const root = document.documentElement, shown = element => element.checkVisibility({visibilityProperty: true});
  const all = selector => [...document.querySelectorAll(selector)].filter(shown);
  const page = element => !element.parentElement.closest('main, article, aside, section, nav');
  const seconds = text => Math.max(...text.split(',').map(part => parseFloat(part) * (part.includes('ms') ? .001 : 1)));
  const moving = all('*').filter(element => {
    const style = getComputedStyle(element);
    return seconds(style.transitionDuration) > .01 || seconds(style.animationDuration) > .01
      || style.scrollBehavior === 'smooth';
  });
  // What may not be broken over lines must not run out of its place, where something else lies over it.
  const cut = all('main *').filter(element => {
    const {whiteSpace, position} = getComputedStyle(element);
    if (whiteSpace !== 'nowrap' || position === 'absolute' || element.closest('svg, pre, table')) return false;
    let block = element.parentElement;
    while (getComputedStyle(block).display.startsWith('inline')) block = block.parentElement;
    return element.getBoundingClientRect().right > block.getBoundingClientRect().right + 1;
  });
  scrollTo(1000, 0);
  const sideways = scrollX;
  scrollTo(0, 0);
  return {
    wider: root.scrollWidth - root.clientWidth,
    sideways,
    headings: all('h1, h2, h3, h4, h5, h6').map(heading => heading.localName),
    top: document.querySelector('h1') ? document.querySelector('h1').getBoundingClientRect().top : null,
    main: all('main').length,
    banners: all('header').filter(page).length,
    footers: all('footer').filter(page).length,
    navigations: all('nav').map(nav => nav.getAttribute('aria-label') || nav.getAttribute('aria-labelledby')),
    language: root.lang,
    title: document.title,
    zoom: (document.querySelector('meta[name=viewport]') || {}).content || '',
    clocks: all('time').filter(time => !time.dateTime).length,
    cut: cut.map(element => `${element.parentElement.className}: ${element.outerHTML.slice(0, 120)}`),
    moving: moving.map(element => element.outerHTML.slice(0, 120)),
  };
}"""


@pytest.mark.parametrize(
    ("name", "view"), [pytest.param(name, view, id=f"{name}-{view.name}") for name in LOOKS for view in LOOKS[name]]
)
def test_every_kind_of_page_is_whole_and_in_order(
    looked: Callable[[str], Looked], browser: Any, name: str, view: View
) -> None:
    """No error, nothing asked of another host, nothing wider than the window, one heading first, all landmarks."""
    site = looked(name)
    faults: list[str] = []
    asked: list[dict[str, str]] = []
    context = view.context(browser)
    tab = context.new_page()
    where = ""

    def wrong(what: str) -> None:
        faults.append(f"/{where}: {what}")

    tab.on("console", lambda line: wrong(f"console: {line.text}") if line.type in ("error", "warning") else None)
    tab.on("pageerror", lambda error: wrong(f"script: {error}"))
    tab.on("requestfailed", lambda request: wrong(f"failed: {request.url}") if lost(request) else None)
    tab.on("response", lambda answer: wrong(f"{answer.status}: {answer.url}") if answer.status >= 400 else None)
    tab.on("request", lambda request: asked.append({"page": where, "kind": request.resource_type, "url": request.url}))
    pages = site.pages()
    assert len(pages) >= 9
    for page in pages:
        for language in LANGUAGES:
            where = page.at(language)
            tab.goto(site.address + where, wait_until="load")
            facts = tab.evaluate(FACTS)
            for what in found_wrong(facts, language, view):
                wrong(what)
            take_picture(tab, f"{site.name}/{slug(page.kind)}-{language}-{view.name}.png")
    context.close()
    hosts = [request["url"] for request in asked if not request["url"].startswith((site.address, "data:"))]
    log = "".join(f"{json.dumps(request)}\n" for request in asked)
    artefact("network", f"{site.name}-{view.name}.jsonl").write_text(log.replace(site.address, "/"), "utf-8")
    assert hosts == []
    assert not faults, "\n".join(faults)


def found_wrong(facts: dict[str, Any], language: str, view: View) -> list[str]:
    """What of a page's facts should not be so."""
    navigations = facts["navigations"]
    checks = {
        f"{facts['wider']} px too wide": facts["wider"] <= 0 and facts["sideways"] == 0,
        f"headings {facts['headings'][:4]}": facts["headings"][:1] == ["h1"] and facts["headings"].count("h1") == 1,
        f"the heading is {facts['top']} px from the top": facts["top"] is not None and facts["top"] < HEIGHT * 0.7,
        f"{facts['main']} main": facts["main"] == 1,
        f"{facts['banners']} banners": facts["banners"] == 1,
        f"{facts['footers']} footers": facts["footers"] == 1,
        f"navigations {navigations}": all(navigations) and len(set(navigations)) == len(navigations) > 0,
        f"language {facts['language']!r}": facts["language"] == language,
        f"title {facts['title']!r}": bool(facts["title"].strip()),
        f"viewport {facts['zoom']!r}": "user-scalable" not in facts["zoom"] and "maximum-scale" not in facts["zoom"],
        f"{facts['clocks']} times without a date": facts["clocks"] == 0,
        f"runs out of its place: {facts['cut'][:2]}": not facts["cut"],
        f"moves: {facts['moving'][:2]}": not (view.forced and facts["moving"]),
    }
    return [what for what, fine in checks.items() if not fine]


def take_picture(tab: Any, name: str) -> None:
    """Keep a picture of the whole page, or of its first part where it is very long."""
    height = tab.evaluate("document.documentElement.scrollHeight")
    clip = {"x": 0, "y": 0, "width": tab.viewport_size["width"], "height": min(height, TALLEST)}
    tab.screenshot(path=artefact(*name.split("/")), full_page=True, clip=clip)
