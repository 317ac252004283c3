"""Issue forms: made of the site's components and languages, and read back in one way or not at all."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from command_line import noroshi
from form_payloads import ANSWERS, filled, form_of
from noroshi.importers.issue_form import FormError, read_form
from noroshi.importers.issue_form import form_of as form_named
from noroshi.pipeline.founding import found_site
from noroshi.pipeline.reading.content import open_site
from noroshi.pipeline.reading.settings import read_settings
from noroshi.pipeline.scaffold import SiteFacts, empty_site
from noroshi.records.choices import Severity
from noroshi.records.site import Repository
from noroshi.repository_links import edit_link, history_link, new_file_link, report_form_link
from noroshi.writers.forms.fields import FORMS, asked
from noroshi.writers.forms.issue_form import form_wordings, write_forms
from noroshi.writers.forms.question import FormKind, heading

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """A new site."""
    found_site(tmp_path / "new", empty_site(SiteFacts(now=NOW)))
    return tmp_path / "new"


def taken(root: Path, form: FormKind, body: str) -> dict[str, str]:
    """What a submitted form answers."""
    settings = read_settings(open_site(root)).settings
    wordings = form_wordings(settings)
    fields = [(field, heading(field, wordings)) for field in asked(form, components=True)]
    return dict(read_form(form, body, fields, [each.id for each in settings.components]).answers)


def test_a_new_site_has_the_forms_of_its_settings(new: Path) -> None:
    """init writes the very bytes that the command would, so a check of a new site finds nothing stale."""
    settings = read_settings(open_site(new)).settings
    for path, data in write_forms(settings).items():
        assert (new / path).read_bytes() == data
    assert noroshi("forms", "--check", "--site", new).code == 0


def test_forms_follow_the_components(new: Path) -> None:
    """A changed component makes stale all forms that offer it; --check names them, --write mends them, once."""
    place = new / "content" / "components.yaml"
    place.write_text(place.read_text("utf-8") + '- {id: "no", name: "A, B"}\n', "utf-8")
    ran = noroshi("forms", "--check", "--site", new)
    assert (ran.code, len(ran.out.splitlines())) == (1, 4)
    assert "noroshi forms --write" in ran.err
    assert noroshi("forms", "--write", "--site", new).out == ran.out
    options = next(each for each in form_of(new, "incident")["body"] if each["id"] == "level-major-outage")
    # GitHub parts what was chosen by commas, and takes no option that YAML reads as a truth value.
    assert options["attributes"]["options"][-1] == "no: A B"
    assert noroshi("forms", "--write", "--site", new).out == ""


@pytest.mark.parametrize("languages", [("ja", "en"), ("en", "ja"), ("en",), ("ja",)])
def test_a_form_speaks_the_sites_languages(tmp_path: Path, languages: tuple[str, ...]) -> None:
    """Each question stands in all of them, the first one first; no two questions of a form look alike."""
    found_site(tmp_path / "new", empty_site(SiteFacts(now=NOW, languages=languages)))
    for form in FormKind:
        body = form_of(tmp_path / "new", form.value)["body"]
        labels = [each["attributes"]["label"] for each in body]
        assert len(set(labels)) == len({each["id"] for each in body}) == len(FORMS[form])
        both = {"ja": "深刻さはどれですか", "en": "How bad is it?"}
        if form is FormKind.INCIDENT:
            assert " / ".join(both[code] for code in languages) in labels


def test_only_what_the_format_needs_is_required(new: Path) -> None:
    """At 22:00 two answers make an incident; whatever policy can fill in may be left out."""
    needed = {
        form.value: [each["id"] for each in form_of(new, form.value)["body"] if "validations" in each]
        for form in FormKind
    }
    assert needed == {
        "incident": ["title", "text"],
        "report": ["kind", "text"],
        "complete": ["text"],
        "action": ["text"],
        "maintenance": ["title", "window-from", "window-until", "text"],
    }


def test_a_site_without_components_asks_for_none(tmp_path: Path) -> None:
    """A list without anything to choose is no form that GitHub takes."""
    found_site(tmp_path / "new", empty_site(SiteFacts(now=NOW)))
    (tmp_path / "new/content/components.yaml").write_text("# none yet\n")
    assert noroshi("forms", "--write", "--site", tmp_path / "new").code == 0
    for form in FormKind:
        for each in form_of(tmp_path / "new", form.value)["body"]:
            assert each["type"] != "dropdown" or each["attributes"]["options"]
            assert not each["id"].startswith("level")


def test_in_a_repository_of_more_than_the_site_forms_lie_at_the_top(new: Path) -> None:
    """GitHub looks for forms at the repository's top; site.yaml says how far below it the site lies."""
    place = new / "content" / "site.yaml"
    text = place.read_text("utf-8")
    place.write_text(f"{text}repository: {{url: https://github.com/a/b, folder: x/new}}\n", "utf-8")
    (new.parent / "x").mkdir()
    new.rename(new.parent / "x" / "new")
    assert noroshi("forms", "--write", "--site", new.parent / "x" / "new").code == 0
    assert (new.parent / ".github/ISSUE_TEMPLATE/noroshi-report.yml").is_file()


