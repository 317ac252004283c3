"""The server of the tests behaves as hosts of static files do."""

from __future__ import annotations

import http.client
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from served_site import serve


def ask(url: str, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """The status, headers and bytes of an answer; redirects are not followed."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    found = (answer.status, dict(answer.getheaders()), answer.read())
    connection.close()
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small site."""
    site = tmp_path / "site"
    (site / "en").mkdir(parents=True)
    for name in ("index.html", "en/index.html", "404.html", "a.rss", "a.atom", "a.json", "a.ics", "a.svg"):
        (site / name).write_text(name)
    return site


def test_files_come_with_the_types_of_hosts(folder: Path) -> None:
    """By their endings; a folder gives its page, and one without its slash leads to it."""
    wanted = {
        "/": "text/html; charset=utf-8",
        "/en/": "text/html; charset=utf-8",
        "/a.rss": "application/rss+xml",
        "/a.atom": "application/atom+xml",
        "/a.json": "application/json",
        "/a.ics": "text/calendar; charset=utf-8",
        "/a.svg": "image/svg+xml",
    }
    with serve(folder) as url:
        for path, media_type in wanted.items():
            status, headers, data = ask(url, path)
            assert (status, headers["Content-Type"]) == (200, media_type)
            assert data.decode() == (f"{path[1:]}index.html" if path.endswith("/") else path[1:])
        status, headers, _ = ask(url, "/en")
        assert (status, headers["Location"]) == (301, "/en/")


def test_what_is_not_there_is_said_so(folder: Path) -> None:
    """With the site's own page; nothing outside the folder is given to anybody."""
    (folder.parent / "secret").write_text("secret")
    with serve(folder) as url:
        assert ask(url, "/nothing") == (404, ask(url, "/nothing")[1], b"404.html")
        assert ask(url, "/../secret")[::2] == (403, b"")
        assert ask(url, "/%2e%2e/secret")[::2] == (403, b"")


def test_the_folder_may_be_exchanged_underneath(folder: Path) -> None:
    """What stands there now is served, and who asks whether it changed is told so, however soon after it did."""
    with serve(folder) as url:
        _, headers, _ = ask(url, "/a.rss")
        assert ask(url, "/a.rss", If_None_Match=headers["ETag"])[::2] == (304, b"")
        shutil.move(folder, folder.parent / "old")
        assert ask(url, "/a.rss")[0] == 404
        shutil.copytree(folder.parent / "old", folder)
        (folder / "a.rss").write_text("new!!")
        assert ask(url, "/a.rss", If_None_Match=headers["ETag"])[::2] == (200, b"new!!")
