"""What the frame's templates are given of the site, under the name ``noroshi``."""

from html import escape
from pathlib import Path
from typing import Any

from mkdocs.utils import get_theme_dir

from noroshi.theme.request import ThemeError, ThemeRequest


def frame_values(request: ThemeRequest, language: str) -> dict[str, Any]:
    """The values for all pages of one language; a page's own come beside them (`generated`, `languages`).

    ``language``, ``words``, ``icon``, ``logo``, ``footer`` and ``style`` as in `Frame`; ``stylesheets``,
    ``own_stylesheets`` and ``scripts``; ``material_style`` and ``material_script``: what Material's pages load.
    Addresses are site paths, for the filter ``url``.

    :raises ThemeError: this version of Material holds no such file
    """
    frame = request.frame
    words = frame.words.get(language) or frame.words[request.languages[0]]
    return {
        "language": language,
        "generated": False,
        "languages": [],
        "words": {name: escape(said) for name, said in words.items()},  # MkDocs' Jinja escapes nothing
        "icon": frame.icon,
        "logo": frame.logo,
        "footer": request.text(frame.footer, language),
        "style": frame.style,
        "stylesheets": list(request.stylesheets),
        "own_stylesheets": list(request.own_stylesheets),
        "scripts": list(request.scripts),
        "material_style": _named("assets/stylesheets/main.*.css"),
        "material_script": _named("assets/javascripts/bundle.*.js"),
    }


def _named(pattern: str) -> str:
    """The one file of Material with a hash in its name."""
    folder = Path(get_theme_dir("material"))
    found = sorted(path.relative_to(folder).as_posix() for path in folder.glob(pattern))
    if not found:
        raise ThemeError(f"this version of Material for MkDocs has no {pattern}; install one that noroshi names")
    return found[0]
