"""The Jinja2 environment of the pages: everything is escaped unless it was made safe on purpose."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, TemplateError

from noroshi.problems import StatedError
from noroshi.text.wording import Wording


class PageError(StatedError):
    """A page cannot be made; the message is for people."""


class Templates:
    """The page templates, a site's own before the shipped ones."""

    def __init__(self, folders: Sequence[Path], bytecode: Path | None = None) -> None:
        """Look for templates in these folders, the first that has one wins.

        :param bytecode: a folder for compiled templates, or None to compile them anew
        """
        cache = None
        if bytecode is not None:
            bytecode.mkdir(parents=True, exist_ok=True)
            cache = FileSystemBytecodeCache(str(bytecode))
        self._environment = Environment(
            loader=FileSystemLoader([str(folder) for folder in folders]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=cache,
        )

    def render(self, name: str, wording: Wording, **values: Any) -> str:
        """The HTML of one page's body.

        :raises PageError: a site's own template is broken
        """
        try:
            template = self._environment.get_template(name)
            return template.render(_=wording.gettext, wording=wording, **values)
        except TemplateError as error:
            line = getattr(error, "lineno", None)
            place = f"site_templates/{getattr(error, 'name', None) or name}" + (f":{line}" if line else "")
            raise PageError(
                f"{place}: the template cannot be used: {error}; compare it with the shipped one, or delete it"
            ) from error
