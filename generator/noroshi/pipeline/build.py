"""``build``: read, decode, check, snapshot, write, publish. The one order of the work, for every door."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from noroshi.cache import Memory, load_holidays, load_memory, program_key, save_holidays, save_memory
from noroshi.endpoints import LOG_ENTRIES
from noroshi.pipeline.check import check_site
from noroshi.pipeline.crew import Crew
from noroshi.pipeline.forked_log import check_fork
from noroshi.pipeline.printing.look import theme_request
from noroshi.pipeline.printing.site_files import SiteFiles
from noroshi.pipeline.printing.template_slips import slips_in_templates
from noroshi.pipeline.published_log import continue_log
from noroshi.pipeline.reading.settings import read_settings
from noroshi.pipeline.reading.survey import open_cache, survey
from noroshi.pipeline.reading.translations import translation_path
from noroshi.pipeline.request import BuildRequest, Built
from noroshi.problems import sorted_problems, stops_build
from noroshi.publishing.publication import publishing
from noroshi.records.content import Settings
from noroshi.snapshot.audience import (
    RESERVED,
    Audience,
    find_audience,
    shows_history,
    visible_settings,
    visible_state,
)
from noroshi.snapshot.promises.business_days import known_holidays, recall_holidays
from noroshi.snapshot.site import take_snapshot
from noroshi.theme import load_theme
from noroshi.urls import log_origin


def build(request: BuildRequest) -> Built:
    """Build a site and publish it, or say why not and leave the old one untouched.

    :raises SiteError, ThemeError, PublicationError, PageError, CrewError: with words for people
    :raises CannotVerify: the former log is missing or is none, or the site that is there has published more than it
    :raises OSError: the cache folder cannot be used
    """
    request.on_stage("settings")
    folder, moments = request.folder, request.moments
    settings = read_settings(folder)
    unread = "clients.yaml" in settings.settings.unread and request.audience not in RESERVED
    if not settings.usable or unread:
        return Built(problems=check_site(folder, moments).problems, published=False)
    begun = _of_log(request)
    audience = find_audience(request.audience, settings.settings.clients)
    shown = _shown_settings(settings.settings, audience, request)
    placed = _placed(settings.settings, audience, request)
    cache = open_cache(request.cache, [folder.content, request.out])
    key = program_key() + settings.digest
    memory, holidays = load_memory(cache, key, audience.edition), load_holidays(cache)
    recall_holidays(holidays)
    with Crew(settings.settings, moments, audience, request.jobs) as crew:
        found = survey(folder, settings, cache, memory, moments, crew, request.on_stage)
        if stops_build(list(found.problems)):
            return Built(problems=found.problems, published=False)
        request.on_stage("snapshot")
        # Rules have seen everything. From here on there is nothing that the audience may not see.
        history = shows_history(settings.settings)
        seen = (visible_state(each, audience, history=history) for each in found.states)
        states = [state for state in seen if state is not None]
        beside = found.events if audience.internal else ()
        snapshot = take_snapshot(shown, states, moments.now, beside)
        request.on_stage("log")
        continued = continue_log(
            request.log,
            log_origin(shown.site.id, audience.edition),
            zip(found.sources, found.readings, strict=True),
            snapshot.by_id.__contains__,
            settings.settings,
            moments,
        )
        if continued.problems:
            problems = tuple(sorted_problems([*found.problems, *continued.problems]))
            return Built(problems=problems, published=False)
        request.on_stage("theme")
        theme = load_theme(theme_request(folder, shown, audience, strict=request.strict), cache / "theme")
        files = SiteFiles(request, settings.digest, audience, snapshot, theme, memory, continued.log, placed=placed)
        with publishing(
            request.out,
            protected=[folder.content, folder.mkdocs_yml, request.cache],
            sources=[folder.content, folder.templates],
            edition=audience.edition,
        ) as publication:
            begun = check_fork(request, continued.log) or begun
            files.write(publication, crew, found)
            request.on_stage("publish")
            summary = publication.commit()
    left = Memory(readings=dict(found.kept), pages=files.made, generation=summary.generation)
    save_memory(cache, key, left, memory, audience.edition)
    save_holidays(cache, known_holidays(), holidays)
    request.on_stage("done")
    return Built(
        problems=found.problems,
        published=True,
        begun=begun,
        pages=summary.written + summary.kept,
        written=summary.written,
        warnings=(
            *([begun] if begun else []),
            *_of_place(shown, placed),
            *_of_words(shown),
            *theme.warnings,
            *slips_in_templates(folder),
            *summary.warnings,
        ),
    )


def _shown_settings(settings: Settings, audience: Audience, request: BuildRequest) -> Settings:
    """What writers get to know of the settings, at the address where this site will be."""
    shown = visible_settings(settings, audience)
    if request.url is None:
        return shown
    return replace(shown, site=shown.site.model_copy(update={"url": request.url}))


def _placed(settings: Settings, audience: Audience, request: BuildRequest) -> bool:
    """Whether the site's address is its own: an edition is not where the public site is."""
    return audience.public or request.url not in (None, settings.site.url)


def _of_words(shown: Settings) -> Iterator[str]:
    """What to say of the site's own translations that are not finished."""
    for language, translation in sorted(shown.translations.items()):
        if translation.missing:
            missing = translation.missing
            are, stand = ("message is", "stands") if missing == 1 else ("messages are", "stand")
            yield (
                f"{translation_path(language)}: {missing} {are} not translated and {stand} in English; fill them in "
                f"there; 'noroshi translate {language}' adds what the file lacks"
            )


def _of_log(request: BuildRequest) -> str | None:
    """What to say where a published log begins that may have had a predecessor; asked while the former site stands.

    A look back is no publication.
    """
    if request.log is not None or request.new_log or request.moments.as_of is not None:
        return None
    before = request.out / LOG_ENTRIES
    known = f"the site that was here had one: name it with --log {before}" if before.is_file() else _FETCH
    return f"this build began a new published log: nothing shows that what was published before still stands; {known}"


_FETCH = (
    "where the site was published before, fetch its log/ and name that with --log; where it never was, say so with "
    "--new-log"
)


def _of_place(shown: Settings, placed: bool) -> Iterator[str]:
    """What to say of an edition that was not told where it will be."""
    if not placed:
        yield (
            f"feeds, calendars and all other files that need whole addresses name those of the public site, "
            f"{shown.site.url}; name this edition's own with --url"
        )
