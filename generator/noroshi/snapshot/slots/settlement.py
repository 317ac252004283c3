"""How it stands between planned work and one client whose time it falls into: what they agreed to, and what not.

An agreement is for the time that was planned when it was given, so a work that moves or runs on can leave it behind.
"""

from __future__ import annotations

from noroshi.records.choices import Phase, Settlement
from noroshi.snapshot.state import Consent, Span, State


def is_past(work: State) -> bool:
    """Whether planned work has ended, so that nothing can be mended any more."""
    return work.phase.over or work.ended_at is not None


def consents_to(work: State, client: str | None) -> tuple[Consent, ...]:
    """The agreements of one client to planned work, as they are written."""
    return tuple(each for each in work.consents if each.client == client)


def unagreed_part(work: State, client: str | None, overlap: Span) -> Span | None:
    """What of an overlap no agreement of the client covers, from its first such moment on; None where all is covered.

    Work that began before its window is not held against an agreement to that window: some minutes are no other time.
    """
    window, moment = work.window or overlap, overlap.start
    for each in sorted(consents_to(work, client), key=lambda each: each.start):
        if each.start <= max(moment, window.start):
            if each.end is None:
                return None
            moment = max(moment, each.end)
    return Span(start=moment, end=overlap.end) if moment < overlap.end else None


def settle(work: State, client: str | None, unagreed: Span | None) -> Settlement:
    """How it stands between planned work and a client whose time it falls into.

    :param unagreed: what :func:`unagreed_part` tells
    """
    if unagreed is None:
        return Settlement.AGREED
    if work.emergency:
        return Settlement.EMERGENCY
    overran = work.window is not None and unagreed.start >= work.window.end and _agreed_to(work.window, work, client)
    if is_past(work):
        return Settlement.AS_PLANNED if overran else Settlement.LACKING
    # Until the window has passed, the time agreed has not: what is expected beyond it is still to be agreed.
    return Settlement.EXCEEDED if overran and work.phase is Phase.COMPLETION_AWAITED else Settlement.AWAITED


def _agreed_to(window: Span, work: State, client: str | None) -> bool:
    """Whether an agreement of the client is for any of this window."""
    return any(
        each.start < window.end and (each.end is None or each.end > window.start) for each in consents_to(work, client)
    )
