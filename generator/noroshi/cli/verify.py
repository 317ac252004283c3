"""``noroshi verify``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from noroshi.cli.errors import FINE, PROBLEMS, ProblemsFound, settle
from noroshi.cli.output import count, note, say, styled
from noroshi.environment import passing_seconds, proxy_for, time_now
from noroshi.log.checkpoint import Checkpoint
from noroshi.pipeline.verifying.findings import Finding, FindingKind, Named
from noroshi.pipeline.verifying.verify import Testimony, Verdict, VerifyRequest
from noroshi.pipeline.verifying.verify import verify as verify_log

_LISTED = 50
"""How many findings are printed as text; JSON has them all."""


@click.command(
    epilog="""\b
Examples:
  noroshi verify https://status.example.com --save seen      the first time: the whole log
  noroshi verify https://status.example.com --checkpoint seen --save seen
                                                             from then on: is all of it still there?
  noroshi verify https://status.example.com --checkpoint seen --witness old/entries.jsonl
                                                             which entry is not as it was?
  noroshi verify site --witness reports.atom                 a folder, and an old copy of a feed

\b
Exit codes:
  0  all that was seen is still there unchanged
  1  the log was rewritten, contradicts itself, or speaks of the future
  5  cannot verify: it cannot be reached, is no log, or is not the one that the checkpoint is of
