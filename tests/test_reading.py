"""The reader takes any bytes: it never raises, always says why, and always knows the line."""

import time
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from noroshi.decode import decode, decode_list
from noroshi.problems import Problem
from noroshi.records.base import Record
from noroshi.records.content import RECORD_TYPES, Entry, MatterKind, Settings
from noroshi.records.settings import LISTS
from noroshi.records.site import Site
from noroshi.rules import Subject, check_matter
from noroshi.yamlsource import Document, Mapping, Sequence, nodes, read_document
from noroshi.yamlsource.encoding import MAX_BYTES
from noroshi.yamlsource.nodes import MAX_TOLD

FAULTS = Path(__file__).parent / "faults"
STORY = FAULTS / "passes-example-story"
VALID = {kind: next((STORY / kind).rglob("*.yaml")).read_text("utf-8") for kind in RECORD_TYPES}
ZONE = ZoneInfo("Asia/Tokyo")
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
PATH = "content/incidents/2026/outage.yaml"
SITE, _ = decode(read_document("site.yaml", (STORY / "site.yaml").read_bytes())[0], Site, None)
SETTINGS = Settings(site=SITE)


def take(data: bytes, kind: MatterKind) -> tuple[Record | None, list[Problem]]:
    """All that happens to one file, up to the rules."""
    document, problems = read_document(PATH, data)
    if document is None:
        return None, problems
    record, found = decode(document, RECORD_TYPES[kind], ZONE)
    problems += found
    if record is not None:
        entry = Entry(id="outage", kind=kind, path=PATH, record=record)
        problems += check_matter(Subject(entry=entry, document=document, settings=SETTINGS), NOW)
    return record, problems


def assert_told(data: bytes, record: object, problems: list[Problem]) -> None:
    """There is a record or a reason, and each reason stands at a place in the file and says something."""
    assert record is not None or problems
    lines = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in problems:
        assert problem.place.path == PATH
        assert 1 <= problem.place.line <= len(lines), str(problem)
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1, str(problem)
        assert problem.found
        assert problem.allowed
        assert problem.advice
        assert "\n" not in str(problem)


# Bytes that mean something to YAML or to our own spelling, beside any others.
PIECES = st.sampled_from(
    [
        *b"abc \n\r\t:-?[]{},#&*!|>'\"%@`=<~.+0123".decode(),
        *"\u3000：－｛、“”あ\u2028\x85\x00\x1b\ufeff😀",
        *["\n- ", "\n  ", ": ", "- ", "? ", "---\n", "...\n", "title: ", "\nreports:\n  - ", "kind: start", "at: "],
        *[
            "2026-06-18T21:52+09:00",
            "{ja: a, en: b}",
            "&a ",
            "*a",
            "!!str ",
            "|\n",
            ">-\n",
            "<<: ",
            "%YAML 1.1\n",
            "\\u0007",
        ],
    ]
)
SOUP = st.lists(PIECES, max_size=60).map("".join)
KINDS = st.sampled_from(list(RECORD_TYPES))


@given(data=st.one_of(st.binary(max_size=300), SOUP.map(lambda text: text.encode("utf-8", "replace"))), kind=KINDS)
@settings(max_examples=400, deadline=None)
@example(data=b"", kind=MatterKind.INCIDENT)
@example(data=b"[", kind=MatterKind.INCIDENT)
@example(data=b"- a\n- b\n", kind=MatterKind.INCIDENT)
@example(data=b"\xff\xfe", kind=MatterKind.INCIDENT)
@example(data=b"'\n\n", kind=MatterKind.INCIDENT)
@example(data=b"{a: b}: c", kind=MatterKind.MAINTENANCE)
@example(data=b"reports: {(plan): {a: b}}", kind=MatterKind.INCIDENT)
@example(data=b"reports: [{actions: {(plan): {x: y}, a b: c, d: {e: f}}}]", kind=MatterKind.INCIDENT)
@example(data=b"reports: [{recovery: {(unknown): {x: y}}}]", kind=MatterKind.INCIDENT)
def test_any_bytes_give_a_record_or_reasons(data: bytes, kind: MatterKind) -> None:
    """No file makes the reader raise; what is no record is told why, at places within the file."""
    assert_told(data, *take(data, kind))


