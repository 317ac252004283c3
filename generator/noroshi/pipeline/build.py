"""``build``: read, decode, check, snapshot, write, publish. The one order of the work, for every door."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import blake2b

from noroshi.cache import (
    Memory,
    load_calendars,
    load_memory,
    prepare_cache,
    program_key,
    save_calendars,
    save_memory,
)
from noroshi.pipeline.calendars import read_calendars
from noroshi.pipeline.check import check_site, check_together
from noroshi.pipeline.content import SiteError, SourceFile, find_records
from noroshi.pipeline.crew import Crew
from noroshi.pipeline.feed_files import feed_files, feed_paths
from noroshi.pipeline.hand import Hand, MatterJob, PressKit, digest_of_folders, make_press
from noroshi.pipeline.look import SCRIPT, STYLESHEET, template_folders, theme_request, unknown_templates
from noroshi.pipeline.reading import Reading
from noroshi.pipeline.readings import read_all, remember
from noroshi.pipeline.request import BuildRequest, Built
from noroshi.pipeline.settings import read_settings
from noroshi.pipeline.site_pages import Keys, plan_pages
from noroshi.pipeline.together import put_together, slot_problems
from noroshi.problems import sorted_problems, stops_build
from noroshi.publishing.publication import Publication, publishing
from noroshi.records.choices import PromiseKind
from noroshi.records.content import Entry, Settings
from noroshi.shipped import shipped
from noroshi.snapshot.audience import RESERVED, Audience, find_audience, visible_settings, visible_state
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.risks import by_matter
from noroshi.snapshot.site import Snapshot, take_snapshot
from noroshi.snapshot.state import State
from noroshi.theme import Theme, load_theme
from noroshi.urls import language_root, matter_path, page_file
from noroshi.writers.items import select
from noroshi.writers.pages.commitment import threats_among


def build(request: BuildRequest) -> Built:
    """Build a site and publish it, or say why not and leave the old one untouched.

    :raises SiteError, ThemeError, PublicationError, PageError, CrewError: with words for people
    :raises OSError: the cache folder cannot be used
    """
    request.on_stage("settings")
    settings_reading = read_settings(request.folder)
    sources, problems = find_records(request.folder)
    problems += settings_reading.problems
    settings = settings_reading.settings
    unread = "clients.yaml" in settings.unread and request.audience not in RESERVED
    if not settings_reading.usable or unread:
        checked = check_site(request.folder, request.moments)
        return Built(problems=checked.problems, published=False)
    audience = find_audience(request.audience, settings.clients)
    shown = _shown_settings(settings, audience, request)
    for place in (request.folder.content, request.out):
        # Among the records it is a stray folder; in the site it would show what no reader may see.
        if request.cache.resolve().is_relative_to(place.resolve()):
            raise SiteError(f"{request.cache}: the cache cannot lie in {place}; name another folder with --cache")
    cache = prepare_cache(request.cache)
    key = program_key() + settings_reading.digest
    memory = load_memory(cache, key, audience.edition)
    with Crew(settings, request.moments, audience, request.jobs) as crew:
        request.on_stage("read")
        readings = read_all(sources, memory, request.moments, crew)
        request.on_stage("check")
        problems += [problem for reading in readings for problem in reading.problems]
        problems += check_together(sources, readings)
        read = [reading.state for reading in readings if reading.state is not None]
        terms, known = Terms(settings), load_calendars(cache) if settings.site.calendars else {}
        calendars = read_calendars(request.folder, settings_reading, terms, request.moments, kept=known)
        problems += calendars.problems
        together = put_together([*read, *calendars.states], settings, terms, request.moments.now)
        problems += slot_problems(together, readings, settings, request.moments.now)
        ordered = tuple(sorted_problems(problems))
        if stops_build(list(ordered)):
            return Built(problems=ordered, published=False)
        request.on_stage("snapshot")
        # Rules have seen everything. From here on there is nothing that the audience may not see.
        pages = [state for state in together.states if not state.from_calendar]
        states = [state for each in pages if (state := visible_state(each, audience)) is not None]
        beside = calendars.states if audience.internal else ()
        snapshot = take_snapshot(shown, states, request.moments.now, beside)
        request.on_stage("theme")
        theme = load_theme(theme_request(request.folder, shown, audience, strict=request.strict), cache / "theme")
        writing = _Writing(request, settings_reading.digest, audience, snapshot, theme, memory)
        protected = [request.folder.content, request.folder.mkdocs_yml, request.cache]
        with publishing(
            request.out,
            protected=protected,
            sources=[request.folder.content, request.folder.templates],
            edition=audience.edition,
        ) as publication:
            writing.write(publication, crew, sources, readings)
            request.on_stage("publish")
            summary = publication.commit()
    kept = remember(sources, readings, memory.readings) if request.moments.as_of is None else memory.readings
    now_known = Memory(readings=kept, pages=writing.made, generation=summary.generation)
    save_memory(cache, key, now_known, memory, audience.edition)
    save_calendars(cache, calendars.kept, known)
    request.on_stage("done")
    return Built(
        problems=ordered,
        published=True,
        pages=summary.written + summary.kept,
        written=summary.written,
        warnings=(*theme.warnings, *unknown_templates(request.folder), *summary.warnings),
    )


def _shown_settings(settings: Settings, audience: Audience, request: BuildRequest) -> Settings:
    """What writers get to know of the settings, at the address where this site will be."""
    shown = visible_settings(settings, audience)
    if request.url is None:
        return shown
    return replace(shown, site=shown.site.model_copy(update={"url": request.url}))


class _Writing:
    """Everything of one build that the files of the site are made from."""

    def __init__(
        self,
        request: BuildRequest,
        settings_digest: bytes,
        audience: Audience,
        snapshot: Snapshot,
        theme: Theme,
        memory: Memory,
    ) -> None:
        self._request = request
        self._audience = audience
        self._settings = snapshot.settings
        self._snapshot = snapshot
        self._theme = theme
        self._memory = memory
        self._folders = template_folders(request.folder)
        look = blake2b(digest_size=16)
        for place, shell in sorted(theme.shells.items()):
            look.update("\0".join((*place, *shell.slots, *shell.parts)).encode())
        running = request.moments.as_of is None
        whose = f"{audience.word} {snapshot.settings.site.url} {running}".encode()
        parts = (program_key(), settings_digest, digest_of_folders(self._folders), look.digest(), whose)
        self._base = blake2b(b"".join(parts), digest_size=16).digest()
        self._known: dict[str, bytes] = {}
        self.made: dict[str, bytes] = {}

    def write(
        self, publication: Publication, crew: Crew, sources: Sequence[SourceFile], readings: Sequence[Reading]
    ) -> None:
        """Write every file of the site into the stage, or keep the one that stands."""
        request, snapshot = self._request, self._snapshot
        digests = {reading.state.id: reading.digest for reading in readings if reading.state is not None}
        states = {state.id: _state_key(state, digests[state.id], snapshot.now) for state in snapshot.states}
        keys = Keys(self._base, states)
        by_id = {source.id: source for source in sources}
        self._known = self._memory.pages if publication.generation == self._memory.generation else {}
        request.on_stage("records")
        kit = PressKit(
            settings=self._settings,
            shells=self._theme.shells,
            template_folders=self._folders,
            bytecode=request.cache / "templates",
            now=snapshot.now,
            running=request.moments.as_of is None,
        )
        jobs = self._matter_jobs(publication, by_id, keys)
        # Hands that are away print while the other pages are made here; list() is empty, as is what no job prints.
        all_printed = crew.print(kit, publication.stage, jobs) if jobs else list
        request.on_stage("pages")
        press = make_press(kit)
        shown = (*snapshot.open_incidents, *snapshot.current_work, *snapshot.announced, *snapshot.commitments)
        entries = _entries((state.id for state in shown), by_id, crew.here)
        for plan in plan_pages(snapshot, entries, press, keys):
            if plan.key is None or not self._stands(publication, plan.file, plan.key):
                publication.write(plan.file, plan.make())
        request.on_stage("feeds")
        selection = select(snapshot)
        told = [f"{matter} {number}" for matter, number in selection.reports]
        needed = tuple(snapshot.by_id[matter] for matter in sorted(selection.needed))
        key = keys.of("feeds", *told, "", *selection.matters, f"{snapshot.updated_at}", states=needed)
        standing = [self._stands(publication, file, key) for file in feed_paths(self._settings.site.languages)]
        if not all(standing):
            entries = _entries(selection.needed, by_id, crew.here)
            for file, data in feed_files(snapshot, selection, entries, press, self._audience):
                publication.write(file, data)
        request.on_stage("assets")
        for file, place in {**self._theme.assets, **self._theme.pages}.items():
            publication.adopt(file, place)
        for ours in (STYLESHEET, SCRIPT):
            publication.adopt(ours, shipped("site_templates", ours))
        request.on_stage("records")
        for printed in all_printed():
            publication.enter(printed.file, printed.stamp)

    def _stands(self, publication: Publication, file: str, key: bytes) -> bool:
        """Whether the file was made from the same before, and still stands as it was published."""
        self.made[file] = key
        return self._known.get(file) == key and publication.keep(file)

    def _matter_jobs(self, publication: Publication, by_id: Mapping[str, SourceFile], keys: Keys) -> list[MatterJob]:
        snapshot = self._snapshot
        languages = self._settings.site.languages
        roots = {language: language_root(language, languages) for language in languages}
        fired_here = by_matter(snapshot.fired)
        threatened = threats_among(snapshot.by_id)
        jobs = []
        for state in snapshot.states:
            cause = snapshot.by_id.get(state.caused_by) if state.caused_by else None
            caused = snapshot.consequences.get(state.id, ())
            threats = threatened.get(state.id, ())
            fired = (*fired_here.get(state.id, ()), *fired_here.get(state.caused_by or "", ()))
            fired_by = {name: snapshot.fired_by[name] for each in fired for name in each.matters}
            told = [f"{each.order} {each.until} {[fired_by[name].title for name in each.matters]}" for each in fired]
            near = (state, *([cause] if cause else []), *caused, *threats)
            key = keys.of("matter", *told, states=near)
            path = page_file(matter_path(state.kind, state.id))
            missing = tuple(code for code in languages if not self._stands(publication, roots[code] + path, key))
            if missing:
                jobs.append(
                    MatterJob(
                        source=by_id[state.id],
                        state=state,
                        cause=cause,
                        caused=caused,
                        threats=threats,
                        fired=fired,
                        fired_by=fired_by,
                        languages=missing,
                    )
                )
        return jobs


def _state_key(state: State, digest: bytes, now: datetime) -> bytes:
    """Equal where a matter's state is: it follows from the bytes, the reports that count, the phase, the clock, and
    from the matters that it meets.

    :param digest: of the bytes of its file
    """
    overdue = "".join(str(int(promise.overdue(now))) for promise in state.promises if promise.owed)
    met = [promise for promise in state.promises if promise.kind is PromiseKind.SLOT_ANSWER]
    return digest + f"{state.phase}:{len(state.reports)}:{overdue}:{state.settlement}:{state.meets}:{met}".encode()


def _entries(ids: Iterable[str], by_id: Mapping[str, SourceFile], hand: Hand) -> dict[str, Entry]:
    found = {}
    for matter in ids:
        entry = hand.entry(by_id[matter])
        if entry is not None:
            found[matter] = entry
    return found
