"""The theme's key and its store: what makes a new theme, and what survives accidents."""

import errno
import fcntl
import json
import os
import re
import resource
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from noroshi.theme import NavItem, ThemeError, load_theme, store, theme_key
from theme_sites import MKDOCS_YML, SLOTS, make_site, request_for

GENERATOR = Path(__file__).resolve().parents[1] / "generator"
FOREIGN = ("mkdocs", "material", "markdown", "jinja2")
CONFIG = (
    MKDOCS_YML.replace("  name: material\n", "  name: material\n  custom_dir: overrides\n")
    + "INHERIT: ../base.yml\nhooks: [hooks/hook.py]\nwatch: [notes]\nextra: {a: !ENV [NOROSHI_TEST_A, x]}\n"
    + "markdown_extensions:\n  - pymdownx.snippets: {auto_append: [abbr.md]}\n"
    + "  - toc:\n      slugify: !!python/name:pymdownx.slugs.uslugify\n"
)


@pytest.fixture
def rich_site(tmp_path) -> Path:
    """A site whose mkdocs.yml names files in every way that counts."""
    mkdocs_yml = make_site(tmp_path / "site", CONFIG)
    for name in ("overrides/main.html", "hooks/hook.py", "hooks/beside.py", "notes/n.txt", "abbr.md", "../base.yml"):
        path = tmp_path / "site" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("extra: {b: 1}\n" if name.endswith("yml") else "x\n")
    return mkdocs_yml


@pytest.mark.parametrize(
    "name",
    [
        "mkdocs.yml",
        "../base.yml",
        "content/pages/about.md",
        "content/pages/new.md",
        "content/pages/img/a.svg",
        "overrides/main.html",
        "overrides/partials/footer.html",
        "hooks/hook.py",
        "hooks/beside.py",
        "notes/n.txt",
        "abbr.md",
    ],
)
def test_a_change_to_any_input_makes_another_theme(rich_site, name):
    """Every file that the configuration reaches counts, by its content."""
    before = theme_key(request_for(rich_site))
    path = rich_site.parent / name
    path.parent.mkdir(exist_ok=True)
    path.write_text((path.read_text() if path.exists() else "") + "\n# changed\n")
    assert theme_key(request_for(rich_site)) != before


@pytest.mark.parametrize(
    "change",
    [
        {"languages": ("en", "ja")},
        {"site_name": {"ja": "x"}},
        {"site_url": None},
        {"nav": (NavItem(titles={"en": "X"}, path=""),)},
        {"stylesheets": ()},
        {"reserved": ()},
        {"feeds": ()},
    ],
)
def test_a_change_to_the_request_makes_another_theme(rich_site, change):
    """What comes from site.yaml and from Noroshi itself counts as well."""
    assert theme_key(request_for(rich_site, **change)) != theme_key(request_for(rich_site))


