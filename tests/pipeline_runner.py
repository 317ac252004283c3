"""A small runner of pipelines: each step's script for real, in bash, in a clone, with the forge's variables faked.

What a forge gives is stood in for by programs in front of PATH: ``pip`` (the program is installed already), ``gh``
(writes down what it is asked) and ``sleep``. Git, curl and noroshi are the real ones.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

_NOROSHI = f"""#!/bin/sh
exec {sys.executable} -c 'from noroshi.cli import main; main()' "$@"
"""
_GH = """#!/bin/sh
printf '%s\\n' "$*" >> "$TOLD/gh"
while [ $# -gt 0 ]; do
  if [ "$1" = --body-file ]; then cp "$2" "$TOLD/answer.md"; fi
  shift
done
"""
_PIP = """#!/bin/sh
printf '%s\\n' "$*" >> "$TOLD/pip"
"""


@dataclass(frozen=True, kw_only=True)
class Step:
    """What became of a step."""

    name: str
    code: int
    out: str


@dataclass(kw_only=True)
class Runner:
    """A machine of a forge."""

    home: Path
    origin: Path
    variables: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("bin", "told", "temp", "user"):
            (self.home / name).mkdir(parents=True)
        for name, script in (("noroshi", _NOROSHI), ("gh", _GH), ("pip", _PIP), ("sleep", "#!/bin/sh\n")):
            self.program(name, script)

    def program(self, name: str, script: str) -> None:
        """Put a program in front of all others."""
        place = self.home / "bin" / name
        place.write_text(script)
        place.chmod(0o755)

    def told(self, name: str) -> str:
        """What a stand-in was asked, a line for each call."""
        place = self.home / "told" / name
        return place.read_text("utf-8") if place.is_file() else ""

    @property
    def workspace(self) -> Path:
        """Where the repository is checked out."""
        return self.home / "workspace"

    def check_out(self, revision: str, *, whole: bool) -> None:
        """What actions/checkout and a GitLab runner do: all of the history, or the newest commit alone."""
        shutil.rmtree(self.workspace, ignore_errors=True)
        depth = [] if whole else ["--depth", "1"]
        branch = ["--branch", revision] if not revision.startswith("refs/") else []
        command = ["git", "clone", "-q", *depth, *branch, f"file://{self.origin}", str(self.workspace)]
        subprocess.run(command, check=True, env=self._environment({}))
        if not branch:
            for words in (["fetch", "-q", "origin", revision], ["checkout", "-q", "--detach", "FETCH_HEAD"]):
                subprocess.run(["git", *words], check=True, cwd=self.workspace, env=self._environment({}))

    def bash(self, name: str, script: str, more: Mapping[str, str], *, shell: tuple[str, ...]) -> Step:
        """Run a script as the forge does."""
        done = subprocess.run(
            [*shell, "-c", script],
            cwd=self.workspace,
            env=self._environment(more),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return Step(name=name, code=done.returncode, out=done.stdout)

    def _environment(self, more: Mapping[str, str]) -> dict[str, str]:
        own = {
            "PATH": f"{self.home / 'bin'}:{os.environ['PATH']}",
            "HOME": str(self.home / "user"),
            "TOLD": str(self.home / "told"),
            "LANG": "C.UTF-8",
            "NO_MKDOCS_2_WARNING": "1",
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        return own | self.variables | dict(more)


def run_github_job(
    runner: Runner, workflow: str, job: str, values: Mapping[str, str], checkout: str = "main"
) -> tuple[list[Step], bool]:
    """Run a job of a workflow of the repository step by step; what became of each, and whether the job succeeded.

    :param values: what stands for each ``${{ … }}``
    :param checkout: what is checked out where the step does not say
    """
    text = subprocess.run(
        ["git", "-C", str(runner.origin), "show", f"main:.github/workflows/{workflow}"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    told: dict[str, Any] = yaml.load(text, yaml.BaseLoader)["jobs"][job]
    variables = runner.home / "github-env"
    variables.write_text("")
    environment = {name: _filled(value, values) for name, value in told.get("env", {}).items()}
    base = {"GITHUB_ENV": str(variables), "RUNNER_TEMP": str(runner.home / "temp"), "CI": "true"}
    steps: list[Step] = []
    fine = True
    for number, step in enumerate(told["steps"], 1):
        if not _wanted(step.get("if", "success()"), environment, fine):
            continue
        if "uses" in step:
            if step["uses"].startswith("actions/checkout@"):
                asked = step.get("with", {})
                runner.check_out(asked.get("ref", checkout), whole=asked.get("fetch-depth") == "0")
            continue
        assert "${{" not in step["run"], "what somebody typed must not become a script"
        more = base | environment | {name: _filled(value, values) for name, value in step.get("env", {}).items()}
        # https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
        ran = runner.bash(step.get("name", f"step {number}"), step["run"], more, shell=("bash", "-e"))
        steps.append(ran)
        fine = fine and ran.code == 0
        environment |= dict(line.split("=", 1) for line in variables.read_text().splitlines())
    return steps, fine


def run_gitlab_job(runner: Runner, job: str, variables: Mapping[str, str]) -> Step:
    """Run a job of the repository's .gitlab-ci.yml."""
    text = (runner.workspace / ".gitlab-ci.yml").read_text("utf-8")
    told = yaml.load(text, yaml.BaseLoader)
    script = "\n".join([*told["default"]["before_script"], *told[job]["script"]])
    return runner.bash(job, script, {"CI": "true", **variables}, shell=("bash", "-eo", "pipefail"))


def _filled(text: str, values: Mapping[str, str]) -> str:
    return re.sub(r"\$\{\{ (.*?) \}\}", lambda match: values[match[1]], text)


def _wanted(condition: str, environment: Mapping[str, str], fine: bool) -> bool:
    if condition == "always()":
        return True
    match = re.fullmatch(r"env\.(\w+) (==|!=) '(\w+)'", condition)
    if match is None:
        assert condition == "success()", condition
        return fine
    same = environment.get(match[1], "") == match[3]
    return fine and same is (match[2] == "==")
