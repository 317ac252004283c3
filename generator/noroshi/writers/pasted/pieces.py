"""What pasted text is made of: spans of plain words, and the facts that hold them. Every format escapes them itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain

from noroshi.records.content import MatterKind, Settings
from noroshi.records.texts import Text
from noroshi.snapshot.sayings import Deadline, Names, PromiseName, ReportNumber, Saying, Value, WholeDay
from noroshi.snapshot.state import State
from noroshi.text.east_asian import is_wide
from noroshi.text.labels import N_
from noroshi.text.wording import Wording
from noroshi.urls import absolute_root, matter_path


@dataclass(frozen=True, kw_only=True)
class Span:
    """Plain words, never markup."""

    words: str
    href: str | None = None
    """The absolute address they lead to."""
    replaced: str | None = None
    """Where later words replaced them: how that is said where nothing can be struck out."""


Line = tuple[Span, ...]


@dataclass(frozen=True, kw_only=True)
class Fact:
    """What it is about, and one or more values, each a line."""

    label: str
    colon: str
    """What parts the two in the readers' language."""
    lines: tuple[Line, ...]


def line(*parts: str | Span | Line) -> Line:
    """A line of parts, one after the other."""
    spans: list[Sequence[Span]] = []
    for part in parts:
        if isinstance(part, str):
            spans.append((Span(words=part),))
        else:
            spans.append((part,) if isinstance(part, Span) else part)
    return tuple(chain.from_iterable(spans))


def struck(words: str, plain: str) -> Line:
    """Words that later ones replaced.

    :param plain: how that is said where nothing can be struck out
    """
    return (Span(words=words, replaced=plain),)


_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, kw_only=True)
class Speaker:
    """Who words a matter for readers of one language, with absolute addresses."""

    settings: Settings
    wording: Wording

    def say(self, message: str, **values: str) -> str:
        """A message of the catalogue with its values in place."""
        return self.wording.gettext(message).format(**values)

    def fact(self, label: str, *values: str | Line) -> Fact:
        """A fact of one or more values; its label is a message of the catalogue or made of such."""
        lines = tuple(line(value) for value in values)
        return Fact(label=self.wording.gettext(label), colon=self.wording.gettext(": "), lines=lines)

    def before(self, words: str) -> Line:
        """What stood before, beside that which replaced it."""
        return struck(words, self.say(N_("(before: {words})"), words=words))

    def plain(self, text: Text) -> str:
        """A text in the readers' language, else in the site's first."""
        return text.said_in(self.wording.language, self.settings.site.languages[0])[0]

    def clock(self, moment: datetime, beside: datetime) -> str:
        """A time of day, with its date where that is not the day of ``beside``."""
        words = self.wording
        same = words.local(moment).date() == words.local(beside).date()
        return words.clock(moment) if same else words.moment(moment)

    def deadline(self, deadline: date | datetime) -> str:
        """A time, or a day that means its end."""
        return self.wording.moment(deadline) if isinstance(deadline, datetime) else self.wording.day(deadline)

    def tell(self, saying: Saying, beside: datetime | None = None) -> str:
        """A sentence; times of the day of ``beside``, where there is one, without their date."""
        return self.say(saying.message, **{name: self._value(value, beside) for name, value in saying.values.items()})

    def _value(self, value: Value, beside: datetime | None) -> str:
        words = self.wording
        match value:
            case datetime():
                return self.clock(value, beside) if beside else words.moment(value)
            case Deadline():
                ends_day = value.whole_day and words.local(value.at).time() == time()
                return self._value(WholeDay(value.at) if ends_day else value.at, beside)
            case WholeDay():
                return words.day(words.local(value.at - _MOMENT).date())
            case date():
                return words.day(value)
            case timedelta():
                return words.duration(value)
            case ReportNumber():
                return self.say("report {n}", n=str(value.number))
            case Names():
                return words.gettext(", ").join(map(words.gettext, value.messages))
            case PromiseName():
                name = words.label(value.kind)
                return name if value.commitment is None else words.aside(name, self.plain(value.commitment.title))
            case State():
                return self.plain(value.title)

    def after(self, moment: datetime, since: datetime | None) -> str:
        """A time, and how long after the start that was."""
        if since is None or moment <= since:
            return self.wording.moment(moment)
        length: timedelta = moment - since
        after = self.say("after {duration}", duration=self.wording.duration(length))
        return self.wording.aside(self.wording.moment(moment), after)

    def component(self, component_id: str) -> str:
        """A component's name, or its bare id where nothing else is known of it."""
        known = self.settings.by_id.get(component_id)
        return component_id if known is None else self.plain(known.name)

    def address(self, kind: MatterKind, matter_id: str) -> str:
        """The address of a matter's page."""
        site = self.settings.site
        return absolute_root(site.url, self.wording.language, site.languages) + matter_path(kind, matter_id)

    def lead(self, message: str, rest: str) -> str:
        """What a message leads to, without a space behind a full-width colon."""
        words = self.wording.gettext(message)
        return f"{words}{'' if is_wide(words[-1]) else ' '}{rest}"

    def dated(self, words: str, moment: datetime) -> str:
        """What a report is, and when it was made."""
        return f"{words}{' ' if is_wide(words[0]) else ', '}{self.wording.moment(moment)}"

    def headed(self, kind: str, title: str) -> str:
        """A title behind what kind of thing it names."""
        return f"【{kind}】{title}" if is_wide(kind[-1]) else f"{kind}: {title}"
