"""Surroundings and content that mean harm, or are merely odd: what a site must withstand without harm or riddle."""

from __future__ import annotations

import json
import os
import shutil
import signal
import stat
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from lxml import etree

from noroshi.cache import prepare_cache
from noroshi.environment import cache_folder, time_now
from noroshi.pipeline.printing.own_templates import SCRIPT, STYLESHEET
from noroshi.pipeline.reading.content import SiteFolder, find_records
from noroshi.pipeline.reading.content_faults import DEEPEST
from noroshi.pipeline.reading.settings import read_settings
from noroshi.problems import Problem, StatedError
from noroshi.publishing.publication import PublicationError, publishing
from noroshi.shipped import shipped
from noroshi.text.wording import wording
from noroshi.theme.request import ThemeError
from noroshi.theme.shell import SLOTS, Shell
from noroshi.theme.site_config import read_config_inputs
from noroshi.writers.feeds.feed import Feed, Item
from noroshi.writers.feeds.json_feed import json_feed
from noroshi.writers.feeds.xml import atom, rss
from noroshi.writers.pages.templates import PageError, Templates
from real_program import NOW, copy_example, environment, noroshi, start


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The example in a folder of its own."""
    return copy_example(tmp_path / "status")


def told(site: Path) -> list[str]:
    """The rule and the place of all that is wrong with the folder and its settings."""
    folder = SiteFolder(root=site)
    problems: list[Problem] = [*find_records(folder)[1], *read_settings(folder).problems]
    return [f"{problem.rule} {problem.place.path}" for problem in problems]


def a_circle(site: Path) -> str:
    (site / "content/incidents/loop.yaml").symlink_to("loop.yaml")
    return "symlink content/incidents/loop.yaml"


def a_circle_of_folders(site: Path) -> str:
    shutil.rmtree(site / "content/commitments")
    (site / "content/commitments").symlink_to("commitments")
    return "symlink content/commitments"


def a_circle_below_pages(site: Path) -> str:
    (site / "content/pages/again").symlink_to(".")
    return "symlink content/pages/again"


def a_page_from_elsewhere(site: Path) -> str:
    (site.parent / "secret.md").write_text("secret", "utf-8")
    (site / "content/pages/secret.md").symlink_to(site.parent / "secret.md")
    return "symlink content/pages/secret.md"


def a_pipe_among_pages(site: Path) -> str:
    os.mkfifo(site / "content/pages/pipe.md")
    return "stray-file content/pages/pipe.md"


def a_pipe_for_a_list(site: Path) -> str:
    (site / "content/policy.yaml").unlink()
    os.mkfifo(site / "content/policy.yaml")
    return "stray-file content/policy.yaml"


def a_folder_for_a_list(site: Path) -> str:
    (site / "content/components.yaml").unlink()
    (site / "content/components.yaml").mkdir()
    return "stray-file content/components.yaml"


def a_file_for_a_folder(site: Path) -> str:
    shutil.rmtree(site / "content/incidents")
    (site / "content/incidents").write_text("x", "utf-8")
    return "stray-file content/incidents"


def a_file_for_the_pages(site: Path) -> str:
    shutil.rmtree(site / "content/pages")
    (site / "content/pages").write_text("x", "utf-8")
    return "stray-file content/pages"


@pytest.mark.parametrize(
    "harm",
    [
        a_circle,
        a_circle_of_folders,
        a_circle_below_pages,
        a_page_from_elsewhere,
        a_pipe_among_pages,
        a_pipe_for_a_list,
        a_folder_for_a_list,
        a_file_for_a_folder,
        a_file_for_the_pages,
    ],
)
def test_what_is_no_content_is_named(site: Path, harm: Callable[[Path], str]) -> None:
    """Links in circles or out of the content, pipes, files and folders in each other's place: each is a problem."""
    expected = harm(site)
    assert expected in told(site)


def test_a_site_without_harm_has_no_problem(site: Path) -> None:
    """The marks of an editor that has a page open are no content, and a link to a file within is well."""
    (site / "content/pages/.#about.md").symlink_to("someone@host.1234")
    (site / "content/pages/same.md").symlink_to("about.md")
    assert told(site) == []


