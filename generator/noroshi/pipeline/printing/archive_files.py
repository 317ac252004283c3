"""The archive of the main Atom feed (RFC 5005, section 4): every report there ever was, in documents that stay.

They are many and hold what only the records say: the crew's hands print them, of what they have read. The main feed is
that of the site's first language: a report has the same name in all, and a second archive would cost each build as
much as a third of all pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from noroshi.endpoints import REPORT_FEED, FeedForm, archive_file, feed_file
from noroshi.pipeline.printing.feed_files import feed_head, item_press, with_items
from noroshi.pipeline.printing.materials import Materials
from noroshi.pipeline.reading.content import SourceFile
from noroshi.records.content import Entry
from noroshi.text.feed_names import feed_name
from noroshi.urls import absolute_root
from noroshi.writers.feeds.feed import Archive, Feed
from noroshi.writers.feeds.xml import atom
from noroshi.writers.pages.press import Press


@dataclass(frozen=True, kw_only=True)
class ArchiveJob:
    """One document of the archive that is to be printed."""

    file: str
    """Below the site's root."""
    head: Feed
    """The feed without its items."""
    reports: tuple[tuple[SourceFile, int], ...]
    """The reports that it holds, newest first: each one's file, and its number there."""

    @property
    def source(self) -> SourceFile:
        """A record that it needs: who has read that one has probably read the others."""
        return self.reports[0][0]


def plan_archive(
    materials: Materials, sources: Mapping[str, SourceFile], stands: Callable[[str, bytes], bool]
) -> Iterator[ArchiveJob]:
    """The documents that are to be printed.

    :param sources: the records' files by id
    :param stands: whether a file of this key stands as it was published
    """
    keys, by_id = materials.keys, materials.snapshot.by_id
    site = materials.snapshot.settings.site
    documents = [
        (told, keys.of("archive", *(str(each.number) for each in told), states=(by_id[each.matter] for each in told)))
        for told in materials.selection.archive
    ]
    language = site.languages[0]
    base = absolute_root(site.url, language, site.languages)
    head = feed_head(REPORT_FEED, feed_name(REPORT_FEED, materials.press.wordings[language]), language, materials)
    for number, (told, key) in enumerate(documents, 1):
        file = archive_file(number)
        if not stands(file, key):
            archive = Archive(
                older=f"{base}{archive_file(number - 1)}" if number > 1 else None,
                current=f"{base}{feed_file(REPORT_FEED, FeedForm.ATOM)}",
            )
            yield ArchiveJob(
                file=file,
                head=replace(head, place=f"{base}{file.removesuffix('.atom')}", archive=archive),
                reports=tuple((sources[each.matter], each.number) for each in told),
            )


class ArchivePress:
    """Prints documents of the archive, one after the other."""

    def __init__(self, press: Press) -> None:
        self._items = item_press(press, press.settings.site.languages[0])

    def document(self, job: ArchiveJob, entry_of: Callable[[SourceFile], Entry | None]) -> bytes:
        """The bytes of a document.

        :param entry_of: a record as the audience may see it
        """
        entries = ((entry_of(source), number) for source, number in job.reports)
        items = tuple(self._items.of_report(each, number) for each, number in entries if each)
        return atom(with_items(job.head, items))
