"""Which matters are open, found without reading those that are long over."""

from __future__ import annotations

import re
from collections.abc import Sequence

from noroshi.pipeline.reading.content import SourceFile, read_bytes
from noroshi.pipeline.reading.record import Moments, read_record
from noroshi.records.content import Settings
from noroshi.snapshot.promises.terms import Terms

_OVER = re.compile(rb"kind['\"]?:[ \t]+['\"]?completion|^imported:", re.MULTILINE)
"""What stands in the file of a matter that nobody reports on without its name."""


def open_matters(sources: Sequence[SourceFile], settings: Settings, moments: Moments) -> list[SourceFile]:
    """The records of matters that have begun and have no completion report, in the order given.

    Finding them in 10,000 files takes a look into each, and reads only those that may be open.
    """
    terms = Terms(settings)
    found = []
    for source in sources:
        data, problem = read_bytes(source.path, source.place)
        if problem is not None or _OVER.search(data):
            continue
        state = read_record(source, settings, terms, moments)[0].state
        if state is not None and state.open:
            found.append(source)
    return found
