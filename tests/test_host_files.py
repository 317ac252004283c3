"""What hosts, crawlers and finders of faults ask a site for: exact files, and the head of every page."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from headers_file import Block, read_headers, sent
from noroshi.endpoints import SITEMAP_PARTS
from noroshi.pipeline.build import build
from noroshi.pipeline.printing.host_files import plan_host_files
from noroshi.pipeline.reading.content import SiteFolder
from noroshi.pipeline.reading.record import Moments
from noroshi.pipeline.request import BuildRequest
from noroshi.snapshot.audience import Audience
from noroshi.theme import ThemeError
from noroshi.theme.content_policy import allow_script, policy_of, read_sources, with_policy
from noroshi.theme.live import reloading
from noroshi.writers.host.headers import FOR_EVER, FRESH, NOTHING_RUNS, POLLED, ServedSite, headers
from noroshi.writers.host.robots import robots
from noroshi.writers.host.security_txt import expiry, security_txt
from noroshi.writers.host.sitemap import ListedPage, part_length, sitemap, sitemap_index
from page_bodies import NOW, STORY, load_site
from real_program import copy_example

ADDRESS = "https://status.example.com/"
NIGHT = datetime.fromisoformat("2026-11-22T12:00+09:00")
HASH = "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"
"""Of ``alert(1)``, made with openssl."""


def publish(root: Path, work: Path, audience: str = "public", url: str | None = None) -> Path:
    """Build a site whole and return the published folder."""
    built = build(
        BuildRequest(
            folder=SiteFolder(root=root),
            out=work / "site",
            cache=work / "cache",
            moments=Moments(now=NIGHT),
            audience=audience,
            url=url,
        )
    )
    assert built.published, built.problems
    return work / "site"


@pytest.fixture(scope="module")
def example(tmp_path_factory) -> Path:
    """The published example, with own pages that bring scripts, styles and files."""
    work = tmp_path_factory.mktemp("host")
    root = copy_example(work / "root")
    pages = root / "content/pages"
    (pages / "tools.md").write_text("# Tools\n\n<script>alert(1)</script>\n\n| a |\n|--:|\n| 1 |\n", "utf-8")
    (pages / "図.md").write_text("# 図\n\n![x](https://pictures.example.net/a.png)\n", "utf-8")
    (pages / "feeds-explained.md").write_text("# Feeds\n", "utf-8")
    return publish(root, work)


def path_of(file: Path, site: Path) -> str:
    return "/" + file.relative_to(site).as_posix().removesuffix("index.html")


# _headers


SERVED = ServedSite(
    roots=["", "en/"],
    secure=True,
    public=True,
    unchanging=["assets/javascripts/bundle.0123abcd.min.js"],
    assets=["assets/noroshi.css"],
    own_pages=["about/", "en/about/"],
)


def test_every_kind_of_path_gets_one_value_of_each_header():
    """Pages are asked for anew, what programs read is kept for a minute and open to other sites, assets stay."""
    blocks = read_headers(headers(SERVED).decode())
    everywhere = {"Referrer-Policy", "Permissions-Policy", "X-Content-Type-Options", "X-Frame-Options",
                  "Strict-Transport-Security"}  # fmt: skip
    data = {"Cache-Control": POLLED, "Access-Control-Allow-Origin": "*", "Content-Security-Policy": NOTHING_RUNS}
    page = {"Cache-Control": FRESH}
    frame = {"Cache-Control": POLLED, "Content-Security-Policy": "frame-ancestors *"}

    def called(media_type: str) -> dict[str, str]:
        return data | {"Content-Type": media_type}

    wanted = {
        "": page, "history/": page, "history/2026-06/": page, "incidents/x/": page, "maintenance/x/": page,
        "commitments/x/": page, "actions/": page, "actions/2026/": page, "record/": page, "record/late/": page,
        "log/": page, "log/2026-06/": page,
        "components/x/": page, "subscribe/": page, "about/": page, "embed/": frame,
        "feeds/reports.rss": called("application/rss+xml; charset=utf-8"),
        "feeds/components/x.atom": called("application/atom+xml; charset=utf-8"),
        "feeds/archive/1.atom": called("application/atom+xml; charset=utf-8"),
        "feeds/incidents.json": called("application/feed+json; charset=utf-8"),
        "history.rss": called("application/rss+xml; charset=utf-8"),
        "history.atom": called("application/atom+xml; charset=utf-8"),
        "history.json": called("application/feed+json; charset=utf-8"),
        "feeds/feeds.opml": called("text/x-opml; charset=utf-8"),
        "calendars/all.ics": called("text/calendar; charset=utf-8"),
        "calendars/components/x.ics": called("text/calendar; charset=utf-8"),
        "badges/status.svg": data, "badges/components/x.json": data,
    }  # fmt: skip
    paths = {f"/{root}{path}": rule for root in ("", "en/") for path, rule in wanted.items()}
    paths |= {
        "/api/v2/summary.json": data,
        "/api/v1/incidents/x.json": data,
        "/log/checkpoint": called("text/plain; charset=utf-8"),
        "/log/entries.jsonl": called("text/plain; charset=utf-8"),
        "/log/tile/0/x001/234.p/17": called("application/octet-stream") | {"Cache-Control": FOR_EVER},
        "/metrics.txt": called("text/plain; version=0.0.4; charset=utf-8"),
        "/.well-known/security.txt": {"Cache-Control": FRESH, "Content-Type": "text/plain; charset=utf-8"},
        "/assets/javascripts/bundle.0123abcd.min.js": {"Cache-Control": FOR_EVER},
        "/assets/noroshi.css": page,
        "/feeds-explained/": {},
        "/nowhere/at/all": {},
    }
    for host in ("netlify", "cloudflare"):
        for path, rule in paths.items():
            got = sent(blocks, path, host)
            assert everywhere <= got.keys(), path
            assert {name: value for name, value in got.items() if name not in everywhere} == rule, (host, path)


def test_headers_without_tls_and_of_an_edition():
    """Nothing asks for TLS where there is none; an edition is open to no other site, and to no search engine."""
    plain = sent(read_headers(headers(replace(SERVED, secure=False)).decode()), "/")
    assert "Strict-Transport-Security" not in plain
    text = headers(replace(SERVED, public=False)).decode()
    assert "Access-Control" not in text
    assert "frame-ancestors *" not in text
    assert sent(read_headers(text), "/history/")["X-Robots-Tag"] == "noindex, nofollow"
    assert "X-Robots-Tag" not in headers(SERVED).decode()


def test_hosts_read_the_whole_file(example):
    """At most 100 rules, one asterisk in each, no line over 2,000 characters, however many own pages there are."""
    many = replace(SERVED, own_pages=[f"page-{number}/" for number in range(500)])
    for text in (headers(many).decode(), (example / "_headers").read_text()):
        blocks = read_headers(text)
        assert len(blocks) <= 100
        assert all(block.path.count("*") <= 1 for block in blocks)
        assert max(map(len, text.splitlines())) <= 2000
        assert len({block.path for block in blocks}) == len(blocks)
    assert len(read_headers(headers(many).decode())) == 100


def test_a_page_whose_address_is_a_pattern_gets_no_rule():
    """A colon or an asterisk in it would make the rule meet other pages."""
    odd = replace(SERVED, own_pages=["a:b/", "c*/", "d/"])
    assert [block.path for block in read_headers(headers(odd).decode())][-1:] == ["/d/"]
    assert ":b" not in headers(odd).decode()


def test_no_file_of_a_built_site_gets_a_header_twice(example):
    """Checked for each file there is; each page and each file for programs says how long it keeps."""
    blocks = read_headers((example / "_headers").read_text())
    unruled = set()
    for file in example.rglob("*"):
        path = path_of(file, example)
        if file.is_dir() or ".noroshi" in path:
            continue
        for host in ("netlify", "cloudflare"):
            if "Cache-Control" not in sent(blocks, path, host):
                unruled.add(path)
    assert unruled == {"/404.html", "/en/404.html", "/_headers", "/robots.txt",
                       "/sitemap.xml", "/.nojekyll", "/図/", "/en/図/"}  # fmt: skip
    asked = "/%E5%9B%B3/"
    assert sent(blocks, asked, "cloudflare")["Cache-Control"] == FRESH


def test_the_matcher_reads_patterns_as_hosts_do():
    """The test's own matcher: the cases in which the two hosts differ, and those in which they agree."""
    feeds = Block(path="/feeds/*", headers=())
    assert feeds.netlify("/feeds")
    assert feeds.netlify("/feeds-explained/")
    assert not feeds.cloudflare("/feeds-explained/")
    for meets in (Block.netlify, Block.cloudflare):
        assert meets(Block(path="/a/:b/", headers=()), "/a/x/")
        assert not meets(Block(path="/a/:b/", headers=()), "/a/x/y/")
        assert not meets(Block(path="/feeds/*.rss", headers=()), "/feeds-x/y.rss")
        assert meets(Block(path="/*", headers=()), "/")
    with pytest.raises(AssertionError, match="given twice"):
        sent([Block(path="/*", headers=(("A", "1"),)), Block(path="/a", headers=(("A", "2"),))], "/a")


