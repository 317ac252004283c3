"""``noroshi show``: one record as text to paste, word for word, and what it says where it cannot.

``REFRESH_SHOW=1 pytest tests/test_show.py`` writes every file in ``show/golden`` anew: read the difference as the
client who gets it.
"""

import json
import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from noroshi.cli.errors import ProblemsFound
from noroshi.cli.show import show

HERE = Path(__file__).parent / "show"
SITE, GOLDEN = HERE / "site", HERE / "golden"
NOW = "2026-11-22T12:00+09:00"
FORMATS = ("text", "markdown", "redmine", "chatwork")
DOWN = "2026-06-18-staging-down"
CASES = {
    **{
        f"down.{lang}.{form}": (DOWN, "--language", lang, "--format", form) for lang in ("ja", "en") for form in FORMATS
    },
    **{f"night.ja.{form}": (DOWN, "--as-of", "2026-06-18T22:30+09:00", "--format", form) for form in FORMATS},
    **{f"open.ja.{form}": ("2026-11-20-open", "--format", form) for form in FORMATS},
    **{f"injection.ja.{form}": ("2026-11-21-injection", "--format", form) for form in FORMATS},
    "upgrade.ja.text": ("2026-06-18-staging-db-upgrade",),
    "upgrade.en.text": ("2026-06-18-staging-db-upgrade", "--language", "en"),
    "moved.ja.redmine": ("2026-10-01-moved", "--format", "redmine"),
    "moved.en.text": ("2026-10-01-moved", "--language", "en"),
    "release.en.text": ("2026-06-19-release", "--language", "en"),
    "last.ja.text": (DOWN, "--report", "last"),
    "completion.en.markdown": (DOWN, "--report", "4", "--language", "en", "--format", "markdown"),
}


def run(*arguments: str, site: Path = SITE) -> Result:
    """The command's result, at the tests' time."""
    return CliRunner().invoke(show, [*arguments, "--site", str(site), "--now", NOW])


@pytest.mark.parametrize("name", CASES)
def test_golden(name: str) -> None:
    """Each record, format and language comes out byte for byte as its file in ``show/golden``."""
    result = run(*CASES[name])
    assert result.exit_code == 0, result.stderr
    golden = GOLDEN / name
    if os.environ.get("REFRESH_SHOW"):
        golden.write_text(result.stdout, "utf-8")
    assert result.stdout == golden.read_text("utf-8")
    assert result.stderr == ""


def test_goldens_are_all_used() -> None:
    """No file in ``show/golden`` is left over from a case that is gone."""
    assert {path.name for path in GOLDEN.iterdir()} == set(CASES)


def test_as_of_leaves_out_what_came_later() -> None:
    """At half past ten that night there are two reports, no recovery, no correction, and the time is named."""
    night = run(DOWN, "--as-of", "2026-06-18T22:30+09:00").stdout
    assert "状態：対応中（重大）\n2026年6月18日（木）22:30 時点\n" in night
    assert night.count("■") == 2
    assert "訂正" not in night
    assert "復旧：" not in night


def test_last_report_of_the_night() -> None:
    """``--report last`` with ``--as-of`` is the last one then, under its own address, without the record's facts."""
    said = run(DOWN, "--as-of", "2026-06-18T22:30+09:00", "--report", "last").stdout
    assert said.count("■") == 1
    assert "■ 中間報告 2026年6月18日（木）22:20（infra）" in said
    assert "影響範囲" not in said
    assert said.endswith("/incidents/2026-06-18-staging-down/#report-2\n")


def test_single_follow_up_tells_how_far_its_actions_have_come() -> None:
    """A follow-up alone brings the progress that it reports, and none that a later one reports."""
    said = run(DOWN, "--report", "6", "--language", "en").stdout
    assert said.count("  Done: ") == 3
    assert "Thu 25 June 2026 (Upgrade procedure, third edition)" in said
    assert "Effect checked" not in said


def test_zone_is_named_once() -> None:
    """The site's zone stands once in every format."""
    for form in FORMATS:
        assert run(DOWN, "--format", form).stdout.count("JST") == 1


def test_commitment_has_no_address_and_names_its_client() -> None:
    """A commitment that only its client may see says whose it is, its time and its outcome, and links to no page."""
    said = run("2026-06-19-release").stdout
    assert "【お約束の時間帯】サイト公開" in said
    assert "A 社（a-sha）" in said
    assert "結果：遅延" in said
    assert "https://status.example.com" not in said


def test_agreements_are_not_told() -> None:
    """What a client agreed to is theirs: it is in no format."""
    for form in FORMATS:
        said = run("2026-06-18-staging-db-upgrade", "--format", form).stdout
        assert "a-sha" not in said
        assert "公開前日" not in said


@pytest.mark.parametrize(
    "name",
    [
        "staging-down",
        "2026-06-18-staging-do",
        "STAGING-DOWN",
        "content/incidents/2026/2026-06-18-staging-down.yaml",
        str(SITE / "content/incidents/2026/2026-06-18-staging-down.yaml"),
        "2026-06-18-staging-down.yaml",
    ],
)
def test_names(name: str) -> None:
    """A part of an id that no other has, or the record's file, is enough; a part says on stderr which was taken."""
    result = run(name)
    assert result.exit_code == 0
    assert result.stdout == run(DOWN).stdout
    assert (DOWN in result.stderr) == ("/" not in name)


