"""Sites at the edges: what is refused with words, and what an earlier time leaves out of every file."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from command_line import noroshi
from noroshi.endpoints import HEADERS, SITEMAP
from published_site import read_site

SITE = """\
format: 1
id: {{tag: status.example.com, since: 2026-01-01}}
name: Status
url: {url}
timezone: {zone}
languages: [en]
{more}"""
REPORT = """\
title: It is down
severity: none
reports:
  - {kind: start, at: 2026-02-01T10:00+00:00, text: Down., edited: {at: 2026-02-01T12:00+00:00, note: typo}}
"""
WORK = """\
title: Update
window: {from: 2026-02-06T10:00+00:00, until: 2026-02-06T11:00+00:00}
agreements:
  - {client: a, by: pm, at: 2026-02-01T11:00+00:00}
reports:
  - {kind: notice, at: 2026-02-01T09:00+00:00, text: We update.}
"""
SLOT = """\
title: Open day
client: a
from: 2026-02-06T10:00+00:00
until: 2026-02-06T11:00+00:00
visibility: public
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site-folder"
    write(root, "site.yaml", SITE.format(url="https://status.example.com/", zone="UTC", more=""))
    write(root, "clients.yaml", "- {id: a, name: Client A}\n")
    write(root, "components.yaml", "- {id: db, name: Database}\n")
    write(root, "pages/about.md", "# About\n")
    (root / "mkdocs.yml").write_text(
        "site_name: x\ndocs_dir: content/pages\ntheme: {name: material, font: false}\nplugins: [noroshi]\n", "utf-8"
    )
    return root


def write(root: Path, name: str, text: str) -> None:
    place = root / "content" / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, "utf-8")


def built(site: Path, moment: str, out: str, *more: str) -> dict[str, bytes]:
    options = [site.parent / each if before == "--cache" else each for before, each in pairwise(["", *more])]
    ran = noroshi("build", "--site", site, "--as-of", moment, "--out", site.parent / out, *options)
    assert ran.code == 0, ran.out + ran.err
    return read_site(site.parent / out)


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_an_earlier_time_leaves_no_later_mark_behind(site: Path, audience: str) -> None:
    """Slips mended later and consent given later are in no file of an earlier time, whichever was built before."""
    write(site, "incidents/2026/2026-02-01-down.yaml", REPORT)
    write(site, "maintenance/2026/2026-02-06-update.yaml", WORK)
    for moment in ("2026-02-01T10:30Z", "2026-02-01T11:30Z", "2026-02-01T12:30Z", "2026-02-01T10:30Z"):
        again = built(site, moment, "out", "--audience", audience, "--cache", "kept")
        cold = built(site, moment, "cold", "--audience", audience, "--cache", f"new-{moment[11:13]}{audience}")
        assert [file for file in cold if cold[file] != again.get(file)] == []


def test_an_edition_keeps_its_own_headers(site: Path) -> None:
    """The operator's ``_headers`` is for the public site: it would let others read what is not for them."""
    write(site, "pages/_headers", "/*\n  Access-Control-Allow-Origin: *\n")
    assert built(site, "2026-02-03T00:00Z", "out")[HEADERS] == b"/*\n  Access-Control-Allow-Origin: *\n"
    inside = built(site, "2026-02-03T00:00Z", "inside", "--audience", "internal")[HEADERS].decode()
    assert "X-Robots-Tag: noindex" in inside
    assert "Access-Control" not in inside


def test_the_sitemap_knows_no_future(site: Path) -> None:
    """What was promised and never told of yet has no time of its last change."""
    write(site, "commitments/2026/2026-02-06-day.yaml", SLOT)
    listed = built(site, "2026-02-03T00:00Z", "out")[SITEMAP].decode()
    assert "commitments/2026-02-06-day/" in listed
    assert "2026-02-06T" not in listed


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://status.example.com/?a=1", "has a query or a fragment"),
        ("https://status.example.com/#x", "has a query or a fragment"),
        ("https://status.example.com:99999/", "does not exist"),
        ("https://例え.example/状況/", "write https://xn--r8jz45g.example/%E7%8A%B6%E6%B3%81/"),
    ],
)
def test_addresses_that_nothing_can_be_put_below(site: Path, url: str, words: str) -> None:
    """Refused where they are written, with what to write instead."""
    write(site, "site.yaml", SITE.format(url=f'"{url}"', zone="UTC", more=""))
    ran = noroshi("check", "--site", site)
    assert (ran.code, words in ran.out) == (1, True), ran.out


@pytest.mark.parametrize("zone", ["localtime", "posixrules", "Factory", "right/UTC"])
def test_zones_that_are_none(site: Path, zone: str) -> None:
    """A zone that is another one on each machine would give other bytes there."""
    write(site, "site.yaml", SITE.format(url="https://status.example.com/", zone=zone, more=""))
    ran = noroshi("check", "--site", site)
    assert (ran.code, "is no time zone" in ran.out) == (1, True), ran.out


def test_security_contacts_are_what_the_standard_takes(site: Path) -> None:
    """RFC 9116, section 2.5.3: no plain http."""
    more = "contacts: {security: http://example.com/security}\n"
    write(site, "site.yaml", SITE.format(url="https://status.example.com/", zone="UTC", more=more))
    ran = noroshi("check", "--site", site)
    assert (ran.code, "cannot stand in security.txt" in ran.out) == (1, True), ran.out
