"""What a template asks for, and its blocks: one of a site's own that fills none of the shipped template is printed
nowhere."""

from __future__ import annotations

from jinja2 import Environment, TemplateSyntaxError, nodes

from noroshi.writers.pages.templates import SHIPPED


def asked_for(source: str) -> tuple[str, ...]:
    """The names of the templates that one extends, includes or imports; none where it cannot be read."""
    found = []
    for node in _parsed(source).find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        asked: nodes.Expr = getattr(node, "template")  # noqa: B009 (all four have one, their base has none)
        if isinstance(asked, nodes.Const):
            found.append(asked.value)
    return tuple(name for name in found if isinstance(name, str))


def extended(source: str) -> str | None:
    """The name of the shipped template that this one extends; None where it extends none, or cannot be read."""
    for node in _parsed(source).find_all(nodes.Extends):
        if isinstance(node.template, nodes.Const) and str(node.template.value).startswith(f"{SHIPPED}/"):
            return str(node.template.value).removeprefix(f"{SHIPPED}/")
    return None


def stray_blocks(source: str, parent: str) -> tuple[tuple[str, int], ...]:
    """The outermost blocks of a template that fill none of its parent's: each one's name and line.

    :param source: a template that extends the other
    :param parent: the source of the one that it extends
    """
    known = blocks(parent)
    outermost = (node for node in _parsed(source).body if isinstance(node, nodes.Block))
    return tuple((node.name, node.lineno) for node in outermost if node.name not in known)


def blocks(source: str) -> tuple[str, ...]:
    """The names of a template's blocks, in their order."""
    return tuple(node.name for node in _parsed(source).find_all(nodes.Block))


def _parsed(source: str) -> nodes.Template:
    """A broken template has no blocks: where it is printed, its fault is told."""
    try:
        return _ENVIRONMENT.parse(source)
    except TemplateSyntaxError:
        return nodes.Template([], lineno=1)


_ENVIRONMENT = Environment(autoescape=True)
