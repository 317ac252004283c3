"""``noroshi init``: a new site passes its own check, and stands whole or not at all."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from command_line import noroshi
from noroshi.pipeline.check import check_site
from noroshi.pipeline.founding import found_site
from noroshi.pipeline.reading.content import open_site
from noroshi.pipeline.reading.record import Moments
from noroshi.pipeline.reading.settings import read_settings
from noroshi.pipeline.reading.templates import read_templates
from noroshi.pipeline.scaffold import EXAMPLE_NOW, SiteFacts, empty_site
from noroshi.problems import StatedError
from noroshi.records.times import parse_moment
from noroshi.shipped import shipped
from noroshi.writers.schema import SUBJECTS, schema_path
from published_site import read_site

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
CLOCK = "2026-11-22T12:00+09:00"
ESSENTIAL = {"content", "mkdocs.yml"}


def problems(root: Path, now: datetime = NOW) -> list[str]:
    """What a check says, warnings included."""
    return [str(problem) for problem in check_site(open_site(root), Moments(now=now)).problems]


def site_facts(root: Path) -> dict[str, object]:
    """What the new site's reader makes of site.yaml."""
    reading = read_settings(open_site(root))
    assert reading.settings is not None
    site = reading.settings.site
    return {
        "tag": site.id.tag,
        "since": site.id.since.isoformat(),
        "name": dict(site.name.words),
        "url": site.url,
        "timezone": site.timezone,
        "languages": site.languages,
        "holidays": site.holidays,
    }


@pytest.mark.parametrize("languages", [(), ("en",), ("ja",), ("en", "ja")])
def test_a_new_site_passes_its_check(tmp_path: Path, languages: tuple[str, ...]) -> None:
    """In every language and order nothing is wrong with it, not even a warning, and a page stands in each."""
    options = [word for code in languages for word in ("--language", code)]
    assert noroshi("init", tmp_path / "new", "--now", CLOCK, *options).code == 0
    assert problems(tmp_path / "new") == []
    pages = {place.name for place in (tmp_path / "new" / "content" / "pages").iterdir()}
    first, *others = languages or ("ja", "en")
    assert pages == {"about.md", *(f"about.{code}.md" for code in others)}
    english = "# About this page" in (tmp_path / "new" / "content" / "pages" / "about.md").read_text()
    assert english is (first == "en")
    assert not [place for place in (tmp_path / "new").rglob("*") if place.is_file() and "«" in place.read_text()]


def test_it_says_of_itself_what_it_was_told(tmp_path: Path) -> None:
    """The domain becomes the permanent name, the day is that of the site's zone, the name stays one text."""
    name = 'A: "b", # {c}'
    ran = noroshi(
        *("init", tmp_path / "new", "--url", "https://Status.Example.jp:8443/team/", "--name", name),
        *("--timezone", "America/New_York", "--language", "en", "--now", "2026-11-22T03:00+00:00"),
    )
    assert ran.code == 0, ran.err
    assert site_facts(tmp_path / "new") == {
        "tag": "status.example.jp",
        "since": "2026-11-21",
        "name": {"": name},
        "url": "https://Status.Example.jp:8443/team/",
        "timezone": "America/New_York",
        "languages": ("en",),
        "holidays": None,
    }


def test_untold_it_stands_in_japan(tmp_path: Path) -> None:
    """The defaults are the ones that the help names."""
    noroshi("init", tmp_path / "new", "--now", CLOCK)
    assert site_facts(tmp_path / "new") == {
        "tag": "status.example.com",
        "since": "2026-11-22",
        "name": {"ja": "稼働状況と報告", "en": "Status and reports"},
        "url": "https://status.example.com/",
        "timezone": "Asia/Tokyo",
        "languages": ("ja", "en"),
        "holidays": "JP",
    }


