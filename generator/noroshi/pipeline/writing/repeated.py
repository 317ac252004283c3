"""Whether the same was written just before: a command that is run twice would publish it twice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from noroshi.pipeline.writing.prepared import Prepared, WritingError
from noroshi.problems import in_one_line
from noroshi.yamlsource import read_document

JUST_NOW = timedelta(minutes=10)
"""Within this time the same report is rather a command run twice than something said twice."""
_ADVICE = "it stands as it is: commit and push the file if that is what failed, or say something new"


def refuse_repeated(prepared: Prepared) -> None:
    """Refuse a report that says what the last one of its record said just before, or a record that another has.

    :raises WritingError: it says nothing new; the message names what stands
    """
    data = _data(prepared.path, prepared.data)
    reports = _reports(data)
    if prepared.old is not None:
        if len(reports) > 1 and _same_report(reports[-2], reports[-1]):
            raise WritingError(
                f"report {len(reports) - 1} of {prepared.place.stem} ({reports[-2]['kind']}, "
                f"{reports[-2]['at']}) says the same; {_ADVICE}; nothing was written"
            )
        return
    for other in _neighbours(prepared):
        path = f"{prepared.path.rpartition('/')[0]}/{other.name}"
        try:
            standing = _data(path, other.read_bytes())
        except OSError:
            continue
        if standing and _same_record(standing, data):
            raise WritingError(f"{in_one_line(path)} says the same; {_ADVICE}; nothing was written")


def _neighbours(prepared: Prepared) -> list[Path]:
    """Records of the same day, in the folder that the new one would lie in."""
    folder, day = prepared.place.parent, prepared.place.stem[:10]
    try:
        date.fromisoformat(day)
    except ValueError:
        return []
    return sorted(folder.glob(f"{day}-*.yaml")) if folder.is_dir() else []


def _same_record(standing: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether all opening facts are the same and, where there are reports, the first ones."""
    old_reports, new_reports = _reports(standing), _reports(new)
    if _without(standing, "reports", "agreements") != _without(new, "reports", "agreements"):
        return False
    if not old_reports or not new_reports:
        return not old_reports and not new_reports
    return _same_report(old_reports[0], new_reports[0])


def _same_report(former: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether both tell the same facts, shortly one after the other; times counted from the report may go with it."""
    began, now = _moment(former.get("at")), _moment(new.get("at"))
    if began is None or now is None or not timedelta() <= now - began <= JUST_NOW:
        return False
    return _same(_without(former, "at"), _without(new, "at"), now - began)


def _same(former: object, new: object, later: timedelta) -> bool:
    if isinstance(former, Mapping) and isinstance(new, Mapping):
        return former.keys() == new.keys() and all(_same(former[key], new[key], later) for key in former)
    if isinstance(former, list | tuple) and isinstance(new, list | tuple):
        return len(former) == len(new) and all(_same(*pair, later) for pair in zip(former, new, strict=True))
    if not isinstance(former, str) or not isinstance(new, str):
        return False
    if former.split() == new.split():
        return True
    first, second = _moment(former), _moment(new)
    return first is not None and second is not None and second - first == later


def _moment(word: object) -> datetime | None:
    """A time with its offset; None where it is none."""
    try:
        moment = datetime.fromisoformat(word) if isinstance(word, str) else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None


def _without(data: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in keys}


def _reports(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = data.get("reports", [])
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list | tuple) else []


def _data(path: str, data: bytes) -> Mapping[str, Any]:
    document, _ = read_document(path, data)
    return document.data if document is not None and isinstance(document.data, Mapping) else {}
