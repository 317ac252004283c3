"""The Merkle tree of a log as small files, from which anyone computes proofs (C2SP tlog-tiles).

A tile holds up to 256 hashes that stand side by side at one level of the tree: leaves at level 0, and at each level
above it the heads of full tiles of the level below. A full tile never changes again.
https://c2sp.org/tlog-tiles
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from noroshi.log.merkle import HASH_LENGTH, Range, consistency_ranges, inclusion_ranges, node_hash, tree_head
from noroshi.problems import StatedError

HEIGHT = 8
"""How many levels of the tree a tile spans."""

WIDTH = 1 << HEIGHT
"""How many hashes a full tile holds."""

Fetch: TypeAlias = Callable[[str], bytes]
"""Gives a tile's bytes by its path below the log's folder: ``tile/0/000``."""


class TileError(StatedError):
    """What stands in a tile's place is not that tile."""


class Tile(NamedTuple):
    """The name of a tile."""

    level: int
    place: int
    """From the left, from 0."""
    width: int
    """How many hashes it holds: 1 to 256."""

    @property
    def path(self) -> str:
        """Its path below the log's folder: ``tile/0/x001/234``, and ``tile/1/000.p/17`` while it is partial."""
        number = f"{self.place:03d}"
        while len(number) % 3:
            number = f"0{number}"
        groups = [number[at : at + 3] for at in range(0, len(number), 3)]
        name = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
        return f"tile/{self.level}/{name}" + ("" if self.full else f".p/{self.width}")

    @property
    def full(self) -> bool:
        """Whether it stands for ever."""
        return self.width == WIDTH


def tiles_of(size: int, since: int = 0) -> Iterator[Tile]:
    """The tiles of a tree with this many leaves, level by level from the left.

    :param since: leave out those that a tree with the first so many of its leaves had already
    """
    level = 0
    while count := size >> HEIGHT * level:
        before = since >> HEIGHT * level
        for place in range(before // WIDTH, -(-count // WIDTH)):
            tile = _tile(level, place, count)
            if tile != _tile(level, place, before):
                yield tile
        level += 1


def tile_files(leaf_hashes: Sequence[bytes], since: int = 0) -> Iterator[tuple[str, bytes]]:
    """The tiles of a tree as files: their paths below the log's folder, and their bytes.

    :param since: leave out those that a tree with the first so many of these leaves had already: full ones, and partial
        ones of the same width
    """
    rows: list[list[bytes]] = [list(leaf_hashes)]
    while len(rows[-1]) >= WIDTH:
        row = rows[-1]
        rows.append([tree_head(row[start : start + WIDTH]) for start in range(0, len(row) - WIDTH + 1, WIDTH)])
    for tile in tiles_of(len(leaf_hashes), since):
        start = tile.place * WIDTH
        yield tile.path, b"".join(rows[tile.level][start : start + tile.width])


class TileReader:
    """Heads of subtrees and proofs, from no more tiles than they need: some two a level."""

    def __init__(self, size: int, fetch: Fetch) -> None:
        """
        :param size: how many leaves the tree has
        :param fetch: asked for each tile once
        """
        self.size = size
        self._fetch = fetch
        self._tiles: dict[Tile, bytes] = {}

    @property
    def read(self) -> int:
        """How many tiles were fetched."""
        return len(self._tiles)

    def head(self, size: int | None = None) -> bytes:
        """The head of the tree of the first so many leaves, or of all.

        :raises TileError: a tile is not as long as it has to be
        """
        size = self.size if size is None else size
        return self._subtree((0, size)) if size else tree_head(())

    def consistency_proof(self, first: int) -> list[bytes]:
        """The proof that the tree of the first leaves is still there (RFC 9162, section 2.1.4.1).

        :raises TileError: a tile is not as long as it has to be
        """
        return [self._subtree(each) for each in consistency_ranges(first, self.size)]

    def inclusion_proof(self, index: int) -> list[bytes]:
        """The proof that the leaf at this index, from 0, is in the tree (RFC 9162, section 2.1.3.1).

        :raises TileError: a tile is not as long as it has to be
        """
        return [self._subtree(each) for each in inclusion_ranges(index, self.size)]

    def leaf_hashes(self) -> list[bytes]:
        """The hashes of all leaves, from all tiles of level 0.

        :raises TileError: a tile is not as long as it has to be
        """
        data = b"".join(self.tile(tile) for tile in tiles_of(self.size) if tile.level == 0)
        return _hashes(data)

    def tile(self, tile: Tile) -> bytes:
        """A tile's bytes.

        :raises TileError: it is not as long as it has to be
        """
        if tile not in self._tiles:
            data = self._fetch(tile.path)
            if len(data) != tile.width * HASH_LENGTH:
                raise TileError(
                    f"{tile.path} has {len(data):,} bytes; a tile of this name has {tile.width * HASH_LENGTH:,}"
                )
            self._tiles[tile] = data
        return self._tiles[tile]

    def _subtree(self, leaves: Range) -> bytes:
        """The head of a subtree: perfect ones from the left, folded from the right."""
        start, end = leaves
        heads = []
        while start < end:
            height = (end - start).bit_length() - 1
            heads.append(self._perfect(start, height))
            start += 1 << height
        head = heads.pop()
        while heads:
            head = node_hash(heads.pop(), head)
        return head

    def _perfect(self, start: int, height: int) -> bytes:
        """The head of the perfect subtree of this height whose first leaf is ``start``: it lies in one tile."""
        level, inner = divmod(height, HEIGHT)
        place, offset = divmod(start >> HEIGHT * level, WIDTH)
        data = self.tile(_tile(level, place, self.size >> HEIGHT * level))
        return tree_head(_hashes(data[offset * HASH_LENGTH : (offset + (1 << inner)) * HASH_LENGTH]))


def _tile(level: int, place: int, count: int) -> Tile:
    """The tile at this place of a level that has so many hashes."""
    return Tile(level, place, max(0, min(WIDTH, count - place * WIDTH)))


def _hashes(data: bytes) -> list[bytes]:
    return [data[place : place + HASH_LENGTH] for place in range(0, len(data), HASH_LENGTH)]