@st.composite
def mutations(draw: st.DrawFn) -> tuple[str, MatterKind]:
    """A valid record with a few characters or lines deleted, inserted or replaced."""
    kind = draw(KINDS)
    text = VALID[kind]
    for _ in range(draw(st.integers(1, 3))):
        if draw(st.booleans()):
            units = text.splitlines(keepends=True)
            index = draw(st.integers(0, len(units) - 1))
            new = draw(st.sampled_from(["", "\n", "x\n", units[index].lstrip(), " " + units[index], units[0]]))
            units[index : index + draw(st.integers(0, 1))] = [new]
            text = "".join(units) or "x"
        else:
            index = draw(st.integers(0, len(text) - 1))
            text = text[:index] + draw(st.one_of(st.just(""), PIECES)) + text[index + draw(st.integers(0, 1)) :] or "x"
    return text, kind


@given(mutations())
@settings(max_examples=400, deadline=None)
def test_slips_in_a_valid_record_are_told_or_harmless(mutated: tuple[str, MatterKind]) -> None:
    """A record that somebody's hand slipped on is still read or refused with places, never raises."""
    text, kind = mutated
    data = text.encode("utf-8", "replace")
    assert_told(data, *take(data, kind))


@given(data=SOUP)
@settings(max_examples=150, deadline=None)
def test_any_list_file_gives_items_or_reasons(data: str) -> None:
    """The lists beside site.yaml are read as forgivingly of their writers and as unforgivingly of their slips."""
    document, problems = read_document(PATH, data.encode("utf-8", "replace"))
    for kind in LISTS.values() if document is not None else ():
        items, found = decode_list(document, kind, ZONE)
        assert items or found or not document.data
        assert_told(data.encode("utf-8", "replace"), items, problems + found)


HOSTILE = [
    *[
        "[",
        "]",
        "{",
        "}",
        ",",
        "- ",
        "- - ",
        "{a: ",
        "[a,",
        "{a,",
        "? ",
        "a",
        "a: ",
        "a:\n",
        "a: b\n",
        "- a\n",
        "a b\n",
        "-a: b\n",
    ],
    *[
        '"',
        "'",
        "\\",
        '"\\"',
        "&a ",
        "*a ",
        "!a ",
        "%",
        "|",
        ">\n",
        "=",
        "<",
        "<<<<<<<\n",
        "---\n",
        "...\n",
        "#",
        "\n",
        "\r",
    ],
    *[" ", "\t", "：", "x：\n", "\u3000", "\u3000a: b\n", "あ", "😀", "\x01", "\x00", "\u2028", "\ufeff"],
]