def test_settings_that_cannot_be_read_make_no_form(new: Path) -> None:
    """A broken list must not empty the forms."""
    (new / "content/components.yaml").write_text("- {id: a\n")
    ran = noroshi("forms", "--write", "--site", new)
    assert ran.code == 3
    assert "components.yaml" in ran.err


def test_a_broken_list_that_no_form_speaks_of_hinders_none(new: Path) -> None:
    """Who the clients are is asked in no form."""
    (new / "content/clients.yaml").write_text("- {id: a\n")
    assert noroshi("forms", "--check", "--site", new).code == 0


def test_what_was_answered_is_read_back(new: Path) -> None:
    """Every answer comes back under its own question, several lines and several components included."""
    body = filled(
        new,
        "incident",
        {"title": "A: b # c", "text": "one\n\n- two", "severity": "none", "level-major-outage": ["www", "mail"]},
    )
    assert taken(new, FormKind.INCIDENT, body) == {
        "title": "A: b # c",
        "text": "one\n\n- two",
        "severity": Severity.NONE.value,
        "level.major_outage": "www, mail",
    }
    assert taken(new, FormKind.INCIDENT, body.replace("\n", "\r\n")) == taken(new, FormKind.INCIDENT, body)


FINE: ANSWERS = {"title": "T", "text": "X", "severity": "major"}
BAD, TELL = "深刻さはどれですか / How bad is it?", "読者に何を伝えますか / What do you tell your readers?"
HOSTILE = {
    "a heading of another field": ({**FINE, "text": f"x\n\n### {BAD}\n\ncritical"}, "stands 2 times"),
    "a heading of its own": ({**FINE, "text": f"x\n### {TELL}\ny"}, "stands 2 times"),
    "any heading": ({**FINE, "text": "x\n###   Root cause\ny"}, "is no question of this form"),
    "an empty answer typed": ({**FINE, "text": "_No response_"}, "nothing was answered"),
    "spaces": ({**FINE, "title": "  "}, "nothing was answered"),
    "several lines where one is asked": ({**FINE, "title": "a\nb"}, "several lines"),
    "a control character": ({**FINE, "text": "a\x00b"}, "U+0000"),
    "an escape for terminals": ({**FINE, "text": "a\x1b[2Jb"}, "U+001B"),
    "half a character": ({**FINE, "text": "a\ud800b"}, "U+D800"),
    "a severity that is none": ({**FINE, "severity": "catastrophic: x"}, "not among the choices"),
    "a component that is none": ({**FINE, "level-major-outage": "../../etc"}, "no component has the id"),
    "an unknown one beside a known one": ({**FINE, "level-major-outage": "www: x, nope: y"}, "no component has the id"),
    "a megabyte": ({**FINE, "text": "x" * 1_000_000}, "characters; write less"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_what_can_be_read_in_two_ways_is_refused(new: Path, case: str) -> None:
    """A text that plays a heading, and an answer that no question offers, are refused with words."""
    answers, words = HOSTILE[case]
    with pytest.raises(FormError, match=words.replace("+", r"\+")):
        taken(new, FormKind.INCIDENT, filled(new, "incident", answers))


CHANGED = {
    "a label that was edited": (lambda body: body.replace("How bad is it?", "How bad?"), "is missing"),
    "a question that was deleted": (lambda body: body.partition("### 深刻さ")[0], "is missing"),
    "questions in another order": (lambda body: "\n\n".join(reversed(body.split("\n\n### "))), "missing|order"),
    "a text before the first question": (lambda body: f"hello\n{body}", "before the first"),
    "a question twice": (lambda body: f"{body}\n\n{body}", "stands 2 times"),
    "nothing": (lambda body: "", "is missing"),
    "a smaller heading in place of a question": (lambda body: body.replace("### 深刻さ", "#### 深刻さ"), "is missing"),
}


@pytest.mark.parametrize("case", CHANGED)
def test_a_form_that_was_changed_is_refused(new: Path, case: str) -> None:
    """Each question must stand once and in its place, or the answers below them are nobody's."""
    change, words = CHANGED[case]
    body = change(filled(new, "incident", FINE))
    with pytest.raises(FormError, match=words):
        taken(new, FormKind.INCIDENT, body)


def test_all_that_is_wrong_is_told_at_once(new: Path) -> None:
    """Whoever holds a telephone mends the form once, not once for each answer."""
    body = filled(new, "incident", {"title": "a\nb", "severity": "bad"})
    with pytest.raises(FormError) as caught:
        taken(new, FormKind.INCIDENT, body)
    assert len(str(caught.value).splitlines()) == 3


def test_an_issue_of_two_forms_is_none() -> None:
    """By its label a form is known; an ordinary issue has none, and two cannot both be meant."""
    assert form_named(["bug"]) is None
    assert form_named(["bug", "noroshi:report"]) is FormKind.REPORT
    with pytest.raises(FormError, match="noroshi:incident and noroshi:report"):
        form_named(["noroshi:report", "noroshi:incident"])


PATH = "content/incidents/2026/2026-11-22-db-down.yaml"


@pytest.mark.parametrize(
    ("repository", "edit", "history"),
    [
        (
            {"url": "https://github.com/a/b.git"},
            f"https://github.com/a/b/edit/main/{PATH}",
            f"https://github.com/a/b/commits/main/{PATH}",
        ),
        (
            {"url": "https://gitlab.com/a/b/", "branch": "日本/x", "folder": "my/status"},
            f"https://gitlab.com/a/b/-/edit/%E6%97%A5%E6%9C%AC/x/my/status/{PATH}",
            f"https://gitlab.com/a/b/-/commits/%E6%97%A5%E6%9C%AC/x/my/status/{PATH}",
        ),
        (
            {"url": "https://git.example.com/a/b", "forge": "gitlab"},
            f"https://git.example.com/a/b/-/edit/main/{PATH}",
            f"https://git.example.com/a/b/-/commits/main/{PATH}",
        ),
        ({"url": "https://git.example.com/github/b"}, None, None),
    ],
)
def test_links_are_those_of_the_forge(repository: dict[str, str], edit: str | None, history: str | None) -> None:
    """The web editor and the history of a file, by the addresses that GitHub and GitLab document; else none."""
    found = Repository(**repository)  # type: ignore[arg-type]
    assert edit_link(found, PATH) == edit
    assert history_link(found, PATH) == history
    assert (new_file_link(found, PATH, "x") is None) is (edit is None)


def test_a_new_file_comes_with_what_it_begins_with() -> None:
    """GitHub takes name and text from the address, however many signs they hold; GitLab the name."""
    text = 'title: "A & b=c#"\n漢字\n'
    github = new_file_link(Repository(url="https://github.com/a/b"), PATH, text)
    assert parse_qs(urlsplit(github or "").query) == {"filename": [PATH], "value": [text]}
    gitlab = new_file_link(Repository(url="https://gitlab.com/a/b"), PATH, text)
    assert parse_qs(urlsplit(gitlab or "").query) == {"file_name": [PATH]}
    assert urlsplit(gitlab or "").path == "/a/b/-/new/main"


def test_a_reports_form_knows_its_record(new: Path) -> None:
    """The link fills in the field of the form that asks for the record."""
    link = report_form_link(Repository(url="https://github.com/a/b"), "2026-11-22-db-down") or ""
    assert parse_qs(urlsplit(link).query) == {"template": ["noroshi-report.yml"], "record": ["2026-11-22-db-down"]}
    assert (new / ".github/ISSUE_TEMPLATE" / parse_qs(urlsplit(link).query)["template"][0]).is_file()
    assert "record" in [each["id"] for each in form_of(new, "report")["body"]]
    assert report_form_link(Repository(url="https://gitlab.com/a/b"), "x") is None


def test_the_list_has_the_addresses_to_keep_on_a_telephone(new: Path) -> None:
    """Where site.yaml says the repository, each form has its address, and the short way its own."""
    assert "https://github.com" not in noroshi("forms", "--site", new).out
    place = new / "content" / "site.yaml"
    place.write_text(place.read_text("utf-8") + "repository: {url: https://github.com/a/b}\n", "utf-8")
    links = [line.strip() for line in noroshi("forms", "--site", new).out.splitlines() if "https://" in line]
    assert len(links) == 6
    value = parse_qs(urlsplit(links[-1]).query)["value"][0]
    # What must be written over is nothing that a check would take.
    assert set(yaml.safe_load(value)) == {"title", "severity", "components", "reports"}
    incidents = new / "content/incidents/2026"
    incidents.mkdir()
    (incidents / "2026-11-22-x.yaml").write_text(value, "utf-8")
    ran = noroshi("check", "--site", new, "--now", "2026-11-22T12:00+09:00")
    assert ran.code == 1
    assert all(f":{line}:" in ran.out for line in (1, 6, 7))
