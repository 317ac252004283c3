"""Replays of what people do to records afterwards: one change each, with the rules that must tell of it.

A record is taken as data, changed as one of the :data:`CHANGES` says, and written anew in a style of its own: other
quotes, order of keys, line lengths, line ends and comments. So each replay is a change among the noise of an editor,
and one that changes nothing is the noise alone.
"""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import yaml

Data = dict[str, Any]


@dataclass(kw_only=True)
class Draft:
    """A record that is being changed."""

    path: str
    data: Data
    dice: random.Random
    first: str
    """The site's first language."""
    later: str = "the same file"
    """Another path, where it moves; empty where it goes."""
    noise: bool = True

    @property
    def reports(self) -> list[Data]:
        """Its reports."""
        found: list[Data] = self.data.get("reports", [])
        return found

    def speaking(self) -> list[Data]:
        """The reports that have a text."""
        return [report for report in self.reports if "text" in report]


@dataclass(frozen=True, kw_only=True)
class Replay:
    """One change to one record."""

    name: str
    before: str
    """The record's path."""
    after: Mapping[str, bytes] = field(default_factory=dict)
    """The files that stand afterwards in place of that one."""
    expected: frozenset[tuple[str, str]] = frozenset()
    """The problems that must be told, as pairs of path and rule; none where it may be done."""


Change = Callable[[Draft], set[str] | None]
"""Changes a draft and names the rules that must tell of it; None where this record has nothing of the kind."""

CHANGES: dict[str, Change] = {}


def change(function: Change) -> Change:
    """Enter a change under its name."""
    CHANGES[function.__name__] = function
    return function


def replay(name: str, path: str, data: Data, first: str, seed: int) -> Replay | None:
    """What a change makes of a record; None where it has nothing to change so."""
    draft = Draft(path=path, data=copy.deepcopy(data), dice=random.Random(seed), first=first)
    rules = CHANGES[name](draft)
    if rules is None:
        return None
    later = path if draft.later == "the same file" else draft.later
    after = {later: written(draft.data, draft.dice)} if later else {}
    told = later if later and rules != {"removed-record"} else path
    return Replay(name=name, before=path, after=after, expected=frozenset((told, rule) for rule in rules))


def written(data: Data, dice: random.Random) -> bytes:
    """A record as some editor writes it: all that YAML leaves to taste is left to chance."""
    text = yaml.safe_dump(
        _shuffled(data, dice),
        allow_unicode=dice.random() < 0.9,
        sort_keys=False,
        width=dice.choice([30, 80, 1000]),
        default_style=dice.choice([None, '"', "'"]),
        default_flow_style=dice.choice([False, False, None]),
        indent=dice.choice([2, 4]),
    )
    if dice.random() < 0.5:
        text = f"# {dice.randrange(1000)}\n\n{text}# end\n"
    return text.replace("\n", "\r\n" if dice.random() < 0.3 else "\n").encode()


def _shuffled(value: Any, dice: random.Random) -> Any:
    if isinstance(value, dict):
        keys = list(value)
        dice.shuffle(keys)
        return {key: _shuffled(value[key], dice) for key in keys}
    return [_shuffled(each, dice) for each in value] if isinstance(value, list) else value


def _languages(holder: Data, key: str, first: str) -> dict[str, str]:
    """A text by language, put into its place as such."""
    if isinstance(holder[key], str):
        holder[key] = {first: holder[key]}
    found: dict[str, str] = holder[key]
    return found


def _texts(draft: Draft) -> Iterator[tuple[dict[str, str], str]]:
    for report in draft.speaking():
        texts = _languages(report, "text", draft.first)
        yield from ((texts, code) for code in texts)


def _shift(word: str, **by: int) -> str:
    return (datetime.fromisoformat(word) + timedelta(**by)).isoformat()


def _moments(report: Data) -> list[str]:
    keys = ("recovered_at", "next_report", "ended_at", "expected", "started_at")
    return [key for key in keys if isinstance(report.get(key), str)]


# What may be done.


@change
def nothing_but_style(draft: Draft) -> set[str]:
    """Quotes, order of keys, line lengths and ends, comments."""
    return set()


_MARK = r"(?:[-+*>#=_~`|]|[0-9]+[.)])"


@change
def white_space(draft: Draft) -> set[str] | None:
    """Longer gaps between words, and Japanese wrapped anywhere, but no line end before a mark of Markdown."""
    texts = list(_texts(draft))
    for holder, code in texts:
        words = holder[code]
        if "|" in words or re.search(rf"(?m)^\s*{_MARK}", words):  # white space is layout there
            holder[code] = re.sub(rf"(?<=[^\W\d]) (?!{_MARK})", draft.dice.choice(["  ", "   "]), words)
            continue
        gap = draft.dice.choice(["\n", "  ", " \n ", "\u3000"])
        holder[code] = re.sub(rf"(?<=\S)[ \n](?=\S)(?!{_MARK})", gap, words)
        wide = [at for at in range(1, len(holder[code])) if _cjk(holder[code][at - 1]) and _cjk(holder[code][at])]
        for at in sorted(draft.dice.sample(wide, min(3, len(wide))), reverse=True):
            holder[code] = holder[code][:at] + draft.dice.choice(["\n", " "]) + holder[code][at:]
    return set() if texts else None


