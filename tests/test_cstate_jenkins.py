"""The status log of the Jenkins project, six years of it, imported whole and held against independent readings."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from markdown_it import MarkdownIt

from noroshi.decode import decode, decode_list
from noroshi.importers import ExistingComponent, Import, SourceFile, import_cstate
from noroshi.problems import Level
from noroshi.records.content import RECORD_TYPES, Entry, MatterKind, Settings
from noroshi.records.settings import Component, Policy
from noroshi.records.site import Site
from noroshi.rules import Subject, check_matter, check_settings
from noroshi.snapshot.fold import fold
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.site import take_snapshot
from noroshi.snapshot.track_record.months import track_record
from noroshi.text.markdown import markdown_to_html
from noroshi.yamlsource import read_document
from noroshi.yamlsource.foreign import load_foreign
from real_data import JENKINS, needs_jenkins

pytestmark = needs_jenkins

SITE = (
    b"format: 1\nid: {tag: status.example.com, since: 2020-01-01}\nname: Status\nurl: https://status.example.com/\n"
    b"timezone: UTC\nlanguages: [en, ja]\n"
)


@cache
def sources() -> tuple[SourceFile, tuple[SourceFile, ...]]:
    """config.yml and the 297 entries."""
    config = SourceFile(path="config.yml", data=(JENKINS / "config.yml").read_bytes())
    issues = sorted((JENKINS / "issues").glob("*.md"))
    return config, tuple(SourceFile(path=f"issues/{file.name}", data=file.read_bytes()) for file in issues)


@cache
def imported() -> Import:
    """One import of everything."""
    return import_cstate(*sources(), languages=("en", "ja"), timezone="UTC")


@cache
def records() -> dict[str, tuple[str, Any]]:
    """Source name to path and data of its record."""
    read: dict[str, tuple[str, Any]] = {}
    for path, text in imported().files.items():
        data: Any = load_foreign(text)
        read[data["imported"]["source"]] = (path, data)
    return read


def test_every_entry_arrives_and_every_oddity_is_counted() -> None:
    """297 entries are 297 records; the findings are those that a count of the sources gives."""
    result = imported()
    assert result.counts == {
        "sources": 297,
        "refused": 0,
        "left_out": 0,
        "incidents": 92,
        "maintenance": 205,
        "components": 86,
        "reports": 508,
        "anomalies": 376,
    }
    assert len(records()) == 297
    assert Counter(found.rule for found in result.anomalies) == {
        "planned-work": 205,
        "undeclared-system": 72,
        "report-time": 30,
        "no-offset": 24,
        "hidden-comment": 17,
        "ends-before-start": 8,
        "similar-name": 8,
        "planned-window": 6,
        "stray-comment-end": 3,
        "no-system": 1,
        "report-order": 1,
        "undivided": 1,
    }


def test_dates_and_severities_are_those_of_the_sources() -> None:
    """Read line by line without any YAML: each record has its source's times, as moments, and its severity."""
    for source in sources()[1]:
        path, data = records()[source.path.removeprefix("issues/")]
        facts = dict(re.findall(r"^(date|resolvedWhen|severity): (\S+(?: \S+)?)$", source.data.decode(), re.MULTILINE))
        moments = {}
        for key in ("date", "resolvedWhen"):
            text = re.sub(r"T(\d):", r"T0\1:", facts[key]).replace(" ", "T").replace("-00:00", "+00:00")
            moment = datetime.fromisoformat(text)
            moments[key] = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        began = data["reports"][0]["at"] if path.startswith("maintenance") else data["started_at"]
        assert datetime.fromisoformat(began) == moments["date"], path
        assert datetime.fromisoformat(data["imported"]["resolved_at"]) == moments["resolvedWhen"], path
        if path.startswith("incidents"):
            assert data["severity"] == {"down": "major", "disrupted": "minor", "notice": "none"}[facts["severity"]]


