"""The import of a whole cState log: records, components, refusals, and that a second import changes nothing."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noroshi.importers import ExistingComponent, Import, SourceFile, import_cstate
from noroshi.importers.anomalies import RULES
from noroshi.yamlsource.foreign import load_foreign

CONFIG = """
languageCode: en-GB
baseURL: https://status.example.com/
params:
  categories: [{name: Core}, {name: Rest, untitled: true}]
  systems:
    - {name: get.example.com, category: Core, description: Downloads}
    - {name: API, category: Rest}
"""
FRONT = "title: {title}\ndate: {date}\nresolved: true\nresolvedWhen: {ended}\nseverity: {severity}\nsection: issue\n"


def issue(name: str = "2024-01-02-down.md", body: str = "It is down.", more: str = "", **facts: str) -> SourceFile:
    """An entry; ``facts`` override title, date, ended and severity."""
    defaults = {"title": "Down", "date": "2024-01-02T10:00:00Z", "ended": "2024-01-02T11:00:00Z", "severity": "down"}
    matter = FRONT.format(**(defaults | facts))
    return SourceFile(path=f"issues/{name}", data=f"---\n{matter}{more}---\n{body}".encode())


def run(*issues: SourceFile, config: str | None = CONFIG, **options: Any) -> Import:
    """An import of some entries."""
    source = None if config is None else SourceFile(path="config.yml", data=config.encode())
    return import_cstate(source, issues, **options)


def record(result: Import) -> Any:
    """The data of the only record."""
    (text,) = result.files.values()
    return load_foreign(text)


def rules(result: Import) -> list[tuple[int, str]]:
    """Line and rule of each finding."""
    return [(found.line, found.rule) for found in result.anomalies]


def test_an_outage_becomes_an_incident() -> None:
    """Front matter and body arrive in the record's fields, in the order in which people write them."""
    result = run(issue(body="[Final message]\nBack.\n\n[Initial message]\nIt is down.", more="affected: [API]\n"))
    assert dict(result.files) == {
        "incidents/2024/2024-01-02-down.yaml": (
            "title: Down\nseverity: major\ncomponents:\n  api: major_outage\nstarted_at: 2024-01-02T10:00+00:00\n"
            "reports:\n  - kind: start\n    at: 2024-01-02T10:00+00:00\n    text: It is down.\n"
            "  - kind: completion\n    at: 2024-01-02T11:00+00:00\n    text: Back.\n"
            "imported:\n  from: cstate\n  source: 2024-01-02-down.md\n  resolved_at: 2024-01-02T11:00+00:00\n"
        )
    }
    assert result.anomalies == ()


def test_planned_work_becomes_maintenance() -> None:
    """Its window is from date to resolvedWhen; its components are under maintenance in it."""
    data = record(run(issue(title="Database upgrade", severity="notice", more="affected: [API]\n")))
    assert data["window"] == {"from": "2024-01-02T10:00+00:00", "until": "2024-01-02T11:00+00:00"}
    assert data["components"] == {"api": "under_maintenance"}
    assert "severity" not in data
    assert "started_at" not in data


def test_a_notice_before_the_window_is_one() -> None:
    """An opening heading with a time before the window makes the first report a notice at that time."""
    data = record(run(issue(title="Upgrade", body="[Initial message - 2024-01-01 09:00 UTC]\nTomorrow.")))
    assert data["reports"][0]["kind"] == "notice"
    assert data["reports"][0]["at"] == "2024-01-01T09:00+00:00"


@pytest.mark.parametrize(
    ("severity", "more", "expected"),
    [
        ("down", "", ("major", "major_outage")),
        ("disrupted", "", ("minor", "partial_outage")),
        ("notice", "", ("none", "operational")),
        ("terrible", "", ("none", "operational")),
        ("down", "informational: true\n", ("none", "operational")),
    ],
)
def test_severities(severity: str, more: str, expected: tuple[str, str]) -> None:
    """cState's three severities have theirs here; an unknown one and an informational entry count as notices."""
    result = run(issue(severity=severity, more=f"{more}affected: [API]\n"))
    data = record(result)
    assert (data["severity"], data["components"]["api"]) == expected
    assert ((6, "severity") in rules(result)) == (severity == "terrible")


