"""An incident printed on A4, read back: a proper incident report, with its times and its reports in order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from critical_day import INTERIMS
from looked_at import LANGUAGES, Looked, artefact

pytestmark = pytest.mark.slow
A4 = (595, 842)
"""Its width and height, in points."""
TITLE = {"ja": "障害報告書", "en": "Incident report"}


REPORTS = """() => [...document.querySelectorAll('main [id^=report-]')].map(report => ({
  number: Number(report.id.slice(7)),
  time: report.querySelector('time').innerText,
  says: report.querySelector('.nr-body').innerText,
})).sort((one, other) => one.number - other.number)"""
LINKS = "() => [...document.querySelectorAll('nav')].map(nav => nav.innerText)"


def squeezed(text: str) -> str:
    """A text without spaces and in usual characters: a font may give a character's twin among the radicals."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def printed(tab: Any, name: str) -> list[str]:
    """The text of each sheet that a page is printed on."""
    data = tab.pdf(format="A4")
    artefact("paper", name).write_bytes(data)
    sheets = PdfReader(BytesIO(data)).pages
    for sheet in sheets:
        assert (float(sheet.mediabox.width), float(sheet.mediabox.height)) == pytest.approx(A4, abs=1)
    return [squeezed(sheet.extract_text(extraction_mode="layout")) for sheet in sheets]


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["night", "today", "critical"])
def test_an_incident_is_printed_as_a_report(
    looked: Callable[[str], Looked], browser: Any, name: str, language: str, script: bool
) -> None:
    """Its name as a document, its title, every report once with its time, in order, and no navigation."""
    site = looked(name)
    page = site.page("incidents/_/now" if name != "today" else "incidents/_/")
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, color_scheme="dark", java_script_enabled=script
    )
    tab = context.new_page()
    tab.goto(site.address + page.at(language))
    reports = tab.evaluate(REPORTS)
    heading, links = tab.locator("h1").inner_text(), tab.evaluate(LINKS)
    sheets = printed(tab, f"{name}-{language}-{'script' if script else 'plain'}.pdf")
    context.close()
    whole = "".join(sheets)
    assert len(reports) > 1
    if name == "critical":
        assert len(reports) == INTERIMS + 2
    assert squeezed(TITLE[language]) in sheets[0][:300]
    assert squeezed(heading) in sheets[0]
    assert whole.count(squeezed(TITLE[language])) == 1
    for said in links:
        assert not said or squeezed(said) not in whole
    places = []
    for report in reports:
        says = squeezed(report["says"])[:60]
        assert whole.count(says) == 1, says
        place = whole.index(says)
        assert squeezed(report["time"]) in whole[max(0, place - 300) : place], report
        places.append(place)
    assert places == sorted(places)
    assert all(len(sheet) > 40 for sheet in sheets), "a sheet with next to nothing on it"


def test_paper_is_white(looked: Callable[[str], Looked], browser: Any) -> None:
    """Dark words on white, also where the reader's device is dark."""
    context = browser.new_context(color_scheme="dark")
    tab = context.new_page()
    site = looked("night")
    tab.goto(site.address + site.page("incidents/_/now").path)
    tab.emulate_media(media="print")
    colours = tab.evaluate(
        "() => [document.body, document.querySelector('h1'), document.querySelector('main p')]"
        ".map(element => getComputedStyle(element)).map(style => [style.backgroundColor, style.color])"
    )
    context.close()
    assert light(colours[0][0])
    assert not any(light(colour) for _, colour in colours)


def light(colour: str) -> bool:
    """Whether a computed colour is light; one that is wholly transparent lets the white paper through."""
    red, green, blue, *alpha = (float(part) for part in re.findall(r"[\d.]+", colour))
    return alpha == [0] or 0.2126 * red + 0.7152 * green + 0.0722 * blue > 200
