"""``noroshi action``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum

import click

from noroshi.cli.writing.beginning import text_option
from noroshi.cli.writing.desk import Desk, Manner, open_desk, writing_options
from noroshi.cli.writing.finishing import finish_report
from noroshi.cli.writing.gathering import Gathering
from noroshi.cli.writing.screen import Screen
from noroshi.cli.writing.standing import standing_record
from noroshi.cli.writing.taking import Unfit, take_day, take_deadline, take_names, take_text
from noroshi.records.choices import ReportKind
from noroshi.snapshot.matter.actions import ActionStanding
from noroshi.text.labels import N_
from noroshi.yamlsource.emit import Emittable

_TODAY = "today"
_UNTOLD = "say what became of it: --done, --effect-checked, --due DAY or --dropped WHY"


class Progress(StrEnum):
    """What may become of an action."""

    DONE = "done"
    EFFECT_CHECKED = "effect_checked"
    DUE = "due"
    DROPPED = "dropped"


_PROGRESS = {
    "done": N_("it was done today"),
    "effect_checked": N_("its effect was found to hold"),
    "due": N_("it gets a new day; the old one stays visible"),
    "dropped": N_("it will not be done after all"),
}


@click.command(
    epilog="""\b
Examples:
  noroshi action staging-down                              asks which, and what became of it
  noroshi action staging-down disk-check --done --evidence "手順書 第 3 版"
  noroshi action staging-down disk-check --done 2026-06-25 --text "手順書を改めました。"
  noroshi action staging-down disk-check --effect-checked --text "一か月、容量不足は起きていません。"
  noroshi action staging-down disk-check --due 7/3 --text "…"
  noroshi action staging-down disk-check --dropped "The staging server is being retired."
"""
)
@click.argument("record_id", metavar="ID")
@click.argument("action_id", metavar="[ACTION]", required=False)
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
    action_id: str | None,
    done: str | None,
    evidence: tuple[str, ...],
    effect_checked: str | None,
    due: str | None,
    dropped: tuple[str, ...],
    text: tuple[str, ...],
) -> None:
    """Tell the progress of a corrective action, in a follow-up report.

    At a terminal the action, and what became of it, are asked for where they are left out.
    """
    desk = open_desk(manner)
    if evidence and done is None:
        raise click.UsageError("--evidence shows that it was done; write --done too")
    told = done is not None or effect_checked is not None or due is not None or bool(dropped)
    if not told and action_id is not None and not desk.asks:
        raise click.UsageError(_UNTOLD)
    standing = standing_record(desk, record_id)
    gathering = Gathering(desk)
    name = _name(gathering, action_id, standing.state.actions)
    if not told and not desk.asks:
        raise click.UsageError(_UNTOLD)
    progress = _progress(desk, done, evidence, effect_checked, due, dropped) if told else _asked(gathering)
    gathering.put("actions", {name: progress})
    gathering.put("text", gathering.text("text", text, needed=True))
    if "done" in progress and not evidence:
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
            with _naming("--" + key.replace("_", "-")):
                progress[key] = desk.at.date().isoformat() if day == _TODAY else take_day(day, desk.at, zone)
    if evidence:
        with _naming("--evidence"):
            progress["evidence"] = take_text(evidence, languages)
    if due is not None:
        with _naming("--due"):
            progress["due"] = take_deadline(due, desk.at, zone)
    if dropped:
        with _naming("--dropped"):
            progress["dropped"] = take_text(dropped, languages)
    return progress


def _name(gathering: Gathering, given: str | None, actions: Sequence[ActionStanding]) -> str:
    """The action that is meant: as told, else asked for among those that the record has."""
    first = gathering.desk.settings.site.languages[0]
    known = {each.id: (each.what.said_in(first, first)[0],) for each in actions}

    def read(words: Sequence[str]) -> str:
        names = take_names(words, known, "action")
        if len(names) != 1:
            raise Unfit(f"name one action; there are: {', '.join(known) or 'none yet'}")
        return names[0]

    def ask(screen: Screen) -> Emittable | None:
        screen.list_choices([(name, called[0]) for name, called in known.items()])
        return gathering.answer("action", read, needed=True)

    if given is None and (gathering.screen is None or not known):
        listed = "".join(f"\n  {name}: {called[0]}" for name, called in known.items())
        raise click.UsageError(f"ACTION is missing; this record has: {listed or 'no action yet'}")
    return str(gathering.fact("action", (given,) if given is not None else (), read, ask=ask))


def _asked(gathering: Gathering) -> dict[str, Emittable]:
    """What became of it, as somebody at a terminal says."""
    desk = gathering.desk
    zone, languages = desk.settings.site.zone, desk.settings.site.languages
    word = gathering.choice("progress", None, Progress, needed=True, labels=_PROGRESS)
    if word == Progress.DUE:
        due = gathering.answer("due", lambda words: take_deadline(words[0], desk.at, zone), needed=True)
        return {"due": due or ""}
    if word == Progress.DROPPED:
        why = gathering.answer("dropped", lambda words: take_text(words, languages), needed=True, lines=True)
        return {"dropped": why or ""}
    return {word or "": desk.at.date().isoformat()}


@contextmanager
def _naming(flag: str) -> Iterator[None]:
    """Say which flag it is that cannot be taken."""
    try:
        yield
    except Unfit as unfit:
        raise click.UsageError(f"{flag}: {unfit}") from None


def _with_evidence(gathering: Gathering, progress: dict[str, Emittable]) -> dict[str, Emittable]:
    said = gathering.text("evidence", ())
    return progress | ({"evidence": said} if said is not None else {})
