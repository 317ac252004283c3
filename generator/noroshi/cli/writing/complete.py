"""``noroshi complete``."""

from __future__ import annotations

import click

from noroshi.cli.writing import facts
from noroshi.cli.writing.beginning import text_option
from noroshi.cli.writing.desk import Manner, open_desk, writing_options
from noroshi.cli.writing.finishing import finish_report
from noroshi.cli.writing.gathering import Gathering
from noroshi.cli.writing.standing import Standing, standing_record
from noroshi.records.choices import CauseStatus, Outcome, ReportKind, WorkResult
from noroshi.records.content import MatterKind
from noroshi.records.matters import Incident
from noroshi.snapshot.matter.completion import Piece, account_of
from noroshi.text.said_times import Lean, spelled


@click.command(
    epilog="""\b
Examples:
  noroshi complete staging-down                            asks for what completion has to tell
  noroshi complete staging-down --text "復旧を確認し、対応を完了しました。" \\
    --confirmed-by "監視の正常化と、公開手順を一通り実行して確認" --lasting-effects なし \\
    --cause "移行中にディスクが溢れた" --undetected-because "警告が検証環境で無効だった" \\
    --action "disk-check=更新手順の最初に容量の確認を入れる; owner=infra; due=6/26; check=7/31"
  noroshi complete staging-down --text "…" --confirmed-by "…" --cause-by 2026-06-25
  noroshi complete db-upgrade --ended 23:20 --result rolled_back --text 切り戻して作業を終えました。
  noroshi complete release --ended 12:25 --outcome late --text 公開しました。

\b
An action is ID=WHAT; owner=ROLE; due=DAY, and where that is so ; check=DAY for the check of its effect,
and ; type=interim for one that relieves the symptom only.
"""
)
@click.argument("record_id", metavar="[ID]", required=False)
@text_option
@click.option("--ended", metavar="TIME", help="When it was over.  [default: when it was back]")
@click.option("--confirmed-by", metavar="TEXT", multiple=True, help="How it was confirmed that it is over.")
@click.option("--lasting-effects", metavar="TEXT", multiple=True, help="What remains after the end.")
@click.option("--cause", metavar="TEXT", multiple=True, help="What the cause was.")
@click.option("--cause-status", metavar="WORD", help=", ".join(CauseStatus) + ".  [default: confirmed]")
@click.option("--cause-by", metavar="DAY", help="By when the cause will be known, while it is still sought.")
@click.option("--undetected-because", metavar="TEXT", multiple=True, help="Why nobody noticed earlier.")
@click.option("--action", "actions", metavar="ACTION", multiple=True, help="A corrective action; again for more.")
@click.option("--result", metavar="WORD", help="Of work: " + ", ".join(WorkResult) + ".")
@click.option("--outcome", metavar="WORD", help="Of a commitment: " + ", ".join(Outcome) + ".")
@writing_options
def complete(
    manner: Manner,
    record_id: str | None,
    text: tuple[str, ...],
    ended: str | None,
    confirmed_by: tuple[str, ...],
    lasting_effects: tuple[str, ...],
    cause: tuple[str, ...],
    cause_status: str | None,
    cause_by: str | None,
    undetected_because: tuple[str, ...],
    actions: tuple[str, ...],
    result: str | None,
    outcome: str | None,
) -> None:
    """Add the completion report, with all that completion has to tell.

    Of an incident these are the end, how it was confirmed, the cause and a permanent action against it, as far as no
    earlier report told them; a cause that is still sought says by when it will be known. Of work the end and the
    result, of a commitment the end and the outcome.
    """
    desk = open_desk(manner)
    standing = standing_record(desk, record_id)
    gathering = Gathering(desk)
    gathering.put("text", gathering.text("text", text, needed=True))
    told = {"--ended": ended, "--result": result, "--outcome": outcome, "--cause": cause, "--action": actions}
    told |= {"--confirmed-by": confirmed_by, "--undetected-because": undetected_because, "--cause-by": cause_by}
    _refuse_foreign({flag for flag, value in told.items() if value}, standing.kind)
    _end(gathering, standing, ended)
    if standing.kind is MatterKind.INCIDENT:
        lacking = _lacking(standing)
        gathering.put(
            "confirmed_by", gathering.text("confirmed_by", confirmed_by, needed=Piece.CONFIRMATION in lacking)
        )
        gathering.put("lasting_effects", gathering.text("lasting_effects", lasting_effects))
        known = facts.cause(gathering, cause, cause_status, cause_by, needed=Piece.CAUSE in lacking)
        gathering.put("cause", known)
        pending = isinstance(known, dict) and known.get("status") == CauseStatus.PENDING
        gathering.put("undetected_because", gathering.text("undetected_because", undetected_because))
        missing = Piece.PERMANENT_ACTION in lacking and not pending
        gathering.put("actions", facts.actions(gathering, actions, needed=missing))
    else:
        gathering.put("lasting_effects", gathering.text("lasting_effects", lasting_effects, asked=False))
    if standing.kind is MatterKind.MAINTENANCE:
        gathering.put("result", gathering.choice("result", result, WorkResult, needed=True))
    if standing.kind is MatterKind.COMMITMENT:
        gathering.put("outcome", gathering.choice("outcome", outcome, Outcome, needed=True))
    gathering.put("by", gathering.fact("by", (manner.by,) if manner.by else (), lambda words: words[0], asked=False))
    finish_report(gathering, standing, ReportKind.COMPLETION)


_OWN = {
    MatterKind.INCIDENT: {"--ended", "--confirmed-by", "--cause", "--cause-by", "--undetected-because", "--action"},
    MatterKind.MAINTENANCE: {"--ended", "--result"},
    MatterKind.COMMITMENT: {"--ended", "--outcome"},
}


def _refuse_foreign(given: set[str], kind: MatterKind) -> None:
    """What belongs to another kind of matter is a slip, and is not written."""
    for flag in sorted(given - _OWN[kind]):
        raise click.UsageError(f"{flag} does not belong to {kind}; it has: {', '.join(sorted(_OWN[kind]))}")


def _end(gathering: Gathering, standing: Standing, ended: str | None) -> None:
    """When it was over: as told, else when it was back."""
    known = standing.state.ended_at or standing.state.recovered_at
    back = spelled(known.astimezone(gathering.desk.settings.site.zone)) if known is not None else None
    if ended is None and back is not None:
        gathering.put("ended_at", back)
        return
    gathering.put("ended_at", gathering.moment("ended_at", ended, Lean.PAST, needed=True))


def _lacking(standing: Standing) -> set[Piece]:
    """What no earlier report has told of all that completion asks for."""
    record = standing.entry.record
    if not isinstance(record, Incident) or standing.state.severity == "none":
        return set()
    reports = record.reports
    account = account_of(record.severity, reports)
    lacking: set[Piece] = {piece for piece in account.lacking if piece in (Piece.CONFIRMATION, Piece.CAUSE)}
    permanent = any(
        action.type == "permanent"
        for report in reports
        if report.withdrawn is None and isinstance(report.actions, tuple)
        for action in report.actions
    )
    return lacking if permanent else lacking | {Piece.PERMANENT_ACTION}
