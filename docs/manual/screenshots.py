"""The pictures of the manual and of the READMEs, made of the example site at fixed times by the system's Chromium.

``scripts/screenshots`` runs it. A picture shows the program of this checkout and is not compared byte by byte: browsers
and fonts differ. Run it after the pages changed, and look at what it made.
"""

from __future__ import annotations

import base64
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import takewhile
from pathlib import Path
from typing import Any

from chapters import DOCS, Walk, noroshi, steps_of
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
IMAGES = ROOT / "docs" / "images"
QUALITY = 82
"""Of WebP, in percent: text stays sharp, and all pictures together are a few hundred kB."""
CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
)


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A site as it stood at a time, for an audience."""

    as_of: str
    """RFC 3339."""
    audience: str = "public"
    new: bool = False
    """What the chapter "Start in five minutes" makes until it looks at it, in place of the example."""


@dataclass(frozen=True, kw_only=True)
class Shot:
    """One picture: its file is ``docs/images/<name>.webp``."""

    name: str
    moment: Moment
    path: str
    """The page, below the site's address."""
    width: int = 1000
    height: int = 760
    """Both in CSS pixels; the picture has as many."""
    dark: bool = False
    at: str | None = None
    """What stands at the top of the picture, as a selector; the page's beginning where it is None."""


NIGHT = Moment(as_of="2026-06-18T22:25+09:00")
MORNING = Moment(as_of="2026-06-19T11:05+09:00")
RELEASE = Moment(as_of="2026-06-19T11:05+09:00", audience="a-sha")
ORDINARY = Moment(as_of="2026-07-02T10:00+09:00")
NEW = Moment(as_of="2026-12-01T09:30+09:00", new=True)

SHOTS = (
    Shot(name="night-home", moment=NIGHT, path="en/", height=880),
    Shot(name="night-home-ja", moment=NIGHT, path="", height=880),
    Shot(
        name="night-phone", moment=NIGHT, path="en/incidents/2026-06-18-staging-down/", width=390, height=844, dark=True
    ),
    Shot(name="morning-incident", moment=MORNING, path="en/incidents/2026-06-18-staging-down/", height=1000),
    Shot(name="client-release", moment=RELEASE, path="en/commitments/2026-06-19-release/", height=900),
    Shot(name="ordinary-home", moment=ORDINARY, path="en/", dark=True),
    Shot(name="ordinary-record", moment=ORDINARY, path="en/record/"),
    Shot(name="start-home", moment=NEW, path="", height=600),
)


def build(moment: Moment, folder: Path) -> Path:
    """Build the moment's site in a new folder.

    :return: the published folder
    :raises SystemExit: it could not be built
    """
    if moment.new:
        walk = Walk(folder=folder)
        walk.do(
            list(
                takewhile(lambda step: step.text != "noroshi serve\n", steps_of((DOCS / "start.md").read_text("utf-8")))
            )
        )
        site = walk.place
    else:
        site = folder / "site"
        site.mkdir()
        shutil.copytree(ROOT / "content", site / "content")
        shutil.copyfile(ROOT / "mkdocs.yml", site / "mkdocs.yml")
    out = folder / "published"
    where = ("--site", str(site), "--out", str(out), "--quiet")
    whom = ("--audience", moment.audience, "--url", "https://shown.example.com/")
    noroshi("build", *where, *whom, "--as-of", moment.as_of, folder=folder)
    return out


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on localhost; gives its address, ended by a slash."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: what was asked is of no interest."""


def take(shot: Shot, browser: Browser, address: str) -> bytes:
    """The picture, as WebP.

    :raises RuntimeError: the page did not load, complained in the console, or is wider than the picture
    """
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme="dark" if shot.dark else "light",
        reduced_motion="reduce",
        device_scale_factor=1,
        timezone_id="Asia/Tokyo",
        locale="en-GB",
    )
    try:
        page = context.new_page()
        faults: list[str] = []
        page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
        page.on("requestfailed", lambda request: faults.append(f"{request.url} failed"))
        answer = page.goto(address + shot.path, wait_until="networkidle")
        if answer is None or not answer.ok:
            faults.append(f"{shot.path} did not load")
        if page.evaluate("document.documentElement.scrollWidth") > shot.width:
            faults.append("wider than the picture")
        if shot.at is not None:
            page.locator(shot.at).first.evaluate("place => place.scrollIntoView({behavior: 'instant'})")
        if faults:
            raise RuntimeError(f"{shot.name}: {'; '.join(faults)}")
        # Playwright writes PNG and JPEG alone; the browser itself can do WebP, at a tenth of PNG's size.
        taken = context.new_cdp_session(page).send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
        return base64.b64decode(taken["data"])
    finally:
        context.close()


def main(arguments: Sequence[str]) -> None:
    """Make the pictures with these names, or all, in ``docs/images`` or the folder behind ``--out``."""
    names = list(arguments)
    out = IMAGES
    if "--out" in names:
        at = names.index("--out")
        out = Path(names[at + 1])
        del names[at : at + 2]
    unknown = set(names) - {shot.name for shot in SHOTS}
    if unknown:
        raise SystemExit(f"no such picture: {', '.join(sorted(unknown))}")
    wanted = [shot for shot in SHOTS if not names or shot.name in names]
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise SystemExit("chromium is missing; install it (Debian: apt-get install chromium fonts-noto-cjk)")
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=list(CHROMIUM))
        for moment in dict.fromkeys(shot.moment for shot in wanted):
            with tempfile.TemporaryDirectory() as folder, served(build(moment, Path(folder))) as address:
                for shot in wanted:
                    if shot.moment == moment:
                        data = take(shot, browser, address)
                        (out / f"{shot.name}.webp").write_bytes(data)
                        print(f"{shot.name}.webp  {len(data) / 1000:.0f} kB")  # noqa: T201
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
