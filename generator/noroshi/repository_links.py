"""Addresses of a repository's web site: where a file can be edited, made or seen through time.

GitHub: https://docs.github.com/en/repositories/working-with-files/managing-files/creating-new-files and
https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/creating-an-issue#creating-an-issue-from-a-url-query
GitLab: https://docs.gitlab.com/user/project/repository/web_editor/
"""

from __future__ import annotations

from urllib.parse import quote, urlencode, urlsplit

from noroshi.records.choices import Forge
from noroshi.records.site import Repository

REPORT_FORM = "noroshi-report.yml"
"""The form that adds a report, by its file's name."""


def form_link(repository: Repository, path: str, **answers: str) -> str | None:
    """An empty form; None where the repository knows no forms.

    :param path: the form's file
    :param answers: what is filled in beforehand, by the fields' ids
    """
    if forge_of(repository) is not Forge.GITHUB:
        return None
    return f"{_base(repository)}/issues/new?{urlencode({'template': path.rpartition('/')[2], **answers})}"


def report_form_link(repository: Repository, id: str) -> str | None:
    """The form that adds a report to a record, with the record filled in; None where there are no forms."""
    return form_link(repository, REPORT_FORM, record=id)


def forge_of(repository: Repository) -> Forge | None:
    """Whose addresses a repository has; None where neither its owner nor its host's name says it."""
    if repository.forge is not None:
        return repository.forge
    host = urlsplit(repository.url).hostname or ""
    return next((forge for forge in Forge if forge.value in host.split(".")), None)


def edit_link(repository: Repository, path: str) -> str | None:
    """The web editor, open on a file; None where the repository's addresses are not known.

    :param path: relative to the site's folder, with ``/``
    """
    return _at(repository, {Forge.GITHUB: "edit", Forge.GITLAB: "-/edit"}, path)


def history_link(repository: Repository, path: str) -> str | None:
    """The commits of a file; None where the repository's addresses are not known.

    :param path: relative to the site's folder, with ``/``
    """
    return _at(repository, {Forge.GITHUB: "commits", Forge.GITLAB: "-/commits"}, path)


def new_file_link(repository: Repository, path: str, text: str) -> str | None:
    """The web editor with a new file in it, to be changed and committed; None where the addresses are not known.

    GitLab takes no text from an address, so there the file begins empty.

    :param path: relative to the site's folder, with ``/``
    :param text: what the file begins with
    """
    forge = forge_of(repository)
    if forge is None:
        return None
    branch = f"{_base(repository)}/{'new' if forge is Forge.GITHUB else '-/new'}/{quote(repository.branch)}"
    whole = _whole(repository, path)
    asked = {"filename": whole, "value": text} if forge is Forge.GITHUB else {"file_name": whole}
    return f"{branch}?{urlencode(asked, quote_via=quote)}"


def _at(repository: Repository, verbs: dict[Forge, str], path: str) -> str | None:
    forge = forge_of(repository)
    if forge is None:
        return None
    return f"{_base(repository)}/{verbs[forge]}/{quote(repository.branch)}/{quote(_whole(repository, path))}"


def _whole(repository: Repository, path: str) -> str:
    return path if repository.folder is None else f"{repository.folder}/{path}"


def _base(repository: Repository) -> str:
    return repository.url.rstrip("/").removesuffix(".git")
