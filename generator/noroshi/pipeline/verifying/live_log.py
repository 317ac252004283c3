"""A published log, as its address answers now."""

from __future__ import annotations

from functools import cached_property

from noroshi.endpoints import LOG_CHECKPOINT, LOG_ENTRIES, LOGS
from noroshi.log.checkpoint import Checkpoint, CheckpointError, parse_checkpoint
from noroshi.log.line import LineError, split_lines
from noroshi.log.merkle import leaf_hash
from noroshi.log.tiles import TileReader
from noroshi.pipeline.verifying.fetching import NotThere, Source
from noroshi.problems import CannotVerify, in_one_line

CHECKPOINT = LOG_CHECKPOINT.removeprefix(LOGS)
"""The file with the checkpoint, below the log's folder."""

ENTRIES = LOG_ENTRIES.removeprefix(LOGS)
"""The file with all lines, below the log's folder."""

_CHECKPOINT_LIMIT = 1 << 16
_TILE_LIMIT = 1 << 16
# In bytes. Far above what these have, so that a web page in their place is called what it is.
_LINE_LIMIT = 1 << 14
"""How many bytes a line has at most, on average: only titles make one long."""


class LiveLog:
    """A published log. What belongs to its checkpoint is read when it is asked for, and once."""

    def __init__(self, source: Source, folder: str, checkpoint: Checkpoint) -> None:
        """
        :param folder: of the log, below the source
        """
        self._source = source
        self._folder = folder
        self.checkpoint = checkpoint

    @property
    def name(self) -> str:
        """The address that was asked."""
        return self._source.name

    @cached_property
    def tiles(self) -> TileReader:
        """The tiles of its tree."""
        return TileReader(self.checkpoint.size, self.tile)

    @cached_property
    def lines(self) -> list[bytes]:
        """Its lines without their ends: as they stand there, whether or not they belong to the checkpoint.

        :raises CannotVerify: they cannot be read whole, or something else stands there
        """
        path = self._folder + ENTRIES
        limit = self.checkpoint.size * _LINE_LIMIT + _CHECKPOINT_LIMIT
        data = self._source.read(path, limit)
        if data and not data.startswith(b"{"):
            shown = in_one_line(data[:40].decode("utf-8", "replace"))
            raise CannotVerify(f"{self.name}: {path} holds no lines of a log; it begins with {shown!r}")
        try:
            return split_lines(data)
        except LineError as error:
            raise CannotVerify(f"{self.name}: {path} did not arrive whole: {error}") from None

    @cached_property
    def leaf_hashes(self) -> list[bytes]:
        """The hashes of its lines."""
        return [leaf_hash(line) for line in self.lines]

    def tile(self, path: str) -> bytes:
        """The tile at a path below the log's folder.

        :raises CannotVerify: it is not there
        """
        return self._source.read(self._folder + path, _TILE_LIMIT)

    def again(self) -> LiveLog:
        """The log as its address answers now, with nothing read but the checkpoint."""
        return LiveLog(self._source, self._folder, _checkpoint(self._source, self._folder))


def open_log(source: Source) -> LiveLog:
    """The log of a site: of its address, or of its log's folder.

    :raises CannotVerify: there is none, or its checkpoint cannot be read
    """
    folders = ["", LOGS] if source.name.rstrip("/").endswith("/log") else [LOGS, ""]
    for folder in folders:
        try:
            return LiveLog(source, folder, _checkpoint(source, folder))
        except NotThere:
            continue
    raise CannotVerify(
        f"{source.name} publishes no log: neither {LOG_CHECKPOINT} nor {CHECKPOINT} is there; "
        "give the address of the site, without a language or a page"
    )


def _checkpoint(source: Source, folder: str) -> Checkpoint:
    data = source.read(folder + CHECKPOINT, _CHECKPOINT_LIMIT)
    try:
        return parse_checkpoint(data)
    except CheckpointError as error:
        raise CannotVerify(f"{source.name}: {folder}{CHECKPOINT} is no checkpoint: {error}") from None