def test_ambiguous_name() -> None:
    """Where several ids match, they are listed and nothing is printed; the exit code is 2."""
    result = run("2026-06-18")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert f"  {DOWN} (content/incidents/2026/{DOWN}.yaml)\n" in result.stderr
    assert "2026-06-18-staging-db-upgrade" in result.stderr
    assert "2026-06-19-release" not in result.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["2026-06-18-stagin-down"], "no record has the id '2026-06-18-stagin-down'; did you mean '" + DOWN + "'?"),
        (["nothing-like-it"], "look into content/ for its file"),
        ([DOWN, "--language", "fr"], "it has: ja, en"),
        ([DOWN, "--report", "8"], "reports 1 to 7, and 'last'"),
        ([DOWN, "--report", "0"], "reports 1 to 7, and 'last'"),
        ([DOWN, "--report", "２"], "reports 1 to 7, and 'last'"),
        ([DOWN, "--as-of", "2026-06-18T21:00+09:00"], "nothing had been reported"),
        ([DOWN, "--format", "html"], "'chatwork'"),
    ],
)
def test_wrong_arguments(arguments: list[str], words: str) -> None:
    """What cannot be shown as asked ends with exit code 2, the reason on stderr and nothing to paste."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert result.stdout == ""


def test_record_with_errors() -> None:
    """A record with errors is told with its place, and nothing is printed to paste."""
    result = run("2026-11-19-faulty")
    assert isinstance(result.exception, ProblemsFound)
    assert result.stdout == ""
    assert "content/incidents/2026/2026-11-19-faulty.yaml:2:1: [choice] severity: 'huge'" in result.stderr


def test_other_records_errors_do_not_matter(tmp_path: Path) -> None:
    """Only the record itself is read: a broken neighbour changes nothing, a broken setting stops."""
    site = tmp_path / "site"
    shutil.copytree(SITE, site)
    (site / "content/incidents/2026/2026-11-20-open.yaml").write_text("title: [", "utf-8")
    assert run(DOWN, site=site).stdout == run(DOWN).stdout
    (site / "content/components.yaml").write_text("- {id: staging-web}\n", "utf-8")
    broken = run(DOWN, site=site)
    assert isinstance(broken.exception, ProblemsFound)
    assert "content/components.yaml:1:" in broken.stderr


def test_unknown_cause_is_an_error(tmp_path: Path) -> None:
    """A record that names a cause which is not there is refused, as ``check`` refuses it."""
    site = tmp_path / "site"
    shutil.copytree(SITE, site)
    next(site.rglob("*staging-db-upgrade.yaml")).unlink()
    result = run(DOWN, site=site)
    assert isinstance(result.exception, ProblemsFound)
    assert "[unknown-record]" in result.stderr


def test_a_commitment_is_no_cause(tmp_path: Path) -> None:
    """A record that names a commitment as its cause is refused too: its readers could never see that."""
    site = tmp_path / "site"
    shutil.copytree(SITE, site)
    path = site / f"content/incidents/2026/{DOWN}.yaml"
    path.write_text(
        path.read_text("utf-8").replace("caused_by: 2026-06-18-staging-db-upgrade", "caused_by: 2026-06-19-release")
    )
    result = run(DOWN, site=site)
    assert isinstance(result.exception, ProblemsFound)
    assert "[unknown-record]" in result.stderr


def test_what_the_last_report_says_of_actions_alone_stands_in_it(tmp_path: Path) -> None:
    """A last report that moves a due time keeps its own words; the list of all below says it in others."""
    site = tmp_path / "site"
    shutil.copytree(SITE, site)
    record = site / "content/incidents/2026/2026-11-21-injection.yaml"
    last = record.read_text("utf-8").rindex("  - kind: follow_up")
    record.write_text(record.read_text("utf-8")[:last], "utf-8")
    shown = run("2026-11-21-injection", "--language", "en", site=site).stdout
    moved, standing = shown.split("Progress of corrective actions\n")[1].split("■ Corrective actions\n")
    assert "Due: Thu 31 December 2026\n" in moved
    assert "Due: Thu 31 December 2026 (before: Mon 30 November 2026)" in standing


def test_unfinished_completion_is_shown_with_a_note(tmp_path: Path) -> None:
    """What only fails review is shown all the same, with the note beside the text."""
    site = tmp_path / "site"
    shutil.copytree(SITE, site)
    path = site / "content/incidents/2026/2026-11-20-open.yaml"
    ending = (
        "  - {kind: completion, at: 2026-11-20T16:00+09:00, ended_at: 2026-11-20T15:00+09:00, text: 終わりました。}\n"
    )
    path.write_text(path.read_text("utf-8") + ending, "utf-8")
    result = run("2026-11-20-open", site=site)
    assert result.exit_code == 0
    assert "終わりました。" in result.stdout
    assert "review: " in result.stderr
    told = json.loads(run("2026-11-20-open", "--format", "json", site=site).stdout)["problems"]
    assert {(each["path"], each["level"]) for each in told} == {(path.relative_to(site).as_posix(), "review")}