# robots.txt, security.txt, sitemap.xml


def test_robots():
    """Everybody may crawl, and learns of the sitemap; nobody an edition."""
    assert (
        robots(f"{ADDRESS}sitemap.xml")
        == b"User-agent: *\nAllow: /\n\nSitemap: https://status.example.com/sitemap.xml\n"
    )
    assert robots(None) == b"User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize(
    ("now", "expires"),
    [
        ("2026-01-01T00:00:00+00:00", "2026-07-01"),
        ("2026-03-31T23:59:59+00:00", "2026-07-01"),
        ("2026-04-01T08:59:00+09:00", "2026-07-01"),
        ("2026-11-22T12:00:00+09:00", "2027-04-01"),
        ("2026-12-31T23:59:59+00:00", "2027-04-01"),
        ("2027-01-01T00:00:00+00:00", "2027-07-01"),
    ],
)
def test_the_security_contact_expires_in_three_to_six_months(now, expires):
    """On the same day whenever in a quarter it was built, in whatever zone."""
    moment = datetime.fromisoformat(now)
    assert expiry(moment) == datetime.fromisoformat(f"{expires}T00:00:00+00:00")
    assert timedelta(days=89) < expiry(moment) - moment < timedelta(days=185)


def test_security_txt():
    """The fields of RFC 9116, one a line; without an address of its own no Canonical."""
    told = security_txt("mailto:s@example.com", expires=datetime(2027, 4, 1, tzinfo=UTC), languages=["ja", "en"],
                        canonical=f"{ADDRESS}.well-known/security.txt")  # fmt: skip
    assert told.decode() == (
        "Contact: mailto:s@example.com\nExpires: 2027-04-01T00:00:00Z\nPreferred-Languages: ja, en\n"
        "Canonical: https://status.example.com/.well-known/security.txt\n"
    )
    early = security_txt("x:y", expires=datetime(999, 4, 1, tzinfo=UTC), languages=[], canonical=None)
    assert b"Expires: 0999-04-01T00:00:00Z\n" in early
    assert b"Canonical" not in security_txt(
        "x:y", expires=datetime(2027, 4, 1, tzinfo=UTC), languages=[], canonical=None
    )


