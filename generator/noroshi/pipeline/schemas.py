"""The schemas of a site: the files in ``content/.schema/`` that its records' first lines point to."""

from __future__ import annotations

from noroshi.pipeline.reading.content import SiteFolder
from noroshi.publishing.placing import place_file
from noroshi.writers.schema import SUBJECTS, schema_path, write_schema


def write_schemas(folder: SiteFolder) -> list[str]:
    """Bring a site's schemas up to date; returns the paths of those that were written, relative to the site.

    :raises OSError: they cannot be written
    """
    written = []
    for name in SUBJECTS:
        path = schema_path(name)
        place, data = folder.content / path, write_schema(name)
        if not place.is_file() or place.read_bytes() != data:
            place_file(place, data)
            written.append(f"content/{path}")
    return written
