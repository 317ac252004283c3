"""Who gets to read what: the public site holds nothing that is not for everybody, a client's nothing of another's."""

from __future__ import annotations

import base64
import dataclasses
import gzip
import html
import json
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args
from urllib.parse import unquote

import pytest
from pydantic import BaseModel

from canary_site import INTERNAL, NOW, PUBLIC, A, B, CanarySite
from command_line import Ran, noroshi
from noroshi.pipeline.reading.content import find_records, open_site
from noroshi.pipeline.reading.record import Moments, read_record
from noroshi.pipeline.reading.settings import read_settings
from noroshi.pipeline.reading.together import put_together
from noroshi.records.content import RECORD_TYPES
from noroshi.records.settings import LISTS
from noroshi.records.site import Site
from noroshi.snapshot.audience import find_audience, visible_entry, visible_settings, visible_state
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.state import State
from noroshi.theme.markup import mark_edition
from noroshi.theme.request import ThemeError
from real_program import assert_same, environment, tree

AUDIENCES = (PUBLIC, A, B, INTERNAL)


def build(site: Path, audience: str, *more: object) -> Ran:
    """Build a site for an audience."""
    return noroshi("build", "--site", site, "--audience", audience, "--now", NOW, *more)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a canary site that was built for every audience, each into the folder it takes by itself."""
    root = CanarySite().write(tmp_path_factory.mktemp("canary") / "status")
    for audience in AUDIENCES:
        ran = build(root, audience, "--cache", root.parent / "cache")
        assert ran.code == 0, ran
    return root


def out(root: Path, audience: str) -> Path:
    """Where the site for an audience is published."""
    return root / ("site" if audience == PUBLIC else f"site-{audience}")


def forms(data: bytes) -> Iterator[str]:
    """What a reader could make of a file: its text, and what is escaped, encoded or packed in it."""
    if data.startswith(b"\x1f\x8b"):
        data = gzip.decompress(data)
    text = data.decode("utf-8", "replace")
    yield text
    yield re.sub(r"<[^>]*>|\u00ad|\u200b", "", text)
    yield unquote(html.unescape(text))
    yield re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
    for packed in re.findall(r"[A-Za-z0-9+/_-]{16,}={0,2}", text):
        for start in range(4):
            piece = packed[start:].replace("-", "+").replace("_", "/")
            piece = piece[: len(piece) // 4 * 4]
            yield base64.b64decode(piece, validate=False).decode("utf-8", "replace") if piece else ""


@cache
def everything(folder: Path) -> dict[str, str]:
    """All that can be read in a folder, by file; names of files and folders included."""
    found = {}
    for place in sorted(folder.rglob("*")):
        name = place.relative_to(folder).as_posix()
        data = place.read_bytes() if place.is_file() else b""
        found[name] = "\n".join([name, *forms(data)]).lower()
    return found


def holds(folder: Path, token: str) -> list[str]:
    """The files of a folder in which a word stands."""
    return [name for name, text in everything(folder).items() if token.lower() in text]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_nobody_reads_what_is_for_others(built: Path, audience: str) -> None:
    """No file of an audience's site, in no form, holds a word that is for others; nor does what is kept beside it."""
    hidden = list(CanarySite().words.hidden_from(audience))
    assert (hidden == []) == (audience == INTERNAL)
    for place in (out(built, audience), built / f".{out(built, audience).name}.noroshi"):
        assert len(everything(place)) > 20
        for canary in hidden:
            assert holds(place, canary.token) == [], canary.field


@pytest.mark.parametrize("word", AUDIENCES)
def test_writers_are_given_nothing_to_tell(built: Path, word: str) -> None:
    """What writers get of the settings, records and states for an audience holds no word that is for others, whether
    or not one of them would print it."""
    folder = open_site(built)
    read = read_settings(folder).settings
    audience, terms = find_audience(word, read.clients), Terms(read)
    moments = Moments(now=datetime.fromisoformat(NOW))
    given: list[object] = [visible_settings(read, audience)]
    readings = [(source, *read_record(source, read, terms, moments)) for source in find_records(folder)[0]]
    alone = [reading.state for _, reading, _ in readings if reading.state is not None]
    given += [visible_state(each, audience) for each in put_together(alone, read, terms, moments.now).states]
    given += [visible_entry(entry, audience) for _, _, entry in readings if entry is not None]
    told = [repr(each) for each in given if each is not None]
    words = CanarySite().words
    for canary in words.hidden_from(word):
        assert not any(canary.token in each for each in told), canary.field
    for field in ("Commitment.title", "Agreement.note", "Client.manager"):
        for canary in words.owed_to(word):
            assert canary.field != field or any(canary.token in each for each in told), canary
    places = [promise.place for each in given if isinstance(each, State) for promise in each.promises]
    assert any(places) == (word == INTERNAL)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_everybody_reads_what_is_for_them(built: Path, audience: str) -> None:
    """The public site tells all that is public, a client's what is theirs too, and the internal one everything."""
    owed = list(CanarySite().words.owed_to(audience))
    missing = [f"{canary.field} {canary.token}" for canary in owed if not holds(out(built, audience), canary.token)]
    assert missing == []


