"""The files of a new site: nearly empty, or the shipped example."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from noroshi.decode import decode, decode_list
from noroshi.problems import StatedError
from noroshi.records.content import MatterKind, Settings
from noroshi.records.settings import Component
from noroshi.records.site import LANGUAGES, Site
from noroshi.shipped import shipped
from noroshi.writers.forms.issue_form import write_forms
from noroshi.writers.schema import SUBJECTS, schema_path, write_schema
from noroshi.yamlsource import read_document
from noroshi.yamlsource.emit import emit

URL, TIMEZONE = "https://status.example.com/", "Asia/Tokyo"
"""What a new site says until its operators say otherwise."""
EXAMPLE_NOW = "2026-11-22T12:00+09:00"
"""The time at which the example's story stands."""

_SOURCES = Path(__file__).resolve().parent.parent / "scaffold"
_NAME = "«稼働状況と報告|Status and reports»"
_HOLIDAYS = {"Asia/Tokyo": "holidays: JP"}
# The hours that the README's example of a night tells of.
_NIGHT = {"moment": (21, 52), "second": (22, 20), "back": (23, 20), "third": (23, 24), "estimate": (23, 30)}
# Without a record a folder would not survive git.
_KEPT = tuple(f"content/{kind.value}/.gitkeep" for kind in MatterKind)


class FactsError(StatedError):
    """What a new site should say of itself cannot be said; the message is for people."""


@dataclass(frozen=True, kw_only=True)
class SiteFacts:
    """What a new site says of itself."""

    now: datetime
    """The day of foundation is that of this time in the site's zone."""
    url: str = URL
    name: str | None = None
    """In the first language; None for a name in each."""
    timezone: str = TIMEZONE
    languages: tuple[str, ...] = LANGUAGES
    """The first one first."""


def empty_site(facts: SiteFacts) -> dict[str, bytes]:
    """A nearly empty site: path relative to its folder, and bytes.

    :raises FactsError: the facts make no site that the reader would take
    """
    site = _refuse_facts(_site_yaml(facts))
    values = _moments(facts, site.zone)
    files = {"content/site.yaml": _site_yaml(facts)}
    for name in ("components.yaml", "policy.yaml", "clients.yaml", "risks.yaml"):
        files[f"content/{name}"] = _filled(name, values, facts.languages)
    files["content/templates/website-down.yaml"] = _filled("template.yaml", values, facts.languages)
    first = facts.languages[0]
    for code in facts.languages:
        files[f"content/pages/about{'' if code == first else '.' + code}.md"] = _source(f"about.{code}.md")
    settings = Settings(site=site, components=_components(_encoded(files), site.zone))
    return _encoded(files) | dict.fromkeys(_KEPT, b"") | _around(facts.languages, values, settings)


def example_site(now: datetime) -> dict[str, bytes]:
    """The shipped example, with a telephone's guide and a workflow that fit its components."""
    facts = SiteFacts(now=now)
    folder = shipped("content")
    files = {}
    for place in sorted(folder.rglob("*")):
        path = place.relative_to(folder)
        if place.is_file() and not any(part.startswith(".") for part in path.parts):
            files[f"content/{path.as_posix()}"] = place.read_bytes()
    zone = ZoneInfo(facts.timezone)
    settings = Settings(site=_refuse_facts(files["content/site.yaml"].decode()), components=_components(files, zone))
    return files | _around(facts.languages, _moments(facts, zone), settings)


def _around(languages: Sequence[str], values: Mapping[str, str], settings: Settings) -> dict[str, bytes]:
    """What every site has beside its content."""
    readme = "\n".join(_filled(f"readme.{code}.md", values, languages) for code in languages)
    texts = {
        "README.md": readme,
        ".gitignore": _source("gitignore"),
        ".github/workflows/publish.yml": _source("publish.yml"),
        ".github/workflows/report.yml": _source("report.yml"),
        ".github/zizmor.yml": _source("zizmor.yml"),
        ".gitlab-ci.yml": _source("gitlab-ci.yml"),
    }
    schemas = {f"content/{schema_path(name)}": write_schema(name) for name in SUBJECTS}
    return _encoded(texts) | schemas | write_forms(settings) | {"mkdocs.yml": shipped("mkdocs.yml").read_bytes()}


def _site_yaml(facts: SiteFacts) -> str:
    zone = _zone(facts.timezone)
    values = {
        "tag": _authority(facts.url),
        "since": facts.now.astimezone(zone).date().isoformat(),
        "name": _by_language(_NAME[1:-1], facts.languages) if facts.name is None else _scalar(facts.name),
        "url": _scalar(facts.url),
        "timezone": _scalar(facts.timezone),
        "languages": ", ".join(facts.languages),
        "holidays": _HOLIDAYS.get(facts.timezone, "# holidays: JP"),
    }
    return _filled("site.yaml", values, facts.languages)


def _refuse_facts(text: str) -> Site:
    document, problems = read_document("content/site.yaml", text.encode())
    site = None
    if document is not None:
        site, found = decode(document, Site, None)
        problems += found
    if site is None or problems:
        raise FactsError("\n".join(problem.message for problem in problems))
    return site


def _components(files: Mapping[str, bytes], zone: ZoneInfo) -> tuple[Component, ...]:
    """The components that the new site lists, for its forms."""
    path = "content/components.yaml"
    document, problems = read_document(path, files[path])
    if document is None or problems:
        raise ValueError(f"the {path} that is shipped cannot be read")
    return decode_list(document, Component, zone)[0]


def _authority(url: str) -> str:
    """The domain in an address, as a tag's authority (RFC 4151, section 2.1) spells it."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
        return host.encode("idna").decode() if host else "status.example.com"
    except ValueError:  # the address is refused in its own words when the file is read
        return "status.example.com"


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # refused in its own words when the file is read
        return ZoneInfo("UTC")


def _moments(facts: SiteFacts, zone: ZoneInfo) -> dict[str, str]:
    day = facts.now.astimezone(zone).date()
    moments = {
        name: datetime.combine(day, time(*clock), tzinfo=zone).isoformat(timespec="minutes")
        for name, clock in _NIGHT.items()
    }
    return moments | {"since": day.isoformat(), "year": str(day.year), "offset": moments["moment"][16:]}


def _filled(name: str, values: Mapping[str, str], languages: Sequence[str]) -> str:
    """A source with its ``«places»`` filled: by a value's name, or ``«日本語|English»`` by the site's languages."""

    def fill(match: re.Match[str]) -> str:
        return _by_language(match[1], languages) if "|" in match[1] else values[match[1]]

    return re.sub("«([^«»]+)»", fill, _source(name))


def _by_language(pair: str, languages: Sequence[str]) -> str:
    texts = dict(zip(LANGUAGES, pair.split("|"), strict=True))
    if len(languages) == 1:
        return texts[languages[0]]
    return "{" + ", ".join(f"{code}: {texts[code]}" for code in languages) + "}"


def _scalar(text: str) -> str:
    return emit(" ".join(text.split())).rstrip("\n")


def _source(name: str) -> str:
    return (_SOURCES / name).read_text(encoding="utf-8")


def _encoded(files: Mapping[str, str]) -> dict[str, bytes]:
    return {path: text.encode() for path, text in files.items()}
