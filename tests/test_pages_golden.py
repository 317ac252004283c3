"""The story's pages, byte for byte.

After a change that is meant, look at it and keep it: pytest tests/test_pages_golden.py --snapshot-update
"""

import pytest
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from page_bodies import load_site


class PageExtension(SingleFileSnapshotExtension):
    """Each snapshot is a page to look at."""

    _write_mode = WriteMode.TEXT
    file_extension = "html"


@pytest.mark.parametrize(
    "file",
    [
        "index.html",
        "en/index.html",
        "incidents/2026-06-18-staging-down/index.html",
        "en/incidents/2026-06-18-staging-down/index.html",
        "en/maintenance/2026-06-20-moved/index.html",
        "components/staging-db/index.html",
        "record/index.html",
        "en/record/2026-06/index.html",
    ],
)
def test_a_page_is_as_it_was(file, snapshot):
    """The page of the story is the one that was looked at and kept."""
    assert load_site().pages()[file] == snapshot(extension_class=PageExtension)
