"""Feed readers of others: parsers that tell what a feed says, and programs that remember what they have shown."""

from __future__ import annotations

import email
import email.policy
import json
import os
import re
import sqlite3
import subprocess
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
from lxml import html

from outside_programs import debian_program, lacking, python_client, run_node


@dataclass(frozen=True, kw_only=True)
class Seen:
    """An item as a program understood it."""

    guid: str
    title: str
    link: str
    at: datetime
    html: str


@dataclass(frozen=True, kw_only=True)
class Parsed:
    """A feed as a program understood it."""

    title: str
    language: str | None
    """None where the program does not tell."""
    items: tuple[Seen, ...]


def with_feedparser(addresses: Iterable[str]) -> dict[str, Parsed]:
    """What feedparser (Python) makes of RSS and Atom; it must find no fault in them."""
    return {address: _of_feedparser(address) for address in addresses if not address.endswith(".json")}


def _of_feedparser(address: str) -> Parsed:
    # As it came: by itself feedparser cleans HTML, and titles of RSS too where they look like it.
    found = feedparser.parse(address, sanitize_html=False, resolve_relative_uris=False)
    assert not found.bozo, f"{address}: {found.get('bozo_exception')}"
    assert found.version == ("atom10" if address.endswith(".atom") else "rss20")
    items = tuple(
        Seen(
            guid=entry.id,
            title=entry.title,
            link=entry.link,
            at=datetime(*entry.published_parsed[:6], tzinfo=UTC),
            html=entry.content[0].value if "content" in entry else entry.summary,
        )
        for entry in found.entries
    )
    return Parsed(title=found.feed.title, language=found.feed.language, items=items)


_RSS_PARSER = """
import Parser from 'rss-parser';
const told = {};
for (const address of process.argv.slice(2)) {
  const feed = await new Parser().parseURL(address);
  told[address] = { title: feed.title, language: feed.language ?? null, items: feed.items.map(each => (
    { guid: each.guid ?? each.id, title: each.title, link: each.link, at: each.isoDate, html: each.content })) };
}
console.log(JSON.stringify(told));
"""


def with_rss_parser(addresses: Iterable[str]) -> dict[str, Parsed]:
    """What rss-parser (npm) makes of RSS and Atom."""
    return _parsed(run_node(_RSS_PARSER, *(each for each in addresses if not each.endswith(".json"))))


_FEEDSMITH = """
import { parseFeed } from 'feedsmith';
const told = {};
const items = {
  rss: feed => (feed.items ?? []).map(({ guid, title, link, pubDate, description }) => (
    { guid: guid.value, title, link, at: pubDate, html: description })),
  atom: feed => (feed.entries ?? []).map(({ id, title, links, published, content }) => (
    { guid: id, title: title.value, link: links.find(link => link.rel === 'alternate').href, at: published,
      html: content.value })),
  json: feed => (feed.items ?? []).map(({ id, title, url, date_published, content_html }) => (
    { guid: id, title, link: url, at: date_published, html: content_html })),
};
for (const address of process.argv.slice(2)) {
  const answer = await fetch(address);
  const { format, feed } = parseFeed(await answer.text());
  if (!address.endsWith(format)) throw new Error(`${address} is taken for ${format}`);
  told[address] = { title: feed.title.value ?? feed.title, language: feed.language ?? feed.xml?.lang ?? null,
                    items: items[format](feed) };
}
console.log(JSON.stringify(told));
"""


def with_feedsmith(addresses: Iterable[str]) -> dict[str, Parsed]:
    """What feedsmith (npm) makes of all three forms; it must tell them apart."""
    return _parsed(run_node(_FEEDSMITH, *addresses))


def _parsed(told: str) -> dict[str, Parsed]:
    feeds: dict[str, Any] = json.loads(told)
    return {
        address: Parsed(
            title=feed["title"],
            language=feed["language"],
            items=tuple(Seen(**{**item, "at": _time(item["at"])}) for item in feed["items"]),
        )
        for address, feed in feeds.items()
    }


def _time(word: str) -> datetime:
    try:
        return datetime.fromisoformat(word)
    except ValueError:
        return email.utils.parsedate_to_datetime(word)


PARSERS: Mapping[str, Callable[[Iterable[str]], dict[str, Parsed]]] = {
    "feedparser": with_feedparser,
    "rss-parser": with_rss_parser,
    "feedsmith": with_feedsmith,
}
"""What understands feeds, by name: each takes addresses, and leaves out those of forms that it does not read."""


def text_of(body: str) -> str:
    """The words of an item's HTML, with every run of white space as one space."""
    return " ".join(html.fromstring(f"<div>{body}</div>").text_content().split())


class Newsboat:
    """newsboat, which keeps items in a database and marks new ones as unread."""

    def __init__(self, folder: Path, addresses: Iterable[str]) -> None:
        """:param folder: a new one, for all that it keeps"""
        self._program = debian_program("newsboat", "newsboat")
        self._folder = folder
        folder.mkdir()
        (folder / "urls").write_text("".join(f"{address}\n" for address in addresses), "utf-8")
        (folder / "config").write_text("error-log errors\nmax-items 0\n", "utf-8")

    def look(self) -> dict[str, Seen]:
        """Fetch the feeds, read all that is unread, and tell what that was, by its name for ever."""
        files = ("-u", self._folder / "urls", "-c", self._folder / "cache.db", "-C", self._folder / "config")
        _run([self._program, "-q", *files, "-x", "reload"], self._folder)
        with sqlite3.connect(self._folder / "cache.db") as database:
            rows = database.execute("SELECT guid, title, url, pubDate, content FROM rss_item WHERE unread").fetchall()
            database.execute("UPDATE rss_item SET unread = 0")
        database.close()
        seen = [
            Seen(guid=guid, title=title, link=link, at=datetime.fromtimestamp(at, UTC), html=body)
            for guid, title, link, at, body in rows
        ]
        assert len({each.guid for each in seen}) == len(seen), "an item stands there twice"
        return {each.guid: each for each in seen}


