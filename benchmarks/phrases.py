"""The sentences of which the generated reports are made, in Japanese and English.

`{name}` stands for the component, `{host}` for a machine, `{n}` for a count, `{clock}` for a time of day.
"""

from __future__ import annotations

Pair = tuple[str, str]
"""The same words in Japanese and English."""

SYMPTOMS: tuple[Pair, ...] = (
    ("{name}が停止しています", "{name} is down"),
    ("{name}の応答が遅くなっています", "{name} is responding slowly"),
    ("{name}で断続的にエラーが出ています", "Intermittent errors on {name}"),
    ("{name}への接続が不安定です", "Unstable connections to {name}"),
    ("{name}の処理が滞っています", "{name} is processing with delays"),
    ("{name}の一部の機能が使えません", "Some features of {name} are unavailable"),
)

STARTS: tuple[Pair, ...] = (
    (
        "監視が{name}の異常を検知しました。`{host}` の応答がありません。\n\n"
        "- 利用できない画面があります\n- 原因を調査しています\n- 登録済みのデータは参照できます",
        "Monitoring found a fault in {name}; `{host}` does not answer.\n\n"
        "- Some screens cannot be used\n- We are looking for the cause\n- Stored data can be read",
    ),
    (
        "{name}で要求のおよそ {n} % が失敗しています。原因を調査しています。",
        "About {n} % of requests to {name} fail. We are looking for the cause.",
    ),
    (
        "{name}をご利用のお客様から、画面が開かないとのご連絡を {n} 件いただきました。状況を確認しています。",
        "{n} clients told us that pages of {name} do not open. We are checking.",
    ),
    (
        "{name}の処理待ちが **{n} 件**を超えました。新しい依頼は受け付けていますが、完了までに時間がかかります。",
        "More than **{n} requests** to {name} are waiting. New ones are accepted but take longer.",
    ),
)

INTERIMS: tuple[Pair, ...] = (
    (
        "`{host}` を切り離し、予備機へ切り替える作業を進めています。\n\n"
        "1. 予備機の起動: 済み\n2. データの同期: {n} %\n3. 接続先の変更: これから\n\n"
        "進み具合は[手順書](https://example.com/runbook)の順に報告します。",
        "We are taking `{host}` out and moving to the standby.\n\n"
        "1. Standby started: done\n2. Data synchronised: {n} %\n3. Switch of connections: next\n\n"
        "We report in the order of the [runbook](https://example.com/runbook).",
    ),
    (
        "ログを調べたところ、{clock} 頃から接続数が上限に達していました。上限を引き上げて様子を見ています。",
        "The logs show connections at their limit since about {clock}. We have raised it and are watching.",
    ),
    (
        "バックアップからの復元を始めました。データの欠損は見つかっていません。",
        "Restoring from backup has begun. No loss of data has been found.",
    ),
    (
        "通信事業者の設備に障害があることを確認しました。迂回路へ切り替えています。\n\n"
        "```\nping -c {n} {host}\n```\n\nこの試験が通るまで、{name}は不安定なままです。",
        "The carrier has a fault in its equipment. We are switching to another route.\n\n"
        "```\nping -c {n} {host}\n```\n\nUntil this test passes, {name} stays unstable.",
    ),
)

RECOVERIES: tuple[Pair, ...] = (
    (
        "{name}は復旧しました。動作を確認しています。",
        "{name} is back. We are checking that it works.",
    ),
    (
        "`{host}` の再起動により復旧しました。{n} 分間、監視を強めて確認します。",
        "Restarting `{host}` brought it back. We keep a close watch for {n} minutes.",
    ),
    (
        "予備機への切り替えが終わり、{name}をご利用いただけます。\n\n- エラー率: 0 %\n- 応答時間: {n} ミリ秒",
        "The move to the standby is done and {name} can be used.\n\n- Error rate: 0 %\n- Response time: {n} ms",
    ),
)

COMPLETIONS: tuple[Pair, ...] = (
    ("復旧を確認し、対応を完了しました。", "Recovery is confirmed and our work is complete."),
    (
        "復旧後に同じ異常が起きていないことを確認し、対応を完了しました。ご迷惑をおかけしました。\n\n"
        "影響した要求は {n} 件で、すべて再処理しました。",
        "No further fault since the recovery; our work is complete. We apologise.\n\n"
        "{n} requests were affected and all were processed again.",
    ),
)

CONFIRMATIONS: tuple[str, ...] = (
    "監視の正常化と、公開手順を一通り実行して確認",
    "代表的な画面の操作と、エラーログが出ていないことを確認",
    "お客様に動作を確認いただいた",
)

CAUSES: tuple[Pair, ...] = (
    ("更新手順に容量の確認がなく、移行中にディスクが溢れた", "The upgrade steps checked no capacity; the disk filled"),
    ("証明書の更新が自動で行われず、期限を過ぎた", "A certificate was not renewed and ran out"),
    ("設定の変更が予備機に反映されていなかった", "A change of configuration had not reached the standby"),
    ("想定を超える要求が集中し、接続数が上限に達した", "More requests than planned for used up all connections"),
    ("通信事業者の設備の故障", "A fault in the carrier's equipment"),
    ("不具合のある版を配備した", "A version with a defect was deployed"),
)

BLIND_SPOTS: tuple[str, ...] = (
    "ディスク使用率の警告が無効だった",
    "監視の間隔が長く、短い停止を捉えられなかった",
    "試験環境に同じ負荷をかけていなかった",
)

# (id, what to do in Japanese, in English)
ACTIONS: tuple[tuple[str, str, str], ...] = (
    ("disk-check", "更新手順の最初に容量の確認を入れる", "Begin the upgrade steps with a check of capacity"),
    ("renewal-alert", "証明書の期限の 30 日前に警告を出す", "Warn 30 days before a certificate ends"),
    ("sync-config", "設定の変更を予備機にも同じ手順で反映する", "Bring changes of configuration to the standby too"),
    ("raise-limit", "接続数の上限を見直し、負荷試験で確かめる", "Review the connection limit with a load test"),
    ("second-line", "二つ目の回線へ自動で切り替える", "Switch to the second line automatically"),
    ("staged-rollout", "配備を一台ずつ行い、異常があれば止める", "Deploy one machine at a time and stop on a fault"),
)

WORK: tuple[Pair, ...] = (
    ("{name}の更新", "Upgrade of {name}"),
    ("{name}の機器の交換", "Replacement of hardware for {name}"),
    ("{name}の証明書の更新", "Renewal of the certificate of {name}"),
    ("{name}の設定の変更", "Change of configuration of {name}"),
)

NOTICES: tuple[Pair, ...] = (
    (
        "次の日程で{name}の作業を行います。作業中は最大 {n} 分停止します。\n\n"
        "- 作業中に保存した内容は失われません\n- 終わり次第、このページでお知らせします",
        "We will work on {name}, with interruptions of up to {n} minutes.\n\n"
        "- What is saved meanwhile is kept\n- We tell you here when it is done",
    ),
    ("{name}の作業を行います。停止は予定していません。", "We will work on {name}. No interruption is planned."),
)

REASONS: tuple[str, ...] = ("サポート終了に伴う更新", "処理性能の改善", "セキュリティ修正の適用", "機器の老朽化")
