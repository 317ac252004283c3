"""Telling planned work from an outage. cState has one kind of entry, so only its words tell.

The rule, in this order, over the title without its host names, addresses and code:

1. Trouble words in the title (outage, down, error, …): an outage, unless the first report announces.
2. Otherwise planned words in the title (maintenance, upgrade, migration, …): planned, unless the first report
   investigates.
3. Neither: planned if the first report announces.

A report *announces* with a future (will be down, we'll upgrade, is planned); it *investigates* in so many words.
"""

from __future__ import annotations

import re

_NOT_WORDS = re.compile(r"`[^`]*`|https?://\S+|\S*\w\.\w\S*|\bupdate (?:centers?|centres?|sites?)\b", re.IGNORECASE)

TROUBLE = re.compile(
    r"\b(?:outages?|down|unavailable|unreachable|offline|issues?|problems?|errors?|incidents?|fail(?:s|ed|ure|ures|ing)?"
    r"|broken|expired|exceeded|disruptions?|disconnected|slow(?:ness)?|flaky|high response|not|blocked|overload(?:ed)?"
    r"|certificate issue|timeouts?)\b",
    re.IGNORECASE,
)
"""Words of a title that tell of trouble."""

PLANNED = re.compile(
    r"\b(?:maintenances?|maint|upgrad(?:e|es|ed|ing)|downgrad(?:e|es|ed|ing)|updat(?:e|es|ing)|migrat(?:e|es|ed|ion|ions|ing)"
    r"|brownouts?|restart(?:s|ing)?|reset|reindex|planned|scheduled|operations?|preparation|deployment|removal|convert"
    r"|enforced?|replacement|new)\b",
    re.IGNORECASE,
)
"""Words of a title that tell of planned work."""

_DONE_TO = (
    "down|offline|unavailable|put|performed|done|made|upgraded|updated|migrated|restarted|stopped|moved|replaced"
    "|rebooted|switched|disrupted"
)
_DOES = "do|perform|proceed|migrate|upgrade|update|switch|change|activate|restart|need to shut down"
ANNOUNCES = re.compile(
    rf"\bwill (?:\w+ )?(?:be (?:\w+ )?(?:{_DONE_TO})|perform|proceed|start|migrate|upgrade|update|switch|install)\b"
    rf"|\b(?:we|i)(?:'|’)ll (?:{_DOES})\b"
    r"|\b(?:is|are) (?:planned|scheduled)\b|\bgoing to (?:update|upgrade|migrate|increase|perform|restart)\b"
    r"|\bmaintenance window\b|\bcurrently being migrated\b|\bstarting the operation\b",
    re.IGNORECASE,
)
"""Words of a first report that announce."""

INVESTIGATES = re.compile(
    r"\binvestigat(?:e|es|ed|ing|ions?)\b|\bdid not complete\b|\bcurrently down\b"
    r"|\bwe(?: are|(?:'|’)re) working on it\b",
    re.IGNORECASE,
)
"""Words of a first report that tell of something nobody planned."""


def is_planned_work(title: str, first_report: str) -> bool:
    """Whether an entry tells of planned work; see the module's text for the rule.

    :param first_report: the visible text of the oldest report
    """
    words = _NOT_WORDS.sub(" ", title)
    announces = bool(ANNOUNCES.search(first_report)) and not INVESTIGATES.search(first_report)
    if TROUBLE.search(words):
        return announces
    if PLANNED.search(words):
        return not INVESTIGATES.search(first_report)
    return announces
