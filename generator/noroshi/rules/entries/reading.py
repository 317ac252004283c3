"""Rules on files as text: encoding, characters, YAML."""

from __future__ import annotations

from collections.abc import Mapping

from noroshi.rules.entries.entry import RuleEntry, error, in_report, opening, reports, whole

READING: Mapping[str, RuleEntry] = {
    "encoding": error(
        "Content is UTF-8. A byte order mark is accepted, line ends may be LF or CRLF. CP932 (what many Japanese "
        "editors still write), EUC-JP, ISO-2022-JP, UTF-16 and UTF-32 are recognised and named. The example is "
        "shown as its writer saw it; the file is in CP932.",
        whole("title: 検証サーバーが停止しています\n", encoding="cp932"),
        whole(
            "title: 検証サーバーが停止しています\n"
            "reports: [{kind: start, at: 2026-06-18T21:52+09:00, text: 原因を調査しています。}]\n"
        ),
    ),
    "file-size": error(
        "A content file holds at most 1 MiB: records are words, and logs and attachments stand elsewhere, linked."
    ),
    "empty-file": error(
        "A record's file holds a record. `site.yaml` must hold something too; a list file such as `risks.yaml` may "
        "hold nothing but comments and is then an empty list.",
        whole("# not yet written\n"),
        whole("title: Website down\nreports: [{kind: start, at: 2026-06-18T21:52+09:00, text: Looking.}]\n"),
    ),
    "control-character": error(
        "Text holds printable characters, spaces, tabs and line ends. Anything else breaks feeds (XML 1.0 cannot "
        "carry it) or the line numbers that editors show, and mostly came in by copying from a terminal. An escape "
        "between double quotes that makes such a character is refused like the character.",
        in_report('workaround: "Use \\u0007 the shop"\n'),
        in_report('workaround: "Use \\u3042 the shop"\n'),
    ),
    "merge-conflict": error(
        "A file holds one version. Git's conflict markers are recognised at the beginning of a line.",
        opening("<<<<<<< HEAD\nseverity: major\n=======\nseverity: minor\n>>>>>>> report\n"),
        opening("severity: major\n"),
    ),
    "yaml-syntax": error(
        "A content file is YAML: `key: value` lines and `- item` lines, indented with spaces. Where the reading "
        "stops the message tells the likely slip: a space that is missing after `:` or `-`, a quote or a bracket "
        "that was not closed, a text with `: ` in it that needs quotes, a line in another column than its "
        "neighbours. A key is a word, never a list or a mapping.",
        reports("  - kind: start\n    at:2026-06-18T21:52+09:00\n    text: We are looking into it.\n"),
        reports("  - kind: start\n    at: 2026-06-18T21:52+09:00\n    text: We are looking into it.\n"),
    ),
    "tab": error(
        "YAML indents with spaces. (Shown here: the two lines below the dash begin with a tab.)",
        reports("  - kind: start\n\tat: 2026-06-18T21:52+09:00\n\ttext: We are looking into it.\n"),
        reports("  - kind: start\n    at: 2026-06-18T21:52+09:00\n    text: We are looking into it.\n"),
    ),
    "full-width": error(
        "Keys, colons, dashes, brackets, commas between brackets and the spaces around them are half-width; the "
        "input method leaves full-width ones easily. In texts full-width characters are welcome.",
        whole("title：停止\nreports: [{kind: start, at: 2026-06-18T21:52+09:00, text: 調査中}]\n"),
        whole("title: 停止：検証\nreports: [{kind: start, at: 2026-06-18T21:52+09:00, text: 調査中}]\n"),
    ),
    "duplicate-key": error(
        "A key stands once. YAML readers keep one of two and say nothing; here both are named. Most often a `- ` is "
        "missing before a new report.",
        opening("severity: major\nseverity: minor\n"),
        opening("severity: major\n"),
    ),
    "anchor": error(
        "Content has no anchors and aliases: every report stands for itself, and nothing multiplies. Text that "
        "begins with `&` or `*` stands in quotes.",
        opening("not_affected: &mail Mail works\n"),
        opening("not_affected: '&mail works'\n"),
    ),
    "tag": error(
        "Content has no tags: every value is text until its key says otherwise. Text that begins with `!` stands "
        "in quotes.",
        opening("not_affected: !!str Mail works\n"),
        opening("not_affected: '!!str Mail works'\n"),
    ),
    "several-documents": error(
        "A file holds one record; a line `---` begins a second one and is refused.",
        opening("---\ntitle: Shop down\n"),
        opening("severity: minor\n"),
    ),
    "many-problems": error(
        "Of a file that is wrong all over the first hundred problems are told: it is mostly one slip, or no content "
        "file at all."
    ),
    "nesting": error(
        "Lists and mappings nest a few levels; more than 20 is a bracket that was not closed, or an attack.",
        opening("not_affected: " + "[" * 25 + "]" * 25 + "\n"),
        opening("detected: {by: staff}\n"),
    ),
}
