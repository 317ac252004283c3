"""The small page for other sites' frames as files, one for each language."""

from __future__ import annotations

from collections.abc import Iterator

from noroshi.endpoints import EMBED
from noroshi.pipeline.printing.look import notice_of, title_marker
from noroshi.pipeline.printing.materials import Materials
from noroshi.pipeline.printing.plan import Plan
from noroshi.writers.embed import embed_view, render_embed, shown


def plan_embed(materials: Materials) -> Iterator[Plan]:
    """The small page in every language."""
    snapshot, press = materials.snapshot, materials.press
    for language in snapshot.settings.site.languages:

        def make(language: str = language) -> bytes:
            reader = press.reader(language, EMBED)
            marked = title_marker(snapshot.settings, materials.audience, language)
            entries = materials.entries_of(state.id for state in shown(snapshot))
            notice = notice_of(snapshot.settings, materials.audience, language)
            view = embed_view(snapshot, entries, reader, marked, notice)
            return render_embed(view, reader, press.templates).encode()

        # It tells the time of the build, as the home page does, and so is made every time.
        yield Plan(file=press.file(language, EMBED), key=None, make=make)
