"""The command at its edge: exit codes, help, colours, forms of output, and surroundings that are not in order."""

from __future__ import annotations

import json
import os
import pty
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from noroshi.cli.manual import commands
from real_program import NOW, Ran, copy_example, environment, noroshi

BROKEN = "content/incidents/2026/broken.yaml"
COMMAND = shlex.join([sys.executable, "-m", "noroshi"])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, for commands that only read."""
    return copy_example(tmp_path_factory.mktemp("command") / "status")


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A site with a record that nobody can read."""
    folder = copy_example(tmp_path / "status")
    (folder / BROKEN).write_text(
        "title: Broken\nseverity: 100%\nreports:\n  - {kind: start, at: 22:00, text: x}\n", "utf-8"
    )
    return folder


def shell(line: str, cwd: Path, **variables: str) -> Ran:
    """Run a line of bash in which ``noroshi`` is this program; the code is that of its first command."""
    script = f'noroshi() {{ {COMMAND} "$@"; }}\n{line}\nexit ${{PIPESTATUS[0]}}'
    done = subprocess.run(
        ["bash", "-c", script], cwd=cwd, env=environment(cwd, variables), capture_output=True, check=False
    )
    err = done.stderr.decode("utf-8", "replace")
    assert "Traceback" not in err, err
    assert "Exception ignored" not in err, err
    return Ran(code=done.returncode, out=done.stdout.decode("utf-8", "replace"), err=err)


def test_fine_is_0(site: Path) -> None:
    """A check that finds nothing ends with 0, says how much it read, and prints no result."""
    ran = noroshi("check", "--now", NOW, cwd=site)
    assert (ran.out, ran.code) == ("", 0)
    assert re.fullmatch(r"\d+ records read: fine\n", ran.err)


@pytest.mark.parametrize("command", ["check", "build", "show"])
def test_problems_are_1(broken: Path, command: str) -> None:
    """Content that cannot be read ends with 1, names file, line and column, and nothing is published."""
    record = ["broken"] if command == "show" else []
    ran = noroshi(command, *record, "--now", NOW, cwd=broken, fine=False)
    assert ran.code == 1
    assert f"{BROKEN}:2:1: [choice] severity: '100%'" in ran.out + ran.err
    assert not (broken / "site").exists()
    if command == "build":
        assert "nothing was published" in ran.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["bild"], "there is no command 'bild'; did you mean 'build'?"),
        (["--versoin"], "--version"),
        (["build", "--as-off", NOW], "--as-of"),
        (["check", "--now", "22:00"], "'22:00' is no time; times are written 2026-06-18T21:40+09:00"),
        (["check", "--now", "2026-06-18T22:00"], "2026-06-18T21:40+09:00"),
        (["build", "--jobs", "0"], "--jobs"),
        (["check", "nowhere.yaml"], "nowhere.yaml: there is no such file"),
        (["check", "--format", "xml"], "'text', 'github', 'json'"),
        (["show", "zzz"], "no record has the id 'zzz'"),
        (["show"], "Missing argument 'ID'"),
        (["import", "cstat", "."], "cstat"),
    ],
)
def test_wrong_arguments_are_2(site: Path, arguments: list[str], said: str) -> None:
    """A slip in the arguments ends with 2 and names what was meant or what is allowed."""
    ran = noroshi(*arguments, cwd=site, fine=False)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_everything_else_is_3(site: Path, tmp_path: Path) -> None:
    """No site here, a target that is a file, an import from nowhere: 3, with what to do about it."""
    ran = noroshi("build", cwd=tmp_path, fine=False)
    assert ran.code == 3
    assert ran.err == (
        "error: .: there is no site here (no folder 'content'); go to a site's folder, name it with --site, or make "
        "one with 'noroshi init'\n"
    )
    ran = noroshi("build", "--site", site, "--out", site, "--now", NOW, cwd=tmp_path, fine=False)
    assert ran.code == 3
    assert "choose a folder" in ran.err
    ran = noroshi("import", "cstate", "nowhere", "--site", site, cwd=tmp_path, fine=False)
    assert ran.code == 3
    assert "nowhere" in ran.err


@pytest.mark.parametrize("epoch", ["abc", "-5", "1.5", " 7", "٣", "99999999999999999"])
def test_a_wrong_source_date_epoch_is_told(site: Path, epoch: str) -> None:
    """Whatever is no plain number of seconds is refused with its value, and never taken for the clock."""
    ran = noroshi("check", cwd=site, env=environment(site.parent, {"SOURCE_DATE_EPOCH": epoch}), fine=False)
    assert (ran.code, ran.err) == (3, f"error: SOURCE_DATE_EPOCH is {epoch!r}; it must be whole seconds since 1970\n")


