"""What surrounds a run: the clock, the environment, the processors. Asked by the doors only, and passed inward."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

from noroshi.problems import StatedError
from noroshi.records.times import LAST_YEAR


def time_now(now: datetime | None, as_of: datetime | None) -> datetime:
    """What time it is for this run: ``--as-of``, ``--now``, SOURCE_DATE_EPOCH, or the clock, in this order.

    https://reproducible-builds.org/specs/source-date-epoch/
    """
    if as_of is not None:
        return as_of
    if now is not None:
        return now
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        try:
            if not (epoch.isascii() and epoch.isdigit()):
                raise ValueError
            told = datetime.fromtimestamp(int(epoch), UTC)
        except (ValueError, OverflowError, OSError):
            raise StatedError(f"SOURCE_DATE_EPOCH is {epoch!r}; it must be whole seconds since 1970") from None
        if told.year > LAST_YEAR:
            raise StatedError(f"SOURCE_DATE_EPOCH is {epoch!r}, in the year {told.year}; years go up to {LAST_YEAR}")
        return told
    return datetime.now(UTC).replace(microsecond=0)


def passing_seconds() -> float:
    """Seconds since some moment, by which a wait is measured: setting the clock does not change them."""
    return monotonic()


def cache_folder(cache: Path | None, root: Path) -> Path:
    """Where this site's cache lies: as told, else a folder for each site below the user's (XDG Base Directory)."""
    if cache is not None:
        return cache
    told = os.environ.get("XDG_CACHE_HOME", "")
    try:
        base = Path(told) if Path(told).is_absolute() else Path("~/.cache").expanduser()
    except RuntimeError:  # a container's user often has neither HOME nor an entry in the user database
        raise StatedError(
            "you have no home folder to keep the cache in; name a folder with --cache, or set XDG_CACHE_HOME"
        ) from None
    name = blake2b(str(root.resolve()).encode(), digest_size=8).hexdigest()
    return base / "noroshi" / name


def job_count(jobs: int | None) -> int:
    """How many processes may work."""
    if jobs is not None:
        return jobs
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def proxy_for(address: str) -> str | None:
    """The proxy that HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY name for an address; None for none."""
    from urllib.request import getproxies, proxy_bypass  # few commands ask, and it loads much

    told, proxies = urlsplit(address), getproxies()
    proxy = proxies.get(told.scheme) or proxies.get("all")
    if not proxy or proxy_bypass(told.netloc.rpartition("@")[2]):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


def surroundings() -> Mapping[str, str]:
    """The variables of this run, for a program that it runs: git finds its settings and keys by them."""
    return dict(os.environ)
