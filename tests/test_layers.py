"""The package is built in layers: imports point down, and what touches the world stands where architecture.md says."""

import ast
import graphlib
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "generator" / "noroshi"
TABLE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
MODULES = sorted(PACKAGE.rglob("*.py"))

# Library -> the places that may import it. A place is a folder, or a module without its ending.
PLACES = {
    "yaml": ("yamlsource", "theme/site_config"),  # mkdocs.yml has MkDocs' own tags, which content never has
    "feedgen": ("writers/feeds",),
    "lxml": ("writers/feeds", "importers/html_reading", "importers/feed_witness"),
    "jinja2": ("writers/pages",),
    "icalendar": ("calendars",),
    "recurring_ical_events": ("calendars",),
    "holidays": ("snapshot/promises/business_days",),
    "mkdocs": ("theme", "mkdocs_plugin"),
    "pydantic": ("records", "decode", "writers/schema", "writers/schema_types", "writers/field_notes"),
    "pydantic_core": ("records", "decode", "writers/schema", "cli/options"),
    "click": ("cli",),
    "nh3": ("text",),
    "markdown_it": ("text", "writers/pasted", "importers/hugo_text"),
    "material": (),  # MkDocs loads it
    "urllib3": ("pipeline/verifying/fetching",),
    "babel": ("text/dates", "text/translation", "text/catalogue"),
}
EDGE = ("cli", "mkdocs_plugin", "environment", "__main__")
CLOCK = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}


def layers() -> dict[str, int]:
    """Each place of the table with its layer, and the modules that the text below it names."""
    found = {}
    for level, places in re.findall(r"^\| (\d) \| ([^|]*) \|", TABLE, re.MULTILINE):
        for place in re.findall(r"`([^`]+)`", places):
            found[place.removesuffix("/").removesuffix(".py")] = int(level)
    for place, level in re.findall(r"`(\w+)\.py` \(layer (\d)\)", TABLE):
        found[place] = int(level)
    return found


LAYERS = layers()


def name_of(file: Path) -> str:
    return file.relative_to(PACKAGE).with_suffix("").as_posix().removesuffix("/__init__")


NAMES = set(map(name_of, MODULES))


def layer_of(name: str) -> int:
    return LAYERS[name.split("/")[0]]


def within(name: str, places: tuple[str, ...]) -> bool:
    return any(name == place or name.startswith(f"{place}/") for place in places)


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every import with its line, in functions and under TYPE_CHECKING too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: imports are absolute"
            yield node.lineno, node.module or ""
            if node.module == "noroshi":
                yield from ((node.lineno, f"noroshi.{alias.name}") for alias in node.names)


def trees(*, outside: tuple[str, ...] = ()) -> Iterator[tuple[str, ast.AST]]:
    for file in MODULES:
        if not within(name_of(file), outside):
            yield name_of(file), tree_of(file)


@cache
def tree_of(file: Path) -> ast.AST:
    return ast.parse(file.read_text("utf-8"))


