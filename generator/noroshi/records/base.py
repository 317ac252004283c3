"""What all records share: frozen, keyword-only, no unknown key; and the parts that several records use."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from noroshi.records.texts import Line
from noroshi.records.times import Moment
from noroshi.records.words import Word


class Record(BaseModel):
    """A frozen piece of what people write; an unknown key is refused."""

    # A validator is built when the first record of its kind is read: most runs meet few of the kinds.
    model_config = ConfigDict(extra="forbid", frozen=True, protected_namespaces=(), defer_build=True)


class Window(Record):
    """The time planned for work."""

    from_: Moment
    """When it begins."""
    until: Moment
    """When it ends."""

    model_config = ConfigDict(alias_generator=lambda name: name.rstrip("_"))


class Edited(Record):
    """A slip of the pen, mended in place without changing what was said."""

    at: Moment
    """When it was mended."""
    note: Line
    """What kind of slip it was, for example 誤字."""


class Withdrawn(Record):
    """A report that had to vanish, such as a leaked secret: its number, time and kind stay."""

    at: Moment
    """When it was taken back."""
    reason: Line
    """Why, without repeating what had to vanish."""


class Imported(Record):
    """The mark of a record that was written elsewhere: closed as its source closed it, and promising nothing."""

    from_: Word
    """The program it comes from, for example cstate."""
    source: Word
    """The file or address it was read from."""
    resolved_at: Moment | None = None
    """When its source says that it was over; may contradict the other times, which stands in ``anomalies``."""
    anomalies: tuple[Line, ...] = ()
    """What the import found wrong and kept."""

    model_config = ConfigDict(alias_generator=lambda name: name.rstrip("_"))
