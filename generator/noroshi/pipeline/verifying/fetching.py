"""Reading what is published, as anybody can: over HTTP or from a folder. One path, one answer, or why there is none."""

from __future__ import annotations

import http.client
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeAlias
from urllib.parse import unquote, urljoin, urlsplit
from urllib.request import url2pathname

import urllib3
from urllib3 import exceptions as failures
from urllib3.exceptions import HTTPError
from urllib3.util import Retry, Timeout, make_headers, parse_url

from noroshi import __version__
from noroshi.problems import CannotVerify, in_one_line

ProxyFor: TypeAlias = Callable[[str], str | None]
"""The proxy through which an address is asked for; None for none."""

_TIMEOUT = Timeout(connect=10, read=30)
"""Seconds: until a host answers, and between two parts of its answer."""
_RETRY = Retry(
    total=2, redirect=0, status_forcelist=(502, 503, 504), backoff_factor=0.2, respect_retry_after_header=False,
    raise_on_status=False,
)  # fmt: skip
"""What passes by itself is asked for again at once, twice. Nobody waits as long as a host would like."""
_REDIRECTS = 5
_MOVED = frozenset({301, 302, 303, 307, 308})
_PART = 1 << 16
_LENGTH = re.compile(r"[0-9]{1,18}", re.ASCII)
_LOGIN = re.compile(r"//[^/?#]*@")


class NotThere(CannotVerify):
    """Nothing is published at this path."""


class Source(Protocol):
    """Something published, that answers for paths below it."""

    @property
    def name(self) -> str:
        """What messages call it."""

    def read(self, path: str, limit: int) -> bytes:
        """What is published at a path.

        :param path: below the source, with ``/``
        :param limit: how many bytes it may have
        :raises NotThere: nothing
        :raises CannotVerify: it cannot be reached, does not arrive whole, or is larger
        """


def open_source(address: str, proxy_for: ProxyFor) -> Source:
    """What is published at an address: ``https:``, ``http:``, ``file:``, or a folder on this machine.

    Nothing is asked of it yet.

    :raises CannotVerify: it is none of these
    """
    try:
        scheme = urlsplit(address).scheme.lower()
    except ValueError:
        raise CannotVerify(f"{_masked(address)} is no address of a site") from None
    if scheme in ("http", "https"):
        return _Web(address, proxy_for)
    if scheme == "file":
        return _Folder(Path(url2pathname(unquote(urlsplit(address).path))))
    if "://" in address:
        raise CannotVerify(f"{_masked(address)}: only http, https, file and folders can be read")
    return _Folder(Path(address))


