"""The commit that a revision names, where it is the past of what is checked out."""

from __future__ import annotations

import re

from noroshi.problems import CannotVerify, in_one_line
from noroshi.repository.git import Repository
from noroshi.repository.running import MISSING


def past_commit(repository: Repository, revision: str) -> str:
    """The commit that a revision names, in the past of what is checked out.

    :param revision: a commit, branch or tag, in git's words
    :raises CannotVerify: there is none, it may mean several, or it is no past
    :raises GitError: git fails
    """
    if not revision.strip():
        raise CannotVerify("the revision is empty; a variable of the workflow is not set")
    if repository.is_shallow():
        raise CannotVerify(
            "this is a shallow clone, which lacks the history before it; fetch all of it: 'git fetch --unshallow', "
            "'fetch-depth: 0' for actions/checkout, 'GIT_DEPTH: 0' on GitLab"
        )
    under_way = repository.under_way()
    if under_way is not None:
        raise CannotVerify(f"{under_way} is under way, so the files are in between; end it, or abort it (git status)")
    head = repository.commit_of("HEAD")
    if head is None and repository.is_born():
        raise CannotVerify(MISSING)
    if head is None:
        raise CannotVerify("nothing is committed here yet, so there is no history to compare with; commit the site")
    shown = in_one_line(revision)
    meanings = repository.meanings_of(re.split(r"[~^@:{]", revision)[0]) if revision.isprintable() else []
    if len(meanings) > 1:
        raise CannotVerify(
            f"'{shown}' may mean {' or '.join(meanings)}, and whoever may push one decides which; name one in full"
        )
    commit = repository.commit_of(revision)
    if commit is None and not revision.strip("0"):
        raise CannotVerify(
            f"'{shown}' stands for no commit: a branch that is pushed for the first time has none before. Compare "
            "with the branch that it began from, such as origin/main"
        )
    if commit is None:
        raise CannotVerify(
            f"'{shown}' is no commit of this repository. If it was one, the history was rewritten, or not all of it "
            "was fetched: 'git fetch origin', or compare with a commit that is there (git log)"
        )
    if not repository.is_ancestor(commit, head):
        raise CannotVerify(_no_past(repository, revision, commit, head))
    return commit


def _no_past(repository: Repository, revision: str, commit: str, head: str) -> str:
    base = repository.merge_base(commit, head)
    if base is None:
        return f"'{revision}' and what is checked out share no history; check out the branch that was published"
    if base == head:
        return f"what is checked out is older than '{revision}': 'git merge --ff-only {commit[:12]}', then check again"
    return (
        f"'{revision}' is not in the history of what is checked out. Either this branch lacks what was published since "
        "it began: merge that or rebase onto it, then check again. Or the history was rewritten by a rebase, an "
        f"amended commit or a forced push: put {commit[:12]} back and add to it. What this branch alone "
        f"has changed since both were one tells '--since {base[:12]}'"
    )