def test_variables_and_distributions_count(rich_site, tmp_path, monkeypatch):
    """`!ENV` reads a variable, and an upgrade of any installed distribution may change a byte."""
    keys = {theme_key(request_for(rich_site))}
    monkeypatch.setenv("NOROSHI_TEST_A", "y")
    keys.add(theme_key(request_for(rich_site)))
    (tmp_path / "packages" / "mkdocs_material-99.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(str(tmp_path / "packages"))
    keys.add(theme_key(request_for(rich_site)))
    assert len(keys) == 3


def test_what_changes_no_byte_leaves_the_key(rich_site, tmp_path):
    """The built site, unrelated files, times of change, strictness and the site's folder do not count."""
    before = theme_key(request_for(rich_site))
    (rich_site.parent / "site").mkdir()
    (rich_site.parent / "site" / "index.html").write_text("built")
    (rich_site.parent / "content" / "site.yaml").write_text("format: 1\n")
    os.utime(rich_site.parent / "content" / "pages" / "about.md", (1, 1))
    assert theme_key(request_for(rich_site, strict=True)) == before
    moved = tmp_path / "elsewhere"
    shutil.copytree(tmp_path / "site", moved / "site", ignore=shutil.ignore_patterns("index.html"))
    shutil.copy(tmp_path / "base.yml", moved)
    assert theme_key(request_for(moved / "site" / "mkdocs.yml")) == before


def run_load(mkdocs_yml: Path, cache: Path, **environment: str) -> dict[str, object]:
    """Load a theme in a new process and return its bytes and the foreign modules it imported."""
    code = (
        "import hashlib, json, sys; from pathlib import Path; sys.path.insert(0, sys.argv[3]);"
        "from theme_sites import request_for, SLOTS; from noroshi.theme import load_theme;"
        "theme = load_theme(request_for(Path(sys.argv[1])), Path(sys.argv[2]));"
        "out = {'/'.join(key): shell.fill(**SLOTS) for key, shell in theme.shells.items()};"
        "out |= {name: hashlib.sha256(path.read_bytes()).hexdigest()"
        "        for name, path in {**theme.assets, **theme.pages}.items()};"
        f"print(json.dumps([out, [name for name in {FOREIGN!r} if name in sys.modules]]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(mkdocs_yml), str(cache), str(Path(__file__).parent)],
        env=os.environ | {"PYTHONPATH": str(GENERATOR)} | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    files, modules = json.loads(done.stdout)
    return {"files": files, "modules": modules}


@pytest.mark.slow
def test_same_input_same_bytes_and_no_mkdocs_import(tmp_path):
    """Another folder, hash seed, zone, locale and date change nothing; the caller never imports MkDocs."""
    first = run_load(make_site(tmp_path / "a"), tmp_path / "cache", PYTHONHASHSEED="1", TZ="Asia/Tokyo")
    other = run_load(
        make_site(tmp_path / "deeper" / "b"),
        tmp_path / "other-cache",
        PYTHONHASHSEED="77",
        TZ="America/Lima",
        LC_ALL="C",
        SOURCE_DATE_EPOCH="1000000000",
    )
    assert first["files"] == other["files"]
    assert len(first["files"]) > 20
    assert first["modules"] == other["modules"] == []
    # From the store it is the same again.
    stored = run_load(tmp_path / "a" / "mkdocs.yml", tmp_path / "cache")
    assert stored == first


def damage_index(folder: Path) -> None:
    (folder / "theme.json").write_bytes((folder / "theme.json").read_bytes()[:-20])


def damage_shell(folder: Path) -> None:
    text = (folder / "theme.json").read_text(encoding="utf-8")
    (folder / "theme.json").write_text(text.replace("nr-main", "nr-ma1n", 1), encoding="utf-8")


def damage_asset(folder: Path) -> None:
    path = next((folder / "files" / "assets" / "stylesheets").glob("main*.css"))
    path.write_bytes(path.read_bytes().replace(b"a", b"b", 1))


def damage_page(folder: Path) -> None:
    (folder / "files" / "about" / "index.html").unlink()


@pytest.mark.slow
@pytest.mark.parametrize("damage", [damage_index, damage_shell, damage_asset, damage_page])
def test_a_damaged_theme_counts_as_absent(tmp_path, damage):
    """It is rendered again, and the result is the same as before the damage."""
    request = request_for(make_site(tmp_path / "site"), languages=("ja",))
    theme = load_theme(request, tmp_path / "cache")
    before = [shell.fill(**SLOTS) for shell in theme.shells.values()]
    sheets = {name: path.read_bytes() for name, path in {**theme.assets, **theme.pages}.items()}
    damage(tmp_path / "cache" / theme_key(request))
    assert store.read(tmp_path / "cache", theme_key(request)) is None
    again = load_theme(request, tmp_path / "cache")
    assert [shell.fill(**SLOTS) for shell in again.shells.values()] == before
    assert {name: path.read_bytes() for name, path in {**again.assets, **again.pages}.items()} == sheets


@pytest.mark.slow
def test_a_stored_theme_is_taken_without_rendering(tmp_path, monkeypatch):
    """The second load starts no process, and the files it names are those of the first."""
    request = request_for(make_site(tmp_path / "site"), languages=("ja",))
    first = load_theme(request, tmp_path / "cache")
    monkeypatch.setattr(subprocess, "Popen", None)
    assert load_theme(request, tmp_path / "cache") == first
    (tmp_path / "site" / "content" / "pages" / "about.md").write_text("# new\n")
    with pytest.raises(TypeError):
        load_theme(request, tmp_path / "cache")


@pytest.mark.slow
def test_two_at_once_both_get_the_theme(tmp_path):
    """Neither waits for the other or breaks it, and one theme remains."""
    request = request_for(make_site(tmp_path / "site"), languages=("ja",))
    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(lambda _: load_theme(request, tmp_path / "cache"), range(2)))
    assert both[0] == both[1]
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [theme_key(request)]


def fill(cache: Path, key: str) -> None:
    """Store a theme without MkDocs."""
    with store.writing(cache, key) as folder:
        (folder / "files").mkdir()
        (folder / "files" / "a.css").write_text("a{}")
        shells = {"en": {"home": {"parts": ["<p>", "</p>"], "slots": ["body"]}}}
        store.write_index(folder, shells=shells, page_sources={}, warnings=["w"], strict=False)


def test_only_the_themes_used_last_are_kept(tmp_path):
    """One theme more than are kept: the one used longest ago goes, and using one keeps it."""
    keys = ["a", "b", *(f"c{number}" for number in range(2, store.KEPT))]
    for number, key in enumerate(keys):
        fill(tmp_path, key)
        os.utime(tmp_path / key, ns=(0, number))
    read = store.read(tmp_path, "a")
    assert read is not None
    assert read[0].warnings == ("w",)
    fill(tmp_path, "e")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*keys[:1], *keys[2:], "e"])


