"""A local server that rebuilds on change and reloads the browser: MkDocs' own, on a site that we built."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from mkdocs.livereload import LiveReloadServer

from noroshi.theme.content_policy import allow_script


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
        self.set_app(reloading(self.serve_request))
        self.error_handler = lambda code: _error_page(root, code)

    def server_activate(self) -> None:
        """Begin to listen, and say where: with port 0 only now is it known."""
        super().server_activate()
        self.url = f"http://{self._name}:{self.server_address[1]}/"
        self._on_listening(self.url)


def reloading(app: WSGIApplication) -> WSGIApplication:
    """A local server's answers in which the script that it adds to each page may run under the page's policy.

    :param app: what answers, its script already at the end of each page
    """

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        status, headers = "", [("", "")]

        def take(said: str, named: list[tuple[str, str]], _: object = None, /) -> Callable[[bytes], object]:
            nonlocal status, headers
            status, headers = said, named
            return lambda data: None

        body = app(environ, take)
        if any(name.lower() == "content-type" and value.startswith("text/html") for name, value in headers):
            page = b"".join(body)
            before, tag, script = page.rpartition(b"<script>")
            if tag and b"livereload(" in script:
                page = allow_script(before, script.partition(b"</script>")[0]) + tag + script
            body = [page]
            headers = [(name, value) for name, value in headers if name.lower() != "content-length"]
            headers.append(("Content-Length", str(len(page))))
        start_response(status, headers)
        return body

    return answer


def _error_page(root: Path, code: int) -> bytes | None:
    page = root / f"{code}.html"
    return page.read_bytes() if page.is_file() else None
