"""The metrics of a site, as one file."""

from __future__ import annotations

from collections.abc import Iterator

from noroshi.endpoints import METRICS
from noroshi.pipeline.printing.look import title_marker
from noroshi.pipeline.printing.materials import Materials
from noroshi.pipeline.printing.plan import Plan
from noroshi.writers.metrics import metrics_text


def plan_metrics(materials: Materials) -> Iterator[Plan]:
    """The one file of metrics."""
    snapshot = materials.snapshot
    site, first = snapshot.settings.site, snapshot.settings.site.languages[0]

    def make() -> bytes:
        marked = title_marker(snapshot.settings, materials.audience, first)
        return metrics_text(snapshot, materials.figures, marked(site.name.said_in(first, first)[0]))

    # It tells the time of the build, by which one sees that builds go on, and so is made every time.
    yield Plan(file=METRICS, key=None, make=make)