@pytest.mark.parametrize("audience", AUDIENCES)
def test_readers_search_what_is_for_them_alone(built: Path, audience: str) -> None:
    """The texts that a site's own search looks through hold what its readers may see, and nothing of others."""
    words = CanarySite().words
    texts = {language: out(built, audience) / language / "search" / "texts" for language in (".", "en")}
    for folder in texts.values():
        assert len(everything(folder)) > 1
        assert [canary.field for canary in words.hidden_from(audience) if holds(folder, canary.token)] == []
    theirs = [canary for canary in words.owed_to(audience) if canary.field in ("Commitment.title", "Agreement.note")]
    assert theirs
    for canary in theirs:
        assert any(holds(folder, canary.token) for folder in texts.values()), canary


def test_the_search_would_find_a_word(tmp_path: Path) -> None:
    """A word is found as it is, with entities, percent signs, \\u escapes or tags in it, in Base64 and in gzip."""
    word = "qzworda1forazq"
    spelled = {
        "plain": word.encode(),
        "entity": b"<p>" + "".join(f"&#{ord(letter)};" for letter in word).encode(),
        "percent": "".join(f"%{ord(letter):02x}" for letter in word).encode(),
        "json": json.dumps({"x": "".join(word)}).replace("q", "\\u0071").encode(),
        "tags": b"qzword<b>a1forazq</b>",
        "base64": base64.b64encode(b"xx" + word.encode() + b"yyy"),
        "gzip": gzip.compress(word.encode()),
    }
    for name, data in spelled.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / word.upper()).write_bytes(b"")
    assert holds(tmp_path, word) == sorted([*spelled, word.upper()])


# Fields that hold no words of people's own: times, numbers, choices, and other records.
WORDLESS = {
    "*": {"at", "answer_by", "window", "edited", "withdrawn", "corrects", "components", "kind", "next_report"},
    "Agreement": {"client"},
    "Action": {"type", "due", "check_effect_by"},
    "Calendar": {"client", "needs", "keep_clear"},
    "Cause": {"status", "answer_by"},
    "Client": {"components", "policy"},
    "ClientPolicy": {"from_", "critical", "minor", "none", "maintenance"},
    "Commitment": {"client", "from_", "needs", "keep_clear", "visibility", "reports"},
    "Component": {"depends_on"},
    "Detection": {"by"},
    "Identity": {"since"},
    "Imported": {"resolved_at"},
    "Incident": {"severity", "caused_by", "started_at", "detected", "reports", "imported"},
    "IncidentReport": {"severity", "recovery", "recovered_at", "caused_by"},
    "KeepClear": {"before", "after"},
    "Maintenance": {"agreements", "emergency", "reports", "imported"},
    "MaintenanceReport": {"cancelled", "expected", "result"},
    "CommitmentReport": {"expected", "ended_at", "outcome"},
    "MaintenanceTimes": {"notice", "every", "completion"},
    "Policy": {"from_", "critical", "major", "minor", "none", "maintenance"},
    "Progress": {"done", "effect_checked", "due"},
    "PromiseTimes": {"first", "every", "completion", "cause"},
    "QuietHours": {"from_", "until", "severities"},
    "Report": {"started_at", "ended_at", "cause", "actions"},
    "Repository": {"show_history", "forge"},
    "Risk": {"when"},
    "Site": {
        "format",
        "id",
        "timezone",
        "languages",
        "holidays",
        "quiet_hours",
        "contacts",
        "repository",
        "calendars",
        "websub_hub",
        "look",
    },
    "Look": {"logo", "accent"},
    "Trigger": {"maintenance_overrun", "report_overdue", "recovery_missed", "open_longer_than"}
    | {"detected_by_client", "commitment_threatened"},
    "Window": {"from_", "until"},
}


