"""The look of a site: what the theme is asked for, in the words of the site's settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from noroshi.endpoints import MATTER_FEED, REPORT_FEED, SEARCH, SUBSCRIBE, TAKEN, FeedForm, component_feed, feed_file
from noroshi.pipeline.printing.own_templates import FRAME, MARK, OWN_STYLESHEET, SCRIPT, STYLESHEET, template_folders
from noroshi.pipeline.reading.content import SiteFolder
from noroshi.publishing.tree import MARKER
from noroshi.records.choices import Severity
from noroshi.records.content import MatterKind, Settings
from noroshi.records.settings import Component
from noroshi.records.site import Site
from noroshi.records.texts import Text
from noroshi.snapshot.audience import Audience
from noroshi.text.accent import accent_style
from noroshi.text.edition import edition_name, edition_notice, marked_title
from noroshi.text.feed_names import component_feed_name, feed_name
from noroshi.text.labels import N_
from noroshi.text.markdown import markdown_to_html
from noroshi.text.wording import wording_of
from noroshi.theme import Edition, FeedLink, Frame, NavItem, ShellKind, ThemeRequest
from noroshi.theme.markup import feed_link
from noroshi.urls import (
    ACTIONS,
    HISTORY,
    LOG,
    NOT_FOUND,
    RECORD,
    action_year_path,
    component_path,
    log_month_path,
    matter_path,
    month_path,
    period_path,
    record_part_path,
    severity_path,
)
from noroshi.writers.pages.links import Reader

_ANNOUNCED = {REPORT_FEED: tuple(FeedForm), MATTER_FEED: (FeedForm.RSS, FeedForm.ATOM)}
"""The feeds that every page announces, each in these forms; the page about subscribing tells of all others."""


PAGE_KINDS = (
    ShellKind(name="home", depth_path=""),
    ShellKind(name="history", depth_path=HISTORY),
    ShellKind(name="month", depth_path=month_path("_")),
    ShellKind(name="choice", depth_path=severity_path(Severity.NONE), section=HISTORY),
    ShellKind(name="choicepart", depth_path=period_path(severity_path(Severity.NONE), "_"), section=HISTORY),
    ShellKind(name="record", depth_path=matter_path(MatterKind.INCIDENT, "_"), section=HISTORY, article=True),
    ShellKind(name="maintenance", depth_path=matter_path(MatterKind.MAINTENANCE, "_"), section=HISTORY, article=True),
    ShellKind(name="commitment", depth_path=matter_path(MatterKind.COMMITMENT, "_"), section=HISTORY, article=True),
    ShellKind(name="actions", depth_path=ACTIONS),
    ShellKind(name="actionyear", depth_path=action_year_path("_")),
    ShellKind(name="track", depth_path=RECORD),
    ShellKind(name="trackpart", depth_path=record_part_path("_")),
    ShellKind(name="log", depth_path=LOG, section=RECORD),
    ShellKind(name="logmonth", depth_path=log_month_path("_"), section=RECORD),
    ShellKind(name="component", depth_path=component_path("_"), section=""),
    ShellKind(name="componentpart", depth_path=period_path(component_path("_"), "_"), section=""),
    ShellKind(name="subscribe", depth_path=SUBSCRIBE),
    ShellKind(name="search", depth_path=SEARCH),
    ShellKind(name="notfound", depth_path=NOT_FOUND),
)
"""The kinds of page that the site has, each with a shell of its own."""


def feed_links(settings: Settings, language: str) -> tuple[tuple[str, str, str], ...]:
    """Names, paths below the language's root and media types of the feeds that every page announces."""
    words = wording_of(settings, language)
    return tuple(
        (words.aside(feed_name(path, words), form.label), feed_file(path, form), form.media_type)
        for path, forms in _ANNOUNCED.items()
        for form in forms
    )


def announced_feed(component: Component, reader: Reader) -> str:
    """The links in the head of a component's page by which readers find its own feed."""
    name = component_feed_name(component, reader.wording, reader.first)
    path = component_feed(component.id)
    return "".join(
        feed_link(form.media_type, reader.wording.aside(name, form.label), reader.link(feed_file(path, form)))
        for form in FeedForm
    )


