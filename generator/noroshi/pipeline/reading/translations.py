"""The site's own translations: ``locale/<language>.po`` for each language that site.yaml names and that has one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from noroshi.pipeline.reading.content import SiteFolder, read_bytes
from noroshi.problems import Place, Problem
from noroshi.records.site import LANGUAGES
from noroshi.records.translation import Translation
from noroshi.yamlsource import Document
from noroshi.yamlsource.encoding import MAX_BYTES


@dataclass(frozen=True, kw_only=True)
class TranslationsReading:
    """The translations as far as they can be read."""

    translations: Mapping[str, Translation] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    digest: bytes = b""
    """Equal where all the bytes of all the files are."""


def translation_path(language: str) -> str:
    """The file of a site's own words in a language, relative to the site's folder."""
    return f"locale/{language}.po"


def read_translations(folder: SiteFolder, languages: Sequence[str], document: Document) -> TranslationsReading:
    """Read the catalogues of these languages; a language that the program speaks itself needs none.

    :param document: site.yaml, for the place of a language that nobody speaks
    """
    found: dict[str, Translation] = {}
    problems: list[Problem] = []
    digests = []
    for index, language in enumerate(languages):
        path = translation_path(language)
        place = folder.root / path
        if not place.is_file():
            if language not in LANGUAGES:
                problems.append(_unspoken(document.place("languages", index), language))
            continue
        data, problem = read_bytes(path, place)
        if problem is None and len(data) > MAX_BYTES:
            problem = _too_large(path)
        if problem is not None:
            problems.append(problem)
            continue
        digests.append(f"{path}:{len(data)}:".encode() + data)
        # Babel takes 60 ms to begin with: a site without words of its own never waits for it here.
        from noroshi.text.translation import read_translation

        translation, wrong = read_translation(path, language, data)
        problems += wrong
        if translation is not None:
            found[language] = translation
    return TranslationsReading(translations=found, problems=tuple(problems), digest=b"".join(digests))


def _unspoken(place: Place, language: str) -> Problem:
    path = translation_path(language)
    return Problem(
        place=place,
        rule="languages",
        found=f"languages: the pages have no translation for '{language}'",
        allowed=f"{', '.join(LANGUAGES)}, and what a file of the folder locale translates",
        advice=f"begin {path} with 'noroshi translate {language}', or leave it out; texts in other languages may still "
        "stand in records",
    )


def _too_large(path: str) -> Problem:
    return Problem(
        place=Place(path=path),
        rule="translation",
        found=f"the file is larger than {MAX_BYTES:,} bytes",
        allowed="a catalogue of this program's messages, some 60,000 bytes",
        advice="take out what does not belong there",
    )