def test_now_goes_before_source_date_epoch(site: Path) -> None:
    """--now wins over SOURCE_DATE_EPOCH, and this over the clock: at the epoch every report lies ahead."""
    early = environment(site.parent, {"SOURCE_DATE_EPOCH": "0"})
    assert noroshi("check", "--now", NOW, cwd=site, env=early).code == 0
    ran = noroshi("check", cwd=site, env=early, fine=False)
    assert ran.code == 1
    assert "[report-ahead]" in ran.out


def test_every_command_explains_itself() -> None:
    """Each command has a sentence of its own and, if it does anything, examples that name it."""
    for context in commands():
        text = context.get_help()
        assert context.command.get_short_help_str(), context.command_path
        if not context.command_path.endswith(" import"):
            assert "Examples:" in text, context.command_path
            assert f"  {context.command_path} " in text or f"  {context.command_path}\n" in text, context.command_path


def test_problems_for_github_and_programs(broken: Path) -> None:
    """--format github gives one annotation a line with its percent signs encoded, json one document."""
    text = noroshi("check", "--now", NOW, cwd=broken, fine=False)
    github = noroshi("check", "--now", NOW, "--format", "github", cwd=broken, fine=False)
    plain = noroshi("check", "--now", NOW, "--format", "json", cwd=broken, fine=False)
    found = json.loads(plain.out)
    assert text.code == github.code == plain.code == 1
    assert len(found) == len(text.out.splitlines()) == len(github.out.splitlines()) >= 2
    assert (github.err, plain.err) == ("", "")
    for problem, line, annotation in zip(found, text.out.splitlines(), github.out.splitlines(), strict=True):
        place = f"{problem['path']}:{problem['line']}:{problem['column']}"
        message = "; ".join(filter(None, (problem["found"], problem["allowed"], problem["advice"])))
        assert line == f"{place}: [{problem['rule']}] {message}"
        head = (
            f"::error file={problem['path']},line={problem['line']},col={problem['column']},title={problem['rule']}::"
        )
        assert annotation == head + message.replace("%", "%25")


def on_terminal(arguments: list[str], cwd: Path, **variables: str) -> str:
    """What a command writes to a terminal."""
    try:
        ours, theirs = pty.openpty()
    except OSError as error:
        pytest.skip(f"this machine gives no terminal: {error}")
    process = subprocess.Popen(
        [sys.executable, "-m", "noroshi", *arguments],
        cwd=cwd,
        env=environment(cwd, {"TERM": "xterm", **variables}),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    read = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # Linux says so when the other side has closed
            break
        if not piece:
            break
        read += piece
    os.close(ours)
    process.wait(timeout=30)
    return read.decode()


def test_colours_where_somebody_looks(broken: Path) -> None:
    """On a terminal problems are coloured; with NO_COLOR, or into a pipe, no escape is written."""
    arguments = ["check", "--now", NOW]
    assert "\x1b[31m" in on_terminal(arguments, broken)
    assert "\x1b" not in on_terminal(arguments, broken, NO_COLOR="1")
    piped = noroshi(*arguments, cwd=broken, fine=False)
    assert "\x1b" not in piped.out + piped.err
    forced = environment(broken, {"FORCE_COLOR": "1"})
    assert "\x1b[31m" in noroshi(*arguments, cwd=broken, env=forced, fine=False).out


@pytest.mark.parametrize(
    "line",
    [
        "noroshi schema incident | head -1",
        "noroshi show staging-down | true",
        "noroshi check --help | head -1",
        "noroshi show staging-down >&-",
        "noroshi check 2>&-",
        "noroshi check <&- >&- 2>&-",
        "noroshi build --out ../closed >&- 2>&-",
    ],
)
def test_readers_may_go_away(site: Path, line: str) -> None:
    """Output into a pipe that closes, or into nothing, is no failure and no reason to complain."""
    ran = shell(line, site, SOURCE_DATE_EPOCH="1795316400")
    assert ran.code == 0, ran.err


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="this machine has no /dev/full")
def test_a_full_device_is_told(site: Path) -> None:
    """A result that cannot be written ends with 3."""
    ran = shell("noroshi schema incident > /dev/full", site)
    assert (ran.code, ran.err) == (3, "error: No space left on device\n")


