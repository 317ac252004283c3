"""The facts of a commitment: to whom it was made, its time, what it needs and what threatened it, its outcome."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape

from noroshi.records.choices import Outcome
from noroshi.snapshot.state import State
from noroshi.writers.pages.links import Reader
from noroshi.writers.pages.report import Fact


def slot_facts(state: State, reader: Reader, threats: Sequence[State]) -> Iterator[Fact]:
    """The facts of a commitment besides the answers at a glance.

    :param threats: the incidents that reached into its time, as far as this reader may see them
    """
    _ = reader.wording.gettext
    yield from client_facts(state, reader)
    for span in state.moved_from:
        yield Fact(label=_("Promised before"), value=Markup(f"<s>{reader.span(span.start, span.end)}</s>"))
    if state.clear is not None and state.clear != state.window:
        yield Fact(label=_("Kept clear of planned work"), value=reader.span(state.clear.start, state.clear.end))
    if state.outcome is not None:
        yield Fact(label=_("Result"), value=_outcome(state.outcome, state, reader))
    if state.components:
        yield Fact(label=_("Needs"), value=Markup("<br>").join(reader.component(name) for name in state.components))
    for incident in threats:
        yield Fact(label=_("Threatened by"), value=reader.matter(incident.kind, incident.id, incident.title))


def client_facts(state: State, reader: Reader) -> Iterator[Fact]:
    """To whom a commitment was made: said where the reader may know, as then the state and the settings do."""
    for client in reader.settings.clients:
        if client.id == state.client:
            yield Fact(label=reader.wording.gettext("Client"), value=reader.plain(client.name))


def _outcome(outcome: Outcome, state: State, reader: Reader) -> Markup:
    """How it came out, and by how much it was late where the end is known."""
    said = escape(reader.wording.label(outcome))
    if state.ended_at is None or state.window is None or state.ended_at <= state.window.end:
        return said
    length = reader.wording.gettext("{duration} after the promised end")
    return reader.aside(said, reader.say(length, duration=reader.length(state.ended_at - state.window.end)))
