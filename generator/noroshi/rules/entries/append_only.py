"""Rules on what stood in a revision and does not stand now. No single file can show them."""

from __future__ import annotations

from collections.abc import Mapping

from noroshi.problems import Level
from noroshi.rules.entries.entry import RuleEntry, error

APPEND_ONLY: Mapping[str, RuleEntry] = {
    "rewritten-report": error(
        "A published report stands as it was said. What was wrong is set right by a report of kind `correction` under "
        "the next number; a slip that changes no meaning is mended in place with `edited`, where texts may differ and "
        "facts may not; what must vanish becomes `withdrawn` and keeps its kind and time. White space, line ends, "
        "quotes, comments, the order of keys and the spelling of a time are not looked at, and translations may be "
        "added. This rule and those that follow are asked by [`noroshi check --since`](append-only.md), and of the "
        "[published log](log.md) by `check --log` and every build that goes on from one."
    ),
    "report-redated": error(
        "A published report keeps the time at which it was said. The same moment with another offset is the same time."
    ),
    "removed-report": error(
        "A published report stays. One that must vanish becomes `withdrawn`, with its number, time and kind kept."
    ),
    "report-renumbered": error(
        "A published report keeps its number: its address, feeds and corrections carry it. New reports are added at "
        "the end, also one that a merge brings in late: set its `at` to the time at which it is published."
    ),
    "removed-record": error("A published record's file stays. Its folder may change, and its title."),
    "record-renamed": error(
        "A published record keeps its id, which is its file's name, and its kind: addresses and feeds are made of them."
    ),
    "rewritten-opening": error(
        "The facts with which a record was opened stand as published; what changes later changes because a report "
        "carries it. Agreements may be added, an emergency where there was none, translations, and the title may be "
        "another one."
    ),
    "rewritten-policy": error(
        "An entry of `policy.yaml` stands once its day has begun, for promises were made by it. What holds from now on "
        "is a new entry."
    ),
    "policy-backdated": error("A new entry of `policy.yaml` begins today or later, and mends no broken promise."),
    "moved-promise": error(
        "What was promised says the same for ever. Promises are counted in the site's zone, past its holidays and "
        "quiet hours, and by each client's own terms: a change of these settings must move none that was made before. "
        "New terms for a client are an entry with a `from` of their own. Only `check --since` asks this."
    ),
    "edited-meaning": RuleEntry(
        level=Level.WARNING,
        description="A report is marked as `edited`, and its new text has another number or time in it, or shares less "
        "than half of its words with the former one. That is seldom a slip of the pen: a correction would be honest.",
    ),
}
