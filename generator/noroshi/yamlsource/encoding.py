"""Bytes of a content file to text that an editor and the YAML reader count in the same lines."""

from __future__ import annotations

import re

from noroshi.problems import Place, Problem

MAX_BYTES = 1024 * 1024
"""A content file's greatest size: 1 MiB."""

_BOM = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")

# What XML 1.0 (section 2.2) cannot carry, C1 controls, and the line separators that YAML 1.1 (section 4.2)
# counts as line ends and editors do not: feeds would break on the first, line numbers on the last.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")

_JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")

_CONFLICT = re.compile(r"^(<{7}|={7}|>{7}|\|{7})( .*)?$", re.MULTILINE)


def read_text(path: str, data: bytes) -> tuple[str | None, list[Problem]]:
    """The text of a file: UTF-8, a byte order mark dropped, line ends as ``\\n``; or None and why not."""

    def refuse(rule: str, found: str, allowed: str, advice: str, line: int = 1, column: int = 1) -> Problem:
        place = Place(path=path, line=line, column=column)
        return Problem(place=place, rule=rule, found=found, allowed=allowed, advice=advice)

    if len(data) > MAX_BYTES:
        return None, [
            refuse(
                "file-size",
                f"the file has {len(data):,} bytes",
                "a content file holds at most 1 MiB",
                "keep logs and attachments elsewhere and link to them",
            )
        ]
    if data.startswith(_UTF_16):
        return None, [
            refuse(
                "encoding",
                "the file is in UTF-16",
                "content is UTF-8",
                "save it again as UTF-8 in your editor",
            )
        ]
    try:
        text = data.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = _place_of_byte(data, error.start)
        return None, [
            refuse("encoding", _encoding_found(data), "content is UTF-8", _encoding_advice(data), line, column)
        ]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    problems = [
        refuse(
            "control-character",
            f"the character U+{ord(match[0]):04X} stands in the text",
            "text holds printable characters, spaces, tabs and line ends",
            "delete it (it is often invisible: delete the whole word and type it again)",
            *_place_of(text, match.start()),
        )
        for match in UNPRINTABLE.finditer(text)
    ]
    # A row of seven "=" alone is a heading in Markdown; only beside the other markers is it a conflict.
    conflict = [match for match in _CONFLICT.finditer(text) if match[1][0] in "<>"]
    if conflict:
        problems.append(
            refuse(
                "merge-conflict",
                f"a merge conflict's marker {conflict[0][1]!r} stands in the file",
                "a file holds one version",
                "choose what is right, delete the lines <<<<<<<, ======= and >>>>>>>, and commit again",
                *_place_of(text, conflict[0].start()),
            )
        )
    return (None if problems else text), problems


def _place_of(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def _place_of_byte(data: bytes, index: int) -> tuple[int, int]:
    before = data[data.rfind(b"\n", 0, index) + 1 : index].decode("utf-8", "replace")
    return data.count(b"\n", 0, index) + 1, len(before) + 1


def _is_cp932(data: bytes) -> bool:
    try:
        text = data.decode("cp932")
    except UnicodeDecodeError:
        return False
    return _JAPANESE.search(text) is not None


def _encoding_found(data: bytes) -> str:
    if _is_cp932(data):
        return "the file is in CP932 (Windows Japanese, often called Shift_JIS)"
    return "the file is not UTF-8"


def _encoding_advice(data: bytes) -> str:
    if _is_cp932(data):
        return "save it again as UTF-8 in your editor, or run: iconv -f CP932 -t UTF-8"
    return "save it again as UTF-8 in your editor"
