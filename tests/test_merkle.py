"""The log's Merkle tree, its proofs and its tiles: against RFC 9162, known vectors, another program, and tampering."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Sequence
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noroshi.log.merkle import (
    EMPTY_ROOT,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    tree_head,
    verify_consistency,
    verify_inclusion,
)
from noroshi.log.tiles import Tile, TileError, TileReader, tile_files, tiles_of
from outside_programs import npm_package, run_node

# The eight leaves with which implementations of Certificate Transparency (RFC 6962) are tested, and what comes of them.
ENTRIES = [
    bytes.fromhex(each)
    for each in ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
]
LEAVES = [leaf_hash(entry) for entry in ENTRIES]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSIONS = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
}
CONSISTENCIES = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
LARGE = 50_000
"""The entries of a log of 10,000 records."""


@cache
def leaves_of(size: int) -> list[bytes]:
    """The leaves of the entries "0", "1" and so on."""
    return [leaf_hash(str(number).encode()) for number in range(size)]


def head_by_the_book(leaves: Sequence[bytes]) -> bytes:
    """MTH(D_n) word for word as section 2.1.1 defines it: cut at the largest power of two below n."""
    if not leaves:
        return EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node_hash(head_by_the_book(leaves[:k]), head_by_the_book(leaves[k:]))


def subproof_by_the_book(m: int, leaves: Sequence[bytes], whole: bool) -> list[bytes]:
    """SUBPROOF(m, D_n, b) word for word as section 2.1.4.1 defines it."""
    if m == len(leaves):
        return [] if whole else [head_by_the_book(leaves)]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m <= k:
        return [*subproof_by_the_book(m, leaves[:k], whole), head_by_the_book(leaves[k:])]
    return [*subproof_by_the_book(m - k, leaves[k:], False), head_by_the_book(leaves[:k])]


def test_known_heads() -> None:
    """The eight known leaves give the known heads, the empty tree's included."""
    assert [tree_head(LEAVES[:size]).hex() for size in range(9)] == ROOTS


