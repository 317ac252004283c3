"""What the commands that open a record share: the template, the id, and the options of all three kinds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import click

from noroshi.cli.writing.desk import Desk
from noroshi.cli.writing.gathering import Gathering
from noroshi.cli.writing.taking import Unfit, take_id
from noroshi.pipeline.reading.content import TEMPLATES, find_records
from noroshi.pipeline.reading.templates import read_templates
from noroshi.pipeline.writing.assembling import proposed_id
from noroshi.records.content import MatterKind
from noroshi.records.refusal import nearest
from noroshi.records.template import TemplateKind
from noroshi.records.words import check_name

title_argument = click.argument("title", metavar="[TITLE]", required=False)
title_option = click.option(
    "--title",
    "titles",
    metavar="LANGUAGE=TITLE",
    multiple=True,
    help="The title in another of the site's languages: 'en=Staging server down'.",
)
text_option = click.option(
    "--text",
    metavar="TEXT",
    multiple=True,
    help="What you tell your readers, in Markdown; '-' reads it from standard input. Again, for another language: "
    "'en=We are looking into it.'",
)
template_option = click.option("--template", metavar="NAME", help="Begin with content/templates/NAME.yaml.")
id_option = click.option("--id", "record_id", metavar="ID", help="The record's id.  [default: the day and the title]")


def begin(desk: Desk, kind: TemplateKind, template: str | None) -> Gathering:
    """A gathering that begins with a template's facts, where one is named.

    :raises click.UsageError: there is none of that name and kind, or it cannot be used
    """
    if template is None:
        return Gathering(desk)
    reading = read_templates(desk.folder, desk.settings)
    if template not in reading.templates:
        wrong = [str(each) for each in reading.problems if each.place.path == f"content/templates/{template}.yaml"]
        if wrong:
            raise click.UsageError("the template cannot be used:\n" + "\n".join(wrong))
        place = desk.folder.content / TEMPLATES / f"{template}.yaml"
        if check_name(template) is None and place.is_file():
            raise click.UsageError(
                f"content/{TEMPLATES}/{template}.yaml is empty but for comments; take the '#' off its lines, or leave "
                "--template out"
            )
        names = [name for name, each in reading.templates.items() if each.template.for_ is kind]
        hint = nearest(template, names) or f"there are: {', '.join(names) or 'none yet'}"
        raise click.UsageError(f"there is no template {template!r} for: {kind}; {hint}")
    source = reading.templates[template]
    if source.template.for_ is not kind:
        raise click.UsageError(
            f"the template {template!r} is for: {source.template.for_}; use 'noroshi {source.template.for_} --template'"
        )
    return Gathering(desk, source.facts)


def titled(gathering: Gathering, title: str | None, titles: Sequence[str]) -> None:
    """Gather the title: an argument in the first language, and others by their languages."""
    languages = gathering.desk.settings.site.languages
    for each in titles:
        if each.partition("=")[0] not in languages:
            raise click.UsageError(f"--title: write LANGUAGE=TITLE, with one of: {', '.join(languages)}")
    given = [*((title,) if title is not None else ()), *titles]
    gathering.put("title", gathering.text("title", given, needed=True))


def chosen_id(gathering: Gathering, kind: MatterKind, day: date, given: str | None) -> str:
    """The new record's id: as told, else proposed and, at a terminal, asked for.

    :param day: what it is named by
    :raises click.UsageError: it cannot be one, or another record has it
    """
    taken = {source.id.lower() for source in find_records(gathering.desk.folder)[0]}

    def read(words: Sequence[str]) -> str:
        name = take_id(words[0])
        if name.lower() in taken:
            raise Unfit(f"another record has the id {name!r}; choose another")
        return name

    if given is not None:
        try:
            return read((given,))
        except Unfit as unfit:
            raise click.UsageError(f"--id: {unfit}") from None
    title, components = gathering.data.get("title", ""), gathering.data.get("components", {})
    titles = list(title.values()) if isinstance(title, Mapping) else [title]
    needs = gathering.data.get("needs", ())
    fallbacks = [*(components if isinstance(components, Mapping) else ()), *needs, kind.word]
    words = [each for each in titles if isinstance(each, str)]
    default = proposed_id(day, words, [str(each) for each in fallbacks], taken)
    answer = gathering.answer("id", read, default=default)
    return answer if isinstance(answer, str) else default
