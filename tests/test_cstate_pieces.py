"""Bodies are cut into reports: at headings in many spellings, at cState's own marks, in the order of time."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noroshi.importers.body_pieces import cut_body
from noroshi.importers.source_times import read_time, spelled, stamp_at_start
from noroshi.importers.update_headings import read_heading

UTC = ZoneInfo("UTC")


def cut(body: str) -> list[tuple[str, str, str]]:
    """Stage, time and text of each piece, oldest first."""
    return [
        (piece.stage.value, spelled(piece.at.at) if piece.at else "", piece.text)
        for piece in cut_body(body, UTC).oldest_first
    ]


@pytest.mark.parametrize(
    ("line", "stage"),
    [
        *(
            (f"[{words}]", "first")
            for words in ("Initial message", "INITIAL", "open", "Open Issue", "Opening Incident", "Opening")
        ),
        *(
            (f"[{words}]", "last")
            for words in ("Final Message", "FINAL", "close", "Closing Maintenance", "End of outage message", "Resolved")
        ),
        *((f"[{words}]", "update") for words in ("Update", "Updated", "edit", "Update 3", "Monitoring")),
        ("**[Final message]**", "last"),
        ("### [Update]", "update"),
        ("## Update", "update"),
        ("**Initial message**", "first"),
        ("Final message:", "last"),
        ("Update: it took two minutes", "update"),
        ("**2021-06-08 07:37:00**", "update"),
        ("[Final Message] -->", "last"),
        ("[open source project]", None),
        ("[update center]", None),
        ("[Update](https://example.com)", None),
        ("[update]: https://example.com", None),
        ("[ci.example.com] No builds", None),
        ("- [Update] in a list", None),
        ("    [Update]", None),
        ("Updates for the plugin", None),
        ("Closing as confirmed", None),
        ("## Resolution", None),
        ("**Important**", None),
        ("Final: words", None),
    ],
)
def test_headings_in_all_their_spellings(line: str, stage: str | None) -> None:
    """Brackets, bold, Markdown headings and bare words open updates; links, lists and prose do not."""
    heading = read_heading(line, UTC)
    assert (heading.stage.value if heading else None) == stage


@pytest.mark.parametrize(
    ("label", "at", "kept"),
    [
        ("[Update - 2023-03-29 15h50 UTC]", "2023-03-29T15:50+00:00", ""),
        ("[Update 11th of February 2022 - 19:00 UTC]", "2022-02-11T19:00+00:00", ""),
        ("[Update (Feb 11, 2022 at 7:00 pm +0900)]", "2022-02-11T19:00+09:00", ""),
        ("**Update at 2021-06-08 11:20 UTC**", "2021-06-08T11:20+00:00", ""),
        ("[Edit - Monday 25th]", "", "Monday 25th"),
        ("[Update on 2024-09-10]", "", "2024-09-10"),
        ("[Update 2022-02-30 10:00 UTC]", "", "2022-02-30 10:00 UTC"),
        ("[Update 2022-02-03 13:00 am]", "", "2022-02-03 13:00 am"),
        ("[Monitoring]", "", "Monitoring"),
    ],
)
def test_words_in_a_heading_are_a_time_or_stay(label: str, at: str, kept: str) -> None:
    """A whole time becomes the report's; whatever else a heading says stays in the text."""
    heading = read_heading(label, UTC)
    assert heading is not None
    assert (spelled(heading.at.at) if heading.at else "", heading.kept) == (at, kept)