def test_an_entry_that_ends_before_it_starts() -> None:
    """The end is kept as the source has it, no report is dated back to it, and the record says what is wrong."""
    result = run(issue(body="[Final]\nb\n\n[Initial]\na", ended="2024-01-01T10:00:00Z"))
    data = record(result)
    assert data["imported"]["resolved_at"] == "2024-01-01T10:00+00:00"
    assert [report["at"] for report in data["reports"]] == ["2024-01-02T10:00+00:00"] * 2
    assert rules(result) == [(5, "ends-before-start"), (10, "report-time")]
    assert "before its start" in data["imported"]["anomalies"][1]


def test_times_without_an_offset_are_read_in_hugos_zone() -> None:
    """The configuration's timeZone comes first, then the zone given; the record names the one that was used."""
    entry = issue(date="2024-01-02 10:00:00")
    for config, zone, at in (
        (CONFIG, "UTC", "2024-01-02T10:00+00:00"),
        (CONFIG, "Asia/Tokyo", "2024-01-02T10:00+09:00"),
        (CONFIG + "timeZone: Europe/Paris\n", "Asia/Tokyo", "2024-01-02T10:00+01:00"),
    ):
        result = run(entry, config=config, timezone=zone)
        assert record(result)["started_at"] == at
        assert (3, "no-offset") in rules(result)


def test_open_and_unended_entries() -> None:
    """What its source did not close is not closed here; what it closed without a time ends at the last one known."""
    still = dataclasses.replace(issue(), data=issue().data.replace(b"resolved: true", b"resolved: false"))
    assert "resolved_at" not in record(run(still))["imported"]
    unended = run(issue(ended="", body="[Update 2024-01-02 10:30 UTC]\nb\n\n[Initial]\na"))
    assert record(unended)["imported"]["resolved_at"] == "2024-01-02T10:30+00:00"
    assert (5, "no-end") in rules(unended)
    planned = record(run(issue(ended="soon", title="Upgrade")))
    assert "window" not in planned


def test_updates_never_run_backwards() -> None:
    """An update dated before the one before it takes that one's time, and both the finding and the record say so."""
    body = "[Final]\nd\n\n[Update 2024-01-02 09:00 UTC]\nc\n\n[Update 2024-01-02 12:00 UTC]\nb\n\n[Initial]\na"
    result = run(issue(body=body))
    times = [report["at"] for report in record(result)["reports"]]
    assert times == [f"2024-01-02T{clock}+00:00" for clock in ("10:00", "12:00", "12:00", "12:00")]
    assert [rule for _, rule in rules(result)] == ["report-order", "report-order"]


def test_systems_become_components_with_one_id_for_all_spellings() -> None:
    """Case, dashes, dots and spaces make no new component; the undeclared ones are made and said once."""
    result = run(
        issue("a.md", more="affected:\n  - Get.example-com\n  - irc bot\n  - irc-bot\n  - nothing\n"),
        issue("b.md", more="affected: [irc bot, 障害窓口, v1.2, v12]\n"),
    )
    first, second = map(load_foreign, result.files.values())
    hashed = next(component.id for component in result.components if component.name == "障害窓口")
    assert list(first["components"]) == ["get-example-com", "irc-bot"]  # type: ignore[call-overload]
    assert list(second["components"]) == ["irc-bot", hashed, "v1-2", "v12"]  # type: ignore[call-overload]
    assert hashed.startswith("component-")
    assert [(found.path[-4:], found.line, found.rule) for found in result.anomalies] == [
        ("a.md", 9, "similar-name"),
        ("a.md", 10, "undeclared-system"),
        ("a.md", 11, "similar-name"),
        ("a.md", 12, "no-system"),
        *[("b.md", 8, "undeclared-system")] * 3,
    ]
    assert [(made.name, made.group, made.description) for made in result.components[:2]] == [
        ("get.example.com", "Core", "Downloads"),
        ("API", "", ""),
    ]
    assert load_foreign(result.components_yaml)[2]["group"] == "Imported"  # type: ignore[index,call-overload]


