"""A record's statements as one string of bytes: how they travel with its reading, opened by nobody but the log."""

from __future__ import annotations

import marshal
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from noroshi.log.statement import Statement

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)


def pack_statements(statements: Iterable[Statement]) -> bytes:
    """The statements of one record. They are opened by the same program: this is no form for files of others."""
    return marshal.dumps(
        [
            (
                each.number,
                each.kind,
                (each.at - _EPOCH) // _SECOND,
                each.digest,
                each.facts,
                each.texts,
                each.mark,
                None if each.marked_at is None else (each.marked_at - _EPOCH) // _SECOND,
                each.title,
            )
            for each in statements
        ]
    )


def unpack_statements(packed: bytes, matter: str, record_id: str) -> list[Statement]:
    """What :func:`pack_statements` packed.

    :param matter: what the log calls the record's kind
    """
    return [
        Statement(
            matter,
            record_id,
            number,
            kind,
            _EPOCH + timedelta(seconds=at),
            digest,
            facts,
            texts,
            mark,
            None if marked_at is None else _EPOCH + timedelta(seconds=marked_at),
            title,
        )
        for number, kind, at, digest, facts, texts, mark, marked_at, title in marshal.loads(packed)
    ]
