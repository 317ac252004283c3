"""What goes wrong on disk while a site is published, said for people."""

import errno
import os
from pathlib import Path

from noroshi.problems import StatedError

ADVICE = {
    errno.ENOSPC: "the disk is full: free some space and build again",
    errno.EDQUOT: "the disk quota is used up: free some space and build again",
    errno.EFBIG: "the file is larger than is allowed here: see `ulimit -f`, or leave the file out",
    errno.EROFS: "the file system is read-only: choose another output folder or mount it writable",
    errno.EACCES: "permission is missing: build as the owner of the folder, or choose another output folder",
    errno.EPERM: "permission is missing: build as the owner of the folder, or choose another output folder",
    errno.ENAMETOOLONG: "the name is too long for the file system: shorten it (or the path of the output folder)",
    errno.EMLINK: "the folder holds as much as its file system can count: choose another file system",
    errno.ELOOP: "symbolic links lead in a circle: remove them",
    errno.EBUSY: "the folder is in use as a mount point: unmount it, or publish to a folder inside it",
    errno.EXDEV: "the folder and its neighbours are on different file systems: publish to a folder inside it",
    errno.EIO: "the disk reports an error: look into the system's log",
    errno.EMFILE: "too many files are open: see `ulimit -n`",
    errno.ENOLCK: "the file system knows no locks: choose another output folder",
    errno.ENOTDIR: "a part of this path is a file: choose another output folder or remove that file",
    errno.ENOENT: "it vanished during the build: is another program at work in this folder?",
}


class PublicationError(StatedError):
    """The site could not be published. The message is for people: where, what, what to do."""


def explain(error: OSError, doing: str, path: str | Path) -> PublicationError:
    """Make a message out of an error of the operating system.

    `doing` completes "cannot ...", for example "write". `path` is what the work was about; where the
    error names no other path it is what the message starts with.
    """
    advice = ADVICE.get(error.errno or 0, "mend this and build again")
    what = os.strerror(error.errno) if error.errno else str(error)
    return PublicationError(f"{os.fspath(path)}: cannot {doing}: {what}; {advice}")
