"""Facts of what is planned: its time, the clients concerned, and what is kept clear for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from noroshi.cli.output import note
from noroshi.cli.writing.gathering import Gathering
from noroshi.cli.writing.questions import QUESTIONS
from noroshi.cli.writing.screen import Screen
from noroshi.cli.writing.taking import Unfit, take_end, take_moment, take_names
from noroshi.records.refusal import half_width, shown
from noroshi.text.said_slips import FAR_OFF, is_clock, taken_for
from noroshi.text.said_times import Lean, spelled
from noroshi.yamlsource.emit import Emittable


def planned_time(gathering: Gathering, start: str | None, end: str | None) -> dict[str, Emittable] | None:
    """From when until when; a length, or the template's, stands for the end. None where only an editor will tell."""
    desk = gathering.desk
    zone = desk.settings.site.zone

    def read_start(words: Sequence[str]) -> str:
        return gathering.time("from", words[0], desk.at, Lean.FUTURE)

    begins = gathering.fact("from", (start,) if start else (), read_start, needed=True)
    if not isinstance(begins, str):
        gathering.blanks.append("until")
        return None
    moment = take_moment(begins, desk.at, zone, Lean.FUTURE)

    def read_end(words: Sequence[str]) -> str:
        until = take_end(words[0], moment, zone)
        if is_clock(words[0]) and until - moment > FAR_OFF:
            note(f"{QUESTIONS['until'].flag}: {taken_for(words[0], until)}")
        return spelled(until)

    length = gathering.begun("length")
    given = (end,) if end else (length,) if isinstance(length, str) else ()
    ends = gathering.fact("until", given, read_end, needed=True)
    return {"from": begins, "until": ends} if isinstance(ends, str) else {"from": begins, "until": ""}


def client_promised(gathering: Gathering, given: str | None) -> Emittable | None:
    """To whom it is promised."""
    known = gathering.desk.clients

    def read(words: Sequence[str]) -> str:
        return _one(words, known, "client")

    def ask(screen: Screen) -> Emittable | None:
        if not known:
            raise click.UsageError("--client: content/clients.yaml names no client yet; write one there first")
        screen.list_choices([(name, called[0]) for name, called in known.items()])
        return gathering.answer("client", read, needed=True)

    return gathering.fact("client", (given,) if given else (), read, needed=True, ask=ask)


def needed_components(gathering: Gathering, given: Sequence[str]) -> Emittable | None:
    """The components that a commitment needs."""
    known = gathering.desk.components

    def read(words: Sequence[str]) -> Emittable:
        return list(take_names(words, known, "component"))

    def ask(screen: Screen) -> Emittable | None:
        if not known:
            return None
        screen.list_choices([(name, called[0]) for name, called in known.items()])
        return gathering.answer("needs", read)

    return gathering.fact("needs", given, read, ask=ask)


def _one(words: Sequence[str], known: Mapping[str, Sequence[str]], what: str) -> str:
    names = take_names(words, known, what)
    if len(names) != 1:
        raise Unfit(f"{shown(' '.join(words))} names {len(names)} of them; name one {what}")
    return names[0]


def kept_clear(gathering: Gathering, given: str | None) -> Emittable | None:
    """How long before and after it the components are left alone."""

    def read(words: Sequence[str]) -> Emittable:
        parts = [half_width(each) for each in words[0].replace("、", ",").split(",")]
        if len(parts) != 2 or not all(parts):
            raise Unfit(f"{words[0]!r} is no pair of durations; write BEFORE,AFTER such as 24h,2h")
        return {"before": parts[0], "after": parts[1]}

    return gathering.fact("keep_clear", (given,) if given else (), read)


def agreements(gathering: Gathering, given: Sequence[str]) -> Emittable | None:
    """The clients who agreed until now, each with the role that did."""
    known = gathering.desk.clients

    def read(words: Sequence[str]) -> Emittable:
        found: list[Emittable] = []
        for each in words:
            client, _, role = each.partition("=")
            if not role.strip():
                raise Unfit(f"{each!r} does not say who agreed; write CLIENT=ROLE, such as a-sha=制作部")
            name = _one((client,), known, "client")
            found.append({"client": name, "by": role.strip(), "at": gathering.desk.spelled_at})
        return found

    return gathering.fact("agreements", given, read, asked=False)
