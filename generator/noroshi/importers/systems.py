"""cState's systems to components: one id for all the spellings of a name."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from noroshi.importers.source import ExistingComponent, ImportedComponent
from noroshi.records.words import check_name
from noroshi.yamlsource.emit import Emittable, emit

UNDECLARED_GROUP = "Imported"
"""The heading for systems that the source names without declaring them."""

NAMES_NOTHING = frozenset({"", "nothing", "none", "n/a", "na", "-", "null", "~"})
"""Words in ``affected`` that name no system."""

_LONGEST_ID = 60


@dataclass(frozen=True, kw_only=True)
class DeclaredSystem:
    """A system of the source's configuration."""

    name: str
    group: str = ""
    description: str = ""


def name_key(name: str) -> str:
    """What spellings of one name share: letters and digits, without case, dashes, dots, spaces and the like.

    A separator between two digits stays, so that 1.2 and 12 are two names.
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    folded = re.sub(r"(?<=\d)[\W_]+(?=\d)", ".", folded)
    return re.sub(r"[^\w.]|_|(?<!\d)\.|\.(?!\d)", "", folded) or folded


def id_of(name: str) -> str:
    """A component id made of a name; a name without ASCII letters and digits gets a short hash of itself."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_name).strip("-")[:_LONGEST_ID].strip("-")
    if check_name(slug) is None and len(slug) * 2 >= len(re.sub(r"\W", "", name)):
        return slug
    return f"component-{hashlib.sha256(name_key(name).encode()).hexdigest()[:8]}"


class Systems:
    """The components of an import: which name is which id."""

    def __init__(
        self, declared: Sequence[DeclaredSystem], existing: Iterable[ExistingComponent], used: Iterable[str]
    ) -> None:
        """Settle every name.

        :param used: the names in all entries, as often as they occur, so that the commonest spelling becomes the name
        """
        self._ids: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self.added: list[ImportedComponent] = []
        self._declared = {name_key(system.name) for system in declared}
        taken: set[str] = set()
        for component in existing:
            taken.add(component.id.lower())
            for name in (*component.names, component.id):
                self._ids.setdefault(name_key(name), component.id)
        for system in declared:
            self._add(system, taken)
        spellings: dict[str, Counter[str]] = {}
        for name in used:
            spellings.setdefault(name_key(name), Counter())[name] += 1
        for key in sorted(spellings):
            name = min(spellings[key], key=lambda name: (-spellings[key][name], name))
            self._add(DeclaredSystem(name=name, group=UNDECLARED_GROUP), taken)

    def _add(self, system: DeclaredSystem, taken: set[str]) -> None:
        key = name_key(system.name)
        self._names.setdefault(key, system.name)
        if key in self._ids:
            return
        made = id_of(system.name)
        identity, number = made, 2
        while identity.lower() in taken:
            identity, number = f"{made}-{number}", number + 1
        taken.add(identity.lower())
        self._ids[key] = identity
        self.added.append(
            ImportedComponent(id=identity, name=system.name, group=system.group, description=system.description)
        )

    def identity(self, name: str) -> str:
        """The component id of a name that was given at the beginning."""
        return self._ids[name_key(name)]

    def usual_name(self, name: str) -> str:
        """The spelling that the source declares, else its commonest one."""
        return self._names[name_key(name)]

    def is_declared(self, name: str) -> bool:
        """Whether the source's configuration has the name, in whatever spelling."""
        return name_key(name) in self._declared


def components_yaml(components: Sequence[ImportedComponent], language: str) -> str:
    """The components as a list for ``components.yaml``; empty where there are none.

    :param language: wraps descriptions as ``{language: text}``; empty for the site's first language
    """
    if not components:
        return ""
    items: list[Emittable] = []
    for component in components:
        item: dict[str, Emittable] = {"id": component.id, "name": component.name}
        if component.description:
            item["description"] = {language: component.description} if language else component.description
        if component.group:
            item["group"] = component.group
        items.append(item)
    return emit(items)
