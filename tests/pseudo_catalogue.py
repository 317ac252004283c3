"""A pseudo-locale: every message of the program accented and in brackets, so that a word that is not one shows."""

import re
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from noroshi.text.catalogue import template

_ACCENTED = str.maketrans("aceghilnoprstuyzACEGHILNOPRSTUYZ", "àçéĝĥïļñöþŕšţûýžÀÇÉĜĤÏĻÑÖÞŔŠŢÛÝŽ")


def accented(message: str) -> str:
    """A message as the pseudo-locale says it; its places for values stay as they are."""
    parts = re.split(r"({\w+})", message)
    return "［" + "".join(part if part.startswith("{") else part.translate(_ACCENTED) for part in parts) + "］"


def pseudo_catalogue(language: str, plural_forms: str) -> bytes:
    """A whole catalogue of the pseudo-locale under a language's name.

    :param plural_forms: as in the header of a catalogue: ``nplurals=3; plural=…;``; each form says which one it is
    """
    catalogue = Catalog(locale=language, fuzzy=False)
    forms = int(re.search(r"nplurals=(\d)", plural_forms)[1])
    for message in template():
        if not message.id:
            continue
        if isinstance(message.id, str):
            catalogue.add(message.id, accented(message.id))
        else:
            catalogue.add(message.id, tuple(f"［{form}{accented(message.id[1])}］" for form in range(forms)))
    out = BytesIO()
    write_po(out, catalogue, width=0, omit_header=True)
    head = (
        f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Plural-Forms: {plural_forms}\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    )
    return head.encode() + out.getvalue()
