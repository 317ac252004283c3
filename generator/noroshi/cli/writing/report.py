"""``noroshi report``."""

from __future__ import annotations

import click

from noroshi.cli.writing import facts
from noroshi.cli.writing.beginning import text_option
from noroshi.cli.writing.desk import Manner, open_desk, writing_options
from noroshi.cli.writing.finishing import finish_report
from noroshi.cli.writing.gathering import Gathering
from noroshi.cli.writing.planning import planned_time
from noroshi.cli.writing.standing import standing_record
from noroshi.records.choices import ReportKind, Severity
from noroshi.records.content import MatterKind
from noroshi.records.refusal import half_width
from noroshi.text.said_times import Lean

_KINDS = tuple(kind.value for kind in ReportKind if kind not in (ReportKind.COMPLETION, ReportKind.CORRECTION))


@click.command(
    epilog="""\b
Examples:
  noroshi report staging-down --text "復元を始めました。" --recovery 23:30 --next 30m
  noroshi report --text "It is back." --recovered 23:20        where one matter alone is open
  noroshi report db-upgrade start --text 作業を開始しました。
  noroshi report db-upgrade notice --text "明後日に移します。" --window "6/20 21:00" "6/20 21:30"
  noroshi report staging-down --edit

\b
Completion reports are written by 'noroshi complete', corrections by 'noroshi correct'.
"""
)
@click.argument("words", metavar="[ID] [KIND]", nargs=-1)
@text_option
@click.option("--recovery", metavar="TIME", help="When it will be back: 23:30, 90m.")
@click.option("--recovery-unknown", metavar="WHY", multiple=True, help="Why nobody can say yet when it will be back.")
@click.option("--answer-by", metavar="TIME", help="By when that will be known.")
@click.option("--recovered", metavar="TIME", help="When it was back: interim promises end.")
@click.option("--next", "next_report", metavar="TIME", help="When the next report comes: 22:50, 30m.")
@click.option("--expected", metavar="TIME", help="When planned work or a commitment will be over.")
@click.option("--component", "components", metavar="ID=LEVEL", multiple=True, help="How a component is now.")
@click.option("--severity", metavar="LEVEL", help="A new severity.")
@click.option("--started", metavar="TIME", help="When it really began.")
@click.option("--not-affected", metavar="TEXT", multiple=True, help="Who and what is not affected.")
@click.option("--workaround", metavar="TEXT", multiple=True, help="What readers can do meanwhile.")
@click.option("--window", metavar="FROM UNTIL", nargs=2, help="On a notice: moves the planned time.")
@click.option("--cancel", is_flag=True, help="On a notice: calls the work off.")
@click.option("--cause", metavar="TEXT", multiple=True, help="The cause, once it is known.")
@click.option("--cause-status", metavar="WORD", help="confirmed or suspected.  [default: confirmed]")
@click.option("--action", "actions", metavar="ACTION", multiple=True, help="A new action; see 'noroshi complete'.")
@writing_options
def report(
    manner: Manner,
    words: tuple[str, ...],
    text: tuple[str, ...],
    recovery: str | None,
    recovery_unknown: tuple[str, ...],
    answer_by: str | None,
    recovered: str | None,
    next_report: str | None,
    expected: str | None,
    components: tuple[str, ...],
    severity: str | None,
    started: str | None,
    not_affected: tuple[str, ...],
    workaround: tuple[str, ...],
    window: tuple[str, str] | None,
    cancel: bool,
    cause: tuple[str, ...],
    cause_status: str | None,
    actions: tuple[str, ...],
) -> None:
    """Add a report to a record.

    ID is a record's id or a part of it, and may be left out where one matter alone is open. KIND is notice, start,
    interim or follow_up; without it that is written which comes next. When the next report is due, policy.yaml says,
    unless --next does.
    """
    wanted, named = _parted(words)
    desk = open_desk(manner)
    standing = standing_record(desk, wanted)
    kind = ReportKind(named) if named is not None else ReportKind.NOTICE if window or cancel else standing.next_kind
    incident, commitment = standing.kind is MatterKind.INCIDENT, standing.kind is MatterKind.COMMITMENT
    going = kind in (ReportKind.START, ReportKind.INTERIM)
    gathering = Gathering(desk)
    gathering.put("text", gathering.text("text", text, needed=True))
    if window:
        gathering.put("window", planned_time(gathering, *window))
    if cancel:
        gathering.put("cancelled", "true")
    gathering.put("started_at", gathering.moment("started_at", started, Lean.PAST, asked=False))
    over = standing.state.recovered_at is not None or standing.state.ended_at is not None
    asks = incident and going and not over
    gathering.put("recovered_at", gathering.moment("recovered_at", recovered, Lean.PAST, asked=asks))
    gathering.put("severity", gathering.choice("severity", severity, Severity, asked=False))
    gathering.put("components", facts.components(gathering, components, asked=False))
    asks = asks and "recovered_at" not in gathering.data
    gathering.put("recovery", facts.recovery(gathering, recovery, recovery_unknown, answer_by, asked=asks))
    asked = going and not incident and standing.state.ended_at is None
    gathering.put("expected", gathering.moment("expected", expected, Lean.FUTURE, asked=asked))
    asked = asks or (going and commitment)
    gathering.put("next_report", gathering.moment("next_report", next_report, Lean.FUTURE, asked=asked))
    gathering.put("not_affected", gathering.text("not_affected", not_affected, asked=False))
    gathering.put("workaround", gathering.text("workaround", workaround, asked=False))
    if cause or cause_status:
        gathering.put("cause", facts.cause(gathering, cause, cause_status, None))
    gathering.put("actions", facts.actions(gathering, actions, asked=False))
    gathering.put("by", gathering.fact("by", (manner.by,) if manner.by else (), lambda said: said[0], asked=False))
    finish_report(gathering, standing, kind)


def _parted(words: tuple[str, ...]) -> tuple[str | None, str | None]:
    """The id and the kind among the arguments."""
    kinds = [word for word in words if half_width(word).replace("-", "_") in _KINDS]
    others = [word for word in words if word not in kinds]
    for word in others:
        if word in (ReportKind.COMPLETION, ReportKind.CORRECTION):
            command = "complete" if word == ReportKind.COMPLETION else "correct"
            raise click.UsageError(f"a {word} report is written by 'noroshi {command}'")
    if len(kinds) > 1 or len(others) > 1:
        raise click.UsageError(f"write ID, or KIND, or both; KIND is one of: {', '.join(_KINDS)}")
    return (others[0] if others else None), (half_width(kinds[0]).replace("-", "_") if kinds else None)
