"""What an import needs of cState's ``config.yml``: the declared systems, the language, the zone, the address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from noroshi.importers.front_matter import SourceError, read_bytes
from noroshi.importers.source import Anomaly, SourceFile
from noroshi.importers.systems import DeclaredSystem
from noroshi.yamlsource.foreign import ForeignError, load_foreign
from noroshi.yamlsource.nodes import Mapping, Sequence


@dataclass(frozen=True, kw_only=True)
class Configuration:
    """A cState site's settings; the defaults are cState's and Hugo's own."""

    systems: tuple[DeclaredSystem, ...] = ()
    language: str = "en"
    """The language of the texts: the first part of ``languageCode``."""
    zone: str = ""
    """Hugo's ``timeZone`` for times without an offset; empty where it is not set."""
    base_url: str = ""
    given: bool = False
    """Whether there was a configuration to read."""


def read_configuration(source: SourceFile | None, anomalies: list[Anomaly]) -> Configuration:
    """The configuration, and what is wrong with it added to ``anomalies`` (``bad-config``)."""
    if source is None:
        return Configuration()

    def odd(line: int, found: str) -> None:
        anomalies.append(Anomaly(path=source.path, line=line, rule="bad-config", message=found))

    try:
        data = load_foreign(read_bytes(source.data))
    except SourceError as error:
        odd(error.line, error.found)
        return Configuration()
    except ForeignError as error:
        odd(error.line, f"the YAML cannot be read: {error.message}; imported as if there were no configuration")
        return Configuration()
    if not isinstance(data, Mapping):
        odd(1, "the configuration holds no 'key: value' lines; imported as if there were none")
        return Configuration()
    settings = {key.lower(): value for key, value in data.items()}
    params = settings.get("params")
    params = params if isinstance(params, Mapping) else Mapping((1, 1))
    zone = _text(settings.get("timezone"))
    try:
        ZoneInfo(zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        odd(data.marks["timeZone"][0] if "timeZone" in data else 1, f"{zone!r} is no time zone")
        zone = ""
    language = _text(settings.get("languagecode")) or _text(settings.get("defaultcontentlanguage")) or "en"
    return Configuration(
        systems=tuple(_systems(params, odd)),
        language=language.split("-")[0].split("_")[0].lower(),
        zone=zone,
        base_url=_text(settings.get("baseurl")),
        given=True,
    )


def _systems(params: Mapping, odd: Any) -> list[DeclaredSystem]:
    unnamed = {
        _text(category.get("name"))
        for category in _mappings(params.get("categories"))
        if _text(category.get("untitled")).lower() == "true"
    }
    found: list[DeclaredSystem] = []
    for system in _mappings(params.get("systems")):
        name = " ".join(_text(system.get("name")).split())
        if not name:
            odd(system.mark[0], "a system without a name; left out")
            continue
        category = _text(system.get("category"))
        found.append(
            DeclaredSystem(
                name=name,
                group="" if category in unnamed else category,
                description=" ".join(_text(system.get("description")).split()),
            )
        )
    return found


def _mappings(value: object) -> list[Mapping]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, Sequence) else []


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
