"""Single files of a tree that nobody reads yet: write, link, verify, remove.

A file that exists is never opened for writing. Trees of two generations share files by hard links, so
what changes always becomes a new file under the old name.
"""

import errno
import hashlib
import os
import shutil
import stat
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple, TypeVar

from noroshi.publishing.faults import PublicationError, explain

T = TypeVar("T")

MARKER = ".noroshi"
# hard links are refused for other people's files, on other file systems, at the limit of the count,
# and by file systems that have none
_NO_LINK = {errno.EPERM, errno.EACCES, errno.EXDEV, errno.EMLINK, errno.EOPNOTSUPP, errno.ENOSYS}


class Stamp(NamedTuple):
    """What tells that a file stands as it was written."""

    size: int
    """Octets."""
    mtime_ns: int
    """As the file system gave it, in nanoseconds since 1970."""
    digest: bytes
    """The first 16 octets of the content's SHA-256."""


# A Stamp without its names. A site loads 30,000 of them: plain tuples come at half the cost, and the
# garbage collector leaves them alone.
PlainStamp = tuple[int, int, bytes]


def digest_of(data: bytes) -> bytes:
    """The digest that `Stamp` holds, of these bytes."""
    return hashlib.sha256(data).digest()[:16]


def check_path(path: str) -> None:
    """Refuse a path that is not a plain relative one below the site, in NFC.

    Raises PublicationError.
    """
    around = f"/{path}/"
    if not path or path[0] == "/" or "//" in around or "/./" in around or "/../" in around:
        found = "is not a plain relative path"
    elif path == MARKER or path.startswith(f"{MARKER}/"):
        found = "is the name of the generator's own mark"
    elif path.isascii():
        if "\0" not in path:
            return
        found = "holds a NUL character"
    elif not unicodedata.is_normalized("NFC", path):
        found = "is not in Unicode's composed form (NFC)"
    elif any("\ud800" <= letter <= "\udfff" for letter in path):
        found = "is not valid Unicode"
    elif "\0" in path:
        found = "holds a NUL character"
    else:
        return
    raise PublicationError(f"{path!r}: cannot be published: the name {found}; rename the file or page")


def write_file(root: Path, path: str, data: bytes) -> Stamp:
    """Write a new file at `path` below the staged tree `root`, in any process.

    Folders are made as needed; what stood there is replaced, never written into. Raises PublicationError.
    """
    check_path(path)
    return store(root, path, (data,), digest_of(data))


def store(root: Path, path: str, chunks: Iterable[bytes], digest: bytes) -> Stamp:
    """`write_file` for content that comes piece by piece, its digest known, the path checked."""
    try:
        handle = put(os.fspath(root), path, _create)
        try:
            for chunk in chunks:
                rest = memoryview(chunk)
                while rest:
                    rest = rest[os.write(handle, rest) :]
            state = os.fstat(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise explain(error, "write", root / path) from error
    return Stamp(state.st_size, state.st_mtime_ns, digest)


def link_file(source: str, root: str, path: str) -> None:
    """Let `path` below `root` be the file `source`: a hard link, else a copy with the same time.

    Raises OSError.
    """

    def link(place: str) -> None:
        try:
            os.link(source, place, follow_symlinks=False)
        except OSError as error:
            if error.errno not in _NO_LINK:
                raise
            with open(source, "rb") as reader, open(_create(place), "wb") as writer:  # noqa: PTH123
                shutil.copyfileobj(reader, writer)
            modified = os.lstat(source).st_mtime_ns
            os.utime(place, ns=(modified, modified))

    put(root, path, link)


def put(root: str, path: str, make: Callable[[str], T]) -> T:
    """Call `make` with the place of `path` below `root`; clear the way or make folders if it must be.

    `make` raises FileExistsError when something is there. Raises OSError.
    """
    place = f"{root}/{path}"
    try:
        return make(place)
    except FileExistsError:
        remove(place)
    except (FileNotFoundError, NotADirectoryError):
        make_folders(root, path)
    try:
        return make(place)
    except FileExistsError:
        remove(place)
        return make(place)


def make_folders(root: str, path: str) -> None:
    """Make the folders above `path` below `root`, which must exist itself. Raises OSError.

    The root is never made anew: a worker that outlived a killed run then fails here, and does not write
    into the tree of the run that came after.
    """
    place = root
    for name in path.split("/")[:-1]:
        place = f"{place}/{name}"
        try:
            if stat.S_ISDIR(os.lstat(place).st_mode):
                continue
            remove(place)
        except FileNotFoundError:
            pass
        try:
            os.mkdir(place)  # noqa: PTH102
        except FileExistsError:
            # another process was faster
            if not stat.S_ISDIR(os.lstat(place).st_mode):
                raise


def remove(place: str) -> None:
    """Remove a file, a link or a whole folder; nothing is well too. Raises OSError."""
    try:
        os.unlink(place)  # noqa: PTH108
    except (FileNotFoundError, NotADirectoryError):
        pass
    except (IsADirectoryError, PermissionError):
        # POSIX lets unlink of a folder fail with EPERM
        if not stat.S_ISDIR(os.lstat(place).st_mode):
            raise
        shutil.rmtree(place)


def stands(place: str, entry: PlainStamp, doubtful_from: int) -> bool:
    """Whether the file at `place` is as `entry` says.

    Size and time decide, except for times from `doubtful_from` (ns) on: a file could have changed again
    within the same tick of the file system's clock, so its content is read.
    """
    try:
        state = os.lstat(place)
        size, mtime_ns, digest = entry
        if state.st_size != size or state.st_mtime_ns != mtime_ns:
            return False
        if not stat.S_ISREG(state.st_mode):
            return False
        if mtime_ns < doubtful_from:
            return True
        with open(place, "rb") as file:  # noqa: PTH123
            return hashlib.file_digest(file, "sha256").digest()[:16] == digest
    except OSError:
        return False


def _create(place: str) -> int:
    return os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
