"""The files of a site: which must be made anew, by whom, and which stand as they were published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import blake2b

from noroshi.cache import Memory, program_key
from noroshi.pipeline.crew import Crew
from noroshi.pipeline.hand import Hand, MatterJob, PressKit, digest_of_folders, make_press
from noroshi.pipeline.printing.feed_files import feed_files, feed_paths
from noroshi.pipeline.printing.look import SCRIPT, STYLESHEET, template_folders
from noroshi.pipeline.printing.site_pages import Keys, plan_pages
from noroshi.pipeline.reading.content import SourceFile
from noroshi.pipeline.reading.survey import Survey
from noroshi.pipeline.request import BuildRequest
from noroshi.publishing.publication import Publication
from noroshi.records.choices import PromiseKind
from noroshi.records.content import Entry
from noroshi.shipped import shipped
from noroshi.snapshot.audience import Audience
from noroshi.snapshot.risks import by_matter
from noroshi.snapshot.site import Snapshot
from noroshi.snapshot.state import State
from noroshi.theme import Theme
from noroshi.urls import language_root, matter_path, page_file
from noroshi.writers.items import select
from noroshi.writers.pages.commitment import threats_among


class SiteFiles:
    """The files of one build: each written into the stage, or kept as it stands."""

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

    def write(self, publication: Publication, crew: Crew, survey: Survey) -> None:
        """Write every file of the site into the stage, or keep the one that stands."""
        request, snapshot = self._request, self._snapshot
        digests = {reading.state.id: reading.digest for reading in survey.readings if reading.state is not None}
        states = {state.id: _state_key(state, digests[state.id], snapshot.now) for state in snapshot.states}
        keys = Keys(self._base, states)
        by_id = {source.id: source for source in survey.sources}
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
