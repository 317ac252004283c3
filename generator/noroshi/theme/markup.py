"""Changes to the HTML that the frame's templates gave: plain text in, plain text out."""

import re
from collections.abc import Sequence
from html import escape
from urllib.parse import urljoin

from noroshi.theme.language_names import LOCALES
from noroshi.theme.request import ThemeError

_LINK = re.compile(r"(?P<name>\s(?:href|src|action))=\"(?P<link>[^\"]*)\"")
_ARTICLE = re.compile(r"<article\b(?![^>]*\slang=)")
_TITLE = re.compile(r"<title>")
_TITLE_TEXT = re.compile(r"(<title\b[^>]*>)(.*?)</title>", re.DOTALL)
_HEADER = re.compile(r"<header\b[^>]*\bnr-top\b")
_BODY = re.compile(r"<body\b[^>]*>")
_DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)"')
_PREVIEW = re.compile(r"<meta\s[^>]*\bproperty=[\"']?og:")
_BLANK = re.compile(r"\s*\n\s*")

# On the operator's own pages Material's script asks for a sitemap.xml beside every `link[rel=alternate]`, feeds
# included, and then takes clicks on languages to the bare address. The trailing space keeps the meaning for
# browsers and feed readers (a set of tokens) and is no longer what its selector looks for.
ALTERNATE_GUARD = '<script>for(const l of document.querySelectorAll("link[rel=alternate]"))l.rel+=" "</script>'

# The page for what is not there is no answer to any search.
NO_ANSWER = '<meta name="robots" content="noindex">'

# Search engines are asked not to list a page that is not for everybody; they could reach it only by a mistake.
NOINDEX = '<meta name="robots" content="noindex, nofollow">'


def relative_link(target: str, page_url: str) -> str:
    """Return the link from a page (`en/about/`, `404.html`, ``) to a site path; never empty."""
    up = "../" * page_url.count("/")
    return (up + target) if up else f"./{target}"


def head_end(html: str, addition: str) -> str:
    """Put HTML at the end of the head."""
    return html.replace("</head>", f"{addition}</head>", 1)


def alternate_links(links: Sequence[tuple[str, str]]) -> str:
    """Return hreflang links for (language code, address); the first is also for everyone else."""
    if len(links) < 2:
        return ""
    lines = [*links, ("x-default", links[0][1])]
    return "".join(f'<link rel="alternate" hreflang="{escape(code)}" href="{address}">' for code, address in lines)


def feed_link(media_type: str, title: str, address: str) -> str:
    """Return the link by which readers find a feed."""
    return f'<link rel="alternate" type="{escape(media_type)}" title="{escape(title)}" href="{escape(address)}">'


def mark_article_language(html: str, language: str) -> str:
    """Mark article and title as being in another language than the page around them."""
    html = _TITLE.sub(f'<title lang="{language}">', html, count=1)
    return _ARTICLE.sub(f'<article lang="{language}"', html, count=1)


def absolute_links(html: str, base_path: str, page_url: str) -> str:
    """Make every relative link absolute within the host, for a page that is served at any depth.

    `base_path` is the site's own path (`/` or `/status/`), `page_url` where the page lies under it.
    """
    here = base_path + page_url

    def absolute(match: re.Match[str]) -> str:
        return match[0].replace(f'"{match["link"]}"', f'"{_absolute(here, match["link"])}"', 1)

    return _LINK.sub(absolute, html)


def _absolute(here: str, link: str) -> str:
    return link if link.startswith("#") else urljoin(here, link)


def mark_edition(html: str, notice: str, title: str) -> str:
    """Say for whom a page is, above everything on it, in its title too. Raises ThemeError where that has no place.

    `notice` and `title` are plain text; `{title}` in the latter stands for the page's own.
    """
    before, _, after = escape(title).partition("{title}")
    html, titles = _TITLE_TEXT.subn(lambda match: f"{match[1]}{before}{match[2]}{after}</title>", html, count=1)
    banner = f'<aside class="nr-edition" aria-label="{escape(notice)}"><p>{escape(notice)}</p></aside>'
    html, banners = _HEADER.subn(lambda match: banner + match[0], html, count=1)
    if not banners:
        html, banners = _BODY.subn(lambda match: match[0] + banner, html, count=1)
    if not titles or not banners:
        raise ThemeError(
            "the theme's templates do not print a title and a body that could say for whom the page is; "
            "see the overrides in theme.custom_dir of mkdocs.yml"
        )
    return html


def link_preview(html: str, *, site_name: str, language: str, others: Sequence[str], address: str, kind: str) -> str:
    """What messengers and networks show of a page that somebody links to (Open Graph): its title and description.

    Empty where the theme's templates say it themselves.

    :param html: the page, with its title and description in place
    :param site_name: plain text
    :param others: the languages in which the page is there too
    :param address: the page's own, as it may stand in an attribute; empty where it is not known
    :param kind: ``website`` or ``article``
    """
    head = html.partition("</head>")[0]
    if _PREVIEW.search(head):
        return ""
    title, description = _TITLE_TEXT.search(head), _DESCRIPTION.search(head)
    name = escape(site_name)
    shown = title[2].strip().removesuffix(f" - {name}").replace('"', "&quot;") if title else name
    told = [
        ("og:type", kind),
        ("og:site_name", name),
        ("og:title", shown),
        ("og:description", description[1] if description else ""),
        ("og:url", address),
        ("og:locale", LOCALES.get(language, "")),
        *(("og:locale:alternate", LOCALES.get(other, "")) for other in others),
    ]
    card = '<meta name="twitter:card" content="summary">'
    return "".join(f'<meta property="{name}" content="{value}">' for name, value in told if value) + card


def tighten(html: str) -> str:
    """Drop indentation and blank lines, which are a third of a rendered shell."""
    if re.search(r"<(?:pre|textarea)\b", html):
        return html
    return _BLANK.sub("\n", html).strip() + "\n"
