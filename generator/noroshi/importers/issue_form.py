"""A submitted issue form: GitHub prints each question as a heading and its answer below, in Markdown.

What people type in an answer may look like a heading too. So a form is read only where each of its questions stands
once and in its place, and no other heading of that size stands anywhere: an answer is never taken for another.
https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-issue-forms
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from noroshi.problems import StatedError
from noroshi.records.refusal import half_width, nearest, shown
from noroshi.writers.forms.question import Field, FormKind
from noroshi.yamlsource.encoding import UNPRINTABLE

EMPTY = "_No response_"
"""What GitHub prints for an answer that was left empty."""
LONGEST = 70_000
"""In characters; GitHub's own limit for an issue's text is 65,536."""
_HEADING = re.compile(r"### +(.*?)[ \t]*\Z")


class FormError(StatedError):
    """The form cannot be taken; the message is for who filled it in."""


@dataclass(frozen=True, kw_only=True)
class Submission:
    """What was answered."""

    form: FormKind
    answers: Mapping[str, str]
    """By key; questions without an answer have none."""

    def chosen(self, key: str) -> list[str]:
        """The ids of a list of components."""
        return [part.split(":", 1)[0].strip() for part in self.answers.get(key, "").split(", ") if part.strip()]


def form_of(labels: Collection[str]) -> FormKind | None:
    """The form that an issue's labels name; None where it is an ordinary issue.

    :raises FormError: they name several
    """
    named = [form for form in FormKind if form.label in labels]
    if len(named) > 1:
        told = " and ".join(form.label for form in named)
        raise FormError(f"the issue has the labels {told}; a form has one of them, so which one it is cannot be told")
    return named[0] if named else None


def read_form(form: FormKind, body: str, fields: Sequence[tuple[Field, str]], components: Sequence[str]) -> Submission:
    """The answers of a submitted form.

    :param body: the issue's text
    :param fields: the form's questions in their order, each with its heading
    :param components: the ids of the site's components
    :raises FormError: it cannot be read, or not in one way only; each reason stands on a line of its own
    """
    if len(body) > LONGEST:
        raise FormError(f"the form holds {len(body):,} characters; write less than {LONGEST:,}")
    text = body.replace("\r\n", "\n").replace("\r", "\n")
    strange = UNPRINTABLE.search(text)
    if strange:
        raise FormError(f"the form holds the character U+{ord(strange[0]):04X}, which nobody can read; delete it")
    parts = _parted(text, [title for _, title in fields])
    answers: dict[str, str] = {}
    faults = []
    for (field, title), said in zip(fields, parts, strict=True):
        try:
            answer = _answer(field, said, components)
        except FormError as fault:
            faults.append(f"{title}: {fault}")
            continue
        if answer:
            answers[field.key] = answer
        elif field.needed:
            faults.append(f"{title}: nothing was answered, and the report needs it")
    if faults:
        raise FormError("\n".join(faults))
    return Submission(form=form, answers=answers)


def _parted(text: str, titles: Sequence[str]) -> list[str]:
    """What stands below each heading, in their order."""
    met: list[str] = []
    below: list[list[str]] = [[]]
    for line in text.split("\n"):
        heading = _HEADING.match(line)
        if heading is None:
            below[-1].append(line)
        else:
            met.append(" ".join(heading[1].split()))
            below.append([])
    expected = [" ".join(title.split()) for title in titles]
    if met != expected or any(line.strip() for line in below[0]):
        raise FormError("\n".join(_misfits(met, expected)))
    return ["\n".join(line.rstrip() for line in lines).strip("\n") for lines in below[1:]]


def _misfits(met: Sequence[str], expected: Sequence[str]) -> list[str]:
    """Why the headings are not those of the form, in words."""
    found = [
        f"the heading {shown(title)} is no question of this form; a line of an answer must not begin with '### ' "
        "(write '**so**' in its place)"
        for title in dict.fromkeys(met)
        if title not in expected
    ]
    found += [
        f"the heading {shown(title)} stands {met.count(title)} times, so which answer is meant cannot be told; a line "
        "of an answer must not begin with '### '"
        for title in dict.fromkeys(met)
        if title in expected and met.count(title) > 1
    ]
    found += [
        f"the question {shown(title)} is missing; open a new form, and leave its headings as they are (where the forms "
        "themselves are old: noroshi forms --write)"
        for title in expected
        if title not in met
    ]
    return found or [
        "the headings are not in the order of the form, or a text stands before the first; open a new form"
    ]


def _answer(field: Field, said: str, components: Sequence[str]) -> str:
    """One answer, empty where there is none.

    :raises FormError: it is none that the question offers
    """
    said = said.strip()
    offers = field.components or field.choices is not None
    if said == EMPTY or (offers and said == "None"):
        return ""
    if "\n" in said and not field.prose:
        raise FormError("the answer has several lines; write one")
    if field.components:
        return _components(said, components)
    if field.choices is not None:
        return _choice(said, field.chosen or [member.value for member in field.choices], field.choices)
    return said


def _components(said: str, known: Sequence[str]) -> str:
    names = [part.split(":", 1)[0].strip() for part in said.split(", ")]
    for name in names:
        if name not in known:
            hint = nearest(name, list(known)) or f"there are: {', '.join(known) or 'none'}"
            raise FormError(f"no component has the id {shown(name)}; {hint}")
    return ", ".join(dict.fromkeys(names))


def _choice(said: str, known: Sequence[str], kind: type[StrEnum]) -> str:
    word = half_width(said.split(":", 1)[0])
    if word not in known:
        raise FormError(f"{shown(said)} is not among the choices; allowed: {', '.join(known)}")
    return kind(word).value