def test_a_domain_in_another_script_is_named_in_ascii(tmp_path: Path) -> None:
    """A tag's authority is spelled as the domain name system has it."""
    assert noroshi("init", tmp_path / "new", "--url", "https://日本.example.jp/").code == 0
    assert site_facts(tmp_path / "new")["tag"] == "xn--wgv71a.example.jp"
    assert "url: https://xn--wgv71a.example.jp/" in (tmp_path / "new/content/site.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--url", "status.example.com"], "is no address"),
        (["--url", "https://my_status.example.com/"], "cannot name your site for ever"),
        (["--timezone", "Tokyo"], "is no time zone"),
        (["--name", "  "], "--name is empty"),
        (["--language", "fr"], "'fr'"),
        (["--example", "--url", "https://a.example/"], "leave out --url"),
    ],
)
def test_what_makes_no_site_is_refused(tmp_path: Path, options: list[str], said: str) -> None:
    """A wrong call, told in the words of the format's own rules; nothing is written."""
    ran = noroshi("init", tmp_path / "new", *options)
    assert (ran.code, said in ran.err) == (2, True), ran.err
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """A new site."""
    found_site(tmp_path / "new", empty_site(SiteFacts(now=NOW)))
    return tmp_path / "new"


@pytest.mark.parametrize("code", ["ja", "en"])
def test_the_guides_night_is_a_record_that_passes(new: Path, code: str) -> None:
    """What the guide tells people to paste, and to add, makes an incident without a problem."""
    part = (new / "README.md").read_text(encoding="utf-8").split("\n# ")[0 if code == "ja" else 1]
    first, more = re.findall(r"```yaml\n(.*?)\n *```", part, re.DOTALL)
    name = re.search(r"`(content/incidents/\S+\.yaml)`", part)
    assert name is not None
    record = new / name[1]
    record.parent.mkdir()
    record.write_text("\n".join(line[3:] for line in first.split("\n")) + "\n" + more + "\n", encoding="utf-8")
    assert record.name == "2026-11-22-www-down.yaml"
    assert problems(new, NOW + timedelta(days=1)) == []
    assert record.read_text().count("kind:") == 3


def test_what_is_commented_out_is_right(new: Path) -> None:
    """Taking the '# ' off the examples gives content without a problem, and one item more in each list."""
    for name in ("clients.yaml", "risks.yaml", "site.yaml", "templates/website-down.yaml"):
        place = new / "content" / name
        starts = (
            r"(- \{|- id|  |quiet_hours|contacts|repository|for: incident\n|title|severity|components|not_aff|text)"
        )
        place.write_text(re.sub(rf"^# (?={starts})", "", place.read_text(), flags=re.MULTILINE))
    assert problems(new) == []
    settings = read_settings(open_site(new)).settings
    assert settings is not None
    assert list(read_templates(open_site(new), settings).templates) == ["website-down"]
    assert [client.id for client in settings.clients] == ["a-sha"]
    assert [risk.id for risk in settings.risks] == ["overrun"]
    assert settings.site.quiet_hours is not None
    assert settings.site.repository is not None


def test_first_lines_lead_to_schemas(new: Path) -> None:
    """Editors find the schema of every file, and all schemas are there for the records to come."""
    for place in (new / "content").glob("*.yaml"):
        pointed = re.match(r"# yaml-language-server: \$schema=(\S+)\n", place.read_text())
        assert pointed is not None
        assert (new / "content" / pointed[1]).is_file()
    assert all((new / "content" / schema_path(name)).is_file() for name in SUBJECTS)


def test_folders_for_records_survive_git(new: Path) -> None:
    """Empty folders hold a file that git keeps and the check passes over."""
    assert [
        (new / "content" / kind / ".gitkeep").is_file() for kind in ("incidents", "maintenance", "commitments")
    ] == [True] * 3


