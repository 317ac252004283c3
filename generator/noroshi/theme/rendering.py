"""One MkDocs run for one language, in a process of its own that `loading` starts.

A process keeps MkDocs' imports, its loggers, the operator's hooks and plugins and their global state out of
Noroshi, and lets the languages render side by side. Its folder holds `order.json`; the run adds
`result.json` and `site/`. What goes wrong for a reason that people can mend is in the result; anything else
ends the process with a traceback that `loading` reads.
"""

import json
import logging
import sys
from html import escape
from pathlib import Path
from typing import Any

from markupsafe import Markup
from mkdocs.commands.build import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.utils import get_themes

from noroshi.theme.request import ThemeError, ThemeRequest
from noroshi.theme.shell import Shell
from noroshi.theme.shell_plugin import ShellPlugin
from noroshi.theme.store import NO_ROOM

_OWN_PLUGIN = "noroshi"


class WarningList(logging.Handler):
    """Keeps what MkDocs, themes and plugins warn of, each message once."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message."""
        message = record.getMessage()
        if message not in self.messages:
            self.messages.append(message)

    def add(self, message: str) -> None:
        """Keep a warning of our own."""
        self.messages.append(message)


def render_language(folder: Path) -> dict[str, Any]:
    """Render what `order.json` in a folder asks for, and return what `result.json` is to hold."""
    order = json.loads((folder / "order.json").read_text(encoding="utf-8"))
    request = ThemeRequest.from_json(Path(order["mkdocs_yml"]), order["request"])
    language = order["language"]
    warnings = WarningList()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(warnings)
    errors = logging.StreamHandler(sys.stderr)
    errors.setLevel(logging.ERROR)
    logger.addHandler(errors)
    logger.propagate = False
    result: dict[str, Any] = {"error": None, "strict": False, "search": False}
    try:
        config = load_site_config(request, language, folder, warnings)
        result["strict"], config.strict = config.strict, False
        docs_label = Path(config.docs_dir).name
        if Path(config.docs_dir).is_relative_to(request.mkdocs_yml.parent):
            docs_label = Path(config.docs_dir).relative_to(request.mkdocs_yml.parent).as_posix()
        plugin = ShellPlugin(request, language, docs_label)
        config.plugins["noroshi-shell"] = plugin
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
        result["search"] = any(name.rpartition("/")[2] == "search" for name in config.plugins)
        result["shells"] = {name: Shell.split(html).to_json() for name, html in plugin.shells.items()}
        result["page_sources"] = plugin.page_sources
    except ThemeError as error:
        result["error"] = str(error)
    except Abort:
        # MkDocs has logged why, and says here only that it stops.
        result["error"] = "; ".join(warnings.messages)
    except MkDocsException as error:
        result["error"] = str(error)
    result["warnings"] = warnings.messages
    return result


def load_site_config(request: ThemeRequest, language: str, folder: Path, warnings: WarningList) -> MkDocsConfig:
    """Load mkdocs.yml as MkDocs does and fit it to one language. Raises ThemeError, MkDocs' errors or Abort."""
    config = MkDocsConfig(config_file_path=str(request.mkdocs_yml))
    with request.mkdocs_yml.open("rb") as file:
        config.load_file(file)
    config.load_dict(
        {
            "site_name": Markup(escape(request.text(request.site_name, language))),
            "site_url": request.base_url,
            "site_dir": str(folder / "site"),
            "site_description": Markup(escape(request.text(request.description, language))) or None,
            "theme": _theme(config["theme"], request, language, warnings),
            "plugins": _plugins_but_own(config["plugins"]),
            "extra_css": [*request.stylesheets, *(config["extra_css"] or [])],
            "extra_javascript": [
                *({"path": path, "defer": True} for path in request.scripts),
                *(config["extra_javascript"] or []),
            ],
        }
    )
    if config["use_directory_urls"] is False:
        warnings.add("use_directory_urls: false has no effect here: pages keep addresses that end in a slash")
        config["use_directory_urls"] = True
    docs_dir = request.mkdocs_yml.parent / (config["docs_dir"] or "docs")
    if not docs_dir.exists():
        warnings.add(f"docs_dir: the folder {config['docs_dir']} does not exist, so the site has no own pages")
        config["docs_dir"] = str(folder / "no-pages")
        (folder / "no-pages").mkdir()
    errors, notes = config.validate()
    for name, note in notes:
        warnings.add(f"Config value '{name}': {note}")
    if errors:
        raise ThemeError("\n".join(f"{request.mkdocs_yml}: {name}: {error}" for name, error in errors))
    return config


def _theme(value: Any, request: ThemeRequest, language: str, warnings: WarningList) -> dict[str, Any]:
    """Return the theme's settings for one language, with the defaults that a status page wants."""
    settings: dict[str, Any] = {"name": value} if isinstance(value, str) else dict(value or {})
    if settings.get("name") != "material":
        raise ThemeError(
            f"{request.mkdocs_yml}: theme: found {settings.get('name')!r}; Noroshi's pages are made for "
            "'material'; write `theme: {name: material}`, and put changes into theme.custom_dir"
        )
    if not _speaks(language):
        raise ThemeError(
            f"site.yaml: languages: Material for MkDocs has no words in {language!r}; "
            "take a language it has: https://squidfunk.github.io/mkdocs-material/setup/changing-the-language/"
        )
    features = settings.get("features") or []
    instant = [name for name in features if str(name).startswith("navigation.instant")]
    if instant:
        warnings.add(f"theme.features: {', '.join(instant)} left out: it replaces pages without running their scripts")
    # Without tabs the generated pages, which have no side column, would have no navigation.
    settings["features"] = list(dict.fromkeys(["navigation.tabs", *(name for name in features if name not in instant)]))
    settings["language"] = language
    settings.setdefault("font", False)
    palette = settings.get("palette")
    for option in palette if isinstance(palette, list) else []:
        toggle = option.get("toggle") if isinstance(option, dict) else None
        if isinstance(toggle, dict) and isinstance(toggle.get("name"), dict):
            toggle["name"] = request.text(toggle["name"], language)
    return settings


def _speaks(language: str) -> bool:
    templates = Path(get_themes()["material"].load().__file__).parent if "material" in get_themes() else Path()
    return (templates / "partials" / "languages" / f"{language}.html").is_file()


def _plugins_but_own(value: Any) -> Any:
    """Return `plugins` of mkdocs.yml without Noroshi's own, which would start all this again."""
    if value is None:
        return ["search"]
    if isinstance(value, dict):
        return {name: options for name, options in value.items() if name != _OWN_PLUGIN}
    if not isinstance(value, list):
        return value
    names = [next(iter(item), None) if isinstance(item, dict) else item for item in value]
    return [item for item, name in zip(value, names, strict=True) if name != _OWN_PLUGIN]


def main(place: str) -> None:
    """Render what lies in a folder and leave the result there.

    On a full disk, where no result and no word can be left, the process ends with the error's number.
    """
    try:
        result = render_language(Path(place))
        (Path(place) / "result.json").write_text(json.dumps(result), encoding="utf-8")
    except OSError as error:
        if error.errno in NO_ROOM:
            sys.exit(error.errno)
        raise
