"""What is wrong with a file or folder of the content before anything in it is read."""

from __future__ import annotations

from noroshi.problems import Place, Problem
from noroshi.records.refusal import nearest

DEEPEST = 100
"""How many folders deep content may lie: far beyond need, and far from where Python's own stack ends."""


def stray(path: str, known: list[str]) -> Problem:
    """The problem of a name that the top of the content folder does not know.

    :param known: the names that it knows
    """
    name = path.rpartition("/")[2]
    return Problem(
        place=Place(path=path),
        rule="stray-file",
        found=f"'{name}' does not belong here",
        allowed="content/ holds: " + ", ".join(known),
        advice=nearest(name, known) or "move it elsewhere",
    )


def no_folder(path: str) -> Problem:
    """The problem of something else under the name of a folder."""
    return Problem(
        place=Place(path=path),
        rule="stray-file",
        found="this is no folder",
        allowed="this name belongs to a folder",
        advice="move it elsewhere, and make a folder of this name",
    )


def special(path: str) -> Problem:
    """The problem of a pipe, a device or a socket: reading it could take for ever."""
    return Problem(
        place=Place(path=path),
        rule="stray-file",
        found="this is no ordinary file",
        allowed="content is ordinary files",
        advice="replace it with a file",
    )


def too_deep(path: str, depth: int) -> Problem:
    """The problem of a folder in which nobody would look."""
    return Problem(
        place=Place(path=path),
        rule="stray-file",
        found=f"this folder lies {depth} folders deep",
        allowed=f"content lies at most {DEEPEST} folders deep",
        advice="move what is in it up",
    )


def escaping(path: str) -> Problem:
    """The problem of a link that leads elsewhere: a page could show any file of the machine."""
    return Problem(
        place=Place(path=path),
        rule="symlink",
        found="this symbolic link leads out of content/, to a folder, or nowhere",
        allowed="links to files within content/",
        advice="replace it with the file itself",
    )


def unreadable(path: str, error: OSError, *, what: str = "file") -> Problem:
    """The problem of a file or folder that the system will not let us read."""
    return Problem(
        place=Place(path=path),
        rule="unreadable",
        found=f"the {what} cannot be read: {error.strerror or error}",
        allowed=f"{what}s that the user who builds may read",
        advice="look at its permissions",
    )
