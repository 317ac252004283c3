"""Sending what was committed: one push, and what to do where it does not arrive."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from typing import NamedTuple

from noroshi.repository.git import Repository
from noroshi.repository.running import GitError, last_words, run_git
from noroshi.repository.saying import hooks_of, parted, quoted


class PushError(GitError):
    """The commit stands, and was not pushed; the message says why, and what the server said."""

    def __init__(self, message: str, finish: Sequence[str]) -> None:
        """:param finish: the words behind ``git`` of each command that finishes the work, in their order"""
        super().__init__(message)
        self.finish = tuple(finish)


class _Fault(NamedTuple):
    """A way in which a push fails."""

    signs: tuple[str, ...]
    """What git says then; one of them."""
    why: str
    finish: tuple[str, ...] = ("push",)
    """With ``{remote}`` and ``{branch}``."""


_UPSTREAM = "push --set-upstream {remote} {branch}"
_FAULTS = (
    _Fault(
        ("No configured push destination",),
        "the repository has no remote, so nothing says where to",
        ("remote add {remote} ADDRESS", _UPSTREAM),
    ),
    _Fault(("has no upstream branch",), "the branch has nowhere to go yet", (_UPSTREAM,)),
    _Fault(("not currently on a branch",), "no branch is checked out", ("switch -c NAME", "push -u {remote} NAME")),
    _Fault(
        ("(fetch first)", "(non-fast-forward)"),
        "somebody pushed before you, so the remote has newer commits: git pull --rebase, then git push",
        ("pull --rebase", "push"),
    ),
    _Fault(
        ("could not read Username", "could not read Password", "Authentication failed", "Permission denied"),
        "the server does not know you: renew the token or the key, or set up a credential helper",
    ),
    _Fault(("returned error: 403",), "the server knows you, and does not let you write there; ask for that right"),
    _Fault(
        ("Host key verification failed",),
        "the server's key is unknown, or another than before; connect by ssh once, and compare the key",
    ),
    _Fault(
        ("does not appear to be a git repository", "Repository not found", "' not found", "returned error: 404"),
        "there is no such remote: git remote -v shows where it should be",
        ("remote set-url {remote} ADDRESS", "push"),
    ),
    _Fault(
        (
            *("Could not resolve host", "Temporary failure in name resolution", "Name or service not known"),
            *("timed out", "Connection refused", "Connection reset", "Connection closed", "No route to host"),
            *("Network is unreachable", "Failed to connect", "Couldn't connect", "hung up", "RPC failed"),
            *("unable to access", "Could not read from remote repository"),
        ),
        "the server cannot be reached; push again when the network is back",
    ),
)
_REFUSED = re.compile(r"! \[remote rejected\][^\n]*\((?P<why>[^\n]*)\)")
_GATES = ("hook", "protected", "rule", "policy", "not permitted", "prohibited")


def push(repository: Repository) -> None:
    """Push the branch that is checked out to where git's own settings say.

    :raises PushError: with what to do; the commit stands
    """
    ended = run_git(*(repository.top, repository.environment, "push", "--quiet"), fine=(0, 1, 2, 128, 129, 255))
    if ended.code == 0:
        return
    said, server = parted(ended.said + ended.out.decode("utf-8", "replace"))
    remote, branch = _names(repository)
    refused = _REFUSED.search(said)
    if refused is not None:
        gate = any(word in refused["why"] for word in _GATES)
        words = f"the server refused it ({refused['why']})"
        if gate:
            words += (
                ": one of its hooks does not take it, or the branch is protected; push to a branch of its own, and ask "
                "for a merge"
            )
        around = f"push {remote} {shlex.quote(f'HEAD:refs/heads/{branch}-report')}" if gate else "push"
        raise PushError(f"git push: {words}{quoted(server)}", [around])
    for fault in _FAULTS:
        sign = next((line for line in said.splitlines() if any(each in line for each in fault.signs)), None)
        if sign is not None:
            finish = [each.format(remote=remote, branch=shlex.quote(branch)) for each in fault.finish]
            raise PushError(f"git push: {fault.why}{quoted(sign)}{quoted(server)}", finish)
    # Where a hook of ours refuses, git only says that some refs were not pushed.
    hooks = hooks_of(repository, ("pre-push",)) if ended.code == 1 and "! [" not in said else []
    if hooks:
        raise PushError(f"git push: a hook of this repository refused it ({hooks[0]}){quoted(said)}", ["push"])
    told = last_words(said) or f"exit code {ended.code}"
    raise PushError(f"git push failed: {told}{quoted(server)}", ["push"])


def _names(repository: Repository) -> tuple[str, str]:
    """The remote to push to, quoted for commands that people type, and the branch that is checked out."""
    run = (repository.top, repository.environment)
    branch = run_git(*run, "symbolic-ref", "--quiet", "--short", "HEAD", fine=(0, 1)).out.decode("utf-8", "replace")
    branch = branch.strip() or "HEAD"
    # Where git pushes to, in its own order (git-config(1), branch.<name>.pushRemote).
    for setting in (f"branch.{branch}.pushRemote", "remote.pushDefault", f"branch.{branch}.remote"):
        wanted = run_git(*run, "config", setting, fine=(0, 1)).out.decode("utf-8", "replace").strip()
        if wanted:
            return shlex.quote(wanted), branch
    remotes = run_git(*run, "remote").out.decode("utf-8", "replace").split()
    return shlex.quote(remotes[0] if len(remotes) == 1 else "origin"), branch
