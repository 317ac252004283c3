"""The operator's own pages by language: `about.md` and `about.en.md` are one page, told twice."""

import posixpath
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from noroshi.theme.request import ThemeError, ThemeRequest


@dataclass(frozen=True, kw_only=True)
class PageVersion:
    """One page as it appears in one language's tree."""

    source: str
    """The file, relative to docs_dir: `about.en.md`."""
    language: str
    """The language it is written in, which is another one where there is no translation."""


def base_and_language(source: str, languages: Sequence[str]) -> tuple[str, str]:
    """Return the page a file belongs to and its language: `about.en.md` gives `about.md`, `en`."""
    stem, extension = posixpath.splitext(source)
    name, dot, code = stem.rpartition(".")
    if dot and name and not name.endswith("/") and code in languages:
        return name + extension, code
    return source, languages[0]


def choose_versions(sources: Iterable[str], languages: Sequence[str]) -> dict[str, dict[str, PageVersion]]:
    """Return for each page and language the version to show there.

    A language without a version of its own shows the first language's, else the first there is. Raises
    ThemeError where two files are the same version of a page.
    """
    pages: dict[str, dict[str, str]] = defaultdict(dict)
    for source in sources:
        base, language = base_and_language(source, languages)
        if other := pages[base].get(language):
            raise ThemeError(f"{other} and {source} are both the {language!r} version of one page; keep one of them")
        pages[base][language] = source
    chosen: dict[str, dict[str, PageVersion]] = {}
    for base, versions in pages.items():
        fallback = next(language for language in languages if language in versions)
        chosen[base] = {
            language: PageVersion(
                source=versions.get(language, versions[fallback]),
                language=language if language in versions else fallback,
            )
            for language in languages
        }
    return chosen


def reserved_paths(request: ThemeRequest) -> tuple[frozenset[str], frozenset[str]]:
    """Return the files and the top folders of the site that are not for the operator's pages."""
    files: set[str] = set()
    folders: set[str] = set(request.languages[1:])
    outputs = [kind.depth_path for kind in request.kinds] + [item.path for item in request.nav]
    for path in (*outputs, *request.reserved):
        head, slash, _ = path.partition("/")
        if slash:
            folders.add(head)
        else:
            files.add(head or "index.html")
    files.update((*request.stylesheets, *request.own_stylesheets, *request.scripts))
    if request.frame.icon != request.frame.logo:  # which is the operator's own
        files.add(request.frame.icon)
    return frozenset(files), frozenset(folders)


def refuse_collisions(destinations: Mapping[str, str], docs_dir: str, request: ThemeRequest) -> None:
    """Raise ThemeError that names every file which would take the place of a generated page.

    `destinations` maps each file of docs_dir to its path in the site.
    """
    files, folders = reserved_paths(request)
    lines = []
    for source in sorted(destinations):
        destination = destinations[source]
        head, slash, _ = destination.partition("/")
        if destination in files or (slash and head in folders):
            page = "/" + destination.removesuffix("index.html")
            name = _free_name(source, request.languages, destinations)
            lines.append(
                f"{docs_dir}/{source}: would be {page} in the site, which Noroshi writes itself; "
                f"rename it, for example to {name}"
            )
    if lines:
        raise ThemeError("\n".join(lines))


def _free_name(source: str, languages: Sequence[str], taken: Collection[str]) -> str:
    """Return a name near to the colliding one that collides with nothing."""
    head, slash, rest = source.partition("/")
    if slash and head in languages:
        stem, extension = posixpath.splitext(rest)
        candidate = f"{stem}.{head}{extension}" if extension == ".md" else rest
    elif slash:
        candidate = f"{head}-pages/{rest}"
    else:
        stem, dot, tail = source.partition(".")
        candidate = ("welcome" if stem in {"index", "README"} else f"{stem}-page") + dot + tail
    return candidate if candidate not in taken else f"own-{candidate.replace('/', '-')}"
