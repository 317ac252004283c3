"""Where the operator's pages come to lie in one language's tree, told to MkDocs' file collection."""

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from noroshi.theme.page_languages import PageVersion, base_and_language, choose_versions, refuse_collisions
from noroshi.theme.request import ThemeRequest


class LanguageFiles(Files):
    """Files in which a page's plain name (`about.md`) means its version in the language being built."""

    def __init__(self, files: Iterable[File], aliases: Mapping[str, str]) -> None:
        super().__init__(files)
        self._aliases = aliases

    def get_file_from_path(self, path: str) -> File | None:
        """Return the file at a path under docs_dir, as Markdown links and `nav` name it."""
        return super().get_file_from_path(self._aliases.get(posixpath.normpath(path), path))


@dataclass(frozen=True, kw_only=True)
class PlacedPage:
    """An operator's page in one language's tree."""

    version: PageVersion
    path: str
    """Under the language root, as links have it: `about/`."""
    destination: str
    """In the site: `en/about/index.html`."""


def place_pages(
    files: Files, config: MkDocsConfig, request: ThemeRequest, language: str, docs_label: str
) -> tuple[LanguageFiles, dict[str, PlacedPage]]:
    """Choose each page's version in a language and set the addresses of all.

    Returns the files to go on with and the pages of this tree by their source. Raises ThemeError for pages
    that would take the place of generated ones or of each other.
    """
    pages = {file.src_uri: file for file in files.documentation_pages()}
    destinations = {
        file.src_uri: file.dest_uri
        for file in files
        if file.inclusion.value > InclusionLevel.DRAFT.value and file.src_dir == config.docs_dir
    }
    destinations |= {source: _destination(file, request) for source, file in pages.items()}
    refuse_collisions(destinations, docs_label, request)
    chosen = choose_versions(pages, request.languages)
    aliases: dict[str, str] = {}
    placed: dict[str, PlacedPage] = {}
    for source, file in pages.items():
        base, own_language = base_and_language(source, request.languages)
        version = chosen[base][language]
        here = version.source == source
        destination = request.prefix(language if here else own_language) + destinations[source]
        _move(file, base, destination)
        if here:
            path = destinations[source].removesuffix("index.html")
            placed[source] = PlacedPage(version=version, path=path, destination=destination)
            aliases[base] = source
        else:
            # It is built in its own language's run; here it is only something to link to.
            file.inclusion = InclusionLevel.EXCLUDED
    return LanguageFiles(files, aliases), placed


def _destination(file: File, request: ThemeRequest) -> str:
    """Return where a page's plain name leads to: `guide/index.en.md` to `guide/index.html`."""
    base, _ = base_and_language(file.src_uri, request.languages)
    if base == file.src_uri:
        return str(file.dest_uri)
    folder, name = posixpath.split(posixpath.splitext(base)[0])
    return posixpath.join(folder, "" if name in {"index", "README"} else name, "index.html")


def _move(file: File, base: str, destination: str) -> None:
    # MkDocs derives these once, from each other.
    for derived in ("url", "abs_dest_path"):
        vars(file).pop(derived, None)
    name = posixpath.splitext(posixpath.basename(base))[0]
    file.name = "index" if name == "README" else name
    file.dest_uri = destination