def _cjk(character: str) -> bool:
    return "\u3041" <= character <= "\u30f6" or "\u4e00" <= character <= "\u9fff"


@change
def offsets(draft: Draft) -> set[str] | None:
    """The same moments in another spelling."""
    for report in draft.reports:
        for key in ["at", *_moments(report)]:
            report[key] = datetime.fromisoformat(report[key]).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return set() if draft.reports else None


@change
def another_folder(draft: Draft) -> set[str]:
    """Another year's folder, or none."""
    kind, name = draft.path.split("/")[1], draft.path.rpartition("/")[2]
    draft.later = f"content/{kind}/{draft.dice.choice(['', 'old/', 'old/er/'])}{name}"
    return set()


@change
def a_new_report(draft: Draft) -> set[str] | None:
    """What is new is added at the end."""
    if not draft.reports:
        return None
    at = _shift(draft.reports[-1]["at"], minutes=draft.dice.randrange(3))
    draft.reports.append({"kind": "correction", "at": at, "corrects": ["1"], "text": "続きです。"})
    return set()


@change
def a_translation(draft: Draft) -> set[str] | None:
    """The same in another language."""
    for holder, _ in draft.dice.sample(list(_texts(draft)), min(1, len(draft.speaking()))):
        holder["de"] = "Dasselbe auf Deutsch."
        return set()
    return None


@change
def another_title(draft: Draft) -> set[str]:
    """The title is no part of what is fixed."""
    draft.data["title"] = "別の題名"
    return set()


@change
def a_mended_slip(draft: Draft) -> set[str] | None:
    """A letter, and the mark that says so."""
    if not draft.speaking():
        return None
    report = draft.dice.choice(draft.speaking())
    texts = _languages(report, "text", draft.first)
    code = draft.dice.choice(list(texts))
    texts[code] = f"{texts[code]} !" if len(texts[code]) > 20 else texts[code]
    report["edited"] = {"at": _shift(report.get("edited", report)["at"], minutes=1), "note": "誤字"}
    return set()


@change
def withdrawn(draft: Draft) -> set[str] | None:
    """What has to vanish keeps its number, kind and time."""
    if not draft.speaking():
        return None
    report = draft.dice.choice(draft.speaking())
    kept = {key: report[key] for key in ("kind", "at")}
    report.clear()
    report.update(kept, withdrawn={"at": _shift(kept["at"], minutes=1), "reason": "公開できない情報"})
    return set()


@change
def an_agreement(draft: Draft) -> set[str] | None:
    """Consent comes later than the plan."""
    if not draft.path.startswith("content/maintenance/"):
        return None
    given = {"client": "a-sha", "by": "制作部", "at": "2026-01-02T10:00+09:00"}
    draft.data.setdefault("agreements", []).insert(0, given)
    return set()


# What may not.


@change
def a_word(draft: Draft) -> set[str] | None:
    """A word more, a word less, another letter."""
    texts = list(_texts(draft))
    if not texts:
        return None
    holder, code = draft.dice.choice(texts)
    words = holder[code]
    letters = [at for at, letter in enumerate(words) if letter.isalpha()]
    at = draft.dice.choice(letters) if letters else 0
    done = draft.dice.choice(["more", "less", "other"])
    holder[code] = words[:at] + {"more": "新", "less": "", "other": "別"}[done] + words[at + (done != "more") :]
    if not holder[code].strip():
        return None
    return {"rewritten-report"}


@change
def a_number(draft: Draft) -> set[str] | None:
    """12 records become 13."""
    texts = [(holder, code) for holder, code in _texts(draft) if re.search(r"[0-9]", holder[code])]
    if not texts:
        return None
    holder, code = draft.dice.choice(texts)
    holder[code] = re.sub(r"[0-9]", lambda digit: str((int(digit[0]) + 1) % 10), holder[code], count=1)
    return {"rewritten-report"}


@change
def a_number_marked_as_a_slip(draft: Draft) -> set[str] | None:
    """The mark allows it, and a warning doubts it."""
    speaking = [report for report in draft.speaking() if re.search(r"[0-9]", str(report["text"]))]
    if not speaking:
        return None
    report = draft.dice.choice(speaking)
    texts = _languages(report, "text", draft.first)
    code = next(code for code in texts if re.search(r"[0-9]", texts[code]))
    texts[code] = re.sub(r"[0-9]", lambda digit: str((int(digit[0]) + 1) % 10), texts[code], count=1)
    report["edited"] = {"at": _shift(report.get("edited", report)["at"], minutes=1), "note": "誤字"}
    return {"edited-meaning"}


@change
def the_time_of_a_report(draft: Draft) -> set[str] | None:
    """As if it had been said earlier."""
    if not draft.reports:
        return None
    report = draft.dice.choice(draft.reports)
    report["at"] = _shift(report["at"], minutes=-draft.dice.randrange(1, 60))
    return {"report-redated"}