"""
)
@click.argument("url")
@click.option(
    "--checkpoint",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A checkpoint that you kept: prove that the log still holds all that it held then.  "
    "[default: read the whole log, and hold its parts against each other]",
)
@click.option(
    "--save",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Keep the checkpoint of now in this file, unless something was rewritten.",
)
@click.option(
    "--witness",
    "witnesses",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="An old copy of the log's entries.jsonl, or of a feed (Atom or RSS): names each entry that is not in the log "
    "as it was. May be given again.",
)
@click.option(
    "--entries",
    is_flag=True,
    help="With --checkpoint: read the lines of the log too, all of them, and hold them against what is proven. Without "
    "it the proof reads some 30 kB however long the log is, and says nothing of the file that has the lines.",
)
@click.option(
    "--timeout",
    type=click.IntRange(1, 86400),
    metavar="SECONDS",
    default=300,
    show_default=True,
    help="How long all of the host's answers may take together.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How the outcome is printed.",
)
def verify(
    url: str,
    checkpoint: Path | None,
    save: Path | None,
    witnesses: tuple[Path, ...],
    entries: bool,
    timeout: int,
    form: str,
) -> None:
    """Prove from the outside that a site's published log still holds what it held.

    URL is the site's address, or its log's folder; a folder on this machine will do. With a checkpoint of before only
    a few small files are read, however long the log is. Needs no site of your own.
    """
    verdict = verify_log(
        VerifyRequest(
            address=url,
            proxy_for=proxy_for,
            checkpoint=checkpoint,
            witnesses=witnesses,
            save=save,
            entries=entries,
            now=time_now(None, None),
            timeout=timeout,
            clock=passing_seconds,
        )
    )
    settle(FINE if verdict.unchanged else PROBLEMS)
    if form == "json":
        say(json.dumps(_plain(verdict), ensure_ascii=False, indent=2))
    else:
        for line in _lines(verdict):
            say(line)
    if save is not None:
        note(f"kept in {save}" if verdict.unchanged else f"{save} was left as it is")
    if not verdict.unchanged:
        raise ProblemsFound


def _lines(verdict: Verdict) -> Iterator[str]:
    yield _headline(verdict)
    if verdict.seen is not None:
        yield f"  seen  {_told(verdict.seen, verdict)}"
    yield f"  now   {_told(verdict.live, verdict)}"
    yield f"  log   {verdict.live.origin}, at {verdict.name}"
    for testimony in verdict.testimonies:
        yield f"  {_testimony(testimony)}"
    for finding in verdict.findings[:_LISTED]:
        yield f"- {finding.message}"
    if len(verdict.findings) > _LISTED:
        yield f"- and {len(verdict.findings) - _LISTED:,} more, which --format json names"
    yield from _advice(verdict)


def _headline(verdict: Verdict) -> str:
    if _of_future(verdict):
        return styled("NOT BELIEVED: a checkpoint speaks of the future", fg="red", bold=True)
    if not verdict.unchanged:
        what = "the log contradicts itself" if verdict.seen is None else "the log does not hold what was seen"
        if verdict.seen is None and any(finding.witness for finding in verdict.findings):
            what = "the log does not hold what a witness saw"
        return styled(f"REWRITTEN: {what}", fg="red", bold=True)
    entries = count(verdict.live.size, "entry", "entries")
    if verdict.seen is None:
        return f"whole: {entries}, and count, root, every line and every tile fit together"
    new = verdict.live.size - verdict.seen.size
    with_tiles = f", proven with {count(verdict.tiles, 'tile')}" if verdict.tiles else ""
    seen = count(verdict.seen.size, "entry that was seen is", "entries that were seen are")
    return f"unchanged: {seen} still there, {new:,} new{with_tiles}"


def _of_future(verdict: Verdict) -> bool:
    """Whether all that is wrong is the time that a checkpoint bears."""
    return bool(verdict.findings) and all(finding.kind is FindingKind.FUTURE for finding in verdict.findings)


def _told(checkpoint: Checkpoint, verdict: Verdict) -> str:
    told = count(checkpoint.size, "entry", "entries")
    if checkpoint.newest_word is not None:
        told += f", newest content {checkpoint.newest_word}"
    return told if verdict.unchanged else f"{told}, root {checkpoint.root_word}"


def _testimony(testimony: Testimony) -> str:
    saw = f"witness {testimony.witness}: saw {count(testimony.size, 'entry', 'entries')}"
    if testimony.confirmed is not None:
        saw += (
            ", the log that the checkpoint is of" if testimony.confirmed else ", another log than the checkpoint is of"
        )
    if testimony.missing is None:
        return f"{saw}; the log's lines cannot be compared with it, for they are not those of its checkpoint"
    return f"{saw}; {'all still there' if not testimony.missing else 'not all as it was'}"


def _advice(verdict: Verdict) -> Iterator[str]:
    if verdict.unchanged:
        if verdict.seen is None and not verdict.testimonies:
            yield "nothing was compared with what was there before: --save keeps a checkpoint for --checkpoint"
        if not verdict.lines_read:
            yield "proven of the log's tree; the file with its lines was not read: --entries reads it too"
        return
    if verdict.seen is not None and not _of_future(verdict):
        if not any(finding.witness for finding in verdict.findings):
            first = count(verdict.seen.size, "entry", "entries")
            feed = f", or of a feed from about {verdict.seen.newest_word}" if verdict.seen.newest_word else ""
            yield f"A copy of log/entries.jsonl from when it had {first}{feed}, given with --witness, names the entry."
        yield "Keep your checkpoint and these lines: together with what is published now they are the evidence."


def _plain(verdict: Verdict) -> dict[str, Any]:
    return {
        "verdict": "unchanged" if verdict.unchanged else "future" if _of_future(verdict) else "rewritten",
        "address": verdict.name,
        "origin": verdict.live.origin,
        "seen": None if verdict.seen is None else _plain_checkpoint(verdict.seen),
        "now": _plain_checkpoint(verdict.live),
        "tiles": verdict.tiles,
        "lines_read": verdict.lines_read,
        "witnesses": [
            {"file": each.witness, "size": each.size, "confirmed": each.confirmed, "missing": each.missing}
            for each in verdict.testimonies
        ],
        "findings": [_plain_finding(finding) for finding in verdict.findings],
    }


def _plain_checkpoint(checkpoint: Checkpoint) -> dict[str, Any]:
    return {"size": checkpoint.size, "root": checkpoint.root_word, "newest": checkpoint.newest_word}


def _plain_finding(finding: Finding) -> dict[str, Any]:
    return {
        "kind": finding.kind.value,
        "message": finding.message,
        "witness": finding.witness,
        "seen": _plain_entry(finding.seen),
        "now": _plain_entry(finding.now),
    }


def _plain_entry(entry: Named | None) -> dict[str, Any] | None:
    if entry is None:
        return None
    return {
        "matter": entry.matter or None,
        "id": entry.id,
        "number": entry.number,
        "kind": entry.kind or None,
        "at": entry.at or None,
        "change": entry.change or None,
        "digest": entry.digest or None,
        "line": entry.line,
    }
