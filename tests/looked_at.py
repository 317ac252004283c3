"""The sites that tests look at, as they stand at a time, the kinds of their pages, and where pictures are kept."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import critical_day
from real_program import NOW, ROOT
from served_site import build_site, critical_site, empty_site, example_site, jenkins_site, serve

LANGUAGES = ("ja", "en")
NIGHT = "2026-06-18T22:25+09:00"
"""The night that the example tells of: an incident and the work that caused it, both open."""
_OPEN = ("open_incidents", "current_work", "commitments")
_VARIES = re.compile(r"\d{4}(-\d\d)?|incident|maintenance|commitment|critical|major|minor|none")
"""What differs within a kind: a month or a year, and what a list is filtered by."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A site and the time at which it is looked at."""

    make: Callable[[Path], Path]
    as_of: str


STANDINGS: Mapping[str, Standing] = {
    "night": Standing(make=example_site, as_of=NIGHT),
    "today": Standing(make=example_site, as_of=NOW),
    "critical": Standing(make=critical_site, as_of=critical_day.NOW),
    "empty": Standing(make=empty_site, as_of=NOW),
    "jenkins": Standing(make=jenkins_site, as_of=NOW),
}
"""The sites that are looked at, by name."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page that stands for its kind."""

    kind: str
    """Its address with names and dates left out, such as ``incidents/_/``; the home page's is ``home``.

    A record that is open is of a kind of its own, such as ``incidents/_/now``.
    """
    path: str
    """Relative to the site's root, in the first language: a tree of a further language has the same."""

    def at(self, language: str) -> str:
        """Its path in a language."""
        return self.path if language == LANGUAGES[0] else f"{language}/{self.path}"


@dataclass(frozen=True, kw_only=True)
class Looked:
    """A built site that is served."""

    name: str
    folder: Path
    address: str
    """Ended by a slash."""

    def file(self, path: str) -> Path:
        """The file of a page or of another address below the site's."""
        return self.folder / path / "index.html" if path.endswith("/") or not path else self.folder / path

    def pages(self) -> list[Page]:
        """The largest page of each kind, in order of their kinds; the page for frames is none of them."""
        names = {
            place.name
            for section in ("components", "incidents", "maintenance", "commitments")
            for place in self.folder.glob(f"{section}/*/")
        }
        index = json.loads(self.file("api/v1/index.json").read_text("utf-8"))
        now = {f"{matter['kind']}/{matter['id']}/" for part in _OPEN for matter in index[part]}
        largest: dict[str, Path] = {}
        for file in self.folder.rglob("*.html"):
            path = file.relative_to(self.folder).as_posix().removesuffix("index.html")
            kind = kind_of(path, names) + ("now" if path in now else "")
            known = largest.get(kind)
            if known is None or (file.stat().st_size, file.as_posix()) > (known.stat().st_size, known.as_posix()):
                largest[kind] = file
        return [
            Page(kind=kind, path=file.relative_to(self.folder).as_posix().removesuffix("index.html"))
            for kind, file in sorted(largest.items())
            if kind != "embed/" and not kind.startswith(f"{LANGUAGES[1]}/")
        ]

    def page(self, kind: str) -> Page:
        """The page that stands for a kind."""
        (found,) = (page for page in self.pages() if page.kind == kind)
        return found


def kind_of(path: str, names: set[str]) -> str:
    """A page's address with the names of records and components, and dates, left out."""
    parts = path.split("/")
    return "/".join("_" if part in names or _VARIES.fullmatch(part) else part for part in parts) or "home"


@contextmanager
def looked_at(work: Path) -> Iterator[Callable[[str], Looked]]:
    """Give a built and served site by its name; each is built when it is first asked for."""
    made: dict[str, Looked] = {}
    with ExitStack() as stack:

        def get(name: str) -> Looked:
            if name not in made:
                out, standing = work / name / "site", STANDINGS[name]
                root = standing.make(work / name / "root")
                address = stack.enter_context(serve(out, packed=True))
                build_site(root, out, address, as_of=standing.as_of)
                made[name] = Looked(name=name, folder=out, address=address)
            return made[name]

        yield get


def artefact(*parts: str) -> Path:
    """Where something is kept that people look at after the tests.

    Below the folder that ``NOROSHI_ARTEFACTS`` names, else ``build/screenshots``.
    """
    place = Path(os.environ.get("NOROSHI_ARTEFACTS") or ROOT / "build" / "screenshots").joinpath(*parts)
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def slug(path: str) -> str:
    """A path as a part of a file's name."""
    return re.sub(r"[^a-z0-9-]+", "_", path.lower()).strip("_") or "home"


def lost(request: Any) -> bool:
    """Whether a request failed for good; an icon may still be on its way when the next page is asked for."""
    return bool(request.failure != "net::ERR_ABORTED")
