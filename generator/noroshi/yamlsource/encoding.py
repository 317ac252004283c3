"""Bytes of a content file to text that an editor and the YAML reader count in the same lines."""

from __future__ import annotations

import re

from noroshi.problems import Place, Problem

MAX_BYTES = 1024 * 1024
"""A content file's greatest size: 1 MiB."""

_BOM = b"\xef\xbb\xbf"
# Unicode 16.0, section 23.8, table 23-6. UTF-32 first: its little-endian mark begins like that of UTF-16.
_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)

# What XML 1.0 (section 2.2) cannot carry, C1 controls, and the line separators that YAML 1.1 (section 4.2)
# counts as line ends and editors do not: feeds would break on the first, line numbers on the last.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")

_CONFLICT = re.compile(r"^(<{7}|={7}|>{7}|\|{7})( .*)?$", re.MULTILINE)


def decode_bytes(path: str, data: bytes) -> tuple[str | None, list[Problem]]:
    """The text of a file: UTF-8, a byte order mark dropped, line ends as they are; or None and why not.

    :param data: the file's bytes; over 1 MiB is refused
    """

    def refuse(rule: str, found: str, allowed: str, advice: str, line: int = 1, column: int = 1) -> Problem:
        place = Place(path=path, line=line, column=column)
        return Problem(place=place, rule=rule, found=found, allowed=allowed, advice=advice)

    if len(data) > MAX_BYTES:
        return None, [
            refuse(
                "file-size",
                f"the file is larger than {MAX_BYTES:,} bytes",
                "a content file holds at most 1 MiB",
                "keep logs and attachments elsewhere and link to them",
            )
        ]
    name = _other_unicode(data)
    if name is not None:
        return None, [
            refuse("encoding", f"the file is in {name}", "content is UTF-8", "save it again as UTF-8 in your editor")
        ]
    try:
        return data.removeprefix(_BOM).decode("utf-8"), []
    except UnicodeDecodeError as error:
        line, column = _place_of_byte(data, error.start)
        return None, [
            refuse("encoding", _encoding_found(data), "content is UTF-8", _encoding_advice(data), line, column)
        ]


def read_text(path: str, data: bytes) -> tuple[str | None, list[Problem]]:
    """The text of a file: UTF-8, a byte order mark dropped, line ends as ``\\n``; or None and why not."""
    text, problems = decode_bytes(path, data)
    if text is None:
        return None, problems

    def refuse(rule: str, found: str, allowed: str, advice: str, line: int, column: int) -> Problem:
        place = Place(path=path, line=line, column=column)
        return Problem(place=place, rule=rule, found=found, allowed=allowed, advice=advice)

    text = text.replace("\r\n", "\n").replace("\r", "\n")
    strange = UNPRINTABLE.findall(text)
    if strange:
        more = f", the first of {len(strange):,} such characters" if len(strange) > 1 else ""
        problems.append(
            refuse(
                "control-character",
                f"the character U+{ord(strange[0]):04X} stands in the text{more}",
                "text holds printable characters, spaces, tabs and line ends",
                "delete it (it is often invisible: delete the whole word and type it again)",
                *_place_of(text, text.index(strange[0])),
            )
        )
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
    before = data[:index].removeprefix(_BOM).decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return _place_of(before, len(before))


def _other_unicode(data: bytes) -> str | None:
    """The name of the encoding that a byte order mark, or a zero in every other byte, gives away."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    if b"\x1b$B" in data:
        return "ISO-2022-JP (JIS)"
    zeros = data[:1000].count(0)
    if 4 * zeros <= len(data[:1000]):
        return None
    return "UTF-16" if 0 in (data[:1000:2].count(0), data[1:1000:2].count(0)) else None


# How many kana and common kanji a wrong guess rarely yields, less the half-width kana that it is full of.
_JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")
_WRONGLY_GUESSED = re.compile("[ｦ-ﾟ]")

_JAPANESE_ENCODINGS = (
    ("cp932", "CP932", "CP932 (Windows Japanese, often called Shift_JIS)"),
    ("euc_jp", "EUC-JP", "EUC-JP"),
)


def _japanese_encoding(data: bytes) -> tuple[str, str] | None:
    """The likeliest Japanese encoding as (name for iconv, name for people), or None."""
    best, most = None, 0
    for codec, name, words in _JAPANESE_ENCODINGS:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        score = len(_JAPANESE.findall(text)) - len(_WRONGLY_GUESSED.findall(text))
        if score > most:
            best, most = (name, words), score
    return best


def _encoding_found(data: bytes) -> str:
    guess = _japanese_encoding(data)
    return f"the file is in {guess[1]}" if guess else "the file is not UTF-8"


def _encoding_advice(data: bytes) -> str:
    guess = _japanese_encoding(data)
    save = "save it again as UTF-8 in your editor"
    return f"{save}, or run: iconv -f {guess[0]} -t UTF-8 OLD > NEW" if guess else save
