"""``noroshi incident``."""

from __future__ import annotations

import click

from noroshi.cli.writing import facts
from noroshi.cli.writing.beginning import (
    begin,
    id_option,
    template_option,
    text_option,
    title_argument,
    title_option,
    titled,
)
from noroshi.cli.writing.desk import Manner, open_desk, writing_options
from noroshi.cli.writing.finishing import finish_record
from noroshi.records.choices import Detector, ReportKind, Severity
from noroshi.records.content import MatterKind
from noroshi.records.template import TemplateKind
from noroshi.text.said_times import Lean


@click.command(
    epilog="""\b
Examples:
  noroshi incident                                         asks for all it needs
  noroshi incident 検証サーバーが停止 --component staging-web=major_outage --severity major
  noroshi incident --template mail-delay --started 21:40 --yes --commit --push
  noroshi incident "Shop down" --component shop=major_outage --text "We are looking into it." \\
    --recovery-unknown "Extent under investigation" --answer-by +40m
"""
)
@title_argument
@title_option
@text_option
@click.option("--component", "components", metavar="ID=LEVEL", multiple=True, help="What is affected, and how.")
@click.option("--severity", metavar="LEVEL", help="none, minor, major or critical.  [default: minor]")
@click.option("--started", metavar="TIME", help="When it began: 21:40, -20m.")
@click.option("--detected", metavar="TIME", help="When it was noticed; the first report is promised from then.")
@click.option("--detected-by", metavar="WHO", help="Who noticed first: " + ", ".join(Detector) + ".")
@click.option("--not-affected", metavar="TEXT", multiple=True, help="Who and what is not affected.")
@click.option("--workaround", metavar="TEXT", multiple=True, help="What readers can do meanwhile.")
@click.option("--recovery", metavar="TIME", help="When it will be back: 23:30, 90m.")
@click.option("--recovery-unknown", metavar="WHY", multiple=True, help="Why nobody can say yet when it will be back.")
@click.option("--answer-by", metavar="TIME", help="By when that will be known.")
@click.option("--next", "next_report", metavar="TIME", help="When the next report comes.  [default: by policy.yaml]")
@template_option
@id_option
@writing_options
def incident(
    manner: Manner,
    title: str | None,
    titles: tuple[str, ...],
    text: tuple[str, ...],
    components: tuple[str, ...],
    severity: str | None,
    started: str | None,
    detected: str | None,
    detected_by: str | None,
    not_affected: tuple[str, ...],
    workaround: tuple[str, ...],
    recovery: str | None,
    recovery_unknown: tuple[str, ...],
    answer_by: str | None,
    next_report: str | None,
    template: str | None,
    record_id: str | None,
) -> None:
    """Open an incident: write its file with its start report.

    What is missing is asked for at a terminal, or left out with --yes; only the title and the text are needed. Times
    are those of the site's clocks: 21:40 is the last one, +40m the next.
    """
    desk = open_desk(manner)
    gathering = begin(desk, TemplateKind.INCIDENT, template)
    titled(gathering, title, titles)
    gathering.put("text", gathering.text("text", text, needed=True))
    gathering.put("components", facts.components(gathering, components))
    gathering.put("severity", gathering.choice("severity", severity, Severity, default=Severity.MINOR.value))
    gathering.put("started_at", gathering.moment("started_at", started, Lean.PAST))
    gathering.put("detected", facts.detected(gathering, detected, detected_by))
    gathering.put("not_affected", gathering.text("not_affected", not_affected))
    gathering.put("workaround", gathering.text("workaround", workaround))
    gathering.put("recovery", facts.recovery(gathering, recovery, recovery_unknown, answer_by))
    gathering.put("next_report", gathering.moment("next_report", next_report, Lean.FUTURE))
    gathering.put("by", gathering.fact("by", (manner.by,) if manner.by else (), lambda words: words[0], asked=False))
    finish_record(gathering, MatterKind.INCIDENT, ReportKind.START, record_id)