def test_our_own_reader_has_nothing_against_the_records() -> None:
    """The strict reader, the models and the rules take all files; what the rules say is a warning at most."""
    document, problems = read_document("site.yaml", SITE)
    assert document is not None
    site, found = decode(document, Site, None)
    assert (site is not None, problems + found) == (True, [])
    assert site is not None
    listing, problems = read_document("components.yaml", imported().components_yaml.encode())
    assert listing is not None
    components, found = decode_list(listing, Component, site.zone)
    settings = Settings(site=site, components=components)
    assert [*problems, *found, *check_settings(settings, {"components.yaml": listing})] == []
    warned: Counter[str] = Counter()
    for path, text in imported().files.items():
        document, problems = read_document(path, text.encode())
        assert document is not None
        kind = MatterKind(path.split("/")[0])
        record, found = decode(document, RECORD_TYPES[kind], site.zone)
        assert (problems, found) == ([], []), path
        assert record is not None
        entry = Entry(id=Path(path).stem, kind=kind, path=path, record=record)
        said = check_matter(
            Subject(entry=entry, document=document, settings=settings), datetime(2026, 11, 22, tzinfo=UTC)
        )
        assert all(problem.level is Level.WARNING for problem in said), said
        warned.update(problem.rule for problem in said)
    assert set(warned) <= {"end-before-start"}


_MARK = re.compile(
    r"\[(?:initial|final|clos(?:e|ing)|open(?:ing)?|end of outage|updated?|edit)\b[^\]]*\](?:\s*-->)?"
    r"|(?:initial|final) message:|update: |={5,}|-{5,}"
    r"|(?:update|initial message) at 2021-06-08 \d\d:\d\d UTC|2021-06-0[78] \d\d:\d\d:00|2021-04-19T21:12:00-00:00",
    re.IGNORECASE,
)


def _words(html: str) -> list[str]:
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True)
    root = lxml.html.document_fromstring(f"<div>{html}</div>".encode(), parser=parser)
    for element in root.iter():
        if element.tag == "img":
            element.tail = f"{element.get('alt') or element.get('src')}{element.tail or ''}"
        if element.tag in ("p", "li", "pre", "br", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "blockquote"):
            element.text, element.tail = f" {element.text or ''}", f" {element.tail or ''}"
    return str(root.text_content()).split()


def _source_words(name: str, divided: bool) -> list[str]:
    """What a browser shows of a source's body, less the headings that part it where it is parted."""
    body = (JENKINS / "issues" / name).read_text("utf-8").split("\n---", 1)[1].split("\n", 1)[1]
    words = " ".join(_words(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(body)))
    return (_MARK.sub(_tail, words) if divided or words.startswith("[") else words).split()


LINK_IN_BRACKETS = "2023-06-01-uplink-migration.md"
"""Its author wrote ``<[address](address)>``, which shows as an address in angle brackets."""

LINKS_ABOVE = {"2021-06-17-maintenance-publick8s.md", "2021-11-25-maintenance-k8s.md"}
"""Links stand above all headings there, and moved into the first report."""


@pytest.mark.parametrize("name", sorted(file.name for file in (JENKINS / "issues").glob("*.md")))
def test_the_visible_text_is_the_sources(name: str) -> None:
    """A browser shows the same words for a source's body and for its reports, in the same order within each; only
    the headings that part a body are gone, as the reports' kinds and times say the same."""
    _, data = records()[name]
    said = [_words(markdown_to_html(report["text"])) for report in data["reports"]]
    expected = _source_words(name, len(said) > 1)
    orders = ([word for report in order for word in report] for order in (said, said[::-1]))
    if name in LINKS_ABOVE:
        assert sorted(expected) == sorted(next(orders))
        assert " ".join(said[0]).endswith(" ".join(expected[-20:]))
        assert " ".join(said[-1]) in " ".join(expected)
    else:
        assert expected in orders


