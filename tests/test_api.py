"""Our own API: every document fits the published schema, tells all that its readers may know, and leads somewhere."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from jsonschema import Draft202012Validator
from pydantic import BaseModel

from command_line import noroshi
from noroshi.endpoints import API, API_COMPONENTS, API_INDEX, API_RECORD, API_SCHEMA
from noroshi.records import base, look, matters, reports, settings, site
from noroshi.snapshot.audience import INTERNAL, PUBLIC, Audience
from noroshi.snapshot.matter.actions import ActionStanding
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.site import ComponentState
from noroshi.snapshot.state import Estimate, Impact, Meeting, State
from noroshi.snapshot.track_record.figures import Figures
from noroshi.writers import field_notes
from noroshi.writers.api import (
    fact_shapes,
    list_shapes,
    matter_shapes,
    promise_shapes,
    record_shapes,
    report_shapes,
    site_shapes,
)
from noroshi.writers.api.schema import DOCUMENTS, make_schema, write_schema
from page_bodies import STORY, Site, load_site
from real_program import NOW, ROOT, environment
from real_program import noroshi as start_noroshi
from served_site import SITES

NIGHT = datetime.fromisoformat("2026-06-18T22:10+09:00")
LATER = datetime.fromisoformat(NOW)
Document = dict[str, Any]


@cache
def schema() -> Document:
    """The published schema."""
    return make_schema()


@cache
def checker(definition: str) -> Draft202012Validator:
    """What checks one kind of object, so that it tells at once what is wrong with it."""
    return Draft202012Validator({"$ref": f"#/$defs/{definition}", "$defs": schema()["$defs"]})


def documents(built: Site) -> dict[str, Document]:
    """The API's documents of a site, by file."""
    found = built.outputs()
    return {file: json.loads(found[file]) for file in found if file.startswith(API) and file != API_SCHEMA}


@cache
def told(root: Path, now: datetime, audience: Audience = PUBLIC) -> dict[str, Document]:
    """The API's documents of a site's folder at a time."""
    return documents(load_site(root, now, audience))


