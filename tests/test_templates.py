"""Templates: what ``check`` says of them, and that no build waits for one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from command_line import noroshi
from noroshi.pipeline.reading.content import SiteFolder
from noroshi.pipeline.reading.settings import read_settings
from noroshi.pipeline.reading.templates import read_templates
from noroshi.problems import Level
from noroshi.records.template import KEYS_FOR, Template, TemplateKind

ROOT = Path(__file__).resolve().parent.parent
NOW = "2026-11-22T12:00+09:00"


@pytest.fixture
def site(tmp_path: Path) -> SiteFolder:
    """The example, to be spoilt."""
    shutil.copytree(ROOT / "content", tmp_path / "content")
    return SiteFolder(root=tmp_path)


def told(site: SiteFolder) -> list[str]:
    reading = read_templates(site, read_settings(site).settings)
    assert all(problem.level is Level.REVIEW for problem in reading.problems)
    return [f"{each.place.path.rpartition('/')[2]}:{each.place.line} {each.rule}" for each in reading.problems]


def test_the_examples_templates_can_be_used(site: SiteFolder) -> None:
    """The example has one for an incident and one for work, and nothing is wrong with them."""
    reading = read_templates(site, read_settings(site).settings)
    assert {name: each.template.for_ for name, each in reading.templates.items()} == {
        "mail-delay": TemplateKind.INCIDENT,
        "staging-db-upgrade": TemplateKind.MAINTENANCE,
    }
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("for: incident\ncomponents: {wep: major_outage}\n", ["x.yaml:2 unknown-component"]),
        ("for: commitment\nclient: z-sha\n", ["x.yaml:2 unknown-client"]),
        ("for: commitment\nneeds: [www, wep]\n", ["x.yaml:2 unknown-component"]),
        ("for: incident\nat: 2026-06-18T21:52+09:00\n", ["x.yaml:2 unknown-key"]),
        ("for: maintenance\nworkaround: none\n", ["x.yaml:2 unknown-key"]),
        ("for: maintenance\nlength: 2bd\n", ["x.yaml:2 duration"]),
        ("for: outage\n", ["x.yaml:1 choice"]),
        ("title: Down\n", ["x.yaml:1 missing-key"]),
        ("for: incident\nseverity: big\n", ["x.yaml:2 choice"]),
        ("for: incident\nfor: incident\n", ["x.yaml:2 duplicate-key"]),
        ("# for: incident\n", []),
    ],
)
def test_what_is_wrong_with_a_template_is_told(site: SiteFolder, text: str, said: list[str]) -> None:
    """Names that lead nowhere, keys of another kind, times: each with its line; comments alone are none."""
    (site.content / "templates" / "x.yaml").write_text(text)
    assert told(site) == said
    assert "x" not in read_templates(site, read_settings(site).settings).templates


def test_check_tells_it_and_fails(site: SiteFolder) -> None:
    """`check` names file and line and fails, with and without the file named."""
    place = site.content / "templates" / "x.yaml"
    place.write_text("for: incident\nseverity: big\n")
    for more in ([], [place]):
        ran = noroshi("check", *more, "--site", site.root, "--now", NOW)
        assert (ran.code, "content/templates/x.yaml:2:1: [choice] review: severity" in ran.out) == (1, True), ran.out


@pytest.mark.parametrize(("name", "rule"), [("x.yml", "stray-file"), ("x y.yaml", "id"), ("sub", "stray-file")])
def test_what_is_no_template_is_told(site: SiteFolder, name: str, rule: str) -> None:
    """Only files that end in .yaml are templates, and their names are ids."""
    place = site.content / "templates" / name
    if name == "sub":
        place.mkdir()
    else:
        place.write_text("for: incident\n")
    assert told(site) == [f"{name}:1 {rule}"]


def test_readmes_and_what_editors_leave_are_passed_over(site: SiteFolder) -> None:
    """As in the other folders."""
    for name in ("README.md", ".x.yaml.swp", "x.yaml~", "#x.yaml#"):
        (site.content / "templates" / name).write_text("for: nothing\n")
    assert told(site) == []


def test_a_link_out_of_the_content_is_not_read(site: SiteFolder, tmp_path: Path) -> None:
    """It is told once, by the rule on links, and what it leads to stays unknown."""
    (tmp_path / "secret.yaml").write_text("for: incident\ntitle: secret\n")
    (site.content / "templates" / "x.yaml").symlink_to(tmp_path / "secret.yaml")
    ran = noroshi("check", "--site", site.root, "--now", NOW)
    assert ran.out.count("templates/x.yaml") == 1
    assert "[symlink]" in ran.out


def test_every_key_belongs_to_some_kind_and_no_other_is_named() -> None:
    """The keys by kind are those of the model, together."""
    fields = {field.alias or name for name, field in Template.model_fields.items()}
    assert set().union(*KEYS_FOR.values()) == fields