def theme_request(folder: SiteFolder, settings: Settings, audience: Audience, *, strict: bool) -> ThemeRequest:
    """What the theme is asked for.

    :param settings: as the audience may see them
    """
    site = settings.site
    languages = site.languages
    words = {language: wording_of(settings, language).gettext for language in languages}
    links = {language: feed_links(settings, language) for language in languages}
    return ThemeRequest(
        mkdocs_yml=folder.mkdocs_yml,
        templates=tuple(place / FRAME for place in template_folders(folder) if (place / FRAME).is_dir()),
        languages=languages,
        site_name=_by_language(site.name, languages),
        site_url=site.url,
        kinds=PAGE_KINDS,
        nav=(
            NavItem(titles={code: say(N_("Current status")) for code, say in words.items()}, path=""),
            NavItem(titles={code: say(N_("History")) for code, say in words.items()}, path=HISTORY),
            NavItem(titles={code: say(N_("Subscribe")) for code, say in words.items()}, path=SUBSCRIBE),
            NavItem(titles={code: say(N_("Search")) for code, say in words.items()}, path=SEARCH),
            NavItem(titles={code: say(N_("Corrective actions")) for code, say in words.items()}, path=ACTIONS),
            NavItem(titles={code: say(N_("Track record")) for code, say in words.items()}, path=RECORD),
        ),
        stylesheets=(STYLESHEET,),
        own_stylesheets=(OWN_STYLESHEET,),
        scripts=(SCRIPT,),
        frame=_frame(folder, site, words),
        description=_by_language(site.description or site.name, languages),
        reserved=(*(path for _, path, _ in links[languages[0]]), *TAKEN, MARKER),
        feeds=tuple(
            FeedLink(titles={code: links[code][index][0] for code in languages}, path=path, media_type=media_type)
            for index, (_, path, media_type) in enumerate(links[languages[0]])
        ),
        strict=strict,
        edition=None if audience.public else _edition(settings, audience),
    )


def _frame(folder: SiteFolder, site: Site, words: Mapping[str, Callable[[str], str]]) -> Frame:
    look = site.look
    logo = look.logo if look.logo and (folder.pages / look.logo).is_file() else None
    footers = _by_language(look.footer, site.languages) if look.footer else {}
    return Frame(
        words={code: _frame_words(say) for code, say in words.items()},
        icon=logo or MARK,
        logo=logo,
        footer={code: markdown_to_html(text) for code, text in footers.items()},
        style=accent_style(look.accent),
    )


def _frame_words(say: Callable[[str], str]) -> Mapping[str, str]:
    """The words of the frame, by the names that its templates use."""
    return {
        "skip": say(N_("Skip to the content")),
        "nav": say(N_("Pages")),
        "more": say(N_("More")),
        "languages": say(N_("Languages")),
        "announce": say(N_("Announcement")),
        "before": say(N_("Previous page:")),
        "after": say(N_("Next page:")),
        "scheme_auto": say(N_("Colours: automatic")),
        "scheme_light": say(N_("Colours: light")),
        "scheme_dark": say(N_("Colours: dark")),
    }


def title_marker(settings: Settings, audience: Audience, language: str) -> Callable[[str], str]:
    """What puts the name of an audience's edition beside a title; nothing beside one of the public site."""
    if audience.public:
        return str
    words = wording_of(settings, language)
    name = edition_name(_client_name(settings, audience, language), words)
    return lambda title: marked_title(name, title, words)


def notice_of(settings: Settings, audience: Audience, language: str) -> str | None:
    """What every page of an audience's edition says above all else; None on the public site."""
    if audience.public:
        return None
    return edition_notice(_client_name(settings, audience, language), wording_of(settings, language))


def _edition(settings: Settings, audience: Audience) -> Edition:
    site = settings.site
    return Edition(
        notice={code: notice_of(settings, audience, code) or "" for code in site.languages},
        title={code: title_marker(settings, audience, code)("{title}") for code in site.languages},
    )


def _client_name(settings: Settings, audience: Audience, language: str) -> str | None:
    """What the client whose edition it is is called; None where it is the house's."""
    first = settings.site.languages[0]
    names = [client.name.said_in(language, first)[0] for client in settings.clients if client.id == audience.client]
    return names[0] if names else None


def _by_language(text: Text, languages: tuple[str, ...]) -> Mapping[str, str]:
    return {code: text.said_in(code, languages[0])[0] for code in languages}
