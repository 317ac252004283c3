"""Rules on the times that were promised to clients."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from noroshi.problems import Level
from noroshi.rules.entries.entry import Example, RuleEntry

_RELEASE = (
    "commitments/2026/release.yaml",
    "title: Website release\n"
    "client: a-sha\n"
    "from: 2026-12-02T10:00+09:00\n"
    "until: 2026-12-02T12:00+09:00\n"
    "needs: [web]\n"
    "keep_clear: {before: 24h}\n",
)


def _work(shown: str) -> Example:
    return Example(
        path="maintenance/2026/database-update.yaml",
        shown="components: {db: under_maintenance}\n"
        "window: {from: 2026-12-01T21:00+09:00, until: 2026-12-01T21:30+09:00}\n" + shown,
        around="title: Database update\n{shown}",
        beside=(_RELEASE,),
    )


def _promised(shown: str) -> Example:
    start = _RELEASE[1].partition("needs:")[0]
    return Example(path=_RELEASE[0], shown=start + shown)


_RELEASE_TOMORROW = (_RELEASE[0], _RELEASE[1].replace("2026-12-02", "2026-11-23"))


def _outage(recovery: str) -> Example:
    return Example(
        shown="components: {db: major_outage}\n"
        "reports:\n"
        "  - kind: start\n"
        "    at: 2026-11-22T11:50+09:00\n"
        "    text: The database is down.\n"
        f"    recovery: {recovery}\n",
        around="title: Website down\n{shown}",
    )


SLOTS: Mapping[str, RuleEntry] = {
    "slot-conflict": RuleEntry(
        level=Level.REVIEW,
        description="Planned work stays out of the time that is kept clear for a commitment, on every component that "
        "the commitment needs, directly or through `depends_on`, unless that client agrees (`agreements`) or the work "
        "cannot wait (`emergency`). What counts is the window as last announced and, once there are reports, the real "
        "time: work that runs past its window into a client's time meets it too. An agreement is for the time that was "
        "planned when it was given, so it does not cover work that runs on past it or that a notice moves out of it. "
        "Of work that is over it is a warning, and nothing where only the end was later than agreed. "
        "See [conflicts](conflicts.md).",
        failing=_work(""),
        passing=_work("agreements:\n  - {client: a-sha, by: production, at: 2026-11-20T10:00+09:00}\n"),
    ),
    "slot-threatened": RuleEntry(
        level=Level.WARNING,
        description="An open incident whose expected recovery reaches into the time that is kept clear for a "
        "commitment is told, because its client is owed word of it. While nobody can say when it will be back, it "
        "reaches into all that begins within 24 hours.",
        failing=replace(
            _outage("{unknown: we are looking for the cause, answer_by: 2026-11-22T12:30+09:00}"),
            beside=(_RELEASE_TOMORROW,),
        ),
        passing=replace(_outage("2026-11-22T14:00+09:00"), beside=(_RELEASE,)),
    ),
    "slot-without-needs": RuleEntry(
        level=Level.WARNING,
        description="A commitment names the components that it needs. Without any, planned work never conflicts with "
        "it and no incident threatens it: it protects nothing.",
        failing=_promised(""),
        passing=_promised("needs: [web]\n"),
    ),
}
