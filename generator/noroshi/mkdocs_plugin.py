"""The MkDocs plugin: ``mkdocs build`` and ``mkdocs serve`` give the site that ``noroshi build`` gives.

MkDocs' own output goes to a scratch folder, before MkDocs cleans anything: so its errors and ``--strict``
speak first, and only then does the one build of this project publish the site in its place.
"""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path
from typing import Any, Literal

from mkdocs.config.base import Config
from mkdocs.config.config_options import URL, Optional, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.pages import Page

from noroshi.environment import cache_folder, job_count, time_now
from noroshi.pipeline.build import build
from noroshi.pipeline.reading.content import open_site
from noroshi.pipeline.reading.record import Moments
from noroshi.pipeline.request import BuildRequest, default_out
from noroshi.problems import Level, StatedError
from noroshi.snapshot.audience import PUBLIC_WORD
from noroshi.theme.live import reloading
from noroshi.theme.rendering import WarningList

log = get_plugin_logger("noroshi")


class NoroshiConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's options in ``mkdocs.yml``."""

    cache = Optional(Type(str))
    """A folder for what need not be done again, relative to mkdocs.yml."""
    audience = Type(str, default=PUBLIC_WORD)
    """For whom the site is: public, internal or a client's id."""
    url = Optional(URL())
    """Where this edition is published, if not where site.yaml says."""
    log = Optional(Type(str))
    """The published log to go on from: its folder or file, relative to mkdocs.yml."""
    new_log = Type(bool, default=False)
    """Whether a log is begun on purpose, so that nothing is said of it."""


class NoroshiPlugin(BasePlugin[NoroshiConfig]):
    """Hooks that turn MkDocs' output aside and call the build."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
        self._out = Path()
        self._jobs = 1
        self._to_the_world = False
        self._looking = False
        self._heard = WarningList()
        """What MkDocs has warned of by itself: the build renders the same pages, and hears the same."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Having this hook makes MkDocs keep one object for all rebuilds of ``mkdocs serve``.

        A rebuild there runs beside the server's threads, where forking could hang: one process does it.
        """
        self._jobs = 1 if command == "serve" else job_count(None)
        self._to_the_world = command == "gh-deploy"
        self._looking = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Turn MkDocs' output to a scratch folder, before MkDocs cleans ``site_dir``.

        The folder that MkDocs takes unless told is the public site's: another edition goes beside it.
        """
        self._heard.messages.clear()
        logging.getLogger("mkdocs").addHandler(self._heard)
        audience = self.config.audience
        if self._to_the_world and audience != PUBLIC_WORD:
            raise PluginError(f"gh-deploy shows everybody what is meant for {audience!r}; deploy the public site")
        self._out = Path(config.site_dir)
        root = Path(config.config_file_path).absolute().parent
        if self._out == default_out(root, PUBLIC_WORD):
            self._out = default_out(root, audience)
        if self._scratch is None:
            self._scratch = tempfile.TemporaryDirectory(prefix="noroshi-mkdocs-")
        config.site_dir = self._scratch.name
        return config

    def on_page_markdown(self, markdown: str, *, page: Page, **_: Any) -> str:
        """Leave a page's own template to the build, which knows where a site keeps those of the frame."""
        page.meta.pop("template", None)
        return markdown

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Build and publish the site where MkDocs would have."""
        config.site_dir = str(self._out)
        root = Path(config.config_file_path).parent
        try:
            folder = open_site(root)
            cache = root / self.config.cache if self.config.cache else None
            built = build(
                BuildRequest(
                    folder=folder,
                    out=self._out,
                    audience=self.config.audience,
                    url=self.config.url or None,
                    cache=cache_folder(cache, root),
                    moments=Moments(now=time_now(None, None)),
                    log=root / self.config.log if self.config.log and not self._looking else None,
                    new_log=self._looking or self.config.new_log,
                    shown_only=self._looking,
                    jobs=self._jobs,
                    strict=config.strict,
                )
            )
        except (StatedError, OSError) as error:
            raise PluginError(str(error)) from error
        for problem in built.problems:
            (log.error if problem.level is Level.ERROR else log.warning)("%s", problem)
        if not built.published:
            raise PluginError(f"nothing was published: mend the problems above; {self._out} stays as it was")
        for words in built.warnings:
            if words not in self._heard.messages:
                # Strict, MkDocs would fail for a warning after the site was published.
                (log.info if config.strict else log.warning)("%s", words)
        log.info("published %s: %d files, %d new", self._out, built.pages, built.written)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Rebuild when a record or a template changes, not only a page."""
        server.set_app(reloading(server.serve_request))
        folder = open_site(Path(config.config_file_path).parent)
        for place in (folder.content, folder.templates):
            if place.exists():
                server.watch(str(place))
        return server

    def on_shutdown(self) -> None:
        """Remove the scratch folder, and listen no longer."""
        logging.getLogger("mkdocs").removeHandler(self._heard)
        if self._scratch is not None:
            self._scratch.cleanup()
            self._scratch = None
