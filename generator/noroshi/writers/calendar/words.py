"""How a calendar's events say things: plain words in one language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from noroshi.records.content import MatterKind, Settings
from noroshi.records.texts import Text
from noroshi.snapshot.sayings import Deadline, Names, PromiseName, ReportNumber, Saying, Value, WholeDay
from noroshi.snapshot.state import State
from noroshi.text.markdown import excerpt, markdown_to_text
from noroshi.text.wording import Wording
from noroshi.urls import absolute_root, matter_path

LONGEST = 1000
"""How many characters of a text stand in an event: the page has it all."""

_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, kw_only=True)
class Voice:
    """Who tells events to the readers of one language."""

    settings: Settings
    wording: Wording

    def say(self, message: str, **values: str) -> str:
        """A message of the catalogue with its values in place."""
        return self.wording.gettext(message).format(**values)

    def fact(self, label: str, value: str) -> str:
        """A line with what it is about; the label is a message of the catalogue."""
        return self.led(self.wording.gettext(label), value)

    def led(self, head: str, rest: str) -> str:
        """Words behind what leads to them."""
        return f"{head}{self.wording.gettext(': ')}{rest}"

    def plain(self, text: Text) -> str:
        """A plain text in the readers' language, else in the site's first."""
        return text.said_in(self.wording.language, self.settings.site.languages[0])[0]

    def brief(self, text: Text) -> str:
        """A plain text, cut where it is very long."""
        words = self.plain(text)
        return words if len(words) <= LONGEST else excerpt(words, LONGEST)

    def prose(self, text: Text) -> str:
        """A Markdown text without its marks, cut where it is very long."""
        source = self.plain(text)
        words = markdown_to_text(source)
        return words if len(words) <= LONGEST else excerpt(source, LONGEST)

    def component(self, component_id: str) -> str:
        """A component's name, or its bare id where it has none."""
        known = self.settings.by_id.get(component_id)
        return component_id if known is None else self.plain(known.name)

    def client(self, client_id: str) -> str:
        """What a client is called, or their bare id where the name is not known."""
        names = [self.plain(client.name) for client in self.settings.clients if client.id == client_id]
        return names[0] if names else client_id

    def address(self, kind: MatterKind, matter_id: str) -> str:
        """The address of a matter's page."""
        site = self.settings.site
        return absolute_root(site.url, self.wording.language, site.languages) + matter_path(kind, matter_id)

    @property
    def contact(self) -> str | None:
        """Where readers can write: an address of the web, or one of mail without what a mail would begin with."""
        contact = self.settings.site.contacts.public
        mail = contact is not None and contact.startswith("mailto:")
        return contact.partition("?")[0] if contact is not None and mail else contact

    def whole_day(self, deadline: Deadline) -> date | None:
        """The day by whose end something is due, where the day alone was said."""
        local = self.wording.local(deadline.at)
        return (local - _MOMENT).date() if deadline.whole_day and local.time() == time() else None

    def tell(self, saying: Saying) -> str:
        """A sentence."""
        return self.say(saying.message, **{name: self._value(value) for name, value in saying.values.items()})

    def _value(self, value: Value) -> str:
        words = self.wording
        match value:
            case datetime():
                return words.moment(value)
            case Deadline():
                day = self.whole_day(value)
                return words.moment(value.at) if day is None else words.day(day)
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
                return words.label(value.kind)
            case State():
                return self.plain(value.title)
