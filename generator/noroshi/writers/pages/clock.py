"""Words that follow the reader's clock: what ``assets/noroshi.js`` needs to say them, and what stands without it.

The page holds both wordings and the time that parts them; the script chooses and fills in how long it is to that
time, or since. Without script the words that stand name absolute times, which stay true. An element holds
``data-at`` (the time), ``data-before`` and ``data-after`` (the wordings, ``{t}`` for the length, ``{time}`` for the
``<time>`` element that stands in it), and ``data-since`` where the length counts from another time. One without
``data-before`` is hidden until its time has passed.

Beside each ``<time>`` that shows a moment the script puts the reader's own time, where that differs; one that shows a
whole day is marked ``data-day``, for a day promised here is that day everywhere. Behind each ``<time>``
in an element marked ``data-ago`` it says how long ago that was.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from markupsafe import Markup, escape

from noroshi.records.choices import Phase
from noroshi.snapshot.state import State
from noroshi.text.labels import N_
from noroshi.text.wording import Wording, iso
from noroshi.writers.pages.links import safe


def clock_words(wording: Wording, *, running: bool) -> Markup:
    """The attribute of a page's root that tells the script how this language words times.

    Lengths are worded in each form that the language counts in, by CLDR's names for them, which browsers know too.

    :param running: whether the page follows its reader's clock
    """
    _ = wording.gettext
    said: dict[str, str | dict[str, str]] = {
        "locale": wording.dates.locale,
        "zone": wording.zone.key,
        "moment": wording.dates.moment_form,
        "yours": wording.aside("", _("your time {time}")),
        "note": _("In brackets: your own time ({zone})."),
    }
    if running:
        said["day"] = wording.counted("{n} day", "{n} days")
        said["hour"] = wording.counted("{n} hour", "{n} hours")
        said["minute"] = wording.counted("{n} minute", "{n} minutes")
        said["pair"] = _("{larger_unit} {smaller_unit}")
        said["ago"] = wording.aside("", _("{t} ago"))
        said["now"] = wording.aside("", _("just now"))
    return safe(f' data-words="{escape(json.dumps(said, ensure_ascii=False, separators=(",", ":")))}"')


def clock_data(at: datetime, *, before: str | None = None, after: str, since: datetime | None = None) -> Markup:
    """The attributes of an element that follows the clock.

    :param before: the words until ``at`` and at it; None to hide the element until then
    :param after: the words from then on
    :param since: from when the length counts, where not ``at``
    """
    data = f' data-at="{iso(at)}"'
    if since is not None:
        data += f' data-since="{iso(since)}"'
    if before is not None:
        data += f' data-before="{escape(before)}"'
    return safe(f'{data} data-after="{escape(after)}"')


def due_clock(due: datetime, wording: Wording, stands: Markup, *, overdue: bool) -> Markup:
    """By when something is due, or since when it is overdue.

    :param stands: what stands without script, with the due time as a ``<time>`` element in it
    :param overdue: whether it was overdue when the page was made
    """
    before = wording.gettext(N_("by {time} (in {t})"))
    after = wording.gettext(N_("overdue since {time} (for {t})"))
    past = " nr-past" if overdue else ""
    return safe(f'<span class="nr-due{past}"{clock_data(due, before=before, after=after)}>{stands}</span>')


def phase_clock(state: State, wording: Wording) -> Markup:
    """The attributes that make the phase of planned work follow the clock: it awaits reports, it never moves on."""
    if state.window is None:
        return Markup("")
    match state.phase:
        case Phase.PLANNED | Phase.START_AWAITED:
            late = wording.gettext(N_("Planned start passed {t} ago, start report awaited"))
            return clock_data(state.window.start, before=wording.label(Phase.PLANNED), after=late)
        case Phase.IN_PROGRESS | Phase.COMPLETION_AWAITED:
            late = wording.gettext(N_("Planned end passed {t} ago, completion report awaited"))
            return clock_data(state.window.end, before=wording.label(Phase.IN_PROGRESS), after=late)
    return Markup("")


def lasting_clock(since: datetime, wording: Wording, stands: Markup | None) -> Markup:
    """How long something has lasted so far.

    :param stands: the words without script; None on a page that is not made on every build, and cannot know
    """
    data = clock_data(since, after=wording.gettext(N_("{t} so far")))
    return safe(f'<span class="nr-length"{" hidden" if stands is None else ""}{data}>{stands or ""}</span>')


def passed_clock(expected: datetime, wording: Wording, *, now: datetime | None) -> Markup:
    """That an expected time has passed, and how long ago; hidden until then.

    :param now: when the page is made; None on a page that is not made on every build, and cannot know
    """
    message = wording.gettext(N_("this time passed {t} ago"))
    passed = now is not None and now > expected
    stands = message.format(t=wording.duration(now - expected)) if now and passed else ""
    hidden = "" if passed else " hidden"
    classes = "nr-passed nr-past" if passed else "nr-passed"
    return safe(f'<span class="{classes}"{hidden}{clock_data(expected, after=message)}>{escape(stands)}</span>')


def age_clock(made_at: datetime, wording: Wording) -> Markup:
    """What a page says of its own age to whoever reads it more than a day after it was made."""
    data = clock_data(
        made_at + _AGED,
        after=wording.gettext(N_("This page was made {t} ago; newer reports may be missing.")),
        since=made_at,
    )
    return safe(f'<span class="nr-aged" hidden{data}></span>')


_AGED = timedelta(days=1)
