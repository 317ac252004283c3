"""The documents say what is so: commands, options, exit codes and examples are held against the program."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml
from click.testing import CliRunner
from markdown.extensions.toc import slugify

from noroshi.cli import EXIT_CODES, manual
from noroshi.cli.show import show
from real_program import ROOT, copy_example

READMES = ("README.md", "README.ja.md")
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "benchmarks" / "README.md"]
)
CONTEXTS = {context.command_path: context for context in manual.commands()}
OPTIONS = {
    name: {option for parameter in context.command.get_params(context) for option in parameter.opts}
    for name, context in CONTEXTS.items()
}


def read(path: str) -> str:
    """A document's text."""
    return (ROOT / path).read_text("utf-8")


def blocks(text: str, language: str) -> list[str]:
    """The fenced blocks in this language."""
    return re.findall(rf"^ *```{language}\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)


def prose(text: str) -> str:
    """A document without its fenced blocks."""
    return re.sub(r"^ *```.*?^ *```$", "", text, flags=re.MULTILINE | re.DOTALL)


def test_the_page_on_commands_is_what_help_says() -> None:
    """docs/commands.md is, word for word, what `python -m noroshi.cli.manual` makes of the commands."""
    assert read("docs/commands.md") == manual.page()
    for name, context in CONTEXTS.items():
        assert f"\n## {name}\n" in manual.page()
        for option in OPTIONS[name]:
            assert not option.startswith("--") or option in context.get_help()


@pytest.mark.parametrize("readme", READMES)
def test_readmes_name_every_command(readme: str) -> None:
    """The table of commands has each command that does something, in the order of --help, and no other."""
    table = re.findall(r"^\| `(noroshi [^`]+)` \|", read(readme), re.MULTILINE)
    assert table == [
        name for name, context in CONTEXTS.items() if " " in name and not hasattr(context.command, "commands")
    ]


@pytest.mark.parametrize("page", PAGES)
def test_commands_in_documents_exist(page: str) -> None:
    """Whatever a document tells people to type is a command with these options."""
    lines = [line for block in blocks(read(page), "(?:sh|text)") for line in block.splitlines()]
    if page == "docs/commands.md":
        lines = re.findall(r"^ {4}(noroshi .*)$", read(page), re.MULTILINE)
    spans = re.findall(r"`([^`\n]+)`", prose(read(page)))
    found = 0
    for text in [*lines, *spans]:
        match = re.search(r"(?:^|&& |/bin/)(noroshi) ([a-z].*)", text)
        if match is None:
            continue
        words = re.sub(r"(\s{2,}|\s#).*", "", match[2]).split()
        name = "noroshi " + (" ".join(words[:2]) if words[0] == "import" else words[0])
        assert name in CONTEXTS, text
        for word in words:
            if word.startswith("--"):
                assert word.partition("=")[0] in OPTIONS[name], text
        found += 1
    if page in (*READMES, "docs/commands.md", "docs/operating.md"):
        assert found >= 4


@pytest.mark.parametrize("page", [*READMES, "docs/operating.md"])
def test_options_in_prose_exist(page: str) -> None:
    """An option named in the text is one of some command, of pip, or of the scripts."""
    known = set().union(*OPTIONS.values()) | {"--quick", "--ff-only", "--quiet", "--strict", "--help"}
    for option in re.findall(r"(?<![\w-])(--[a-z][a-z-]+)", read(page)):
        assert option in known, option


def test_exit_codes_are_those_of_help() -> None:
    """README and manual give the exit codes of --help with its words."""
    told = re.findall(r"^ {2}(\d)  (.+)$", EXIT_CODES, re.MULTILINE)
    assert [code for code, _ in told] == ["0", "1", "2", "3", "4", "5"]
    for code, meaning in told:
        assert f"| {code} | {meaning} |" in read("README.md")
    for page in ("README.ja.md", "docs/operating.md"):
        codes = [code for code in re.findall(r"^\| (\d+) \|", read(page), re.MULTILINE) if code != "130"]
        assert codes == [code for code, _ in told], page


def test_both_readmes_say_the_same() -> None:
    """The Japanese README has the commands, the chapters and the links of the English one."""
    english, japanese = (read(name) for name in READMES)

    def typed(text: str) -> list[str]:
        lines = [line for block in blocks(text, "sh") for line in block.splitlines()]
        return [re.sub(r"\s+#.*", "", line) for line in lines]

    assert typed(english) == typed(japanese) != []
    for pattern in (r"^(##?) ", r"^```(\w+)$", r"\]\(((?!README|docs/images/)[^)]+)\)"):
        left, right = (re.findall(pattern, text, re.MULTILINE) for text in (english, japanese))
        assert left == right, pattern


@pytest.mark.parametrize(("readme", "language"), [("README.md", "en"), ("README.ja.md", "ja")])
def test_the_example_of_the_readme_is_true(tmp_path: Path, readme: str, language: str) -> None:
    """The record in the README is a record of the example site, and what comes of it is what the README shows."""
    record = blocks(read(readme), "yaml")[0]
    shown = blocks(read(readme), "text")[0]
    site = copy_example(tmp_path / "status")
    (site / "content/incidents/2026/2026-11-22-staging-down.yaml").write_text(record, "utf-8")
    given = ["2026-11-22-staging-down", "--site", str(site), "--language", language]
    ran = CliRunner().invoke(show, [*given, "--now", "2026-11-22T22:00+09:00"])
    assert ran.stderr == ""
    assert ran.stdout == shown
    more = blocks(read(readme), "yaml")[1]
    (site / "content/incidents/2026/2026-11-22-staging-down.yaml").write_text(record + more, "utf-8")
    ran = CliRunner().invoke(show, [*given, "--now", "2026-11-22T22:30+09:00", "--report", "2"])
    assert (ran.stderr, ran.exit_code) == ("", 0)


def anchors(path: Path) -> set[str]:
    """The anchors of a Markdown page: its headings, and what it names itself."""
    text = prose(path.read_text("utf-8"))
    headings = re.findall(r"^#+ (.*?)(?: *\{.*\})? *$", text, re.MULTILINE)
    return {slugify(re.sub(r"[`*]", "", heading), "-") for heading in headings} | set(
        re.findall(r"\{ *#([\w-]+)", text)
    )


@pytest.mark.parametrize("page", PAGES)
def test_relative_links_resolve(page: str) -> None:
    """Every relative link leads to a file of this repository, and to a heading of it."""
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(read(page))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = unquote(target).partition("#")
        place = Path(os.path.normpath((ROOT / page).parent / path)) if path else ROOT / page
        assert place.exists(), f"{page}: {target}"
        assert place.is_relative_to(ROOT), f"{page}: {target}"
        if anchor and place.suffix == ".md":
            assert anchor in anchors(place), f"{page}: {target}"


def test_the_lock_holds_what_the_project_asks_for() -> None:
    """Every dependency of the project and its tests is pinned in the lock of the tests."""
    import tomllib

    project = tomllib.loads(read("pyproject.toml"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    locked = {re.split("==", line)[0].lower().replace("_", "-") for line in read("requirements-test.lock").splitlines()}
    for requirement in asked:
        name = re.split(r"[<>=~!\[ ]", requirement)[0]
        assert name.lower().replace("_", "-") in locked, name


def test_the_manual_lists_every_page() -> None:
    """Each page of docs/ stands in the manual's navigation."""
    sections = yaml.safe_load(read("docs/manual/mkdocs.yml"))["nav"]
    listed = [entry for section in sections for entries in section.values() for entry in entries]
    assert sorted(page for entry in listed for page in entry.values()) == sorted(
        path.name for path in (ROOT / "docs").glob("*.md")
    )


@pytest.mark.slow
def test_the_manual_builds_without_a_warning(tmp_path: Path) -> None:
    """MkDocs renders the manual with --strict: no dead link, no dead anchor."""
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-f", "docs/manual/mkdocs.yml", "-d", tmp_path],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "commands" / "index.html").is_file()
    assert not (tmp_path / "manual").exists()
