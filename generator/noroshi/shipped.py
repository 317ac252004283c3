"""The one locator of the files that travel with the package: templates, example content, the scaffold's mkdocs.yml.

A checkout and an editable install keep them at the top of the repository; a wheel carries them inside the
package (`[tool.hatch.build.targets.wheel.force-include]` in pyproject.toml, which an editable install does
not honour: hence two places).
"""

import tomllib
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_BUNDLE = _PACKAGE / "_shipped"


def shipped(*parts: str) -> Path:
    """Return the path of a shipped file or folder, for example `shipped("site_templates", "home.html")`.

    Raises `FileNotFoundError` where this installation does not hold it, naming both places looked at.
    """
    path = _root().joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(f"noroshi's own file {'/'.join(parts)!r} is missing; looked for it at {path}")
    return path


@cache
def _root() -> Path:
    """Return the folder that holds the shipped files: the bundle of a wheel, else the checkout's top."""
    if _BUNDLE.is_dir():
        return _BUNDLE
    checkout = _PACKAGE.parent.parent
    if _names_noroshi(checkout / "pyproject.toml"):
        return checkout
    raise FileNotFoundError(
        f"noroshi's own files are missing: neither {_BUNDLE} nor a checkout at {checkout}; install noroshi again"
    )


def _names_noroshi(pyproject: Path) -> bool:
    """Tell whether this pyproject.toml is that of noroshi and not of a project that merely holds it."""
    try:
        project = tomllib.loads(pyproject.read_text(encoding="utf-8")).get("project", {})
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError):
        return False
    return bool(project.get("name") == "noroshi")
