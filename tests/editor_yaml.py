"""YAML as an editor types it: the core schema of YAML 1.2 (section 10.3.2)."""

from __future__ import annotations

import re
from typing import Any

import yaml


class EditorLoader(yaml.SafeLoader):
    """PyYAML's reader with the core schema's resolvers in place of those of YAML 1.1."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 (PyYAML's own shape)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Keys stay as they are written: an editor holds them against names."""
        for key, _ in node.value:
            key.tag = "tag:yaml.org,2002:str"
        return super().construct_mapping(node, deep)

    def construct_scalar_value(self, node: yaml.ScalarNode) -> Any:
        word = node.value
        match node.tag.rsplit(":", 1)[-1]:
            case "null":
                return None
            case "bool":
                return word.lower() == "true"
            case "int":
                return int(word, 0) if word.startswith(("0o", "0x")) else int(word)
            case "float":
                return float(word.replace(".inf", "inf").replace(".nan", "nan").lower())
        raise AssertionError(node.tag)


_CORE = {
    "null": (r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    "bool": (r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    "int": (r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    "float": (
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
        list("-+0123456789."),
    ),
}
for _tag, (_pattern, _first) in _CORE.items():
    EditorLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_pattern})\Z"), _first)
    EditorLoader.add_constructor(f"tag:yaml.org,2002:{_tag}", EditorLoader.construct_scalar_value)


def as_an_editor_reads(text: str) -> Any:
    """The data of a YAML text, for a JSON Schema: keys are text, as in JSON."""
    return yaml.load(text, EditorLoader)
