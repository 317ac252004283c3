"""The Merkle tree of a log (RFC 9162, section 2.1): one hash over all its entries, and short proofs about it.

All functions take the hashes of leaves, as :func:`leaf_hash` makes them, so that an entry is hashed once. A proof is a
list of hashes of 32 bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import TypeAlias

Range: TypeAlias = tuple[int, int]
"""The leaves of a subtree: from the first one up to, and without, the second."""

HASH_LENGTH = 32
"""In bytes."""

EMPTY_ROOT = sha256().digest()
"""The head of a tree without leaves (section 2.1.1)."""


def leaf_hash(entry: bytes) -> bytes:
    """The hash of an entry of the log (section 2.1.1)."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees side by side (section 2.1.1)."""
    return sha256(b"\x01" + left + right).digest()


def tree_head(leaf_hashes: Sequence[bytes]) -> bytes:
    """The head of a tree (section 2.1.1), in one pass from the leaves up.

    The section cuts a tree at the largest power of two below its size. Pairing from the left and carrying up what
    stays alone gives the same tree.
    """
    if not leaf_hashes:
        return EMPTY_ROOT
    row = list(leaf_hashes)
    while len(row) > 1:
        alone = [row.pop()] if len(row) % 2 else []
        pairs = iter(row)
        row = [sha256(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=True)] + alone
    return row[0]


def inclusion_proof(leaf_hashes: Sequence[bytes], index: int) -> list[bytes]:
    """The proof that the leaf at this index, from 0, is in the tree (section 2.1.3.1)."""
    return [tree_head(leaf_hashes[start:end]) for start, end in inclusion_ranges(index, len(leaf_hashes))]


def consistency_proof(leaf_hashes: Sequence[bytes], first: int) -> list[bytes]:
    """The proof that the tree of the first leaves is still there in the tree of all (section 2.1.4.1).

    :param first: how many leaves the earlier tree had: up to all
    """
    return [tree_head(leaf_hashes[start:end]) for start, end in consistency_ranges(first, len(leaf_hashes))]


def inclusion_ranges(index: int, size: int) -> list[Range]:
    """The subtrees whose heads prove that a leaf is in a tree, from the leaf up (section 2.1.3.1).

    :raises ValueError: there is no such leaf
    """
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has none at {index}")
    path: list[Range] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _left_size(end - start)
        if index < middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((start, middle))
            start = middle
    return path[::-1]


def consistency_ranges(first: int, second: int) -> list[Range]:
    """The subtrees whose heads prove that a tree of ``first`` leaves is in one of ``second`` (section 2.1.4.1).

    There are none where one of them is empty or both are of one size: then there is nothing to prove.

    :raises ValueError: the first tree is larger
    """
    if not 0 <= first <= second:
        raise ValueError(f"a tree of {second} leaves cannot go on one of {first}")
    if first in (0, second):
        return []
    path: list[Range] = []
    start, end = 0, second
    while end != first:
        middle = start + _left_size(end - start)
        if first <= middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((start, middle))
            start = middle
    # A subtree that begins with the tree is the earlier tree itself, whose head whoever verifies has.
    return ([(start, end)] if start else []) + path[::-1]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether a proof shows that this leaf stands at this index in the tree with this head (section 2.1.3.2)."""
    if not 0 <= index < size or not _well_formed(leaf, root, *proof):
        return False
    fn, sn, r = index, size - 1, leaf
    for p in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            r = node_hash(p, r)
            fn, sn = _shifted(fn, sn, lambda fn: fn & 1 or fn == 0)
        else:
            r = node_hash(r, p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root


def verify_consistency(first: int, second: int, first_root: bytes, second_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether a proof shows that the tree of ``first`` leaves is unchanged in that of ``second`` (section 2.1.4.2).

    The section speaks of 0 < first < second. Two trees of one size are consistent where they are equal, and whatever
    follows an empty tree is consistent with it; in both cases the proof is empty.
    """
    if not 0 <= first <= second or not _well_formed(first_root, second_root, *proof):
        return False
    if first in (0, second):
        return not proof and first_root == (second_root if first == second else EMPTY_ROOT)
    if not proof:
        return False
    path = [first_root, *proof] if first & (first - 1) == 0 else list(proof)
    fn, sn = _shifted(first - 1, second - 1, lambda fn: not fn & 1)
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node_hash(c, fr), node_hash(c, sr)
            fn, sn = _shifted(fn, sn, lambda fn: fn & 1 or fn == 0)
        else:
            sr = node_hash(sr, c)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and (fr, sr) == (first_root, second_root)


def _left_size(size: int) -> int:
    """The largest power of two below a size (section 2.1.1)."""
    return 1 << (size - 1).bit_length() - 1


def _shifted(fn: int, sn: int, done: Callable[[int], object]) -> tuple[int, int]:
    """Both, shifted equally to the right until the first is as wanted."""
    while not done(fn):
        fn, sn = fn >> 1, sn >> 1
    return fn, sn


def _well_formed(*hashes: bytes) -> bool:
    return all(len(each) == HASH_LENGTH for each in hashes)
