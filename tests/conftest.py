"""What holds for every test: the same surroundings everywhere, and the same examples in every run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import settings

from looked_at import Looked, looked_at
from outside_programs import chromium
from real_program import CLEARED

# The surroundings of whoever runs the tests are no part of them.
for name in CLEARED:
    os.environ.pop(name, None)

settings.register_profile("noroshi", derandomize=True, deadline=None)
settings.load_profile("noroshi")


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or fills the cache of the user who runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("user-cache")))
        yield


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A headless Chromium of the system."""
    with chromium() as found:
        yield found


@pytest.fixture(scope="session")
def looked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Looked]]:
    """Gives a site that is looked at by its name, built by the real program and served on localhost."""
    with looked_at(tmp_path_factory.mktemp("looked-at")) as get:
        yield get
