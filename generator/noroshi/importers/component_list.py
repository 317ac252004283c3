"""A site's ``components.yaml`` with imported components behind its own."""

from __future__ import annotations

import re

from noroshi.yamlsource.foreign import ForeignError, load_foreign
from noroshi.yamlsource.nodes import Sequence

_FIRST_ITEM = re.compile(r"^( *)- ", re.MULTILINE)
_EMPTY_LIST = re.compile(r"^\[\s*\][ \t]*\n?", re.MULTILINE)


def extended_components(existing: str, added: str) -> str:
    """The text of ``components.yaml`` with ``added`` at its end; all that stands there stays as it was written.

    :param existing: the file's text, empty where there is none
    :param added: :attr:`noroshi.importers.source.Import.components_yaml`
    :raises ValueError: the file is no list with one ``- `` a component, so nothing can be put behind it
    """
    if not added:
        return existing
    if _EMPTY_LIST.search(existing):
        existing = _EMPTY_LIST.sub("", existing, count=1)
    text = existing if not existing or existing.endswith("\n") else existing + "\n"
    first = _FIRST_ITEM.search(text)
    indent = first[1] if first else ""
    whole = text + "".join(f"{indent}{line}\n" for line in added.removesuffix("\n").split("\n"))
    try:
        before, after, new = load_foreign(text), load_foreign(whole), load_foreign(added)
    except ForeignError as error:
        raise ValueError(f"line {error.line}: {error.message}") from error
    if not isinstance(after, Sequence) or after != [*(before if isinstance(before, Sequence) else []), *new]:
        raise ValueError("the file is not a list whose items begin with '- '")
    return whole
