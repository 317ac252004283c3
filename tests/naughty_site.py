"""A site whose every field holds text that would like to be something else."""

import json
from pathlib import Path
from typing import Any

# Each marker says which field it came from, so that a test can tell that it arrived.
MARKUP = (
    "<script>window.pwned=1</script><img src=x onerror=window.pwned=1>\"'><svg/onload=window.pwned=1>&amp;&lt; "
    "{{ 7*7 }}{% raw %} [l](javascript:window.pwned=1) ![i](x:y){: onclick=window.pwned=1 } ]]> <!-- **b** `c` "
    "\u202e\u05e9\u05dc\u05d5\u05dd\u202c \U0001f525\U0001f468\u200d\U0001f469\u200d\U0001f467"
)
PROSE = f"{MARKUP}\n\n<https://example.com/\"onclick=x> javascript:alert(1)\n\n- [ref]\n\n[ref]: data:text/html,x 't'\n"


def text(field: str, body: str = MARKUP) -> dict[str, str]:
    """A text in both languages that names its field."""
    return {"ja": f"{field}-ja {body}", "en": f"{field}-en {body}"}


def word(field: str) -> str:
    """A word in no language that names its field."""
    return f"{field}-word {MARKUP}"


def at(day: int, time: str) -> str:
    """A time in June 2026."""
    return f"2026-06-{day:02}T{time}+09:00"


def incident() -> dict[str, Any]:
    """An incident with every field that there is."""
    return {
        "title": text("title"),
        "severity": "critical",
        "components": {"c": "major_outage"},
        "caused_by": "work",
        "started_at": at(18, "21:40"),
        "detected": {"at": at(18, "21:45"), "by": "client"},
        "not_affected": text("opening_not_affected"),
        "imported": {
            "from": word("from"),
            "source": word("source"),
            "resolved_at": at(18, "23:00"),
            "anomalies": [text("anomalies")],
        },
        "reports": [
            {
                "kind": "start",
                "at": at(18, "21:50"),
                "by": word("by"),
                "text": text("text", PROSE),
                "workaround": text("workaround"),
                "recovery": {"unknown": text("unknown"), "answer_by": at(18, "22:30")},
                "next_report": at(18, "22:30"),
                "edited": {"at": at(18, "21:55"), "note": text("note")},
                "started_at": at(18, "21:40"),
                "caused_by": "work",
                "severity": "major",
            },
            {
                "kind": "interim",
                "at": at(18, "22:00"),
                "withdrawn": {"at": at(18, "22:05"), "reason": text("withdrawn_reason")},
            },
            {
                "kind": "completion",
                "at": at(19, "09:30"),
                "text": text("text", PROSE),
                "recovered_at": at(18, "23:00"),
                "ended_at": at(18, "23:00"),
                "components": {"c": "operational"},
                "not_affected": text("not_affected"),
                "confirmed_by": text("confirmed_by"),
                "lasting_effects": text("lasting_effects"),
                "undetected_because": text("undetected_because"),
                "cause": {"status": "pending", "text": text("cause"), "answer_by": "2026-06-30"},
                "actions": [
                    {
                        "id": "a",
                        "what": text("what"),
                        "type": "permanent",
                        "owner": word("owner"),
                        "due": "2026-06-26",
                        "check_effect_by": "2026-07-31",
                    }
                ],
            },
            {"kind": "correction", "at": at(19, "11:00"), "text": text("text", PROSE), "corrects": [1]},
            {
                "kind": "follow_up",
                "at": at(20, "11:00"),
                "text": text("text", PROSE),
                "actions": {
                    "a": {
                        "done": "2026-06-20",
                        "evidence": text("evidence"),
                        "effect_checked": "2026-06-20",
                        "due": "2026-06-27",
                        "dropped": text("dropped"),
                    }
                },
            },
        ],
    }


def maintenance() -> dict[str, Any]:
    """Planned work with every field that there is."""
    return {
        "title": text("title"),
        "components": {"c": "under_maintenance"},
        "window": {"from": at(18, "21:00"), "until": at(18, "21:30")},
        "reason": text("reason"),
        "rollback": text("rollback"),
        "not_affected": text("not_affected"),
        "agreements": [
            {"client": "client", "by": word("agreed_by"), "at": at(10, "10:00"), "note": text("agreed_note")}
        ],
        "emergency": {"reason": text("emergency_reason"), "approved_by": word("approved_by")},
        "reports": [
            {"kind": "notice", "at": at(11, "11:00"), "text": text("text", PROSE)},
            {
                "kind": "notice",
                "at": at(12, "11:00"),
                "text": text("text", PROSE),
                "window": {"from": at(18, "22:00"), "until": at(18, "22:30")},
            },
            {"kind": "start", "at": at(18, "22:00"), "text": text("text", PROSE), "expected": at(18, "22:40")},
            {
                "kind": "completion",
                "at": at(18, "23:50"),
                "ended_at": at(18, "23:00"),
                "result": "partial",
                "text": text("text", PROSE),
            },
        ],
    }


def settings() -> dict[str, Any]:
    """The site's files, by name."""
    return {
        "site.yaml": {
            "format": "1",
            "id": {"tag": "status.example.com", "since": "2026-04-01"},
            "name": text("site_name"),
            "description": text("site_description"),
            "url": "https://status.example.com/",
            "timezone": "Asia/Tokyo",
            "languages": ["ja", "en"],
        },
        "components.yaml": [
            {
                "id": "c",
                "name": text("component_name"),
                "description": text("component_description"),
                "group": text("group"),
                "environment": text("environment"),
                "owner": word("component_owner"),
            },
            {"id": "d", "name": text("component_name"), "group": text("group"), "depends_on": ["c"]},
        ],
        "clients.yaml": [{"id": "client", "name": word("client_name"), "manager": "pm", "components": ["c"]}],
    }


def write_site(root: Path) -> Path:
    """Write the naughty site into a folder and return it. JSON is YAML."""
    shut = incident()
    open_ = incident() | {"title": text("open_title")}
    del open_["imported"]
    open_["reports"] = open_["reports"][:2]
    ahead = maintenance() | {"title": text("ahead_title")}
    ahead["window"] = {"from": "2026-09-01T21:00+09:00", "until": "2026-09-01T22:00+09:00"}
    ahead["reports"] = ahead["reports"][:1]
    long = incident() | {"title": "長い題名" * 2500, "severity": "minor"}
    del long["imported"]
    long["reports"] = [{"kind": "start", "at": at(18, "21:50"), "text": "\n".join(["x" * 5000, "長い" * 2500])}]
    files = {
        **settings(),
        "incidents/2026/shut.yaml": shut,
        "incidents/2026/open.yaml": open_,
        "incidents/2026/long.yaml": long,
        "maintenance/2026/work.yaml": maintenance(),
        "maintenance/2026/ahead.yaml": ahead,
    }
    for name, data in files.items():
        place = root / "content" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    (root / "content/pages").mkdir()
    (root / "content/pages/about.md").write_text("# About\n", encoding="utf-8")
    (root / "mkdocs.yml").write_text(
        "site_name: x\ndocs_dir: content/pages\ntheme: {name: material, font: false, features: [navigation.tabs]}\n"
        "plugins: [noroshi]\n",
        encoding="utf-8",
    )
    return root
