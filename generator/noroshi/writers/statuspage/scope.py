"""What all parts of the documents share: the language they speak, the zone of their times, the page they are of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from noroshi.records.content import MatterKind, Settings
from noroshi.records.site import LANGUAGES
from noroshi.records.texts import Text
from noroshi.text.wording import Wording, wording_of
from noroshi.urls import absolute_root, matter_path

_SPOKEN = "en"
"""Clients compare English words, and most of their readers read them."""


@dataclass(frozen=True, kw_only=True)
class Scope:
    """One build's documents."""

    settings: Settings
    """As the audience may see them."""
    page_id: str
    page_name: str
    """Marked with the audience's name, where that is not everybody."""
    since: datetime
    """The snapshot's: the time of what tells no time of its own."""

    @property
    def language(self) -> str:
        """English where the site has English pages, else its first language."""
        return spoken_language(self.settings)

    def words(self, text: Text) -> str:
        """A text in the documents' language, else in the site's first."""
        return self.words_and_wording(text)[0]

    def words_and_wording(self, text: Text) -> tuple[str, Wording]:
        """A text, and the wording of the language that it is in, so that what stands beside it speaks the same."""
        words, language = text.said_in(self.language, self.settings.site.languages[0])
        spoken = {*LANGUAGES, *self.settings.site.languages}
        return words, wording_of(self.settings, language if language in spoken else self.language)

    @property
    def wording(self) -> Wording:
        """The wording of the documents' language."""
        return wording_of(self.settings, self.language)

    def page_of(self, kind: MatterKind, matter_id: str) -> str:
        """The address of a matter's page."""
        site = self.settings.site
        return absolute_root(site.url, self.language, site.languages) + matter_path(kind, matter_id)

    def stamp(self, moment: datetime) -> str:
        """A time as Statuspage writes it: in the page's zone, with milliseconds, ``Z`` where that is UTC."""
        local = moment.astimezone(self.settings.site.zone)
        offset = local.utcoffset()
        if not offset or offset.seconds % 60:  # RFC 3339 knows no offsets of seconds, as some zones had around 1970
            return local.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"
        return local.isoformat(timespec="milliseconds")


def spoken_language(settings: Settings) -> str:
    """The language of the documents: English where the site has English pages, else its first language."""
    languages = settings.site.languages
    return _SPOKEN if _SPOKEN in languages else languages[0]