def test_the_workflow_checks_and_publishes(new: Path) -> None:
    """It checks pull requests, builds main at once and every 15 minutes, and tells on a schedule what is due."""
    workflow = yaml.load((new / ".github/workflows/publish.yml").read_text(), yaml.BaseLoader)
    assert workflow["on"]["push"] == {"branches": ["main"]}
    assert workflow["on"]["schedule"] == [{"cron": "*/15 * * * *"}]
    assert "pull_request" in workflow["on"]
    check, due, publish = (workflow["jobs"][name] for name in ("check", "due", "publish"))
    assert check["if"] == "github.event_name == 'pull_request'"
    assert publish["if"] == "github.event_name != 'pull_request' && github.ref == 'refs/heads/main'"
    assert due["if"] == "github.event_name == 'schedule'"
    assert publish["concurrency"] == {"group": "publish", "cancel-in-progress": "false"}
    uses = [step["uses"] for job in (due, check, publish) for step in job["steps"] if "uses" in step]
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", use) for use in uses)
    assert [use.split("@")[0] for use in uses[-2:]] == ["actions/upload-pages-artifact", "actions/deploy-pages"]


def test_workflows_may_no_more_than_they_must(new: Path) -> None:
    """Each job says its own rights, and none keeps a credential in its checkout."""
    jobs = {}
    for name in ("publish.yml", "report.yml"):
        workflow = yaml.load((new / ".github/workflows" / name).read_text(), yaml.BaseLoader)
        assert workflow["permissions"] == {}
        jobs |= workflow["jobs"]
        for job in workflow["jobs"].values():
            for step in job["steps"]:
                if step.get("uses", "").startswith("actions/checkout"):
                    assert step["with"]["persist-credentials"] == "false"
    assert {name: job["permissions"] for name, job in jobs.items()} == {
        "check": {"contents": "read"},
        "due": {"contents": "read"},
        "publish": {"contents": "read", "pages": "write", "id-token": "write"},
        "labels": {"issues": "write"},
        "report": {"contents": "write", "issues": "write", "actions": "write"},
    }


def test_what_pipelines_make_is_no_part_of_the_content(new: Path) -> None:
    """Builds are deployed as artifacts and never committed: git passes over them."""
    ignored = (new / ".gitignore").read_text().splitlines()
    assert {"/site/", "/.site.noroshi/", "/public/", "/.public.noroshi/", "/published-log/"} <= set(ignored)


def test_the_example_is_copied(tmp_path: Path) -> None:
    """With --example the records are the shipped ones, byte for byte, and pass at the hour of their story."""
    ran = noroshi("init", "--example", tmp_path / "new", "--now", CLOCK)
    assert ran.code == 0
    assert f"--as-of {EXAMPLE_NOW}" in ran.err
    made = {path: data for path, data in read_site(tmp_path / "new" / "content").items() if not path.startswith(".")}
    there = {path: data for path, data in read_site(shipped("content")).items() if not path.startswith(".")}
    assert made == there
    assert (tmp_path / "new" / "mkdocs.yml").read_bytes() == shipped("mkdocs.yml").read_bytes()
    assert problems(tmp_path / "new", parse_moment(EXAMPLE_NOW)) == []
    assert (tmp_path / "new" / "content" / ".schema" / "incident.schema.json").is_file()


@pytest.mark.parametrize("standing", [["content/site.yaml"], ["mkdocs.yml"], ["content/x", "mkdocs.yml"]])
def test_nothing_is_overwritten(tmp_path: Path, standing: list[str]) -> None:
    """Where a site or a part of one stands, it is named and nothing is written."""
    for path in standing:
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("mine")
    before = read_site(tmp_path)
    ran = noroshi("init", tmp_path)
    assert ran.code == 3
    for path in standing:
        assert str(tmp_path / path.split("/")[0]) in ran.err
    assert "nothing was written" in ran.err
    assert read_site(tmp_path) == before


