"""Rules on names that lead somewhere, on the site's settings, and on the folder that holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from noroshi.rules.entries.entry import Example, RuleEntry, error, file, opening, site

_OTHERS = "- {id: db, name: Database}\n- {id: staging-web, name: Staging server}\n"


def _release(client: str) -> Example:
    return file(
        "commitments/2026/release.yaml",
        f"title: Release\nclient: {client}\nfrom: 2026-06-19T10:00+09:00\nuntil: 2026-06-19T12:00+09:00\n"
        "needs: [web]\n",
    )


NAMED: Mapping[str, RuleEntry] = {
    "unknown-component": error(
        "Every component that a record, a client or another component names stands in `components.yaml`. This holds "
        "for imported records too.",
        opening("components: {wep: major_outage}\n"),
        opening("components: {web: major_outage}\n"),
    ),
    "unknown-client": error(
        "Every client that a record names stands in `clients.yaml`.",
        _release("b-sha"),
        _release("a-sha"),
    ),
    "unknown-record": error(
        "What an incident names as its cause is a maintenance or another incident that is there.",
        opening("caused_by: 2026-06-18-database-update\n"),
        opening("severity: minor\n"),
    ),
    "duplicate-id": error(
        "An id is unique, whatever the case of its letters: of records over all folders and years, of components, "
        "clients and risks each in their file. On Windows and macOS two ids that differ in case only are one folder.",
        file("components.yaml", "- {id: web, name: Website}\n- {id: Web, name: Shop}\n" + _OTHERS),
        file("components.yaml", "- {id: web, name: Website}\n- {id: shop, name: Shop}\n" + _OTHERS),
    ),
    "reserved-id": error(
        "No client's id is `public` or `internal`: `noroshi build --audience` means everybody and your own people by "
        "these words, and one mistaken for the other would show what is not for them.",
        file("clients.yaml", "- {id: internal, name: Internal Ltd}\n"),
        file("clients.yaml", "- {id: internal-ltd, name: Internal Ltd}\n"),
    ),
    "dependency-circle": error(
        "Dependencies lead away and end: no component depends on itself, directly or through others.",
        file(
            "components.yaml",
            "- {id: web, name: Website, depends_on: [shop]}\n- {id: shop, name: Shop, depends_on: [web]}\n" + _OTHERS,
        ),
        file(
            "components.yaml",
            "- {id: web, name: Website, depends_on: [shop]}\n- {id: shop, name: Shop}\n" + _OTHERS,
        ),
    ),
    "policy-order": error(
        "Entries of `policy.yaml` stand in the order of their days, each on a day of its own: a new one comes last, "
        "and what was promised in the past stays.",
        file("policy.yaml", "- from: 2026-10-01\n  major: {first: 15m}\n- from: 2026-04-01\n  major: {first: 30m}\n"),
        file("policy.yaml", "- from: 2026-04-01\n  major: {first: 30m}\n- from: 2026-10-01\n  major: {first: 15m}\n"),
    ),
    "risk-trigger": error(
        "A risk has one trigger, so that a page can say what fired.",
        file(
            "risks.yaml",
            "- id: late\n  when: {report_overdue: 10m, recovery_missed: 15m}\n"
            "  title: Late\n  respond: Telephone\n  owner: pm\n",
        ),
        file(
            "risks.yaml",
            "- id: late\n  when: {report_overdue: 10m}\n  title: Late\n  respond: Telephone\n  owner: pm\n",
        ),
    ),
    "format": error(
        "`site.yaml` names the version of the format, and this program reads version 1.",
        site("format: 2\n"),
        site("format: 1\n"),
    ),
    "timezone": error(
        "The site's zone is a name of the IANA time zone database: abbreviations such as JST name several zones.",
        site("timezone: JST\n"),
        site("timezone: Asia/Tokyo\n"),
    ),
    "holidays": error(
        "`holidays` names a country by its code of two letters (ISO 3166-1), with a region's code behind `-` where the "
        "region has holidays of its own: otherwise promises in business days would pass over them in silence.",
        site("holidays: JPN\n"),
        site("holidays: JP\n"),
    ),
    "tag-authority": error(
        "`id.tag` names the site for ever (RFC 4151): a domain name that is yours on the day of `id.since`, in small "
        "letters, or an address of mail.",
        site("id: {tag: https://status.example.com/, since: 2026-04-01}\n"),
        site("id: {tag: status.example.com, since: 2026-04-01}\n"),
    ),
    "colour": error(
        "`look.accent` is a colour of sRGB as `#rrggbb`, in quotes, for YAML takes a bare `#` for a comment. Any "
        "colour will do: pages show it as light or dark as their readers need.",
        site('look: {accent: "blue"}\n'),
        site('look: {accent: "#1f4e9c"}\n'),
    ),
    "logo": error(
        "`look.logo` is the path of a picture in `content/pages/`. One that is not there fails `check` alone; a build "
        "goes on with the small signal fire in its place.",
        site("look: {logo: https://example.com/logo.svg}\n"),
        replace(site("look: {logo: img/logo.svg}\n"), beside=(("pages/img/logo.svg", "<svg/>\n"),)),
    ),
    "languages": error(
        "The site's languages are those that pages are translated into, each once, the first one at the root: those "
        "that Noroshi speaks, and those of the site's own folder `locale` ([translating](translating.md)). Texts in "
        "records may be in others.",
        site("languages: [ja, tlh]\n"),
        site("languages: [ja, en]\n"),
    ),
    "translation": error(
        "A catalogue of the folder `locale` can be read, and each of its messages keeps the places for values that the "
        "message has: a page that lost `{time}` would promise nothing any more ([translating](translating.md))."
    ),
    "missing-file": error("`content/site.yaml` is there, and is a file."),
    "stray-file": error(
        "`content/` holds `site.yaml` and the lists beside it, the folders of records, `pages` and `calendars`; "
        "records are ordinary files that end in `.yaml`. A file of another name would be overlooked in silence. "
        "Hidden files, what editors leave behind and READMEs are passed over.",
        Example(
            path="incidents/2026/website-down.yml",
            shown="title: Website down\n",
        ),
        opening("severity: minor\n"),
    ),
    "symlink": error(
        "A symbolic link leads to a file within `content/`: one that leads out could put any file of the machine on a "
        "page."
    ),
    "unreadable": error("The user who builds may read every file."),
}
