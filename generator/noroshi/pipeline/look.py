"""The look of a site: what the theme is asked for, in the words of the site's settings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from noroshi.pipeline.content import SiteFolder
from noroshi.records.content import Settings
from noroshi.records.texts import Text
from noroshi.shipped import shipped
from noroshi.text.labels import N_
from noroshi.text.wording import wording
from noroshi.theme import STANDARD_KINDS, FeedLink, NavItem, ThemeRequest

STYLESHEET = "assets/noroshi.css"
"""Our own styles, below the site's root."""

# Feeds by their path without its ending, with what each is called.
REPORTS, MATTERS = "feeds/reports", "history"
FEED_NAMES = {REPORTS: N_("Every report"), MATTERS: N_("Incidents and maintenance, one item each")}
_FORMS = (("rss", "RSS", "application/rss+xml"), ("atom", "Atom", "application/atom+xml"))


def feed_links(settings: Settings, language: str) -> tuple[tuple[str, str, str], ...]:
    """Names, paths below the language's root and media types of all feeds."""
    _ = wording(language, settings.site.zone).gettext
    return tuple(
        (f"{_(name)} ({form})", f"{path}.{ending}", media_type)
        for path, name in FEED_NAMES.items()
        for ending, form, media_type in _FORMS
    )


def theme_request(folder: SiteFolder, settings: Settings, *, strict: bool) -> ThemeRequest:
    """What the theme is asked for."""
    site = settings.site
    languages = site.languages
    words = {language: wording(language, site.zone).gettext for language in languages}
    links = {language: feed_links(settings, language) for language in languages}
    return ThemeRequest(
        mkdocs_yml=folder.mkdocs_yml,
        languages=languages,
        site_name=_by_language(site.name, languages),
        site_url=site.url,
        kinds=STANDARD_KINDS,
        nav=(
            NavItem(titles={code: say("Current status") for code, say in words.items()}, path=""),
            NavItem(titles={code: say("History") for code, say in words.items()}, path="history/"),
        ),
        stylesheets=(STYLESHEET,),
        scripts=(),
        description=_by_language(site.description or site.name, languages),
        reserved=("assets/noroshi.css", "feeds/", "history.rss", "history.atom", ".noroshi"),
        feeds=tuple(
            FeedLink(titles={code: links[code][index][0] for code in languages}, path=path, media_type=media_type)
            for index, (_, path, media_type) in enumerate(links[languages[0]])
        ),
        strict=strict,
    )


def template_folders(folder: SiteFolder) -> tuple[Path, ...]:
    """Where templates are looked for: a site's own come first, each in place of a shipped one."""
    ours = shipped("site_templates")
    own = folder.templates
    return (own, ours) if own.is_dir() and own.resolve() != ours.resolve() else (ours,)


def _by_language(text: Text, languages: tuple[str, ...]) -> Mapping[str, str]:
    return {code: text.said_in(code, languages[0])[0] for code in languages}


_MESSAGES = (N_("Current status"), N_("History"))
