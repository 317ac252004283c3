"""Rules on single keys and values: what is there, and how it is spelled."""

from __future__ import annotations

from collections.abc import Mapping

from noroshi.rules.entries.entry import RuleEntry, error, file, in_report, later_reports, opening, reports, site

_CORRECTION = "  - kind: correction\n    at: 2026-06-18T22:00+09:00\n    text: The shop was down too.\n"

VALUES: Mapping[str, RuleEntry] = {
    "unknown-key": error(
        "Every key is one that this format knows, so that a slip of the pen cannot lose a fact. The nearest key is "
        "proposed. Between braces a comma ends a text: what follows it then looks like a key, and the text needs "
        "quotes.",
        opening("severty: major\n"),
        opening("severity: major\n"),
    ),
    "missing-key": error(
        "The keys that a record cannot do without are there. Planned work needs a window, unless it was imported.",
        reports("  - kind: start\n    text: We are looking into it.\n"),
        reports("  - kind: start\n    at: 2026-06-18T21:52+09:00\n    text: We are looking into it.\n"),
    ),
    "wrong-type": error(
        "A list stands where a list is needed, keys and values where keys and values are needed, one value elsewhere.",
        reports("  kind: start\n  at: 2026-06-18T21:52+09:00\n  text: We are looking into it.\n"),
        reports("  - kind: start\n    at: 2026-06-18T21:52+09:00\n    text: We are looking into it.\n"),
    ),
    "empty-value": error(
        "A key that stands there says something; what is unknown is left out.",
        in_report("workaround:\n"),
        in_report("workaround: Use the shop's telephone\n"),
    ),
    "choice": error(
        "Where a key has a fixed set of words, one of them stands there, in small letters. `true` and `false` are "
        "written so, and not `yes`.",
        opening("severity: Major\n"),
        opening("severity: major\n"),
    ),
    "id": error(
        "An id becomes a folder and a part of addresses: ASCII letters, digits and `-` between them, at most 100 "
        "characters, and none of the names that Windows keeps for devices (`con`, `nul`, `com1`). A record's id is "
        "its file's name without `.yaml`.",
        file("components.yaml", "- {id: web server, name: Website}\n- {id: db, name: Database}\n"),
        file("components.yaml", "- {id: web, name: Website}\n- {id: db, name: Database}\n"),
    ),
    "language": error(
        "Texts by language have language codes for keys (BCP 47: `ja`, `en`, `pt-BR`), not countries' codes.",
        in_report("workaround: {jp: 電話をご利用ください, en: Please telephone}\n"),
        in_report("workaround: {ja: 電話をご利用ください, en: Please telephone}\n"),
    ),
    "time": error(
        "Times are written as RFC 3339 has them, seconds optional: `2026-06-18T21:40+09:00`. Where another spelling "
        "can be understood, the message says how to write it.",
        in_report("next_report: 2026/6/18 22:30\n"),
        in_report("next_report: 2026-06-18T22:30+09:00\n"),
    ),
    "time-offset": error(
        "A time says its offset from UTC, for readers and writers sit in several zones. The site's own is proposed.",
        in_report("next_report: 2026-06-18T22:30\n"),
        in_report("next_report: 2026-06-18T13:30Z\n"),
    ),
    "impossible-date": error(
        "Days and times exist: no 30 February, no 24:00 (that is 00:00 of the next day).",
        in_report("next_report: 2026-06-31T22:30+09:00\n"),
        in_report("next_report: 2026-06-30T22:30+09:00\n"),
    ),
    "date": error(
        "Days are written year-month-day: `2026-06-26`.",
        site("id: {tag: status.example.com, since: 2026/4/1}\n"),
        site("id: {tag: status.example.com, since: 2026-04-01}\n"),
    ),
    "time-of-day": error(
        'Times of day are written `"08:00"`, with two digits for the hour.',
        site('quiet_hours: {from: "23:00", until: "8:00"}\n'),
        site('quiet_hours: {from: "23:00", until: "08:00"}\n'),
    ),
    "duration": error(
        "Durations are a whole number and `m` (minutes), `h` (hours) or `bd` (business days), without a space, and at "
        "most `99999m`, `87840h` or `3660bd`.",
        file("policy.yaml", "- from: 2026-04-01\n  major: {first: 30 minutes}\n"),
        file("policy.yaml", "- from: 2026-04-01\n  major: {first: 30m}\n"),
    ),
    "number": error(
        "The numbers of reports are whole numbers from 1, in half-width digits.",
        later_reports(_CORRECTION + "    corrects: [first]\n"),
        later_reports(_CORRECTION + "    corrects: [1]\n"),
    ),
    "address": error(
        "Addresses are whole and begin with `https://` or `http://`; a contact may also be a `mailto:` address. "
        "Nothing else becomes a link.",
        site("url: status.example.com\n"),
        site("url: https://status.example.com/\n"),
    ),
    "repository-path": error(
        "The branch and the folder of `repository` are names that git and an address can hold.",
        site("repository: {url: https://git.example.com/status, folder: ../status}\n"),
        site("repository: {url: https://git.example.com/status, folder: docs/status}\n"),
    ),
}