@pytest.mark.parametrize(
    ("body", "pieces"),
    [
        ("only\n\ntext", [("first", "", "only\n\ntext")]),
        ("[Final]\nc\n\n[Update]\nb\n\n[Initial]\na", [("first", "", "a"), ("update", "", "b"), ("last", "", "c")]),
        ("[Initial]\na\n\n[Final]\nc", [("first", "", "a"), ("last", "", "c")]),
        ("links\n\n[Final]\nc\n\n[Initial]\na", [("first", "", "links\n\na"), ("last", "", "c")]),
        ("a\n\n[Edit]\n\nb", [("first", "", "a"), ("update", "", "b")]),
        ("[Final] c\n\n[Initial]\na", [("first", "", "a"), ("last", "", "c")]),
        ("[Update] b\n\na\n\na", [("first", "", "a\n\na"), ("update", "", "b")]),
        ("Update: b\n\n=====\n\na", [("first", "", "a"), ("update", "", "b")]),
        ("[Final]\nc\n\n-----\n\n[Initial]\na\n\n-----\n", [("first", "", "a"), ("last", "", "c")]),
        ("[Final]\nHead\n---\n\n[Initial]\na", [("first", "", "a"), ("last", "", "Head\n---")]),
        ("[Update]\n\na\n\nb", [("first", "", "[Update]\n\na\n\nb")]),
        ("[Final]\nc\n\n[Update]\nb", [("first", "", "b"), ("last", "", "c")]),
        (
            "**2021-06-08 07:37**\nb\n\n**2021-06-07 12:37**\na",
            [("first", "2021-06-07T12:37+00:00", "a"), ("update", "2021-06-08T07:37+00:00", "b")],
        ),
        (
            "[Update]\n2 May 2021 at 09:35am UTC: b\n\n[Initial]\na",
            [("first", "", "a"), ("update", "2021-05-02T09:35+00:00", "2 May 2021 at 09:35am UTC: b")],
        ),
        ("```\n[Update]\n```\n\na", [("first", "", "```\n[Update]\n```\n\na")]),
        ("[Final]\n\n[Initial]\na", [("first", "", "a")]),
        (
            'b {{< track "2018-06-13 16:50:00" >}}\n\na {{< track "2018-06-13 16:45:00" >}}\n\nmore',
            [("first", "2018-06-13T16:45+00:00", "a \n\nmore"), ("update", "2018-06-13T16:50+00:00", "b ")],
        ),
        (
            '*Resolved* - c {{< track "2018-06-13 16:50:00" >}}\n\na {{< track "2018-06-13 16:45:00" >}}',
            [("first", "2018-06-13T16:45+00:00", "a "), ("last", "2018-06-13T16:50+00:00", "*Resolved* - c ")],
        ),
        ("", []),
    ],
)
def test_bodies_are_cut_oldest_first(body: str, pieces: list[tuple[str, str, str]]) -> None:
    """Newest first, oldest first, with links above, rules between, words on the heading's line, times, tracks."""
    assert cut(body) == pieces


@given(
    words=st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=3), min_size=1, max_size=5),
    labels=st.tuples(*[st.sampled_from(["[Update]", "[edit]", "**Update**", "## Update 2", "[Update 3]"])] * 5),
    opening=st.sampled_from(["[Initial message]", "[Open issue]", "**Initial message**"]),
    closing=st.sampled_from(["[Final message]", "[Close]", "[Update]"]),
    rule=st.sampled_from(["", "-----\n\n", "=====\n\n"]),
)  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_no_word_is_lost_and_the_order_is_kept(
    words: list[list[int]], labels: tuple[str, ...], opening: str, closing: str, rule: str
) -> None:
    """However many updates a body has, each one's words come out once, oldest update first."""
    updates = [[f"w{number}x{place}" for place, _ in enumerate(said)] for number, said in enumerate(words)]
    heads = [opening, *labels[: len(updates) - 2], closing][: len(updates)]
    blocks = [f"{head}\n" + "\n\n".join(said) + "\n\n" for head, said in zip(heads, updates, strict=True)]
    pieces = cut(rule.join(reversed(blocks)))
    assert [text.split() for _, _, text in pieces] == updates


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2021-04-14T07:30:00-00:00", "2021-04-14T07:30+00:00"),
        ("2023-02-03T16:00:00-05:00", "2023-02-03T16:00-05:00"),
        ("2023-12-04T8:00:00Z", "2023-12-04T08:00+00:00"),
        ("2021-05-30T02:11:06-00:00", "2021-05-30T02:11:06+00:00"),
        ("2020-06-13 15:54:00", "2020-06-13T15:54+09:00"),
        ("2020-06-13", "2020-06-13T00:00+09:00"),
        ("2020-06-13 15:54:00 +0200", "2020-06-13T15:54+02:00"),
        ("13 June 2020 15:54 UTC", "2020-06-13T15:54+00:00"),
        ("2020-02-30", None),
        ("yesterday", None),
        ("", None),
        ("0001-01-01T00:00:00Z", None),
    ],
)
def test_times_of_a_front_matter(written: str, read: str | None) -> None:
    """Hugo's spellings are read with their offset, else in the given zone; what is no time is none."""
    found = read_time(written, ZoneInfo("Asia/Tokyo"))
    assert (spelled(found.at) if found else None) == read


def test_a_plan_in_the_text_is_not_the_time_of_the_report() -> None:
    """A date that goes on with words tells what will be, not when it was written."""
    assert stamp_at_start("Friday 26 September 2025, starting at 11:30 UTC, we will", UTC) is None
    assert stamp_at_start("Friday 26 September 2025 at 11:30 UTC we will", UTC) is None
    assert stamp_at_start("Friday 26 September 2025 at 11:30 UTC: done", UTC) is not None
