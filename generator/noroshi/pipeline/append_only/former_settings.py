"""Append only: the settings as a revision has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar
from zoneinfo import ZoneInfo

from noroshi.decode import decode, decode_list
from noroshi.pipeline.append_only.baseline import Baseline
from noroshi.problems import CannotVerify
from noroshi.records.base import Record
from noroshi.records.content import Settings
from noroshi.records.settings import Client
from noroshi.records.site import Site
from noroshi.yamlsource import Document, read_document

SITE, CLIENTS, POLICY = "content/site.yaml", "content/clients.yaml", "content/policy.yaml"

_Item = TypeVar("_Item", bound=Record)


def former_settings(baseline: Baseline, settings: Settings) -> Settings:
    """The settings with site.yaml and clients.yaml as they were.

    :param settings: as they are
    :raises CannotVerify: one of these files cannot be read as it was
    """
    if SITE in baseline.differing:
        site, _ = decode(former_document(baseline, SITE), Site, None)
        if site is None:
            raise unread([SITE])
        settings = replace(settings, site=site)
    if CLIENTS in baseline.differing:
        settings = replace(settings, clients=former_list(baseline, CLIENTS, Client, settings.site.zone))
    return settings


def former_list(baseline: Baseline, path: str, kind: type[_Item], zone: ZoneInfo) -> tuple[_Item, ...]:
    """The items that a list file had; none where it was empty, or was not there.

    :raises CannotVerify: it cannot be read whole as it was
    """
    if path not in baseline.files:
        return ()
    document, found = read_document(path, _bytes(baseline, path))
    items, refused = decode_list(document, kind, zone) if document is not None else ((), [])
    if refused or any(problem.rule != "empty-file" for problem in found):
        raise unread([path])
    return items


def former_document(baseline: Baseline, path: str) -> Document:
    """A file that the revision has, as it was.

    :raises CannotVerify: it cannot be read
    """
    document, _ = read_document(path, _bytes(baseline, path))
    if document is None:
        raise unread([path])
    return document


def unread(paths: Sequence[str]) -> CannotVerify:
    """That files cannot be read as they were, and what to do."""
    more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    return CannotVerify(
        f"{paths[0]}{more} cannot be read as it was then, so what it said is not known; compare with a commit in which "
        "'noroshi check' found it in order"
    )


def _bytes(baseline: Baseline, path: str) -> bytes:
    return baseline.contents([baseline.files[path]])[0]
