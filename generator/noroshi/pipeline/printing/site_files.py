"""The files of a site: which must be made anew, by whom, and which stand as they were published."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from hashlib import blake2b

from noroshi.cache import Memory, program_key
from noroshi.endpoints import YIELDED, matter_document_file
from noroshi.pipeline.crew import Crew
from noroshi.pipeline.hand import Hand, Job, MatterJob, PressKit, Printed, digest_of_folders, make_press
from noroshi.pipeline.printing.api_files import plan_api
from noroshi.pipeline.printing.archive_files import plan_archive
from noroshi.pipeline.printing.badge_files import plan_badges
from noroshi.pipeline.printing.calendar_files import plan_calendars
from noroshi.pipeline.printing.embed_files import plan_embed
from noroshi.pipeline.printing.feed_files import plan_feeds
from noroshi.pipeline.printing.host_files import operators_own, plan_host_files
from noroshi.pipeline.printing.log_files import plan_log_files
from noroshi.pipeline.printing.materials import Materials
from noroshi.pipeline.printing.metrics_files import plan_metrics
from noroshi.pipeline.printing.own_templates import asset_file, assets_of, template_folders
from noroshi.pipeline.printing.plan import Keys, Plan
from noroshi.pipeline.printing.search_files import plan_search_pages, plan_search_texts
from noroshi.pipeline.printing.site_pages import plan_pages
from noroshi.pipeline.printing.statuspage_files import plan_statuspage
from noroshi.pipeline.printing.subscribe_files import plan_opml
from noroshi.pipeline.published_log import PublishedLog
from noroshi.pipeline.reading.content import SourceFile
from noroshi.pipeline.reading.survey import Survey
from noroshi.pipeline.request import BuildRequest
from noroshi.publishing.publication import Publication
from noroshi.records.choices import PromiseKind
from noroshi.records.content import Entry
from noroshi.snapshot.audience import Audience
from noroshi.snapshot.near import near_matters
from noroshi.snapshot.site import Snapshot
from noroshi.snapshot.state import State
from noroshi.theme import Theme
from noroshi.urls import language_root, matter_path, page_file

FAMILIES: tuple[Callable[[Materials], Iterator[Plan]], ...] = (
    plan_feeds,
    plan_badges,
    plan_calendars,
    plan_embed,
    plan_opml,
    plan_statuspage,
    plan_api,
    plan_metrics,
    plan_search_pages,
    plan_log_files,
    plan_host_files,
)
"""What plans the files that programs read, a module for each family of them."""


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
        log: PublishedLog,
        *,
        placed: bool = True,
    ) -> None:
        self._request = request
        self._audience = audience
        self._settings = snapshot.settings
        self._snapshot = snapshot
        self._theme = theme
        self._log = log
        self._placed = placed
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
        entries_of = partial(_entries, by_id=by_id, hand=crew.here)
        self._known = self._memory.pages if publication.generation == self._memory.generation else {}
        kit = PressKit(
            settings=self._settings,
            shells=self._theme.shells,
            template_folders=self._folders,
            bytecode=request.cache / "templates",
            now=snapshot.now,
            running=request.moments.as_of is None,
        )
        materials = Materials(
            snapshot=snapshot,
            audience=self._audience,
            press=make_press(kit),
            keys=keys,
            entries_of=entries_of,
            own_pages=self._theme.pages,
            assets=frozenset(self._theme.assets),
            log=self._log,
            placed=self._placed,
        )
        request.on_stage("records")
        all_printed = self._print_records(publication, crew, kit, by_id, materials)
        request.on_stage("pages")
        self._make(publication, plan_pages(materials))
        request.on_stage("feeds")
        for plan_family in FAMILIES:
            self._make(publication, plan_family(materials))
        request.on_stage("assets")
        self._adopt_assets(publication, materials)
        request.on_stage("records")
        for printed in all_printed():
            publication.enter(printed.file, printed.stamp)

    def _print_records(
        self, publication: Publication, crew: Crew, kit: PressKit, by_id: Mapping[str, SourceFile], materials: Materials
    ) -> Callable[[], list[Printed]]:
        """Begin to print what is made of the records alone and does not stand: matters' pages, the archive, the texts
        for search.

        :return: what waits for all of them: hands that are away print while the other files are made here
        """
        # The archive first: the hands have at hand what they read, and let go of each record with its pages.
        jobs: list[Job] = list(plan_archive(materials, by_id, partial(self._stands, publication)))
        jobs += plan_search_texts(materials, by_id, partial(self._stands, publication))
        jobs += self._matter_jobs(publication, by_id, materials.keys)
        # list() is empty, as is what no job prints.
        return crew.print(kit, publication.stage, jobs) if jobs else list

    def _make(self, publication: Publication, plans: Iterable[Plan]) -> None:
        """Make what is planned and does not stand."""
        for plan in plans:
            if plan.key is None or not self._stands(publication, plan.file, plan.key):
                publication.write(plan.file, plan.make())

    def _adopt_assets(self, publication: Publication, materials: Materials) -> None:
        """Take over what the theme made, and our own style sheet and script."""
        for file, place in {**self._theme.assets, **self._theme.pages}.items():
            if file not in YIELDED or operators_own(file, materials):
                publication.adopt(file, place)
        for ours in assets_of(own_pages=bool(self._theme.pages)):
            publication.adopt(ours, asset_file(self._request.folder, ours))

    def _stands(self, publication: Publication, file: str, key: bytes) -> bool:
        """Whether the file was made from the same before, and still stands as it was published."""
        self.made[file] = key
        return self._known.get(file) == key and publication.keep(file)

    def _matter_jobs(self, publication: Publication, by_id: Mapping[str, SourceFile], keys: Keys) -> list[MatterJob]:
        snapshot = self._snapshot
        languages = self._settings.site.languages
        roots = {language: language_root(language, languages) for language in languages}
        nearby = near_matters(snapshot)
        jobs = []
        for state in snapshot.states:
            near = nearby[state.id]
            key = keys.of("matter", *near.told, states=(state, *near.states))
            path = page_file(matter_path(state.kind, state.id))
            missing = tuple(code for code in languages if not self._stands(publication, roots[code] + path, key))
            document = not self._stands(publication, matter_document_file(state.kind, state.id), key)
            if missing or document:
                jobs.append(
                    MatterJob(source=by_id[state.id], state=state, near=near, languages=missing, document=document)
                )
        return jobs


def _state_key(state: State, digest: bytes, now: datetime) -> bytes:
    """Equal where a matter's state is: it follows from the bytes, the reports that count, the phase, the clock, and
    from the matters that it meets.

    :param digest: of the bytes of its file
    """
    promises = state.promises if state.gist is None else ()  # what has a gist owes nothing, to nobody
    overdue = "".join(str(int(promise.overdue(now))) for promise in promises if promise.owed)
    met = [promise for promise in promises if promise.kind is PromiseKind.SLOT_ANSWER]
    told = f"{len(state.reports)}:{state.mended}:{state.consents}"  # at an earlier time fewer of them
    facts = f"{state.phase}:{told}:{overdue}:{state.settlement}:{state.meets}:{met}:{state.path}"
    return digest + facts.encode("utf-8", "surrogateescape")


def _entries(ids: Iterable[str], by_id: Mapping[str, SourceFile], hand: Hand) -> dict[str, Entry]:
    found = {}
    for matter in ids:
        entry = hand.entry(by_id[matter])
        if entry is not None:
            found[matter] = entry
    return found
