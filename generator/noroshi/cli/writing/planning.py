"""Facts of what is planned: its time, the clients concerned, and what is kept clear for them."""

from __future__ import annotations

from collections.abc import Sequence

import click

from noroshi.cli.writing.gathering import Gathering
from noroshi.cli.writing.screen import Screen
from noroshi.cli.writing.taking import Unfit, take_end, take_moment, take_names
from noroshi.records.refusal import half_width
from noroshi.text.said_times import Lean, spelled
from noroshi.yamlsource.emit import Emittable


def planned_time(gathering: Gathering, start: str | None, end: str | None) -> dict[str, Emittable] | None:
    """From when until when; a length, or the template's, stands for the end. None where only an editor will tell."""
    desk = gathering.desk
    zone = desk.settings.site.zone

    def read_start(words: Sequence[str]) -> str:
        return spelled(take_moment(words[0], desk.at, zone, Lean.FUTURE))

    begins = gathering.fact("from", (start,) if start else (), read_start, needed=True)
    if not isinstance(begins, str):
        gathering.blanks.append("until")
        return None
    moment = take_moment(begins, desk.at, zone, Lean.FUTURE)

    def read_end(words: Sequence[str]) -> str:
        return spelled(take_end(words[0], moment, zone))

    length = gathering.begun("length")
    given = (end,) if end else (length,) if isinstance(length, str) else ()
    ends = gathering.fact("until", given, read_end, needed=True)
    return {"from": begins, "until": ends} if isinstance(ends, str) else {"from": begins, "until": ""}


def client_promised(gathering: Gathering, given: str | None) -> Emittable | None:
    """To whom it is promised."""
    first = gathering.desk.settings.site.languages[0]
    known = {client.id: client.name.said_in(first, first)[0] for client in gathering.desk.settings.clients}

    def read(words: Sequence[str]) -> str:
        return take_names(words, list(known), "client")[0]

    def ask(screen: Screen) -> Emittable | None:
        if not known:
            raise click.UsageError("--client: content/clients.yaml names no client yet; write one there first")
        screen.list_choices(list(known.items()))
        return gathering.answer("client", read, needed=True)

    return gathering.fact("client", (given,) if given else (), read, needed=True, ask=ask)


def needed_components(gathering: Gathering, given: Sequence[str]) -> Emittable | None:
    """The components that a commitment needs."""
    first = gathering.desk.settings.site.languages[0]
    known = {each.id: each.name.said_in(first, first)[0] for each in gathering.desk.settings.components}

    def read(words: Sequence[str]) -> Emittable:
        return list(take_names(words, list(known), "component"))

    def ask(screen: Screen) -> Emittable | None:
        if not known:
            return None
        screen.list_choices(list(known.items()))
        return gathering.answer("needs", read)

    return gathering.fact("needs", given, read, ask=ask)


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
    known = [client.id for client in gathering.desk.settings.clients]

    def read(words: Sequence[str]) -> Emittable:
        found: list[Emittable] = []
        for each in words:
            client, _, role = each.partition("=")
            if not role.strip():
                raise Unfit(f"{each!r} does not say who agreed; write CLIENT=ROLE, such as a-sha=制作部")
            name = take_names((client,), known, "client")[0]
            found.append({"client": name, "by": role.strip(), "at": gathering.desk.spelled_at})
        return found

    return gathering.fact("agreements", given, read, asked=False)