def test_a_second_import_changes_nothing() -> None:
    """With the first import's components in the site, in any order, the same bytes come out and no component."""
    sources = [issue(f"{n}.md", more=f"affected: [irc bot, API, x{n}, X-{n}]\n") for n in range(4)]
    first = run(*sources)
    existing = [ExistingComponent(id=made.id, names=(made.name,)) for made in first.components]
    second = run(*reversed(sources), existing_components=existing)
    assert dict(second.files) == dict(first.files)
    assert second.components == ()
    assert second.components_yaml == ""
    assert second.anomalies == first.anomalies


def test_components_of_the_site_are_used_by_name_or_id() -> None:
    """A component that people made before, under whatever id, is the one that records name."""
    existing = [ExistingComponent(id="download", names=("ダウンロード", "GET.example.com"))]
    result = run(issue(more="affected: [get.example.com]\n"), existing_components=existing)
    assert list(record(result)["components"]) == ["download"]
    assert "get.example.com" not in [made.name for made in result.components]


def test_record_ids_are_usable_and_unique() -> None:
    """Dots become dashes, clashes get a number, device names and foreign letters a word before or in place of them."""
    names = ["a.b.md", "a-b.md", "A_b.md", "con.md", "障害.md", "deep/index.md"]
    result = run(*(issue(name) for name in names))
    stems = sorted(path.split("/")[-1] for path in result.files)
    hashed = stems[-2]
    assert stems == ["A-b.yaml", "a-b-2.yaml", "a-b-3.yaml", "deep.yaml", hashed, "imported-con.yaml"]
    assert re.fullmatch(r"imported-[0-9a-f]{8}\.yaml", hashed)
    assert sum(found.rule == "id" for found in result.anomalies) == 4


