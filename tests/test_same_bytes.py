"""The same input gives the same bytes: elsewhere, otherwise set up, another day, and however the site came to be."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from real_program import NOW, assert_same, copy_example, environment, multiply, noroshi, tree

pytestmark = pytest.mark.slow

EPOCH = str(int(datetime.fromisoformat(NOW).timestamp()))
Tree = dict[str, bytes | None]

ANOTHER_DAY = """
import datetime as module, time
DAYS = 400
class datetime(module.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + module.timedelta(days=DAYS)
    @classmethod
    def today(cls):
        return super().today() + module.timedelta(days=DAYS)
    @classmethod
    def utcnow(cls):
        return super().utcnow() + module.timedelta(days=DAYS)
class date(module.date):
    @classmethod
    def today(cls):
        return super().today() + module.timedelta(days=DAYS)
module.datetime, module.date = datetime, date
real = time.time
time.time = lambda: real() + DAYS * 86400
"""
"""A sitecustomize.py under which Python's clock stands more than a year ahead."""


def build(site: Path, out: Path, *more: object, umask: int = -1, **variables: str) -> Tree:
    """Build with a cache of its own beside `out`, and tell what was published."""
    cache = out.parent / f"{out.name}-cache"
    env = environment(out.parent, variables)
    noroshi("build", "--site", site, "--out", out, "--cache", cache, *more, cwd=out.parent, env=env, umask=umask)
    return tree(out)


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """The example, built cold in the plainest surroundings."""
    folder = tmp_path_factory.mktemp("reference")
    built = build(copy_example(folder / "status"), folder / "out", "--now", NOW, "--jobs", 1, TZ="UTC", LC_ALL="C")
    assert "index.html" in built
    assert any(path.endswith((".rss", ".atom")) for path in built)
    return built


@pytest.mark.parametrize(
    ("variables", "umask"),
    [
        ({"TZ": "America/St_Johns"}, -1),
        ({"TZ": "Asia/Kathmandu", "LC_ALL": "ja_JP.UTF-8"}, -1),
        ({"LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8"}, -1),
        ({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, -1),
        ({"PYTHONHASHSEED": "0"}, -1),
        ({"PYTHONHASHSEED": "1"}, -1),
        ({"PYTHONHASHSEED": "random"}, 0o077),
        ({"PYTHONOPTIMIZE": "2", "COLUMNS": "40", "FORCE_COLOR": "1"}, -1),
    ],
    ids=lambda value: " ".join(f"{name}={word}" for name, word in value.items()) if isinstance(value, dict) else "",
)
def test_surroundings_do_not_matter(tmp_path: Path, reference: Tree, variables: dict[str, str], umask: int) -> None:
    """Zone, language, hash seed, umask, terminal and optimisation change no byte."""
    site = copy_example(tmp_path / "status")
    assert_same(build(site, tmp_path / "out", "--now", NOW, umask=umask, **variables), reference)


def test_the_folder_does_not_matter(tmp_path: Path, reference: Tree) -> None:
    """A path with spaces and Japanese, reached by a link and named relatively, gives the same site."""
    site = copy_example(tmp_path / "深い 場所" / "of mine" / "状況")
    (tmp_path / "link").symlink_to(site)
    noroshi("build", "--site", "link", "--out", "公開 site", "--now", NOW, cwd=tmp_path)
    assert_same(tree(tmp_path / "公開 site"), reference)
    noroshi("build", "--now", NOW, cwd=site)
    assert_same(tree(site / "site"), reference)


def test_another_day_with_the_same_now(tmp_path: Path, reference: Tree) -> None:
    """With the time given, by --now or SOURCE_DATE_EPOCH, the day of the build and of the files leaves no trace."""
    site = copy_example(tmp_path / "status")
    for place in site.rglob("*"):
        os.utime(place, (1_000_000_000, 1_000_000_000))
    ahead = tmp_path / "ahead"
    ahead.mkdir()
    (ahead / "sitecustomize.py").write_text(ANOTHER_DAY, "utf-8")
    path = os.pathsep.join(filter(None, [str(ahead), os.environ.get("PYTHONPATH", "")]))
    shown = subprocess.run(
        [sys.executable, "-c", "import datetime; print(datetime.datetime.now().year)"],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(shown.stdout) > datetime.now().astimezone().year, "this Python does not take the sitecustomize.py"
    assert_same(build(site, tmp_path / "out", "--now", NOW, PYTHONPATH=path), reference)
    assert_same(build(site, tmp_path / "out2", PYTHONPATH=path, SOURCE_DATE_EPOCH=EPOCH), reference)


def test_a_warm_cache_changes_nothing(tmp_path: Path, reference: Tree) -> None:
    """Built again, built elsewhere from the same cache, and built again without it: always the same."""
    site = copy_example(tmp_path / "status")
    given = ("build", "--site", site, "--now", NOW, "--cache", tmp_path / "cache", "--out")
    for out in ("out", "out", "elsewhere"):
        noroshi(*given, out, cwd=tmp_path)
        assert_same(tree(tmp_path / out), reference)
    shutil.rmtree(tmp_path / "cache")
    noroshi(*given, "out", cwd=tmp_path)
    assert_same(tree(tmp_path / "out"), reference)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["CRLF", "CRLF and BOM"])
def test_line_ends_and_byte_order_marks_do_not_matter(tmp_path: Path, reference: Tree, mark: bytes) -> None:
    """Content saved on Windows gives the same site, the operator's own pages included."""
    site = copy_example(tmp_path / "status")
    for place in [*site.glob("content/**/*.yaml"), *site.glob("content/pages/*.md")]:
        place.write_bytes(mark + place.read_bytes().replace(b"\n", b"\r\n"))
    assert_same(build(site, tmp_path / "out", "--now", NOW), reference)


def test_the_number_of_processes_does_not_matter(tmp_path: Path) -> None:
    """Enough records for several processes: one, two or three of them write the same."""
    site = copy_example(tmp_path / "status")
    multiply(site, 200)
    alone = build(site, tmp_path / "one", "--now", NOW, "--jobs", 1)
    assert "incidents/copy-199/index.html" in alone
    assert_same(build(site, tmp_path / "two", "--now", NOW, "--jobs", 2), alone)
    assert_same(build(site, tmp_path / "three", "--now", NOW, "--jobs", 3), alone)


def replace(path: str, old: str, new: str) -> Callable[[Path], None]:
    """A change that puts one text for another in a file."""

    def change(site: Path) -> None:
        text = (site / path).read_text("utf-8")
        assert old in text, f"{path} no longer holds {old!r}"
        (site / path).write_text(text.replace(old, new), "utf-8")

    return change


def add_record(site: Path) -> None:
    (site / "content/incidents/2026/2026-11-21-added.yaml").write_text(
        "title: Added\nseverity: minor\ncomponents: {ci: partial_outage}\nreports:\n"
        "  - {kind: start, at: 2026-11-21T10:00+09:00, text: Seen.}\n",
        "utf-8",
    )


def add_report(site: Path) -> None:
    with (site / "content/incidents/2026/2026-11-21-added.yaml").open("a", encoding="utf-8") as file:
        file.write("  - {kind: interim, at: 2026-11-21T11:00+09:00, text: Still., severity: major}\n")


def rename_record(site: Path) -> None:
    folder = site / "content/incidents/2026"
    (folder / "2026-11-21-added.yaml").rename(folder / "2026-11-21-renamed.yaml")


def move_record(site: Path) -> None:
    (site / "content/incidents/elsewhere").mkdir()
    (site / "content/incidents/2026/2026-11-21-renamed.yaml").rename(
        site / "content/incidents/elsewhere/2026-11-21-renamed.yaml"
    )


def delete_record(site: Path) -> None:
    (site / "content/incidents/elsewhere/2026-11-21-renamed.yaml").unlink()
    (site / "content/incidents/2026/2026-04-14-www-slow.yaml").unlink()


def swap_records(site: Path) -> None:
    folder = site / "content/incidents/2026"
    first, second = folder / "2026-08-05-vpn-reconnect.yaml", folder / "2026-05-11-admin-login.yaml"
    first.rename(folder / "aside")
    second.rename(first)
    (folder / "aside").rename(second)


def override_template(site: Path) -> None:
    (site / "site_templates").mkdir()
    (site / "site_templates/notfound.html").write_text("<h1>gone fishing</h1>\n", "utf-8")


def drop_override(site: Path) -> None:
    shutil.rmtree(site / "site_templates")


def add_page(site: Path) -> None:
    (site / "content/pages/hours.md").write_text("# Hours\n\nAlways, see [about](about.md).\n", "utf-8")


INCIDENT = "content/incidents/2026/2026-06-18-staging-down.yaml"
CHANGES: list[tuple[str, Callable[[Path], None], str, bool]] = [
    ("a record is added", add_record, NOW, True),
    ("a report is added", add_report, NOW, True),
    ("a record is renamed", rename_record, NOW, True),
    ("a record moves to another folder", move_record, NOW, False),
    ("the title of a cause changes", replace(INCIDENT, "検証サーバーの停止", "検証環境の停止"), NOW, True),
    ("records are deleted", delete_record, NOW, True),
    ("two records change places", swap_records, NOW, True),
    ("the site is renamed", replace("content/site.yaml", "Status and reports", "Fire & smoke"), NOW, True),
    ("a component is renamed", replace("content/components.yaml", "検証", "試験"), NOW, True),
    ("a list is only written otherwise", replace("content/components.yaml", "name: ", "name:  "), NOW, False),
    ("a template is overridden", override_template, NOW, True),
    ("the override goes", drop_override, NOW, True),
    ("a page is added", add_page, NOW, True),
    ("a page is edited", replace("content/pages/hours.md", "Always", "Never"), NOW, True),
    ("the look changes", replace("content/site.yaml", "format: 1", 'format: 1\nlook: {accent: "#00695c"}'), NOW, True),
    ("a week passes", lambda site: None, "2026-11-29T23:59+09:00", True),
    ("and is taken back", lambda site: None, NOW, True),
    ("nothing happens", lambda site: None, NOW, False),
]
"""What happens, how, the time of the build after it, and whether the site must look different."""


def test_an_incremental_build_equals_a_cold_one(tmp_path: Path) -> None:
    """After each of a chain of changes, the old site brought up to date is the site built from nothing."""
    site = copy_example(tmp_path / "status")
    given = ("--site", site, "--jobs", 1)
    warm = (*given, "--out", tmp_path / "warm", "--cache", tmp_path / "warm-cache")
    noroshi("build", *warm, "--now", NOW, cwd=tmp_path)
    before = tree(tmp_path / "warm")
    for number, (what, change, now, visible) in enumerate(CHANGES):
        change(site)
        noroshi("build", *warm, "--now", now, cwd=tmp_path)
        cold = tmp_path / f"cold-{number}"
        noroshi("build", *given, "--out", cold, "--cache", tmp_path / f"cache-{number}", "--now", now, cwd=tmp_path)
        after = tree(tmp_path / "warm")
        try:
            assert_same(after, tree(cold))
        except AssertionError as error:
            raise AssertionError(f"after this change: {what}\n{error}") from error
        assert (after != before) == visible, what
        before = after


def test_going_back_in_time_leaves_no_trace(tmp_path: Path, reference: Tree) -> None:
    """--as-of shows the night as it stood, warm or cold alike; the present built after it is the present."""
    site = copy_example(tmp_path / "status")
    then = "2026-06-18T22:30+09:00"
    warm = ("build", "--site", site, "--out", tmp_path / "out", "--cache", tmp_path / "cache")
    noroshi(*warm, "--now", NOW, cwd=tmp_path)
    noroshi(*warm, "--as-of", then, cwd=tmp_path)
    past = tree(tmp_path / "out")
    assert_same(past, build(site, tmp_path / "cold", "--as-of", then))
    page = past["incidents/2026-06-18-staging-down/index.html"]
    assert page is not None
    assert "復旧を確認し".encode() not in page
    noroshi(*warm, "--now", NOW, cwd=tmp_path)
    assert_same(tree(tmp_path / "out"), reference)


@pytest.mark.parametrize("strict", [(), ("--strict",)], ids=["", "strict"])
def test_mkdocs_builds_the_same_site(tmp_path: Path, reference: Tree, strict: tuple[str, ...]) -> None:
    """``mkdocs build`` publishes, through the plugin, byte for byte what ``noroshi build`` publishes."""
    site = copy_example(tmp_path / "status")
    ran = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", *strict],
        cwd=site,
        env=environment(tmp_path, {"SOURCE_DATE_EPOCH": EPOCH}),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert_same(tree(site / "site"), reference)


def test_check_says_the_same_everywhere(tmp_path: Path) -> None:
    """Problems come in one order, whatever the hash seed and the order of the folder."""
    site = copy_example(tmp_path / "status")
    for number in range(12):
        (site / f"content/incidents/2026/wrong-{number}.yaml").write_text(
            f"tittle: {number}\nseverity: huge\n", "utf-8"
        )
    outputs = {
        noroshi(
            "check",
            "--site",
            site,
            "--now",
            NOW,
            "--format",
            "json",
            cwd=tmp_path,
            env=environment(tmp_path, {"PYTHONHASHSEED": seed}),
            fine=False,
        ).out
        for seed in ("0", "1", "2")
    }
    (one,) = outputs
    assert len(json.loads(one)) >= 24
