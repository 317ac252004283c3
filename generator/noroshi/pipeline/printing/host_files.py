"""What hosts, crawlers and finders of faults ask a site for. A file of the operator's own takes the place of ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from urllib.parse import quote, urljoin, urlsplit

from noroshi.endpoints import HEADERS, NO_JEKYLL, ROBOTS, SEARCH, SECURITY, SITEMAP, SITEMAP_PARTS, SUBSCRIBE
from noroshi.pipeline.printing.materials import Materials
from noroshi.pipeline.printing.own_templates import assets_of
from noroshi.pipeline.printing.plan import Plan
from noroshi.snapshot.listings import Listing
from noroshi.snapshot.state import State
from noroshi.snapshot.track_record.fates import FATES
from noroshi.urls import (
    ACTIONS,
    HISTORY,
    LOG,
    RECORD,
    action_year_path,
    language_root,
    log_month_path,
    matter_path,
    month_path,
    record_part_path,
)
from noroshi.writers.host.headers import ServedSite, headers
from noroshi.writers.host.robots import robots
from noroshi.writers.host.security_txt import expiry, security_txt
from noroshi.writers.host.sitemap import ListedPage, part_length, sitemap, sitemap_index

_NAMED_BY_CONTENT = re.compile(r"assets/.*\.[0-9a-f]{8}\.min\.(?:js|css)")
# How Material names its files.


def plan_host_files(materials: Materials) -> Iterator[Plan]:
    """The files, less those that the operator brings."""
    for plan in (*_small_files(materials), *_plan_sitemap(materials)):
        if not operators_own(plan.file, materials):
            yield plan


def operators_own(file: str, materials: Materials) -> bool:
    """Whether a file of ours stands back for the operator's own.

    An edition keeps its own ``robots.txt`` and ``_headers``: the operator's are for the public site, and may let in
    crawlers and other sites.
    """
    return file in materials.assets and (materials.audience.public or file not in (ROBOTS, HEADERS))


def _small_files(materials: Materials) -> Iterator[Plan]:
    keys, public, snapshot = materials.keys, materials.audience.public, materials.snapshot
    site = snapshot.settings.site
    base = site.url.rstrip("/") + "/"
    served = _served(materials)
    names = keys.of("headers", *served.unchanging, "", *served.own_pages)
    yield Plan(file=HEADERS, key=names, make=lambda: headers(served))
    yield Plan(file=ROBOTS, key=keys.of("robots"), make=lambda: robots(base + SITEMAP if public else None))
    yield Plan(file=NO_JEKYLL, key=keys.of("no-jekyll"), make=lambda: b"")
    if contact := site.contacts.security:
        expires = expiry(snapshot.now)
        # It counts at the root of a host alone (RFC 9116, section 3), wherever the site lies on it.
        place = urljoin(base, f"/{SECURITY}") if public and base.startswith("https:") else None  # section 2.5.2
        yield Plan(
            file=SECURITY,
            key=keys.of("security", f"{expires}"),
            make=lambda: security_txt(contact, expires=expires, languages=site.languages, canonical=place),
        )


def _served(materials: Materials) -> ServedSite:
    site = materials.snapshot.settings.site
    return ServedSite(
        roots=[language_root(language, site.languages) for language in site.languages],
        secure=urlsplit(site.url).scheme == "https",
        public=materials.audience.public,
        unchanging=sorted(file for file in materials.assets if _NAMED_BY_CONTENT.fullmatch(file)),
        assets=assets_of(own_pages=bool(materials.own_pages)),
        own_pages=sorted(quote(file.removesuffix("index.html")) for file in materials.own_pages),
    )


def _plan_sitemap(materials: Materials) -> Iterator[Plan]:
    """One file, or where there are many pages a file for each part of them and a list of the parts."""
    if not materials.audience.public:
        return
    keys, site = materials.keys, materials.snapshot.settings.site
    base = site.url.rstrip("/") + "/"
    pages = list(_paths(materials))
    step = part_length(len(site.languages))
    parts = [pages[start : start + step] for start in range(0, len(pages), step)]
    made = [partial(_part, tuple(part), materials) for part in parts]
    told = [keys.of("sitemap", *(f"{path} {changed}" for path, changed in part)) for part in parts]
    if len(parts) == 1:
        yield Plan(file=SITEMAP, key=told[0], make=made[0])
        return
    for file, key, make in zip(SITEMAP_PARTS, told, made, strict=False):
        yield Plan(file=file, key=key, make=make)
    newest = [max((changed for _, changed in part if changed), default=None) for part in parts]
    index = [(base + file, changed) for file, changed in zip(SITEMAP_PARTS, newest, strict=False)]
    yield Plan(file=SITEMAP, key=keys.of("sitemaps", *map(str, index)), make=partial(sitemap_index, index))


def _part(pages: Sequence[tuple[str, datetime | None]], materials: Materials) -> bytes:
    site = materials.snapshot.settings.site
    base = site.url.rstrip("/") + "/"
    roots = {language: language_root(language, site.languages) for language in site.languages}
    return sitemap(
        [
            ListedPage(addresses={code: base + quote(root + path) for code, root in roots.items()}, changed=changed)
            for path, changed in pages
        ]
    )


def _paths(materials: Materials) -> Iterator[tuple[str, datetime | None]]:
    """Each page's path below its language's root, and when its content last changed, if that says so.

    A new report changes what comes late, and so few parts of a long sitemap.
    """
    snapshot = materials.snapshot
    for state in reversed(snapshot.states):
        yield matter_path(state.kind, state.id), state.told_at
    for month in reversed(snapshot.months):
        yield month_path(month.key), _newest(month.states)
    for listing in materials.listings.all:
        yield from _listed(listing)
    for year, matters in materials.actions.matters.items():
        yield action_year_path(year), _newest(matters)
    record = materials.track_record
    for part in (*(FATES if record.total.total else ()), *(month.key for month in record.months)):
        yield record_part_path(part), None
    yield RECORD, None
    for key in materials.log_months:
        yield log_month_path(key), None
    yield LOG, None
    yield ACTIONS, _newest(state for matters in materials.actions.matters.values() for state in matters)
    yield SUBSCRIBE, None
    yield SEARCH, None
    yield HISTORY, snapshot.updated_at
    yield "", snapshot.updated_at
    languages = snapshot.settings.site.languages
    # Every page of the operator's is in every language's tree, in another language where it has no translation.
    others = tuple(language_root(language, languages) for language in languages[1:])
    for file in sorted(materials.own_pages):
        if not file.startswith(others):
            yield file.removesuffix("index.html"), None


def _listed(listing: Listing) -> Iterator[tuple[str, datetime | None]]:
    """The pages of a part of the history; those of the whole history's months and its first one stand elsewhere."""
    newest = None
    for year in reversed(listing.years):
        told = _newest(year.states)
        newest = max(filter(None, (newest, told)), default=None)
        yield listing.year_path(year), told
    if not listing.whole:
        for each in reversed(listing.paged):
            yield each.path, _newest(each.month.states)
        yield listing.path, newest


def _newest(states: Iterable[State]) -> datetime | None:
    return max((told for state in states if (told := state.told_at) is not None), default=None)
