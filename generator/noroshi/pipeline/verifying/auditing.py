"""Auditing a whole log: its lines, its tiles and its checkpoint, each against the others."""

from __future__ import annotations

from noroshi.log.line import LineError, LogLine, line_bytes, newest_time, parse_lines
from noroshi.log.merkle import tree_head
from noroshi.log.tiles import TileError, tile_files
from noroshi.pipeline.verifying.findings import Finding, FindingKind, named_leaf, said_leaf
from noroshi.pipeline.verifying.live_log import ENTRIES, LiveLog
from noroshi.problems import CannotVerify

_SHOWN = 20
"""How many differing lines are named of a log that contradicts itself."""


def audit(log: LiveLog) -> list[Finding]:
    """What does not fit together in a log: count, root, the form of each line, each tile, the newest time.

    :raises CannotVerify: it cannot be read whole, or its parts are of different moments
    """
    if not _belongs(log):
        return _contradictions(log)
    told = log.checkpoint.newest
    findings = []
    newest = newest_time(proven_lines(log))
    if newest != told:
        message = f"the checkpoint says that the newest content is of {told}, its entries say {newest}"
        findings.append(Finding(kind=FindingKind.TIME_BACK, message=message))
    for path, data in tile_files(log.leaf_hashes):
        if log.tile(path) != data:
            message = f"{path} is not the tile that the entries give: nobody can prove anything with it"
            findings.append(Finding(kind=FindingKind.CONTRADICTION, message=message))
    return findings


def proven_lines(log: LiveLog) -> list[LogLine]:
    """The lines of a log, after it was shown that they are those that its checkpoint speaks of.

    :raises CannotVerify: they are not, or one of them has not a log's form
    """
    if not _belongs(log):
        raise CannotVerify(f"{log.name}: {ENTRIES} does not give the root that the checkpoint has")
    try:
        lines = parse_lines(log.lines)
    except LineError as error:
        raise CannotVerify(f"{log.name}: {ENTRIES}: {error}") from None
    for place, (leaf, line) in enumerate(zip(log.lines, lines, strict=True), start=1):
        if line_bytes(line) != leaf:
            raise CannotVerify(
                f"{log.name}: {ENTRIES}: line {place} has not the one form that a line of a log has; "
                "it may be of a newer version of noroshi"
            )
    return lines


def _belongs(log: LiveLog) -> bool:
    """Whether the lines are those that the checkpoint speaks of."""
    return len(log.lines) == log.checkpoint.size and tree_head(log.leaf_hashes) == log.checkpoint.root


def _contradictions(log: LiveLog) -> list[Finding]:
    """Where lines and checkpoint part. The tiles, where they are the checkpoint's, say which lines it speaks of."""
    size, root, hashes = log.checkpoint.size, log.checkpoint.root, log.leaf_hashes
    if len(hashes) > size and tree_head(hashes[:size]) == root:
        raise CannotVerify(
            f"{log.name}: {ENTRIES} has {len(hashes):,} lines and the checkpoint still speaks of {size:,}: "
            "they are of different moments; try again later"
        )
    try:
        tree = log.tiles.leaf_hashes()
    except TileError as error:
        raise CannotVerify(f"{log.name}: {error}") from None
    if tree_head(tree) != root:
        message = f"neither its {len(hashes):,} lines nor its tiles give its checkpoint's root, of {size:,} entries"
        return [Finding(kind=FindingKind.CONTRADICTION, message=message)]
    if hashes == tree[: len(hashes)]:
        raise CannotVerify(
            f"{log.name}: {ENTRIES} has {len(hashes):,} of the {size:,} lines that the checkpoint speaks of: "
            "it is cut off, or older; try again later"
        )
    return _differences(log, tree)


def _differences(log: LiveLog, tree: list[bytes]) -> list[Finding]:
    known, there = set(tree), set(log.leaf_hashes)
    findings = []
    for place, (leaf, leaf_hash) in enumerate(zip(log.lines, log.leaf_hashes, strict=True), start=1):
        if leaf_hash not in known:
            message = f"line {place} is not one that the checkpoint speaks of: {said_leaf(leaf, place)}"
            findings.append(Finding(kind=FindingKind.CHANGED, message=message, now=named_leaf(leaf, place)))
    for place, leaf_hash in enumerate(tree, start=1):
        if leaf_hash not in there:
            message = f"the entry that the checkpoint has at line {place} is not there"
            findings.append(Finding(kind=FindingKind.GONE, message=message))
    if not findings:
        message = "the lines stand in another order than the checkpoint has them"
        return [Finding(kind=FindingKind.MOVED, message=message)]
    if len(findings) > _SHOWN:
        message = f"{len(findings) - _SHOWN:,} more lines differ"
        findings[_SHOWN:] = [Finding(kind=FindingKind.CHANGED, message=message)]
    return findings
