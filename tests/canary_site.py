"""A site whose every field holds a word of its own, so that a test can tell who got to read it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NOW = "2026-06-21T12:00+09:00"
PUBLIC, INTERNAL = "public", "internal"
A, B = "qzclientidofa", "qzclientidofb"
"""The ids of the two clients, which are canaries themselves."""


@dataclass(frozen=True, kw_only=True)
class Canary:
    """A word that stands in one field, and for whom it is."""

    token: str
    field: str
    """``Model.field``."""
    to: str
    """``public``, a client's id or ``internal``."""
    shown: bool
    """Whether the pages of those who may read it have to hold it."""

    def may_be_in(self, audience: str) -> bool:
        """Whether a site for this audience may hold it."""
        return self.to in (PUBLIC, audience) or audience == INTERNAL


@dataclass(kw_only=True)
class Canaries:
    """All words that were put somewhere."""

    by_token: dict[str, Canary] = field(default_factory=dict)

    def __call__(self, where: str, to: str, *, shown: bool = True) -> str:
        """A new word for the field ``where``: ASCII letters and digits, so that no escaping changes it."""
        stem = re.sub("[^a-z]", "", where.lower())
        token = f"qz{stem}{len(self.by_token)}for{to.removeprefix('qzclientidof')}zq"
        return self.keep(token, where, to, shown=shown)

    def keep(self, token: str, where: str, to: str, *, shown: bool = True) -> str:
        """Count a word that was made elsewhere, a time for example."""
        assert token not in self.by_token
        self.by_token[token] = Canary(token=token, field=where, to=to, shown=shown)
        return token

    def hidden_from(self, audience: str) -> Iterable[Canary]:
        """What must not stand anywhere in this audience's site."""
        return [canary for canary in self.by_token.values() if not canary.may_be_in(audience)]

    def owed_to(self, audience: str) -> Iterable[Canary]:
        """What this audience's site has to hold."""
        return [canary for canary in self.by_token.values() if canary.may_be_in(audience) and canary.shown]


def at(day: int, time: str) -> str:
    """A time in June 2026."""
    return f"2026-06-{day:02}T{time}+09:00"