class RssToMail:
    """rss2email, which sends a mail for each new item, here into a maildir."""

    def __init__(self, folder: Path, address: str) -> None:
        """:param folder: a new one, for all that it keeps"""
        self._program = python_client("r2e")
        self._folder = folder
        for part in ("cur", "new", "tmp"):
            (folder / "mail/INBOX" / part).mkdir(parents=True)
        self._r2e("new", "reader@example.com")
        place = folder / "settings.cfg"
        told = place.read_text("utf-8").replace("email-protocol = sendmail", "email-protocol = maildir")
        told = told.replace("date-header = False", "date-header = True")
        told = told.replace("date-header-order = modified, issued", "date-header-order = issued, modified")
        told = told.replace("maildir-path = ~/Maildir", f"maildir-path = {folder / 'mail'}")
        place.write_text(told.replace("html-mail = False", "html-mail = True"), "utf-8")
        self._r2e("add", "status", address)

    def look(self) -> list[Seen]:
        """Fetch the feed and take the mails that it became out of the box."""
        self._r2e("run")
        seen = []
        for place in sorted((self._folder / "mail/INBOX/new").iterdir()):
            mail = email.message_from_bytes(place.read_bytes(), policy=email.policy.default)
            seen.append(
                Seen(
                    guid=str(mail["X-RSS-ID"]),
                    title=str(mail["Subject"]),
                    link=str(mail["X-RSS-URL"]),
                    at=mail["Date"].datetime.replace(tzinfo=UTC),  # it writes -0000: UTC, of no zone
                    html=mail.get_content(),
                )
            )
            place.unlink()
        return seen

    def _r2e(self, *arguments: str) -> None:
        files = ("-c", self._folder / "settings.cfg", "-d", self._folder / "seen.json")
        _run([self._program, *files, *arguments], self._folder)


class Sfeed:
    """sfeed, which merges what it fetched into lines of text."""

    def __init__(self, folder: Path, addresses: Mapping[str, str]) -> None:
        """:param folder: a new one, for all that it keeps
        :param addresses: by a name for each, without white space
        """
        self._program = debian_program("sfeed_update", "sfeed")
        if subprocess.run(["sh", "-c", "command -v curl"], capture_output=True, check=False).returncode:
            lacking("no curl on this machine (Debian: apt-get install curl)")
        self._folder = folder
        (folder / "feeds").mkdir(parents=True)
        feeds = "".join(f"\tfeed '{name}' '{address}'\n" for name, address in addresses.items())
        (folder / "sfeedrc").write_text(f"sfeedpath='{folder / 'feeds'}'\nmaxjobs=1\nfeeds() {{\n{feeds}}}\n", "utf-8")

    def look(self) -> dict[str, list[Seen]]:
        """Fetch the feeds, and tell all that was ever fetched: by the feed's name, newest first."""
        _run([self._program, str(self._folder / "sfeedrc")], self._folder)
        return {
            place.name: [_of_line(line) for line in place.read_text("utf-8").splitlines()]
            for place in sorted((self._folder / "feeds").iterdir())
        }


def imported_by_newsboat(folder: Path, opml: Path) -> list[str]:
    """The addresses that newsboat takes from a list of feeds.

    :param folder: a new one, for all that it keeps
    """
    folder.mkdir()
    urls = folder / "urls"
    urls.touch()
    files = ("-u", urls, "-c", folder / "cache.db", "-C", "/dev/null")
    _run([debian_program("newsboat", "newsboat"), "-q", *files, "-i", opml], folder)
    # A line each, with the folder as a tag behind it.
    return [line.split()[0] for line in urls.read_text("utf-8").splitlines() if line]


def imported_by_rss2email(folder: Path, opml: Path) -> list[str]:
    """The addresses that rss2email takes from a list of feeds; ``folder`` as with newsboat."""
    folder.mkdir()
    command = [python_client("r2e"), "-c", folder / "settings.cfg", "-d", folder / "seen.json"]
    _run([*command, "new", "reader@example.com"], folder)
    _run([*command, "opmlimport", opml], folder)
    told = (folder / "settings.cfg").read_text("utf-8")
    return [line.partition("=")[2].strip() for line in told.splitlines() if line.startswith("url =")]


def imported_by_sfeed(opml: Path) -> list[str]:
    """The addresses that sfeed takes from a list of feeds."""
    program = debian_program("sfeed_opml_import", "sfeed")
    done = subprocess.run([program], input=opml.read_bytes(), capture_output=True, timeout=60, check=True)
    # It cuts a long name at a byte, be that within a character.
    return re.findall(r"^\tfeed '.*' '([^']*)'$", done.stdout.decode(errors="replace"), re.MULTILINE)


def _of_line(line: str) -> Seen:
    """Of fields that tabs part, as sfeed(5) has them."""
    at, title, link, body, _, guid, *_ = line.split("\t")
    for escaped, plain in (("\\n", "\n"), ("\\t", "\t"), ("\\\\", "\\")):
        body = body.replace(escaped, plain)
    return Seen(guid=guid, title=title, link=link, at=datetime.fromtimestamp(int(at), UTC), html=body)


def _run(command: list[Any], folder: Path) -> None:
    """Run a program whose home is this folder; fail with what it said."""
    env = {**os.environ, "HOME": str(folder), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    done = subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, f"{command}: {done.returncode}\n{done.stdout}\n{done.stderr}"
