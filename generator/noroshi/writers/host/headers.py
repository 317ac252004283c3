"""``_headers``: what Netlify and Cloudflare Pages send with each file, in the syntax that both read.

Where several rules meet a path, both hosts send the headers of all of them, and join two values of one header with a
comma: no header is given by two rules that can meet. So what differs from path to path stands in rules that are exact
(``:word`` stands for one step of a path), for Netlify's ``/feeds/*`` meets ``/feeds-explained/`` as well.
Cloudflare reads 100 rules at most, with one ``*`` in each, and 2,000 characters in a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from noroshi.endpoints import (
    APIS,
    BADGES,
    CALENDARS,
    EMBED,
    FEEDS,
    LOG_CHECKPOINT,
    LOG_ENTRIES,
    LOG_TILES,
    MATTER_FEED,
    METRICS,
    SEARCH,
    SEARCH_TEXTS,
    SECURITY,
    SUBSCRIBE,
    FeedForm,
    feed_file,
)
from noroshi.records.content import MatterKind
from noroshi.urls import (
    ACTIONS,
    HISTORY,
    LOG,
    RECORD,
    action_year_path,
    component_path,
    log_month_path,
    matter_path,
    month_path,
    period_path,
    record_part_path,
)

MOST_RULES = 100
"""How many rules Cloudflare reads."""

FRESH = "public, max-age=0, must-revalidate"
"""For pages: asked for anew each time, and not sent again where they did not change."""

POLLED = "public, max-age=60, must-revalidate"
"""For what programs ask for again and again."""

FOR_EVER = "public, max-age=31536000, immutable"
"""For files whose name tells their content."""

NOTHING_RUNS = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
"""The policy of files that are no pages, should somebody open one in a browser."""

_PAGES = (
    "",
    HISTORY,
    month_path(":month"),
    period_path(f"{HISTORY}:question/", ":answer"),
    period_path(period_path(f"{HISTORY}:question/", ":answer"), ":period"),
    *(matter_path(kind, ":id") for kind in MatterKind),
    ACTIONS,
    action_year_path(":year"),
    RECORD,
    record_part_path(":part"),
    LOG,
    log_month_path("20*"),  # and not the files beside them
    component_path("*").removesuffix("/"),  # and their years, in one rule: hosts read a hundred
    SUBSCRIBE,
    SEARCH,
)
_CALENDAR = "text/calendar; charset=utf-8"
_OUTLINE = "text/x-opml; charset=utf-8"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """The headers of the paths that a pattern meets."""

    path: str
    """From the site's root, begun by a slash."""
    headers: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class ServedSite:
    """What a site's headers depend on."""

    roots: Sequence[str]
    """Where each language's pages begin, below the site's root: ```` and ``en/``."""
    secure: bool
    """Whether it is served over https."""
    public: bool
    """Whether it is for everybody, so that other sites may show and read it."""
    unchanging: Sequence[str]
    """Files whose name changes with their content."""
    assets: Sequence[str]
    """Our own style sheet and script, whose names stay."""
    own_pages: Sequence[str]
    """Addresses of the operator's own pages, percent-encoded."""


def headers(site: ServedSite) -> bytes:
    """The file's bytes."""
    blocks = []
    for rule in rules(site):
        lines = [f"  {name}: {value}\n" for name, value in rule.headers.items()]
        blocks.append("".join([f"{rule.path}\n", *lines]))
    return "\n".join(blocks).encode()


def rules(site: ServedSite) -> list[Rule]:
    """The rules of a site; own pages beyond what hosts read are left to what the host does without one."""
    found = [Rule(path="/*", headers=dict(_everywhere(site))), *_files(site), *_pages(site)]
    own = [path for path in site.own_pages if not set(path) & set(":*")]
    found += [Rule(path=f"/{path}", headers={"Cache-Control": FRESH}) for path in own]
    return found[:MOST_RULES]


def _everywhere(site: ServedSite) -> Iterator[tuple[str, str]]:
    yield "X-Content-Type-Options", "nosniff"
    yield "Referrer-Policy", "same-origin"
    yield "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
    # A policy with frame-ancestors takes its place (CSP Level 3, section 6.4.2.2): so the page for frames can
    # allow what is refused everywhere else, without two policies that would both hold.
    yield "X-Frame-Options", "DENY"
    if site.secure:
        yield "Strict-Transport-Security", "max-age=31536000"
    if not site.public:
        yield "X-Robots-Tag", "noindex, nofollow"


def _files(site: ServedSite) -> Iterator[Rule]:
    read = {"Cache-Control": POLLED, "Content-Security-Policy": NOTHING_RUNS}
    if site.public:
        read["Access-Control-Allow-Origin"] = "*"
    for root in site.roots:
        for form in FeedForm:
            kind = {"Content-Type": f"{form.media_type}; charset=utf-8"}
            yield Rule(path=f"/{root}{FEEDS}*.{form.value}", headers=read | kind)
            yield Rule(path=f"/{root}{feed_file(MATTER_FEED, form)}", headers=read | kind)
        yield Rule(path=f"/{root}{FEEDS}*.opml", headers=read | {"Content-Type": _OUTLINE})
        yield Rule(path=f"/{root}{CALENDARS}*.ics", headers=read | {"Content-Type": _CALENDAR})
        yield Rule(
            path=f"/{root}{SEARCH_TEXTS}*.json",
            headers={"Cache-Control": FRESH, "Content-Security-Policy": NOTHING_RUNS},
        )
        yield Rule(path=f"/{root}{BADGES}*.svg", headers=read)
        yield Rule(path=f"/{root}{BADGES}*.json", headers=read)
    yield Rule(path=f"/{APIS}*.json", headers=read)
    plain = {"Content-Type": "text/plain; charset=utf-8"}
    yield Rule(path=f"/{LOG_CHECKPOINT}", headers=read | plain)
    yield Rule(path=f"/{LOG_ENTRIES}", headers=read | plain)
    # A tile's name tells how many hashes it holds, and a log only grows (C2SP tlog-tiles).
    tile = {"Cache-Control": FOR_EVER, "Content-Type": "application/octet-stream"}
    yield Rule(path=f"/{LOG_TILES}*", headers=read | tile)
    yield Rule(path=f"/{METRICS}", headers=read | {"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})
    yield Rule(path=f"/{SECURITY}", headers=plain | {"Cache-Control": FRESH})
    for place, how in ((site.unchanging, FOR_EVER), (site.assets, FRESH)):
        yield from (Rule(path=f"/{file}", headers={"Cache-Control": how}) for file in place)


def _pages(site: ServedSite) -> Iterable[Rule]:
    embed = {"Cache-Control": POLLED}
    if site.public:
        embed["Content-Security-Policy"] = "frame-ancestors *"
    for root in site.roots:
        yield from (Rule(path=f"/{root}{path}", headers={"Cache-Control": FRESH}) for path in _PAGES)
        yield Rule(path=f"/{root}{EMBED}", headers=embed)
