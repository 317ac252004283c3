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
from mkdocs.utils import get_theme_dir

from noroshi.theme.request import ThemeError, ThemeRequest
from noroshi.theme.shell import Shell
from noroshi.theme.shell_plugin import ShellPlugin
from noroshi.theme.store import NO_ROOM

_OWN_PLUGIN = "noroshi"
_SEARCH = ("search", "material/search")
_IDLE = ("navigation.instant", "navigation.tabs", "navigation.sections", "navigation.expand", "navigation.prune",
         "navigation.indexes", "header.", "search.", "announce.", "toc.integrate")  # fmt: skip
# Of Material's features those that need its own header, navigation or search; instant navigation, besides, replaces
# pages without running their scripts.


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
    templates = tuple(map(Path, order["templates"]))
    request = ThemeRequest.from_json(Path(order["mkdocs_yml"]), templates, order["request"])
    language = order["language"]
    warnings = WarningList()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(warnings)
    errors = logging.StreamHandler(sys.stderr)
    errors.setLevel(logging.ERROR)
    logger.addHandler(errors)
    logger.propagate = False
    result: dict[str, Any] = {"error": None, "strict": False}
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
        result["material_files"] = [
            path.relative_to(_material()).as_posix() for path in (_material() / "assets").rglob("*") if path.is_file()
        ]
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
            "plugins": _plugins(config["plugins"], warnings),
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
    *own, ours = map(str, request.templates)
    material = config.theme.dirs.index(get_theme_dir("material"))
    config.theme.dirs[:] = [*own, *config.theme.dirs[:material], ours, *config.theme.dirs[material:]]
    # Error pages are shells here, and the site map is written elsewhere.
    config.theme.static_templates -= {"404.html", "sitemap.xml"}
    return config


def _theme(value: Any, request: ThemeRequest, language: str, warnings: WarningList) -> dict[str, Any]:
    """Return the theme's settings for one language, with the defaults that a status page wants."""
    settings: dict[str, Any] = {"name": value} if isinstance(value, str) else dict(value or {})
    if settings.get("name") != "material":
        raise ThemeError(
            f"{request.mkdocs_yml}: theme: found {settings.get('name')!r}; Noroshi's pages are made for "
            "'material'; write `theme: {name: material}`, and put changes into theme.custom_dir"
        )
    features = [str(name) for name in settings.get("features") or []]
    idle = [name for name in features if name.startswith(_IDLE)]
    if idle:
        warnings.add(
            f"theme.features: {', '.join(idle)} left out: header, navigation and search are not Material's here"
        )
    settings["features"] = [name for name in features if name not in idle]
    # Of Material's words only some on the operator's own pages remain; a language that it lacks has them in English.
    settings["language"] = language if _speaks(language) else "en"
    settings.setdefault("font", False)
    if settings.pop("palette", None):
        warnings.add(
            "theme.palette: left out: the site's colours come from `look` in site.yaml and from its stylesheet"
        )
    return settings


def _speaks(language: str) -> bool:
    return (_material() / "partials" / "languages" / f"{language}.html").is_file()


def _material() -> Path:
    return Path(get_theme_dir("material"))


def _plugins(value: Any, warnings: WarningList) -> Any:
    """Return `plugins` of mkdocs.yml without Noroshi's own, which would start all this again, and without search."""
    if value is None:
        return []
    if not isinstance(value, dict | list):
        return value
    names = [next(iter(item), None) if isinstance(item, dict) else item for item in value]
    if any(name in _SEARCH for name in names):
        warnings.add(
            "plugins: search left out: its dialog belongs to Material's header; the site's own search finds pages"
        )
    left_out = (_OWN_PLUGIN, *_SEARCH)
    if isinstance(value, dict):
        return {name: options for name, options in value.items() if name not in left_out}
    return [item for item, name in zip(value, names, strict=True) if name not in left_out]


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
