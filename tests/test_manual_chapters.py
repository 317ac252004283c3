"""The manual's chapters do what they say when somebody types them, and its pictures are those of its script."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from outside_programs import chromium_program, lacking
from real_program import ROOT

sys.path.insert(0, str(ROOT / "docs" / "manual"))

from chapters import CHAPTERS, DOCS, Step, Walk, fits, steps_of

IMAGES = DOCS / "images"
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.glob("*.md"))]
PICTURE = re.compile(r"^!\[(?P<alt>[^\]]*)\]\((?P<target>(?!https?:)[^)\s]+)\)", re.MULTILINE)


def pictures() -> list[tuple[Path, str, Path]]:
    """Each picture that a page shows: the page, the words beside it, its file."""
    return [
        (page, found["alt"], (page.parent / found["target"]).resolve())
        for page in PAGES
        for found in PICTURE.finditer(page.read_text("utf-8"))
    ]


def size(data: bytes) -> tuple[int, int]:
    """Width and height of a WebP picture in its extended form, in pixels (RFC 9649, section 2.7)."""
    assert data[:4] + data[8:16] == b"RIFFWEBPVP8X"
    return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")


@pytest.mark.slow
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_does_what_it_says(chapter: str, tmp_path: Path) -> None:
    """Typed from top to bottom in an empty folder, every file is taken and every command prints what stands there.

    Where it should print otherwise now: python docs/manual/chapters.py CHAPTER prints the chapter as it is today.
    """
    walk = Walk(folder=tmp_path)
    walk.do(steps_of((DOCS / chapter).read_text("utf-8")))
    assert not walk.wrong, "\n".join(f"docs/{chapter}: {line}" for line in walk.wrong)
    assert walk.ran >= 3


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_few_blocks_are_only_read(chapter: str) -> None:
    """What is not typed by the test gives its reason: it serves, fetches, or is at an address of the reader's."""
    steps = steps_of((DOCS / chapter).read_text("utf-8"))
    reasons = [step.not_run for step in steps if step.not_run is not None]
    assert len(reasons) <= len(steps) / 2
    assert all(re.match("it (fetches|serves|publishes)|the address is yours", reason) for reason in reasons)
    fences = re.findall(r"^```(\w*)", (DOCS / chapter).read_text("utf-8"), re.MULTILINE)
    assert len(fences) == 2 * len(steps)


def test_the_front_door_leads_to_every_chapter() -> None:
    """The manual's first page lists the sections and the pages of the navigation, in its order."""
    nav = yaml.safe_load((DOCS / "manual" / "mkdocs.yml").read_text("utf-8"))["nav"]
    sections = {
        name: [page for entry in pages for page in entry.values()] for part in nav for name, pages in part.items()
    }
    sections["Start"].remove("index.md")
    text = (DOCS / "index.md").read_text("utf-8").partition("## The chapters")[2]
    told = re.findall(r"^\*\*(.+?)\*\*: (.+?\.)$", text, re.MULTILINE | re.DOTALL)
    assert {name: re.findall(r"\]\(([\w-]+\.md)\)", line) for name, line in told} == sections


def step(language: str, text: str, line: int, exits: int = 0) -> Step:
    """A block as a chapter would have it."""
    return Step(language=language, text=text, line=line, exits=exits, now="2026-12-01T09:30+09:00")


def test_a_chapter_that_is_wrong_is_found_out(tmp_path: Path) -> None:
    """Another output, another exit code, a block without a place and an output without a command are all named."""
    walk = Walk(folder=tmp_path)
    walk.do(
        [
            step("yaml", "# here/a.yaml\nkey: 1\n", 1),
            step("yaml", "# here/a.yaml, at its end\nmore: 2\n", 2),
            step("sh", "cd here\ncat a.yaml\n", 3),
            step("text", "# here/a.yaml\nkey: 1\nmore: 2\n", 4),
            step("sh", "ls; date +%F -d @$SOURCE_DATE_EPOCH >&2; noroshi --version; exit 4\n", 5, exits=4),
            step("text", "a.yaml\n2026-12-01\nnoroshi, …\n", 6),
            step("text", "b.yaml\n…\n", 7),
            step("sh", "false\n", 8),
            step("yaml", "key: 1\n", 9),
            step("json", "{}\n", 10),
        ]
    )
    assert [line.split(":")[0] for line in walk.wrong] == ["line 7", "line 8", "line 9", "line 10"]
    assert walk.place == tmp_path / "here"


def test_an_ellipsis_stands_for_lines_or_words_and_nothing_else() -> None:
    """A line of its own stands for any lines, within a line it stands for anything; the rest is exact."""
    assert fits("a\n…\nd\n", "a\nb\nc\nd\n")
    assert fits("a\n…\nd\n", "a\nd\n")
    assert fits("in … s\n", "in 0.6 s\n")
    assert not fits("a\n…\nd\n", "a\nb\n")
    assert not fits("in … s\n", "in 0.6\n s\n")
    assert not fits("a\n", "a\nb\n")
    assert not fits("a.c\n", "abc\n")


def test_every_picture_is_there_and_says_in_words_what_it_shows() -> None:
    """A reader who sees no pictures, and one whose host lost them, learns the same."""
    shown = pictures()
    assert {page.name for page, _, _ in shown} >= {"README.md", "README.ja.md", "index.md", "start.md"}
    for page, alt, file in shown:
        assert file.is_file(), f"{page.name}: {file.name}"
        assert len(alt) >= 20, f"{page.name}: {file.name}: {alt!r}"


def test_no_picture_lies_there_unused() -> None:
    """Each file in docs/images is shown by a page, all are of the script, and together they are small."""
    screenshots = pytest.importorskip("screenshots", reason="needs Playwright (the dev extra)")
    there = {file.name: file.read_bytes() for file in IMAGES.iterdir()}
    assert there.keys() == {file.name for _, _, file in pictures()}
    assert {f"{shot.name}.webp": (shot.width, shot.height) for shot in screenshots.SHOTS} == {
        name: size(data) for name, data in there.items()
    }
    assert sum(map(len, there.values())) < 1_500_000


@pytest.mark.parametrize(("readme", "picture"), [("README.md", "night-home"), ("README.ja.md", "night-home-ja")])
def test_a_readme_shows_the_page_before_it_explains(readme: str, picture: str) -> None:
    """The picture, in the reader's language and by a relative path, stands above the first heading after the title."""
    text = (ROOT / readme).read_text("utf-8")
    assert f"](docs/images/{picture}.webp)" in text.partition("\n## ")[0]


@pytest.mark.slow
def test_the_pictures_can_be_made(tmp_path: Path) -> None:
    """The script builds the sites, loads the pages without a fault and writes pictures of the size that is asked."""
    chromium_program()
    try:
        import screenshots
    except ImportError:
        lacking("needs Playwright (the dev extra)")
    wanted = [shot for shot in screenshots.SHOTS if shot.name in ("start-home", "night-phone", "client-release")]
    names = [shot.name for shot in wanted]
    script = ROOT / "docs" / "manual" / "screenshots.py"
    done = subprocess.run(
        [sys.executable, script, *names, "--out", tmp_path], capture_output=True, text=True, timeout=180, check=False
    )
    assert done.returncode == 0, done.stderr
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(f"{name}.webp" for name in names)
    for shot in wanted:
        data = (tmp_path / f"{shot.name}.webp").read_bytes()
        assert size(data) == (shot.width, shot.height)
        assert len(data) > 5_000
