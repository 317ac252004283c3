"""Somebody else's real data, which is not part of this repository: where it lies, or why a test is skipped."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

VARIABLE = "NOROSHI_REAL_DATA"
"""The variable that names the folder of all such data."""
DATA = Path(os.environ.get(VARIABLE) or Path(__file__).parents[2] / "shared" / "data").resolve()
JENKINS = DATA / "jenkins-status"
"""The status log of the Jenkins project, as cState keeps it: ``config.yml`` and ``issues/*.md``."""

_REASON = f"the Jenkins data is not at hand: jenkins-status in ../shared/data, or in the folder that {VARIABLE} names"
needs_jenkins = pytest.mark.skipif(not JENKINS.is_dir(), reason=_REASON)
"""Marks a test, or a module, that cannot run without it."""


def require_jenkins() -> None:
    """Skip the test that asks, where it is not there."""
    if not JENKINS.is_dir():
        pytest.skip(_REASON)