def _tail(mark: re.Match[str]) -> str:
    """Words of a heading that are no whole time, and so stay."""
    kept = re.search(r"(Monday 25th|Friday 22th|2024-09-10)\]", mark[0])
    return kept[1] if kept else ""


def test_no_tag_shows() -> None:
    """No report shows an HTML tag or comment as text, but for what the source itself shows so."""
    for name, (_, data) in records().items():
        for report in data.get("reports", []):
            shown = " ".join(
                _words(re.sub(r"<(pre|code)>.*?</\1>", "", markdown_to_html(report["text"]), flags=re.DOTALL))
            )
            tags = re.findall(r"</?[a-z][\w.-]*[^<>]*>|<!--|-->", shown)
            assert tags in ([], ["<repo.jenkins-ci.org>"]) or name == LINK_IN_BRACKETS, name


def test_reports_are_in_the_order_of_time() -> None:
    """No report of any record is dated before the one before it."""
    kinds: Counter[str] = Counter()
    for _, data in records().values():
        times = [datetime.fromisoformat(report["at"]) for report in data["reports"]]
        assert times == sorted(times)
        kinds.update(report["kind"] for report in data["reports"])
    assert kinds == {"start": 297, "interim": 37, "completion": 174}


def test_a_second_import_changes_nothing() -> None:
    """With the components of the first in the site, the second gives the same bytes and adds none."""
    existing = [ExistingComponent(id=made.id, names=(made.name,)) for made in imported().components]
    config, issues = sources()
    second = import_cstate(config, issues[::-1], existing_components=existing, languages=("en", "ja"), timezone="UTC")
    assert dict(second.files) == dict(imported().files)
    assert (second.components, second.components_yaml) == ((), "")


def test_the_entries_alone_are_enough() -> None:
    """Without config.yml the same 297 records come out, and a component for every system they name."""
    alone = import_cstate(None, sources()[1], languages=("en", "ja"), timezone="UTC")
    assert set(alone.files) == set(imported().files)
    named = {key for text in alone.files.values() for key in load_foreign(text).get("components", {})}  # type: ignore[union-attr]
    assert named == {made.id for made in alone.components}


def test_each_undeclared_system_is_one_component() -> None:
    """Names that differ in case, dashes or dots are one; 14 are declared, 72 are not."""
    groups = Counter(made.group for made in imported().components)
    assert groups == {"": 14, "Imported": 72}
    ids = [made.id for made in imported().components]
    assert len(ids) == len(set(ids))
    assert {"artifact-caching-proxy", "github-comment-ops", "release-ci-jenkins-io"} <= set(ids)


def test_imported_history_promises_nothing() -> None:
    """Nobody made a promise when these were written: the record counts none, and says how many it leaves out."""
    document, _ = read_document("site.yaml", SITE)
    assert document is not None
    site, problems = decode(document, Site, None)
    assert site is not None, problems
    policy = Policy.model_validate(
        {"from": "2010-01-01", "minor": {"first": "5m", "every": "5m", "completion": "1h", "cause": "1bd"}}
    )
    terms, now = Terms(Settings(site=site, policies=(policy,))), datetime(2026, 11, 22, tzinfo=UTC)
    states = []
    for path, text in imported().files.items():
        kind = MatterKind.MAINTENANCE if path.startswith("maintenance/") else MatterKind.INCIDENT
        document, _ = read_document(path, text.encode() if isinstance(text, str) else text)
        assert document is not None
        record, problems = decode(document, RECORD_TYPES[kind], site.zone)
        assert record is not None, problems
        entry = Entry(id=path.rpartition("/")[2].removesuffix(".yaml"), kind=kind, path=path, record=record)
        states.append(fold(entry, now, terms, document.place))
    assert [promise for state in states for promise in state.promises] == []
    record_of_trust = track_record(states, now, site.zone)
    assert (record_of_trust.imported, record_of_trust.months) == (297, ())
    assert take_snapshot(Settings(site=site), states, now).owed == ()
