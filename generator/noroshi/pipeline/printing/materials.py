"""What the files of one build are made of: each family of files plans its own from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from noroshi.pipeline.printing.list_keys import action_keys, history_keys
from noroshi.pipeline.printing.plan import Keys
from noroshi.pipeline.published_log import PublishedLog
from noroshi.records.content import Entry
from noroshi.snapshot.action_list import ActionList, list_actions
from noroshi.snapshot.audience import Audience
from noroshi.snapshot.listings import Listings, list_history
from noroshi.snapshot.site import Snapshot
from noroshi.snapshot.track_record.figures import Figures, figures_of
from noroshi.snapshot.track_record.months import TrackRecord, track_record
from noroshi.writers.items.selection import Selection, select
from noroshi.writers.pages.press import Press


@dataclass(frozen=True, kw_only=True)
class Materials:
    """All that the writers of one build get."""

    snapshot: Snapshot
    """With the settings, as the audience may see them."""
    audience: Audience
    press: Press
    keys: Keys
    entries_of: Callable[[Iterable[str]], Mapping[str, Entry]]
    """The records of these matters, as the audience may see them, by id. Each may have to be read (1 ms): it is asked
    when a file is made, not when it is planned."""
    own_pages: Mapping[str, Path] = field(default_factory=dict)
    """The operator's own pages, by their files below the site's root: where each lies as MkDocs made it."""
    assets: frozenset[str] = frozenset()
    """The files that the theme and the operator bring besides, below the site's root."""
    log: PublishedLog = field(default_factory=PublishedLog)
    """The published log with what this build adds to it."""
    placed: bool = True
    """Whether the site's address is its own: not in an edition that was built at that of the public site."""

    @cached_property
    def selection(self) -> Selection:
        """The reports and matters that feeds carry."""
        return select(self.snapshot)

    @cached_property
    def actions(self) -> ActionList:
        """Every corrective action."""
        return list_actions(self.snapshot.states, self.snapshot.now, self.snapshot.settings.site.zone)

    @cached_property
    def listings(self) -> Listings:
        """The whole history, and the choices from it."""
        return list_history(self.snapshot)

    @cached_property
    def list_keys(self) -> Mapping[str, bytes]:
        """The keys of the history's pages and of the lists of corrective actions, by the paths of the pages."""
        return history_keys(self.listings, self.keys) | action_keys(self.actions, self.keys)

    @cached_property
    def log_months(self) -> Mapping[str, list[int]]:
        """By month of the site's clocks, newest first, the places of its entries in the log."""
        return self.log.months(self.snapshot.settings.site.zone)

    @cached_property
    def track_record(self) -> TrackRecord:
        """What became of every promise."""
        return track_record(self.snapshot.states, self.snapshot.now, self.snapshot.settings.site.zone)

    @cached_property
    def figures(self) -> Figures:
        """What may be told of that record."""
        return figures_of(self.track_record)
