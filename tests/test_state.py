"""What a state says of itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from noroshi.records.choices import Phase, ReportKind
from noroshi.snapshot.state import ReportMark
from track_states import BEGAN, matter

K = ReportKind


@pytest.mark.parametrize(
    ("phase", "kinds", "closing"),
    [
        (Phase.COMPLETED, (K.INTERIM, K.COMPLETION, K.FOLLOW_UP), 2),
        (Phase.COMPLETED, (K.COMPLETION, K.COMPLETION), 2),
        (Phase.CANCELLED, (K.NOTICE, K.NOTICE, K.FOLLOW_UP), 2),
        (Phase.CLOSED, (K.NOTICE, K.INTERIM), 2),
        (Phase.COMPLETION_INCOMPLETE, (K.COMPLETION,), None),
        (Phase.CLOSED, (), None),
    ],
)
def test_a_matter_is_closed_by_the_report_that_says_so(
    phase: Phase, kinds: tuple[ReportKind, ...], closing: int | None
) -> None:
    """By completion, or the notice that called it off, not by what follows; else by the last report, or by none."""
    marks = tuple(
        ReportMark(number=number, kind=kind, at=BEGAN + timedelta(hours=number)) for number, kind in enumerate(kinds, 1)
    )
    state = matter("a", phase=phase, reports=marks)
    assert state.closed_at == (None if closing is None else BEGAN + timedelta(hours=closing))
