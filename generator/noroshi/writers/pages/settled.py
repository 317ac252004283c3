"""Promises whose fate is settled, in lists: of which matter, by when it was due, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup, escape

from noroshi.records.choices import PromiseState
from noroshi.snapshot.matter.spoken import NEVER
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.sayings import Saying, deadline_of, moves_of, not_kept, standing_of
from noroshi.snapshot.state import State
from noroshi.text.labels import N_
from noroshi.urls import action_anchor, matter_path, report_anchor
from noroshi.writers.pages.links import Reader, safe

FATE_NAMES = {
    PromiseState.MET: N_("Kept on time"),
    PromiseState.LATE: N_("Kept late"),
    PromiseState.MISSED: N_("Not kept"),
}
"""What became of a promise, where it is looked back upon."""


class SettledRows:
    """The rows of promises for the pages of one language that lie equally deep.

    A long log has a hundred thousand of them, so that each is put together from plain strings that are safe already.
    """

    def __init__(self, reader: Reader, matters: Mapping[str, State]) -> None:
        """:param reader: at any page of that depth
        :param matters: by id, those that the promises belong to
        """
        self._reader = reader
        self._matters = matters
        _ = reader.wording.gettext
        self._due = str(escape(_("Due {time}")))
        owed = escape(_("still owed"))
        self._owed = f'<span class="nr-past">{owed}</span>'
        promised = str(escape(_("promised to {client}")))
        self._to = {
            client.id: f"<span>{promised.format(client=reader.plain(client.name))}</span>"
            for client in reader.settings.clients
        }
        self._made: dict[str, tuple[str, Markup]] = {}

    def matter(self, state: State) -> tuple[str, Markup]:
        """The address of a matter's page, and its title as a link."""
        made = self._made.get(state.id)
        if made is None:
            reader, title = self._reader, self._reader.plain(state.title)
            page = reader.link(matter_path(state.kind, state.id))
            made = self._made[state.id] = (page, safe(f'<a href="{page}">{title}</a>'))
        return made

    def row(self, promise: Promise) -> Markup:
        """A promise, its due time, what became of it, and the report that tells."""
        reader, state = self._reader, self._matters[promise.matter]
        page, link = self.matter(state)
        about = self._about(promise, state, page) if promise.kind.of_action else ""
        due = self._due.format(time=reader.deadline(deadline_of(promise), NEVER))
        moves = "".join(f"<span>{reader.tell(move, promise.due)}</span>" for move in moves_of(promise))
        whom = self._to.get(promise.to, "") if promise.to else ""
        facts = f"<span>{due}</span>{whom}{moves}<span>{self._standing(promise, page)}</span>"
        return safe(f'<li><p class="nr-row__title">{link}</p>{about}<p class="nr-settled__facts">{facts}</p></li>')

    def _about(self, promise: Promise, state: State, page: str) -> str:
        """Of an action, what will be done, linked to where it stands."""
        for action in state.actions:
            if action.id == promise.about:
                what = self._reader.plain(action.what)
                return f'<p class="nr-settled__what"><a href="{page}#{action_anchor(action.id)}">{what}</a></p>'
        return ""

    def _standing(self, promise: Promise, page: str) -> str:
        if promise.met_at is None:
            return self._owed if promise.owed else str(self._reader.tell(Saying(not_kept(promise)), NEVER))
        said = self._reader.tell(standing_of(promise._replace(met_by=None), promise.met_at), promise.due)
        return said if promise.met_by is None else f'<a href="{page}#{report_anchor(promise.met_by)}">{said}</a>'
