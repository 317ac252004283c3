"""Running git, hardened: no shell, no questions, no pager, no other repository than the one that was asked for."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from noroshi.problems import StatedError, in_one_line


class GitError(StatedError):
    """What git could not do; the message is for people and says how to mend it."""


MISSING = (
    "some of the history is missing: a partial clone fetches it when it is asked for; clone without --filter, or run "
    "'git fetch --refetch'; a clone with --shared or --reference reads another repository, which has to be there "
    "(git fsck tells of a damaged one)"
)
"""What to do where git knows of bytes that are not there."""


class Ended(NamedTuple):
    """What a run of git left."""

    code: int
    out: bytes
    said: str
    """What it wrote to standard error."""


# Where git was started by another git (a hook, say), these name a repository or a state that is not the one asked for.
# Those that carry settings stay: a pipeline names its safe.directory so.
_REMOVED = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_GRAFT_FILE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_LITERAL_PATHSPECS",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
    "GIT_TRACE",
    "GIT_EXTERNAL_DIFF",
    "GIT_DIFF_OPTS",
)
_SET = {
    # Messages are read here; hooks, which a commit runs, may print what is not ASCII.
    "LC_ALL": "C.UTF-8",
    "LANGUAGE": "",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_PAGER": "cat",
    "GIT_EDITOR": ":",
    # What is compared is what was committed, and not what somebody has put in its place since.
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    # A partial clone says that something is missing, and fetches nothing on its own.
    "GIT_NO_LAZY_FETCH": "1",
}
# Before git 2.45 nothing else keeps a partial clone from fetching; no protocol has this name. Whoever commits or pushes
# may fetch, and so may the hooks that this starts.
_OFFLINE = {"GIT_ALLOW_PROTOCOL": "none"}
# How git tells of bytes that it knows of and does not have.
_NOT_HAD = re.compile(
    r"promisor remote|lazy fetching disabled|transport '[^']*' not allowed|object directory .* does not exist"
    r"|(?:unable to (?:read|parse)|could not (?:read|parse|get)|bad|missing) (?:\w+ ){0,2}'?[0-9a-f]{40}",
    re.IGNORECASE,
)
_SETTINGS = ("core.quotePath=false", "core.fsmonitor=false", "core.ignoreStat=false", "advice.detachedHead=false")


def run_git(
    folder: Path,
    environment: Mapping[str, str],
    *arguments: str,
    given: bytes = b"",
    fine: tuple[int, ...] = (0,),
    offline: bool = False,
) -> Ended:
    """Run git in a folder and wait for its end.

    :param environment: the variables that surround the run; those that would lead git elsewhere are taken out
    :param given: what it reads from standard input
    :param fine: the exit codes that are answers
    :param offline: for questions: nothing is fetched, whatever git it is
    :raises GitError: git is missing, or ended with another code
    """
    kept = {name: value for name, value in environment.items() if name not in _REMOVED}
    settings = [word for setting in _SETTINGS for word in ("-c", setting)]
    command = ["git", "--no-pager", "--literal-pathspecs", *settings, *arguments]
    try:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=kept | _SET | (_OFFLINE if offline else {}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    except FileNotFoundError:
        if not folder.is_dir():
            raise GitError(f"{folder}: there is no such folder") from None
        raise GitError("git is not installed, or not on PATH; install it") from None
    with process:
        out, said = process.communicate(given)
    ended = Ended(process.returncode, out, said.decode("utf-8", "replace"))
    if ended.code not in fine:
        raise GitError(_told(arguments[0], folder, ended))
    return ended


def _told(command: str, folder: Path, ended: Ended) -> str:
    """Why git failed, in words that say what to do."""
    said = ended.said
    if "dubious ownership" in said:
        return (
            f"git does not trust {folder}, for it belongs to another user; if it is yours: "
            f"git config --global --add safe.directory {folder}"
        )
    if "not a git repository" in said:
        return (
            f"{folder} is in no git repository, so there is no history to ask; in a container or a copy, check the "
            "site out with git, its folder .git included"
        )
    if _NOT_HAD.search(said):
        return MISSING
    if "must be run in a work tree" in said:
        return f"{folder} is in a bare repository, which has no files; check the site out with git"
    return f"git {command} failed: {last_words(said) or f'exit code {ended.code}'}"


def last_words(said: str) -> str:
    """The line of git's words that says most: its last error, else its last line."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith(("fatal:", "error:"))]
    return in_one_line((errors or lines or [""])[-1])
