"""The file of a checkpoint: what is printed is read again, and what is none is refused in words for people."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noroshi.log.checkpoint import Checkpoint, CheckpointError, parse_checkpoint, print_checkpoint
from noroshi.log.merkle import EMPTY_ROOT

ROOT = bytes(range(32))
ROOT_WORD = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
NEWEST = datetime(2026, 6, 18, 12, 52, tzinfo=UTC)
EARLIEST = datetime.min.replace(year=1900, tzinfo=UTC).replace(tzinfo=None)
CHECKPOINT = Checkpoint(origin="status.example.com/log", size=57, root=ROOT, newest=NEWEST)
PRINTED = f"status.example.com/log\n57\n{ROOT_WORD}\n2026-06-18T12:52:00Z\n\n"


def test_it_is_printed_as_others_print_it() -> None:
    """Name, size and root, the newest time as an extension line, and an empty line before signatures to come."""
    assert print_checkpoint(CHECKPOINT).decode() == PRINTED


def test_of_an_empty_log_it_has_no_time() -> None:
    """An empty log has the root of an empty tree and no extension line."""
    empty = Checkpoint(origin="status.example.com/log", size=0, root=EMPTY_ROOT, newest=None)
    printed = print_checkpoint(empty)
    assert printed == b"status.example.com/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n"
    assert parse_checkpoint(printed) == empty


origins = st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1).filter(lambda text: text[0] != "<")


@given(origins, st.integers(1, 10**14), st.binary(min_size=32, max_size=32), st.datetimes(EARLIEST))
def test_what_is_printed_is_read_again(origin: str, size: int, root: bytes, newest: datetime) -> None:
    """Printing and parsing are each other's inverse, to the second."""
    told = Checkpoint(origin=origin, size=size, root=root, newest=newest.replace(microsecond=0, tzinfo=UTC))
    assert parse_checkpoint(print_checkpoint(told)) == told


@pytest.mark.parametrize(
    "text",
    [
        PRINTED.replace("\n", "\r\n"),
        PRINTED.rstrip("\n"),
        PRINTED + "\n\n",
        PRINTED + "— status.example.com/log Az3grlgtzPICa5OS8npVmf1Myq=\n",
    ],
    ids=["from Windows", "without its last line ends", "with more of them", "signed"],
)
def test_mail_and_editors_may_touch_its_line_ends(text: str) -> None:
    """A copy that somebody kept tells the same after its line ends were changed; signatures are for others."""
    assert parse_checkpoint(text.encode()) == CHECKPOINT


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "it is empty"),
        ("status.example.com/log\n57", "it has 2 of its 4 lines"),
        ("<!doctype html><title>Not found</title>", "it is a web page; a checkpoint is four lines of text"),
        (PRINTED.replace("status.example.com/log", ""), "its first line has to name the log, and is ''"),
        (PRINTED.replace("/log", " /log"), "its first line has to name the log, and is 'status.example.com /log'"),
        (PRINTED.replace("57", "057"), "its second line has to be the number of entries, and is '057'"),
        (PRINTED.replace("57", "-1"), "its second line has to be the number of entries, and is '-1'"),
        (PRINTED.replace("57", "٥٧"), "its second line has to be the number of entries, and is '٥٧'"),
        (PRINTED.replace("57", "9" * 400), "its second line has to be the number of entries"),
        (PRINTED.replace("8=", "9="), "its third line has to be a root, 32 bytes in base64"),  # other spare bits
        (PRINTED.replace("AAEC", "AAE"), "its third line has to be a root, 32 bytes in base64"),
        (PRINTED.replace("2026-06-18T12:52:00Z\n", ""), "one line follows its root, but there are 0"),
        (PRINTED.replace("00Z\n", "00Z\nmore\n"), "one line follows its root, but there are 2"),
        (PRINTED.replace("00Z", "00+09:00"), "its fourth line has to be a time such as 2026-06-18T12:52:00Z"),
        (PRINTED.replace("06-18", "02-30"), "its fourth line has to be a time such as 2026-06-18T12:52:00Z"),
        (PRINTED + "more\n", "'more' stands behind its end"),
        (f"a\n0\n{ROOT_WORD}\n\n", "it has no entries, and a root that is not the one of an empty log"),
        (PRINTED.replace("57", "0"), "no line follows its root, but there are 1"),
        ("a\x1b[31m\n1\n", "it has 2 of its 4 lines"),
        (PRINTED.replace("status", "sta\x1btus"), r"has to name the log, and is 'sta\\x1btus.example.com/log'"),
    ],
)  # fmt: skip
def test_what_is_none_is_refused(text: str, words: str) -> None:
    """The message says which line has to be what, on one line, and steers no terminal."""
    with pytest.raises(CheckpointError) as refused:
        parse_checkpoint(text.encode())
    assert words in str(refused.value)
    assert str(refused.value).isprintable()


def test_bytes_that_are_no_text_are_refused() -> None:
    """A binary file is called what it is not."""
    with pytest.raises(CheckpointError, match="it is not a text in UTF-8"):
        parse_checkpoint(b"\xff\xfe\x00")


@given(st.binary(max_size=200))
def test_any_bytes_are_a_checkpoint_or_refused(data: bytes) -> None:
    """Nothing else is raised, whatever stands there."""
    with suppress(CheckpointError):
        assert parse_checkpoint(data).root
