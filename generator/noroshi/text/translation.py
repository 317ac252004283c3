"""A site's own catalogue (``locale/<language>.po``) from its text to what gettext reads, and all that is wrong with it.

Babel reads it (and ``text/catalogue`` writes it with Babel): some 60 ms, paid only where a site brings one. What a
translation may leave out stays in the program's own words, and what it must keep are the places for values: a page
that lost ``{time}`` would promise nothing any more.
"""

from __future__ import annotations

import gettext
import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from noroshi.problems import Place, Problem
from noroshi.records.refusal import shown
from noroshi.records.translation import Translation
from noroshi.text.catalogue import template
from noroshi.text.dates import is_known
from noroshi.text.wording import shipped_catalogue

_LINE = re.compile(r'[ \t]*(#.*|((msgctxt|msgid|msgid_plural|msgstr(\[\d\])?)[ \t]+)?"([^"\\]|\\.)*")?[ \t]*\r?')
"""A line of a catalogue: a comment, or a text in quotes, with or without a keyword. Babel passes over others."""

_NUMBERS_TRIED = 1_200
"""The rules of all languages repeat themselves, or end, below a thousand (CLDR's plural rules)."""

_ALLOWED = "a gettext catalogue in UTF-8, as 'noroshi translate' writes it"


def read_translation(path: str, language: str, data: bytes) -> tuple[Translation | None, list[Problem]]:
    """A site's translation, or why it cannot be used.

    :param path: the file's, relative to the site's folder
    :param language: the file's stem
    """
    if not is_known(language):
        found = f"{language!r} is no language whose way of writing dates CLDR knows"
        return None, [_problem(path, 1, found, "a language code such as fr or pt-BR", "rename the file")]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return None, [_problem(path, line, "the line is not UTF-8", _ALLOWED, "save the file as UTF-8")]
    problems = list(_line_problems(path, text))
    if problems:
        return None, problems
    try:
        catalogue = read_po(BytesIO(text.encode()), ignore_obsolete=True, abort_invalid=True)
    except PoFileError as error:
        line = (getattr(error, "lineno", 0) or 0) + 1
        return None, [_problem(path, line, f"gettext cannot read this line: {_said(error)}", _ALLOWED, "mend it")]
    except ValueError as error:
        return None, [_problem(path, 1, f"the header cannot be read: {error}", _ALLOWED, "mend it")]
    problems = list(_plural_problems(path, catalogue, text)) or list(_message_problems(path, catalogue))
    if problems:
        return None, problems
    return _compiled(language, catalogue), []


_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""What XML 1.0 cannot hold (section 2.2), so that no feed could."""


def _compiled(language: str, catalogue: Catalog) -> Translation:
    for message in list(catalogue):
        if message.id and not all(_forms(message)):
            catalogue.delete(message.id, message.context)
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    said = {message.id for message in catalogue if message.id and not message.fuzzy}
    shipped = shipped_catalogue(language)
    missing = sum(
        1 for message in template() if message.id and message.id not in said and not _speaks(shipped, message)
    )
    return Translation(language=language, compiled=buffer.getvalue(), missing=0 if language == "en" else missing)


def _speaks(shipped: gettext.NullTranslations, message: Message) -> bool:
    if isinstance(message.id, str):
        return shipped.gettext(message.id) != message.id
    one, many = message.id
    return shipped.ngettext(one, many, 2) != many


def _line_problems(path: str, text: str) -> Iterator[Problem]:
    for number, line in enumerate(text.split("\n"), 1):
        if not _LINE.fullmatch(line):
            found = f"{shown(line)} is no line of a catalogue"
            allowed = "msgid, msgid_plural or msgstr and a text in quotes, a text in quotes alone, or # and a comment"
            yield _problem(path, number, found, allowed, 'mend it; a quote within a text is written \\"')
            return


def _plural_problems(path: str, catalogue: Catalog, text: str) -> Iterator[Problem]:
    """Whether the rule that chooses among the forms of a message is one."""
    try:
        rule = gettext.c2py(catalogue.plural_expr)
        within = all(0 <= rule(number) < catalogue.num_plurals for number in range(_NUMBERS_TRIED))
    except (ValueError, ZeroDivisionError):
        within = False
    if not within:
        lines = [number for number, line in enumerate(text.split("\n"), 1) if "Plural-Forms:" in line]
        found = f"the rule of Plural-Forms does not choose among {catalogue.num_plurals} forms"
        advice = "take the line that 'noroshi translate' writes for the language"
        yield _problem(path, lines[0] if lines else 1, found, "nplurals=…; plural=…; as gettext's manual tells", advice)


def _message_problems(path: str, catalogue: Catalog) -> Iterator[Problem]:
    single = _forms_for_one_number(catalogue)
    for message in catalogue:
        forms = _forms(message)
        if not message.id or message.fuzzy or not any(forms):
            continue
        line = message.lineno or 1
        ids = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
        named = f"the translation of {ids[0]!r}"
        if len(ids) > 1 and (len(forms) != catalogue.num_plurals or not all(forms)):
            found = f"{named} has {sum(map(bool, forms))} of {catalogue.num_plurals} forms"
            yield _problem(path, line, found, "every form that Plural-Forms counts", "write the others, or none")
            continue
        if any(map(_CONTROL.search, forms)):
            yield _problem(path, line, f"{named} holds a control character", "words that XML can hold", "take it out")
            continue
        yield from _place_problems(path, line, named, ids, forms, single)


def _forms_for_one_number(catalogue: Catalog) -> frozenset[int]:
    """The forms that stand for a single number each: they alone may say it in a word, such as "one"."""
    rule = gettext.c2py(catalogue.plural_expr)
    chosen = Counter(rule(number) for number in range(_NUMBERS_TRIED))
    return frozenset(form for form, numbers in chosen.items() if numbers == 1)


def _place_problems(
    path: str,
    line: int,
    named: str,
    ids: tuple[str, ...] | list[str],
    forms: tuple[str, ...],
    single: frozenset[int],
) -> Iterator[Problem]:
    """Whether the places for values are those of the message.

    :param single: the forms that may leave out the number
    """
    known = _places(ids[0]) | _places(ids[-1])
    allowed = f"its places are: {', '.join(f'{{{name}}}' for name in sorted(known)) or 'none'}"
    for index, form in enumerate(forms):
        try:
            places = _places(form)
        except ValueError:
            yield _problem(path, line, f"{named} has a brace that opens or closes nothing", allowed, "mend the braces")
            return
        foreign = sorted(places - known)
        dropped = sorted(known - places - ({"n"} if len(ids) > 1 and index in single else set()))
        for name in foreign:
            yield _problem(path, line, f"{named} has {{{name}}}, which the message has not", allowed, "take it out")
        for name in dropped:
            yield _problem(path, line, f"{named} lacks {{{name}}}", allowed, f"put {{{name}}} where its value belongs")


def _places(words: str) -> set[str]:
    """The places for values in a message.

    :raises ValueError: a brace opens or closes nothing
    """
    places = set()
    for _, name, form, conversion in Formatter().parse(words):
        if name is not None:
            places.add(name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else ""))
    return places


def _forms(message: Message) -> tuple[str, ...]:
    string = message.string
    return (string,) if isinstance(string, str) else tuple(string or ("",))


def _said(error: PoFileError) -> str:
    return re.sub(r" on \d+$", "", str(error)).rstrip(".")


def _problem(path: str, line: int, found: str, allowed: str, advice: str) -> Problem:
    return Problem(place=Place(path=path, line=line), rule="translation", found=found, allowed=allowed, advice=advice)
