"""What the theme is asked for and what it gives back, in plain values."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

from noroshi.problems import StatedError
from noroshi.theme.shell import Shell
from noroshi.urls import language_root


class ThemeError(StatedError):
    """The shell cannot be made; the message is for people: what, in which file, what to do."""


@dataclass(frozen=True, kw_only=True)
class ShellKind:
    """A kind of page that shares one shell, because all its pages lie equally deep."""

    name: str
    """For example `record`."""
    depth_path: str
    """The path of such a page under its language root, `_` for the part that differs: `incidents/_/`.
    A three-digit `404.html` is served from any depth, so its shell links by absolute paths."""
    section: str | None = None
    """The path of the navigation item shown as active. None: the item whose path `depth_path` begins with."""

    article: bool = False
    """Whether each of its pages is a story of its own, as those who show previews of links call it."""

    @property
    def served_anywhere(self) -> bool:
        """Whether the web server answers with this page at any depth, as with an error page."""
        return self.depth_path.endswith(".html")


@dataclass(frozen=True, kw_only=True)
class NavItem:
    """A generated page in the navigation, before the operator's own."""

    titles: Mapping[str, str]
    """Plain text by language; a missing language takes the first one's."""
    path: str
    """Under the language root: `` for home, `history/`."""


@dataclass(frozen=True, kw_only=True)
class FeedLink:
    """A feed that every page announces, generated pages and the operator's own alike."""

    titles: Mapping[str, str]
    """Plain text by language."""
    path: str
    """Under the language root."""
    media_type: str
    """`application/rss+xml` or `application/atom+xml`."""


@dataclass(frozen=True, kw_only=True)
class Edition:
    """What every page of a site that is not for everybody says of itself; plain text by language."""

    notice: Mapping[str, str]
    """For whom it is, above everything else on the page."""
    title: Mapping[str, str]
    """A page's title with the edition beside it, ``{title}`` standing for the page's own."""


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What stands around every page: words of the frame, the operator's mark, colours and footer."""

    words: Mapping[str, Mapping[str, str]]
    """By language, then by the name that the templates use; plain text."""
    icon: str
    """The small picture in the browser's tab: a site path."""
    logo: str | None = None
    """Beside the site's name: a site path. None: the mark that the templates bring."""
    footer: Mapping[str, str] = field(default_factory=dict)
    """Safe HTML by language."""
    style: str = ""
    """A few rules of CSS for every page, after our own stylesheet and before the operator's."""


@dataclass(frozen=True, kw_only=True)
class ThemeRequest:
    """All that the shell depends on besides the files that mkdocs.yml names."""

    mkdocs_yml: Path
    templates: tuple[Path, ...]
    """Folders of the frame's templates: the site's own before mkdocs.yml's custom_dir, the shipped one last."""
    languages: tuple[str, ...]
    """The first at the site's root, each other one under its code."""
    site_name: Mapping[str, str]
    """Plain text by language."""
    site_url: str | None
    kinds: tuple[ShellKind, ...]
    nav: tuple[NavItem, ...]
    stylesheets: tuple[str, ...]
    """Site-relative, loaded before the operator's own `extra_css`."""
    scripts: tuple[str, ...]
    """Site-relative, loaded deferred."""
    frame: Frame
    description: Mapping[str, str]
    """Plain text by language, for the operator's pages that bring none."""
    reserved: tuple[str, ...] = ("feeds/",)
    """Site paths of other writers (a folder ends in `/`), which no page of the operator may take."""
    own_stylesheets: tuple[str, ...] = ()
    """Site-relative, loaded besides on the operator's own pages, after Material's."""
    feeds: tuple[FeedLink, ...] = ()
    """Autodiscovery links for every page; those of one page alone go into its `head` slot."""
    edition: Edition | None = None
    """None for the public site."""
    strict: bool = False
    """Warnings are errors, as with `mkdocs build --strict`; `strict: true` in mkdocs.yml does the same."""

    @property
    def base_url(self) -> str | None:
        """The site's address with a slash at its end."""
        return self.site_url.rstrip("/") + "/" if self.site_url else None

    def text(self, by_language: Mapping[str, str], language: str) -> str:
        """Return the text in a language, else in the site's first, else any, else none."""
        for code in (language, *self.languages):
            if code in by_language:
                return by_language[code]
        return next(iter(by_language.values()), "")

    def prefix(self, language: str) -> str:
        """Return the root of a language's tree under the site: `` or `en/`."""
        return language_root(language, self.languages)

    def to_json(self) -> dict[str, Any]:
        """Return plain values, without those that change no byte of what is rendered."""
        values = asdict(self)
        del values["mkdocs_yml"], values["templates"], values["strict"]
        return values

    @classmethod
    def from_json(cls, mkdocs_yml: Path, templates: tuple[Path, ...], values: Mapping[str, Any]) -> Self:
        """Read back `to_json`."""
        plain = dict(values)
        plain["kinds"] = tuple(ShellKind(**kind) for kind in plain["kinds"])
        plain["nav"] = tuple(NavItem(**item) for item in plain["nav"])
        plain["feeds"] = tuple(FeedLink(**feed) for feed in plain["feeds"])
        plain["edition"] = Edition(**plain["edition"]) if plain["edition"] else None
        plain["frame"] = Frame(**plain["frame"])
        for name in ("languages", "stylesheets", "own_stylesheets", "scripts", "reserved"):
            plain[name] = tuple(plain[name])
        return cls(mkdocs_yml=mkdocs_yml, templates=templates, **plain)


@dataclass(frozen=True, kw_only=True)
class Theme:
    """What MkDocs and Material rendered. Files lie in the cache and are to be copied, not moved."""

    shells: Mapping[tuple[str, str], Shell]
    """By language and kind name."""
    assets: Mapping[str, Path]
    """Stylesheets, scripts, images: by site path."""
    pages: Mapping[str, Path]
    """The operator's own pages, rendered: by site path (`en/about/index.html`)."""
    page_sources: Mapping[str, str]
    """For each of `pages`, the file it was written in, relative to docs_dir (`about.en.md`)."""
    warnings: tuple[str, ...] = field(default=())
    """What MkDocs warned of, in its words."""
