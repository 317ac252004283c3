"""What is answered to a submitted form, as Markdown under the issue: nothing that somebody typed is markup in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from noroshi.records.content import MatterKind, Settings
from noroshi.repository_links import edit_link, report_form_link
from noroshi.snapshot.state import State
from noroshi.text.labels import N_
from noroshi.text.wording import wording_of
from noroshi.urls import absolute_root, matter_path
from noroshi.writers.pasted.pieces import Speaker
from noroshi.writers.pasted.promise import owed_lines

_WRITTEN = N_("Report {n} of {id} is written. It is published in a few minutes.")
_STANDS = N_("Report {n} of {id} stands there already; nothing was added.")
_REFUSED = N_("Nothing was written. Edit this issue and mend it, and it is read again:")
_PAGE, _FORM, _EDIT = N_("The page"), N_("Add a report by a form"), N_("Edit it to add a report")


def written_answer(
    settings: Settings, state: State, number: int, path: str, now: datetime, *, new: bool, warnings: Sequence[str] = ()
) -> str:
    """That a report stands, what is owed next, and how to go on.

    :param path: the record's file, relative to the site's folder
    :param new: whether it was written now
    :param warnings: what a check says of it
    """
    site = settings.site
    wording = wording_of(settings, site.languages[0])
    say = wording.gettext
    parts = [say(_WRITTEN if new else _STANDS).format(n=number, id=f"`{state.id}`")]
    owed = list(owed_lines(state, now, Speaker(settings=settings, wording=wording)))
    if owed or warnings:
        parts.append(_fenced([*owed, *warnings]))
    links = []
    if state.kind is not MatterKind.COMMITMENT:
        root = absolute_root(site.url, site.languages[0], site.languages)
        links.append(f"[{say(_PAGE)}]({root}{matter_path(state.kind, state.id)})")
    if site.repository is not None:
        for words, link in (
            (say(_FORM), report_form_link(site.repository, state.id)),
            (say(_EDIT), edit_link(site.repository, path)),
        ):
            if link is not None:
                links.append(f"[{words}]({link})")
    if links:
        parts.append(" · ".join(links))
    return "\n\n".join(parts) + "\n"


def refused_answer(settings: Settings | None, reasons: str) -> str:
    """That nothing was written, and why.

    :param settings: None where they cannot be read
    """
    said = _REFUSED if settings is None else wording_of(settings, settings.site.languages[0]).gettext(_REFUSED)
    return f"{said}\n\n{_fenced(reasons.splitlines())}\n"


def _fenced(lines: Sequence[str]) -> str:
    """Lines as code, in a fence longer than any that they hold: no markup, and nobody is mentioned."""
    text = "\n".join(lines)
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"
