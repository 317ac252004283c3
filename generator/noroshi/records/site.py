"""What a site says of itself: its names for ever, its languages, its clock."""

from __future__ import annotations

import re
from typing import Annotated, Any, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ConfigDict, Discriminator, Field, PlainValidator, Tag, WithJsonSchema

from noroshi.records.base import Record
from noroshi.records.choices import ForgeWord, SeverityWord
from noroshi.records.durations import TimeOfDay
from noroshi.records.look import Look
from noroshi.records.matters import KeepClear
from noroshi.records.refusal import a_word, refusal, shown
from noroshi.records.texts import LANGUAGE_CODE, Line
from noroshi.records.times import Day
from noroshi.records.words import Contact, Flag, Name, SecurityContact, SiteAddress, WebAddress, Word

FORMAT = 1
"""The version of the content format that this program reads."""


def _format(value: object) -> int:
    word = a_word(value, "format: 1")
    if word != str(FORMAT):
        raise refusal(
            "format",
            found=f"{shown(word)} stands here",
            allowed=f"this program reads format {FORMAT}",
            advice="write format: 1, or use the program that made the content",
        )
    return FORMAT


_NO_ZONES = ("localtime", "posixrules", "Factory")
"""Files beside the zones of a system's database that are none, or another one on each machine."""


def _zone(value: object) -> str:
    allowed = "a name of the IANA time zone database, such as Asia/Tokyo"
    word = a_word(value, allowed)
    try:
        if word in _NO_ZONES or word.startswith(("posix/", "right/")):
            raise ValueError(word)
        ZoneInfo(word)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise refusal(
            "timezone", found=f"{shown(word)} is no time zone", allowed=allowed, advice="write the region and city"
        ) from None
    return word


def _tag(value: object) -> str:
    # RFC 4151, section 2.1: the authority of a tag is a domain name or an address of mail.
    allowed = "a domain name that you own on the day of id.since, such as status.example.com"
    word = a_word(value, allowed)
    if not re.fullmatch(r"([a-z0-9._-]+@)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*", word):
        raise refusal(
            "tag-authority",
            found=f"{shown(word)} cannot name your site for ever",
            allowed=allowed,
            advice="write the domain in small letters, without https://",
        )
    return word


def _languages(value: object) -> tuple[str, ...]:
    allowed = "a list of languages by their codes"
    if not isinstance(value, list) or not value:
        found = f"{shown(value)} stands here" if value else "nothing stands here"
        raise refusal("languages", found=found, allowed=allowed, advice="write [ja, en]")
    for code in value:
        if not isinstance(code, str) or not LANGUAGE_CODE.fullmatch(code):
            found = f"{shown(code)} is no language's code"
            raise refusal("languages", found=found, allowed=allowed, advice="write [ja, en]")
    if len(set(value)) != len(value):
        raise refusal("languages", found="a language stands twice", allowed=allowed, advice="write each once")
    return tuple(value)


LANGUAGES = ("ja", "en")
"""The languages that pages, feeds and messages to readers are written in; a site may bring others."""

Languages: TypeAlias = Annotated[
    tuple[str, ...],
    PlainValidator(_languages),
    WithJsonSchema(
        {
            "type": "array",
            "items": {"type": "string", "pattern": f"^{LANGUAGE_CODE.pattern}$", "examples": list(LANGUAGES)},
            "minItems": 1,
            "uniqueItems": True,
        }
    ),
]


class Identity(Record):
    """What makes this site's permanent names (RFC 4151): they survive a move to another address."""

    tag: Annotated[str, PlainValidator(_tag), WithJsonSchema({"type": "string", "format": "hostname"})]
    """A domain name of yours."""
    since: Day
    """A day on which it was yours; never changed once published."""


class QuietHours(Record):
    """The time of day in which interim reports of lesser incidents are not owed."""

    from_: TimeOfDay
    """When quiet begins."""
    until: TimeOfDay
    """When it ends; may be on the next day."""
    severities: tuple[SeverityWord, ...] = ()
    """The severities that keep quiet."""

    model_config = ConfigDict(alias_generator=lambda name: name.rstrip("_"))


