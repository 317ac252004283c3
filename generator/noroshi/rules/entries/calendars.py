"""Rules on the calendars that site.yaml names."""

from __future__ import annotations

from collections.abc import Mapping

from noroshi.problems import Level
from noroshi.rules.entries.entry import RuleEntry, error, site

CALENDARS: Mapping[str, RuleEntry] = {
    "calendar-path": error(
        "What `calendars` names is a file that ends in `.ics`, or a folder of such files, in `content/calendars/`. A "
        "path that leads out of the content stops a build; a file that is not there fails `check` alone.",
        site("calendars: [../release-slots.ics]\n"),
        site("calendars: [calendars/release-slots.ics]\n"),
    ),
    "calendar-file": RuleEntry(
        level=Level.REVIEW,
        description="A calendar file is whole: what stands between `BEGIN:VCALENDAR` and `END:VCALENDAR` (RFC 5545), "
        "with no more events than can be read. What is read of one that is not whole counts all the same.",
    ),
    "calendar-event": RuleEntry(
        level=Level.REVIEW,
        description="Every event of a calendar can be read: it has a beginning, does not end before it, lies in a "
        "known time zone, and repeats by a rule that calendars offer. One that cannot be read does not count; the "
        "others of its file do.",
    ),
}
