"""``noroshi maintenance``."""

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
from noroshi.cli.writing.planning import agreements, planned_time
from noroshi.records.choices import ComponentLevel, ReportKind
from noroshi.records.content import MatterKind
from noroshi.records.template import TemplateKind


@click.command(
    epilog="""\b
Examples:
  noroshi maintenance "検証 DB の更新" --from "明日 21:00" --until 30m --component staging-db \\
    --component staging-web --reason サポート終了に伴う更新 --rollback スナップショットから戻す \\
    --text "明日 21 時から 30 分、検証 DB を更新します。" --agreed a-sha=制作部
  noroshi maintenance --template staging-db-upgrade --from "2026-12-10 20:00" --yes

\b
Whether the time is free, 'noroshi plan' says before anything is written.
"""
)
@title_argument
@title_option
@click.option("--from", "start", metavar="TIME", help="When the work begins: 2026-06-18 21:00, tomorrow 21:00.")
@click.option("--until", "end", metavar="TIME|LENGTH", help="When it ends, or how long it takes: 21:30, 30m.")
@click.option(
    "--component", "components", metavar="ID[=LEVEL]", multiple=True, help="What is worked on; under_maintenance."
)
@click.option("--reason", metavar="TEXT", multiple=True, help="Why the work is done.")
@click.option("--rollback", metavar="TEXT", multiple=True, help="How it is undone if it fails.")
@click.option("--not-affected", metavar="TEXT", multiple=True, help="Who and what is not affected.")
@text_option
@click.option(
    "--agreed", metavar="CLIENT=ROLE", multiple=True, help="A client whose commitment it meets, and who agreed there."
)
@template_option
@id_option
@writing_options
def maintenance(
    manner: Manner,
    title: str | None,
    titles: tuple[str, ...],
    start: str | None,
    end: str | None,
    components: tuple[str, ...],
    reason: tuple[str, ...],
    rollback: tuple[str, ...],
    not_affected: tuple[str, ...],
    text: tuple[str, ...],
    agreed: tuple[str, ...],
    template: str | None,
    record_id: str | None,
) -> None:
    """Announce planned work: write its file with its notice.

    What is missing is asked for at a terminal. Needed are the title, the time and the text.
    """
    desk = open_desk(manner)
    gathering = begin(desk, TemplateKind.MAINTENANCE, template)
    titled(gathering, title, titles)
    window = planned_time(gathering, start, end)
    gathering.put("window", window)
    if window is None:
        gathering.blanks.append("window")
    default = ComponentLevel.UNDER_MAINTENANCE.value
    gathering.put("components", facts.components(gathering, components, default=default))
    gathering.put("text", gathering.text("text", text, needed=True))
    gathering.put("reason", gathering.text("reason", reason))
    gathering.put("rollback", gathering.text("rollback", rollback))
    gathering.put("not_affected", gathering.text("not_affected", not_affected))
    gathering.put("agreements", agreements(gathering, agreed))
    gathering.put("by", gathering.fact("by", (manner.by,) if manner.by else (), lambda words: words[0], asked=False))
    finish_record(gathering, MatterKind.MAINTENANCE, ReportKind.NOTICE, record_id)
