"""Prometheus' text format 0.0.4.

https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

Sample = tuple[Mapping[str, str], int | float]
"""Labels and a value."""


@dataclass(frozen=True, kw_only=True)
class Family:
    """A metric with all its samples. All are gauges: a promise that was missed can still be kept late."""

    name: str
    help: str
    samples: tuple[Sample, ...]


def exposition(families: Iterable[Family]) -> bytes:
    """Metrics as a file."""
    return "".join(line for family in families for line in _lines(family)).encode()


def _lines(family: Family) -> Iterator[str]:
    yield f"# HELP {family.name} {family.help}\n# TYPE {family.name} gauge\n"
    for labels, value in family.samples:
        told = ",".join(f'{name}="{_escaped(words)}"' for name, words in labels.items())
        yield f"{family.name}{{{told}}} {value}\n" if told else f"{family.name} {value}\n"


def _escaped(words: str) -> str:
    return words.replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")
