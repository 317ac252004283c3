"""An item added to a list of YAML that people wrote: nothing else changes, whatever the style."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from editor_yaml import as_an_editor_reads
from noroshi.importers import SourceFile, import_cstate
from noroshi.yamlsource import read_document
from noroshi.yamlsource.emit import emit
from noroshi.yamlsource.flow import emit_flow
from noroshi.yamlsource.insertion import InsertionError, append_item
from real_data import JENKINS, require_jenkins

ROOT = Path(__file__).resolve().parent.parent
ITEM = {"kind": "interim", "text": "復元"}
FLOW = "{kind: interim, text: 復元}"


def data_of(text: bytes) -> Any:
    """The data of a text that is read without a problem."""
    document, problems = read_document("x.yaml", text)
    assert problems == [], text.decode()
    assert document is not None
    return document.data


def added(old: bytes, new: bytes) -> bytes:
    """What was added in one place; fails where any byte of the old text is not there any more."""
    head = next((place for place, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), len(old))
    rest = len(old) - head
    assert old[:head] == new[:head]
    assert len(new) >= len(old)
    assert old[head:] == (new[-rest:] if rest else b""), new.decode()
    return new[head : len(new) - rest]


def only_added(old: bytes, new: bytes) -> bool:
    """Whether every byte of the old text stands in the new one, in its order."""
    left = iter(new)
    return all(byte in left for byte in old)


BLOCK = {
    "dashes deeper than the key": (
        "title: a\nreports:\n  - kind: start\n    text: x\n",
        "title: a\nreports:\n  - kind: start\n    text: x\n  - kind: interim\n    text: 復元\n",
    ),
    "dashes below the key": (
        "reports:\n- kind: start\ntitle: a\n",
        "reports:\n- kind: start\n- kind: interim\n  text: 復元\ntitle: a\n",
    ),
    "dashes far in, keys behind": (
        "reports:\n      - kind: start\n\n# the name\ntitle: a\n",
        "reports:\n      - kind: start\n      - kind: interim\n        text: 復元\n\n# the name\ntitle: a\n",
    ),
    "braces in a list of dashes": (
        "reports:\n  - {kind: start, text: x}   # first\n",
        "reports:\n  - {kind: start, text: x}   # first\n  - kind: interim\n    text: 復元\n",
    ),
    "braces over several lines": (
        "reports:\n  - {kind: start,\n     text: x\n    }  # so\nz: 1\n",
        "reports:\n  - {kind: start,\n     text: x\n    }  # so\n  - kind: interim\n    text: 復元\nz: 1\n",
    ),
    "no line end at the end": (
        "reports:\n  - kind: start",
        "reports:\n  - kind: start\n  - kind: interim\n    text: 復元\n",
    ),
    "a block of text that the file's end cuts short": (
        "reports:\n  - text: |\n      x",
        "reports:\n  - text: |\n      x\n  - kind: interim\n    text: 復元\n",
    ),
    "no line end behind another key": (
        "reports:\n  - kind: start\ntitle: a",
        "reports:\n  - kind: start\n  - kind: interim\n    text: 復元\ntitle: a",
    ),
    "Windows line ends": (
        "title: a\r\nreports:\r\n  - kind: start\r\nz: 1\r\n",
        "title: a\r\nreports:\r\n  - kind: start\r\n  - kind: interim\r\n    text: 復元\r\nz: 1\r\n",
    ),
    "a byte order mark": (
        "\ufeffreports:\n- kind: 開始",
        "\ufeffreports:\n- kind: 開始\n- kind: interim\n  text: 復元\n",
    ),
    "comments deeper than the dash belong to the last item": (
        "reports:\n  - kind: start\n    # of the start\n\n   # too\n  # of what follows\nz: 1\n",
        "reports:\n  - kind: start\n    # of the start\n\n   # too\n  - kind: interim\n    text: 復元\n"
        "  # of what follows\nz: 1\n",
    ),
    "a tab in a comment": (
        "reports:\n  - kind: start\t# tab\there\n    #\ttab\nz: 1\n",
        "reports:\n  - kind: start\t# tab\there\n    #\ttab\n  - kind: interim\n    text: 復元\nz: 1\n",
    ),
    "blank lines behind a block of text stay behind": (
        "reports:\n  - text: |\n      x\n\n\nz: 1\n",
        "reports:\n  - text: |\n      x\n  - kind: interim\n    text: 復元\n\n\nz: 1\n",
    ),
    "blank lines that belong to a text stay with it": (
        "reports:\n  - text: |+\n      x\n\n\nz: 1\n",
        "reports:\n  - text: |+\n      x\n\n\n  - kind: interim\n    text: 復元\nz: 1\n",
    ),
    "folded and stripped": (
        "reports:\n  - text: >2-\n        x\n       y\n\n",
        "reports:\n  - text: >2-\n        x\n       y\n  - kind: interim\n    text: 復元\n\n",
    ),
    "a line of blanks that is text": (
        "reports:\n  - text: |\n      x\n          \nz: 1\n",
        "reports:\n  - text: |\n      x\n          \n  - kind: interim\n    text: 復元\nz: 1\n",
    ),
    "quotes over several lines": (
        "reports:\n  - text: 'a\n\n      b'\nz: 1\n",
        "reports:\n  - text: 'a\n\n      b'\n  - kind: interim\n    text: 復元\nz: 1\n",
    ),
    "words over several lines": (
        "reports:\n  - text: a\n      b\n      c # d\nz: 1\n",
        "reports:\n  - text: a\n      b\n      c # d\n  - kind: interim\n    text: 復元\nz: 1\n",
    ),
    "blank lines between the items": (
        "reports:\n  - kind: notice\n\n  - kind: start\n\nz: 1\n",
        "reports:\n  - kind: notice\n\n  - kind: start\n\n  - kind: interim\n    text: 復元\n\nz: 1\n",
    ),
    "an end mark": (
        "---\nreports:\n  - kind: start\n...\n",
        "---\nreports:\n  - kind: start\n  - kind: interim\n    text: 復元\n...\n",
    ),
    "a dash by itself": (
        "reports:\n  -\n    kind: start\n",
        "reports:\n  -\n    kind: start\n  - kind: interim\n    text: 復元\n",
    ),
    "a value left out at the end": (
        "reports:\n  - kind: start\n    text:\nz: 1\n",
        "reports:\n  - kind: start\n    text:\n  - kind: interim\n    text: 復元\nz: 1\n",
    ),
    "a list left out": (
        "reports:  # none yet\n  # write here\nz: 1\n",
        "reports:  # none yet\n  # write here\n  - kind: interim\n    text: 復元\nz: 1\n",
    ),
    "no such key": (
        "title: a # b\n  # of the title\n# last\n",
        "title: a # b\n  # of the title\nreports:\n  - kind: interim\n    text: 復元\n# last\n",
    ),
    "no such key, everything indented": (
        "  title: a\n  components: {x: y}",
        "  title: a\n  components: {x: y}\n  reports:\n    - kind: interim\n      text: 復元\n",
    ),
    "a key in quotes": (
        '"reports":\n  - kind: start\n',
        '"reports":\n  - kind: start\n  - kind: interim\n    text: 復元\n',
    ),
}

BRACKETS = {
    "a list in brackets": ("reports: [{kind: start}]\nz: 1\n", f"reports: [{{kind: start}}, {FLOW}]\nz: 1\n"),
    "an empty one": ("reports: []  # none\n", f"reports: [{FLOW}]  # none\n"),
    "a comma at the end": ("reports: [{kind: start},]", f"reports: [{{kind: start}}, {FLOW}]"),
    "items on their own lines": (
        "reports: [\n  {kind: notice},\n  {kind: start} # a, b\n]\n",
        f"reports: [\n  {{kind: notice}},\n  {{kind: start}}, # a, b\n  {FLOW}\n]\n",
    ),
    "their own lines, a comma at the end": (
        "reports: [\r\n  {kind: 開始}, # a\r\n]\r\n",
        f"reports: [\r\n  {{kind: 開始}}, # a\r\n  {FLOW},\r\n]\r\n",
    ),
    "the bracket behind the last": (
        "reports: [\n  {kind: start}]\n",
        f"reports: [\n  {{kind: start}},\n  {FLOW}]\n",
    ),
    "a whole record in braces": (
        "\ufeff{題: あ, reports: [{kind: start}], z: 1}",
        f"\ufeff{{題: あ, reports: [{{kind: start}}, {FLOW}], z: 1}}",
    ),
    "braces without the key": ("{title: あ}\n", f"{{title: あ, reports: [{FLOW}]}}\n"),
    "braces with the key alone": ("{title: a, reports}\n", f"{{title: a, reports: [{FLOW}]}}\n"),
    "braces with an empty value": ("{reports: , z: 1}\n", f"{{reports: [{FLOW}] , z: 1}}\n"),
    "braces, keys on their own lines": (
        '{\n  "title": "a",\n  "z": 1\n}\n',
        f'{{\n  "title": "a",\n  "z": 1,\n  reports: [{FLOW}]\n}}\n',
    ),
}


@pytest.mark.parametrize(("old", "new"), BLOCK.values(), ids=BLOCK)
def test_a_block_gets_an_item(old: str, new: str) -> None:
    """The item comes behind the last one, in the list's own indentation and line ends, in one piece."""
    made = append_item(old.encode(), "reports", ITEM)
    assert made.decode() == new
    assert b"interim" in added(old.encode(), made)


