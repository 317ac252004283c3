"""Addresses and permanent names, as they are published: a change here breaks every link and every subscription."""

from datetime import date

import pytest

from noroshi import endpoints, urls
from noroshi.records.content import MatterKind
from noroshi.records.site import Identity

IDENTITY = Identity.model_validate({"tag": "status.example.com", "since": date(2026, 4, 1).isoformat()})
LANGUAGES = ("ja", "en")


def test_addresses_are_as_published() -> None:
    """No year's folder, one folder for each kind of matter, the same below every language's root."""
    assert urls.matter_path(MatterKind.INCIDENT, "2026-06-18-down") == "incidents/2026-06-18-down/"
    assert urls.matter_path(MatterKind.MAINTENANCE, "upgrade") == "maintenance/upgrade/"
    assert urls.component_path("web") == "components/web/"
    assert urls.month_path("2026-06") == "history/2026-06/"
    assert (urls.HISTORY, urls.NOT_FOUND) == ("history/", "404.html")
    assert (endpoints.REPORT_FEED, endpoints.MATTER_FEED) == ("feeds/reports", "history")
    assert urls.report_anchor(3) == "report-3"


def test_permanent_names_are_as_published() -> None:
    """A report has one name in every language and format (RFC 4151); a feed in another language is another feed."""
    assert urls.report_guid(IDENTITY, "down", 2) == "tag:status.example.com,2026-04-01:down/2"
    assert urls.matter_guid(IDENTITY, "down") == "tag:status.example.com,2026-04-01:down"
    assert (
        urls.feed_guid(IDENTITY, endpoints.REPORT_FEED, "en")
        == "tag:status.example.com,2026-04-01:feed/feeds/reports/en"
    )


@pytest.mark.parametrize(
    ("url", "language", "absolute", "on_host"),
    [
        ("https://status.example.com", "ja", "https://status.example.com/", "/"),
        ("https://status.example.com/", "en", "https://status.example.com/en/", "/en/"),
        ("http://example.com:8080/a/status", "ja", "http://example.com:8080/a/status/", "/a/status/"),
        ("http://example.com:8080/a/status/", "en", "http://example.com:8080/a/status/en/", "/a/status/en/"),
    ],
)
def test_the_first_language_is_at_the_root(url: str, language: str, absolute: str, on_host: str) -> None:
    """Each other language lies under its code, whether or not the site's address ends in a slash or has a path."""
    assert urls.absolute_root(url, language, LANGUAGES) == absolute
    assert urls.host_path(url, language, LANGUAGES) == on_host


@pytest.mark.parametrize(
    ("source", "target", "link"),
    [
        ("", "", "./"),
        ("", "history/", "history/"),
        ("incidents/a/", "", "../../"),
        ("incidents/a/", "incidents/b/", "../b/"),
        ("history/", "feeds/reports.rss", "../feeds/reports.rss"),
        ("404.html", "history/", "history/"),
    ],
)
def test_links_between_pages_are_relative_and_never_empty(source: str, target: str, link: str) -> None:
    """A folder's link keeps its slash, for links on the page behind it start from there (RFC 3986, section 5.2)."""
    assert urls.way(source, target) == link


@pytest.mark.parametrize(("path", "file"), [("", "index.html"), ("history/", "history/index.html"), ("404.html",) * 2])
def test_a_page_has_one_file(path: str, file: str) -> None:
    """An address that ends in a slash is served from ``index.html``."""
    assert urls.page_file(path) == file
