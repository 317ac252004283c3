"""One build at a time for a site."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from noroshi.publishing.faults import PublicationError, explain

_held: set[int] = set()


def _let_go_in_child() -> None:
    for handle in _held:
        os.close(handle)
    _held.clear()


# Worker processes inherit the open file and with it the lock: one that outlived a killed build would
# block all later builds.
os.register_at_fork(after_in_child=_let_go_in_child)


@contextmanager
def locked(place: Path, target: Path) -> Iterator[None]:
    """Hold the lock file at `place` while the context lasts; it ends with the process, however that ends.

    Raises PublicationError at once when another build of `target` holds it.
    """
    try:
        handle = os.open(place, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise explain(error, "lock", place) from error
    owner = os.getpid()
    _held.add(handle)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        _held.discard(handle)
        os.close(handle)
        message = f"{target}: another build is publishing here; wait until it has ended, or stop it"
        raise PublicationError(message) from error
    except OSError as error:
        _held.discard(handle)
        os.close(handle)
        raise explain(error, "lock", place) from error
    try:
        yield
    finally:
        if os.getpid() == owner:
            _held.discard(handle)
            os.close(handle)
