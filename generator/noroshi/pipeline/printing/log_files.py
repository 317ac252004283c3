"""The published log as files: entries, checkpoint and tiles, which programs read, and its pages in every language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from hashlib import blake2b

from noroshi.endpoints import LOG_CHECKPOINT, LOG_ENTRIES, LOGS
from noroshi.log.checkpoint import print_checkpoint
from noroshi.log.line import LogLine
from noroshi.log.tiles import tile_files
from noroshi.pipeline.printing.materials import Materials
from noroshi.pipeline.printing.plan import Plan
from noroshi.urls import LOG, log_month_path
from noroshi.writers.pages.log import NEWEST, log_month_view, log_view, render_log, render_log_month


def plan_log_files(materials: Materials) -> Iterator[Plan]:
    """The files that programs read, one log for all languages."""
    log, keys = materials.log, materials.keys
    checkpoint = print_checkpoint(log.checkpoint)
    whole = keys.of("log", checkpoint.hex())
    yield Plan(file=LOG_ENTRIES, key=whole, make=lambda: b"".join(leaf + b"\n" for leaf in log.leaves))
    yield Plan(file=LOG_CHECKPOINT, key=whole, make=lambda: checkpoint)
    for path, data in tile_files(log.hashes):
        yield Plan(file=f"{LOGS}{path}", key=blake2b(data, digest_size=16).digest(), make=partial(bytes, data))


class LogPages:
    """What the pages for people are made of, computed once for all languages."""

    def __init__(self, materials: Materials) -> None:
        self._press, self._keys, self._log = materials.press, materials.keys, materials.log
        self._months, self._now = materials.log_months, materials.snapshot.now
        around = ["", *self._months, ""]
        self._known = {
            month: self._key(month, places, (around[number], around[number + 2]))
            for number, (month, places) in enumerate(self._months.items())
        }

    def pages(self, language: str) -> Iterator[Plan]:
        """All of them in one language."""
        yield self._first(language)
        for month in self._months:
            yield self._month(month, language)

    def _first(self, language: str) -> Plan:
        press, log, months = self._press, self._log, self._months
        reader = press.reader(language, LOG)

        def make() -> bytes:
            view = log_view(log.lines, log.checkpoint, months, log.standing, reader, self._now)
            _ = reader.wording.gettext
            title = _("Published log")
            description = _("What was published stands here for good, so that nobody can change it unseen.")
            body = render_log(view, reader, press.templates)
            return press.page("log", reader, title=title, description=description, body=body)

        counts = [f"{key}:{len(places)}" for key, places in months.items()]
        told = self._titles(log.lines[-NEWEST:])
        key = self._keys.of("log-page", log.checkpoint.root_word, *counts, *told)
        return Plan(file=press.file(language, LOG), key=key, make=make)

    def _month(self, month: str, language: str) -> Plan:
        press, log, months = self._press, self._log, self._months
        reader = press.reader(language, log_month_path(month))

        def make() -> bytes:
            view = log_month_view(month, log.lines, months, log.standing, reader)
            body = render_log_month(view, reader, press.templates)
            return press.page("logmonth", reader, title=view.name, description="", body=body)

        return Plan(file=press.file(language, reader.path), key=self._known[month], make=make)

    def _key(self, month: str, places: Sequence[int], neighbours: tuple[str, str]) -> bytes:
        lines, hashes = self._log.lines, self._log.hashes
        held = blake2b(b"".join([hashes[place] for place in places]), digest_size=16)
        held.update(f"{places}".encode())
        return self._keys.of(
            "log-month", month, *neighbours, held.hexdigest(), *self._titles(map(lines.__getitem__, places))
        )

    def _titles(self, lines: Iterable[LogLine]) -> list[str]:
        """What the records of these lines are called now."""
        standing = self._log.standing
        openings = (standing.get(name) for name in {(line.matter, line.id, 0): None for line in lines})
        return [f"{opening.id} {opening.title}" for opening in openings if opening is not None]
