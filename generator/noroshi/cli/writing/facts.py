"""Facts that several questions make together: components with their levels, the recovery, the cause, the actions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import click

from noroshi.cli.writing.gathering import Gathering
from noroshi.cli.writing.questions import QUESTIONS
from noroshi.cli.writing.screen import Screen
from noroshi.cli.writing.taking import (
    Unfit,
    take_action,
    take_choice,
    take_deadline,
    take_id,
    take_names,
    take_text,
)
from noroshi.records.choices import ActionType, CauseStatus, ComponentLevel, Detector
from noroshi.records.refusal import half_width, shown
from noroshi.text.said_times import Lean
from noroshi.yamlsource.emit import Emittable

_UNKNOWN = ("?", "不明", "未定", "unknown", "tbd")
"""How people say at the prompt that nobody can tell the time of recovery."""


def components(
    gathering: Gathering, given: Sequence[str], *, default: str = "", needed: bool = False, asked: bool = True
) -> dict[str, Emittable]:
    """How components are: ``ID=LEVEL``.

    :param default: the level of one that is named alone; empty where it has to be said
    """
    known = gathering.desk.components
    labels = {level.value: gathering.desk.wording.label(level) for level in ComponentLevel}

    def read(words: Sequence[str]) -> Emittable:
        found: dict[str, Emittable] = {}
        for each in words:
            named, equals, level = each.partition("=")
            for name in take_names((named,), known, "component"):
                if not equals and not default:
                    raise Unfit(f"{each!r} says no level; write {name}=LEVEL, with one of: {', '.join(labels)}")
                found[name] = take_choice(level, ComponentLevel, labels) if equals else default
        return found

    def ask(screen: Screen) -> Emittable | None:
        if not known:
            return None
        screen.list_choices([(name, called[0]) for name, called in known.items()])

        def read_answer(words: Sequence[str]) -> Emittable:
            found: dict[str, Emittable] = {}
            for named, level in _levelled(words[0]):
                names = take_names((named,), known, "component")
                found |= dict.fromkeys(names, default)
                if level and not names:
                    raise Unfit(f"{shown(words[0])} says a level and no component; write ID=LEVEL")
                if level:
                    found[names[-1]] = take_choice(level, ComponentLevel, labels)
            return found

        answer = gathering.answer("components", read_answer, needed=needed)
        if not isinstance(answer, dict):
            return None
        for name, level in answer.items():
            if level == "":
                word = gathering.choice("level", None, ComponentLevel, needed=True, called=known[name][0])
                answer[name] = word or ""
        return answer

    found = gathering.fact("components", given, read, needed=needed, asked=asked, ask=ask)
    return dict(found) if isinstance(found, dict) else {}


def _levelled(words: str) -> Iterator[tuple[str, str]]:
    """Components as they are named, and the level behind the last of them; none behind the very last."""
    named: list[str] = []
    for each in re.sub("[、，]", ",", half_width(words).replace(",", " , ")).split():
        before, equals, level = each.partition("=")
        named += [before] if before else []
        if equals:
            yield " ".join(named), level
            named = []
    yield " ".join(named), ""


def recovery(
    gathering: Gathering, given: str | None, unknown: Sequence[str], answer_by: str | None, *, asked: bool = True
) -> Emittable | None:
    """When it will be back; or why nobody can say, and by when that will be known."""
    if given is not None and (unknown or answer_by):
        raise click.UsageError("--recovery says when it will be back; leave out --recovery-unknown and --answer-by")
    if given is not None and half_width(given).lower() in _UNKNOWN:
        raise click.UsageError(
            f"--recovery: {shown(given)} is no time; while nobody can say, --recovery-unknown WHY --answer-by TIME"
        )
    if answer_by is not None and not unknown:
        raise click.UsageError("--recovery-unknown is missing: why can nobody say yet?")
    if unknown:
        return _unknown(gathering, unknown, answer_by)
    if given is not None or gathering.screen is None or not asked:
        return gathering.moment("recovery", given, Lean.FUTURE, asked=False)
    desk = gathering.desk
    say = desk.wording.gettext
    question = QUESTIONS["recovery"]
    while True:
        said = gathering.screen.ask(say(question.asks), hint=say(question.hint))
        gathering.desk.manner.answers.typed |= bool(said)
        if half_width(said).lower() in _UNKNOWN:
            return _unknown(gathering, (), None)
        if not said:
            gathering.blanks.append("recovery")
            return None
        try:
            return gathering.moment("recovery", said, Lean.FUTURE)
        except click.UsageError as error:
            gathering.screen.refuse(error.message.removeprefix(f"{question.flag}: "))


def _unknown(gathering: Gathering, why: Sequence[str], answer_by: str | None) -> Emittable:
    reason = gathering.text("recovery.unknown", why, needed=True)
    until = gathering.moment("recovery.answer_by", answer_by, Lean.FUTURE, needed=True)
    return {"unknown": reason or "", "answer_by": until or ""}


def detected(gathering: Gathering, at: str | None, by: str | None) -> Emittable | None:
    """Who noticed first, and when."""
    if at is not None and by is None and gathering.screen is None:
        raise click.UsageError(f"--detected-by is missing: {', '.join(Detector)}")
    who = gathering.choice("detected", by, Detector, needed=at is not None)
    if who is None:
        gathering.blanks.append("detected")
        return None
    when = gathering.moment("detected.at", at, Lean.PAST)
    return {"at": when, "by": who} if when is not None else {"by": who}


def cause(
    gathering: Gathering, given: Sequence[str], status: str | None, by: str | None, *, needed: bool = False
) -> Emittable | None:
    """Why it happened: confirmed or suspected with its words, or pending with the day on which it will be known."""
    if given and by is not None:
        raise click.UsageError(
            "--cause tells what it was; leave --cause-by out, or leave --cause out while it is sought"
        )
    if given or by is not None or status is not None:
        word = gathering.choice("cause.status", status or ("pending" if by is not None else "confirmed"), CauseStatus)
        if word == CauseStatus.PENDING:
            return {"status": word, "answer_by": gathering.deadline("cause.answer_by", by, needed=True) or ""}
        return {"status": word or "", "text": gathering.text("cause", given, needed=True) or ""}
    if gathering.screen is None:
        if needed and not gathering.desk.manner.edit:
            raise click.UsageError("--cause is missing: what was the cause? Or --cause-by, when it will be known")
        gathering.blanks.append("cause")
        return None
    word = gathering.choice("cause.status", None, CauseStatus, needed=needed)
    if word is None:
        gathering.blanks.append("cause")
        return None
    if word == CauseStatus.PENDING:
        return {"status": word, "answer_by": gathering.deadline("cause.answer_by", None, needed=True) or ""}
    return {"status": word, "text": gathering.text("cause", (), needed=True) or ""}


def actions(
    gathering: Gathering, given: Sequence[str], *, needed: bool = False, asked: bool = True
) -> Emittable | None:
    """Corrective actions, each with who does it and by when."""
    desk = gathering.desk
    zone, languages = desk.settings.site.zone, desk.settings.site.languages

    def read(words: Sequence[str]) -> Emittable:
        return [take_action(each, desk.at, zone) for each in words]

    def ask(screen: Screen) -> Emittable | None:
        found: list[Emittable] = []
        while True:
            gathering.put("actions", list(found))  # whoever breaks off keeps those that are told
            what = gathering.answer(
                "action.what", lambda words: take_text(words, languages), needed=needed and not found, lines=True
            )
            if what is None:
                return found
            name = gathering.answer("action.id", lambda words: take_id(words[0]), needed=True)
            kind = gathering.choice("action.type", None, ActionType, default=ActionType.PERMANENT.value)
            owner = gathering.answer("action.owner", lambda words: words[0], needed=True)
            action: dict[str, Emittable] = {"id": name or "", "what": what, "type": kind or "", "owner": owner or ""}
            due = gathering.answer("action.due", lambda words: take_deadline(words[0], desk.at, zone), needed=True)
            action["due"] = due or ""
            check = gathering.answer("action.check_effect_by", lambda words: take_deadline(words[0], desk.at, zone))
            found.append(action | ({"check_effect_by": check} if check is not None else {}))

    return gathering.fact("actions", given, read, needed=needed, asked=asked, ask=ask)