@pytest.mark.parametrize(
    "variables",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "POSIX"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "cp932"},
        {"PYTHONIOENCODING": "latin-1"},
    ],
    ids=lambda variables: " ".join(f"{name}={value}" for name, value in variables.items()),
)
def test_encodings_of_terminals(tmp_path: Path, variables: dict[str, str]) -> None:
    """Japanese text and a smile come out whatever the terminal can write; what it cannot is spelled out."""
    site = copy_example(tmp_path / "status")
    (site / "content/incidents/2026/2026-11-22-smile.yaml").write_text(
        "title: 障害 🙂\nseverity: none\nreports:\n  - {kind: start, at: 2026-11-22T11:00+09:00, text: é}\n", "utf-8"
    )
    done = subprocess.run(
        [sys.executable, "-m", "noroshi", "show", "2026-11-22-smile", "--now", NOW],
        cwd=site,
        env=environment(tmp_path, variables),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    encoding = variables.get("PYTHONIOENCODING", "utf-8")
    text = done.stdout.decode("utf-8" if encoding == "ascii" else encoding)
    assert text.startswith("【障害】障害 " if encoding != "latin-1" else "\\u3010")
    assert ("\\U0001f642" in text) == (encoding in ("cp932", "latin-1"))


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    """A file whose name is no UTF-8 is a problem like any other."""
    site = copy_example(tmp_path / "status")
    Path(os.fsdecode(os.fsencode(site) + b"/content/incidents/\x83e.yaml")).write_bytes(b"title: x\n")
    ran = noroshi("check", "--now", NOW, cwd=site, fine=False)
    assert ran.code == 1
    assert "content/incidents/" in ran.out


def test_without_a_home(site: Path, tmp_path: Path) -> None:
    """With nothing in the environment at all, check and build work."""
    for command in (["check"], ["build", "--out", tmp_path / "out", "--cache", tmp_path / "cache"]):
        ran = noroshi(*command, "--now", NOW, cwd=site, env={})
        assert ran.code == 0


def test_a_cache_that_cannot_be_written(site: Path, tmp_path: Path) -> None:
    """A cache folder that cannot be made is named; the exit code is 3, and nothing is published."""
    (tmp_path / "file").write_text("")
    env = environment(tmp_path, {"XDG_CACHE_HOME": str(tmp_path / "file")})
    ran = noroshi("build", "--out", tmp_path / "out", "--now", NOW, cwd=site, env=env, fine=False)
    assert ran.code == 3
    assert str(tmp_path / "file") in ran.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", ["check", "build", "init", "init --example x", "show x", "schema"])
def test_a_folder_that_is_gone(tmp_path: Path, command: str) -> None:
    """In a folder that was deleted meanwhile a command says so, or works where it needs no folder."""
    (tmp_path / "gone").mkdir()
    ran = shell(f"cd gone && rmdir ../gone && noroshi {command}", tmp_path)
    assert ran.code == (0 if command == "schema" else 3)
    assert ran.err == "" if ran.code == 0 else ran.err.startswith("error: ")


@pytest.mark.slow
def test_serve_says_where(tmp_path: Path) -> None:
    """serve prints its address once it listens there, answers, and ends quietly at Ctrl+C; the published folder
    is not touched."""
    site = copy_example(tmp_path / "status")
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "noroshi", "serve", "--port", "0", "--now", NOW],
        cwd=site,
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        said = re.fullmatch(r"serving (http://localhost:\d+/) \(stop with Ctrl\+C\)\n", line)
        assert said, line + (process.stderr.read() if process.stderr else "")
        assert "検証サーバー" in fetch(said[1] + "incidents/2026-06-18-staging-down/")
    finally:
        process.send_signal(2)
        _, err = process.communicate(timeout=30)
    assert process.returncode in (0, 130)
    assert "Traceback" not in err
    assert not (site / "site").exists()


def test_serve_without_a_site_to_show_says_so(broken: Path) -> None:
    """Where the very first build fails, there is no site of before to speak of, and nothing is served."""
    ran = noroshi("serve", "--port", "0", "--now", NOW, cwd=broken, fine=False)
    assert ran.code == 1
    assert "serving" not in ran.out
    assert "nothing was published: mend the problems above; nothing is served yet\n" in ran.err


def fetch(address: str) -> str:
    """A page from this machine."""
    from urllib.request import ProxyHandler, build_opener

    with build_opener(ProxyHandler({})).open(address.replace("localhost", "127.0.0.1"), timeout=30) as answer:
        return str(answer.read().decode())


def test_python_m_and_the_script_are_one(site: Path) -> None:
    """The installed command and ``python -m noroshi`` print the same version."""
    script = Path(sys.executable).parent / "noroshi"
    if not script.is_file() and (found := shutil.which("noroshi")):
        script = Path(found)
    done = subprocess.run([script, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == noroshi("--version", cwd=site).out
    assert re.fullmatch(r"noroshi, version \d+\.\d+\.\d+\S*\n", done.stdout)
