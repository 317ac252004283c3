"""The editors' schemas: they know what the reader knows, and flag nothing that it takes."""

from __future__ import annotations

import gettext
import re
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from editor_yaml import as_an_editor_reads
from noroshi.decode import decode, decode_list
from noroshi.records.base import Record
from noroshi.text.wording import CATALOGUES
from noroshi.writers.format_words import japanese
from noroshi.writers.schema import SUBJECTS, make_schema, schema_path, write_schema
from noroshi.yamlsource import read_document

jsonschema = pytest.importorskip("jsonschema")

ROOT = Path(__file__).resolve().parents[1]
FORMAT = ROOT.parent / "shared" / "FORMAT.md"
FOLDERS = {"incidents": "incident", "maintenance": "maintenance", "commitments": "commitment"}
TEMPLATES = ROOT / "content" / "templates"


@cache
def validator(name: str) -> Any:
    """What holds data against a schema."""
    return jsonschema.Draft202012Validator(make_schema(name))


def flaws(name: str, text: str) -> list[str]:
    """What an editor would underline."""
    found = validator(name).iter_errors(as_an_editor_reads(text))
    return [f"{error.json_path}: {error.message}" for error in found]


def refused(name: str, text: str) -> list[str]:
    """What our reader says of the same text."""
    document, problems = read_document("x.yaml", text.encode())
    if document is not None:
        subject = SUBJECTS[name]
        _, found = (decode_list if subject.listing else decode)(document, subject.model, None)  # type: ignore[operator]
        problems += found
    return [str(problem) for problem in problems]


def records_within(kind: Any, found: dict[str, type[Record]]) -> dict[str, type[Record]]:
    """Every record type that a type can hold."""
    if isinstance(kind, type) and issubclass(kind, Record):
        if kind.__name__ not in found:
            found[kind.__name__] = kind
            for field in kind.model_fields.values():
                records_within(field.annotation, found)
        return found
    for part in getattr(kind, "__args__", ()):
        records_within(part, found)
    return found


def properties(name: str) -> dict[str, dict[str, Any]]:
    """By record type, its part of the schema."""
    schema = make_schema(name)
    subject = SUBJECTS[name]
    own = {} if subject.listing else {subject.model.__name__: schema}
    return {key: part for key, part in (schema["$defs"] | own).items() if "properties" in part}


@pytest.mark.parametrize("name", SUBJECTS)
def test_the_example_has_the_newest_schemas(name: str) -> None:
    """content/.schema/ holds what the models say now; 'noroshi schema --write' brings it up to date."""
    assert (ROOT / "content" / schema_path(name)).read_bytes() == write_schema(name), "run: noroshi schema --write"


def test_no_other_schema_lies_there() -> None:
    """A schema that no model makes any more is not shipped."""
    assert {place.name for place in (ROOT / "content" / ".schema").iterdir()} == {
        f"{name}.schema.json" for name in SUBJECTS
    }