@pytest.mark.parametrize("below", ["incidents", "pages"])
def test_folders_without_end_are_refused(site: Path, below: str) -> None:
    """Folders within folders by the hundred are a problem, not the end of the interpreter's stack."""
    deepest = site / "content" / below / "/".join(["d"] * (DEEPEST + 5))
    deepest.mkdir(parents=True)
    assert [line.split()[0] for line in told(site)] == ["stray-file"]


@pytest.mark.parametrize("below", ["incidents/2026", "pages"])
def test_a_folder_that_may_not_be_read_is_named(site: Path, below: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What lies in a locked folder would be missing from the site in silence."""
    locked = str(site / "content" / below)
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path) == locked:
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    problems = find_records(SiteFolder(root=site))[1]
    assert [(problem.rule, problem.place.path) for problem in problems] == [("unreadable", f"content/{below}")]


def test_a_contact_may_be_an_address_of_mail(site: Path) -> None:
    """The refusal of a contact names every kind that is allowed there."""
    place = site / "content/site.yaml"
    lines = [line for line in place.read_text("utf-8").splitlines() if not line.startswith("contacts")]
    place.write_text("\n".join([*lines, "contacts: {public: ftp://example.com}"]) + "\n", "utf-8")
    (problem,) = read_settings(SiteFolder(root=site)).problems
    assert problem.allowed == "an address that begins with https://, http:// or mailto:"


def test_an_open_folder_with_other_things_is_no_cache(tmp_path: Path) -> None:
    """``--cache /tmp`` must not take ``/tmp`` away from everybody else; an empty folder, or a cache, is closed."""
    (tmp_path / "shared").mkdir(mode=0o755)
    (tmp_path / "shared/letter").write_text("mine", "utf-8")
    with pytest.raises(PermissionError, match="open to others and holds more than a cache"):
        prepare_cache(tmp_path / "shared")
    assert stat.S_IMODE((tmp_path / "shared").stat().st_mode) == 0o755
    (tmp_path / "cache").mkdir(mode=0o755)
    (tmp_path / "cache/readings-07").write_bytes(b"")
    assert stat.S_IMODE(prepare_cache(tmp_path / "cache").stat().st_mode) == 0o700


@pytest.mark.parametrize("place", ["content/cache", "site/cache", "site"])
def test_the_cache_lies_neither_in_the_content_nor_in_the_site(site: Path, place: str) -> None:
    """It holds what no reader may see; nothing is made there before that is said."""
    ran = noroshi("build", "--now", NOW, "--cache", place, cwd=site, fine=False)
    assert ran.code == 3
    assert f"{place}: the cache cannot lie in" in ran.err
    assert not (site / place).exists()


def test_a_user_without_a_home_is_told_what_to_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """A container's user has often neither HOME nor an entry in the user database."""

    def homeless(self: Path) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "expanduser", homeless)
    with pytest.raises(StatedError, match="name a folder with --cache, or set XDG_CACHE_HOME"):
        cache_folder(None, Path("status"))


def test_the_clock_ends_where_content_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """SOURCE_DATE_EPOCH goes no further than the years that content may name."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "253402300799")
    with pytest.raises(StatedError, match="in the year 9999; years go up to 9000"):
        time_now(None, None)


@pytest.mark.parametrize("out", ["content/new", "content/pages/new"])
def test_no_site_within_its_own_sources(tmp_path: Path, out: str) -> None:
    """A site below the content would be content of the next build."""
    (tmp_path / "content/pages").mkdir(parents=True)
    expected = "from which the site is made"
    with (
        pytest.raises(PublicationError, match=expected),
        publishing(tmp_path / out, sources=[tmp_path / "content"]),
    ):
        pass
    assert sorted(path.name for path in (tmp_path / "content").rglob("*")) == ["pages"]


def test_inheritance_in_a_circle_is_named(tmp_path: Path) -> None:
    """An mkdocs.yml that inherits from itself is refused at once, not by MkDocs' stack."""
    (tmp_path / "mkdocs.yml").write_text("INHERIT: base.yml\n", "utf-8")
    (tmp_path / "base.yml").write_text("INHERIT: mkdocs.yml\n", "utf-8")
    with pytest.raises(ThemeError, match="INHERIT leads in a circle"):
        read_config_inputs(tmp_path / "mkdocs.yml")