@pytest.mark.parametrize(("old", "new"), BRACKETS.values(), ids=BRACKETS)
def test_brackets_get_an_item(old: str, new: str) -> None:
    """The item comes before the closing bracket, on a line of its own where the last one has it."""
    made = append_item(old.encode(), "reports", ITEM)
    assert made.decode() == new
    assert only_added(old.encode(), made)


@pytest.mark.parametrize(
    ("old", "why"),
    [
        ("- a\n", "a list stands at the top"),
        ("reports: ''\n", "holds no list"),
        ("reports: none\n", "holds no list"),
        ("reports: {a: b}\n", "holds no list"),
        ("reports: [\n", "cannot be read"),
        ("reports:\n  - &a x\n", "cannot be read"),
        ("", "cannot be read"),
        ("title: a\ntitle: b\n", "cannot be read"),
        ("? reports\n", "an editor"),
    ],
)
def test_what_cannot_be_added_to_is_refused(old: str, why: str) -> None:
    """The message says what stands in the way, and that the file is to be mended by hand."""
    with pytest.raises(InsertionError, match=why):
        append_item(old.encode(), "reports", ITEM)


@pytest.mark.parametrize("text", ["bell \a", "half \ud83d", "line \u2028"])
def test_characters_that_no_file_may_hold_are_refused(text: str) -> None:
    """What the reader would refuse is never written."""
    with pytest.raises(InsertionError, match="cannot be written"):
        append_item(b"reports: []\n", "reports", {"text": text})


