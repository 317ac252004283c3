"""The cache is believed only where it is whole, and of the same program with the same libraries."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from noroshi.cache import Memory, Remembered, load_memory, program_key, save_memory

KEY = b"0123456789abcdef"


def test_another_version_of_a_library_makes_another_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A holiday that a library adds moves a due time: what was remembered by the version before is not used."""
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path), str(tmp_path / "missing"), f"{tmp_path}/x.zip"])
    (tmp_path / "holidays-0.61.dist-info").mkdir()
    before = program_key.__wrapped__()
    assert program_key.__wrapped__() == before
    (tmp_path / "holidays-0.61.dist-info").rename(tmp_path / "holidays-0.62.dist-info")
    assert program_key.__wrapped__() != before


@pytest.mark.parametrize("at", [0, 0.2, 0.5, 0.9])
def test_a_file_that_lost_bytes_counts_as_absent(tmp_path: Path, at: float) -> None:
    """Whatever stood where a power failure left zeros; the other files hold."""
    memory = Memory(readings={f"content/{n}.yaml": Remembered((n, n, n), b"some reading", 0) for n in range(400)})
    save_memory(tmp_path, KEY, memory, Memory())
    assert load_memory(tmp_path, KEY).readings.keys() == memory.readings.keys()
    shard = tmp_path / "readings-07"
    data = bytearray(shard.read_bytes())
    place = int(len(data) * at)
    data[place : place + 8] = bytes(8)
    shard.write_bytes(data)
    left = load_memory(tmp_path, KEY).readings
    assert 300 < len(left) < 400


def test_another_key_finds_nothing(tmp_path: Path) -> None:
    """What another program or other settings left is not believed."""
    save_memory(tmp_path, KEY, Memory(readings={"content/a.yaml": Remembered((1, 1, 1), b"", 0)}), Memory())
    assert load_memory(tmp_path, KEY[::-1]).readings == {}