class _Folder:
    """A folder on this machine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def name(self) -> str:
        return in_one_line(str(self._folder))

    def read(self, path: str, limit: int) -> bytes:
        place = self._folder / path
        if not self._folder.is_dir():
            raise CannotVerify(f"{self.name}: there is no such folder")
        try:
            with place.open("rb") as file:
                data = file.read(limit + 1)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            raise NotThere(f"{in_one_line(str(place))} is not there") from None
        except OSError as error:
            raise CannotVerify(
                f"{in_one_line(str(place))}: {error.strerror or os.strerror(error.errno or 0)}"
            ) from None
        if len(data) > limit:
            raise _too_large(in_one_line(str(place)), limit)
        return data


class _Web:
    """A site. Connections are kept, cookies are not."""

    def __init__(self, address: str, proxy_for: ProxyFor) -> None:
        """
        :raises CannotVerify: it is no address
        """
        try:
            told = parse_url(address)
        except HTTPError:
            told = None
        if told is None or not told.host:
            raise CannotVerify(f"{_masked(address)} is no address of a site")
        # A name and password in it go to this host alone, and into no message.
        self._login = make_headers(basic_auth=unquote(told.auth)) if told.auth else {}
        self._base = told._replace(auth=None, query=None, fragment=None).url.rstrip("/") + "/"
        self._proxy_for = proxy_for
        self._pools: dict[str | None, urllib3.PoolManager] = {}

    @property
    def name(self) -> str:
        return in_one_line(self._base)

    def read(self, path: str, limit: int) -> bytes:
        address = urljoin(self._base, path)
        for _ in range(_REDIRECTS + 1):
            answer = self._ask(address)
            if answer.status == 200:
                _check_length(answer, address, limit)
                return _body(answer, address, limit)
            answer.close()
            if answer.status not in _MOVED or "Location" not in answer.headers:
                raise _refused(answer, address)
            address = _moved(address, answer.headers["Location"])
        raise CannotVerify(f"{in_one_line(urljoin(self._base, path))} leads from one address to the next without end")

    def _ask(self, address: str) -> urllib3.BaseHTTPResponse:
        headers = {"User-Agent": f"noroshi/{__version__}", "Cache-Control": "no-cache", "Accept-Encoding": "gzip"}
        if urlsplit(address)[:2] == urlsplit(self._base)[:2]:
            headers |= self._login
        try:
            return self._pool(self._proxy_for(address)).request(
                "GET", address, headers=headers, timeout=_TIMEOUT, retries=_RETRY, redirect=False, preload_content=False
            )
        except HTTPError as error:
            raise CannotVerify(f"{in_one_line(address)} cannot be reached: {_reason(error)}") from None

    def _pool(self, proxy: str | None) -> urllib3.PoolManager:
        if proxy not in self._pools:
            try:
                self._pools[proxy] = urllib3.PoolManager() if proxy is None else urllib3.ProxyManager(proxy)
            except HTTPError:
                raise CannotVerify("the proxy that your environment names has no http or https address") from None
        return self._pools[proxy]


def _body(answer: urllib3.BaseHTTPResponse, address: str, limit: int) -> bytes:
    """The bytes of an answer, unpacked. Read to its end, its connection serves the next question."""
    data = bytearray()
    try:
        for part in answer.stream(_PART, decode_content=True):
            data += part
            if len(data) > limit:
                answer.close()
                raise _too_large(in_one_line(address), limit)
    except HTTPError as error:
        raise CannotVerify(f"{in_one_line(address)} did not arrive whole: {_reason(error)}") from None
    return bytes(data)


def _refused(answer: urllib3.BaseHTTPResponse, address: str) -> CannotVerify:
    shown = in_one_line(address)
    if answer.status in (404, 410):
        return NotThere(f"{shown} is not there ({answer.status})")
    return CannotVerify(f"{shown}: the host answers with {answer.status} {in_one_line(answer.reason or '')}".rstrip())


def _moved(address: str, location: str) -> str:
    """Where an address leads on to: with the same scheme, or a safer one."""
    try:
        parts = urlsplit(urljoin(address, location))
        # No host's word decides with which name another one is asked.
        target = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        before, after = urlsplit(address).scheme, parts.scheme
    except ValueError:
        raise CannotVerify(f"{in_one_line(address)} leads to {_masked(location)}, which is no address") from None
    if after not in {before, "https"}:
        raise CannotVerify(
            f"{in_one_line(address)} leads to {in_one_line(target)}, which is not read: from {before} only {before}"
            f"{' and https' if before == 'http' else ''} may follow"
        )
    return target


def _reason(error: HTTPError) -> str:
    """Why, in few words: the innermost reason that urllib3 tells."""
    reason: object = error
    while isinstance(reason, failures.MaxRetryError) and reason.reason is not None:
        reason = reason.reason
    match reason:
        case failures.NameResolutionError():
            return "no such host"
        case failures.NewConnectionError():  # which is a ConnectTimeoutError, too
            return in_one_line(str(reason).rpartition("] ")[2])
        case failures.ConnectTimeoutError() | failures.ReadTimeoutError():
            return "it does not answer in time"
        case failures.SSLError():
            return f"its certificate or its encryption is refused: {in_one_line(str(reason))}"
        case failures.DecodeError():
            return "it says that it is packed, and cannot be unpacked"
        case failures.IncompleteRead() | failures.ResponseNotChunked() | failures.InvalidChunkLength():
            return _CUT_OFF
        case failures.ProxyError():
            return "the proxy that your environment names does not answer for it"
        case failures.LocationValueError():
            return "this is no address of a host"
        case failures.ProtocolError():
            return _protocol_reason(reason)
    return in_one_line(str(reason))


_CUT_OFF = "the connection ended before all of it was there"


def _protocol_reason(error: failures.ProtocolError) -> str:
    """What of HTTP went wrong: urllib3 tells it by the error of Python that it wraps."""
    wrapped = next((each for each in error.args[1:] if isinstance(each, Exception)), error.__cause__)
    match wrapped:
        case http.client.IncompleteRead() | failures.IncompleteRead():
            return _CUT_OFF
        case ConnectionError():  # among them that of http.client for a host that says nothing at all
            return "the host ended the connection"
        case TimeoutError():
            return "it does not answer in time"
        case OSError():
            return in_one_line(wrapped.strerror or "the connection broke")
    return "what it answers is no HTTP"


def _check_length(answer: urllib3.BaseHTTPResponse, address: str, limit: int) -> None:
    """An answer that says how long it is says a length, and one that is expected there."""
    for told in answer.headers.getlist("Content-Length"):
        if not _LENGTH.fullmatch(told.strip()):
            answer.close()
            raise CannotVerify(f"{in_one_line(address)}: the host says a length that is none")
        if int(told) > limit:
            answer.close()
            raise _too_large(in_one_line(address), limit)


def _masked(address: str) -> str:
    """An address as messages may show it, with no name and password in it."""
    return in_one_line(_LOGIN.sub("//…@", address))


def _too_large(shown: str, limit: int) -> CannotVerify:
    return CannotVerify(f"{shown} has more than {limit:,} bytes, which is more than what is expected there can have")
