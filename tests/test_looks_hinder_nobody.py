"""axe-core on every kind of page, light and dark, in both languages: nothing found, of whatever weight."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from looked_at import LANGUAGES, Looked
from outside_programs import axe

pytestmark = pytest.mark.slow
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RUN = """tags => axe.run(document, {
  runOnly: {type: 'tag', values: tags},
  rules: {'target-size': {enabled: true}},
  resultTypes: ['violations'],
})"""
"""Targets' sizes (WCAG 2.2, 2.5.8) are a rule that axe-core asks only those who name it."""
LAID_OUT = "* { content-visibility: visible !important }"
"""Parts that are laid out only as they come into sight stand at guessed places until then, some on others."""
WIDTHS = {"light": 1280, "dark": 390}
LOOKS = [("night", "light"), ("night", "dark"), ("critical", "light"), ("critical", "dark"), ("today", "dark")]
LOOKS += [("empty", "light"), ("empty", "dark"), ("jenkins", "light")]


def found(tab: Any) -> list[str]:
    """What axe-core finds on a page: rule, weight, help and the first elements."""
    result = tab.evaluate(RUN, list(TAGS))
    ran = {rule["id"] for rules in ("passes", "violations", "inapplicable", "incomplete") for rule in result[rules]}
    assert {"target-size", "color-contrast", "region", "landmark-one-main"} <= ran
    assert result["passes"]
    return [
        f"{fault['id']} ({fault['impact']}): {fault['help']}: {[node['html'][:160] for node in fault['nodes'][:3]]}"
        for fault in result["violations"]
    ]


@pytest.mark.parametrize(("name", "scheme"), LOOKS)
def test_axe_finds_nothing(looked: Callable[[str], Looked], browser: Any, name: str, scheme: str) -> None:
    """Level A and AA of WCAG 2.0, 2.1 and 2.2, and what is good practice beside them."""
    site, script = looked(name), axe().read_text("utf-8")
    # The pages' own policy would not let axe-core in.
    context = browser.new_context(
        viewport={"width": WIDTHS[scheme], "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    tab = context.new_page()
    faults: list[str] = []
    for page in site.pages():
        for language in LANGUAGES:
            tab.goto(site.address + page.at(language))
            tab.add_style_tag(content=LAID_OUT)
            tab.evaluate(script)
            faults += [f"/{page.at(language)}: {fault}" for fault in found(tab)]
    context.close()
    assert not faults, "\n".join(faults)


def test_axe_finds_what_hinders(looked: Callable[[str], Looked], browser: Any) -> None:
    """The same look at a page that was spoilt on purpose: pale words, a small target, no name, no heading."""
    site = looked("empty")
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    tab = context.new_page()
    tab.goto(site.address)
    tab.evaluate(axe().read_text("utf-8"))
    tab.evaluate("""() => {
      document.querySelector('h1').remove();
      document.querySelector('main').insertAdjacentHTML('afterbegin',
        '<p style="color:#bbb;background:#fff">pale</p><button></button>'
        + '<button style="all:unset;width:9px;height:9px">a</button>'
        + '<button style="all:unset;width:9px;height:9px">b</button>');
    }""")
    rules = {fault.split(" ")[0] for fault in found(tab)}
    context.close()
    assert {"color-contrast", "button-name", "target-size", "page-has-heading-one"} <= rules
