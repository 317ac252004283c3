"""``noroshi commitment``."""

from __future__ import annotations

import click

from noroshi.cli.writing.beginning import begin, id_option, template_option, title_argument, title_option, titled
from noroshi.cli.writing.desk import Manner, open_desk, writing_options
from noroshi.cli.writing.finishing import finish_record
from noroshi.cli.writing.planning import client_promised, kept_clear, needed_components, planned_time
from noroshi.cli.writing.questions import READERS
from noroshi.records.choices import Visibility
from noroshi.records.content import MatterKind
from noroshi.records.template import TemplateKind


@click.command(
    epilog="""\b
Examples:
  noroshi commitment サイト公開 --client a-sha --from "2026-06-19 10:00" --until 12:00 \\
    --needs staging-web --keep-clear 24h,2h
"""
)
@title_argument
@title_option
@click.option("--client", metavar="ID", help="To whom it is promised: an id of clients.yaml.")
@click.option("--from", "start", metavar="TIME", help="When it begins: 2026-06-19 10:00, tomorrow 10:00.")
@click.option("--until", "end", metavar="TIME|LENGTH", help="When it ends, or how long it takes: 12:00, 2h.")
@click.option("--needs", metavar="ID", multiple=True, help="A component that it needs; again for more.")
@click.option("--keep-clear", metavar="BEFORE,AFTER", help="How long before and after it they are left alone: 24h,2h.")
@click.option("--visibility", metavar="WHO", help="public, client or internal.  [default: client]")
@template_option
@id_option
@writing_options
def commitment(
    manner: Manner,
    title: str | None,
    titles: tuple[str, ...],
    client: str | None,
    start: str | None,
    end: str | None,
    needs: tuple[str, ...],
    keep_clear: str | None,
    visibility: str | None,
    template: str | None,
    record_id: str | None,
) -> None:
    """Write down a slot or a release that is promised to a client.

    What is missing is asked for at a terminal. Needed are the title, the client and the time.
    """
    desk = open_desk(manner)
    gathering = begin(desk, TemplateKind.COMMITMENT, template)
    titled(gathering, title, titles)
    gathering.put("client", client_promised(gathering, client))
    time = planned_time(gathering, start, end)
    if time is not None:
        gathering.data |= time
    gathering.put("needs", needed_components(gathering, needs))
    gathering.put("keep_clear", kept_clear(gathering, keep_clear))
    default = Visibility.CLIENT.value
    gathering.put("visibility", gathering.choice("visibility", visibility, Visibility, default=default, labels=READERS))
    finish_record(gathering, MatterKind.COMMITMENT, None, record_id)
