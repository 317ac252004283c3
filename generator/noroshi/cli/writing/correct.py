"""``noroshi correct``."""

from __future__ import annotations

import click

from noroshi.cli.output import note
from noroshi.cli.writing import facts
from noroshi.cli.writing.beginning import text_option
from noroshi.cli.writing.desk import Manner, open_desk, writing_options
from noroshi.cli.writing.finishing import finish_report
from noroshi.cli.writing.gathering import Gathering
from noroshi.cli.writing.standing import Standing, standing_record
from noroshi.cli.writing.taking import take_numbers
from noroshi.records.choices import CauseStatus, Outcome, ReportKind, Severity, WorkResult
from noroshi.records.matters import Incident
from noroshi.snapshot.matter.recovery import back_at
from noroshi.text.said_times import Lean


@click.command(
    epilog="""\b
Examples:
  noroshi correct staging-down 2,4 --text "「欠損なし」としましたが、検証データ 12 件が失われていました。" \\
    --lasting-effects "検証データ 12 件は 10:40 に復元済み"
  noroshi correct staging-down 3 --text "It was back at 23:25, not at 23:20." --recovered 23:25
  noroshi correct staging-down 3 --text "It is not back." --component staging-web=major_outage --recovery 01:30
"""
)
@click.argument("record_id", metavar="ID")
@click.argument("numbers", metavar="N[,N]")
@text_option
@click.option("--started", metavar="TIME", help="When it really began.")
@click.option("--recovered", metavar="TIME", help="When it really was back.")
@click.option("--ended", metavar="TIME", help="When it really was over.")
@click.option("--recovery", metavar="TIME", help="When it will be back, where a report said wrongly that it was.")
@click.option("--severity", metavar="LEVEL", help="How bad it really is.")
@click.option("--component", "components", metavar="ID=LEVEL", multiple=True, help="How a component really is.")
@click.option("--not-affected", metavar="TEXT", multiple=True, help="Who and what really is not affected.")
@click.option("--confirmed-by", metavar="TEXT", multiple=True, help="How the end really was confirmed.")
@click.option("--lasting-effects", metavar="TEXT", multiple=True, help="What really remains after the end.")
@click.option("--cause", metavar="TEXT", multiple=True, help="What the cause really was.")
@click.option("--cause-status", metavar="WORD", help=", ".join(CauseStatus) + ".  [default: confirmed]")
@click.option("--undetected-because", metavar="TEXT", multiple=True, help="Why nobody really noticed earlier.")
@click.option("--result", metavar="WORD", help="How the work really came out.")
@click.option("--outcome", metavar="WORD", help="What really became of the commitment.")
@writing_options
def correct(
    manner: Manner,
    record_id: str,
    numbers: str,
    text: tuple[str, ...],
    started: str | None,
    recovered: str | None,
    ended: str | None,
    recovery: str | None,
    severity: str | None,
    components: tuple[str, ...],
    not_affected: tuple[str, ...],
    confirmed_by: tuple[str, ...],
    lasting_effects: tuple[str, ...],
    cause: tuple[str, ...],
    cause_status: str | None,
    undetected_because: tuple[str, ...],
    result: str | None,
    outcome: str | None,
) -> None:
    """Set reports right: N are their numbers, as the page shows them.

    What was published stays as it was; the correction says what was wrong, and carries the facts that it changes. One
    that says how it is, or when it will be back, takes back that it was.
    """
    desk = open_desk(manner)
    standing = standing_record(desk, record_id)
    gathering = Gathering(desk)
    count = len(standing.entry.record.reports)
    gathering.put("corrects", gathering.fact("corrects", (numbers,), lambda words: list(take_numbers(words, count))))
    gathering.put("text", gathering.text("text", text, needed=True))
    times = {"started_at": started, "recovered_at": recovered, "ended_at": ended}
    for key, moment in times.items():
        gathering.put(key, gathering.moment(key, moment, Lean.PAST, asked=False))
    gathering.put("recovery", gathering.moment("recovery", recovery, Lean.FUTURE, asked=False))
    gathering.put("severity", gathering.choice("severity", severity, Severity, asked=False))
    told_back = _told_back(standing, gathering.data.get("corrects"))
    asked = bool(told_back) and not {"recovered_at", "ended_at", "recovery"} & gathering.data.keys()
    gathering.put("components", facts.components(gathering, components, asked=asked))
    if asked and "components" not in gathering.data:
        note(f"report {told_back[0]} said that it was back, and that holds: if it was not, say how it is (--component)")
    texts = {"not_affected": not_affected, "confirmed_by": confirmed_by, "lasting_effects": lasting_effects}
    for key, words in (texts | {"undetected_because": undetected_because}).items():
        gathering.put(key, gathering.text(key, words, asked=False))
    if cause or cause_status:
        gathering.put("cause", facts.cause(gathering, cause, cause_status, None))
    gathering.put("result", gathering.choice("result", result, WorkResult, asked=False))
    gathering.put("outcome", gathering.choice("outcome", outcome, Outcome, asked=False))
    gathering.put("by", gathering.fact("by", (manner.by,) if manner.by else (), lambda words: words[0], asked=False))
    finish_report(gathering, standing, ReportKind.CORRECTION)


def _told_back(standing: Standing, corrects: object) -> tuple[int, ...]:
    """The numbers of the reports, of those to correct, that told that an incident was back."""
    record = standing.entry.record
    if not isinstance(record, Incident) or not isinstance(corrects, list):
        return ()
    numbers = [int(str(number)) for number in corrects]
    return tuple(number for number in numbers if back_at(record.reports[number - 1]) is not None)
