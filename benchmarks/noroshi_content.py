"""Generated records as a Noroshi site on disk."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from inventory import ABOUT, CLIENTS_YAML, COMPONENTS, MKDOCS_YML, POLICY_YAML, RISKS_YAML, SITE_YAML
from record_file import RecordFile
from yaml_text import write_yaml, write_yaml_list


def record_path(site: Path, record: RecordFile) -> Path:
    """Return where the record's file lies in a site."""
    return site / "content" / record.folder / record.year / f"{record.id}.yaml"


def write_site(site: Path, records: Iterable[RecordFile]) -> None:
    """Write mkdocs.yml and content/ with all records into the folder `site`."""
    content = site / "content"
    for path, text in (
        (site / "mkdocs.yml", MKDOCS_YML),
        (content / "site.yaml", SITE_YAML),
        (content / "components.yaml", write_yaml_list([component.as_yaml() for component in COMPONENTS])),
        (content / "clients.yaml", CLIENTS_YAML),
        (content / "policy.yaml", POLICY_YAML),
        (content / "risks.yaml", RISKS_YAML),
        (content / "pages" / "about.md", ABOUT["ja"]),
        (content / "pages" / "about.en.md", ABOUT["en"]),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    folders: set[Path] = set()
    for record in records:
        path = record_path(site, record)
        if path.parent not in folders:
            path.parent.mkdir(parents=True, exist_ok=True)
            folders.add(path.parent)
        path.write_text(write_yaml(record.data), encoding="utf-8", newline="\n")


def count_reports(record: RecordFile) -> int:
    """Return how many reports the record holds."""
    reports = record.data["reports"]
    assert isinstance(reports, list)
    return len(reports)
