"""The YAML that imports read and write: lenient reading, and writing that every reader understands alike."""

from __future__ import annotations

import contextlib

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from noroshi.yamlsource import read_document
from noroshi.yamlsource.emit import Bare, emit
from noroshi.yamlsource.foreign import ForeignError, load_foreign

_TEXT = st.text(
    alphabet=st.one_of(
        st.sampled_from("\n\n\n \t#:-|>'\"\\{}[]&*!%@`~=?,.019abTeE_+<障🔥\u3000"),
        st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\ufeff\ufffe\uffff"),
    ),
    max_size=40,
)
_KEYS = st.text(alphabet="ab0 :#-~yesno'\"\\é", max_size=10)
_DATA = st.recursive(
    _TEXT,
    lambda children: st.one_of(st.lists(children, max_size=4), st.dictionaries(_KEYS, children, max_size=4)),
    max_leaves=12,
)


class _Untyped(yaml.CSafeLoader):
    """PyYAML's fast loader without implicit types: every scalar is text."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, object]]] = {}  # noqa: RUF012 as the base class has it


@given(data=_DATA)
@example(data={"text": "a\n  "})
@example(data={"text": "\n\n a\n\n"})
@example(data=["a\tb\n\tc", "# not a comment\n--- not a document", "...", "---"])
@example(data=[{"text": " leading\nb"}, [["x\ny", "z"]], {}, []])
@settings(max_examples=400, deadline=None)
def test_emitted_data_reads_back_as_the_same_strings(data: object) -> None:
    """What is emitted reads back equal without implicit types, and again under PyYAML's YAML 1.1 types, none of
    which may take a string for something else."""
    text = emit(data)  # type: ignore[arg-type]
    assert yaml.load(text, _Untyped) == data
    assert yaml.safe_load(text) == data


@given(data=st.dictionaries(st.sampled_from(["title", "text", "a-b"]), _DATA, min_size=1))
@settings(max_examples=200, deadline=None)
def test_emitted_records_are_read_by_the_strict_reader_without_a_word(data: dict[str, object]) -> None:
    """The strict reader of our own content takes emitted data whole and finds nothing to say about it."""
    if "\u3000" in str(list(_keys_of(data))):
        return
    document, problems = read_document("r.yaml", emit(data).encode())  # type: ignore[arg-type]
    assert problems == []
    assert document is not None
    assert document.data == data


def _keys_of(data: object) -> list[str]:
    if isinstance(data, dict):
        return [*data, *(key for value in data.values() for key in _keys_of(value))]
    if isinstance(data, list):
        return [key for value in data for key in _keys_of(value)]
    return []


@pytest.mark.parametrize(
    "word",
    [
        "22:00",
        "no",
        "Yes",
        "0123",
        "0x1f",
        "1e3",
        "1.5",
        ".5",
        "+1",
        "-1",
        "~",
        "null",
        "2026-06-18",
        "2026-02-30",
        "1_000",
        ".inf",
        ".NaN",
        "<<",
        "=",
        "on",
        "off",
        "y",
        "N",
        "12:30:45",
        "0o14",
        "2026-06-18T21:40:00Z",
        "-",
        "?",
        ":",
        "|",
        ">",
        "[]",
        "{}",
        "!x",
        "&a",
        "*a",
        "@a",
        "%a",
        "`a",
        "#a",
    ],
)
def test_words_that_a_reader_would_type_are_quoted(word: str) -> None:
    """Words that YAML 1.1 or 1.2 take for numbers, dates, booleans, nothing or marks are written in quotes."""
    assert emit({"key": word})[5] in "'\""


@pytest.mark.parametrize(
    "word", ["2021-04-14T07:30+00:00", "get.jenkins.io", "障害です", "🔥 fire", "a: b".replace(": ", ":"), "0.1.2.3 x"]
)
def test_words_without_another_meaning_stay_bare(word: str) -> None:
    """Moments with an offset, names and sentences are not cluttered with quotes."""
    assert emit({"key": word}) == f"key: {word}\n"


def test_text_of_several_lines_is_a_literal_block() -> None:
    """Lines stay lines, one level in, with the chomping that keeps the end as it was."""
    assert emit({"a": [{"text": "one\n\n# two\n"}, "x\ny"]}) == (
        "a:\n  - text: |\n      one\n\n      # two\n  - |-\n    x\n    y\n"
    )


def test_what_cannot_be_written_is_refused() -> None:
    """Numbers, nothing, over-long keys and half a surrogate pair raise; they never become some other text."""
    for data, error in (({"a": 1}, TypeError), ({"a": None}, TypeError), ({1: "a"}, TypeError)):
        with pytest.raises(error):
            emit(data)  # type: ignore[arg-type]
    for bad in ({"k" * 200: "a"}, {"a": "\ud800"}):
        with pytest.raises(ValueError):
            emit(bad)


def test_foreign_yaml_keeps_every_scalar_as_text_and_knows_its_line() -> None:
    """Dates, booleans and numbers arrive as written, with the line and column of their keys."""
    data = load_foreign("# head\ndate: 2020-06-13 15:54:00\nresolved: yes\nlist:\n  - 0123\n  - !!int 7\n")
    assert data == {"date": "2020-06-13 15:54:00", "resolved": "yes", "list": ["0123", "7"]}
    assert data.marks["resolved"] == (3, 1)  # type: ignore[union-attr]
    assert data["list"].marks == [(5, 5), (6, 5)]  # type: ignore[union-attr,call-overload]


def test_foreign_yaml_resolves_aliases() -> None:
    """Anchors and aliases, which our own content refuses, are read; a bomb of them ends at once."""
    assert load_foreign("a: &x [1, 2]\nb: *x\n") == {"a": ["1", "2"], "b": ["1", "2"]}
    bomb = "a0: &a0 x\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 60))
    assert len(load_foreign(bomb)) == 60


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\na: 2\n", 2),
        ("a: [1\nb: 2", 2),
        ("a: 1\n\tb: 2\n", 2),
        ("a: *nothing\n", 1),
        ("a: &x [*x]\n", 1),
        ("? [a]\n: b\n", 1),
        ("x\n" * 2 + "a: b: c\n", 3),
        ("[" * 500, 1),
        ("a: \x07\n", 1),
    ],
)
def test_foreign_yaml_that_cannot_be_read_names_its_line(text: str, line: int) -> None:
    """Whatever is wrong, one error with the line of it is raised, never another exception."""
    with pytest.raises(ForeignError) as caught:
        load_foreign(text)
    assert caught.value.line == line


@given(text=st.text(alphabet="ab:-[]{}&*!|>#'\"%@` \n\t?,<=~\u2028🔥\x00", max_size=60))
@settings(max_examples=300, deadline=None)
def test_foreign_reading_raises_nothing_else(text: str) -> None:
    """Any text is data or a ``ForeignError``."""
    with contextlib.suppress(ForeignError):
        load_foreign(text)


@pytest.mark.parametrize("text", ["2026-06-26", "7", "0", "true"])
def test_a_bare_word_stands_without_quotes(text):
    """What people write bare, a command may: our reader takes it for the same text."""
    assert emit({"a": Bare(text), "b": text}) == f'a: {text}\nb: "{text}"\n'


@pytest.mark.parametrize("text", ["07", "2026-6-26", "no", "1 ", "a: b", ""])
def test_nothing_else_is_bare(text):
    """A word that another reader could take for something else stays between quotes."""
    with pytest.raises(ValueError, match="is no day"):
        Bare(text)
