"""The invented service that the generated site reports on: its components, clients, policy and risks."""

from __future__ import annotations

from dataclasses import dataclass

from yaml_text import Value


@dataclass(frozen=True, kw_only=True)
class Component:
    """One line of components.yaml, with the words that the reports use for it."""

    id: str
    ja: str
    en: str
    group: str
    environment: str
    owner: str
    depends_on: tuple[str, ...]

    def as_yaml(self) -> dict[str, Value]:
        """The component as FORMAT spells it."""
        record: dict[str, Value] = {
            "id": self.id,
            "name": {"ja": self.ja, "en": self.en},
            "group": self.group,
            "environment": self.environment,
            "owner": self.owner,
        }
        if self.depends_on:
            record["depends_on"] = list(self.depends_on)
        return record


# (id, Japanese, English, what it depends on within its group)
_SERVICES = (
    ("db", "データベース", "Database", ()),
    ("cache", "キャッシュ", "Cache", ()),
    ("storage", "ファイル保管", "File storage", ()),
    ("queue", "ジョブ待ち行列", "Job queue", ("db",)),
    ("search", "検索", "Search", ("db",)),
    ("api", "API", "API", ("db", "cache")),
    ("web", "Web サーバー", "Web server", ("api", "storage")),
    ("mail", "メール配信", "Mail delivery", ("queue",)),
)
# (group, Japanese prefix, English prefix, environment, owner)
_GROUPS = (
    ("shop", "通販", "Shop", "production", "infra"),
    ("corporate", "会社案内", "Corporate", "production", "infra"),
    ("booking", "予約", "Booking", "production", "app"),
    ("staging", "検証", "Staging", "staging", "infra"),
    ("office", "社内", "Office", "internal", "helpdesk"),
)

COMPONENTS = tuple(
    Component(
        id=f"{group}-{name}",
        ja=f"{group_ja}{ja}",
        en=f"{group_en} {en.lower() if en != 'API' else en}",
        group=group,
        environment=environment,
        owner=owner,
        depends_on=tuple(f"{group}-{other}" for other in needs),
    )
    for group, group_ja, group_en, environment, owner in _GROUPS
    for name, ja, en, needs in _SERVICES
)

SITE_YAML = """\
format: 1
id: {tag: status.example.com, since: 2021-11-01}
name: {ja: 稼働状況と報告, en: Status and reports}
url: https://status.example.com/
timezone: Asia/Tokyo
languages: [ja, en]
holidays: JP
quiet_hours: {from: "23:00", until: "08:00", severities: [minor, none]}
contacts: {public: https://example.com/contact, security: mailto:security@example.com}
"""

CLIENTS_YAML = """\
- {id: client-a, name: A 社, manager: pm, components: [shop-web, shop-api, staging-web], policy: {major: {first: 15m}}}
- {id: client-b, name: B 社, manager: pm, components: [booking-web, booking-mail]}
- {id: client-c, name: C 社, manager: sales, components: [corporate-web]}
"""

POLICY_YAML = """\
- from: 2021-11-01
  critical: {first: 30m, every: 60m, completion: 48h, cause: 10bd}
  major: {first: 60m, every: 2h, completion: 48h, cause: 10bd}
  minor: {first: 2h, every: 8h, completion: 72h, cause: 20bd}
  none: {}
  maintenance: {notice: 48h, every: 60m, completion: 2h}
- from: 2024-04-01
  critical: {first: 15m, every: 30m, completion: 24h, cause: 5bd}
  major: {first: 30m, every: 60m, completion: 24h, cause: 5bd}
  minor: {first: 60m, every: 4h, completion: 48h, cause: 10bd}
  none: {}
  maintenance: {notice: 48h, every: 60m, completion: 1h}
"""

RISKS_YAML = """\
- id: overrun
  when: {maintenance_overrun: 15m}
  title: 作業が予定を超えた
  respond: 切り戻しを始め、影響するお客様の担当へ電話する
  owner: infra
- id: long-outage
  when: {open_longer_than: 4h}
  title: 障害が長引いている
  respond: 交代の要員を呼び、代わりの手段を案内する
  owner: pm
"""

ABOUT = {
    "ja": """\
# このページについて

サーバーの障害と作業を、**開始**、**中間**、**完了**の順に報告します。

- 次の報告の時刻を必ず示します。
- 一度出した報告は書き換えず、訂正として加えます。

お問い合わせは[窓口](https://example.com/contact)へお願いします。
""",
    "en": """\
# About this page

Outages and planned work are reported at their **start**, **in between** and on **completion**.

- Every report says when the next one is due.
- A published report is not rewritten; a correction is added.

Please write to [our contact](https://example.com/contact).
""",
}

MKDOCS_YML = """\
site_name: Status and reports
docs_dir: content/pages
site_dir: site
theme:
  name: material
  language: ja
  font: false
  icon: {logo: material/campfire}
  features: [navigation.tabs]
  palette:
    - media: "(prefers-color-scheme)"
      primary: indigo
      toggle: {icon: material/brightness-auto, name: {ja: 明るい配色に切り替える, en: Switch to light colours}}
    - media: "(prefers-color-scheme: light)"
      scheme: default
      primary: indigo
      toggle: {icon: material/weather-sunny, name: {ja: 暗い配色に切り替える, en: Switch to dark colours}}
    - media: "(prefers-color-scheme: dark)"
      scheme: slate
      primary: indigo
      toggle: {icon: material/weather-night, name: {ja: 端末の設定に合わせる, en: Follow the device's setting}}
plugins: [noroshi]
markdown_extensions: [admonition, attr_list, def_list, footnotes, tables, toc, pymdownx.details, pymdownx.superfences]
"""
