"""Rules on what reports tell: their order and kinds, what each may carry, and the times within a record."""

from __future__ import annotations

from collections.abc import Mapping

from noroshi.problems import Level
from noroshi.rules.entries.entry import RuleEntry, error, in_report, later_reports, opening, planned, reports, whole

_START = "  - {kind: start, at: 2026-06-18T21:52+09:00, text: We are looking into it.}\n"
_LATER = "  - {kind: interim, at: 2026-06-18T22:20+09:00, text: We are restoring the backup.}\n"
_BACK = "  - {kind: interim, at: 2026-06-18T23:00+09:00, recovered_at: 2026-06-18T22:50+09:00, text: It is back.}\n"
_DONE = """\
  - kind: completion
    at: 2026-06-19T09:30+09:00
    ended_at: 2026-06-18T23:20+09:00
    text: It is over.
    confirmed_by: Monitoring is back to normal
    cause: {status: confirmed, text: The disk was full}
"""
_ACTION = "{id: disk-check, what: Check the disk first, type: permanent, owner: infra, due: 2026-06-26}"
_FOLLOW_UP = "  - kind: follow_up\n    at: 2026-06-26T17:00+09:00\n    text: Done.\n    actions: "
_WITH_ACTION = f"{_START}{_DONE}    actions:\n      - {_ACTION}\n"

