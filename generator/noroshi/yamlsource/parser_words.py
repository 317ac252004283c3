"""What LibYAML says of single characters, in the words of a problem: (what was found, what is allowed, what to do)."""

from __future__ import annotations

from collections.abc import Mapping

_WORDS: dict[str, tuple[str, str, str]] = {
    "found character that cannot start any token": (
        "a text begins with {character}",
        "text that begins with @, `, % or a tab needs quotes",
        "put the whole text in quotes",
    ),
    "found unknown escape character": (
        "'\\' stands in a text in double quotes",
        "between \"…\" a '\\' begins an escape such as \\n",
        "use single quotes '…', or write '\\\\'",
    ),
    "did not find expected comment or line break": (
        "a text stands on the line of '|' or '>'",
        "a text of several lines begins on the line below '|'",
        "begin it on the next line, indented; a text that begins with | or > itself needs quotes",
    ),
    "did not find expected alphabetic or numeric character": (
        "a text begins with '*' or '&'",
        "text that begins with * or & needs quotes",
        "put the whole text in quotes",
    ),
    "block sequence entries are not allowed in this context": (
        "a '- ' stands where no list can begin",
        "a list begins on the line below its key",
        "begin a new line before '- '; a text that begins with '- ' needs quotes",
    ),
    "mapping keys are not allowed in this context": (
        "a text begins with '? '",
        "text that begins with '? ' needs quotes",
        "put the whole text in quotes",
    ),
    "did not find expected node content": (
        "{character} stands where a value is needed",
        "between brackets a ',' separates values; a text that begins with ',', ']' or '}}' needs quotes",
        "delete it, or put the text in quotes",
    ),
    "found incompatible YAML document": (
        "a %YAML line names another version",
        "content has no lines that begin with %",
        "delete it",
    ),
    "found unknown directive name": (
        "a line begins with %",
        "content has no lines that begin with %",
        "delete it, or put the text in quotes",
    ),
    "control characters are not allowed": (
        "a character that cannot be seen stands here",
        "text holds printable characters",
        "delete it",
    ),
}
_WORDS["did not find expected hexdecimal number"] = _WORDS["found unknown escape character"]
_WORDS["found invalid Unicode character escape code"] = _WORDS["found unknown escape character"]

PARSER_WORDS: Mapping[str, tuple[str, str, str]] = _WORDS
"""By LibYAML's own words; ``{character}`` stands for the character at fault."""