@pytest.mark.parametrize("name", SUBJECTS)
def test_a_schema_is_valid_itself(name: str) -> None:
    """Each is a schema of draft 2020-12 whose references all lead somewhere, and nothing in it is unused."""
    schema = make_schema(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    text = write_schema(name).decode()
    assert set(re.findall(r'"#/\$defs/(\w+)"', text)) == set(schema["$defs"])
    assert '"null"' not in text.replace('["array", "null"]', "").replace('"array",\n    "null"', "")


@pytest.mark.parametrize("name", SUBJECTS)
def test_a_schema_has_the_keys_of_its_models(name: str) -> None:
    """Every key as people write it (from, not from_), the same ones needed, and no other taken."""
    parts = properties(name)
    models = records_within(SUBJECTS[name].model, {})
    assert parts.keys() == models.keys()
    for each, model in models.items():
        fields = {field.alias or key: field for key, field in model.model_fields.items()}
        assert parts[each]["properties"].keys() == fields.keys()
        assert set(parts[each].get("required", ())) == {key for key, field in fields.items() if field.is_required()}
        assert parts[each]["additionalProperties"] is False


@pytest.mark.parametrize("name", SUBJECTS)
def test_every_key_is_explained(name: str) -> None:
    """An editor shows words for each key: the key's own or its type's; aliases and inherited keys have theirs."""
    definitions = make_schema(name)["$defs"]
    for each, part in properties(name).items():
        assert part["description"], each
        for key, value in part["properties"].items():
            target = definitions.get(value.get("$ref", "").rsplit("/", 1)[-1], {})
            assert value.get("description") or target.get("description"), f"{each}.{key}"
            assert "``" not in value.get("description", "")


def test_words_come_from_under_the_fields() -> None:
    """The string under a field is its description: of an alias, an inherited key, and a class."""
    incident, policy = make_schema("incident"), make_schema("policy")
    day = policy["$defs"]["Policy"]["properties"]["from"]["description"]
    assert day == "この日の始まりから有効です。\n\nThe day from whose beginning it holds."
    report = incident["$defs"]["IncidentReport"]
    assert report["properties"]["at"]["description"] == "述べた時刻。\n\nWhen it was said."
    assert report["title"] == "Incident report"
    assert incident["properties"]["components"]["description"].endswith("from `started_at` on.")
    assert incident["properties"]["severity"]["default"] == "minor"


def descriptions(node: Any) -> list[str]:
    """Every description of a schema."""
    if isinstance(node, dict):
        own = [node["description"]] if isinstance(node.get("description"), str) else []
        return own + [each for value in node.values() for each in descriptions(value)]
    return [each for value in node for each in descriptions(value)] if isinstance(node, list) else []


def test_all_words_are_japanese_and_english() -> None:
    """Each description has its Japanese above its English, the catalogue no word that is gone, and is compiled."""
    told = {each for name in SUBJECTS for each in descriptions(make_schema(name))}
    pairs = [each.split("\n\n") for each in told]
    assert [pair for pair in pairs if len(pair) != 2 or not re.search("[ぁ-んァ-ヶ一-龠]", pair[0])] == []
    with (CATALOGUES / "ja/LC_MESSAGES/format.po").open("rb") as file:
        catalogue = read_po(file)
    assert {message.id: message.string for message in catalogue if message.id} == {en: ja for ja, en in pairs}
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    made = gettext.GNUTranslations(BytesIO(compiled.getvalue()))
    assert all(japanese(en) == made.gettext(en) for _, en in pairs), "run: pybabel compile -D format …"


def test_words_to_choose_from_say_what_they_are_called() -> None:
    """Beside each word stands what pages call it, in both languages, one for each."""
    severity = make_schema("incident")["$defs"]["Severity"]
    assert severity["enum"] == ["none", "minor", "major", "critical"]
    assert severity["markdownEnumDescriptions"][2] == "重大 / Major"
    for name in SUBJECTS:
        for part in make_schema(name)["$defs"].values():
            assert len(part.get("markdownEnumDescriptions", part.get("enum", ()))) == len(part.get("enum", ()))


def content_files() -> list[Path]:
    return sorted(place for place in (ROOT / "content").rglob("*.yaml") if ".schema" not in place.parts)


@pytest.mark.parametrize("place", content_files(), ids=lambda place: place.stem)
def test_the_example_content_is_not_flagged(place: Path) -> None:
    """Every file of the example fits its schema, and its first line leads there."""
    name = "template" if place.parent == TEMPLATES else FOLDERS.get(place.parent.parent.name, place.stem)
    text = place.read_text(encoding="utf-8")
    assert flaws(name, text) == []
    pointed = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
    assert pointed is not None
    assert (place.parent / pointed[1]).resolve() == ROOT / "content" / schema_path(name)


def samples() -> list[tuple[str, str]]:
    """The YAML blocks of the written format, each with the schema it is for."""
    if not FORMAT.is_file():
        return []
    blocks = re.findall(r"```yaml\n(.*?)```", FORMAT.read_text(encoding="utf-8"), re.DOTALL)
    found = []
    for block in blocks:
        told = re.match(r"# (\w+)\.yaml", block)
        text = block.replace("url: …", "url: https://example.com/")
        if told:
            name = told[1]
        elif "keep_clear" in block:
            name = "commitment"
        else:
            name = "maintenance" if "window:" in block else "incident"
        found.append((name, text))
    return found


def test_the_written_format_is_not_flagged() -> None:
    """All samples of the format's own text fit."""
    if not samples():
        pytest.skip("../shared/FORMAT.md is missing")
    assert {name for name, _ in samples()} == set(SUBJECTS) - {"template"}
    assert [(name, flaws(name, text), refused(name, text)) for name, text in samples()] == [
        (name, [], []) for name, _ in samples()
    ]


# fmt: off
LOOKALIKES = [
    "123", "007", "0", "-1", "+5", "1.5", ".5", "1e3", "12e03", "0x1F", "0o17", "1_000", ".inf", "true",
    "True", "no", "No", "yes", "on", "off", "22:00", "2026-04-01", "12:30:45", "0b1", "1.2.3",
]
# fmt: on
SCALARS = {
    "title": ("incident", "title: {}\n"),
    "text": ("incident", "title: x\nreports: [{{kind: start, at: 2026-06-18T21:52+09:00, text: {}}}]\n"),
    "by-language": ("incident", "title: {{ja: {}}}\n"),
    "id": ("incident", "title: x\ncaused_by: {}\n"),
    "component": ("incident", "title: x\ncomponents: {{{}: major_outage}}\n"),
    "word": ("components", "- {{id: a, name: b, owner: {}}}\n"),
    "day": ("policy", "- from: {}\n"),
    "number": (
        "incident",
        "title: x\nreports: [{{kind: correction, at: 2026-06-18T21:52+09:00, text: y, corrects: [{}]}}]\n",
    ),
    "flag": ("risks", "- {{id: a, title: b, respond: c, owner: d, when: {{detected_by_client: {}}}}}\n"),
    "duration": ("policy", "- {{from: 2026-04-01, major: {{first: {}}}}}\n"),
    "choice": ("incident", "title: x\nseverity: {}\n"),
}


@pytest.mark.parametrize("field", SCALARS)
@pytest.mark.parametrize(
    "scalar", [*LOOKALIKES, "2", "none", "'2'", "'true'", "'123'", "30m", "a-b", "minor", "2026-06-18T21:40+09:00"]
)
def test_what_the_reader_takes_is_not_flagged(field: str, scalar: str) -> None:
    """An unquoted 007, 1.5 or true is a number or a truth value to an editor and text to us: it may stand."""
    name, form = SCALARS[field]
    text = form.format(scalar)
    if not refused(name, text):
        assert flaws(name, text) == []


BROKEN = {
    "unknown key": ("incident", "title: x\nseverty: major\n"),
    "needed key": ("incident", "severity: major\n"),
    "needed key in a report": ("incident", "title: x\nreports: [{kind: start, text: y}]\n"),
    "key of another kind of report": (
        "maintenance",
        "title: x\nreports: [{kind: start, at: 2026-06-18T21:52+09:00, recovered_at: 2026-06-18T21:52+09:00}]\n",
    ),
    "choice": ("incident", "title: x\nseverity: high\n"),
    "level of a component": ("incident", "title: x\ncomponents: {a: down}\n"),
    "id of a component": ("incident", "title: x\ncomponents: {a/b: major_outage}\n"),
    "id too long": ("incident", f"title: x\ncaused_by: {'a' * 101}\n"),
    "negative id": ("incident", "title: x\ncaused_by: -1\n"),
    "list for a text": ("incident", "title: [x]\n"),
    "nothing for a text": ("incident", "title:\n"),
    "spaces for a text": ("incident", 'title: "  "\n'),
    "language": ("incident", "title: {Japanese: x}\n"),
    "no language": ("incident", "title: {}\n"),
    "time without offset": ("incident", "title: x\nstarted_at: 2026-06-18T21:52\n"),
    "time with a space": ("incident", "title: x\nstarted_at: 2026-06-18 21:52+09:00\n"),
    "day for a time": ("incident", "title: x\nstarted_at: 2026-06-18\n"),
    "mapping for a list": ("incident", "title: x\nreports: {kind: start}\n"),
    "text for a list": ("maintenance", "title: x\nagreements: none\n"),
    "number from 1": (
        "incident",
        "title: x\nreports: [{kind: correction, at: 2026-06-18T21:52+09:00, text: y, corrects: [0]}]\n",
    ),
    "half an action": (
        "incident",
        "title: x\nreports: [{kind: completion, at: 2026-06-18T21:52+09:00, text: y, actions: [{id: a}]}]\n",
    ),
    "recovery": (
        "incident",
        "title: x\nreports: [{kind: start, at: 2026-06-18T21:52+09:00, text: y, recovery: {unknown: z}}]\n",
    ),
    "duration": ("policy", "- {from: 2026-04-01, major: {first: 15 min}}\n"),
    "alias by its inner name": ("policy", "- {from_: 2026-04-01}\n"),
    "one in place of a list": ("policy", "from: 2026-04-01\n"),
    "format of another day": ("site", "format: 2\n"),
    "address": ("clients", "- {id: a, name: b, policy: {major: {first: soon}}}\n"),
    "flag": ("risks", "- {id: a, title: b, respond: c, owner: d, when: {detected_by_client: maybe}}\n"),
    "window without an end": ("maintenance", "title: x\nwindow: {from: 2026-06-18T21:00+09:00}\n"),
    "visibility": (
        "commitment",
        "{title: x, client: a, from: 2026-06-18T21:00+09:00, until: 2026-06-18T22:00+09:00, visibility: all}\n",
    ),
}
SITE = "format: 1\nid: {tag: a.example, since: 2026-04-01}\nname: x\nurl: https://a.example/\ntimezone: Asia/Tokyo\n"
BROKEN |= {
    f"site: {why}": ("site", SITE.replace(before, after) + "languages: [ja]\n")
    for why, before, after in (
        ("address", "https://a.example/", "a.example"),
        ("tag", "tag: a.example", "tag: https://a.example"),
        ("since", "since: 2026-04-01", "since: April"),
        ("language", "timezone: Asia/Tokyo\n", "timezone: Asia/Tokyo\nquiet_hours: {from: 9:00, until: '10:00'}\n"),
    )
} | {"site: languages": ("site", f"{SITE}languages: [ja, 英語]\n")}


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_broken_is_flagged(case: str) -> None:
    """Slips that an editor can see are underlined, and our reader refuses them as well."""
    name, text = BROKEN[case]
    assert flaws(name, text), "the schema takes it"
    assert refused(name, text), "the reader takes it"


@pytest.mark.parametrize("name", [name for name, subject in SUBJECTS.items() if subject.listing])
def test_a_list_file_may_hold_only_comments(name: str) -> None:
    """What a new site begins with is not underlined."""
    assert flaws(name, "# nothing yet\n") == []