def test_a_file_does_not_outgrow_what_may_be_read() -> None:
    """A report that would make the file too large is refused, and not written for nobody to read."""
    old = b"reports:\n  - text: " + b"x" * (1024 * 1024 - 40) + b"\n"
    with pytest.raises(InsertionError):
        append_item(old, "reports", {"text": "y" * 100})


WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="\u2028\u2029\ufeff\u0085"), max_size=20
)
LINES = st.lists(WORDS, min_size=1, max_size=4).map("\n".join)
# A key is refused with full-width signs in it, or what no editor shows: such files have to be mended first.
KEYS = st.text("abcxyz-_ :#'\"[]{}可用", min_size=1, max_size=8).filter(lambda key: key == key.strip())
ITEMS: Any = st.recursive(
    WORDS | LINES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)
REPORTS = st.dictionaries(KEYS, ITEMS, min_size=1, max_size=4)


@given(ITEMS)
@settings(max_examples=300)
@example(["22:00", "no", "a:b", "a: b", "x,y", "[", "#", "- a", "?", "http://example.com/#a", "2026-06-18T21:40+09:00"])
def test_what_stands_between_brackets_is_read_as_it_was(data: Any) -> None:
    """On one line, and the same strings for our reader and for one that gives types to words."""
    text = f"key: [{emit_flow(data)}]"
    assert "\n" not in text
    assert data_of(text.encode()) == {"key": [data]}
    assert as_an_editor_reads(text) == {"key": [data]}


@pytest.mark.slow
@given(
    st.dictionaries(KEYS.filter(lambda key: key != "reports"), ITEMS, min_size=1, max_size=3),
    st.lists(REPORTS),
    REPORTS,
)
@settings(max_examples=300)
@example({"a": "b"}, [{"text": "x\n\n\n"}], {"text": "y\n\n"})
@example({"a": "b"}, [{"text": "x"}], {"text": "   y\n z"})
def test_whatever_the_program_wrote_takes_an_item(
    opening: dict[str, Any], reports: list[dict[str, Any]], item: dict[str, Any]
) -> None:
    """Our own files, wherever the list stands in them, take any item; every reader then finds it last."""
    for data in ({**opening, "reports": reports}, {"reports": reports, **opening}, opening):
        old = emit(data).encode()
        new = append_item(old, "reports", item)
        assert data_of(new) == {**data, "reports": [*data.get("reports", []), item]}
        assert only_added(old, new)
        if data.get("reports"):
            added(old, new)


