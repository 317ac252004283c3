"""Single words: ids, choices, addresses, numbers. Everything arrives as text, for the reader types nothing."""

from __future__ import annotations

import re
from contextlib import suppress
from enum import StrEnum
from typing import Annotated, TypeAlias, TypeVar
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from pydantic import BeforeValidator, PlainValidator, WithJsonSchema

from noroshi.records.refusal import a_word, nearest, refusal, shown

_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\Z")

# https://learn.microsoft.com/windows/win32/fileio/naming-a-file: names that no Windows checkout can hold.
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}

MAX_NAME = 100
"""The longest id, in characters: it becomes a folder's name and a part of addresses."""


def check_name(name: str) -> tuple[str, str] | None:
    """Why ``name`` cannot be an id, as (what was found, what to do), or None where it can."""
    if not name:
        return "the id is empty", "name it, for example 2026-06-18-staging-down"
    if len(name) > MAX_NAME:
        return f"the id has {len(name)} characters", f"shorten it to {MAX_NAME}"
    if not _NAME.match(name):
        return (
            f"the id {shown(name)} has other characters, or a '-' at an end",
            "write a space after ':'" if ":" in name else "write it in a-z, 0-9 and '-'",
        )
    if name.lower() in _DEVICES:
        return (
            f"the id {shown(name)} is a device's name on Windows",
            "choose another, for example with the date before it",
        )
    return None


NAME_ALLOWED = "ids are ASCII letters, digits and '-' between them"


def _name(value: object) -> str:
    name = a_word(value, NAME_ALLOWED)
    reason = check_name(name)
    if reason is not None:
        raise refusal("id", found=reason[0], allowed=NAME_ALLOWED, advice=reason[1])
    return name


Name: TypeAlias = Annotated[
    str,
    PlainValidator(_name),
    WithJsonSchema({"type": "string", "pattern": "^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$"}),
]
"""An id: ASCII letters, digits and ``-``."""


def _word(value: object) -> str:
    word = " ".join(a_word(value, "a word or a few").split())
    if not word:
        raise refusal(
            "empty-value", found="nothing stands here", allowed="a word or a few", advice="write it, or delete the key"
        )
    return word


Word: TypeAlias = Annotated[str, PlainValidator(_word), WithJsonSchema({"type": "string", "minLength": 1})]
"""A word or a few in no particular language: a role, a group, a path."""

_ADDRESS = re.compile(
    r"https?://[^\s<>\"'`{}|\\^/?#@:]+(:[0-9]{1,5})?(/[^\s<>\"'`{}|\\^]*)?([?#][^\s<>\"'`{}|\\^]*)?\Z"
)


_WEB = "an address that begins with https:// or http://"


def _web_address(value: object, allowed: str = _WEB) -> str:
    address = a_word(value, allowed)
    if not _ADDRESS.match(address):
        raise refusal(
            "address",
            found=f"{shown(address)} is no {'web ' if allowed == _WEB else ''}address",
            allowed=allowed,
            advice="write it whole, for example https://status.example.com/",
        )
    return address


def parse_web_address(value: object) -> str:
    """An http or https address.

    :raises PydanticCustomError: it is none
    """
    return _web_address(value)


WebAddress: TypeAlias = Annotated[
    str, PlainValidator(parse_web_address), WithJsonSchema({"type": "string", "format": "uri"})
]
"""An http or https address."""


def parse_site_address(value: object) -> str:
    """The address of a folder on a host, as a URI (RFC 3986): everything published is named below it.

    :raises PydanticCustomError: it is none
    """
    allowed = "the address of a folder, such as https://status.example.com/ or https://example.com/status/"
    address = _web_address(value, allowed)
    parts = urlsplit(address)
    if parts.query or parts.fragment or address[-1] in "?#":
        found, advice = f"{shown(address)} has a query or a fragment", "write it without '?' and '#'"
    elif not _port_is_known(parts):
        found, advice = f"the port of {shown(address)} does not exist", "ports are 1 to 65535"
    elif not address.isascii():
        found, advice = f"{shown(address)} holds letters that addresses do not", f"write {ascii_address(address)}"
    else:
        return address
    raise refusal("address", found=found, allowed=allowed, advice=advice)


