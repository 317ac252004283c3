"""What a first visit loads: little, from this host alone, no font, and no search index."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest

from looked_at import LANGUAGES, NIGHT, Looked, artefact
from noroshi.pipeline.build import build
from noroshi.pipeline.reading.content import SiteFolder
from noroshi.pipeline.reading.record import Moments
from noroshi.pipeline.request import BuildRequest
from real_program import ROOT
from served_site import PACKED

ALL, SCRIPTS = 60_000, 15_000
"""The budget of a first load in bytes, as hosts send it: everything, and scripts alone."""
PATHS = [f"{tree}{path}" for tree in ("", "en/") for path in ("", "incidents/2026-06-18-staging-down/")]
"""The home page and an incident that is open, in both languages."""
SITE = "http://status.test/"


def packed(file: Path) -> int:
    """How many bytes of a file hosts send; what is packed already goes as it is."""
    data = file.read_bytes()
    return len(data) if file.suffix in (".png", ".woff2") else len(gzip.compress(data, PACKED, mtime=0))


@dataclass
class Named(HTMLParser):
    """What a page names that browsers load of themselves, its scripts among it."""

    loaded: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin as any parser does."""
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take what an element names."""
        named = dict(attrs)
        relation = set((named.get("rel") or "").split())
        if tag == "link" and relation & {"stylesheet", "icon", "preload", "modulepreload", "manifest", "prefetch"}:
            self.loaded.append(named["href"] or "")
        elif tag in ("script", "img", "iframe", "source", "embed", "video", "audio") and named.get("src"):
            self.loaded.append(named["src"] or "")
        if tag == "script" and named.get("src"):
            self.scripts.append(named["src"] or "")
        for address in (named.get("srcset") or "").split(","):
            if address.strip():
                self.loaded.append(address.split()[0])


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example on its night, published in a folder."""
    work = tmp_path_factory.mktemp("weight")
    time = datetime.fromisoformat(NIGHT)
    request = BuildRequest(
        folder=SiteFolder(root=ROOT), out=work / "site", cache=work / "cache", moments=Moments(now=time, as_of=time)
    )
    assert build(request).published
    return work / "site"


@pytest.mark.parametrize("path", PATHS)
def test_a_page_names_little(night: Path, path: str) -> None:
    """The page with all that it and its style name: within the budget, on this host, no font, no search index."""
    page = night / path / "index.html"
    named = Named()
    named.feed(page.read_text("utf-8"))
    addresses = {urljoin(SITE + path, address): address in named.scripts for address in named.loaded}
    addresses = {address: script for address, script in addresses.items() if not address.startswith("data:")}
    files = {night / urlsplit(address).path.lstrip("/"): script for address, script in addresses.items()}
    assert [address for address in addresses if not address.startswith(SITE)] == []
    assert any(files.values())
    assert any(file.suffix == ".css" for file in files)
    for file in files:
        assert "search" not in file.name
        if file.suffix == ".css":
            style = file.read_text("utf-8")
            assert "@import" not in style
            assert "@font-face" not in style
    weights = {file.name: packed(file) for file in (page, *files)}
    assert sum(weights.values()) < ALL, weights
    assert sum(packed(file) for file, script in files.items() if script) < SCRIPTS, weights


@pytest.mark.slow
@pytest.mark.parametrize("path", PATHS)
def test_a_first_visit_loads_little(looked: Callable[[str], Looked], browser: Any, path: str) -> None:
    """What Chromium asks for, scrolled to the end and left open: the same budget, reckoned on what was sent."""
    site = looked("night")
    context = browser.new_context(viewport={"width": 390, "height": 844})
    tab = context.new_page()
    wire = context.new_cdp_session(tab)
    wire.send("Network.enable")
    sent: dict[str, int] = {}
    kinds: dict[str, tuple[str, str]] = {}
    wire.on(
        "Network.requestWillBeSent",
        lambda told: kinds.update({told["requestId"]: (told["request"]["url"], told["type"])}),
    )
    wire.on("Network.loadingFinished", lambda told: sent.update({told["requestId"]: int(told["encodedDataLength"])}))
    tab.goto(site.address + path, wait_until="networkidle")
    tab.mouse.wheel(0, 20_000)
    tab.wait_for_load_state("networkidle")
    context.close()
    loads = {url: (kind, sent.get(request, 0)) for request, (url, kind) in kinds.items() if not url.startswith("data:")}
    report = "".join(f"{size:7} {kind:12} {url.replace(site.address, '/')}\n" for url, (kind, size) in loads.items())
    artefact("weight", f"{path.replace('/', '_') or 'home'}.txt").write_text(report, "utf-8")
    assert [url for url in loads if not url.startswith(site.address)] == []
    assert {"Document", "Stylesheet", "Script"} <= {kind for kind, _ in loads.values()}
    assert [url for url, (kind, _) in loads.items() if kind == "Font" or "search" in url] == []
    assert sum(size for _, size in loads.values()) < ALL, report
    assert sum(size for kind, size in loads.values() if kind == "Script") < SCRIPTS, report


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_scripts_are_light_on_every_kind_of_page(looked: Callable[[str], Looked], language: str) -> None:
    """No generated page of a day with three critical incidents names more script than the budget."""
    site = looked("critical")
    for page in site.pages():
        if page.kind in ("about/", "404.html", "search/"):
            continue
        named = Named()
        path = page.at(language)
        named.feed(site.file(path).read_text("utf-8"))
        files = {site.folder / urlsplit(urljoin(SITE + path, address)).path.lstrip("/") for address in named.scripts}
        assert sum(map(packed, files)) < SCRIPTS, path