@pytest.fixture(scope="module")
def root(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site of SITES, by its name."""
    return SITES[request.param](tmp_path_factory.mktemp(request.param) / "site")


def every(name: str) -> Any:
    return pytest.param(name, marks=pytest.mark.slow) if name == "jenkins" else name


def check(found: Mapping[str, Document]) -> None:
    """Every document is one of the schema's, of the kind that it says."""
    for file, document in found.items():
        wrong = [
            f"{file}: {list(error.absolute_path)}: {error.message[:300]}"
            for error in checker(DOCUMENTS[document["document"]].__name__).iter_errors(document)
        ]
        assert wrong == []


def test_the_schema_is_one() -> None:
    """It keeps to its own dialect, tells of every object what it is, and closes every object that has fixed keys."""
    Draft202012Validator.check_schema(schema())
    assert schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    for name, definition in schema()["$defs"].items():
        assert definition["description"], name
        if "properties" in definition:
            assert definition["additionalProperties"] is False, name
            assert definition["required"] == list(definition["properties"]), name


@pytest.mark.parametrize("root", [every(name) for name in SITES], indirect=True)
@pytest.mark.parametrize("audience", [PUBLIC, INTERNAL], ids=lambda audience: audience.word)
def test_every_document_fits_the_schema(root: Path, audience: Audience) -> None:
    """Of the example, an empty site, one full of naughty strings and six years of Jenkins, for whoever reads."""
    found = told(root, LATER, audience)
    check(found)
    assert len(found) > 3


def test_a_document_fits_as_a_whole() -> None:
    """The schema, as it is published, takes each document as one of the kinds that there are, and no other."""
    whole = Draft202012Validator(schema())
    found = told(ROOT, LATER, INTERNAL)
    kinds = {document["document"]: document for document in found.values()}
    assert set(kinds) == {*DOCUMENTS}
    for document in kinds.values():
        assert list(whole.iter_errors(document)) == []
    assert list(whole.iter_errors(kinds["index"] | {"document": "record"})) != []


def rules(schema: Document) -> Any:
    """What a schema asks: all but its words. A key of a shape may be called ``description``, too, and is none."""
    return {
        name: without_words({key: part for key, part in each.items() if key != "properties"})
        | {"properties": {key: without_words(part) for key, part in each.get("properties", {}).items()}}
        for name, each in schema["$defs"].items()
    }


def without_words(value: Any) -> Any:
    """A part of a schema without what it says to people."""
    if isinstance(value, dict):
        return {key: without_words(part) for key, part in value.items() if key != "description"}
    return [without_words(part) for part in value] if isinstance(value, list) else value


def test_a_program_without_its_source_publishes_the_same_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """The words for people stand in the source. Where that is missing the site is built, and the schema lacks them."""
    told_with = json.loads(write_schema())

    def missing(module: object) -> str:
        raise OSError("could not get source code")

    field_notes._written.cache_clear()
    monkeypatch.setattr("noroshi.writers.field_notes.inspect.getsource", missing)
    told_without = json.loads(write_schema())
    assert told_without != told_with
    assert rules(told_without) == rules(told_with)


def objects(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where the objects in a document are."""
    if isinstance(value, dict):
        yield place
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from objects(part, (*place, key))


def at(document: Document, place: tuple[Any, ...]) -> Any:
    found: Any = document
    for key in place:
        found = found[key]
    return found


def test_the_schema_notices() -> None:
    """A key that it does not know is refused wherever it stands, and so is the loss of one that it knows."""
    for file, document in told(STORY, LATER).items():
        if "/history/" in file or "/commitments/" in file:
            continue
        check_one = checker(DOCUMENTS[document["document"]].__name__)
        for place in objects(document):
            more = deepcopy(document)
            at(more, place)["!"] = 1
            assert not check_one.is_valid(more), (file, place)
        for key in document:
            assert not check_one.is_valid({name: value for name, value in document.items() if name != key}), (file, key)


def test_the_schema_notices_wrong_values() -> None:
    """A time with an offset, a local time, an unknown word, a number for a word: none of them passes."""
    (document,) = [each for file, each in told(STORY, LATER).items() if file.endswith("/2026-06-18-staging-down.json")]
    for place, wrong in (
        (("state", "began_at"), "2026-06-18T21:40:00+09:00"),
        (("state", "began_at"), "2026-06-18T21:40"),
        (("state", "severity"), "huge"),
        (("matter", "phase"), None),
        (("reports", 0, "number"), "1"),
        (("reports", 0, "text"), "words"),
        (("reports", 0, "text"), {}),
        (("promises", 0, "owed"), 0),
        (("actions", 0, "dues"), ["tomorrow"]),
        (("matter", "url"), "javascript:alert(1)"),
    ):
        changed = deepcopy(document)
        at(changed, place[:-1])[place[-1]] = wrong
        assert not checker("IncidentDocument").is_valid(changed), place


# What of the records no document tells, and why.
UNTOLD = {
    "Imported.source": "the name of a file of the house",
    "Incident.reports": "stands beside the facts",
    "Maintenance.reports": "stands beside the facts",
    "Commitment.reports": "stands beside the facts",
    "Client.components": "nobody's but the house's: what is owed to them is told",
    "Client.policy": "nobody's but the house's: what follows from it is told as promises",
    "Site.format": "of the content, not of the API",
    "Site.holidays": "how due times are reckoned: they are told themselves",
    "Site.quiet_hours": "how due times are reckoned: they are told themselves",
    "Site.calendars": "of the house",
    "Site.look": "how the pages look",
    "Site.websub_hub": "the feeds tell it",
    "Repository.show_history": "where it says no, nothing is told of it",
}
SHAPES: Mapping[type[BaseModel], type] = {
    base.Window: dict,
    base.Edited: report_shapes.Edited,
    base.Withdrawn: report_shapes.Withdrawn,
    base.Imported: fact_shapes.Imported,
    matters.Detection: fact_shapes.Detection,
    matters.Incident: fact_shapes.IncidentFacts,
    matters.Agreement: fact_shapes.Agreement,
    matters.Emergency: fact_shapes.Emergency,
    matters.Maintenance: fact_shapes.MaintenanceFacts,
    matters.KeepClear: fact_shapes.KeepClear,
    matters.Commitment: fact_shapes.CommitmentFacts,
    reports.UnknownRecovery: report_shapes.UnknownRecovery,
    reports.Cause: report_shapes.Cause,
    reports.Action: report_shapes.AnnouncedAction,
    reports.Progress: report_shapes.Progress,
    reports.IncidentReport: report_shapes.IncidentReport,
    reports.MaintenanceReport: report_shapes.MaintenanceReport,
    reports.CommitmentReport: report_shapes.CommitmentReport,
    settings.Component: site_shapes.Component,
    settings.Client: site_shapes.Client,
    site.Contacts: site_shapes.Contacts,
    site.Site: site_shapes.SiteFacts,
}
UNTOLD_RECORDS = {
    *(settings.PromiseTimes, settings.MaintenanceTimes, settings.Policy, settings.ClientPolicy),  # promises follow
    *(settings.Risk, settings.Trigger),  # the house's
    *(site.QuietHours, site.Calendar, look.Look),
    *(site.Identity, site.Repository),  # one value each: `guid` and `repository` of the site
}
RENAMED = {"Site.id": "guid"}


def models(kind: Any, seen: set[type[BaseModel]]) -> None:
    """Every model that a type leads to."""
    if isinstance(kind, type) and issubclass(kind, BaseModel) and kind not in seen:
        seen.add(kind)
        for each in kind.model_fields.values():
            models(each.annotation, seen)
    for part in getattr(kind, "__args__", ()):
        models(part, seen)


def test_every_field_is_told_or_known_to_be_left_out() -> None:
    """A field that is added to what people write has to be decided upon: is it published, or why is it not?"""
    found: set[type[BaseModel]] = set()
    for kind in (site.Site, *settings.LISTS.values(), matters.Incident, matters.Maintenance, matters.Commitment):
        models(kind, found)
    assert found == {*SHAPES, *UNTOLD_RECORDS}
    used = set()
    for model, shape in SHAPES.items():
        keys = {"from", "until"} if shape is dict else get_type_hints(shape)
        for name in model.model_fields:
            field = f"{model.__name__}.{name}"
            if field in UNTOLD:
                used.add(field)
            else:
                assert RENAMED.get(field, name.rstrip("_")) in keys, field
    assert used | {"Repository.show_history"} == {*UNTOLD}


def test_every_fact_that_follows_is_told() -> None:
    """The same for what is made of the records: states, promises, actions, components and the record's figures."""

    def fields(kind: Any) -> set[str]:
        return set(getattr(kind, "_fields", ())) or {each.name for each in dataclasses.fields(kind)}

    state = set(get_type_hints(matter_shapes.State))
    beside = {"id", "kind", "title", "phase", "path", "reports", "promises", "actions"}
    facts = {"client", "visibility", "emergency", "consents"}
    steps = {"outlooks", "slots", "settled", "from_calendar", "gist", "mended"}
    assert fields(State) - beside - facts - steps == state - {"open", "planned_clear"} | {"clear"}
    promise = set(get_type_hints(promise_shapes.Promise))
    renamed = {"to": "client", "named_by": "report", "closed": "owed"}
    assert {renamed.get(each, each) for each in fields(Promise)} - {"matter", "place"} <= promise
    assert fields(ActionStanding) | {"owed", "stage"} == set(get_type_hints(promise_shapes.Action))
    assert fields(Impact) - {"start", "end"} | {"from", "until"} == set(get_type_hints(matter_shapes.Impact))
    assert fields(Estimate) - {"number"} | {"report"} == set(get_type_hints(matter_shapes.Estimate))
    assert fields(Meeting) - {"title", "visibility", "has_page"} == set(get_type_hints(matter_shapes.Meeting))
    record = set(get_type_hints(record_shapes.RecordDocument))
    assert fields(Figures) - {"total", "periods"} < record  # `promises` and `months` there
    assert fields(ComponentState) - {"component", "states"} < set(get_type_hints(site_shapes.Component))
    assert set(get_type_hints(list_shapes.Summary)) - {"expected", "json", "url"} <= state | beside


ONLY_SHOWN = {"path", "kept_clear", "late_seconds", "due_in_seconds", "place", "source"}
"""What `show` tells the house alone, or what grows by itself."""
OTHERWISE = {"client", "title", "problems", "at", "matter"}
"""Clients by their ids, titles in all languages; a page that only an edition has stands there, and not in `show`."""


def agree(ours: Any, theirs: Any, place: str = "") -> None:
    """What stands in both documents is the same in both; nothing but what is known for it stands in `show` alone."""
    if isinstance(theirs, dict):
        for key, value in theirs.items():
            if key in OTHERWISE or (key in ONLY_SHOWN and key not in ours) or (key, value) == ("url", None):
                continue
            assert key in ours, f"{place}.{key}"
            agree(ours[key], value, f"{place}.{key}")
    elif isinstance(theirs, list):
        assert len(ours) == len(theirs), place
        for number, (our, their) in enumerate(zip(ours, theirs, strict=True)):
            agree(our, their, f"{place}.{number}")
    else:
        assert ours == theirs, place


@pytest.mark.parametrize("root", ["example", "naughty"], indirect=True)
def test_one_thing_has_one_name_and_one_shape(root: Path) -> None:
    """What ``noroshi show`` tells of a record under a name, the API tells under the same name, with the same value."""
    compared = 0
    for file, document in deepcopy(told(root, LATER, INTERNAL)).items():
        if document["document"] not in ("incident", "maintenance", "commitment"):
            continue
        ran = noroshi("show", document["matter"]["id"], "--site", root, "--format", "json", "--now", NOW)
        assert ran.code == 0, ran.err
        shown = json.loads(ran.out)
        spoken = [each["withdrawn"] is None for each in document["reports"]]
        for each in (document, shown):
            each["reports"] = [report for report, fine in zip(each["reports"], spoken, strict=True) if fine]
            # `show` does not look for what once threatened a commitment that is over.
            each["promises"] = [promise for promise in each["promises"] if promise["kind"] != "slot_answer"]
        agree(document, shown, file)
        compared += 1
    assert compared >= 5


def test_a_withdrawn_report_says_nothing_more() -> None:
    """Its number, time and kind stay, and why it went; whatever else is still written in it is told nowhere."""
    built = load_site(STORY, LATER)
    entry = built.entries["2026-06-18-staging-down"]
    gone = base.Withdrawn.model_validate({"at": "2026-06-19T10:00+09:00", "reason": "a password"})
    secret = entry.record.reports[3].model_copy(update={"withdrawn": gone})
    record = entry.record.model_copy(update={"reports": (*entry.record.reports[:3], secret, *entry.record.reports[4:])})
    hidden = replace(built, entries={**built.entries, entry.id: replace(entry, record=record)})
    document = documents(hidden)["api/v1/incidents/2026-06-18-staging-down.json"]
    check({"": document})
    report = document["reports"][3]
    kept = {"number", "guid", "url", "kind", "at", "by", "edited", "withdrawn", "corrected_by"}
    assert report["withdrawn"] == {"at": "2026-06-19T01:00:00Z", "reason": {"ja": "a password"}}
    assert {key: value for key, value in report.items() if key not in kept and value} == {}
    before = documents(built)["api/v1/incidents/2026-06-18-staging-down.json"]["reports"][3]
    assert {"text", "confirmed_by", "cause", "actions", "ended_at"} <= {key for key in before if before[key]}


def test_links_lead_somewhere() -> None:
    """Every address of the site in every document is that of a file of the site, and each report is on its page."""
    built = load_site(STORY, LATER)
    pages, outputs = built.pages(), built.outputs()
    start, seen = "https://status.example.com/", 0
    for file, document in documents(built).items():
        for address in re.findall(r'"(https://status\.example\.com/[^"]*)"', json.dumps(document)):
            path, _, anchor = address.removeprefix(start).partition("#")
            path = f"{path}index.html" if path.endswith("/") or not path else path
            assert path in pages or path in outputs, (file, address)
            assert not anchor or f'id="{anchor}"' in pages[path], (file, address)
            seen += 1
    assert seen > 100


def test_the_index_leads_to_everything_that_programs_read() -> None:
    """Feeds and calendars of each language, and the API in Statuspage's shapes; that they are there is tested above."""
    links = told(STORY, LATER)[API_INDEX]["links"]
    start = "https://status.example.com/"
    assert links["statuspage"] == f"{start}api/v2/summary.json"
    assert links["feeds"].keys() == links["calendars"].keys() == {"ja", "en"}
    for language, root in (("ja", start), ("en", f"{start}en/")):
        feeds = links["feeds"][language]
        assert {name: feeds[name] for name in feeds if name != "opml"} == {
            name: {form: f"{root}{path}.{form}" for form in ("rss", "atom", "json")}
            for name, path in (
                ("reports", "feeds/reports"),
                ("matters", "history"),
                ("incidents", "feeds/incidents"),
                ("maintenance", "feeds/maintenance"),
            )
        }
        assert feeds["opml"] == f"{root}feeds/feeds.opml"
        assert links["calendars"][language] == {
            "all": f"{root}calendars/all.ics",
            "maintenance": f"{root}calendars/maintenance.ics",
        }


def test_everything_can_be_reached_from_the_index() -> None:
    """Who follows the links from the index comes to every document."""
    found = told(STORY, LATER)
    pending, reached = [API_INDEX], set[str]()
    while pending:
        file = pending.pop()
        if file not in reached and file in found:
            reached.add(file)
            text = json.dumps(found[file])
            pending += [match[1] for match in re.finditer(r'"https://status\.example\.com/(api/[^"]*)"', text)]
    assert reached == {*found}


def test_time_alone_changes_little() -> None:
    """While nothing falls due, only the index tells another time and, while a component is down, for how long."""
    before, soon = told(ROOT, LATER), told(ROOT, LATER + timedelta(minutes=1))
    assert [file for file in before if before[file] != soon[file]] == [API_INDEX, API_COMPONENTS]
    assert before[API_INDEX] | {"at": ""} == soon[API_INDEX] | {"at": ""}
    quiet = datetime.fromisoformat("2026-05-01T12:00+09:00")
    before, soon = (documents(load_site(ROOT, as_of=quiet + timedelta(minutes=more))) for more in (0, 1))
    assert [file for file in before if before[file] != soon[file]] == [API_INDEX]


def test_texts_stand_by_language_and_as_they_were_written(tmp_path: Path) -> None:
    """Nothing is escaped but what JSON asks for; a text without a language is in the site's first one."""
    found = told(SITES["naughty"](tmp_path / "site"), LATER)
    shut = found["api/v1/incidents/shut.json"]
    assert set(shut["reports"][0]["text"]) == {"ja", "en"}
    assert shut["reports"][0]["text"]["ja"].startswith("text-ja <script>window.pwned=1</script><img src=x")
    assert set(found["api/v1/incidents/long.json"]["facts"]["title"]) == {"ja"}
    assert len(found["api/v1/incidents/long.json"]["facts"]["title"]["ja"]) == 10_000


def test_an_edition_says_for_whom_it_is() -> None:
    """A client's index names the edition, marks the site's name, and tells who they are; their matters are there."""
    public, theirs = told(ROOT, LATER), told(ROOT, LATER, Audience(word="a-sha"))
    assert (public[API_INDEX]["edition"], public[API_INDEX]["clients"]) == (None, [])
    index = theirs[API_INDEX]
    assert index["edition"] == "a-sha"
    assert [client["id"] for client in index["clients"]] == ["a-sha"]
    assert index["site"]["name"]["ja"] != public[API_INDEX]["site"]["name"]["ja"]
    more = {*theirs} - {*public}
    assert any(file.startswith("api/v1/commitments/") for file in more)
    agreed = [each["facts"]["agreements"] for each in theirs.values() if each["document"] == "maintenance"]
    assert {agreement["client"] for each in agreed for agreement in each} == {"a-sha"}
    assert not any(each["facts"]["agreements"] for each in public.values() if each["document"] == "maintenance")


def test_no_figure_of_fewer_than_three_cases() -> None:
    """At any time of the example's story, each figure stands on three cases at least, or is not there."""
    shown = 0
    for day in range(0, 232, 21):
        built = load_site(ROOT, as_of=datetime.fromisoformat("2026-04-05T12:00+09:00") + timedelta(days=day))
        record = documents(built)[API_RECORD]
        for place in objects(record):
            each = at(record, place)
            cases = [sum(each.values())] if set(each) == {"met", "late", "missed"} else []
            cases += [each[key] for key in ("cases", "whole") if key in each]
            assert all(number >= 3 for number in cases), (day, place, each)
            shown += len(cases)
        assert sum(sum(month["promises"].values()) for month in record["months"]) in (
            0,
            sum((record["promises"] or {}).values()),
        )
    assert shown > 50


def test_what_a_small_incident_is(tmp_path: Path) -> None:
    """The whole document, byte for byte: it is compact, in one order, and ends in a line end."""
    content = tmp_path / "content"
    (content / "incidents").mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n", "utf-8")
    (content / "site.yaml").write_text(
        "format: 1\nid: {tag: status.example.com, since: 2026-04-01}\nname: Status\n"
        "url: https://status.example.com/here\ntimezone: Asia/Tokyo\nlanguages: [ja, en]\n",
        "utf-8",
    )
    (content / "components.yaml").write_text("- {id: db, name: DB}\n", "utf-8")
    (content / "incidents/down.yaml").write_text(
        "title: 停止\nseverity: major\ncomponents: {db: major_outage}\nstarted_at: 2026-06-18T21:40+09:00\nreports:\n"
        "  - {kind: start, at: 2026-06-18T21:52+09:00, text: {ja: 停止, en: '**Down**'}, "
        "recovery: 2026-06-18T23:00+09:00}\n",
        "utf-8",
    )
    root = "https://status.example.com/here/"
    page = f"{root}incidents/down/"
    guid = "tag:status.example.com,2026-04-01:down"
    report = {
        "number": 1,
        "guid": f"{guid}/1",
        "url": f"{page}#report-1",
        "kind": "start",
        "at": "2026-06-18T12:52:00Z",
        "by": None,
        "text": {"ja": "停止", "en": "**Down**"},
        "edited": None,
        "withdrawn": None,
        "corrects": [],
        "corrected_by": [],
        "ended_at": None,
        "next_report": None,
        "components": {},
        "started_at": None,
        "not_affected": None,
        "confirmed_by": None,
        "lasting_effects": None,
        "cause": None,
        "actions": [],
        "severity": None,
        "workaround": None,
        "recovery": "2026-06-18T14:00:00Z",
        "recovered_at": None,
        "undetected_because": None,
        "caused_by": None,
    }
    document = {
        "$schema": f"{root}api/v1/schema.json",
        "format": 1,
        "document": "incident",
        "matter": {
            "id": "down",
            "kind": "incidents",
            "title": {"ja": "停止"},
            "url": page,
            "json": f"{root}api/v1/incidents/down.json",
            "phase": "ongoing",
            "guid": guid,
            "pages": {"ja": page, "en": f"{root}en/incidents/down/"},
        },
        "facts": {
            "title": {"ja": "停止"},
            "severity": "major",
            "components": {"db": "major_outage"},
            "caused_by": None,
            "started_at": "2026-06-18T12:40:00Z",
            "detected": None,
            "not_affected": None,
            "imported": None,
        },
        "reports": [report],
        "state": {
            "open": True,
            "severity": "major",
            "began_at": "2026-06-18T12:40:00Z",
            "detected_at": None,
            "started_at": "2026-06-18T12:40:00Z",
            "recovered_at": None,
            "ended_at": None,
            "updated_at": "2026-06-18T12:52:00Z",
            "window": None,
            "moved_from": [],
            "planned_clear": None,
            "estimates": [
                {"report": 1, "said_at": "2026-06-18T12:52:00Z", "expected": "2026-06-18T14:00:00Z", "answer_by": None}
            ],
            "components": ["db"],
            "impacts": [{"from": "2026-06-18T12:40:00Z", "until": None, "component": "db", "level": "major_outage"}],
            "caused_by": None,
            "detected_by": None,
            "result": None,
            "outcome": None,
            "settlement": None,
            "meets": [],
            "imported": False,
            "lacking": [],
        },
        "promises": [],
        "actions": [],
        "related": {"cause": None, "caused": [], "threats": []},
    }
    data = load_site(tmp_path, NIGHT).outputs()["api/v1/incidents/down.json"]
    assert data == (json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def test_the_manual_names_every_document_and_key() -> None:
    """docs/api.md has every document with its path, and every key of the schema; it names no key that is gone."""
    text = (ROOT / "docs" / "api.md").read_text("utf-8")
    keys = {key for each in schema()["$defs"].values() for key in each.get("properties", ())}
    assert sorted(key for key in keys if f"`{key}`" not in text) == []
    rows = {key for line in text.splitlines() if line.startswith("| `") for key in _first_cell(line)}
    assert sorted(rows - keys) == []
    for word in DOCUMENTS:
        assert f"`{word}`" in text


def _first_cell(line: str) -> list[str]:
    return re.findall(r"`([$\w]+)`", line.split(" | ")[0])


@pytest.mark.slow
def test_a_document_that_is_gone_is_made_again(tmp_path: Path) -> None:
    """Though its pages stand; and a build that changes nothing writes none."""
    folder = SITES["example"](tmp_path / "site")
    given = ("build", "--site", folder, "--out", tmp_path / "out", "--cache", tmp_path / "cache", "--now", NOW)
    start_noroshi(*given, cwd=tmp_path, env=environment(tmp_path))
    place = tmp_path / "out" / "api/v1/incidents/2026-06-18-staging-down.json"
    before = place.read_bytes()
    other = (tmp_path / "out" / "api/v1/incidents/2026-07-14-ci-stopped.json").stat().st_mtime_ns
    place.unlink()
    start_noroshi(*given, cwd=tmp_path, env=environment(tmp_path))
    assert place.read_bytes() == before
    assert (tmp_path / "out" / "api/v1/incidents/2026-07-14-ci-stopped.json").stat().st_mtime_ns == other
    check({"": json.loads(before)})