def test_security_txt_is_there_where_a_contact_is():
    """None without one; below a folder of the host its address is still that at the host's root."""
    site = load_site()
    outputs = {plan.file: plan.make() for plan in plan_host_files(site.materials)}
    assert site.snapshot.settings.site.contacts.security is None
    assert ".well-known/security.txt" not in outputs
    told = site.snapshot.settings.site.model_copy(
        update={
            "url": "https://example.com/status/",
            "contacts": site.snapshot.settings.site.contacts.model_copy(update={"security": "https://example.com/s"}),
        }
    )
    snapshot = replace(site.snapshot, settings=replace(site.snapshot.settings, site=told))
    outputs = {plan.file: plan.make() for plan in plan_host_files(replace(site.materials, snapshot=snapshot))}
    text = outputs[".well-known/security.txt"].decode()
    assert "Contact: https://example.com/s\n" in text
    assert "Canonical: https://example.com/.well-known/security.txt\n" in text
    assert b"Sitemap: https://example.com/status/sitemap.xml\n" in outputs["robots.txt"]


MOMENT = datetime.fromisoformat("2026-06-18T22:10:00+09:00")


def test_sitemap():
    """Exact bytes: each language's address with all of them beside it, times in UTC, and characters of XML escaped."""
    pages = [
        ListedPage(addresses={"ja": f"{ADDRESS}a/", "en": f"{ADDRESS}en/a/"}, changed=MOMENT),
        ListedPage(addresses={"ja": f"{ADDRESS}x&y/"}, changed=None),
    ]
    links = (
        '<xhtml:link rel="alternate" hreflang="ja" href="https://status.example.com/a/"/>'
        '<xhtml:link rel="alternate" hreflang="en" href="https://status.example.com/en/a/"/>'
    )
    assert sitemap(pages).decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        f"<url><loc>https://status.example.com/a/</loc><lastmod>2026-06-18T13:10:00Z</lastmod>{links}</url>\n"
        f"<url><loc>https://status.example.com/en/a/</loc><lastmod>2026-06-18T13:10:00Z</lastmod>{links}</url>\n"
        "<url><loc>https://status.example.com/x&amp;y/</loc></url>\n"
        "</urlset>\n"
    )
    early = ListedPage(addresses={"ja": ADDRESS}, changed=datetime(999, 1, 2, tzinfo=UTC))
    assert b"<lastmod>0999-01-02T00:00:00Z</lastmod>" in sitemap([early])
    assert sitemap_index([(f"{ADDRESS}sitemap-1.xml", MOMENT), (f"{ADDRESS}sitemap-2.xml", None)]).decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        "<sitemap><loc>https://status.example.com/sitemap-1.xml</loc><lastmod>2026-06-18T13:10:00Z</lastmod></sitemap>\n"
        "<sitemap><loc>https://status.example.com/sitemap-2.xml</loc></sitemap>\n"
        "</sitemapindex>\n"
    )