def models(kind: Any, seen: dict[str, type[BaseModel]]) -> None:
    """Every model that a type leads to, by name."""
    if isinstance(kind, type) and issubclass(kind, BaseModel) and kind.__name__ not in seen:
        seen[kind.__name__] = kind
        for each in kind.model_fields.values():
            models(each.annotation, seen)
    for part in get_args(kind):
        models(part, seen)


def test_every_field_has_its_word() -> None:
    """A field that is added to the records needs a word here, or to be known as one that holds none."""
    found: dict[str, type[BaseModel]] = {}
    for kind in (Site, *LISTS.values(), *RECORD_TYPES.values()):
        models(kind, found)
    marked = {canary.field for canary in CanarySite().words.by_token.values()}
    undecided = []
    for name, model in found.items():
        for field in model.model_fields:
            shared = "Report" if name.endswith("Report") else name
            wordless = field in WORDLESS["*"] | WORDLESS.get(name, set()) | WORDLESS.get(shared, set())
            in_site = f"{name}.{field}" in marked or f"{shared}.{field}" in marked
            if not (wordless or in_site):
                undecided.append(f"{name}.{field}")
    assert undecided == []  # say in canary_site.py for whom it is, or in WORDLESS that nobody can write words there


# What visible_state leaves to everybody, and what it takes out for those whom it does not concern.
SEEN_BY_ALL = """
    id kind title phase severity began_at started_at recovered_at ended_at window moved_from estimates
    components impacts reports updated_at caused_by detected_by result outcome imported settled lacking actions
    emergency clear visibility detected_at outlooks slots settlement
    from_calendar gist mended
"""
TAKEN_OUT = {"path", "promises", "consents", "client", "meets"}


def test_every_fact_of_a_state_is_known() -> None:
    """A fact that is added to states or promises has to be decided upon: is it for everybody?"""
    assert {each.name for each in dataclasses.fields(State)} == {*SEEN_BY_ALL.split(), *TAKEN_OUT}
    public = "kind matter due policy about made_at moved_from moved_to met_at met_by closed named_by"
    assert set(Promise._fields) == {*public.split(), "place", "to"}


def secrets(data: Any, field: str) -> None:
    """Say something else in every field of this name, wherever it stands."""
    if isinstance(data, list):
        for each in data:
            secrets(each, field)
    elif isinstance(data, dict):
        if field in data:
            data[field] = "another"
        for each in data.values():
            secrets(each, field)


def rename_client(site: CanarySite) -> None:
    site.files["clients.yaml"][0]["name"] = "Another"


def change_manager(site: CanarySite) -> None:
    site.files["clients.yaml"][0]["manager"] = "sales"


def change_terms(site: CanarySite) -> None:
    site.files["clients.yaml"][0]["policy"] = {"major": {"first": "1m", "every": "3m", "cause": "1bd"}}


def add_client(site: CanarySite) -> None:
    site.files["clients.yaml"].append({"id": "c-sha", "name": "C", "policy": {"major": {"first": "2m"}}})


def drop_risks(site: CanarySite) -> None:
    del site.files["risks.yaml"]


def change_agreement(site: CanarySite) -> None:
    for data in site.files.values():
        if "agreements" in data:
            data["agreements"][0] |= {"by": "another", "note": "another", "at": "2026-06-04T10:00+09:00"}


def change_decider(site: CanarySite) -> None:
    secrets(list(site.files.values()), "approved_by")


def change_source(site: CanarySite) -> None:
    secrets(list(site.files.values()), "source")


def change_commitment(site: CanarySite) -> None:
    for data in site.files.values():
        if "visibility" in data and data["visibility"] != "public":
            data |= {"title": "another", "reports": data["reports"][:1]}


def drop_hidden_commitments(site: CanarySite) -> None:
    site.files = {name: data for name, data in site.files.items() if "hidden-" not in name}


def hand_over(site: CanarySite) -> None:
    """A commitment that everybody may read of is another client's, who agreed to the work that meets it."""
    for name, data in site.files.items():
        if "visibility" in data and data["visibility"] == "public":
            data["client"] = B
        if "/later-" in name:
            data["agreements"][0]["client"] = B


def move_files(site: CanarySite) -> None:
    site.files = {re.sub(r"/qz\w+/", "/elsewhere/", name): data for name, data in site.files.items()}


def drop_calendar(site: CanarySite) -> None:
    del site.files["site.yaml"]["calendars"]


def change_repository(site: CanarySite) -> None:
    site.files["site.yaml"]["repository"]["url"] = "https://git.example.com/elsewhere"


