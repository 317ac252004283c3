"""A line of the published log goes to bytes and back, and what is no line is refused in words that name it."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noroshi.log.canonical import digest_of, facts_of
from noroshi.log.line import Change, LineError, LogLine, line_bytes, line_of, newest_time, parse_lines, split_lines
from noroshi.log.packing import pack_statements, unpack_statements
from noroshi.log.statement import Statement, report_digest, said_in
from noroshi.pipeline.reading.content import SiteFolder, find_records
from noroshi.pipeline.reading.record import Moments, read_entry, read_record
from noroshi.pipeline.reading.settings import read_settings
from noroshi.snapshot.promises.terms import Terms
from page_bodies import NOW, STORY

AT = datetime(2026, 6, 18, 12, 52, tzinfo=UTC)
LINE = LogLine(
    at=AT,
    change=Change.PUBLISHED,
    digest=bytes(range(32)),
    facts=bytes(range(32, 64)),
    id="2026-06-18-staging-down",
    kind="start",
    matter="incident",
    number=1,
    texts=("text[ja]",),
)
BYTES = (
    b'{"at":"2026-06-18T12:52:00Z","change":"published",'
    b'"digest":"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",'
    b'"facts":"202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f",'
    b'"id":"2026-06-18-staging-down","kind":"start","matter":"incident","number":1,"texts":["text[ja]"]}'
)


def test_a_line_is_these_bytes():
    """Keys in order, no spaces, times in UTC: the leaf of the tree that everybody makes alike."""
    assert line_bytes(LINE) == BYTES
    assert parse_lines([BYTES]) == [LINE]


def test_a_mark_and_a_title_stand_in_the_line():
    """When a slip was mended or a report withdrawn, and what a record was called; letters stay as they are."""
    edited = LINE._replace(mark="edited", marked_at=datetime(2026, 6, 19, tzinfo=UTC))
    opening = LINE._replace(number=0, kind="opening", title=(("ja", "停止"), ("en", "Down")))
    assert b'"edited":"2026-06-19T00:00:00Z"' in line_bytes(edited)
    assert '"title":{"en":"Down","ja":"停止"}'.encode() in line_bytes(opening)
    assert parse_lines([line_bytes(edited)]) == [edited]
    assert dict(parse_lines([line_bytes(opening)])[0].title) == {"ja": "停止", "en": "Down"}


moments = st.integers(0, 4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
digests = st.binary(min_size=32, max_size=32)
words = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)


@st.composite
def lines(draw) -> LogLine:
    mark = draw(st.sampled_from(["", "edited", "withdrawn"]))
    return LogLine(
        at=draw(moments),
        change=draw(st.sampled_from(Change)),
        digest=draw(digests),
        facts=draw(digests),
        id=draw(words),
        kind=draw(words),
        matter=draw(st.sampled_from(["incident", "maintenance", "commitment", "policy"])),
        number=draw(st.integers(0, 10_000)),
        texts=tuple(draw(st.lists(words, max_size=3))),
        mark=mark,
        marked_at=draw(moments) if mark else None,
        title=tuple(sorted(draw(st.dictionaries(words, words, max_size=2)).items())),
    )


@given(st.lists(lines(), max_size=6))
def test_lines_come_back_from_their_file(given_lines):
    """Whatever a log holds is read again as it was, one line for each entry."""
    leaves = [line_bytes(line) for line in given_lines]
    data = b"".join(leaf + b"\n" for leaf in leaves)
    assert split_lines(data) == leaves
    assert parse_lines(split_lines(data)) == given_lines
    assert all(json.dumps(json.loads(leaf), sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode() == leaf
               for leaf in leaves)  # fmt: skip


@given(st.lists(lines(), max_size=6))
def test_statements_come_back_from_their_pack(given_lines):
    """What travels packed with a reading is what was packed."""
    told = [
        Statement("incident", "x", each.number, each.kind, each.at, each.digest, each.facts, each.texts, each.mark,
                  each.marked_at, each.title)
        for each in given_lines
    ]  # fmt: skip
    assert unpack_statements(pack_statements(told), "incident", "x") == told


def broken(**changes: object) -> bytes:
    told = json.loads(BYTES) | changes
    return json.dumps({key: value for key, value in told.items() if value is not None}).encode()


@pytest.mark.parametrize(
    ("leaf", "words"),
    [
        (b"<!doctype html>", "line 2 is no JSON: '<!doctype html>'"),
        (b"", "line 2 is no JSON: ''"),
        (BYTES[:100], "line 2 is no JSON"),
        (BYTES + b"," + BYTES, "line 2 is no JSON"),
        (b"[1]", "line 2 is no JSON object"),
        (broken(digest=None), "line 2 lacks 'digest'"),
        (broken(number=None), "line 2 lacks 'number'"),
        (broken(change="improved"), "line 2 has the change 'improved'; changes are: published, edited"),
        (broken(at="2026-06-18"), "line 2 has a value of another form"),
        (broken(at="2026-06-18T12:52:00+00:00"), "line 2 has a value of another form"),
        (broken(at=5), "line 2 has a value of another form"),
        (broken(digest="00"), "line 2 has a value of another form"),
        (broken(digest="zz" * 32), "line 2 has a value of another form"),
        (broken(number="1"), "line 2 has a value of another form"),
        (broken(number=-1), "line 2 has a value of another form"),
        (broken(texts=5), "line 2 has a value of another form"),
        (broken(matter="rumour"), "line 2 is about a 'rumour'"),
    ],
)
def test_what_is_no_line_is_named(leaf, words):
    """A log that cannot be read says which line, and what is wrong with it; nothing is guessed."""
    with pytest.raises(LineError) as caught:
        parse_lines([BYTES, leaf])
    assert str(caught.value).startswith(words)


def test_two_lines_in_one_and_one_in_two_are_no_two_lines():
    """Lines are told apart by their ends alone, however the pieces would fit together."""
    half = BYTES.index(b',"kind"')
    with pytest.raises(LineError, match="line 1 is no JSON"):
        parse_lines([BYTES + b"," + BYTES, BYTES[:half] + b',"more":[{}', b"{}]}"])


def test_a_file_that_was_cut_off_is_refused():
    """The last line of a download that broke off is not taken for a line."""
    assert split_lines(b"") == []
    with pytest.raises(LineError, match="line 2 is cut off"):
        split_lines(BYTES + b"\n" + BYTES[:40])


def test_the_newest_time_is_when_somebody_spoke():
    """Marks count, and what is planned and was never reported on does not, unless there is nothing else."""
    later, ahead = datetime(2026, 7, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)
    planned = LINE._replace(number=0, kind="opening", at=ahead)
    marked = LINE._replace(mark="withdrawn", marked_at=later)
    assert newest_time([LINE, planned]) == AT
    assert newest_time([marked, planned, LINE]) == later
    assert newest_time([planned]) == ahead
    assert newest_time([]) is None


def story() -> list:
    folder = SiteFolder(root=STORY)
    settings = read_settings(folder).settings
    moments = Moments(now=NOW)
    return [
        said
        for source in find_records(folder)[0]
        if (entry := read_entry(source, settings, moments)) is not None
        for said in said_in(entry, settings.site.languages[0])
    ]


def test_digests_are_for_ever():
    """These are in logs that were published: a change of the canonical form would call all of them rewritten."""
    wanted = {
        ("2026-06-18-staging-down", 0): "5150eff46036441daf2cc4b1cdc6754632c6b9bb5b3f608751680d719b7607ce",
        ("2026-06-18-staging-down", 1): "9012fe8b635db58b353e37dfc63f42da4a8a524b38c7155c60c29e8dd6da8446",
        ("2026-06-18-staging-down", 4): "6995f0f9f32b337cce0036bf61f707ce778004a726afeb12f4f517bfb2f3ca2a",
        ("2026-06-18-staging-db-upgrade", 1): "1bcc5157eaaaf44dcff4f5c18a7a50145834a656307dca06f880216acf3497be",
    }
    found = {(each.statement.id, each.statement.number): each.statement.digest.hex() for each in story()}
    assert {name: found[name] for name in wanted} == wanted


def test_facts_are_what_no_translator_touches():
    """The second digest of a line leaves out texts and the marks of mending, and nothing else."""
    for said in story():
        without = [pair for pair in said.logged if not pair[0].endswith("]")]
        marked = [pair for pair in without if pair[0].split(".")[0] in ("edited", "withdrawn")]
        assert said.statement.facts == facts_of(said.logged) == digest_of([p for p in without if p not in marked])


def test_a_record_brings_its_statements_with_its_reading():
    """What the log needs of a record is known without opening it again."""
    folder = SiteFolder(root=STORY)
    settings = read_settings(folder).settings
    for source in find_records(folder)[0]:
        reading, entry = read_record(source, settings, Terms(settings), Moments(now=NOW))
        said = [each.statement for each in said_in(entry, "ja")]
        assert unpack_statements(reading.said, said[0].matter, source.id) == said
        for report, statement in zip(entry.record.reports, said[1:], strict=True):
            assert report_digest(report, "ja") == statement.digest


def test_a_statement_becomes_its_line():
    """Nothing of a statement is lost on its way into the log."""
    statement = Statement("incident", "x", 2, "interim", AT, b"d" * 32, b"f" * 32, ("text[ja]",), "edited", AT, ())
    line = line_of(statement, Change.EDITED)
    assert (line.name, line.order) == (statement.name, statement.order)
    assert {name: getattr(line, name) for name in Statement._fields} == statement._asdict()