@cache
def users() -> dict[str, set[str]]:
    """The modules that import a library, by its name."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, tree in trees():
        for _, module in imports(tree):
            found[module.split(".")[0]].add(name)
    return found


def test_every_module_has_a_layer() -> None:
    """A new part of the package has its place in the table of architecture.md."""
    assert {name.split("/")[0] for name in map(name_of, MODULES)} - set(LAYERS) - {"", ".", "__init__"} == set()


def test_the_table_names_no_place_that_is_gone() -> None:
    """What architecture.md shows is there."""
    missing = {place for place in LAYERS if not (PACKAGE / place).exists() and not (PACKAGE / f"{place}.py").exists()}
    assert missing == set()


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_imports_point_down(file: Path) -> None:
    """A module imports its own layer or a lower one; what is alone in its layer can be replaced alone."""
    name = name_of(file)
    if name in ("", ".", "__init__"):
        assert not any(module.startswith("noroshi") for _, module in imports(tree_of(file)))
        return
    for line, module in imports(tree_of(file)):
        if not module.startswith("noroshi."):
            continue
        other = module.removeprefix("noroshi.").replace(".", "/")
        if other.split("/")[0] not in LAYERS:
            continue  # a name of the package itself, such as __version__
        assert layer_of(other) <= layer_of(name), f"{name}.py:{line} imports {module}, which is above it"


def test_parts_form_no_circle() -> None:
    """Within a layer, too, parts build on each other one way: none can be reached from itself."""
    below: dict[str, set[str]] = {}
    for name, tree in trees():
        part = name.split("/")[0]
        used = {module.split(".")[1] for _, module in imports(tree) if module.startswith("noroshi.")}
        below.setdefault(part, set()).update(used & set(LAYERS) - {part})
    for part in below:
        pending, reached = list(below[part]), set()
        while pending:
            other = pending.pop()
            if other not in reached:
                reached.add(other)
                pending += below.get(other, ())
        assert part not in reached, f"{part} is reached from itself by {sorted(reached)}"


def test_modules_form_no_circle() -> None:
    """Within a part, too: no module is reached from itself, though it be for its types alone."""
    below: dict[str, set[str]] = {}
    for name, tree in trees():
        froms = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
        told = [(node.module or "", f"{node.module}.{alias.name}") for node in froms for alias in node.names]
        paths = [tuple(each.removeprefix("noroshi.").replace(".", "/") for each in pair) for pair in told]
        below[name] = {inner if inner in NAMES else outer for outer, inner in paths} & NAMES - {name}
    graphlib.TopologicalSorter(below).prepare()  # raises CycleError, which names the circle


# `writers/items` stands between pages and feeds: what a feed's item says is made with the pages' own templates.
FORMATS = ("feeds", "pages", "pasted", "due", "schema", "calendar", "api", "statuspage", "badges", "metrics", "host")


@pytest.mark.parametrize("own", FORMATS)
def test_formats_do_not_know_each_other(own: str) -> None:
    """One format can go without touching another."""
    others = {
        module.split(".")[2]
        for name, tree in trees()
        if within(name, (f"writers/{own}",))
        for _, module in imports(tree)
        if module.startswith("noroshi.writers.")
    }
    assert others & (set(FORMATS) - {own}) == set()


@pytest.mark.parametrize("library", PLACES)
def test_a_library_is_used_in_its_place_only(library: str) -> None:
    """Each library that something could replace one day is imported in one place."""
    assert {name for name in users()[library] if not within(name, PLACES[library])} == set()


@pytest.mark.parametrize(("library", "place"), [(name, place) for name, places in PLACES.items() for place in places])
def test_a_library_is_used_in_each_of_its_places(library: str, place: str) -> None:
    """No place is allowed a library that it does not use, and none that is gone."""
    assert any(within(name, (place,)) for name in users()[library])


def test_only_the_edge_asks_the_clock() -> None:
    """Time is an argument everywhere else, so the same input gives the same bytes on any day."""
    users = {
        f"{name}:{node.lineno}"
        for name, tree in trees(outside=EDGE)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and (getattr(node.value, "id", ""), node.attr) in CLOCK
    }
    assert users == set()


def test_only_the_edge_asks_the_environment() -> None:
    """No variable of a machine changes a page; the theme looks at those that it hands on to MkDocs."""
    users = {
        f"{name}:{node.lineno}"
        for name, tree in trees(outside=(*EDGE, "theme/loading", "theme/key"))
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in ("environ", "getenv")
        and getattr(node.value, "id", "") == "os"
    }
    assert users == set()


def test_one_place_runs_git() -> None:
    """What a site's history tells comes from one place, which no setting or variable leads elsewhere."""
    users = {
        f"{name}:{node.lineno}"
        for name, tree in trees(outside=("repository/running",))
        for node in ast.walk(tree)
        if isinstance(node, ast.List | ast.Tuple)
        and node.elts
        and isinstance(node.elts[0], ast.Constant)
        and node.elts[0].value == "git"
    }
    assert users == set()


def test_only_the_command_prints() -> None:
    """A function that finds something returns it. (The catalogue's page is written when it is run by itself.)"""
    users = {
        f"{name}:{node.lineno}"
        for name, tree in trees(outside=("cli",))
        for node in ast.walk(tree)
        if (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print")
        or (isinstance(node, ast.Attribute) and node.attr == "stdout" and name != "rules/catalogue")
    }
    assert users == set()


def test_records_need_nothing_but_pydantic() -> None:
    """What people write can be understood by a program that has only the records."""
    foreign = {
        module.split(".")[0]
        for name, tree in trees()
        if within(name, ("records", "problems"))
        for _, module in imports(tree)
    } - set(sys.stdlib_module_names)
    assert foreign <= {"noroshi", "pydantic", "pydantic_core"}