def _port_is_known(parts: SplitResult) -> bool:
    try:
        return parts.port != 0
    except ValueError:
        return False


def ascii_address(address: str) -> str:
    """An address as a URI: its host as the domain name system spells it, its path percent-encoded (RFC 3987, 3.1)."""
    parts = urlsplit(address)
    with suppress(UnicodeError):
        parts = parts._replace(netloc=parts.netloc.encode("idna").decode())
    return urlunsplit(parts._replace(path=quote(parts.path, safe="/%")))


SiteAddress: TypeAlias = Annotated[
    str, PlainValidator(parse_site_address), WithJsonSchema({"type": "string", "format": "uri"})
]
"""The http or https address of a folder."""


_MAIL = re.compile(r"mailto:[^\s<>\"'@\\]+@[^\s<>\"'@\\]+")


def _contact(value: object) -> str:
    allowed = "an address that begins with https://, http:// or mailto:"
    address = a_word(value, allowed)
    return address if _MAIL.fullmatch(address) else _web_address(address, allowed)


def _security_contact(value: object) -> str:
    # RFC 9116, section 2.5.3: web addresses must begin with https://, and all are URIs.
    allowed = "an address that begins with https:// or mailto:, in ASCII"
    address = _contact(value)
    if address.startswith("http:") or not address.isascii():
        raise refusal(
            "address",
            found=f"{shown(address)} cannot stand in security.txt",
            allowed=allowed,
            advice="write one of these",
        )
    return address


SecurityContact: TypeAlias = Annotated[
    str, PlainValidator(_security_contact), WithJsonSchema({"type": "string", "format": "uri"})
]
"""An https or mailto address."""


Contact: TypeAlias = Annotated[str, PlainValidator(_contact), WithJsonSchema({"type": "string", "format": "uri"})]
"""An http, https or mailto address."""


_Choice = TypeVar("_Choice", bound=StrEnum)


def choice(kind: type[_Choice]) -> BeforeValidator:
    """A validator that takes one of an enumeration's words and names them all otherwise."""
    words = [member.value for member in kind]
    allowed = "allowed: " + ", ".join(words)

    def read(value: object) -> object:
        if (isinstance(value, str) and value in words) or isinstance(value, kind):
            return value
        word = a_word(value, allowed)
        found, advice = f"{shown(word)} is not among the choices", nearest(word, words) or "choose one of them"
        if not word:
            found = "nothing stands here"
        elif word.strip() in words:
            found, advice = f"{shown(word.strip())} has a full-width space ('␣') beside it", "delete the space"
        raise refusal("choice", found=found, allowed=allowed, advice=advice)

    return BeforeValidator(read)


def _yes(value: object) -> bool:
    word = a_word(value, "true or false")
    if word not in ("true", "false"):
        raise refusal(
            "choice",
            found=f"{shown(word)} is neither true nor false",
            allowed="allowed: true, false",
            advice="write true, or delete the key",
        )
    return word == "true"


Flag: TypeAlias = Annotated[bool, PlainValidator(_yes), WithJsonSchema({"type": "boolean"})]


def _number(value: object) -> int:
    word = a_word(value, "a whole number from 1")
    if not re.fullmatch(r"[1-9][0-9]{0,5}", word):
        raise refusal(
            "number",
            found=f"{shown(word)} is no whole number from 1",
            allowed="whole numbers from 1",
            advice="write it in half-width digits",
        )
    return int(word)


Number: TypeAlias = Annotated[int, PlainValidator(_number), WithJsonSchema({"type": "integer", "minimum": 1})]
