"""Git and the published log judge alike: what may be done for the one may be done for the other, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from noroshi.decode import decode
from noroshi.log.appending import append
from noroshi.log.canonical import digest_of
from noroshi.log.statement import Said, said_in
from noroshi.pipeline.reading.content import SiteFolder
from noroshi.pipeline.reading.settings import read_settings
from noroshi.records.content import RECORD_TYPES, Entry, MatterKind
from noroshi.yamlsource import read_document
from noroshi.yamlsource.foreign import load_foreign
from rewording_replays import CHANGES, replay

ROOT = Path(__file__).parent.parent
SETTINGS = read_settings(SiteFolder(root=ROOT)).settings
RECORDS = {
    file.relative_to(ROOT).as_posix(): file.read_bytes()
    for kind in MatterKind
    for file in sorted((ROOT / "content" / kind.value).rglob("*.yaml"))
}
# Consent is not for every reader of a log, and so in no digest of it; a warning is no fault.
ONLY_GIT_SEES = {"edited-meaning"}


def said_by(path: str, data: bytes) -> list[Said]:
    """What a record's file says; nothing where no rule of the format lets it be read."""
    kind = MatterKind(path.split("/")[1])
    document, _ = read_document(path, data)
    assert document is not None, path
    record, _ = decode(document, RECORD_TYPES[kind], SETTINGS.site.zone)
    assert record is not None, path
    return said_in(Entry(id=Path(path).stem, kind=kind, path=path, record=record), SETTINGS.site.languages[0])


def faults_of(before: list[Said], now: list[Said]) -> list[Any]:
    """What the log of before says of what stands now."""

    def continued(old: Any, said: list[Said]) -> Any:
        found = {each.statement.name: each for each in said}
        return append(
            old,
            [each.statement for each in said],
            lambda statement, texts: digest_of(found[statement.name].logged, texts),
        )

    return list(continued(continued([], before).lines, now).faults)


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_the_log_judges_as_git_does(name: str) -> None:
    """Every kind of change, on every record of the example that has something of the kind."""
    met = 0
    for seed, (path, data) in enumerate(RECORDS.items()):
        made = replay(name, path, load_foreign(data), SETTINGS.site.languages[0], seed)
        if made is None:
            continue
        met += 1
        now = [said for file, text in made.after.items() for said in said_by(file, text)]
        wrong = {rule for _, rule in made.expected} - ONLY_GIT_SEES
        assert bool(faults_of(said_by(path, data), now)) == bool(wrong), (name, path)
    assert met, "a change of which no record has anything proves nothing"
