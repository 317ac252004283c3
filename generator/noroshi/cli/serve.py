"""``noroshi serve``."""

from __future__ import annotations

import gc
import logging
import signal
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from noroshi.cli.build import report, warn_of_slow_loader
from noroshi.cli.errors import ProblemsFound
from noroshi.cli.options import audience_options, cache_option, clock_options, jobs_option, site_option
from noroshi.cli.output import say, say_error
from noroshi.cli.progress import Progress
from noroshi.environment import cache_folder, job_count, time_now
from noroshi.pipeline.build import build as build_site
from noroshi.pipeline.reading.content import open_site
from noroshi.pipeline.reading.record import Moments
from noroshi.pipeline.request import BuildRequest
from noroshi.problems import StatedError

if TYPE_CHECKING:  # MkDocs is slow to import, and an error in the content comes sooner without it
    from noroshi.theme.live import LiveSite


@click.command(
    epilog="""\b
Examples:
  noroshi serve
  noroshi serve --port 8080 --host 0.0.0.0
  noroshi serve --as-of 2026-06-18T22:30+09:00   the night of the example
"""
)
@site_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="The port; 0 takes any.")
@audience_options
@cache_option
@clock_options
@jobs_option
def serve(
    site: Path,
    host: str,
    port: int,
    audience: str,
    url: str | None,
    cache: Path | None,
    now: datetime | None,
    as_of: datetime | None,
    jobs: int | None,
) -> None:
    """Serve the site here, build it again when a file changes, and reload the browser.

    The published folder is not touched. While a change has errors, the last good site stays on show.
    """
    from noroshi.theme.live import LiveSite

    gc.enable()  # this command lives for long
    folder = open_site(site)
    warn_of_slow_loader()
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end)
    with tempfile.TemporaryDirectory(prefix="noroshi-serve-") as scratch:
        out = Path(scratch) / "site"

        def rebuild(hands: int, refused: str) -> bool:
            with Progress() as progress:
                built = build_site(
                    BuildRequest(
                        folder=folder,
                        out=out,
                        audience=audience,
                        url=url,
                        cache=cache_folder(cache, folder.root),
                        moments=Moments(now=time_now(now, as_of), as_of=as_of),
                        new_log=True,
                        shown_only=True,
                        jobs=hands,
                        on_stage=progress.stage,
                    )
                )
            report(built, progress, out, refused=refused)
            return built.published

        def rebuild_or_say() -> None:
            try:
                rebuild(1, "the last good site stays on show")  # a fork beside the server's threads could hang
            except (StatedError, OSError) as error:
                say_error(str(error))

        if not rebuild(job_count(jobs), "nothing is served yet"):
            raise ProblemsFound
        live = LiveSite(
            out,
            rebuild_or_say,
            host=host,
            port=port,
            on_listening=lambda address: say(f"serving {address} (stop with Ctrl+C)"),
        )
        for place in (folder.content, folder.mkdocs_yml, folder.templates, folder.translations):
            if place.exists():
                live.watch(str(place))
        _listen(live, f"{host}:{port}")


def _listen(live: LiveSite, address: str) -> None:
    """Serve until somebody stops it."""
    try:
        live.serve()  # type: ignore[no-untyped-call]
    except OSError as error:
        live.server_close()
        raise StatedError(
            f"{address}: cannot listen there: {error.strerror or error}; choose another with --port"
        ) from error
    finally:
        live.shutdown()


def _end(number: int, _: FrameType | None) -> None:
    """End with the exit code that a shell gives for this signal, the scratch folder removed on the way."""
    sys.exit(128 + number)