@pytest.mark.slow
@pytest.mark.parametrize(
    "change",
    [
        rename_client,
        change_manager,
        change_terms,
        add_client,
        drop_risks,
        change_agreement,
        change_decider,
        change_source,
        change_commitment,
        drop_hidden_commitments,
        hand_over,
        move_files,
        drop_calendar,
        change_repository,
    ],
)
def test_what_is_not_public_changes_no_public_byte(built: Path, tmp_path: Path, change: Any) -> None:
    """Whatever is told to clients or to the house alone, the public site is the same to the last byte."""
    site = CanarySite()
    change(site)
    assert site.files != CanarySite().files
    root = site.write(tmp_path / "status")
    assert build(root, PUBLIC, "--cache", built.parent / "cache").code == 0
    assert_same(tree(root / "site"), tree(built / "site"))


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_page_says_for_whom_it_is(built: Path, audience: str) -> None:
    """Each page of a site that is not for everybody has a banner and a title that say so, and asks not to be listed;
    a public page has none of it."""
    pages = sorted(out(built, audience).rglob("*.html"))
    assert len(pages) > 20
    for page in pages:
        text = page.read_text("utf-8")
        title = re.findall(r"<title[^>]*>([^<]*)", text)[0]
        marks = (
            '<aside class="nr-edition"' in text,
            '<meta name="robots" content="noindex, nofollow">' in text,
            title.startswith(("【", "[")),
        )
        assert set(marks) == {audience != PUBLIC}, page
        if audience != PUBLIC:
            assert text.index("nr-edition") < text.index("<header")


def test_feeds_of_an_edition_are_its_own(built: Path) -> None:
    """A feed of an edition has a name and a title of its own; what it says of a report keeps the report's name."""

    def told(audience: str) -> tuple[str, str, set[str]]:
        text = (out(built, audience) / "feeds/reports.atom").read_text("utf-8")
        names = re.findall(r"<id>([^<]*)", text)
        return names[0], re.findall(r"<title>([^<]*)", text)[0], set(names[1:])

    feeds = {audience: told(audience) for audience in AUDIENCES}
    assert len({name for name, _, _ in feeds.values()}) == len(AUDIENCES)
    assert len({title for _, title, _ in feeds.values()}) == len(AUDIENCES)
    for audience in (A, B, INTERNAL):
        assert feeds[PUBLIC][2] < feeds[audience][2] <= feeds[INTERNAL][2]


def test_an_edition_says_where_it_is(built: Path, tmp_path: Path) -> None:
    """With --url the feeds of an edition lead to where it is published, not to the public site."""
    address = "https://inside.example.com/status/"
    ran = build(built, INTERNAL, "--cache", built.parent / "cache", "--out", tmp_path / "site", "--url", address)
    assert ran.code == 0
    feed = (tmp_path / "site/feeds/reports.rss").read_text("utf-8")
    assert set(re.findall(r"<link>(https://[^/]*/)", feed)) == {"https://inside.example.com/"}
    assert "--url" not in ran.err
    assert "inside.example.com/status/feeds/reports.atom" in (tmp_path / "site/subscribe/index.html").read_text("utf-8")
    assert build(built, INTERNAL, "--url", "inside.example.com").code == 2


@pytest.mark.parametrize("named", [False, True], ids=["no-url", "the-public-url"])
def test_an_edition_at_the_public_address_is_warned_of(built: Path, tmp_path: Path, named: bool) -> None:
    """Its files would lead to the public site. The build says so, names what mends it, and the page that tells how to
    subscribe offers no address."""
    settings = read_settings(open_site(built)).settings
    assert settings is not None
    public = settings.site.url
    place = ("--cache", built.parent / "cache", "--out", tmp_path / "site", *(("--url", public) if named else ()))
    ran = build(built, A, *place)
    assert ran.code == 0
    assert re.search(f"warning: .*{public}.*--url", ran.err)
    assert 'class="nr-copy__text"' not in (tmp_path / "site/subscribe/index.html").read_text("utf-8")
    assert "--url" not in build(built, PUBLIC, "--cache", built.parent / "cache", "--out", tmp_path / "public").err


def test_the_cache_is_for_its_owner_alone(built: Path) -> None:
    """What builds remember, all secrets among it, lies in a folder of mode 0700; so does what is kept beside a site."""
    for place in (built.parent / "cache", *(built / f".{out(built, each).name}.noroshi" for each in AUDIENCES)):
        assert stat.S_IMODE(place.stat().st_mode) == 0o700


def test_builds_for_several_do_not_disturb_each_other(built: Path) -> None:
    """Built in turn, each site's pages are kept: only what tells the time is written again."""
    more = ("--cache", built.parent / "cache")
    counts = {}
    for audience in (*AUDIENCES, *AUDIENCES):
        counts[audience] = re.findall(r"(\d+) files?, (\d+) files? new", build(built, audience, *more).err)[0]
    assert {new for _, new in counts.values()} == {"0"}


