"""What had been said before each report: the last word on each fact; a withdrawn report has said nothing."""

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from noroshi.decode import decode
from noroshi.records.choices import ComponentLevel, Severity
from noroshi.records.content import RECORD_TYPES, MatterKind
from noroshi.records.matters import Matter
from noroshi.snapshot.before_report import Before, before_each_report
from noroshi.snapshot.state import Span
from noroshi.yamlsource import read_document

INCIDENT = """\
title: Down
severity: minor
components: {web: degraded_performance}
started_at: 2026-06-18T21:40+09:00
reports:
"""


def record_of(kind: MatterKind, text: str) -> Matter:
    document, problems = read_document("content/x.yaml", text.encode())
    assert document is not None, problems
    record, problems = decode(document, RECORD_TYPES[kind], None)
    assert record is not None, problems
    return record


def test_the_opening_facts_stand_before_the_first_report():
    """A first report that says something else than the opening facts has them as its before."""
    record = record_of(
        MatterKind.INCIDENT, INCIDENT + "  - {kind: start, at: 2026-06-18T21:52+09:00, text: x, severity: major}\n"
    )
    assert list(before_each_report(record)) == [
        Before(
            severity=Severity.MINOR,
            started_at=datetime.fromisoformat("2026-06-18T21:40+09:00"),
            levels={"web": ComponentLevel.DEGRADED_PERFORMANCE},
        )
    ]


def test_a_moved_window_has_the_one_before_it():
    """Each notice that moves planned work has before it the time that the last one named."""
    record = record_of(
        MatterKind.MAINTENANCE,
        """\
title: Work
components: {web: under_maintenance}
window: {from: 2026-06-18T21:00+09:00, until: 2026-06-18T22:00+09:00}
reports:
  - {kind: notice, at: 2026-06-10T10:00+09:00, text: x}
  - kind: notice
    at: 2026-06-11T10:00+09:00
    text: x
    window: {from: 2026-06-19T21:00+09:00, until: 2026-06-19T22:00+09:00}
  - {kind: notice, at: 2026-06-12T10:00+09:00, text: x}
""",
    )
    first, moved = (
        Span(datetime.fromisoformat(f"2026-06-{day}T21:00+09:00"), datetime.fromisoformat(f"2026-06-{day}T22:00+09:00"))
        for day in (18, 19)
    )
    assert [before.window for before in before_each_report(record)] == [first, first, moved]


def test_a_recovery_stands_before_what_takes_it_back():
    """A correction of a recovery, and an interim report that it is down again, have before them that it was back."""
    record = record_of(
        MatterKind.INCIDENT,
        INCIDENT
        + """\
  - {kind: interim, at: 2026-06-18T22:10+09:00, text: Back, recovered_at: 2026-06-18T22:05+09:00}
  - {kind: correction, at: 2026-06-18T22:20+09:00, text: Not so, corrects: [1], components: {web: degraded_performance}}
  - {kind: interim, at: 2026-06-18T22:40+09:00, text: Back, recovered_at: 2026-06-18T22:35+09:00}
  - {kind: correction, at: 2026-06-18T22:50+09:00, text: Earlier, corrects: [3], recovered_at: 2026-06-18T22:30+09:00}
  - {kind: interim, at: 2026-06-18T23:00+09:00, text: Down again, components: {web: major_outage}}
  - {kind: interim, at: 2026-06-18T23:10+09:00, text: Still, components: {web: major_outage}}
""",
    )
    times = [
        [said and f"{said:%H:%M}" for said in (each.recovered_at, each.taken_back)]
        for each in before_each_report(record)
    ]
    assert times == [[None] * 2, ["22:05"] * 2, [None] * 2, ["22:35", None], ["22:30"] * 2, [None] * 2]
    down, well = ComponentLevel.DEGRADED_PERFORMANCE, ComponentLevel.OPERATIONAL
    levels = [each.levels["web"] for each in before_each_report(record)]
    assert levels == [down, well, down, well, well, ComponentLevel.MAJOR_OUTAGE]


@given(
    st.lists(
        st.tuples(st.sampled_from([None, *Severity]), st.sampled_from([None, *ComponentLevel]), st.booleans()),
        max_size=8,
    )
)
def test_the_last_word_that_was_not_withdrawn_counts(reports):
    """Before each report stands what the last report that spoke of a fact said, else the opening facts."""
    lines = [INCIDENT.rstrip("\n")] if reports else [INCIDENT.replace("reports:\n", "").rstrip("\n")]
    expected, severity, level = [], Severity.MINOR, ComponentLevel.DEGRADED_PERFORMANCE
    for index, (new_severity, new_level, withdrawn) in enumerate(reports):
        expected.append((severity, level))
        lines += [
            f"  - kind: {'interim' if index else 'start'}",
            f"    at: 2026-06-18T22:{index:02}+09:00",
            "    text: x",
        ]
        if new_severity:
            lines.append(f"    severity: {new_severity.value}")
        if new_level:
            lines.append(f"    components: {{web: {new_level.value}}}")
        if withdrawn:
            lines.append("    withdrawn: {at: 2026-06-19T10:00+09:00, reason: wrong}")
        else:
            severity, level = new_severity or severity, new_level or level
    record = record_of(MatterKind.INCIDENT, "\n".join(lines) + "\n")
    assert [(each.severity, each.levels["web"]) for each in before_each_report(record)] == expected