def test_a_part_stays_far_within_what_the_protocol_allows():
    """50,000 addresses and 50 MB, in however many languages."""
    address = ADDRESS + "incidents/" + "x" * 100
    assert (part_length(1), part_length(2)) == (5000, 2500)
    pages = [
        ListedPage(addresses={"ja": f"{address}{number}/", "en": f"{address}{number}/en/"}, changed=MOMENT)
        for number in range(part_length(2))
    ]
    assert len(sitemap(pages)) < 5_000_000
    assert sitemap(pages).count(b"<loc>") == 5000


def test_a_new_report_leaves_the_parts_of_older_matters_as_they_are(monkeypatch):
    """What is divided lists its parts; the keys of the first parts do not tell of what is newest."""
    monkeypatch.setattr("noroshi.writers.host.sitemap.URLS_IN_PART", 8)
    site = load_site()
    plans = {plan.file: plan for plan in plan_host_files(site.materials)}
    names = [name for name in plans if name.startswith("sitemap-")]
    assert len(names) > 2
    assert tuple(names) == SITEMAP_PARTS[: len(names)]
    index = ElementTree.fromstring(plans["sitemap.xml"].make())
    base = site.snapshot.settings.site.url
    assert [loc.text for loc in index.iter(f"{{{NAMESPACE}}}loc")] == [base + name for name in names]
    newest = site.snapshot.states[0]
    changed = (newest.but(updated_at=newest.updated_at + timedelta(days=100)), *site.snapshot.states[1:])
    later = replace(site.snapshot, states=changed, by_id={state.id: state for state in changed})
    after = {plan.file: plan.key for plan in plan_host_files(replace(site.materials, snapshot=later))}
    assert after[names[0]] == plans[names[0]].key
    assert after["sitemap.xml"] != plans["sitemap.xml"].key


NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
LINK = "{http://www.w3.org/1999/xhtml}link"


def test_the_sitemap_lists_exactly_the_pages_that_are_there(example):
    """By the rules of the protocol: each address once and below the site's, times that are none of the build's."""
    data = (example / "sitemap.xml").read_bytes()
    root = ElementTree.fromstring(data)
    assert root.tag == f"{{{NAMESPACE}}}urlset"
    entries = {url.findtext(f"{{{NAMESPACE}}}loc"): url for url in root}
    assert len(entries) == len(root) <= 50_000
    pages = {path_of(file, example) for file in example.rglob("index.html")}
    unlisted = {"/embed/", "/en/embed/"}
    assert set(entries) == {ADDRESS + quote(path[1:]) for path in pages - unlisted}
    for address, url in entries.items():
        links = {link.get("hreflang"): link.get("href") for link in url.iter(LINK)}
        assert set(links) == {"ja", "en"}
        assert address in links.values()
        assert set(links.values()) <= set(entries)
        assert {link.get("href") for link in entries[links["en"]].iter(LINK)} == set(links.values())
        if (changed := url.findtext(f"{{{NAMESPACE}}}lastmod")) is not None:
            assert datetime.fromisoformat(changed) <= NIGHT
    assert entries[f"{ADDRESS}incidents/2026-06-18-staging-down/"].findtext(f"{{{NAMESPACE}}}lastmod") is not None