@st.composite
def hand_made(draw: st.DrawFn) -> bytes:
    """A record as people and their editors write it."""
    end = draw(st.sampled_from(["\n", "\r\n"]))
    column = draw(st.integers(0, 5))
    words = draw(st.lists(st.sampled_from(["復旧しました。", "a", "'b'", '"c: d"', "e # f"]), min_size=1, max_size=3))
    inner = " " * (column + 2)
    lines: list[str] = []
    for number in range(draw(st.integers(1, 3))):
        style = draw(st.sampled_from(["plain", "braces", "quoted", "|", "|-", "|+", ">", ">-", ">+", "|2", "none"]))
        lines += draw(st.sampled_from([[], [""], [" " * column + "# above"], ["", "", "# far"]])) if number else []
        lines.append(
            f"{' ' * column}- kind: k{number}{draw(st.sampled_from(['', '  # aside', ' #' + chr(9) + 'tab']))}"
        )
        match style:
            case "plain":
                lines += [f"{inner}text: x{number}", f"{inner}  and more"]
            case "braces":
                lines += [f"{inner}text: {{ja: あ, en: 'b'", f"{inner}  , fr: c}}"]
            case "quoted":
                lines += [f'{inner}text: "あ', "", f'{inner} b"']
            case "none":
                lines += [f"{inner}text:"]
            case _:
                lines += [f"{inner}text: {style}", *(f"{inner}  {word}" for word in words)]
                lines += [" " * draw(st.integers(0, column + 4)) for _ in range(draw(st.integers(0, 3)))]
    after = draw(st.sampled_from([[], ["# end"], [" " * (column + 3) + "# deep", "# end"], ["", "", "# end"], ["..."]]))
    keys = draw(st.sampled_from([["title: あ"], ["title: |", "  x", "  # y"], ["# c", "", "z: {a: b}  # d"]]))
    top = ["reports:", *lines]
    whole = [*keys, *top, *after] if draw(st.booleans()) or after == ["..."] else [*top, *after, *keys]
    text = end.join(whole) + draw(st.sampled_from(["", end, end * 3]))
    return draw(st.sampled_from([b"", b"\xef\xbb\xbf"])) + text.encode()


@pytest.mark.slow
@given(hand_made(), REPORTS | st.just(ITEM))
@settings(max_examples=600)
def test_whatever_people_wrote_takes_an_item(old: bytes, item: dict[str, Any]) -> None:
    """In one place something is added, in the file's own line ends; all else is byte for byte what it was."""
    new = append_item(old, "reports", item)
    # A text block that the file's end cuts short gets its line end with the item behind it.
    olds = [old] if old.endswith(b"\n") or not new.startswith(old) else [old, old + b"\n"]
    assert data_of(new) in [{**data_of(each), "reports": [*data_of(each)["reports"], item]} for each in olds]
    more = added(old, new)
    assert (b"\r\n" in more) == (b"\r\n" in old)
    if item == ITEM:
        seen = as_an_editor_reads(new.decode("utf-8-sig"))
        assert seen["reports"][-1] == item
        assert seen["reports"][:-1] in [as_an_editor_reads(each.decode("utf-8-sig"))["reports"] for each in olds]


ADDED: tuple[dict[str, Any], ...] = (
    {"kind": "interim", "at": "2026-06-18T22:20+09:00", "text": "復元を始めました。\n\n- 一つ目\n- 二つ目\n"},
    {"kind": "interim", "at": "2026-06-18T22:40+09:00", "text": {"ja": "復旧: 確認中 #1", "en": "Back, we think\n"}},
    {"kind": "correction", "corrects": ["1"], "text": "  「no」は 22:00 でした。", "components": {}},
    {"kind": "follow_up", "actions": {"disk-check": {"done": "2026-06-25", "evidence": "手順書\n\n\n"}}},
)


def hold_sequence(text: bytes, seed: int, steps: int) -> None:
    """Add random reports one after the other; each changes nothing but the end of the list."""
    chance = random.Random(seed)
    for _ in range(steps):
        item = chance.choice(ADDED)
        new = append_item(text, "reports", item)
        before, now = data_of(text), data_of(new)
        assert now == {**before, "reports": [*before.get("reports", []), item]}
        more = added(text, new).decode()
        assert more.count("\n") == len(more.splitlines())
        lines = text.decode().splitlines(keepends=True)
        assert set(lines) <= set(new.decode().splitlines(keepends=True))
        text = new


def test_the_example_takes_sequences_of_reports() -> None:
    """Every record of the example, hand-made in many styles, takes reports after reports."""
    records = [*ROOT.glob("content/*/20*/*.yaml")]
    assert len(records) > 15
    for number, place in enumerate(records):
        hold_sequence(place.read_bytes(), number, 4)


@pytest.mark.slow
def test_the_imported_history_takes_sequences_of_reports() -> None:
    """All 297 entries of a real status page, as they are imported, take reports after reports."""
    require_jenkins()
    config = SourceFile(path="config.yml", data=(JENKINS / "config.yml").read_bytes())
    issues = [
        SourceFile(path=f"issues/{file.name}", data=file.read_bytes()) for file in sorted(JENKINS.glob("issues/*.md"))
    ]
    files = import_cstate(config, issues, languages=("en", "ja"), timezone="UTC").files
    assert len(files) == 297
    for number, text in enumerate(files.values()):
        hold_sequence(text.encode(), number, 2)
