"""The Jinja2 environment of the pages: everything is escaped unless it was made safe on purpose."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, MutableMapping, Sequence
from pathlib import Path
from traceback import walk_tb
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateSyntaxError,
)
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import Markup, escape

from noroshi.problems import StatedError
from noroshi.text.wording import Wording
from noroshi.writers.pages.clock import clock_words

# What a site's own template can raise: all that an expression can, and including itself.
_TEMPLATE_FAULTS = (
    TemplateError,
    TypeError,
    ValueError,
    LookupError,
    ArithmeticError,
    AttributeError,
    RecursionError,
)


SHIPPED = "shipped"
"""A template of a site's own extends the one it stands in place of by this folder: ``shipped/home.html``."""


class PageError(StatedError):
    """A page cannot be made; the message is for people."""


class Templates:
    """The page templates, a site's own before the shipped ones."""

    def __init__(self, folders: Sequence[Path], bytecode: Path | None = None, *, running: bool = True) -> None:
        """Look for templates in these folders, the first that has one wins.

        :param bytecode: a folder for compiled templates, or None to compile them anew
        :param running: whether pages follow their reader's clock; a site as it stood at a past time stands still
        """
        self._running = running
        self._folders = [str(folder) for folder in folders]
        self._bytecode = bytecode
        self._environments: dict[str, Environment] = {}

    def render(self, name: str, wording: Wording, **values: Any) -> str:
        """The HTML of one page's body.

        :raises PageError: a site's own template is broken
        """
        try:
            environment = self._environments.get(wording.language) or self._environment(wording)
            return environment.get_template(name).render(values)
        except _TEMPLATE_FAULTS as error:
            raise PageError(
                f"{self._place(error, name)}: the template cannot be used: {error}; compare it with the shipped one, "
                "or delete it"
            ) from error

    def _place(self, error: BaseException, name: str) -> str:
        """Where a template fails: the line that the parser names, else the innermost that was being printed.

        One of the site's own before a shipped one, which fails only by what it is given.
        """
        if isinstance(error, TemplateSyntaxError):
            return f"site_templates/{error.name or name}:{error.lineno}"
        places = [(Path(frame.f_code.co_filename), line) for frame, line in walk_tb(error.__traceback__)]
        for folder in self._folders:
            for file, line in reversed(places):
                if file.is_relative_to(folder):
                    return f"site_templates/{file.relative_to(folder).as_posix()}:{line}"
        return f"site_templates/{name}"

    def _environment(self, wording: Wording) -> Environment:
        """The environment of one language: its messages are part of the compiled templates."""
        cache = None
        if self._bytecode is not None:
            self._bytecode.mkdir(parents=True, exist_ok=True)
            cache = FileSystemBytecodeCache(str(self._bytecode), f"{wording.key}_%s.cache")
        shipped = PrefixLoader({SHIPPED: FileSystemLoader(self._folders[-1])})
        environment = Environment(
            loader=ChoiceLoader([FileSystemLoader(self._folders), shipped]),
            extensions=[_Messages],
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=cache,
        )
        environment.template_class = _QuickTemplate
        environment.globals["_"] = wording.gettext
        environment.globals["ngettext"] = wording.ngettext
        environment.globals["clock"] = clock_words(wording, running=self._running)
        self._environments[wording.language] = environment
        return environment


class _QuickTemplate(Template):
    """A template that leaves safe HTML as it is, and numbers and words without special characters.

    MarkupSafe's own escape makes a new object of what is safe already: a hundred times on every page.
    """

    @classmethod
    def _from_namespace(
        cls, environment: Environment, namespace: MutableMapping[str, Any], globals: MutableMapping[str, Any]
    ) -> Template:
        namespace["escape"] = _escape
        return super()._from_namespace(environment, namespace, globals)


def _escape(value: Any) -> str:
    kind = value.__class__
    if kind is Markup or (kind is str and not _SPECIAL.search(value)):
        return value  # type: ignore[no-any-return]
    return str(value) if kind is int else escape(value)


_SPECIAL = re.compile("[&<>'\"]")


class _Messages(Extension):
    """Says ``_("…")`` in the environment's language while a template is compiled, not on every page."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """Put the words of the language in place of each message."""
        look_up = self.environment.globals["_"]
        assert callable(look_up)
        return _said(iter(stream), look_up)


def _said(tokens: Iterator[Token], look_up: Callable[[str], str]) -> Iterator[Token]:
    held: list[Token] = []
    for token in tokens:
        held.append(token)
        shape = [each.type for each in held]
        if shape == _MESSAGE:
            yield Token(held[0].lineno, "string", look_up(held[2].value))
            held = []
        elif shape != _MESSAGE[: len(shape)] or held[0].value != "_":
            yield from held
            held = []
    yield from held


_MESSAGE = ["name", "lparen", "string", "rparen"]
