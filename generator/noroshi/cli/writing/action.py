"""``noroshi action``."""

from __future__ import annotations

import click

from noroshi.cli.writing.beginning import text_option
from noroshi.cli.writing.desk import Desk, Manner, open_desk, writing_options
from noroshi.cli.writing.finishing import finish_report
from noroshi.cli.writing.gathering import Gathering
from noroshi.cli.writing.standing import standing_record
from noroshi.cli.writing.taking import Unfit, take_day, take_deadline, take_names, take_text
from noroshi.records.choices import ReportKind
from noroshi.yamlsource.emit import Emittable

_TODAY = "today"


@click.command(
    epilog="""\b
Examples:
  noroshi action staging-down disk-check --done --evidence "手順書 第 3 版"
  noroshi action staging-down disk-check --done 2026-06-25 --text "手順書を改めました。"
  noroshi action staging-down disk-check --effect-checked --text "一か月、容量不足は起きていません。"
  noroshi action staging-down disk-check --due 7/3 --text "…"
  noroshi action staging-down disk-check --dropped "The staging server is being retired."
"""
)
@click.argument("record_id", metavar="ID")
@click.argument("action_id", metavar="ACTION")
@click.option("--done", metavar="[DAY]", is_flag=False, flag_value=_TODAY, help="It was done: today, or on DAY.")
@click.option("--evidence", metavar="TEXT", multiple=True, help="Where that can be seen.")
@click.option(
    "--effect-checked", metavar="[DAY]", is_flag=False, flag_value=_TODAY, help="Its effect was found to hold."
)
@click.option("--due", metavar="DAY", help="A new due day; the old one stays visible.")
@click.option("--dropped", metavar="WHY", multiple=True, help="It will not be done after all.")
@text_option
@writing_options
def action(
    manner: Manner,
    record_id: str,
    action_id: str,
    done: str | None,
    evidence: tuple[str, ...],
    effect_checked: str | None,
    due: str | None,
    dropped: tuple[str, ...],
    text: tuple[str, ...],
) -> None:
    """Tell the progress of a corrective action, in a follow-up report."""
    if done is None and effect_checked is None and due is None and not dropped:
        raise click.UsageError("say what became of it: --done, --effect-checked, --due DAY or --dropped WHY")
    if evidence and done is None:
        raise click.UsageError("--evidence shows that it was done; write --done too")
    desk = open_desk(manner)
    standing = standing_record(desk, record_id)
    known = {each.id: each for each in standing.state.actions}
    try:
        name = take_names((action_id,), list(known), "action")[0]
        progress = _progress(desk, done, evidence, effect_checked, due, dropped)
    except Unfit as unfit:
        raise click.UsageError(str(unfit)) from None
    gathering = Gathering(desk)
    gathering.put("text", gathering.text("text", text, needed=True))
    if done is not None and not evidence:
        progress = _with_evidence(gathering, progress)
    gathering.put("actions", {name: progress})
    gathering.put("by", gathering.fact("by", (manner.by,) if manner.by else (), lambda words: words[0], asked=False))
    finish_report(gathering, standing, ReportKind.FOLLOW_UP)


def _progress(
    desk: Desk,
    done: str | None,
    evidence: tuple[str, ...],
    effect_checked: str | None,
    due: str | None,
    dropped: tuple[str, ...],
) -> dict[str, Emittable]:
    zone, languages = desk.settings.site.zone, desk.settings.site.languages
    progress: dict[str, Emittable] = {}
    for key, day in (("done", done), ("effect_checked", effect_checked)):
        if day is not None:
            progress[key] = desk.at.date().isoformat() if day == _TODAY else take_day(day, desk.at, zone)
    if evidence:
        progress["evidence"] = take_text(evidence, languages)
    if due is not None:
        progress["due"] = take_deadline(due, desk.at, zone)
    if dropped:
        progress["dropped"] = take_text(dropped, languages)
    return progress


def _with_evidence(gathering: Gathering, progress: dict[str, Emittable]) -> dict[str, Emittable]:
    said = gathering.text("evidence", ())
    return progress | ({"evidence": said} if said is not None else {})