def test_time_alone_changes_no_host_file():
    """Hours later nothing is new but what a quarter's end makes so, and no plan is made at every build."""
    site = load_site()
    later = load_site(now=NOW + timedelta(hours=7))
    assert all(plan.key is not None for plan in plan_host_files(site.materials))
    assert {plan.file: (plan.key, plan.make()) for plan in plan_host_files(site.materials)} == {
        plan.file: (plan.key, plan.make()) for plan in plan_host_files(later.materials)
    }


def test_an_edition_suggests_nothing_of_the_public_site():
    """No sitemap, nobody may crawl, and its files name no address of the public site."""
    outputs = load_site(audience=Audience(word="internal")).materials
    files = {plan.file: plan.make() for plan in plan_host_files(outputs)}
    assert files["robots.txt"] == b"User-agent: *\nDisallow: /\n"
    assert not [name for name in files if "sitemap" in name]
    assert not [name for name, data in files.items() if b"https://" in data]


def test_the_operators_own_file_wins():
    """Its place is left to it; but those of an edition are ours where the operator's let in everybody."""
    names = frozenset({"robots.txt", "_headers", ".well-known/security.txt", ".nojekyll"})
    public = replace(load_site().materials, assets=names)
    assert {plan.file for plan in plan_host_files(public)} == {"sitemap.xml"}
    inside = replace(load_site(audience=Audience(word="internal")).materials, assets=names)
    assert {plan.file for plan in plan_host_files(inside)} == {"robots.txt", "_headers"}


@pytest.mark.slow
def test_an_operators_own_files_are_published_whole(tmp_path):
    """robots.txt and _headers from content/pages/, and security.txt where mkdocs.yml lets it in; not in an edition."""
    root = copy_example(tmp_path / "root")
    pages = root / "content/pages"
    own = {"robots.txt": "User-agent: *\nDisallow: /private\n", "_headers": "/*\n  X-Mine: 1\n",
           ".well-known/security.txt": "Contact: mailto:me@example.com\n"}  # fmt: skip
    for name, text in own.items():
        (pages / name).parent.mkdir(exist_ok=True)
        (pages / name).write_text(text)
    with (root / "mkdocs.yml").open("a") as config:
        config.write('exclude_docs: "!.well-known"\n')
    site = publish(root, tmp_path / "public")
    assert {name: (site / name).read_text() for name in own} == own
    inside = publish(root, tmp_path / "inside", audience="internal")
    assert (inside / "robots.txt").read_text() == "User-agent: *\nDisallow: /\n"


# The head of every page


def heads(site: Path) -> dict[str, str]:
    return {
        path_of(file, site): file.read_text("utf-8").partition("</head>")[0]
        for file in site.rglob("*.html")
        if "embed" not in file.parts[-2:]
    }


def test_every_page_says_what_it_is_and_where_its_other_languages_are(example):
    """One description, one canonical address, its own, links to each language, and the same for previews of links."""
    found = heads(example)
    assert len(found) > 100
    for path, head in found.items():
        assert re.findall(r'<meta name="description" content="[^"]+"', head), path
        assert len(re.findall(r'<meta name="description"', head)) == 1, path
        if path.endswith("404.html"):
            assert '<meta name="robots" content="noindex">' in head
            assert "canonical" not in head
            assert "og:" not in head
            continue
        address = ADDRESS + quote(path[1:])
        bare = address.replace("/en/", "/", 1)
        assert re.findall(r'<link rel="canonical" href="([^"]+)">', head) == [address]
        assert re.findall(r'hreflang="([^"]+)" href="([^"]+)"', head) == [
            ("ja", bare),
            ("en", bare.replace(ADDRESS, f"{ADDRESS}en/")),
            ("x-default", bare),
        ], path
        told = dict(re.findall(r'<meta property="og:([^"]+)" content="([^"]+)">', head))
        title = re.findall(r"<title[^>]*>([^<]+)</title>", head)
        assert title in ([f"{told['title']} - {told['site_name']}"], [told["title"]]), path
        assert told["url"] == address
        assert told["type"] == ("article" if re.match("(/en)?/(incidents|maintenance)/", path) else "website")
        assert (told["locale"], told["locale:alternate"]) == (
            ("en_US", "ja_JP") if path.startswith("/en/") else ("ja_JP", "en_US")
        )
        assert f'name="description" content="{told["description"]}"' in head
        assert '<meta name="twitter:card" content="summary">' in head
        assert "robots" not in head


