"""A form as GitHub reads it.

https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from noroshi.records.content import Settings
from noroshi.text.wording import Wording, wording_of
from noroshi.writers.forms.fields import TITLES, asked
from noroshi.writers.forms.question import Field, FormKind, heading, joined
from noroshi.yamlsource.emit import Emittable, emit

FOLDER = ".github/ISSUE_TEMPLATE"
"""Where GitHub looks for forms, below the repository's top."""


def form_path(form: FormKind) -> str:
    """A form's file, relative to the repository's top."""
    return f"{FOLDER}/noroshi-{form.value}.yml"


def write_forms(settings: Settings) -> dict[str, bytes]:
    """All forms of a site, by path; the same bytes for the same settings."""
    wordings = form_wordings(settings)
    return {form_path(form): _write_form(form, settings, wordings).encode() for form in FormKind}


def form_wordings(settings: Settings) -> list[Wording]:
    """How forms speak: each of the site's languages."""
    return [wording_of(settings, language) for language in settings.site.languages]


def component_option(id: str, name: str) -> str:
    """A component as a form offers it. GitHub parts what was chosen by commas, so none may stand in it."""
    return f"{id}: {' '.join(name.replace(',', ' ').split())}"


def choice_option(member: StrEnum, wordings: Sequence[Wording]) -> str:
    """A word as a form offers it: never a bare ``none``, which GitHub keeps for itself."""
    return f"{member.value}: {' / '.join(dict.fromkeys(wording.label(member) for wording in wordings))}"


def _write_form(form: FormKind, settings: Settings, wordings: Sequence[Wording]) -> str:
    title, about = (joined(message, wordings) for message in TITLES[form])
    head = {"name": title, "description": about, "labels": [form.label]}
    lines = [
        "# Made by 'noroshi forms --write' from this site's components and languages; do not edit.\n",
        emit(head),
        "body:\n",
    ]
    for field in asked(form, components=bool(settings.components)):
        lines.append(_element(field, settings, wordings))
    return "".join(lines)


def _element(field: Field, settings: Settings, wordings: Sequence[Wording]) -> str:
    attributes: dict[str, Emittable] = {"label": heading(field, wordings)}
    if field.hint:
        attributes["description"] = joined(field.hint, wordings)
    options = _options(field, settings, wordings)
    if options:
        attributes["options"] = options
    kind = "dropdown" if options else "textarea" if field.prose else "input"
    told = f"- type: {kind}\n  id: {field.id}\n  attributes:\n{_indented(emit(attributes))}"
    if field.components:
        told += "    multiple: true\n"
    if field.needed:
        told += "  validations:\n    required: true\n"
    return _indented(told, "  ")


def _options(field: Field, settings: Settings, wordings: Sequence[Wording]) -> list[str]:
    if field.components:
        first = settings.site.languages[0]
        return [component_option(each.id, each.name.said_in(first, first)[0]) for each in settings.components]
    if field.choices is None:
        return []
    return [choice_option(field.choices(word), wordings) for word in field.chosen or list(field.choices)]


def _indented(text: str, space: str = "    ") -> str:
    return "".join(space + line for line in text.splitlines(keepends=True))
