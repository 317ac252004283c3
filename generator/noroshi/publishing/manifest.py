"""What stands published, kept beside the site: a few packed columns, since 30,000 files load at every build.

The file is a cache and nothing more. One that is missing, torn, of another version or of another kind of
machine counts as absent, and the site is built afresh to the same bytes.
"""

import hashlib
import os
import struct
import sys
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from noroshi.publishing.tree import PlainStamp

_MAGIC = f"noroshi manifest 1 {sys.byteorder}\n".encode()
_CHECK = 32
# longer than the tick of any usual kernel's file times (10 ms)
_TICK_NS = 20_000_000


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """The files of the last publication and the folders of the two trees that hold them."""

    files: dict[str, PlainStamp]
    """Size, time (ns) and digest as `Stamp` has them, by path relative to the site."""
    published: dict[str, int]
    """Modification time (ns) of each folder of the site itself, by relative path, the root as ""."""
    spare: dict[str, int]
    """The same for the other tree; 0 where it is not known."""
    generation: bytes
    """Differs from one publication to the next."""
    doubtful_from: int
    """A file or folder with this modification time (ns) or a later one may have changed again within it."""


def save_manifest(place: Path, files: dict[str, PlainStamp], published: dict[str, int], spare: dict[str, int]) -> bytes:
    """Write the manifest by temporary name and rename, readable by its owner alone; give its generation.

    Raises OSError.
    """
    entries = files.values()
    sections = (
        "\0".join(files).encode(),
        _column(entry[0] for entry in entries),
        _column(entry[1] for entry in entries),
        b"".join([entry[2] for entry in entries]),
        "\0".join(published).encode(),
        _column(published.values()),
        _column(spare.get(folder, 0) for folder in published),
    )
    payload = struct.pack("=7Q", *map(len, sections)) + b"".join(sections)
    generation = hashlib.sha256(payload).digest()
    beside = f"{place}.new"
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(_MAGIC + generation + payload)
    os.rename(beside, place)  # noqa: PTH104
    return generation


def load_manifest(place: Path) -> Manifest | None:
    """Read a manifest; None when there is none that can be trusted."""
    try:
        data = place.read_bytes()
        saved = place.stat().st_mtime_ns
    except OSError:
        return None
    start = len(_MAGIC) + _CHECK
    generation, payload = data[len(_MAGIC) : start], data[start:]
    if not data.startswith(_MAGIC) or hashlib.sha256(payload).digest() != generation:
        return None
    # from here on the content is as save_manifest made it: the checksum covers all of it
    at = struct.calcsize("=7Q")
    parts: list[bytes] = []
    for length in struct.unpack_from("=7Q", payload):
        parts.append(payload[at : at + length])
        at += length
    digests = [parts[3][here : here + 16] for here in range(0, len(parts[3]), 16)]
    columns = zip(_numbers(parts[1]), _numbers(parts[2]), digests, strict=True)
    folders = parts[4].decode().split("\0")
    return Manifest(
        files=dict(zip(parts[0].decode().split("\0"), columns, strict=True)),
        published=dict(zip(folders, _numbers(parts[5]), strict=True)),
        spare=dict(zip(folders, _numbers(parts[6]), strict=True)),
        generation=generation,
        doubtful_from=saved - _TICK_NS,
    )


def _column(numbers: Iterable[int]) -> bytes:
    return array("q", numbers).tobytes()


def _numbers(data: bytes) -> list[int]:
    numbers = array("q")
    numbers.frombytes(data)
    return numbers.tolist()