@pytest.mark.parametrize(
    ("data", "line", "rule"),
    [
        (b"", 1, "empty-file"),
        (b" \n\n", 1, "empty-file"),
        (b"no front matter", 1, "no-front-matter"),
        (b"---\ntitle: x\n", 1, "no-front-matter"),
        (b"---\ntitle: x\ndate: [1\n---\n", 4, "bad-front-matter"),
        (b"---\ntitle: a\ntitle: b\n---\n", 3, "bad-front-matter"),
        (b"---\n- a\n---\n", 2, "bad-front-matter"),
        (b"+++\ntitle = \n+++\n", 2, "bad-front-matter"),
        (b'{"title": }', 1, "bad-front-matter"),
        (b"---\ntitle: x\n---\n", 1, "no-date"),
        (b"---\ntitle: x\ndate: soon\n---\n", 3, "no-date"),
        ("---\ntitle: 障害\n---\n".encode("cp932"), 2, "not-utf-8"),
        ("---\ntitle: x\n---\n".encode("utf-16"), 1, "not-utf-8"),
        (b"---\n" + b"x" * 2**20, 1, "too-large"),
        (b"---\n---\n", 1, "no-date"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line_and_the_rest_arrives(data: bytes, line: int, rule: str) -> None:
    """One broken file is one finding at its line; the others are imported."""
    result = run(SourceFile(path="issues/broken.md", data=data), issue())
    assert [(found.path, found.line, found.rule) for found in result.anomalies] == [("issues/broken.md", line, rule)]
    assert len(result.files) == 1
    assert result.counts["refused"] == 1


def test_other_front_matters_and_line_ends_give_the_same_record() -> None:
    """TOML, JSON, CRLF and a byte order mark are notation only."""
    plain = record(run(issue(more="affected: [API]\n")))
    facts = {
        "title": "Down",
        "date": "2024-01-02T10:00:00Z",
        "resolvedWhen": "2024-01-02T11:00:00Z",
        "severity": "down",
    }
    toml = "".join(f'{key} = "{value}"\n' for key, value in facts.items() if key != "date")
    toml = f"+++\n{toml}date = {facts['date']}\nresolved = true\naffected = ['API']\n+++\nIt is down."
    json = "{" + ", ".join(f'"{key}": "{value}"' for key, value in facts.items())
    json += ', "resolved": true, "affected": ["API"]}\n\nIt is down.'
    windows = b"\xef\xbb\xbf" + issue(more="affected: [API]\n").data.replace(b"\n", b"\r\n")
    for data in (toml.encode(), json.encode(), windows):
        assert record(run(SourceFile(path="issues/2024-01-02-down.md", data=data))) == plain


def test_drafts_and_list_pages_are_left_out_and_said() -> None:
    """What Hugo never published does not arrive; it is counted apart from what was refused."""
    result = run(issue(more="draft: true\n"), SourceFile(path="issues/_index.md", data=b"---\ntitle: x\n---\n"))
    assert result.files == {}
    assert [found.rule for found in result.anomalies] == ["draft", "section-index"]
    assert result.counts["left_out"] == 2


def test_keys_without_a_place_are_said() -> None:
    """Aliases, pins and the like are named with their line, and nothing of them is in the record."""
    result = run(issue(more="aliases: [/old]\npin: true\n"))
    assert rules(result) == [(8, "key-left-out"), (9, "key-left-out")]


def test_texts_carry_their_language_where_it_is_not_the_sites_first() -> None:
    """An English log in a Japanese site keeps its language; one in a language the site lacks is said."""
    data = record(run(issue(ended="2023-01-01T00:00:00Z"), languages=("ja", "en")))
    assert data["title"] == {"en": "Down"}
    assert data["reports"][0]["text"] == {"en": "It is down."}
    assert set(data["imported"]["anomalies"][0]) == {"ja", "en"}
    alone = run(issue(), languages=("ja",))
    assert record(alone)["title"] == "Down"
    assert rules(alone) == [(1, "language")]


def test_a_folder_without_a_configuration_is_enough() -> None:
    """Without config.yml every system named becomes a component, and none is called undeclared."""
    result = run(issue(more="affected: [get.example.com]\n"), config=None)
    assert [made.id for made in result.components] == ["get-example-com"]
    assert result.anomalies == ()


@pytest.mark.parametrize("config", ["", "a: [", "- 1", "params: 3", "params: {systems: [x, {description: y}]}"])
def test_a_broken_configuration_stops_nothing(config: str) -> None:
    """Whatever is wrong with config.yml, the entries arrive."""
    assert len(run(issue(), config=config).files) == 1


def test_a_modeline_only_where_a_schema_is_given() -> None:
    """Editors find the schema from the first line of each file, if the caller says where it is."""
    (text,) = run(issue(), schemas={"incidents": "../../schema/incident.json"}).files.values()
    assert text.startswith("# yaml-language-server: $schema=../../schema/incident.json\ntitle: Down\n")


def test_control_characters_do_not_arrive() -> None:
    """Characters that no page or feed can hold are left out, each said with its line."""
    result = run(issue(title='"D\\x07own"', body="a\x08b\n\nc\u2028d"))
    assert record(result)["title"] == "Down"
    assert record(result)["reports"][0]["text"] == "ab\n\ncd"
    assert [rule for _, rule in rules(result)] == ["control-character"] * 3


@given(
    body=st.text(alphabet="[]Update InitalFe-:*#\n<>!`{}%=12w", max_size=120),
    title=st.text(max_size=20),
    date=st.sampled_from(["2024-01-02", "2024-01-02 10:00", "x", "[1]", "{a: b}", ""]),
    affected=st.lists(st.text(max_size=8), max_size=3),
)
@settings(max_examples=200, deadline=None)
def test_no_entry_raises(body: str, title: str, date: str, affected: list[str]) -> None:
    """Any front matter and body is imported or refused, and every finding is of a rule in the table."""
    listed = "".join(f"  - {name!r}\n" for name in affected)
    data = f"---\ntitle: {title!r}\ndate: {date}\nresolved: yes\naffected:\n{listed}---\n{body}"
    result = import_cstate(None, [SourceFile(path="2024-05-06-x.md", data=data.encode("utf-8", "replace"))])
    assert result.counts["refused"] + len(result.files) == 1
    assert {found.rule for found in result.anomalies} <= set(RULES)
    assert all(found.line >= 1 for found in result.anomalies)
