"""The badges of a site as files: the page's and each component's, as a picture and as data for shields."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from noroshi.endpoints import STATUS_BADGE, component_badge
from noroshi.pipeline.printing.look import title_marker
from noroshi.pipeline.printing.materials import Materials
from noroshi.pipeline.printing.plan import Plan
from noroshi.urls import language_root
from noroshi.writers.badges import saying
from noroshi.writers.badges.saying import Badge
from noroshi.writers.badges.shields import badge_json
from noroshi.writers.badges.svg import badge_svg

_FORMS: dict[str, Callable[[Badge], bytes]] = {"svg": badge_svg, "json": badge_json}


def plan_badges(materials: Materials) -> Iterator[Plan]:
    """Every badge in every form and language; each is made anew only where it says something else."""
    for path, badge in _badges(materials):
        key = materials.keys.of("badge", badge.label, badge.message, badge.colour.fill, badge.language)
        for ending, write in _FORMS.items():
            yield Plan(file=f"{path}.{ending}", key=key, make=partial(write, badge))


def _badges(materials: Materials) -> Iterator[tuple[str, Badge]]:
    """Each badge by its path below the site's root, without an ending."""
    snapshot = materials.snapshot
    languages = snapshot.settings.site.languages
    for language in languages:
        root = language_root(language, languages)
        words = materials.press.wordings[language]
        marked = title_marker(snapshot.settings, materials.audience, language)
        yield f"{root}{STATUS_BADGE}", saying.page_badge(snapshot, words, marked)
        for each in snapshot.components:
            badge = saying.component_badge(each, words, first=languages[0], marked=marked)
            yield f"{root}{component_badge(each.component.id)}", badge