def test_a_file_in_place_of_the_folder_is_named(tmp_path: Path) -> None:
    """A file, or a link that leads nowhere, is not replaced."""
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("file", "link"):
        with pytest.raises(StatedError, match=f"{name} is no folder"):
            found_site(tmp_path / name, empty_site(SiteFacts(now=NOW)))


def test_a_repository_keeps_what_it_has(tmp_path: Path) -> None:
    """In a fresh clone the README and other workflows stay, and it is said which files were kept."""
    (tmp_path / ".github" / "workflows").mkdir(parents=True)
    (tmp_path / ".github" / "workflows" / "other.yml").write_text("mine")
    (tmp_path / "README.md").write_text("mine")
    ran = noroshi("init", tmp_path, "--now", CLOCK)
    assert ran.code == 0
    assert (tmp_path / "README.md").read_text() == "mine"
    assert (tmp_path / ".github" / "workflows" / "other.yml").read_text() == "mine"
    assert (tmp_path / ".github" / "workflows" / "publish.yml").is_file()
    assert [line for line in ran.err.splitlines() if "kept" in line] == [
        f"kept: {tmp_path}/README.md stood there already and was left as it was"
    ]
    assert problems(tmp_path) == []


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
def kill(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], None]]:
    """Let the process die at the n-th change of the disk; what it would have tidied up stays."""
    real = {name: getattr(Path, name) for name in ("rename", "mkdir", "write_bytes")}
    left = [10**6]

    def dying(name: str) -> Callable[..., object]:
        def call(self: Path, *arguments: object, **options: object) -> object:
            left[0] -= 1
            if left[0] < 0:
                raise Killed
            return real[name](self, *arguments, **options)

        return call

    for name in real:
        monkeypatch.setattr(Path, name, dying(name))
    tidy = shutil.rmtree
    monkeypatch.setattr(shutil, "rmtree", lambda *given, **more: None if left[0] < 0 else tidy(*given, **more))

    def set_death(after: int) -> None:
        left[0] = after

    yield set_death
    left[0] = 10**6


SMALL = {
    path: path.encode()
    for path in ("content/site.yaml", "content/pages/about.md", "README.md", ".github/workflows/x.yml", "mkdocs.yml")
}


@pytest.mark.parametrize("exists", [False, True])
def test_a_killed_init_leaves_nothing_half(tmp_path: Path, kill: Callable[[int], None], exists: bool) -> None:
    """Whenever it dies, content/ stands in a whole site only, and running it again gives the same site."""
    deaths = 0
    for step in range(100):
        target = tmp_path / f"at-{step}" / "new"
        target.parent.mkdir()
        if exists:
            target.mkdir()
        kill(step)
        try:
            found_site(target, SMALL)
        except Killed:
            deaths += 1
        else:
            break
        finally:
            kill(10**6)
        standing = read_site(target)
        if (target / "content").exists() or (target.exists() and not exists):
            assert {path: data for path, data in standing.items() if not path.startswith(".noroshi-init-")} == SMALL
        else:
            found_site(target, SMALL)
            assert read_site(target) == SMALL
            assert {place.name for place in target.parent.iterdir()} == {"new"}
    assert deaths > 10


def test_the_new_folder_is_open_as_the_umask_says(new: Path) -> None:
    """No folder keeps the private rights of the one it was made in."""
    assert {place.stat().st_mode & 0o777 for place in (new, new / "content", new / ".github")} == {
        (new.parent / "probe").mkdir() or (new.parent / "probe").stat().st_mode & 0o777
    }


def test_the_folder_one_stands_in_becomes_the_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run inside the empty folder itself, it makes the site there and tells no one to change folders."""
    monkeypatch.chdir(tmp_path)
    ran = noroshi("init", "--now", CLOCK)
    assert ran.code == 0
    assert "cd " not in ran.err
    assert {place.name for place in tmp_path.iterdir()} == {
        *ESSENTIAL,
        "README.md",
        ".gitignore",
        ".github",
        ".gitlab-ci.yml",
    }
