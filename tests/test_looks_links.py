"""linkinator walks the served sites as a reader could: every link leads somewhere, those into pages too."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from looked_at import LANGUAGES, Looked, artefact
from outside_programs import run_node
from served_site import serve

pytestmark = pytest.mark.slow
UNLED = ("404.html", "record/late/", "record/met/", "record/missed/")
"""What nothing may lead to: the page for what is not there, and a list of promises while there is none to list."""
WALK = """
import { LinkChecker } from "linkinator";
const [address] = process.argv.slice(2);
const inside = address.replaceAll(".", "\\\\.");
const result = await new LinkChecker().check({
  path: address, recurse: true, checkFragments: true, checkCss: true, concurrency: 20, timeout: 20000,
  linksToSkip: [`^(?!${inside})`],
});
console.log(JSON.stringify(result.links.map(({url, status, state, parent}) => ({url, status, state, parent}))));
"""


@pytest.mark.parametrize("name", ["night", "critical", "empty", "jenkins"])
def test_no_link_is_broken(looked: Callable[[str], Looked], name: str) -> None:
    """From the home page to every page of the site, anchors and what style loads included, other hosts not."""
    site = looked(name)
    links = json.loads(run_node(WALK, site.address, timeout=240))
    artefact("links", f"{name}.json").write_text(json.dumps(links, indent=1).replace(site.address, "/"), "utf-8")
    broken = [link for link in links if link["state"] == "BROKEN"]
    assert not broken, broken[:10]
    walked = {link["url"].partition("#")[0].removeprefix(site.address) for link in links if link["state"] == "OK"}
    led_to = [page for page in site.pages() if page.kind not in UNLED]
    assert [page.at(language) for page in led_to for language in LANGUAGES if page.at(language) not in walked] == []


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    """A page that is not there, and a place on a page that is not there."""
    (tmp_path / "index.html").write_text('<a href="gone/">a</a><a href="#gone">b</a><a href="#here" id="here">c</a>')
    with serve(tmp_path) as address:
        links = json.loads(run_node(WALK, address))
    broken = {link["url"].removeprefix(address) for link in links if link["state"] == "BROKEN"}
    assert broken == {"gone/", "#gone"}
