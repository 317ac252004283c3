"""What mkdocs.yml says about the files it depends on, read without MkDocs.

`noroshi.yamlsource` is for content and refuses tags and anchors, which MkDocs' dialect uses
(`!ENV`, `!relative`, `!!python/name:`); here the nodes are only looked at, never constructed.
"""

import os.path
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from noroshi.theme.request import ThemeError

_SafeLoader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SECTIONS_WITH_PATHS = ("theme", "hooks", "watch", "plugins", "markdown_extensions")


@dataclass(frozen=True, kw_only=True)
class ConfigInputs:
    """The files and variables that feed a site's MkDocs configuration and pages."""

    config_files: tuple[Path, ...]
    """mkdocs.yml, then what it INHERITs."""
    docs_dir: Path
    named: tuple[Path, ...]
    """Files and folders named in the sections that may name some: custom_dir, hooks, watch, snippets."""
    variables: tuple[str, ...]
    """Environment variables read through `!ENV`."""


def read_config_inputs(mkdocs_yml: Path) -> ConfigInputs:
    """Follow mkdocs.yml and the files it inherits. Raises ThemeError where one is missing or no YAML."""
    mkdocs_yml = mkdocs_yml.absolute()
    files: list[Path] = []
    named: list[Path] = []
    variables: set[str] = set()
    docs_dir: str | None = None
    site_dirs = {mkdocs_yml.parent / "site"}
    path: Path | None = mkdocs_yml
    while path is not None:
        if path in files:
            raise ThemeError(f"{files[-1]}: INHERIT leads in a circle, back to {path}; take one of them out")
        files.append(path)
        entries = _top_level(path)
        for section in _SECTIONS_WITH_PATHS:
            if section in entries:
                named.extend(_existing_paths(entries[section], mkdocs_yml.parent))
        for node in entries.values():
            variables.update(_variables(node))
        if docs_dir is None:
            docs_dir = _scalar(entries.get("docs_dir"))
        if site_dir := _scalar(entries.get("site_dir")):
            site_dirs.add(mkdocs_yml.parent / site_dir)
        inherited = _scalar(entries.get("INHERIT"))
        path = Path(os.path.normpath(path.parent / inherited)) if inherited else None
    return ConfigInputs(
        config_files=tuple(files),
        docs_dir=mkdocs_yml.parent / (docs_dir or "docs"),
        named=tuple(sorted(set(named) - site_dirs)),
        variables=tuple(sorted(variables)),
    )


def _top_level(path: Path) -> dict[str, yaml.Node]:
    try:
        root = yaml.compose(path.read_bytes(), Loader=_SafeLoader)
    except OSError as error:
        raise ThemeError(f"{path}: cannot be read: {error.strerror}; a site needs its mkdocs.yml") from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise ThemeError(f"{path}: is not valid YAML: {' '.join(str(error).split())}") from error
    if root is None:
        return {}
    if not isinstance(root, yaml.MappingNode):
        raise ThemeError(f"{path}: should be keys and values, as MkDocs wants them")
    return {key.value: value for key, value in root.value if isinstance(key, yaml.ScalarNode)}


def _scalar(node: yaml.Node | None) -> str | None:
    return node.value if isinstance(node, yaml.ScalarNode) and node.value else None


def _scalars(node: yaml.Node, seen: set[int] | None = None) -> Iterator[yaml.ScalarNode]:
    """Yield the scalars below a node once each; aliases may make the graph reach a node many times."""
    seen = set() if seen is None else seen
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _scalars(item, seen)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _scalars(key, seen)
            yield from _scalars(value, seen)


def _existing_paths(node: yaml.Node, folder: Path) -> Iterator[Path]:
    for scalar in _scalars(node):
        value = scalar.value.strip()
        if not value or "\n" in value or "\0" in value or len(value) > 1024:
            continue
        path = folder / value
        # The site's own folder and those around it hold the output and the cache too.
        if _exists(path) and not folder.is_relative_to(path):
            yield path


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a text too long for a file's name, or a folder that may not be looked into
        return False


def _variables(node: yaml.Node) -> Iterator[str]:
    seen: set[int] = set()
    stack = [node]
    while stack:
        current = stack.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        if current.tag == "!ENV":
            yield from (scalar.value for scalar in _scalars(current))
        elif isinstance(current, yaml.SequenceNode):
            stack.extend(current.value)
        elif isinstance(current, yaml.MappingNode):
            stack.extend(value for _, value in current.value)
