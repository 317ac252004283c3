"""A site on its worst afternoon: three critical incidents at once, work that overran, and promises that were missed."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copyfile
from typing import Any

NOW = "2026-09-15T14:40+09:00"
"""The time at which it stands so."""
INTERIMS = 10
"""How many interim reports the longest of the three has had."""

_ROOT = Path(__file__).resolve().parents[1]
_GROUPS = {
    "live": {"ja": "本番環境", "en": "Production"},
    "inside": {"ja": "社内とお客様の管理者向け", "en": "For staff and clients' administrators"},
}
_COMPONENTS = {
    "web": ("live", "公開サイト", "Public website"),
    "shop": ("live", "オンラインショップ", "Online shop"),
    "pay": (
        "live",
        "決済と請求（クレジットカード・口座振替・請求書払い）",
        "Payments (cards, direct debit and invoices)",
    ),
    "api": ("live", "API", "API"),
    "db": ("live", "本番データベース", "Production database"),
    "mail": ("live", "メール配信", "Mail delivery"),
    "vpn": ("inside", "VPN", "VPN"),
    "ci": ("inside", "公開基盤（CI）", "Build and deployment"),
}
_LONG_JA = (
    "決済代行会社との専用線が二系統とも切れたため、オンラインショップと請求書の発行と口座振替の登録と、"
    "これらを使うお客様の管理画面で、注文の確定と入金の確認ができなくなっています"
)
_LONG_EN = (
    "Both leased lines to the payment provider are cut, so that orders, invoices and direct debit mandates can be "
    "neither confirmed nor reconciled in the online shop and in the administration of every client who uses them"
)


def text(ja: str, en: str) -> dict[str, str]:
    """A text in both languages."""
    return {"ja": ja, "en": en}


def at(time: str, day: int = 15) -> str:
    """A time in September 2026."""
    return f"2026-09-{day:02}T{time}+09:00"


def payment() -> dict[str, Any]:
    """Open since the morning: ten interim reports, an estimate that moved twice, a correction, the next one overdue."""
    reports: list[dict[str, Any]] = [
        {
            "kind": "start",
            "at": at("09:20"),
            "by": "infra",
            "text": text(
                "注文を確定できません。原因を調査しています。", "Orders cannot be confirmed. We are investigating."
            ),
            "workaround": text("お急ぎのご注文は電話で承ります", "Urgent orders are taken by telephone"),
            "recovery": {"unknown": text("回線会社の調査待ち", "Waiting for the carrier"), "answer_by": at("10:30")},
        }
    ]
    for number in range(1, INTERIMS + 1):
        minutes = 9 * 60 + 20 + 28 * number
        report: dict[str, Any] = {
            "kind": "interim",
            "at": at(f"{minutes // 60:02}:{minutes % 60:02}"),
            "by": "infra",
            "text": text(
                f"{number} 回目の中間報告です。回線会社が {number} 区間目の試験を終えました。\n\n"
                f"- 確定できなかったご注文: {number * 40} 件\n- 二重の請求: なし",
                f"Interim report {number}. The carrier has tested section {number}.\n\n"
                f"- Orders not confirmed: {number * 40}\n- Double charges: none",
            ),
        }
        if number == 3:
            report["components"] = {"shop": "major_outage", "api": "partial_outage"}
        if number in (4, 8):
            report["recovery"] = at("12:00" if number == 4 else "16:30")
        reports.append(report)
    reports.append(
        {
            "kind": "correction",
            "at": at("14:05"),
            "corrects": [6],
            "text": text(
                "「二重の請求: なし」としましたが、3 件ありました。本日中に取り消します。",
                "We said that there were no double charges. There are three; they will be refunded today.",
            ),
        }
    )
    return {
        "title": text(_LONG_JA, _LONG_EN),
        "severity": "critical",
        "components": {"pay": "major_outage", "shop": "partial_outage"},
        "started_at": at("09:05"),
        "detected": {"at": at("09:08"), "by": "monitoring"},
        "not_affected": text("すでに確定したご注文と、お客様の個人情報", "Confirmed orders and personal data"),
        "reports": reports,
    }


def database() -> dict[str, Any]:
    """Open since noon, caused by the work that overran; the answer about recovery is overdue."""
    return {
        "title": text("本番データベースが応答しない", "Production database not answering"),
        "severity": "critical",
        "components": {"db": "major_outage", "api": "major_outage", "web": "partial_outage"},
        "caused_by": "2026-09-15-storage",
        "started_at": at("13:10"),
        "detected": {"at": at("13:12"), "by": "client"},
        "reports": [
            {
                "kind": "start",
                "at": at("13:34"),
                "by": "infra",
                "text": text(
                    "装置の交換後から応答がありません。データの欠損の有無を調査中です。",
                    "No answer since the exchange of the storage. Whether data was lost is being examined.",
                ),
                "recovery": {"unknown": text("欠損の範囲を調査中", "Extent unknown"), "answer_by": at("14:15")},
            },
            {
                "kind": "interim",
                "at": at("14:00"),
                "by": "infra",
                "text": text("複製からの復元を始めました。", "Restoring from the replica has begun."),
                "next_report": at("14:50"),
            },
        ],
    }


def mail() -> dict[str, Any]:
    """Ten minutes old: its first report, without a start time."""
    return {
        "title": text("メールの遅延", "Mail delayed"),
        "severity": "critical",
        "components": {"mail": "partial_outage", "vpn": "degraded_performance"},
        "reports": [
            {"kind": "start", "at": at("14:30"), "text": text("送信が遅れています。", "Sending is delayed.")},
        ],
    }


def storage() -> dict[str, Any]:
    """Work that should have ended at 13:00 and goes on."""
    return {
        "title": text("ストレージ装置の交換", "Exchange of the storage"),
        "components": {"db": "under_maintenance", "ci": "under_maintenance"},
        "window": {"from": at("12:00"), "until": at("13:00")},
        "reason": text("保守契約の終了", "End of the maintenance contract"),
        "rollback": text("旧装置へ戻す", "Return to the old device"),
        "reports": [
            {"kind": "notice", "at": at("10:00", 8), "text": text("装置を交換します。", "The device is exchanged.")},
            {"kind": "start", "at": at("12:00"), "text": text("作業を開始しました。", "The work has begun.")},
        ],
    }


def upgrade() -> dict[str, Any]:
    """Work ahead, announced in time."""
    return {
        "title": text("VPN 装置の更新", "VPN upgrade"),
        "components": {"vpn": "under_maintenance"},
        "window": {"from": at("22:00", 20), "until": at("23:00", 20)},
        "reports": [
            {"kind": "notice", "at": at("10:00", 10), "text": text("VPN 装置を更新します。", "The VPN is upgraded.")},
        ],
    }


def release() -> dict[str, Any]:
    """A promised release on the same day, which the public may see."""
    return {
        "title": text("秋の新商品の公開", "Autumn launch"),
        "client": "a-sha",
        "visibility": "public",
        "from": at("17:00"),
        "until": at("18:00"),
        "needs": ["shop"],
        "keep_clear": {"before": "2h", "after": "1h"},
        "reports": [],
    }


def past() -> dict[str, Any]:
    """An incident of August with an action that is overdue."""
    return {
        "title": text("公開サイトの表示遅延", "Public website slow"),
        "severity": "minor",
        "components": {"web": "degraded_performance"},
        "started_at": "2026-08-20T10:00+09:00",
        "detected": {"at": "2026-08-20T10:05+09:00", "by": "staff"},
        "reports": [
            {"kind": "start", "at": "2026-08-20T10:20+09:00", "text": text("遅れています。", "It is slow.")},
            {
                "kind": "completion",
                "at": "2026-08-20T15:00+09:00",
                "recovered_at": "2026-08-20T14:00+09:00",
                "ended_at": "2026-08-20T14:00+09:00",
                "components": {"web": "operational"},
                "text": text("復旧しました。", "It is back."),
                "confirmed_by": text("監視の正常化", "Monitoring is green"),
                "lasting_effects": text("なし", "None"),
                "cause": {"status": "confirmed", "text": text("設定の誤り", "A wrong setting")},
                "undetected_because": text("監視の対象外でした", "It was not monitored"),
                "actions": [
                    {
                        "id": "watch",
                        "what": text("監視の対象に加える", "Monitor it"),
                        "type": "permanent",
                        "owner": "infra",
                        "due": "2026-09-10",
                        "check_effect_by": "2026-10-10",
                    }
                ],
            },
        ],
    }


def _settings() -> dict[str, Any]:
    return {
        "site.yaml": {
            "format": 1,
            "id": {"tag": "status.example.com", "since": "2026-04-01"},
            "name": text("稼働状況と報告", "Status and reports"),
            "url": "https://status.example.com/",
            "timezone": "Asia/Tokyo",
            "languages": ["ja", "en"],
            "holidays": "JP",
            "contacts": {"public": "https://example.com/contact", "security": "mailto:security@example.com"},
        },
        "components.yaml": [
            {"id": name, "name": text(ja, en), "group": _GROUPS[group], "owner": "infra"}
            for name, (group, ja, en) in _COMPONENTS.items()
        ],
        "clients.yaml": [{"id": "a-sha", "name": "A 社", "manager": "pm", "components": ["shop"]}],
        "policy.yaml": [
            {
                "from": "2026-04-01",
                "critical": {"first": "15m", "every": "30m", "completion": "24h", "cause": "5bd"},
                "major": {"first": "30m", "every": "60m", "completion": "24h", "cause": "5bd"},
                "minor": {"first": "60m", "every": "4h", "completion": "48h", "cause": "10bd"},
                "none": {},
                "maintenance": {"notice": "48h", "every": "60m", "completion": "1h"},
            }
        ],
        "risks.yaml": [
            {
                "id": "overrun",
                "when": {"maintenance_overrun": "15m"},
                "title": text("作業が予定を超えた", "Work overran"),
                "respond": text("切り戻しを始める", "Begin to roll back"),
                "owner": "infra",
            }
        ],
    }


def write_site(root: Path) -> Path:
    """Write the site's files below a folder, and return the folder."""
    files = _settings() | {
        "incidents/2026/2026-09-15-payment.yaml": payment(),
        "incidents/2026/2026-09-15-database.yaml": database(),
        "incidents/2026/2026-09-15-mail.yaml": mail(),
        "incidents/2026/2026-08-20-web-slow.yaml": past(),
        "maintenance/2026/2026-09-15-storage.yaml": storage(),
        "maintenance/2026/2026-09-20-vpn.yaml": upgrade(),
        "commitments/2026/2026-09-15-launch.yaml": release(),
    }
    for name, data in files.items():
        place = root / "content" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    (root / "content/pages").mkdir()
    (root / "content/pages/about.md").write_text("# このサイトについて\n\n説明です。\n", encoding="utf-8")
    (root / "content/pages/about.en.md").write_text("# About this site\n\nA text.\n", encoding="utf-8")
    copyfile(_ROOT / "mkdocs.yml", root / "mkdocs.yml")
    return root
