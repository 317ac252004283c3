"""``translate``: a catalogue for a site's own words, begun or brought up to date."""

from __future__ import annotations

from dataclasses import dataclass

from noroshi.pipeline.reading.content import SiteError, SiteFolder, read_bytes
from noroshi.pipeline.reading.translations import translation_path
from noroshi.problems import Problem
from noroshi.publishing.placing import place_file
from noroshi.records.texts import LANGUAGE_CODE
from noroshi.text.catalogue import catalogue_text
from noroshi.text.dates import is_known
from noroshi.text.translation import read_translation


@dataclass(frozen=True, kw_only=True)
class Translated:
    """What became of a catalogue."""

    path: str
    """The file, relative to the site's folder."""
    problems: tuple[Problem, ...] = ()
    """Why it cannot be used as it stands; it was not touched then."""
    begun: bool = False
    """Whether the file is new."""
    written: bool = False
    """Whether anything in it changed."""
    missing: int = 0
    """How many messages nobody has translated yet: pages say them in English."""


def translate(folder: SiteFolder, language: str) -> Translated:
    """Begin a site's catalogue of a language, or bring the one that is there up to date. No translation is lost.

    :raises SiteError: the language cannot be one of a site
    :raises OSError: the file cannot be written
    """
    if not is_known(language):
        raise SiteError(f"{language!r} is no language whose dates CLDR knows; name it by its code, such as fr or pt-BR")
    if not LANGUAGE_CODE.fullmatch(language):
        raise SiteError(f"{language!r} is not how site.yaml spells a language; write {_respelled(language)}")
    path = translation_path(language)
    place = folder.root / path
    before: bytes | None = None
    if place.exists():
        before, problem = read_bytes(path, place)
        problems = [problem] if problem is not None else read_translation(path, language, before)[1]
        if problems:
            return Translated(path=path, problems=tuple(problems))
    text = catalogue_text(language, before)
    if text != before:
        place_file(place, text)
    translation, _ = read_translation(path, language, text)
    return Translated(
        path=path,
        begun=before is None,
        written=text != before,
        missing=translation.missing if translation is not None else 0,
    )


def _respelled(language: str) -> str:
    """A locale's name as a language's code (BCP 47): ``zh_TW`` is ``zh-TW``."""
    first, *rest = language.split(".")[0].split("@")[0].replace("_", "-").split("-")
    return "-".join([first.lower(), *rest])