TOLD: Mapping[str, RuleEntry] = {
    "reports-missing": error(
        "An incident has at least one report. Planned work and commitments may wait for their first.",
        whole("title: Website down\nseverity: major\n"),
        whole(f"title: Website down\nseverity: major\nreports:\n{_START}"),
    ),
    "report-text": error(
        "Every report says something in words, unless it was withdrawn.",
        reports("  - {kind: start, at: 2026-06-18T21:52+09:00}\n"),
        reports(_START),
    ),
    "withdrawn-text": error(
        "A withdrawn report keeps its number, kind and time; what had to vanish is gone from the file. (A secret "
        "has to be purged from the git history as well.)",
        in_report("withdrawn: {at: 2026-06-18T22:00+09:00, reason: It held a password}\n"),
        reports(
            "  - kind: start\n    at: 2026-06-18T21:52+09:00\n"
            "    withdrawn: {at: 2026-06-18T22:00+09:00, reason: It held a password}\n"
        ),
    ),
    "report-order": error(
        "Reports stand in the order of their times: the order gives them their numbers, and new ones come last.",
        later_reports("  - {kind: interim, at: 2026-06-18T21:40+09:00, text: It began at 21:30.}\n"),
        later_reports(_LATER),
    ),
    "report-kind": error(
        "An incident has start, interim, completion, correction and follow_up reports; planned work and commitments "
        "have notices as well. There is one start report.",
        later_reports("  - {kind: notice, at: 2026-06-18T22:20+09:00, text: We shall be back soon.}\n"),
        later_reports(_LATER),
    ),
    "report-after-completion": error(
        "After completion only corrections and follow-ups come. If it happens again, that is a new record.",
        reports(f"{_WITH_ACTION}  - {{kind: interim, at: 2026-06-20T09:00+09:00, text: Down again.}}\n"),
        reports(f"{_WITH_ACTION}  - {{kind: follow_up, at: 2026-06-20T09:00+09:00, text: The check is written.}}\n"),
    ),
    "report-field": error(
        "A report carries only what its kind can change: a notice moves or cancels work, a correction names what it "
        "corrects, a completion (or a correction or follow-up of it) tells result, outcome and actions.",
        planned(
            "reports:\n  - kind: start\n    at: 2026-06-18T21:00+09:00\n    text: We have begun.\n    result: done\n"
        ),
        planned(
            "reports:\n  - kind: completion\n    at: 2026-06-18T21:20+09:00\n    text: It is done.\n    result: done\n"
        ),
    ),
    "correction-target": error(
        "A correction says by number which earlier reports it sets right; they stay as they were.",
        later_reports("  - {kind: correction, at: 2026-06-18T22:20+09:00, text: It was the shop.}\n"),
        later_reports("  - {kind: correction, at: 2026-06-18T22:20+09:00, text: It was the shop., corrects: [1]}\n"),
    ),
    "action-duplicate": error(
        "An action is announced once, under an id of its own in the record; what becomes of it is told by that id.",
        reports(f"{_WITH_ACTION}      - {_ACTION}\n"),
        reports(f"{_WITH_ACTION}      - {_ACTION.replace('disk-check', 'disk-alarm')}\n"),
    ),
    "action-unknown": error(
        "Follow-ups tell the progress of actions that an earlier report announced.",
        reports(_WITH_ACTION + _FOLLOW_UP + "{disc-check: {done: 2026-06-25}}\n"),
        reports(_WITH_ACTION + _FOLLOW_UP + "{disk-check: {done: 2026-06-25}}\n"),
    ),
    "action-progress": error(
        "Progress of actions (a mapping by their ids) is told by a follow-up; other reports announce new ones "
        "(a list).",
        reports(_WITH_ACTION + _FOLLOW_UP.replace("follow_up", "correction\n    corrects: [1]") + "{disk-check: {}}\n"),
        reports(_WITH_ACTION + _FOLLOW_UP + "{disk-check: {}}\n"),
    ),
    "action-times": error(
        "What is told of an action has happened, in its order: it is done on a day that has come, and its effect is "
        "checked once it is done.",
        reports(_WITH_ACTION + _FOLLOW_UP + "{disk-check: {effect_checked: 2026-06-25}}\n"),
        reports(_WITH_ACTION + _FOLLOW_UP + "{disk-check: {done: 2026-06-24, effect_checked: 2026-06-25}}\n"),
    ),
    "cause-words": error(
        "A confirmed or suspected cause has a text; a pending one says by when it will be known.",
        in_report("cause: {status: pending}\n"),
        in_report("cause: {status: pending, answer_by: 2026-06-25}\n"),
    ),
    "completion-incomplete": RuleEntry(
        level=Level.REVIEW,
        description="An incident that has a completion report tells when it was over, how that was confirmed, the "
        "cause, and at least one corrective action against the cause (`type: permanent`); a cause that is still sought "
        "(`status: pending`) may leave the actions for later, and where nobody was affected (`severity: none`) the end "
        "is enough. ISO 9001:2015, 10.2.1 asks for it. A build publishes such a report, shows what is missing, and "
        "leaves the incident open until a later report tells it.",
        failing=reports(_START + _DONE),
        passing=reports(_WITH_ACTION),
    ),
    "end-before-start": error(
        "Nothing ends, recovers, or is planned to end before it starts.",
        whole(
            f"title: Website down\nstarted_at: 2026-06-18T21:40+09:00\nreports:\n{_START}"
            "  - {kind: interim, at: 2026-06-18T23:00+09:00, recovered_at: 2026-06-17T22:50+09:00, text: It is back.}\n"
        ),
        whole(
            f"title: Website down\nstarted_at: 2026-06-18T21:40+09:00\nreports:\n{_START}"
            "  - {kind: interim, at: 2026-06-18T23:00+09:00, recovered_at: 2026-06-18T22:50+09:00, text: It is back.}\n"
        ),
    ),
    "completion-before-start": error(
        "A completion report comes after the start, and after the start report.",
        planned(
            "reports:\n  - {kind: completion, at: 2026-06-18T21:20+09:00, text: It is done.}\n"
            "  - kind: start\n    at: 2026-06-18T21:30+09:00\n"
            "    text: We have begun.\n"
        ),
        planned(
            "reports:\n  - {kind: start, at: 2026-06-18T21:00+09:00, text: We have begun.}\n"
            "  - {kind: completion, at: 2026-06-18T21:20+09:00, text: It is done.}\n"
        ),
    ),
    "fact-ahead-of-report": error(
        "A report tells what had happened when it was written; what is still to come is an estimate (`recovery`, "
        "`expected`). It is edited or withdrawn after it was made.",
        in_report("recovered_at: 2026-06-18T22:30+09:00\n"),
        in_report("recovery: 2026-06-18T22:30+09:00\n"),
    ),
    "promise-behind-report": error(
        "What a report promises (the next report, recovery, an expected end) lies ahead of it.",
        in_report("next_report: 2026-06-18T20:30+09:00\n"),
        in_report("next_report: 2026-06-18T22:30+09:00\n"),
    ),
    "estimate-after-recovery": RuleEntry(
        level=Level.WARNING,
        description="An estimate (`recovery`) is for what is down. After a report that it was back, an interim report "
        "says how it is again (`components`), and a correction of that report says that it never was.",
        failing=reports(
            f"{_START}{_BACK}  - {{kind: interim, at: 2026-06-18T23:10+09:00, recovery: 2026-06-18T23:50+09:00, "
            "text: It is not.}\n"
        ),
        passing=reports(
            f"{_START}{_BACK}  - {{kind: correction, at: 2026-06-18T23:10+09:00, corrects: [2], "
            "recovery: 2026-06-18T23:50+09:00, text: It is not.}\n"
        ),
    ),
    "reported-before-start": error(
        "`started_at` is when it began, so no report comes before it. (Noticed before it began is a warning.)",
        opening("started_at: 2026-06-18T22:40+09:00\n"),
        opening("started_at: 2026-06-18T21:40+09:00\n"),
    ),
    "clock-gap": error(
        "A time written with the site's own offset is one that its clocks show, not one in the hour that summer time "
        "skips. Another offset, such as `Z`, says any moment.",
    ),
    "report-ahead": error(
        "A report's time is when it was made, and an agreement's when it was given. Up to 15 minutes ahead of the "
        "clock is a warning, for telephones and build machines differ; further ahead is an error.",
        later_reports("  - {kind: interim, at: 2036-06-18T22:20+09:00, text: We are restoring the backup.}\n"),
        later_reports(_LATER),
    ),
    "severity-contradiction": RuleEntry(
        level=Level.WARNING,
        description="A severity of `none` is for matters that affect nobody; with a component out it is a slip that "
        "would hide an outage.",
        failing=opening("severity: none\ncomponents: {web: major_outage}\n"),
        passing=opening("severity: none\ncomponents: {web: operational}\n"),
    ),
}