def test_what_a_killed_run_left_goes_and_what_a_running_one_holds_stays(tmp_path):
    """The lock in a new folder tells them apart; it ends with its process."""
    for name in (".new-dead", ".new-alive"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "lock").touch()
    with (tmp_path / ".new-alive" / "lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        fill(tmp_path, "a")
        assert sorted(path.name for path in tmp_path.iterdir()) == [".new-alive", "a"]


def test_the_cache_is_its_owners_alone(tmp_path):
    """It holds pages before they are published."""
    fill(tmp_path / "cache", "a")
    assert (tmp_path / "cache").stat().st_mode & 0o077 == 0
    assert (tmp_path / "cache" / "a").stat().st_mode & 0o077 == 0


def test_an_error_leaves_no_half_theme(tmp_path):
    """What was begun vanishes, what stood stays."""
    fill(tmp_path, "a")
    writing = store.writing(tmp_path, "b")
    folder = writing.__enter__()
    (folder / "files").mkdir()
    assert not writing.__exit__(ThemeError, ThemeError("bad page"), None)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_file_in_the_place_of_a_theme_gives_way(tmp_path):
    """Whatever lies at the key's place and is no theme is replaced."""
    (tmp_path / "a").write_text("not a folder")
    fill(tmp_path, "a")
    assert store.read(tmp_path, "a") is not None


@pytest.mark.slow
def test_a_disk_without_room_is_named(tmp_path):
    """Where a rendering process can leave neither its result nor a word, the folder and the reason are told."""
    mkdocs_yml, cache = make_site(tmp_path / "site"), tmp_path / "cache"
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, before[1]))  # a style sheet of the theme is larger
    try:
        with pytest.raises(ThemeError, match=re.escape(f"{cache}: {os.strerror(errno.EFBIG)}; the theme cannot be")):
            load_theme(request_for(mkdocs_yml), cache)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(cache.iterdir()) == []


def test_a_cache_that_cannot_be_written_is_named(tmp_path):
    """A file where the cache folder should be is a message, not a traceback."""
    (tmp_path / "cache").write_text("")
    with pytest.raises(ThemeError, match=r"cache: File exists; the theme cannot be kept"):
        fill(tmp_path / "cache", "a")