@pytest.mark.slow
@pytest.mark.parametrize("piece", HOSTILE)
def test_a_mebibyte_of_anything_is_taken_quickly(piece: str) -> None:
    """Hostile repetition costs seconds at most, never minutes or memory: nothing is quadratic, nothing recurses."""
    data = piece.encode() * (MAX_BYTES // len(piece.encode()))
    began = time.perf_counter()
    record, problems = take(data, MatterKind.INCIDENT)
    assert time.perf_counter() - began < 15
    assert record is None
    assert 1 <= len(problems) <= MAX_TOLD + 1


@pytest.mark.parametrize(
    ("data", "place"),
    [("k{n}: v\n", 101), ("k: v\n", 101), ("reports: [{n}, {n}]\n", 101)],
    ids=["unknown", "twice", "both"],
)
def test_a_hundred_problems_of_a_file_are_told(data: str, place: int) -> None:
    """A file that is wrong all over is told a hundred times and then that there is more."""
    _, problems = take("".join(data.replace("{n}", str(n)) for n in range(500)).encode(), MatterKind.INCIDENT)
    assert len(problems) <= MAX_TOLD + 1
    assert problems[-1].rule == "many-problems"


@pytest.mark.parametrize("length", [10, 127, 128, 129, 1023, 1024, 1025, 100_000])
def test_long_keys_are_refused_at_their_line(length: int) -> None:
    """A key of any length is told as unknown or unreadable, and the message stays short."""
    _, problems = take(f"title: A\n{'k' * length}: b\n".encode(), MatterKind.INCIDENT)
    assert any(problem.place.line == 2 for problem in problems)
    assert all(len(str(problem)) < 1000 for problem in problems)


@pytest.mark.parametrize(
    "word",
    [
        *["22:00", "09:00", "no", "No", "yes", "on", "off", "y", "true", "0123", "0x1F", "0b1", "1_000", "1e3", ".5"],
        *["~", "null", "NULL", "2026-01-01", "2026-06-18T21:40+09:00", "190:20:30", ".inf", ".nan", "=", "+1", "-1"],
    ],
)
def test_words_that_yaml_would_type_stay_text(word: str) -> None:
    """A scalar is the text that was written, as a value, as a key and as an item."""
    document, problems = read_document(PATH, f"a: {word}\n{word}: b\nc: [{word}]\n".encode())
    assert problems == []
    assert document is not None
    assert document.data == {"a": word, word: "b", "c": [word]}


WORDS = st.text("abcdefgh", min_size=1, max_size=8)
NODES = st.recursive(
    st.text("abc あ:#-", max_size=10),
    lambda inner: st.one_of(
        st.dictionaries(WORDS, inner, min_size=1, max_size=4), st.lists(inner, min_size=1, max_size=4)
    ),
    max_leaves=12,
)


def written(node: object, indent: int) -> list[str]:
    """A block-style YAML of a node, every text in double quotes."""
    if isinstance(node, str):
        return [f'"{node}"']
    lines = []
    pairs = node.items() if isinstance(node, dict) else ((None, item) for item in node)
    for key, value in pairs:
        lead = "- " if key is None else f"{key}: "
        if isinstance(value, str):
            lines.append(" " * indent + lead + f'"{value}"')
        else:
            lines.append(" " * indent + lead.rstrip())
            lines += written(value, indent + 2)
    return lines


def places(node: object, document: Document, path: tuple[str | int, ...] = ()) -> list[tuple[str, int, int]]:
    """Every key of the document with the place that the reader gives it."""
    found = []
    pairs = node.items() if isinstance(node, Mapping) else enumerate(node) if isinstance(node, Sequence) else ()
    for key, value in pairs:
        place = document.place(*path, key)
        if isinstance(key, str):
            found.append((key, place.line, place.column))
        found += places(value, document, (*path, key))
    return found


@given(st.dictionaries(WORDS, NODES, min_size=1, max_size=5))
@settings(max_examples=150, deadline=None)
def test_every_key_knows_its_line_and_column(data: dict[str, object]) -> None:
    """A key's place is where an editor finds the key, however deep it stands."""
    lines = written(data, 0)
    document, problems = read_document(PATH, ("\n".join(lines) + "\n").encode())
    assert problems == []
    assert document is not None
    assert document.data == data
    for key, line, column in places(document.data, document):
        assert lines[line - 1][column - 1 :].startswith(f"{key}:")
    assert len(places(document.data, document)) == sum(line.lstrip().split(" ")[0].endswith(":") for line in lines)


@pytest.mark.parametrize("kind", list(RECORD_TYPES))
def test_line_ends_marks_and_trailing_spaces_change_nothing(kind: MatterKind) -> None:
    """The same words make the same record, whatever an editor does to the ends of lines and the file's beginning."""
    text = VALID[kind]
    record, problems = take(text.encode(), kind)
    assert record is not None
    places_found = [problem.place for problem in problems]
    for other in (
        text.replace("\n", "\r\n").encode(),
        text.replace("\n", "\r").encode(),
        b"\xef\xbb\xbf" + text.encode(),
        text.replace("\n", "  \n").encode(),
        text.rstrip("\n").encode(),
        (text + "\n\n").encode(),
    ):
        again, problems_again = take(other, kind)
        assert again == record
        assert [problem.place for problem in problems_again] == places_found


def test_a_text_block_keeps_its_words_with_any_line_end() -> None:
    """Line ends within a text are line feeds, for they become paragraphs on a page."""
    text = "text: |\n  first\n\n  second\n"
    documents = [read_document(PATH, text.replace("\n", end).encode())[0] for end in ("\n", "\r\n", "\r")]
    assert [document and document.data["text"] for document in documents] == ["first\n\nsecond\n"] * 3


@pytest.mark.parametrize("kind", list(RECORD_TYPES))
def test_the_slow_reader_reads_the_same(kind: MatterKind, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where PyYAML was installed without its C library the same file gives the same data at the same places."""
    fast, _ = read_document(PATH, VALID[kind].encode())
    monkeypatch.setattr(nodes, "_Loader", yaml.SafeLoader)
    slow, problems = read_document(PATH, VALID[kind].encode())
    assert problems == []
    assert fast is not None
    assert slow is not None
    assert slow.data == fast.data
    assert places(slow.data, slow) == places(fast.data, fast)
