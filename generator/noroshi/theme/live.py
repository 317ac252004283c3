"""A local server that rebuilds on change and reloads the browser: MkDocs' own, on a site that we built."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mkdocs.livereload import LiveReloadServer


class LiveSite(LiveReloadServer):
    """A built site, served to its author. Not a server for the public."""

    def __init__(
        self, root: Path, rebuild: Callable[[], None], *, host: str, port: int, on_listening: Callable[[str], None]
    ) -> None:
        """Prepare to serve; :meth:`serve` does it until interrupted.

        :param rebuild: called when a watched file changes; must not raise
        :param on_listening: told the address once it is ours
        """
        super().__init__(builder=rebuild, host=host, port=port, root=str(root))
        self._name = "localhost" if host in ("127.0.0.1", "0.0.0.0", "") else host
        self._on_listening = on_listening
        self.error_handler = lambda code: _error_page(root, code)

    def server_activate(self) -> None:
        """Begin to listen, and say where: with port 0 only now is it known."""
        super().server_activate()
        self.url = f"http://{self._name}:{self.server_address[1]}/"
        self._on_listening(self.url)


def _error_page(root: Path, code: int) -> bytes | None:
    page = root / f"{code}.html"
    return page.read_bytes() if page.is_file() else None