class CanarySite:
    """The site's data, and the words in it."""

    def __init__(self) -> None:
        self.words = Canaries()
        self._part = ""
        self.files: dict[str, Any] = {
            "site.yaml": self._site(),
            "components.yaml": [self._component()],
            "clients.yaml": [self._client(A, "7m"), self._client(B, "9m")],
            "policy.yaml": [{"from": "2026-04-01", "major": {"first": "30m"}, "maintenance": {"notice": "48h"}}],
            "risks.yaml": [self._risk()],
        }
        self.words.keep(A, "Client.id", A)
        self.words.keep(B, "Client.id", B)
        # The first report is due 7 and 9 minutes after the start, by the clients' own terms alone.
        self.words.keep("2026-06-18T12:47:00Z", "ClientPolicy.major", A)
        self.words.keep("2026-06-18T12:49:00Z", "ClientPolicy.major", B)
        self._add_calendar()
        self._matter("incidents", "outage", self._incident())
        self._matter("incidents", "foreign", self._imported())
        self._matter("maintenance", "work", self._maintenance())
        # Planned work that meets two slots of which none but the house knows, and one of which everybody knows.
        self._matter("maintenance", "ahead", self._ahead("2026-07-06", "03:00", "04:00"))
        self._matter("maintenance", "later", self._ahead("2026-07-15", "20:00", "21:00"))
        self._matter("commitments", "release-a", self._commitment(A, "client", "2026-06-18", A))
        self._matter("commitments", "release-b", self._commitment(B, "client", "2026-06-18", B))
        self._matter("commitments", "hidden-a", self._commitment(A, "internal", "2026-07-05", INTERNAL))
        self._matter("commitments", "known-a", self._commitment(A, "public", "2026-07-15", PUBLIC))
        # A slot's times are as secret as the slot: each ends at a time that no other has.
        self.words.keep("2026-06-18T19:31:00Z", "Commitment.until", A)
        self.words.keep("2026-06-18T19:33:00Z", "Commitment.until", B)
        self.words.keep("2026-07-05T19:31:00Z", "Commitment.until", INTERNAL)

    def write(self, root: Path) -> Path:
        """Write the site into a folder and return it. JSON is YAML."""
        for name, data in self.files.items():
            place = root / "content" / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(data if isinstance(data, str) else json.dumps(data, ensure_ascii=False), encoding="utf-8")
        (root / "content/pages").mkdir()
        (root / "content/pages/about.md").write_text("# About\n", encoding="utf-8")
        (root / "mkdocs.yml").write_text(
            "site_name: x\ndocs_dir: content/pages\ntheme: {name: material, font: false}\nplugins: [noroshi]\n",
            encoding="utf-8",
        )
        return root

    def _matter(self, kind: str, stem: str, data: dict[str, Any]) -> None:
        folder = self.words(f"{kind}.path", INTERNAL)
        self.files[f"{kind}/{folder}/{self._id(kind, stem, data)}.yaml"] = data

    def _id(self, kind: str, stem: str, data: dict[str, Any]) -> str:
        to = {"client": data.get("client"), "internal": INTERNAL}.get(data.get("visibility", PUBLIC), PUBLIC)
        return f"{stem}-{self.words(f'{kind}.id', str(to))}"

    def _text(self, where: str, to: str = PUBLIC, *, shown: bool = True) -> dict[str, str]:
        return {code: self.words(where, to, shown=shown) for code in ("ja", "en")}

    def _site(self) -> dict[str, Any]:
        w = self.words
        return {
            "format": "1",
            "id": {"tag": w("Identity.tag", PUBLIC) + ".example.com", "since": "2026-04-01"},
            "name": self._text("Site.name"),
            "description": self._text("Site.description"),
            "url": f"https://{w('Site.url', PUBLIC)}.example.com/",
            "timezone": "Asia/Tokyo",
            "languages": ["ja", "en"],
            "holidays": "JP",
            "contacts": {
                "public": f"https://{w('Contacts.public', PUBLIC)}.example.com/",
                "security": f"mailto:{w('Contacts.security', PUBLIC, shown=False)}@example.com",
            },
            "look": {"footer": self._text("Look.footer")},
            "repository": {
                "url": f"https://{w('Repository.url', INTERNAL)}.example.com/",
                "forge": "github",
                "branch": w("Repository.branch", INTERNAL),
                "folder": w("Repository.folder", INTERNAL),
            },
        }

    def _add_calendar(self) -> None:
        """An exported calendar. Its event falls on planned work, whose page tells the house what it is called."""

        def hidden(name: str) -> str:
            return self.words(f"Calendar.{name}", INTERNAL, shown=name == "SUMMARY")

        self.words.keep("2026-07-05T18:07:00Z", "Calendar.DTSTART", INTERNAL, shown=False)
        file = f"calendars/{hidden('file')}/{hidden('file')}.ics"
        self.files["site.yaml"]["calendars"] = [
            {"file": file, "client": A, "needs": [self._part], "keep_clear": {"before": "1h"}}
        ]
        self.files[file] = "\r\n".join(
            [
                "BEGIN:VCALENDAR",
                "VERSION:2.0",
                f"PRODID:{hidden('PRODID')}",
                f"X-WR-CALNAME:{hidden('X-WR-CALNAME')}",
                "BEGIN:VEVENT",
                f"UID:{hidden('UID')}",
                "DTSTAMP:20260601T000000Z",
                "DTSTART:20260705T180700Z",
                "DTEND:20260705T200000Z",
                *(f"{name}:{hidden(name)}" for name in ("SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES", "COMMENT")),
                f"ORGANIZER;CN={hidden('ORGANIZER')}:mailto:{hidden('ORGANIZER')}@example.com",
                "END:VEVENT",
                "END:VCALENDAR",
                "",
            ]
        )

    def _component(self) -> dict[str, Any]:
        self._part = self.words("Component.id", PUBLIC)
        return {
            "id": self._part,
            "name": self._text("Component.name"),
            "description": self._text("Component.description"),
            "group": self._text("Component.group"),
            "environment": self._text("Component.environment"),
            "owner": self.words("Component.owner", PUBLIC, shown=False),
        }

    def _client(self, client: str, first: str) -> dict[str, Any]:
        return {
            "id": client,
            "name": self._text("Client.name", client),
            "manager": self.words("Client.manager", client),
            "components": [self._part],
            "policy": {"major": {"first": first}},
        }

    def _risk(self) -> dict[str, Any]:
        return {
            "id": self.words("Risk.id", INTERNAL),
            "when": {"detected_by_client": "true"},
            "title": self._text("Risk.title", INTERNAL),
            "respond": self._text("Risk.respond", INTERNAL),
            "owner": self.words("Risk.owner", INTERNAL),
        }

    def _spoken(self, kind: str, day: int, time: str, to: str = PUBLIC) -> dict[str, Any]:
        return {
            "kind": kind,
            "at": at(day, time),
            "by": self.words("Report.by", to),
            "text": self._text("Report.text", to),
        }

    def _incident(self) -> dict[str, Any]:
        text, action = self._text, self.words("Action.id", PUBLIC, shown=False)
        return {
            "title": text("Incident.title"),
            "severity": "major",
            "components": {self._part: "major_outage"},
            "started_at": at(18, "21:40"),
            "detected": {"by": "client"},
            "not_affected": text("Incident.not_affected", shown=False),
            "reports": [
                self._spoken("start", 18, "22:00")
                | {
                    "workaround": text("IncidentReport.workaround"),
                    "recovery": {"unknown": text("UnknownRecovery.unknown"), "answer_by": at(18, "22:30")},
                    "edited": {"at": at(18, "22:01"), "note": text("Edited.note")},
                },
                {
                    "kind": "interim",
                    "at": at(18, "22:10"),
                    "withdrawn": {"at": at(18, "22:11"), "reason": text("Withdrawn.reason")},
                },
                self._spoken("completion", 19, "09:00")
                | {
                    "recovered_at": at(18, "23:00"),
                    "not_affected": text("Report.not_affected"),
                    "confirmed_by": text("Report.confirmed_by"),
                    "lasting_effects": text("Report.lasting_effects"),
                    "undetected_because": text("IncidentReport.undetected_because"),
                    "cause": {"status": "confirmed", "text": text("Cause.text")},
                    "actions": [
                        {
                            "id": action,
                            "what": text("Action.what"),
                            "type": "permanent",
                            "owner": self.words("Action.owner", PUBLIC),
                            "due": "2026-06-30",
                        }
                    ],
                },
                self._spoken("follow_up", 20, "09:00")
                | {
                    "actions": {
                        action: {
                            "done": "2026-06-20",
                            "evidence": text("Progress.evidence"),
                        }
                    }
                },
                self._spoken("follow_up", 21, "09:00")
                | {"actions": {action: {"dropped": text("Progress.dropped", shown=False)}}},
            ],
        }

    def _imported(self) -> dict[str, Any]:
        return {
            "title": self._text("Incident.title"),
            "imported": {
                "from": self.words("Imported.from_", PUBLIC),
                "source": f"{self.words('Imported.source', INTERNAL, shown=False)}.md",
                "resolved_at": at(2, "11:00"),
                "anomalies": [self._text("Imported.anomalies")],
            },
            "reports": [self._spoken("start", 2, "10:00")],
        }

    def _maintenance(self) -> dict[str, Any]:
        text, w = self._text, self.words
        # Agreed on at two hours that nothing else has.
        w.keep("2026-06-03T03:17:00Z", "Agreement.at", A)
        w.keep("2026-06-03T03:19:00Z", "Agreement.at", B)
        return {
            "title": text("Maintenance.title"),
            "components": {self._part: "under_maintenance"},
            "window": {"from": at(18, "21:00"), "until": at(18, "21:30")},
            "reason": text("Maintenance.reason"),
            "rollback": text("Maintenance.rollback"),
            "not_affected": text("Maintenance.not_affected"),
            "agreements": [
                {
                    "client": client,
                    "by": w("Agreement.by", client),
                    "at": at(3, time),
                    "note": text("Agreement.note", client),
                }
                for client, time in ((A, "12:17"), (B, "12:19"))
            ],
            "emergency": {
                "reason": text("Emergency.reason"),
                "approved_by": w("Emergency.approved_by", INTERNAL),
            },
            "reports": [
                self._spoken("notice", 11, "11:00"),
                self._spoken("start", 18, "21:00"),
                self._spoken("completion", 18, "21:30") | {"ended_at": at(18, "21:30"), "result": "done"},
            ],
        }

    def _ahead(self, day: str, start: str, end: str) -> dict[str, Any]:
        """Planned work, agreed with the client whose slots it meets."""
        agreed = {"client": A, "by": self.words("Agreement.by", A), "at": at(3, "12:17")}
        return {
            "title": self._text("Maintenance.title"),
            "components": {self._part: "under_maintenance"},
            "window": {"from": f"{day}T{start}+09:00", "until": f"{day}T{end}+09:00"},
            "agreements": [agreed],
            "reports": [self._spoken("notice", 20, "11:00")],
        }

    def _commitment(self, client: str, visibility: str, day: str, to: str) -> dict[str, Any]:
        reports = []
        if day < NOW:
            over = {"outcome": "late", "ended_at": at(19, "04:50")}
            reports = [self._spoken("start", 18, "19:00", to), self._spoken("completion", 19, "05:00", to) | over]
        return {
            "title": self._text("Commitment.title", to),
            "client": client,
            "from": f"{day}T19:00+09:00",
            "until": f"{next_day(day)}T04:{31 if client == A else 33}+09:00",
            "needs": [self._part],
            "keep_clear": {"before": "24h", "after": "2h"},
            "visibility": visibility,
            "reports": reports,
        }


def next_day(day: str) -> str:
    """The day after, within a month."""
    return f"{day[:8]}{int(day[8:]) + 1:02}"
