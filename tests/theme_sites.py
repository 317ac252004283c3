"""Small sites for the theme's tests: a mkdocs.yml, the operator's pages, and a request for them."""

from pathlib import Path
from typing import Any

from noroshi.pipeline.printing.look import PAGE_KINDS
from noroshi.shipped import shipped
from noroshi.theme import FeedLink, Frame, NavItem, ThemeRequest

MKDOCS_YML = """\
site_name: placeholder
docs_dir: content/pages
theme:
  name: material
plugins: [noroshi]
"""

PAGES = {
    "about.md": (
        "# このページについて\n\n[連絡先](contact.md) ![図](img/a.svg) [英語](about.en.md) [履歴](history/index.md)\n"
    ),
    "about.en.md": (
        '---\ndescription: What "this" is\n---\n# About this page\n\n'
        "[contact](contact.md) [self](about.md) ![p](img/a.svg)\n"
    ),
    "contact.md": "# 連絡先\n\n[about](about.md)\n",
    "guide/index.md": "# 手引き\n\n[about](../about.md)\n",
    "img/a.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>\n",
}

_NAMES = (
    "skip",
    "nav",
    "more",
    "languages",
    "announce",
    "before",
    "after",
    "scheme_auto",
    "scheme_light",
    "scheme_dark",
)
WORDS = {name: name.upper() for name in _NAMES}
"""The words of the frame, told from all other words of a page."""

SLOTS = {"title": "T", "description": "D", "head": "<!-- head -->", "body": "<h1>B</h1>", "path": "incidents/x/"}


def make_site(folder: Path, mkdocs_yml: str = MKDOCS_YML, pages: dict[str, str] = PAGES) -> Path:
    """Write a site into a folder and return its mkdocs.yml."""
    for name, text in pages.items():
        path = folder / "content" / "pages" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mkdocs.yml").write_text(mkdocs_yml, encoding="utf-8")
    return folder / "mkdocs.yml"


def request_for(mkdocs_yml: Path, **changes: Any) -> ThemeRequest:
    """Return the request that the example site would make, with some fields changed."""
    values: dict[str, Any] = {
        "mkdocs_yml": mkdocs_yml,
        "templates": (shipped("site_templates", "theme"),),
        "languages": ("ja", "en"),
        "site_name": {"ja": "稼働状況 & 報告", "en": 'Status & "reports" <b>'},
        "site_url": "https://status.example.com/sub",
        "kinds": PAGE_KINDS,
        "nav": (
            NavItem(titles={"ja": "現在", "en": "Now"}, path=""),
            NavItem(titles={"ja": "履歴", "en": "History"}, path="history/"),
        ),
        "stylesheets": ("assets/noroshi/noroshi.css",),
        "own_stylesheets": ("assets/noroshi/own.css",),
        "scripts": ("assets/noroshi/noroshi.js",),
        "frame": Frame(words=dict.fromkeys(("ja", "en"), WORDS), icon="assets/noroshi/mark.svg"),
        "description": {"ja": "説明", "en": "Description"},
        "feeds": (FeedLink(titles={"en": "Reports"}, path="feeds/r.rss", media_type="application/rss+xml"),),
    }
    return ThemeRequest(**(values | changes))
