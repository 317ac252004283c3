"""The calendars of a site as files: of everything, of planned work and of each component, in each language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial

from noroshi.calendars.writing import CalendarHead, write_calendar, write_event
from noroshi.endpoints import CALENDAR, MAINTENANCE_CALENDAR, component_calendar
from noroshi.pipeline.printing.look import title_marker
from noroshi.pipeline.printing.materials import Materials
from noroshi.pipeline.printing.plan import Plan
from noroshi.records.content import MatterKind
from noroshi.text.labels import N_
from noroshi.urls import absolute_root, component_path, language_root
from noroshi.writers.calendar.agenda import choose
from noroshi.writers.calendar.due_event import due_event
from noroshi.writers.calendar.occasions import Due, Planned, is_over
from noroshi.writers.calendar.planned_event import planned_event
from noroshi.writers.calendar.words import Voice

REFRESH = timedelta(minutes=15)
"""How often programs are asked to look for news, where they let themselves be asked."""

CALENDAR_NAME = N_("Maintenance and promised reports")
"""What the calendar of everything is called."""

_COMPONENT_NAME = N_("{component}: maintenance and promised reports")


def plan_calendars(materials: Materials) -> Iterator[Plan]:
    """Every calendar, each to be made anew only where one of its own events may have changed."""
    chosen = choose(materials.snapshot)
    of_component: dict[str, list[Planned | Due]] = {}
    for each in chosen:
        for name in each.components:
            of_component.setdefault(name, []).append(each)
    works = [each for each in chosen if isinstance(each, Planned) and each.state.kind is MatterKind.MAINTENANCE]
    settings = materials.snapshot.settings
    for language in settings.site.languages:
        voice = Voice(settings=settings, wording=materials.press.wordings[language])
        desk = _Desk(materials, voice)
        yield desk.plan(CALENDAR, voice.say(CALENDAR_NAME), "", chosen)
        yield desk.plan(MAINTENANCE_CALENDAR, voice.wording.label(MatterKind.MAINTENANCE), "", works)
        for component in settings.components:
            name, page = voice.say(_COMPONENT_NAME, component=voice.plain(component.name)), component_path(component.id)
            yield desk.plan(component_calendar(component.id), name, page, of_component.get(component.id, ()))


class _Desk:
    """Where the calendars of one language are written: each event once, in however many of them it stands."""

    def __init__(self, materials: Materials, voice: Voice) -> None:
        self._materials = materials
        self._settings = materials.snapshot.settings
        self._language = voice.wording.language
        self._voice = voice
        self._written: dict[str, bytes] = {}

    def plan(self, path: str, name: str, page: str, events: Sequence[Planned | Due]) -> Plan:
        """A calendar.

        :param path: below the language's root
        :param name: what it holds
        :param page: the path of the page about the same
        """
        causes = {state.id: state for each in events for state in each.causes}
        words = (self._language, path, *(each.uid for each in events))
        return Plan(
            file=language_root(self._language, self._settings.site.languages) + path,
            key=self._materials.keys.of("calendar", *words, states=causes.values()),
            make=partial(self._make, path, name, page, events),
        )

    def _make(self, path: str, name: str, page: str, events: Sequence[Planned | Due]) -> bytes:
        return write_calendar(self._head(path, name, page, events), map(self._event, events))

    def _event(self, each: Planned | Due) -> bytes:
        found = self._written.get(each.uid)
        if found is None:
            found = self._written[each.uid] = self._write(each)
        return found

    def _write(self, each: Planned | Due) -> bytes:
        if isinstance(each, Due):
            return write_event(due_event(each, self._voice))
        state = each.state
        # To read a record takes a hundred times as long as to write its event: what is over needs none.
        entry = None if is_over(state) else self._materials.entries_of([state.id])[state.id]
        return write_event(planned_event(each, entry, self._voice, self._materials.audience.word))

    def _head(self, path: str, name: str, page: str, events: Sequence[Planned | Due]) -> CalendarHead:
        site, voice = self._settings.site, self._voice
        base = absolute_root(site.url, self._language, site.languages)
        marked = title_marker(self._settings, self._materials.audience, self._language)
        return CalendarHead(
            name=marked(f"{voice.plain(site.name)}: {name}"),
            description=voice.say(_DESCRIPTION),
            zone=site.timezone,
            refresh=REFRESH,
            source=f"{base}{path}",
            url=f"{base}{page}",
            changed=max((each.changed for each in events), default=self._materials.snapshot.since),
        )


_DESCRIPTION = N_(
    "When work is planned, and by when reports and corrective actions are promised. "
    "What moves is moved here; what is called off stays, marked so."
)