def test_every_page_has_one_policy_before_all_that_it_governs(example):
    """Within the bytes in which browsers look for the encoding, and without leave for what nobody wrote there."""
    for path, head in heads(example).items():
        (policy,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">', head)
        before = head.partition("<meta http-equiv")[0]
        assert not re.search(r"<(?:script|link|style)", before), path
        assert len(head.partition("charset")[0].encode()) < 1000
        script = re.findall(r"script-src ([^;]+)", policy)[0]
        assert "unsafe" not in policy.replace("style-src-attr 'unsafe-hashes'", ""), path
        assert script.startswith("'self' 'sha256-")
        assert "http" not in policy or path.endswith("図/"), path


def test_an_own_page_keeps_what_it_brings(example):
    """Its script runs, its aligned table stays so, its picture is fetched, and no other page may do any of this."""
    found = heads(example)
    assert HASH in found["/tools/"]
    assert "style-src-attr 'unsafe-hashes' 'sha256-" in found["/tools/"]
    assert "img-src 'self' data: https://pictures.example.net;" in found["/図/"]
    others = "".join(head for path, head in found.items() if "tools" not in path and "図" not in path)
    assert HASH not in others
    assert "pictures.example.net" not in others


@pytest.mark.slow
def test_an_edition_has_no_address_of_the_public_site(tmp_path):
    """No canonical address, no preview, and the links to other languages stay on the host that serves it."""
    site = publish(STORY, tmp_path, audience="internal")
    for path, head in heads(site).items():
        assert "canonical" not in head, path
        assert "og:" not in head, path
        assert '<meta name="robots" content="noindex, nofollow">' in head
        assert not re.search(r'hreflang="[^"]+" href="https?:', head), path


# The policy


def nothing(words: str) -> None:
    raise AssertionError(words)


PLAIN = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'"
)


@pytest.mark.parametrize(
    ("html", "directives"),
    [
        ("<p>", {}),
        ("<script>alert(1)</script>", {"script-src": f"'self' {HASH}"}),
        ("<script type=module>alert(1)</script>", {"script-src": f"'self' {HASH}"}),
        ("<script type='application/json'>{}</script>", {}),
        ("<script src='https://cdn.example.net/x.js'></script>", {"script-src": "'self' https://cdn.example.net"}),
        ("<script src='//cdn.example.net:8443/x.js'></script>", {"script-src": "'self' cdn.example.net:8443"}),
        ("<a onclick='alert(1)'>", {"script-src-attr": f"'unsafe-hashes' {HASH}"}),
        ("<p style='alert(1)'>", {"style-src-attr": f"'unsafe-hashes' {HASH}"}),
        ("<style>alert(1)</style>", {"style-src": f"'self' {HASH}"}),
        (
            "<link rel=stylesheet href='https://fonts.example.net/css'>",
            {
                "style-src": "'self' https://fonts.example.net",
                "font-src": "'self' https://fonts.example.net",
                "img-src": "'self' data: https://fonts.example.net",
            },
        ),
        ("<link rel='preconnect' href='https://f.example.net'>", {"font-src": "'self' https://f.example.net"}),
        ("<link rel=preload as=font href='https://f.example.net/f'>", {"font-src": "'self' https://f.example.net"}),
        ("<img src='https://i.example.net/x' srcset='https://j.example.net/x 2x, y.png'>",
         {"img-src": "'self' data: https://i.example.net https://j.example.net"}),
        ("<iframe src='https://video.example.net/1'></iframe>", {"frame-src": "https://video.example.net"}),
        ("<iframe src='/embed/'></iframe>", {"frame-src": "'self'"}),
        ("<form action='https://list.example.net/join'></form>", {"form-action": "https://list.example.net"}),
        ("<form></form>", {"form-action": "'self'"}),
        ("<video src='a.mp4' poster='https://i.example.net/p'></video>",
         {"media-src": "'self'", "img-src": "'self' data: https://i.example.net"}),
        ("<a data-md-component='source' href='https://github.com/a/b'>", {"connect-src": "'self' https://api.github.com"}),
        ("<img src='https://x.example.net; script-src *//'>", {}),
        ("<img src='http://[bad'>", {}),
        ("<a href='javascript:alert(1)'>", {}),
        ("<!-- <script>alert(1)</script> -->", {}),
    ],
)  # fmt: skip
def test_a_page_is_allowed_what_it_holds(html, directives):
    """Scripts and styles by hash, files by their host; all else is as strict as for an empty page."""
    wanted = dict(part.split(" ", 1) for part in PLAIN.split("; ")) | directives
    assert dict(part.split(" ", 1) for part in policy_of(html, {}, nothing).split("; ")) == wanted


