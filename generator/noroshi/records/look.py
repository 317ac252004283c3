"""How a site looks, as far as site.yaml says: its mark, its colour, what stands below every page."""

from __future__ import annotations

import re
from typing import Annotated, TypeAlias

from pydantic import PlainValidator, WithJsonSchema

from noroshi.records.base import Record
from noroshi.records.refusal import a_word, refusal, shown
from noroshi.records.texts import Prose

PICTURES = (".svg", ".png", ".webp", ".avif", ".jpg", ".jpeg", ".gif")
"""What the file of a mark may end in: pictures that browsers show."""

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_STEP = re.compile(r"[^/\\:?#%\"'<>\s]+")


def _colour(value: object) -> str:
    allowed = "a colour as #rrggbb"
    word = a_word(value, allowed).strip()
    if not _COLOUR.fullmatch(word):
        raise refusal(
            "colour",
            found=f"{shown(word)} is no such colour" if word else "nothing stands here; a # begins a comment",
            allowed=allowed,
            advice='write it with six digits and in quotes, for example "#1f4e9c"',
        )
    return word.lower()


Colour: TypeAlias = Annotated[
    str, PlainValidator(_colour), WithJsonSchema({"type": "string", "pattern": f"^{_COLOUR.pattern}$"})
]
"""A colour of sRGB as ``#rrggbb``, in small letters."""


def _picture(value: object) -> str:
    allowed = f"the path of a picture below content/pages/, which ends in {', '.join(PICTURES)}"
    path = a_word(value, allowed).strip()
    steps = path.split("/")
    if not all(_STEP.fullmatch(step) and not step.startswith(".") for step in steps):
        raise refusal(
            "logo",
            found=f"{shown(path)} is no path below content/pages/",
            allowed=allowed,
            advice="put the picture there, and write for example img/logo.svg",
        )
    if not path.lower().endswith(PICTURES):
        raise refusal(
            "logo",
            found=f"{shown(path)} does not end as a picture does",
            allowed=allowed,
            advice="save it as SVG or PNG",
        )
    return path


Picture: TypeAlias = Annotated[str, PlainValidator(_picture), WithJsonSchema({"type": "string", "minLength": 5})]
"""The path of a picture among the operator's own pages, relative to ``content/pages/``."""


class Look(Record):
    """The operator's mark, colour and words around every page."""

    logo: Picture | None = None
    """A picture in ``content/pages/``, shown beside the site's name; left out, a small signal fire."""
    accent: Colour | None = None
    """The colour of links and of the page one is on, as ``#rrggbb``; made darker or lighter as far as reading needs."""
    footer: Prose | None = None
    """What stands below every page, in Markdown."""