@change
def a_fact(draft: Draft) -> set[str] | None:
    """Another time of recovery, of the next report, of the end."""
    found = [(report, key) for report in draft.reports for key in _moments(report)]
    if not found:
        return None
    report, key = draft.dice.choice(found)
    report[key] = _shift(report[key], minutes=10)
    return {"rewritten-report"}


@change
def a_fact_marked_as_a_slip(draft: Draft) -> set[str] | None:
    """The mark is for words."""
    found = [(report, key) for report in draft.reports for key in _moments(report)]
    if not found:
        return None
    report, key = draft.dice.choice(found)
    report[key] = _shift(report[key], minutes=10)
    report["edited"] = {"at": _shift(report["at"], minutes=1), "note": "誤字"}
    return {"rewritten-report"}


@change
def a_text_more_marked_as_a_slip(draft: Draft) -> set[str] | None:
    """Something that was not said at all is no slip of the pen."""
    if draft.path.startswith("content/commitments/") or not draft.speaking():
        return None
    found = [report for report in draft.speaking() if "lasting_effects" not in report]
    if not found:
        return None
    report = draft.dice.choice(found)
    report["lasting_effects"] = "12 件が失われています。"
    report["edited"] = {"at": _shift(report.get("edited", report)["at"], minutes=1), "note": "誤字"}
    return {"rewritten-report"}


@change
def a_text_less_marked_as_a_slip(draft: Draft) -> set[str] | None:
    """Nor is what was said and is gone."""
    keys = ("workaround", "not_affected", "confirmed_by", "lasting_effects", "undetected_because")
    found = [(report, key) for report in draft.speaking() for key in keys if key in report]
    if not found:
        return None
    report, key = draft.dice.choice(found)
    del report[key]
    report["edited"] = {"at": _shift(report.get("edited", report)["at"], minutes=1), "note": "誤字"}
    return {"rewritten-report"}


@change
def another_kind(draft: Draft) -> set[str] | None:
    """A completion that was none."""
    if not draft.reports:
        return None
    report = draft.dice.choice(draft.reports)
    report["kind"] = "interim" if report["kind"] != "interim" else "completion"
    return {"rewritten-report"}


@change
def a_report_less(draft: Draft) -> set[str] | None:
    """A report is gone."""
    if not draft.reports:
        return None
    draft.reports.pop(draft.dice.randrange(len(draft.reports)))
    return {"removed-report"}


@change
def the_order(draft: Draft) -> set[str] | None:
    """Two reports change places."""
    pairs = [at for at in range(len(draft.reports) - 1) if draft.reports[at] != draft.reports[at + 1]]
    if not pairs:
        return None
    at = draft.dice.choice(pairs)
    draft.reports[at], draft.reports[at + 1] = draft.reports[at + 1], draft.reports[at]
    return {"report-renumbered"}


@change
def a_report_in_between(draft: Draft) -> set[str] | None:
    """What comes late is put where it would have stood."""
    if not draft.reports:
        return None
    place = draft.dice.randrange(len(draft.reports))
    at = _shift(draft.reports[place]["at"], seconds=-1)
    draft.reports.insert(place, {"kind": "interim", "at": at, "text": "あとから書きました。"})
    return {"report-renumbered"}


@change
def a_translation_less(draft: Draft) -> set[str] | None:
    """What was said in one of the languages is gone."""
    texts = [(holder, code) for holder, code in _texts(draft) if len(holder) > 1]
    if not texts:
        return None
    holder, code = draft.dice.choice(texts)
    del holder[code]
    return {"rewritten-report"}


@change
def a_level(draft: Draft) -> set[str] | None:
    """A component was worse, or better, from the beginning."""
    components = draft.data.get("components")
    if not components:
        return None
    name = draft.dice.choice(list(components))
    components[name] = "operational" if components[name] != "operational" else "major_outage"
    return {"rewritten-opening"}


@change
def when_it_began(draft: Draft) -> set[str]:
    """The opening facts gain, lose or change a time, or another fact."""
    for key in ("window", "started_at"):
        if isinstance(draft.data.get(key), str):
            draft.data[key] = _shift(draft.data[key], minutes=5)
            return {"rewritten-opening"}
        if isinstance(draft.data.get(key), dict):
            draft.data[key]["until"] = _shift(draft.data[key]["until"], minutes=5)
            return {"rewritten-opening"}
    if draft.path.startswith("content/commitments/"):
        draft.data["until"] = _shift(draft.data["until"], minutes=5)
    else:
        draft.data["not_affected"] = str(draft.data.get("not_affected", "")) + "ほかは使えます。"
    return {"rewritten-opening"}


@change
def another_name(draft: Draft) -> set[str]:
    """The file's name is the record's id."""
    draft.later = draft.path.removesuffix(".yaml") + "-new.yaml"
    return {"record-renamed"}


@change
def the_whole_record(draft: Draft) -> set[str]:
    """The file is deleted."""
    draft.later = ""
    return {"removed-record"}