@pytest.mark.slow
def test_one_edition_never_takes_the_place_of_another(tmp_path: Path) -> None:
    """A build for others over a site is refused and changes nothing, whichever of the two is public; an empty folder
    is well again."""
    root = CanarySite().write(tmp_path / "status")
    place = tmp_path / "www"
    order = [PUBLIC, INTERNAL, A, PUBLIC]
    for there, here in pairwise(order):
        assert build(root, there, "--out", place).code == 0
        before = tree(place)
        ran = build(root, here, "--out", place)
        assert ran.code == 3
        assert "choose another output folder, or empty this one" in ran.err
        for audience in (there, here):
            assert ("the public site" if audience == PUBLIC else f"the edition for '{audience}'") in ran.err
        assert_same(tree(place), before)
        for each in [*place.rglob("*")][::-1]:
            each.rmdir() if each.is_dir() else each.unlink()
    assert build(root, PUBLIC, "--out", place).code == 0
    for canary in CanarySite().words.hidden_from(PUBLIC):
        assert holds(place, canary.token) == []


def test_no_edition_lies_within_a_site(built: Path) -> None:
    """A folder below a published site is refused: its web server would show it, and the next build remove it."""
    for audience in (INTERNAL, PUBLIC):
        ran = build(built, audience, "--cache", built.parent / "cache", "--out", built / "site" / "deep" / "inside")
        assert ran.code == 3
        assert f"lies in {(built / 'site').resolve()}, which is a published site" in ran.err
    assert not (built / "site/deep").exists()


def test_an_audience_that_is_not_there_is_told(tmp_path: Path) -> None:
    """A word that is no client's id names the nearest and all that there are, and nothing is published."""
    root = CanarySite().write(tmp_path / "status")
    ran = build(root, "qzclientidofaa")
    assert ran.code == 2
    assert f"no client has the id 'qzclientidofaa'; did you mean '{A}'? audiences are: public, internal, {A}, {B}" in (
        ran.err
    )
    assert {path.name for path in root.iterdir()} == {"content", "mkdocs.yml"}


@pytest.mark.slow
def test_mkdocs_keeps_the_same_silence(built: Path, tmp_path: Path) -> None:
    """`mkdocs build` gives the public site byte for byte; with the option `audience` it gives that edition, beside
    it; and it deploys no edition to the world."""
    root = CanarySite().write(tmp_path / "status")
    inside = {"audience": INTERNAL, "cache": "../cache"}
    (root / "inside.yml").write_text(json.dumps({"INHERIT": "mkdocs.yml", "plugins": {"noroshi": inside}}), "utf-8")

    def mkdocs(*arguments: str) -> Ran:
        epoch = str(int(datetime.fromisoformat(NOW).timestamp()))
        done = subprocess.run(
            [sys.executable, "-m", "mkdocs", *arguments],
            cwd=root,
            env=environment(tmp_path, {"SOURCE_DATE_EPOCH": epoch}),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return Ran(code=done.returncode, out=done.stdout, err=done.stderr)

    assert mkdocs("build").code == 0
    assert_same(tree(root / "site"), tree(built / "site"))
    assert mkdocs("build", "-f", "inside.yml").code == 0
    assert_same(tree(root / "site"), tree(built / "site"))
    assert_same(tree(root / "site-internal"), tree(built / "site-internal"))
    ran = mkdocs("gh-deploy", "-f", "inside.yml")
    assert ran.code == 1
    assert "gh-deploy shows everybody what is meant for 'internal'" in ran.err


def test_a_theme_that_cannot_say_for_whom_it_is_stops() -> None:
    """The banner stands before the header, or first in the body where a theme has no header of that kind; without a
    title or a body an edition is not built, for it would look like the public site."""
    whole = "<html><head><title>A</title></head><body class=x><header class='nr-top'></header></body></html>"
    marked = mark_edition(whole, "For <us>", "[Us] {title}")
    assert "<title>[Us] A</title>" in marked
    assert "<p>For &lt;us&gt;</p></aside><header class=" in marked
    assert "<body class=x><aside" in mark_edition(whole.replace("nr-top", "top"), "x", "{title}")
    for broken in (whole.replace("title>", "name>"), whole.replace("body", "main").replace("nr-top", "top")):
        with pytest.raises(ThemeError, match="for whom the page is"):
            mark_edition(broken, "x", "{title}")
