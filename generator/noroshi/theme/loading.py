"""A theme from the store, or rendered by MkDocs where nothing stored fits."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from noroshi.theme import store
from noroshi.theme.key import theme_key
from noroshi.theme.request import Theme, ThemeError, ThemeRequest

_PROGRAM = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]);"
    "from noroshi.theme.rendering import main; main(sys.argv[2])"
)
# Takes over this process's module path, so that both sides are the same Noroshi however it was found.
_NOT_TAKEN = ("sitemap.xml", "sitemap.xml.gz")


def load_theme(request: ThemeRequest, cache_dir: Path) -> Theme:
    """Return the theme for a request, from `cache_dir/<key>/` or rendered and stored there.

    Raises ThemeError for what is wrong with mkdocs.yml, the theme, or the operator's pages, and, where
    `request.strict` or `strict: true` asks for it, for what MkDocs only warns of.
    """
    key = theme_key(request)
    stored = store.read(cache_dir, key)
    if stored is None:
        with store.writing(cache_dir, key) as folder:
            _render(request, folder)
        stored = store.read(cache_dir, key)
    if stored is None:
        raise ThemeError(f"{cache_dir}: what was just written there cannot be read back; is the disk sound?")
    theme, strict = stored
    if theme.warnings and (strict or request.strict):
        raise ThemeError("warnings are errors here (strict):\n" + "\n".join(theme.warnings))
    return theme


def _render(request: ThemeRequest, folder: Path) -> None:
    """Run MkDocs for each language at once and gather the outcome as one stored theme in a folder."""
    results = _run(request, folder / "runs")
    files = folder / "files"
    files.mkdir()
    page_sources: dict[str, str] = {}
    theirs = {name for result in results.values() for name in result["material_files"]}
    unused = theirs - set(_named(theirs, results, folder / "runs"))
    for language, result in results.items():
        page_sources |= result["page_sources"]
        site = folder / "runs" / language / "site"
        for path in sorted(site.rglob("*")):
            name = path.relative_to(site).as_posix()
            target = files / name
            if path.is_dir() or name in _NOT_TAKEN or name in unused or target.exists():
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            path.rename(target)
    warnings = dict.fromkeys(warning for result in results.values() for warning in result["warnings"])
    store.write_index(
        folder,
        shells={language: result["shells"] for language, result in results.items()},
        page_sources=page_sources,
        warnings=list(warnings),
        strict=any(result["strict"] for result in results.values()),
    )


def _run(request: ThemeRequest, runs: Path) -> Mapping[str, dict[str, Any]]:
    """Start a process for each language, wait for all, and return their results.

    Raises ThemeError, and OSError where a process found the disk full.
    """
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    modules = json.dumps([str(Path(entry or ".").absolute()) for entry in sys.path])
    processes: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for language in request.languages:
            place = runs / language
            place.mkdir(parents=True)
            order = {
                "mkdocs_yml": str(request.mkdocs_yml.absolute()),
                "templates": [str(path.absolute()) for path in request.templates],
                "language": language,
                "request": request.to_json(),
            }
            (place / "order.json").write_text(json.dumps(order), encoding="utf-8")
            with (place / "said").open("wb") as said:
                processes[language] = subprocess.Popen(
                    # -P: a yaml.py beside mkdocs.yml must not stand in for the real one.
                    [sys.executable, "-P", "-c", _PROGRAM, modules, str(place.absolute())],
                    cwd=request.mkdocs_yml.absolute().parent,
                    env=environment,
                    stdin=subprocess.DEVNULL,
                    stdout=said,
                    stderr=subprocess.STDOUT,
                )
        return {language: _result(runs / language, process) for language, process in processes.items()}
    finally:
        for process in processes.values():
            if process.poll() is None:
                process.kill()
                process.wait()


def _result(place: Path, process: subprocess.Popen[bytes]) -> dict[str, Any]:
    code = process.wait()
    try:
        result: dict[str, Any] = json.loads((place / "result.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        if code in store.NO_ROOM:
            raise OSError(code, os.strerror(code)) from None
        said = (place / "said").read_text(encoding="utf-8", errors="replace").strip()
        raise ThemeError(f"MkDocs could not render the site: {_cause(said, code)}") from None
    if result["error"] is not None:
        raise ThemeError(result["error"])
    return result


def _cause(said: str, code: int) -> str:
    """Return what MkDocs logged before the traceback of a hook or plugin, and the exception it ended with."""
    logged, _, rest = said.partition("Traceback (most recent call last):")
    lines = [*logged.strip().splitlines()[-1:], *rest.splitlines()[-1:]]
    return "; ".join(dict.fromkeys(lines)) or f"the process ended with code {code}"


def _named(files: Iterable[str], results: Mapping[str, Any], runs: Path) -> Iterator[str]:
    """Those of Material's files that some page names, generated or the operator's own."""
    pages = [part for result in results.values() for shell in result["shells"].values() for part in shell["parts"]]
    pages += [path.read_text(encoding="utf-8") for path in sorted(runs.glob("*/site/**/*.html"))]
    for name in files:
        if any(name in page for page in pages):
            yield name
