"""Calendar programs of others, each with a home of its own: what they make of a calendar that is served."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from outside_programs import debian_program, python_client, run_node

_VDIRSYNCER = """\
[general]
status_path = "{home}/status/"

[pair site]
a = "served"
b = "kept"
collections = null

[storage served]
type = "http"
url = "{url}"

[storage kept]
type = "filesystem"
path = "{home}/kept/"
fileext = ".ics"
"""

_KHAL = """\
[calendars]
[[site]]
path = {home}/kept/
readonly = True
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
default_timezone = Asia/Tokyo
local_timezone = Asia/Tokyo
[sqlite]
path = {home}/khal.db
"""

_READ = """
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import ical from "node-ical";
const [url] = process.argv.slice(2);
const parsed = await ical.async.fromURL(url);
const nodeical = Object.values(parsed).filter((each) => each.type === "VEVENT").map((each) => ({
    uid: each.uid, start: each.start.toISOString(), end: each.end.toISOString(), whole: each.datetype === "date",
    summary: each.summary, description: each.description, status: each.status, sequence: Number(each.sequence),
}));
const calendar = new ICAL.Component(ICAL.parse(await (await fetch(url)).text()));
const events = calendar.getAllSubcomponents("vevent").map((each) => new ICAL.Event(each));
const icaljs = events.map((each) => ({
    uid: each.uid, start: each.startDate.toJSDate().toISOString(), end: each.endDate.toJSDate().toISOString(),
    whole: each.startDate.isDate, summary: each.summary, description: each.description,
    status: each.component.getFirstPropertyValue("status"), sequence: each.sequence,
}));
const name = calendar.getFirstPropertyValue("name");
const refresh = calendar.getFirstPropertyValue("refresh-interval")?.toString();
console.log(JSON.stringify({ nodeical, icaljs, name, refresh }));
"""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """An event as a person sees it in their program, times of Tokyo."""

    start: str
    end: str
    title: str
    status: str = ""


@dataclass(frozen=True, kw_only=True)
class Desktop:
    """A person's computer with vdirsyncer, khal and calcurse."""

    home: Path

    def sync(self, url: str) -> str:
        """Let vdirsyncer fetch the calendar, and return what it says it did."""
        program = python_client("vdirsyncer")
        (self.home / "kept").mkdir(parents=True, exist_ok=True)
        config = self.home / "vdirsyncer.conf"
        config.write_text(_VDIRSYNCER.format(home=self.home, url=url), encoding="utf-8")
        if not (self.home / "status").exists():
            self._run(program, "-c", config, "discover")
        return self._run(program, "-c", config, "sync")

    @property
    def kept(self) -> int:
        """How many events vdirsyncer keeps, each in a file."""
        return len(list((self.home / "kept").iterdir()))

    def listed(self) -> list[Seen]:
        """All events of the five years from 2025 on, as khal lists them."""
        program = python_client("khal")
        config = self.home / "khal.conf"
        config.write_text(_KHAL.format(home=self.home), encoding="utf-8")
        form = ("--format", "{start}\t{end}\t{cancelled}\t{title}\f", "--day-format", "")
        said = self._run(program, "-c", config, "list", "--once", *form, "2025-01-01", "1800d")
        rows = [each.strip("\n").split("\t", 3) for each in said.split("\f") if each.strip()]
        return [Seen(start=start, end=end, status=status.strip(), title=title) for start, end, status, title in rows]

    def imported(self, file: Path) -> tuple[int, list[Seen]]:
        """How many events calcurse takes from a file into an empty calendar, and what it shows with a time of day."""
        program, data = debian_program("calcurse", "calcurse"), self.home / "calcurse"
        said = self._run(program, "-D", data, "-i", file)
        counts = re.search(r"(\d+) apps? / (\d+) events? / 0 todos / 0 skipped", said)
        assert counts is not None, said
        times = data / "apts"
        # calcurse keeps an appointment a line: 06/18/2026 @ 21:00 -> 06/18/2026 @ 23:20>note|title
        stored = re.findall(
            r"^(\S+) @ (\S+) -> (\S+) @ (\S+?)(?:>\w+)? ?[|!](.*)$", times.read_text("utf-8"), re.MULTILINE
        )
        found = [
            Seen(start=f"{_day(day)} {clock}", end=f"{_day(last)} {until}", title=title)
            for day, clock, last, until, title in stored
        ]
        return int(counts[1]) + int(counts[2]), found

    def _run(self, program: str, *arguments: object) -> str:
        env = {
            "HOME": str(self.home), "XDG_CONFIG_HOME": str(self.home / "config"), "TZ": "Asia/Tokyo",
            "XDG_DATA_HOME": str(self.home / "data"), "XDG_CACHE_HOME": str(self.home / "cache"), "LC_ALL": "C.UTF-8",
            "PATH": "/usr/bin:/bin",
        }  # fmt: skip
        self.home.mkdir(parents=True, exist_ok=True)
        command = [program, *map(str, arguments)]
        done = subprocess.run(command, env=env, capture_output=True, encoding="utf-8", timeout=60, check=False)
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        assert "Traceback" not in done.stderr
        return done.stdout + done.stderr


@dataclass(frozen=True, kw_only=True)
class Scripts:
    """What the libraries of JavaScript read."""

    nodeical: list[dict[str, object]]
    icaljs: list[dict[str, object]]
    name: str
    refresh: str

    def readers(self) -> Iterator[tuple[str, list[dict[str, object]]]]:
        """Each library with its events."""
        yield "node-ical", self.nodeical
        yield "ical.js", self.icaljs


def read_by_scripts(url: str) -> Scripts:
    """What node-ical and ical.js read at an address; whole days begin at midnight in Tokyo."""
    return Scripts(**json.loads(run_node('process.env.TZ = "Asia/Tokyo";\n' + _READ, url)))


def _day(american: str) -> str:
    month, day, year = american.split("/")
    return f"{year}-{month}-{day}"
