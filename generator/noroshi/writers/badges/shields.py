"""A badge as data for shields' endpoint badge, which draws it in whatever style its reader asks for.

The schema is told at https://shields.io/badges/endpoint-badge; it takes no property that it does not name.
"""

from __future__ import annotations

import json

from noroshi.writers.badges.saying import LABEL_COLOUR, Badge

FRESH = 300
"""For how long shields may keep an answer, in seconds: its shortest."""


def badge_json(badge: Badge) -> bytes:
    """The answer of an endpoint (``schemaVersion`` 1)."""
    answer = {
        "schemaVersion": 1,
        "label": badge.label,
        "message": badge.message,
        "color": badge.colour.fill,
        "labelColor": LABEL_COLOUR.fill,
        # Whoever embeds the badge can choose another colour in its address, but not for what is wrong.
        "isError": badge.alarming,
        "cacheSeconds": FRESH,
    }
    return (json.dumps(answer, ensure_ascii=False, indent=2) + "\n").encode()