def test_long_texts_of_a_configuration_are_no_files(tmp_path: Path) -> None:
    """What could be a path is looked for; what is too long for a file's name is not one."""
    (tmp_path / "mkdocs.yml").write_text(f"copyright: {'a' * 300}\ntheme: {{custom_dir: own}}\n", "utf-8")
    (tmp_path / "own").mkdir()
    assert read_config_inputs(tmp_path / "mkdocs.yml").named == (tmp_path / "own",)


def test_templates_that_may_not_be_read_stop_the_build(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A locked site_templates/ is not passed over for the shipped one."""
    from noroshi.pipeline.hand import digest_of_folders

    locked = site / "site_templates"
    locked.mkdir()

    def refuse(path: object) -> list[str]:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "listdir", refuse)
    with pytest.raises(PermissionError):
        digest_of_folders([locked])


def test_what_xml_forbids_does_not_break_a_feed() -> None:
    """A site's own feed_item.html can print a control character; a feed without it is better than none."""
    at = datetime(2026, 6, 18, 12, tzinfo=UTC)
    item = Item(
        guid="tag:x,2026-01-01:a/1", title="T", link="https://x/", html="<p>a\x01b</p>", published=at, updated=at
    )
    feed = Feed(
        guid="tag:x,2026-01-01:feed", title="T", description="D", home="https://x/", place="https://x/r",
        language="en", author="A", updated=at, items=(item,),
    )  # fmt: skip
    assert "a\ufffdb" in etree.fromstring(rss(feed)).findtext(".//item/description", "")
    assert "a\ufffdb" in "".join(etree.fromstring(atom(feed)).itertext())
    assert "a\ufffdb" in json.loads(json_feed(feed))["items"][0]["content_html"]


def test_what_is_no_character_does_not_break_a_page() -> None:
    """A site's own template can print half a surrogate pair, which no encoding knows."""
    slots = dict.fromkeys(SLOTS, "") | {"body": "a\ud800b"}
    assert Shell(parts=("<", ">"), slots=("body",)).fill_bytes(**slots) == b"<a?b>"


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_serve_takes_its_scratch_folder_along(site: Path, number: signal.Signals) -> None:
    """Ended by a signal, ``serve`` leaves no copy of the site behind and ends with the code of that signal."""
    scratch = site.parent / "scratch"
    scratch.mkdir()
    env = environment(site.parent, {"TMPDIR": str(scratch)})
    process = start(["serve", "--port", "0", "--now", NOW], site, env)
    assert process.stdout is not None
    assert "serving" in process.stdout.readline()
    assert list(scratch.iterdir())
    process.send_signal(number)
    began = time.monotonic()
    process.communicate(timeout=30)
    assert (process.returncode, list(scratch.iterdir())) == (128 + number, []), time.monotonic() - began


@pytest.mark.slow
def test_own_assets_stand_in_place_of_the_shipped(site: Path) -> None:
    """A site's own style sheet and script are published, as its templates are; a file of another name is told."""
    own = site / "site_templates/assets"
    own.mkdir(parents=True)
    for name in ("noroshi.css", "noroshi.js", "other.css"):
        (own / name).write_text("/* own */", "utf-8")
    ran = noroshi("build", "--now", NOW, "--out", "out", cwd=site)
    assert [(site / "out" / asset).read_text("utf-8") for asset in (STYLESHEET, SCRIPT)] == ["/* own */"] * 2
    assert [line for line in ran.err.splitlines() if "is not used" in line] == [
        line for line in ran.err.splitlines() if "site_templates/assets/other.css: is not used" in line
    ]
    assert "site_templates/assets/other.css: is not used" in ran.err
    shutil.rmtree(own)
    noroshi("build", "--now", NOW, "--out", "out", cwd=site)
    for asset in (STYLESHEET, SCRIPT):
        assert (site / "out" / asset).read_bytes() == shipped("site_templates", asset).read_bytes()


def test_template_that_includes_itself_ends_in_words(tmp_path: Path) -> None:
    """A site's own template without an end is named, and no traceback is shown."""
    (tmp_path / "home.html").write_text("{% include 'home.html' %}", "utf-8")
    with pytest.raises(PageError, match=r"site_templates/home\.html"):
        Templates([tmp_path]).render("home.html", wording("ja", ZoneInfo("Asia/Tokyo")))