@pytest.mark.parametrize(("index", "size"), INCLUSIONS)
def test_known_inclusion_proofs(index: int, size: int) -> None:
    """They give the known inclusion proofs, which verify."""
    proof = inclusion_proof(LEAVES[:size], index)
    assert [each.hex() for each in proof] == INCLUSIONS[index, size]
    assert verify_inclusion(LEAVES[index], index, size, proof, bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize(("first", "second"), CONSISTENCIES)
def test_known_consistency_proofs(first: int, second: int) -> None:
    """They give the known consistency proofs, which verify."""
    proof = consistency_proof(LEAVES[:second], first)
    assert [each.hex() for each in proof] == CONSISTENCIES[first, second]
    assert verify_consistency(first, second, bytes.fromhex(ROOTS[first]), bytes.fromhex(ROOTS[second]), proof)


def test_heads_and_proofs_are_those_of_the_definition() -> None:
    """For every two trees of up to 40 leaves head and consistency proof are what the recursive definition says."""
    for size in range(41):
        leaves = leaves_of(size)
        assert tree_head(leaves) == head_by_the_book(leaves)
        for first in range(1, size + 1):
            assert consistency_proof(leaves, first) == subproof_by_the_book(first, leaves, True)


@pytest.mark.slow
def test_another_program_agrees() -> None:
    """An implementation of RFC 9162 by others gives the same heads and proofs for all trees of up to 40 leaves, and
    verifies ours. (Its consistency proofs begin with the earlier head where RFC 9162 leaves that to who verifies.)"""
    package = npm_package("@transmute/rfc9162")
    script = f"""
import {{ createRequire }} from "node:module";
const load = createRequire({json.dumps(str(package / "package.json"))});
const {{ MTH }} = load("./dist/RFC9162/MTH.js"), {{ PATH }} = load("./dist/RFC9162/PATH.js");
const {{ PROOF }} = load("./dist/RFC9162/PROOF.js");
const {{ verifyConsistencyProof }} = load("./dist/RFC9162/verifyConsistencyProof.js");
const hex = (bytes) => Buffer.from(bytes).toString("hex");
const told = {{ heads: [], inclusion: [], consistency: [], broken: 0 }};
const size = Number(process.argv[2]), entries = [];
for (let number = 0; number < size; number++) {{
  entries.push(new TextEncoder().encode(String(number)));
  told.heads.push(hex(await MTH(entries)));
  told.inclusion.push([]);
  told.consistency.push([]);
  for (let index = 0; index <= number; index++) {{
    told.inclusion[number].push((await PATH(index, entries)).map(hex));
    const proof = await PROOF(index + 1, entries);
    told.consistency[number].push(proof.map(hex));
    const first = await MTH(entries.slice(0, index + 1)), second = await MTH(entries);
    const data = {{ tree_size_1: index + 1, tree_size_2: number + 1, consistency_path: proof }};
    if (index < number && !(await verifyConsistencyProof(first, second, data))) told.broken++;
  }}
}}
console.log(JSON.stringify(told));
"""
    told = json.loads(run_node(script, "40"))
    assert told["broken"] == 0
    for size in range(1, 41):
        leaves = leaves_of(size)
        assert told["heads"][size - 1] == tree_head(leaves).hex()
        for index in range(size):
            assert told["inclusion"][size - 1][index] == [each.hex() for each in inclusion_proof(leaves, index)]
            first = index + 1
            ours = consistency_proof(leaves, first)
            led = [tree_head(leaves[:first]), *ours] if first & (first - 1) == 0 or first == size else ours
            assert told["consistency"][size - 1][index] == [each.hex() for each in led], (first, size)


sizes = st.integers(1, 600).flatmap(lambda size: st.tuples(st.integers(1, size), st.just(size)))


@given(sizes)
@settings(max_examples=200, deadline=None)
def test_every_proof_verifies(pair: tuple[int, int]) -> None:
    """For all m <= n the proofs verify, and from tiles come the very same ones."""
    first, second = pair
    leaves = leaves_of(second)
    files = dict(tile_files(leaves))
    reader = TileReader(second, files.__getitem__)
    proof = consistency_proof(leaves, first)
    assert verify_consistency(first, second, tree_head(leaves[:first]), tree_head(leaves), proof)
    assert reader.consistency_proof(first) == proof
    path = inclusion_proof(leaves, first - 1)
    assert verify_inclusion(leaves[first - 1], first - 1, second, path, tree_head(leaves))
    assert reader.inclusion_proof(first - 1) == path
    assert (reader.head(), reader.head(first)) == (tree_head(leaves), tree_head(leaves[:first]))
    assert reader.leaf_hashes() == leaves


@given(sizes, st.data())
@settings(max_examples=200, deadline=None)
def test_no_other_proof_verifies(pair: tuple[int, int], data: st.DataObject) -> None:
    """A proof with a flipped bit, cut short, lengthened, turned round, or for another size or head proves nothing."""
    first, second = pair
    leaves = leaves_of(second)
    proof, heads = consistency_proof(leaves, first), (tree_head(leaves[:first]), tree_head(leaves))

    def refused(
        proof: Sequence[bytes], first: int = first, second: int = second, heads: Sequence[bytes] = heads
    ) -> None:
        assert not verify_consistency(first, second, heads[0], heads[1], proof)

    refused([*proof, EMPTY_ROOT])
    refused(proof, second + 1, second)
    refused(proof, heads=(flipped(heads[0], data), heads[1]))
    refused(proof, heads=(heads[0], flipped(heads[1], data)))
    if proof:
        refused(proof, second=second << 4)
        place = data.draw(st.integers(0, len(proof) - 1))
        refused([*proof[:place], flipped(proof[place], data), *proof[place + 1 :]])
        refused([*proof[:place], proof[place][:-1], *proof[place + 1 :]])
        refused([*proof[:place], *proof[place + 1 :]])
        refused(proof[::-1] if proof[::-1] != proof else [])
        refused([])
    other = data.draw(st.integers(1, second))
    if other not in (first, second):
        refused(proof, other, heads=(tree_head(leaves[:other]), heads[1]))
        refused(proof, heads=(tree_head(leaves[:other]), heads[1]))

    index = first - 1
    path = inclusion_proof(leaves, index)
    assert not verify_inclusion(leaves[index], index, second, [*path, EMPTY_ROOT], heads[1])
    assert not verify_inclusion(flipped(leaves[index], data), index, second, path, heads[1])
    assert not verify_inclusion(leaves[index], index, second, path, flipped(heads[1], data))
    assert not verify_inclusion(leaves[index], second, second, path, heads[1])
    if path:
        assert not verify_inclusion(leaves[index], index, second << 4, path, heads[1])
        assert not verify_inclusion(leaves[index], index, second, path[:-1], heads[1])
        assert not verify_inclusion(leaves[index], index ^ 1, second, path, heads[1])


def flipped(hashed: bytes, data: st.DataObject) -> bytes:
    """A hash of which one bit is another."""
    bit = data.draw(st.integers(0, 255))
    return (int.from_bytes(hashed, "big") ^ 1 << bit).to_bytes(32, "big")


def test_a_changed_history_verifies_nowhere() -> None:
    """A leaf changed, deleted, inserted or moved below the earlier size: no proof of the new tree leads to the old."""
    for first in range(1, 34):
        old = leaves_of(first)
        head = tree_head(old)
        later = leaves_of(40)
        for place in range(first):
            changed = [*later[:place], EMPTY_ROOT, *later[place + 1 :]]
            deleted = [*later[:place], *later[place + 1 :]]
            inserted = [*later[:place], EMPTY_ROOT, *later[place:]]
            moved = [*later[:place], later[place + 1], later[place], *later[place + 2 :]]
            for tampered in (changed, deleted, inserted, moved):
                proof = consistency_proof(tampered, first)
                assert not verify_consistency(first, len(tampered), head, tree_head(tampered), proof)


def test_nothing_is_proven_of_an_empty_tree_but_that_it_was_empty() -> None:
    """Whatever follows an empty tree is consistent with it, by an empty proof; another head for it is refused."""
    head = tree_head(LEAVES)
    assert verify_consistency(0, 8, EMPTY_ROOT, head, [])
    assert not verify_consistency(0, 8, head, head, [])
    assert not verify_consistency(0, 8, EMPTY_ROOT, head, [head])
    assert verify_consistency(0, 0, EMPTY_ROOT, EMPTY_ROOT, [])
    assert not verify_inclusion(LEAVES[0], 0, 0, [], EMPTY_ROOT)
    with pytest.raises(ValueError):
        consistency_proof(LEAVES, 9)
    with pytest.raises(ValueError):
        inclusion_proof(LEAVES, 8)


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0, 256), "tile/0/000"),
        (Tile(0, 273, 112), "tile/0/273.p/112"),
        (Tile(0, 1234067, 256), "tile/0/x001/x234/067"),
        (Tile(3, 1000, 1), "tile/3/x001/000.p/1"),
    ],
)
def test_tiles_are_named_as_others_name_them(tile: Tile, path: str) -> None:
    """The paths are those of the standard for tiles, groups of three digits and partial widths included."""
    assert tile.path == path


