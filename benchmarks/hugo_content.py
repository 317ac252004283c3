"""The same records as a Hugo site on disk, with this folder's own minimal theme."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from inventory import ABOUT, COMPONENTS
from record_file import RecordFile
from yaml_text import Value, write_yaml, write_yaml_list

LANGUAGES = ("ja", "en")
_THEME = Path(__file__).parent / "hugo"
_TO_THE_MINUTE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d)([+-]\d\d:\d\d)")


def record_path(site: Path, record: RecordFile, language: str) -> Path:
    """Return where the record's file lies in the content tree of one language."""
    return site / "content" / language / record.folder / f"{record.id}.md"


def write_site(site: Path, records: Iterable[RecordFile]) -> None:
    """Copy the theme into the folder `site` and write each record once per language."""
    shutil.copytree(_THEME, site, dirs_exist_ok=True)
    data = site / "data" / "components.yaml"
    data.write_text(write_yaml_list([component.as_yaml() for component in COMPONENTS]), encoding="utf-8")
    for language in LANGUAGES:
        for folder in ("incidents", "maintenance"):
            (site / "content" / language / folder).mkdir(parents=True)
        about = f"---\ntitle: {'About' if language == 'en' else 'このページについて'}\n---\n{ABOUT[language]}"
        (site / "content" / language / "about.md").write_text(about, encoding="utf-8", newline="\n")
    for record in records:
        for language in LANGUAGES:
            path = record_path(site, record, language)
            path.write_text(front_matter(record, language), encoding="utf-8", newline="\n")


def front_matter(record: RecordFile, language: str) -> str:
    """Return the record as one Hugo page: all facts and reports in front matter, no body.

    `history` and `components` become taxonomies: Hugo's way to a page per month and per component.
    """
    facts = _in_language(record.data, language)
    assert isinstance(facts, dict)
    reports, states = facts.pop("reports"), facts.pop("components")
    assert isinstance(reports, list)
    assert isinstance(states, dict)
    window = facts.get("window")
    began = window["from"] if isinstance(window, dict) else facts["started_at"]
    assert isinstance(began, str)
    page: dict[str, Value] = {
        "title": facts.pop("title"),
        "date": reports[0]["at"],
        "lastmod": reports[-1]["at"],
        "history": [began[:7]],
        "components": list(states),
        "states": states,
        "open": record.open,
        **facts,
        "reports": reports,
    }
    return f"---\n{write_yaml(page, quote_times=True)}---\n"


def _in_language(value: Value, language: str) -> Value:
    """The value with one language's texts, and its times in the spelling that Hugo reads."""
    if isinstance(value, str):
        return _TO_THE_MINUTE.sub(r"\1:00\2", value)
    if isinstance(value, int):
        return value
    if isinstance(value, Mapping):
        if value.keys() == set(LANGUAGES):
            return value[language]
        return {key: _in_language(item, language) for key, item in value.items()}
    return [_in_language(item, language) for item in value]
