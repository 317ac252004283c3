"""``noroshi plan``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from noroshi.cli.errors import ACT, FINE, PROBLEMS, ActionNeeded, ProblemsFound, settle
from noroshi.cli.options import Moment, site_option
from noroshi.cli.output import note, note_problems, say, styled
from noroshi.environment import time_now
from noroshi.pipeline.planning import plan as answer_plan
from noroshi.pipeline.reading.content import open_site
from noroshi.pipeline.reading.record import Moments
from noroshi.pipeline.reading.settings import read_settings
from noroshi.records.content import Settings
from noroshi.records.refusal import nearest
from noroshi.snapshot.state import Span
from noroshi.text.fact_times import end_said
from noroshi.text.said_times import Lean, UnsaidError, moment_said
from noroshi.writers.planned import plan_json, plan_lines

_LONGEST = timedelta(days=366)
"""Work that takes longer is no work within a window."""


@click.command(
    epilog="""\b
Examples:
  noroshi plan "明日 20:00" 2h ci
  noroshi plan 2026-12-01T21:00+09:00 2026-12-01T21:30+09:00 staging-db staging-web
  noroshi plan 2026-12-01T21:00 2026-12-01T21:30 db --format json

\b
It ends with 0 where the time is free, with 4 where it is not, and with 1 where some of the content cannot be read.
"""
)
@click.argument("start", metavar="FROM")
@click.argument("end", metavar="UNTIL")
@click.argument("components", metavar="COMPONENT...", nargs=-1, required=True)
@site_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How the answer is printed.",
)
@click.option("--now", type=Moment(), help="What time it is.  [default: SOURCE_DATE_EPOCH, else the clock]")
def plan(start: str, end: str, components: tuple[str, ...], site: Path, form: str, now: datetime | None) -> None:
    """Say whether a time is free for work on COMPONENT, before anything is written or announced.

    It is not free where it meets the time kept clear for a commitment that needs one of these components, directly
    or through others. Then it says whose, why, and when a time of that length is free. Times are said as for
    'noroshi maintenance', and UNTIL may be a length. Other work at the same time is told, and stands in nobody's way.
    """
    folder = open_site(site)
    reading = read_settings(folder)
    settings = reading.settings
    if reading.usable and "components.yaml" not in settings.unread:
        _know(components, settings)
    zone = settings.site.zone
    moment = time_now(now, None)
    begins = _said(lambda: moment_said(start, moment.astimezone(zone), zone, Lean.FUTURE), "FROM")
    ends = _said(lambda: end_said(end, begins, zone), "UNTIL")
    span = Span(start=begins.astimezone(UTC), end=ends.astimezone(UTC))
    if span.end <= span.start:
        raise click.UsageError("UNTIL is not after FROM; write when the work begins, then when it ends")
    if span.end - span.start > _LONGEST:
        raise click.UsageError(f"UNTIL is more than {_LONGEST.days} days after FROM; ask for a shorter time")
    if span.end <= moment:
        raise click.UsageError("UNTIL is past; nothing can be planned then")
    answer = answer_plan(folder, reading, span, components, Moments(now=moment))
    settle(PROBLEMS if answer.problems else FINE if answer.availability.free else ACT)
    note_problems(answer.problems)
    if form == "json":
        click.echo(plan_json(answer.availability, answer.problems, settings, moment), nl=False)
    else:
        for place, line in enumerate(plan_lines(answer.availability, settings)):
            colour = "green" if answer.availability.free else "red"
            say(line if place else styled(line, fg=colour, bold=True))
    if answer.problems:
        note("a promise may be missing above: the content has errors; mend them, or run 'noroshi check'")
        raise ProblemsFound
    if not answer.availability.free:
        raise ActionNeeded


def _said(read: Callable[[], datetime], argument: str) -> datetime:
    try:
        return read()
    except UnsaidError as error:
        raise click.UsageError(f"{argument}: {error}") from None


def _know(components: Sequence[str], settings: Settings) -> None:
    known = list(settings.by_id)
    for name in components:
        if name not in known:
            hint = nearest(name, known) or f"components.yaml has: {', '.join(known) or 'nothing yet'}"
            raise click.UsageError(f"no component has the id {name!r}; {hint}")