def test_tiles_of_the_sizes_that_the_standard_names() -> None:
    """A tree of 70,000 has 273 full tiles of leaves and a partial one, a full and a partial one of level 1, one of
    level 2; a tree of 256 a full tile and one above it of one hash; an empty one none."""
    tiles = list(tiles_of(70_000))
    assert tiles[:273] == [Tile(0, place, 256) for place in range(273)]
    assert tiles[273:] == [Tile(0, 273, 112), Tile(1, 0, 256), Tile(1, 1, 17), Tile(2, 0, 1)]
    assert list(tiles_of(256)) == [Tile(0, 0, 256), Tile(1, 0, 1)]
    assert list(tiles_of(0)) == []


@pytest.mark.parametrize("before", [0, 1, 255, 256, 257, 511, 512, 1000])
@pytest.mark.parametrize("after", [1000, 1023, 1024, 1100])
def test_a_build_writes_only_what_is_new(before: int, after: int) -> None:
    """The tiles since an earlier size, beside those of that size, are all: a full tile never changes."""
    earlier, later = dict(tile_files(leaves_of(before))), dict(tile_files(leaves_of(after)))
    since = dict(tile_files(leaves_of(after), since=before))
    assert since.items() <= later.items()
    assert not since.keys() & earlier.keys()
    assert later.items() <= {**earlier, **since}.items()


def test_a_tile_of_another_length_is_refused() -> None:
    """Whatever stands in a tile's place proves nothing: it is said by its name and length."""
    files = {path: data[:-1] for path, data in tile_files(leaves_of(300))}
    with pytest.raises(TileError, match=r"tile/0/000 has 8,191 bytes; a tile of this name has 8,192"):
        TileReader(300, files.__getitem__).consistency_proof(7)


def test_a_proof_takes_few_tiles_however_long_the_log_is() -> None:
    """At each level of tiles one at the earlier size and one at the end: three of 197 at 50,000 entries."""
    files = dict(tile_files(leaves_of(LARGE)))
    assert len(files) == 197
    head = tree_head(leaves_of(LARGE))
    for first in (*range(1, 600, 7), 255, 256, 257, 32_768, 40_000, 49_999, LARGE):
        asked: list[str] = []
        reader = TileReader(LARGE, lambda path, asked=asked: asked.append(path) or files[path])
        proof = reader.consistency_proof(first)
        assert verify_consistency(first, LARGE, tree_head(leaves_of(LARGE)[:first]), head, proof)
        assert len(asked) == len(set(asked)) == reader.read <= 2 * math.ceil(math.log(LARGE, 256)) - 1


def test_a_long_log_is_quickly_hashed() -> None:
    """The leaves, the head and all tiles of 50,000 entries take less than a second, however busy the machine is."""
    began = time.process_time()
    leaves = [leaf_hash(b'{"at":"2026-06-18T12:52:00Z"}%d' % number) for number in range(LARGE)]
    tree_head(leaves)
    assert sum(1 for _ in tile_files(leaves)) == 197
    assert time.process_time() - began < 1
