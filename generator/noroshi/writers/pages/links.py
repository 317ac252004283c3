"""Small pieces of safe HTML that views are made of: times, links, texts with their language.

Every piece is made with an f-string around parts that are escaped or safe already: ``Markup.format`` costs four
times as much, and a page holds a hundred pieces.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache

from markupsafe import Markup, escape

from noroshi.records.choices import ComponentLevel
from noroshi.records.content import MatterKind, Settings
from noroshi.records.texts import Text
from noroshi.snapshot.sayings import Deadline, Names, PromiseName, ReportNumber, Saying, Value, WholeDay
from noroshi.snapshot.state import State
from noroshi.text.labels import label_of
from noroshi.text.markdown import markdown_to_html
from noroshi.text.wording import ASIDE, Wording, iso
from noroshi.urls import component_path, log_anchor, log_month_path, matter_path, report_anchor, way

_MOMENT = timedelta(microseconds=1)


@cache
def _escaped(wording: Wording, message: str) -> str:
    """A message of the catalogue as HTML: a page says the same few again and again."""
    return str(escape(wording.gettext(message)))


def safe(html: str) -> Markup:
    """HTML that is safe already, as such; without the questions that ``Markup()`` asks of every object."""
    return str.__new__(Markup, html)


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Whom a page is written for: a language, and the place of the page that links start from."""

    settings: Settings
    wording: Wording
    path: str
    """The page's path below its language's root."""
    base: str | None = None
    """The language root's absolute address, where links must be absolute, as in feeds."""
    language: str = field(init=False)
    """The language of the page."""
    first: str = field(init=False)
    """The site's first language: that of texts without one."""
    _root: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Work out once what every piece needs."""
        object.__setattr__(self, "language", self.wording.language)
        object.__setattr__(self, "first", self.settings.site.languages[0])
        object.__setattr__(self, "_root", way(self.path, "") if self.base is None else self.base)

    def link(self, target: str) -> str:
        """The link to a page of the same language."""
        return target if self._root == "./" and target else self._root + target

    def say(self, message: str, **values: Markup | str) -> Markup:
        """A message of the catalogue with its values in place, all that is not safe HTML escaped."""
        return escape(message).format(**values)

    def label(self, word: StrEnum) -> Markup:
        """What a word that programs compare is called."""
        return safe(_escaped(self.wording, label_of(word)))

    def aside(self, main: Markup | str, aside: Markup | str) -> Markup:
        """Words with others in the language's parentheses behind them."""
        return safe(self.wording.aside(escape(main), escape(aside), shape=_escaped(self.wording, ASIDE)))

    def plain(self, text: Text) -> Markup:
        """A plain text, marked with its language where that is not the page's."""
        words, language = text.said_in(self.language, self.first)
        if language == self.language:
            return escape(words)
        return safe(f'<span lang="{escape(language)}">{escape(words)}</span>')

    def prose(self, text: Text) -> Markup:
        """A Markdown text as blocks, marked with its language where that is not the page's."""
        words, language = text.said_in(self.language, self.first)
        html = markdown_to_html(words)
        return safe(html if language == self.language else f'<div lang="{escape(language)}">{html}</div>')

    def moment(self, moment: datetime) -> Markup:
        """A date and time that programs can read too."""
        return safe(f'<time datetime="{iso(moment)}">{self.wording.moment(moment)}</time>')

    def date(self, day: date) -> Markup:
        """A day, whose date programs can read; the same wherever its reader is. Feeds say it in words alone."""
        if self.base is not None:
            return escape(self.wording.day(day))
        return safe(f'<time datetime="{day.isoformat()}" data-day>{self.wording.day(day)}</time>')

    def clock(self, moment: datetime, beside: datetime) -> Markup:
        """A time of day, with its date where that is not the day of ``beside``."""
        words = self.wording
        same = words.local(moment).date() == words.local(beside).date()
        said = words.clock(moment) if same else words.moment(moment)
        return safe(f'<time datetime="{iso(moment)}">{said}</time>')

    def step(self, moment: datetime, before: datetime | None) -> Markup:
        """A time in a row of times, as short as it stays clear after the one before it."""
        return safe(f'<time datetime="{iso(moment)}">{escape(self.wording.step(moment, before))}</time>')

    def span(self, start: datetime, end: datetime) -> Markup:
        """From when until when."""
        return safe(f"{self.moment(start)} – {self.clock(end, start)}")

    def tell(self, saying: Saying, beside: datetime) -> Markup:
        """A sentence; times of the day of ``beside`` without their date."""
        message = _escaped(self.wording, saying.message)
        if not saying.values:
            return safe(message)
        return safe(message.format(**{name: self._value(value, beside) for name, value in saying.values.items()}))

    def _value(self, value: Value, beside: datetime) -> Markup:
        words = self.wording
        match value:
            case datetime():
                return self.clock(value, beside)
            case Deadline():
                return self.deadline(value, beside)
            case WholeDay():
                return self._day(value.at)
            case date():
                return self.date(value)
            case timedelta():
                return safe(f'<span class="nr-length">{escape(words.duration(value))}</span>')
            case ReportNumber():
                name = _escaped(words, "report {n}").format(n=value.number)
                return safe(f'<a href="#{report_anchor(value.number)}">{name}</a>')
            case Names():
                return escape(words.gettext(", ").join(map(words.gettext, value.messages)))
            case PromiseName():
                kind = self.label(value.kind)
                return kind if value.commitment is None else self.aside(kind, self.named(value.commitment))
            case State():
                return self.named(value)

    def deadline(self, deadline: Deadline, beside: datetime) -> Markup:
        """By when something is promised: a time, or a day that means its end."""
        if self._ends_day(deadline):
            return self._day(deadline.at)
        return self.clock(deadline.at, beside)

    def day_of(self, deadline: Deadline) -> datetime:
        """A moment of the day that is said of a deadline: of one that means a day's end, of that day."""
        return deadline.at - _MOMENT if self._ends_day(deadline) else deadline.at

    def _ends_day(self, deadline: Deadline) -> bool:
        return deadline.whole_day and self.wording.local(deadline.at).time() == time()

    def _day(self, end: datetime) -> Markup:
        """A day that programs read by the moment at which it ends, at the latest."""
        day = self.wording.local(end - _MOMENT).date()
        whole = " data-day" if self.base is None else ""
        return safe(f'<time datetime="{iso(end)}"{whole}>{self.wording.day(day)}</time>')

    def length(self, length: timedelta) -> str:
        """A length of time in words."""
        return self.wording.duration(length)

    def matter(self, kind: MatterKind, matter_id: str, title: Text) -> Markup:
        """A link to a matter's page."""
        return safe(f'<a href="{self.link(matter_path(kind, matter_id))}">{self.plain(title)}</a>')

    def logged(self, at: datetime, name: str, number: int) -> str:
        """The link to the entry of a report, or of opening facts, in the published log: told by what was said, and not
        by when it was published.

        :param at: when it was said
        :param name: the record's id
        :param number: the report's; 0 for opening facts
        """
        month = f"{self.wording.local(at):%Y-%m}"
        return f"{self.link(log_month_path(month))}#{log_anchor(name, number)}"

    def named(self, matter: State) -> Markup:
        """A matter by its title, with a link to its page; an event of a calendar has none, and is known by its file."""
        if matter.from_calendar:
            return self.aside(self.plain(matter.title), safe(f"<code>{escape(matter.path)}</code>"))
        return self.matter(matter.kind, matter.id, matter.title)

    def component(self, component_id: str) -> Markup:
        """A link to a component's page, or its bare id where it has none."""
        known = self.settings.by_id.get(component_id)
        if known is None:
            return escape(component_id)
        return safe(f'<a href="{self.link(component_path(component_id))}">{self.plain(known.name)}</a>')

    def ended_level(self, level: ComponentLevel) -> Markup:
        """The worst level that a component came to, once that is over: a badge without its colour."""
        words = self.wording.gettext("{level} (ended)").format(level=self.wording.label(level))
        return safe(f'<span class="nr-level nr-level--ended">{escape(words)}</span>')

    def level(self, level: ComponentLevel) -> Markup:
        """A component's level as a badge."""
        return safe(f'<span class="nr-level nr-level--{level.value}">{escape(self.wording.label(level))}</span>')
