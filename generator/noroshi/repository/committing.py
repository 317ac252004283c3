"""Adding to a history: one commit of the files that were written, and its push."""

from __future__ import annotations

from collections.abc import Sequence

from noroshi.repository.git import Repository
from noroshi.repository.running import Ended, GitError, last_words, run_git

# What git says, in whose words nobody knows what to do, and what we say instead.
_NOT_COMMITTED = {
    "Please tell me who you are": "git does not know who you are: git config --global user.name 'Your name', and "
    "user.email the same way",
    "unable to auto-detect email": "git does not know who you are: git config --global user.email you@example.com",
    "empty ident name": "git does not know who you are: git config --global user.name 'Your name'",
    "partial commit during a": "a merge or a cherry-pick waits for its end; end it first (git status says how)",
    "index.lock": "another git is at work in this repository; run it again, and if none is, delete .git/index.lock",
    "nothing to commit": "there is nothing to commit: the files are as git has them",
    "nothing added to commit": "there is nothing to commit: the files are as git has them",
    "no changes added to commit": "there is nothing to commit: the files are as git has them",
    "ignored by one of your .gitignore": "a .gitignore excludes the file; take it out of there",
    "gpg failed to sign": "git could not sign the commit: is the key there, and its agent unlocked?",
}
_NOT_PUSHED = {
    "not currently on a branch": "no branch is checked out, so nothing says where to; git switch to one, and push it",
    "has no upstream branch": "the branch has nowhere to go yet: git push --set-upstream origin HEAD",
    "No configured push destination": "the repository has no remote: git remote add origin ADDRESS",
    "(fetch first)": "somebody pushed before you: git pull --rebase, then git push",
    "(non-fast-forward)": "somebody pushed before you: git pull --rebase, then git push",
    "hook declined": "the server does not take it: the branch is protected, or one of its checks refused it; push to "
    "a branch of its own (git push origin HEAD:refs/heads/NAME) and ask for a merge",
    "could not read Username": "the server asks who you are: set up a credential helper or a key",
    "Authentication failed": "the server does not know you: renew the token or the key",
    "Permission denied": "the server does not know you: renew the token or the key",
    "Could not resolve host": "the server cannot be reached; push again when the network is back",
    "Connection timed out": "the server cannot be reached; push again when the network is back",
    "Connection refused": "the server cannot be reached; push again when the network is back",
}


def commit_only(repository: Repository, paths: Sequence[str], message: str) -> str:
    """Make one commit of these files as they stand on disk; what else is staged stays staged.

    :param paths: from the repository's top; new files may be among them
    :return: the commit's hexadecimal name
    :raises GitError: with what to do; then nothing was committed, and the files are as before
    """
    new = _untracked(repository, paths)
    if new:
        _tell(repository, _NOT_COMMITTED, "commit", "add", "--intent-to-add", "--", *new)
    # A title may begin with '#': only white space is tidied.
    asked = ("commit", "--quiet", "--only", "--cleanup=whitespace", "--file=-")
    try:
        _tell(repository, _NOT_COMMITTED, "commit", *asked, "--", *paths, given=message.encode())
    except GitError:
        if new:
            run_git(repository.top, repository.environment, "rm", "--cached", "--quiet", "--", *new, fine=(0, 1, 128))
        raise
    made = repository.commit_of("HEAD")
    if made is None:
        raise GitError("the commit was made, and git does not find it; look at git status")
    return made


def push(repository: Repository) -> None:
    """Push the branch that is checked out to where git's own settings say.

    :raises GitError: with what to do; the commit stands, and ``git push`` sends it later
    """
    _tell(repository, _NOT_PUSHED, "push", "push", "--quiet")


def _untracked(repository: Repository, paths: Sequence[str]) -> list[str]:
    known = run_git(repository.top, repository.environment, "ls-files", "-z", "--", *paths).out.decode(
        "utf-8", "surrogateescape"
    )
    return [path for path in paths if path not in known.split("\0")]


def _tell(repository: Repository, words: dict[str, str], what: str, *arguments: str, given: bytes = b"") -> Ended:
    ended = run_git(repository.top, repository.environment, *arguments, given=given, fine=(0, 1, 2, 128, 129, 255))
    if ended.code == 0:
        return ended
    said = ended.said + ended.out.decode("utf-8", "replace")
    for sign, advice in words.items():
        if sign in said:
            raise GitError(f"git {what}: {advice}")
    raise GitError(
        f"git {what} failed, perhaps by a hook of this repository: {last_words(said) or f'exit code {ended.code}'}"
    )
