"""Rules on what was published. They compare with what was there before, which no example of a file can show."""

from __future__ import annotations

from collections.abc import Mapping

from noroshi.rules.entries.entry import RuleEntry, error

PUBLISHED: Mapping[str, RuleEntry] = {
    "log-changed": error(
        "What was published says for ever what it said: reports, the facts with which a record was opened, and entries "
        "of policy whose day has begun. Line ends, white space, comments, quotes and the order of keys may change, "
        "words and times may not. Nor may a text be added in a place that had none: only translations may. What was "
        "wrong is set right by a report of kind `correction`; a slip of the pen is mended in place with a newer "
        "`edited` mark, where nothing but words may differ. See [the published log](log.md)."
    ),
    "log-redated": error(
        "A published report keeps the time at which it was made; another offset for the same moment is fine. A time "
        "that was wrong is set right by a correction."
    ),
    "log-reordered": error(
        "A published report keeps its number, which its address and every feed carry. What comes late is added at the "
        "end, with the time at which it was said."
    ),
    "log-moved": error(
        "A record keeps its id, which is its file's name, and what it says stays in it. The folder of the year may "
        "change."
    ),
    "log-deleted": error(
        "What was published is not taken away. A report that must not be read, such as a leaked secret, is marked "
        "`withdrawn` and keeps its number, kind and time; a commitment that readers were shown stays visible to them."
    ),
    "log-restored": error("What was withdrawn stays withdrawn; what holds is said in a new report."),
}