def test_mkdocs_yml_allows_more():
    """What scripts load by themselves; a leave for all inline styles drops the hashes that would cancel it."""
    more = {"style-src": ("'unsafe-inline'",), "connect-src": ("https://api.example.net",)}
    policy = policy_of("<style>x</style><p style='y'>", more, nothing)
    assert "style-src 'self' 'unsafe-inline';" in policy
    assert "style-src-attr" not in policy
    assert "connect-src 'self' https://api.example.net;" in policy


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (["x"], "should be keys and lists"),
        ({"default-src": ["*"]}, "found 'default-src'"),
        ({"frame-ancestors": ["*"]}, "found 'frame-ancestors'"),
        ({"img-src": ["a b"]}, "img-src: should be a list of sources"),
        ({"img-src": ["a;script-src *"]}, "img-src: should be a list of sources"),
        ({"img-src": 3}, "img-src: should be a list of sources"),
    ],
)
def test_what_mkdocs_yml_may_not_say(value, words):
    """A wrong key or value stops the build with the keys there are."""
    with pytest.raises(ThemeError, match=words):
        read_sources(value, "mkdocs.yml")


def test_a_script_that_differs_from_page_to_page_is_told_of():
    """No hash fits it, so that it will not run; the words say where to put it."""
    said: list[str] = []
    policy = policy_of(
        "<script>let t='noroshislottitlex7f3q'</script><p style='--x:noroshislotpathx7f3q'>", {}, said.append
    )
    assert policy == PLAIN
    assert [words.partition(" in the theme")[0] for words in said] == ["a <script>", "a style attribute"]


def test_a_page_with_a_policy_of_its_own_keeps_it():
    """Two would both hold; the operator's stands."""
    page = '<head><meta http-equiv="content-security-policy" content="default-src *"></head>'
    assert with_policy(page, {}, nothing) == page
    assert with_policy("<head>\n<meta charset=utf-8>\n<p>", {}, nothing).startswith(
        "<head>\n<meta charset=utf-8><meta http"
    )


def test_a_local_server_may_add_its_script():
    """The hash joins those that are there; where all inline scripts may run it would only stop them."""
    page = with_policy("<head></head>", {}, nothing).encode()
    assert f"script-src 'self' {HASH};".encode() in allow_script(page, b"alert(1)")
    free = with_policy("<head></head>", {"script-src": ("'unsafe-inline'",)}, nothing).encode()
    assert allow_script(free, b"alert(1)") == free
    assert allow_script(b"<p>", b"alert(1)") == b"<p>"


@pytest.mark.parametrize("kind", ["text/html", "text/html; charset=utf-8", "text/plain"])
def test_what_a_local_server_answers(kind):
    """A page that it has added its script to allows it, with its new length; every other answer is as it was."""
    page = with_policy("<head></head><script>own</script>", {}, nothing).encode()
    live = b"<script>livereload(1, 2);</script></body>"
    told: list[tuple[str, list[tuple[str, str]]]] = []

    def app(environ, start_response):
        start_response("200 OK", [("Content-Type", kind), ("Content-Length", "7")])
        return [page, live]

    body = b"".join(reloading(app)({}, lambda status, named: told.append((status, named))))
    assert body.endswith(live)
    if kind == "text/plain":
        assert (body, told) == (page + live, [("200 OK", [("Content-Type", kind), ("Content-Length", "7")])])
    else:
        assert body == allow_script(page, b"livereload(1, 2);") + live != page + live
        assert told == [("200 OK", [("Content-Type", kind), ("Content-Length", str(len(body)))])]
