"""How it stands between planned work and the commitments that it meets: in words for all, with links for some."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup, escape

from noroshi.records.content import MatterKind
from noroshi.snapshot.state import Meeting, State
from noroshi.writers.pages.links import Reader
from noroshi.writers.pages.report import Fact


def settlement_facts(state: State, reader: Reader) -> Iterator[Fact]:
    """One fact where planned work meets a commitment. The commitments are named where the audience may know of them."""
    if state.settlement is None:
        return
    words = reader.wording
    said = [escape(words.label(state.settlement))]
    for each in state.meets:
        # Where all stand alike, the first line has said how.
        alike = all(other.settlement is state.settlement for other in state.meets)
        named = _named(each, reader)
        said.append(named if alike else reader.aside(named, escape(words.label(each.settlement))))
    yield Fact(label=words.gettext("Promised times"), value=Markup("<br>").join(said))


def _named(meeting: Meeting, reader: Reader) -> Markup:
    if meeting.has_page:
        return reader.matter(MatterKind.COMMITMENT, meeting.commitment, meeting.title)
    return reader.plain(meeting.title)
