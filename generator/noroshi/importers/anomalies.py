"""The rules of an import: what can be odd in a foreign entry, and how the record itself tells its readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from noroshi.importers.source import Anomaly


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A kind of finding."""

    what: str
    """What was found and what the import did, for the manual."""
    said: Mapping[str, str] | None = None
    """What the record's ``anomalies`` says, by language, where readers should know; ``{}`` takes the found value."""


def _kept(what: str, **said: str) -> Rule:
    return Rule(what=what, said=MappingProxyType(said))


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "not-utf-8": Rule(what="the file is not UTF-8; refused"),
        "too-large": Rule(what="the file is over 1 MiB; refused"),
        "empty-file": Rule(what="the file is empty; refused"),
        "no-front-matter": Rule(what="no front matter between --- (YAML), +++ (TOML) or { } (JSON); refused"),
        "bad-front-matter": Rule(what="the front matter cannot be read; refused"),
        "no-date": Rule(what="no date can be read from the front matter or the file's name; refused"),
        "section-index": Rule(what="Hugo's _index.md, a list's page and no entry; left out"),
        "draft": Rule(what="draft: true, never published by Hugo; left out"),
        "bad-config": Rule(what="config.yml cannot be read; imported as if there were none"),
        "language": Rule(
            what="the source's language is not among the site's; its text stands as the site's first language"
        ),
        "id": Rule(what="the file's name makes no usable or no unique id; another was made from it"),
        "key-left-out": Rule(what="a key of the front matter that the format has no place for; left out"),
        "no-title": _kept(
            "no title; the file's name stands in",
            en="The source has no title; its file name stands in.",
            ja="元の記録に題名がないため、ファイル名を題名としました。",
        ),
        "severity": _kept(
            "no severity, or none of down, disrupted and notice; read as notice",
            en="The source gives no known severity ({}).",
            ja="元の記録の重大度が不明です（{}）。",
        ),
        "date-from-name": _kept(
            "date is missing or cannot be read; the day in the file's name stands in",
            en="The source has no readable start time ({}); the day in its file name stands in.",
            ja="元の記録の開始時刻が読めないため（{}）、ファイル名の日付を使いました。",
        ),
        "no-offset": _kept(
            "a time without an offset; read in the configuration's timeZone, else the zone given to the import",
            en="The source gives a time without an offset ({}); it was read as {zone}.",
            ja="元の記録の時刻に時差の指定がないため（{}）、{zone} として読みました。",
        ),
        "bad-date": _kept(
            "resolvedWhen cannot be read; the record is closed at its last known time",
            en="The source gives an end that is no time ({}).",
            ja="元の記録の終了時刻が読めません（{}）。",
        ),
        "ends-before-start": _kept(
            "resolvedWhen lies before date; kept in resolved_at, the real end counts as unknown",
            en="The source gives an end ({}) before its start; the real end is unknown.",
            ja="元の記録の終了時刻（{}）が開始より前のため、実際の終了時刻は不明です。",
        ),
        "no-end": _kept(
            "resolved without resolvedWhen; closed at the last known time",
            en="The source does not say when it ended; the last known time stands in.",
            ja="元の記録に終了時刻がないため、わかっている最後の時刻を使いました。",
        ),
        "report-time": _kept(
            "a report without a time of its own; the nearest known earlier time stands in",
            en="The source gives no time for report {}; the time before it stands in.",
            ja="元の記録に第 {} 報の時刻がないため、その前の時刻を使いました。",
        ),
        "report-order": _kept(
            "a report's time lies before the report before it; that one's time stands in",
            en="The source gives report {} a time before the report before it.",
            ja="元の記録では第 {} 報の時刻が前の報告より前になっています。",
        ),
        "no-text": _kept(
            "nothing visible in the body; the record has no report",
            en="The source has no text.",
            ja="元の記録に本文がありません。",
        ),
        "undivided": Rule(what="a heading such as [Update] with nothing to set it apart from; the text stays whole"),
        "planned-work": Rule(
            what="told as planned work by its words (cState has no such kind); the window is date to resolvedWhen"
        ),
        "planned-window": _kept(
            "planned work whose end is not known; it has no window",
            en="The planned window is unknown.",
            ja="予定の時間帯は不明です。",
        ),
        "undeclared-system": Rule(what="a system that config.yml does not declare; a component was made for it"),
        "similar-name": Rule(
            what="a system's name differs from another only in case, dashes, dots or spaces; taken for the same"
        ),
        "no-system": Rule(what="a word in affected that names nothing; left out"),
        "hidden-comment": Rule(what="an HTML comment, which no reader saw; left out"),
        "stray-comment-end": Rule(what="a stray --> on a heading line; left out"),
        "shortcode": Rule(what="a Hugo shortcode that cannot be resolved; left out, what it encloses stays"),
        "unknown-tag": Rule(what="an HTML tag without a place in Markdown; left out, its text stays"),
        "dropped-tag": Rule(what="an embedded thing that is no text (script, video, form); left out"),
        "dropped-link": Rule(what="a link that is not http, https or mailto and cannot be made so; its text stays"),
        "too-deep": Rule(what="lists or quotes nested too deep to show; the text stays as it was typed"),
        "control-character": Rule(what="a character that no page or feed can hold; left out"),
    }
)


class Findings:
    """Collects what is odd, and what of it a record tells its readers."""

    def __init__(self, path: str, languages: Sequence[str]) -> None:
        self.path = path
        self.anomalies: list[Anomaly] = []
        self.said: list[str | dict[str, str]] = []
        self._languages = tuple(languages) or ("en",)

    def find(self, rule: str, line: int, found: str, value: str = "", **values: str) -> None:
        """Note a finding.

        :param found: the message for the operator
        :param value: what stands in for ``{}`` in the words for readers
        """
        self.anomalies.append(Anomaly(path=self.path, line=line, rule=rule, message=found))
        words = RULES[rule].said
        if words is None:
            return
        said = {
            language: words[language].format(value or "-", **values)
            for language in self._languages
            if language in words
        }
        entry: str | dict[str, str] = said if len(said) > 1 else next(iter(said.values()), words["en"])
        if entry not in self.said:
            self.said.append(entry)