class Contacts(Record):
    """Where readers can write."""

    public: Contact | None = None
    """For questions: linked on the home page and on every matter's."""
    security: SecurityContact | None = None
    """For reports of vulnerabilities (RFC 9116)."""


_REFUSED_IN_PATHS = re.compile(r"[\s\\:?*\[~^\x00-\x1f\x7f]|\.\.|//|^[/.-]|[/.]\Z|@\{")


def _path_word(value: object, what: str, example: str) -> str:
    allowed = f"{what}, such as {example}"
    word = a_word(value, allowed)
    if not word or _REFUSED_IN_PATHS.search(word):
        raise refusal(
            "repository-path",
            found=f"{shown(word)} is none",
            allowed=allowed,
            advice="write it without spaces, '..' and a '/' at an end",
        )
    return word


_PATH_SCHEMA = WithJsonSchema({"type": "string", "pattern": r"^[^\s/][^\s]*$"})


class Repository(Record):
    """The git repository of the content."""

    url: WebAddress
    """Its address."""
    show_history: Flag = False
    """Whether pages link to it, and each record's to the history of its file."""
    forge: ForgeWord | None = None
    """github or gitlab: whose addresses it has; left out, its host's name says it."""
    branch: Annotated[str, PlainValidator(lambda value: _path_word(value, "a branch", "main")), _PATH_SCHEMA] = "main"
    """The branch that is published."""
    folder: (
        Annotated[str, PlainValidator(lambda value: _path_word(value, "a folder", "docs/status")), _PATH_SCHEMA] | None
    ) = None
    """The site's folder in it, where the site is not at its top."""


class Calendar(Record):
    """A calendar whose events are commitments, and what holds for those that say nothing of their own."""

    file: Word
    """The calendar file (``.ics``), or a folder of them, in ``content/calendars/``."""
    client: Name | None = None
    """To whom its events were promised."""
    needs: tuple[Name, ...] = ()
    """The components that its events need; left out, the client's or, without a client, all."""
    keep_clear: KeepClear = KeepClear()
    """The time around each event in which they are left alone."""


def _file_or_calendar(value: Any) -> str:
    return "(calendar)" if isinstance(value, dict) else "(file)"


CalendarSource: TypeAlias = Annotated[
    Annotated[Word, Tag("(file)")] | Annotated[Calendar, Tag("(calendar)")], Discriminator(_file_or_calendar)
]
"""A calendar by its file alone, or with what holds for its events."""


class Site(Record):
    """The site: its names for ever, its languages, its clock."""

    format: Annotated[int, PlainValidator(_format), WithJsonSchema({"const": FORMAT})]
    """The version of this format: 1."""
    id: Identity
    """What makes permanent names."""
    name: Line
    """The page's name."""
    url: SiteAddress
    """Where the site is published."""
    timezone: Annotated[str, PlainValidator(_zone), WithJsonSchema({"type": "string"})]
    """The zone in which times are shown and days end."""
    languages: Languages
    """The first is at the root, each other one under its code; the order is fixed once published."""
    description: Line | None = None
    """What the page is for, in a sentence."""
    holidays: Word | None = None
    """The country whose holidays are no business days, by its ISO 3166-1 code."""
    quiet_hours: QuietHours | None = None
    """When interim reports of lesser incidents are not owed."""
    contacts: Contacts = Field(default_factory=Contacts)
    """Where readers can write."""
    look: Look = Field(default_factory=Look)
    """The operator's mark, colour and words around every page."""
    calendars: tuple[CalendarSource, ...] = ()
    """Calendar files or folders (.ics) whose events are commitments."""
    repository: Repository | None = None
    """Where the content is kept."""
    websub_hub: WebAddress | None = None
    """The WebSub hub that feeds name, so that it tells their subscribers at once; tell it after each publication."""

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def calendar_sources(self) -> tuple[Calendar, ...]:
        """The calendars, each with what holds for its events."""
        return tuple(each if isinstance(each, Calendar) else Calendar(file=each) for each in self.calendars)
