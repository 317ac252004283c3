"""Badges say how things are, in words and within bounds, whatever a component is called."""

import json
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from jsonschema import Draft202012Validator
from lxml import etree

from naughty_site import write_site
from noroshi.pipeline.printing import badge_files
from noroshi.pipeline.printing.badge_files import plan_badges
from noroshi.pipeline.printing.embed_files import plan_embed
from noroshi.pipeline.printing.site_files import FAMILIES
from noroshi.records.choices import ComponentLevel, Phase
from noroshi.records.settings import Component
from noroshi.records.texts import Text
from noroshi.snapshot.audience import Audience
from noroshi.snapshot.site import ComponentState, Snapshot
from noroshi.snapshot.uptime import uptime_of
from noroshi.text.wording import wording
from noroshi.writers.badges.saying import LABEL_ROOM, Badge, component_badge, page_badge
from noroshi.writers.badges.shields import badge_json
from noroshi.writers.badges.svg import SHEEN, badge_svg
from noroshi.writers.badges.widths import shortened, text_width
from page_bodies import STORY, Site, load_site

ROOT = Path(__file__).resolve().parent.parent
NIGHT = datetime.fromisoformat("2026-06-18T22:10+09:00")
QUIET = datetime.fromisoformat("2026-08-01T12:00+09:00")
TOKYO = ZoneInfo("Asia/Tokyo")
SVG = "{http://www.w3.org/2000/svg}"

# What https://shields.io/badges/endpoint-badge tells of the answer, which may hold nothing else.
SCHEMA = {
    "type": "object",
    "required": ["schemaVersion", "label", "message"],
    "additionalProperties": False,
    "properties": {
        "schemaVersion": {"const": 1},
        "label": {"type": "string"},
        "message": {"type": "string", "minLength": 1},
        "color": {"type": "string", "pattern": "^#[0-9a-f]{6}$"},
        "labelColor": {"type": "string", "pattern": "^#[0-9a-f]{6}$"},
        "isError": {"type": "boolean"},
        "namedLogo": {"type": "string"},
        "logoSvg": {"type": "string"},
        "logoColor": {"type": "string"},
        "logoSize": {"type": "string"},
        "style": {"type": "string"},
        "cacheSeconds": {"type": "integer", "minimum": 300},
    },
}


def badge_of(name: str, level: ComponentLevel = ComponentLevel.OPERATIONAL, language: str = "en") -> Badge:
    """The badge of a component that is called so."""
    component = Component.model_construct(id="c", name=Text((("", name),)))
    state = ComponentState(component=component, level=level, because=(), days=(), uptime=NO_UPTIME, states=())
    return component_badge(state, wording(language, TOKYO), first=language)


NO_UPTIME = uptime_of("c", (), (), start=NIGHT, now=NIGHT)
"""A badge tells nothing of how long a component was up."""


def badges(site: Site) -> dict[str, bytes]:
    """Every badge of a site, by its file."""
    return {plan.file: plan.make() for plan in plan_badges(site.materials)}


@pytest.fixture(scope="module")
def naughty(tmp_path_factory) -> dict[str, bytes]:
    """The badges of a site whose every text would like to be something else."""
    return badges(load_site(write_site(tmp_path_factory.mktemp("naughty"))))


def test_a_picture_is_these_bytes():
    """A label and a message, each as long as its place, with the sentence for who cannot see them."""
    assert badge_svg(badge_of("Git & CI", ComponentLevel.MAJOR_OUTAGE)).decode() == (
        '<svg xmlns="http://www.w3.org/2000/svg" width="139" height="20" viewBox="0 0 139 20" role="img"'
        ' aria-label="Git &amp; CI: major outage" xml:lang="en">\n'
        "<title>Git &amp; CI: major outage</title>\n"
        '<linearGradient id="noroshi-sheen" x2="0" y2="1"><stop stop-color="#fff" stop-opacity="0.08"/>'
        '<stop offset="1" stop-opacity="0.08"/></linearGradient>\n'
        '<path fill="#b01e1e" d="M53 0h83a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H53z"/>\n'
        '<path fill="#4d5562" d="M54 0v20H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z"/>\n'
        '<rect width="139" height="20" rx="3" fill="url(#noroshi-sheen)"/>\n'
        '<g font-family="Verdana,DejaVu Sans,Hiragino Sans,Yu Gothic UI,Noto Sans CJK JP,Noto Sans JP,sans-serif"'
        ' font-size="11" text-anchor="middle" text-rendering="geometricPrecision">\n'
        '<text x="27" y="14" fill="#ffffff" textLength="42.0" lengthAdjust="spacingAndGlyphs">Git &amp; CI</text>\n'
        '<text x="96.5" y="14" fill="#ffffff" textLength="73.3" lengthAdjust="spacingAndGlyphs">major outage</text>\n'
        "</g>\n</svg>\n"
    )


def test_an_answer_for_shields_is_this_object():
    """The words and colours of the picture, for the endpoint badge."""
    assert json.loads(badge_json(badge_of("検証 DB", ComponentLevel.DEGRADED_PERFORMANCE, "ja"))) == {
        "schemaVersion": 1,
        "label": "検証 DB",
        "message": "性能低下",
        "color": "#f2b82e",
        "labelColor": "#4d5562",
        "isError": True,
        "cacheSeconds": 300,
    }


@pytest.mark.parametrize(
    ("level", "ja", "en", "alarming"),
    [
        (ComponentLevel.OPERATIONAL, "正常", "operational", False),
        (ComponentLevel.UNDER_MAINTENANCE, "作業中", "under maintenance", False),
        (ComponentLevel.DEGRADED_PERFORMANCE, "性能低下", "degraded performance", True),
        (ComponentLevel.PARTIAL_OUTAGE, "一部停止", "partial outage", True),
        (ComponentLevel.MAJOR_OUTAGE, "停止", "major outage", True),
    ],
)
def test_every_level_has_words_and_a_colour_of_its_own(level, ja, en, alarming):
    """The words are those of the pages; planned work is no alarm."""
    others = {badge_of("x", other).colour.fill for other in ComponentLevel if other is not level}
    for language, words in (("ja", ja), ("en", en)):
        badge = badge_of("x", level, language)
        assert (badge.message, badge.alarming) == (words, alarming)
        assert badge.colour.fill not in others


def luminance(colour: tuple[float, float, float]) -> float:
    """The relative luminance of WCAG 2.2, of channels from 0 to 1."""
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """How two colours contrast (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def channels(colour: str) -> tuple[float, float, float]:
    """A colour's red, green and blue, from 0 to 1."""
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


@pytest.mark.parametrize("level", ComponentLevel)
def test_text_can_be_read_on_its_colour(level):
    """Contrast is 4.5 to 1 at least, wherever the sheen is lightest or darkest."""
    svg = etree.fromstring(badge_svg(badge_of("x", level)))
    fills = [each.get("fill") for each in svg.iter(f"{SVG}path")]
    inks = [each.get("fill") for each in svg.iter(f"{SVG}text")]
    for fill, ink in zip(reversed(fills), inks, strict=True):
        for sheen in (0.0, 1.0):
            red, green, blue = (each * (1 - SHEEN) + sheen * SHEEN for each in channels(fill))
            assert contrast((red, green, blue), channels(ink)) >= 4.5, (fill, ink)


def test_the_whole_page_shows_its_worst_level():
    """In the night of the outage the page's badge says so, in each language."""
    snapshot = load_site(ROOT, as_of=NIGHT).snapshot
    assert page_badge(snapshot, wording("ja", TOKYO)).sentence == "稼働状況：停止"
    assert page_badge(snapshot, wording("en", TOKYO)).sentence == "status: major outage"
    calm = load_site(ROOT, as_of=QUIET).snapshot
    assert page_badge(calm, wording("en", TOKYO)).sentence == "status: operational"


def unharmed(snapshot: Snapshot) -> Snapshot:
    """The same with every component as it should be."""
    fine = tuple(replace(each, level=ComponentLevel.OPERATIONAL) for each in snapshot.components)
    return replace(snapshot, components=fine)


def test_an_incident_that_harms_no_component_is_told():
    """While it lasts the page is not called operational; once service is back it is, with reports still owed."""
    english = wording("en", TOKYO)
    snapshot = replace(unharmed(load_site(ROOT, as_of=NIGHT).snapshot), current_work=())
    open_ = page_badge(snapshot, english)
    assert (open_.message, open_.alarming) == ("incident open", True)
    assert page_badge(snapshot, wording("ja", TOKYO)).message == "障害対応中"
    back = tuple(replace(state, phase=Phase.RECOVERED, recovered_at=NIGHT) for state in snapshot.open_incidents)
    assert page_badge(replace(snapshot, open_incidents=back), english).message == "operational"


def test_work_that_has_begun_is_shown_as_such():
    """Even where no component suffers from it."""
    snapshot = replace(unharmed(load_site(ROOT, as_of=NIGHT).snapshot), open_incidents=())
    assert [state.open for state in snapshot.current_work] == [True]
    badge = page_badge(snapshot, wording("en", TOKYO))
    assert (badge.message, badge.alarming) == ("under maintenance", False)


def test_every_badge_stands_in_every_form_and_language():
    """Japanese at the root, English below its code, under the component's id."""
    site = load_site(STORY)
    names = ["status", *(f"components/{each.component.id}" for each in site.snapshot.components)]
    assert sorted(badges(site)) == sorted(
        f"{root}badges/{name}.{form}" for root in ("", "en/") for name in names for form in ("svg", "json")
    )


def test_naughty_names_leave_a_picture_a_picture(naughty):
    """It is well-formed, holds what a badge holds and nothing else, and says its name on one line."""
    pictures = [data for file, data in naughty.items() if file.endswith(".svg")]
    assert len(pictures) == 6
    for data in pictures:
        svg = etree.fromstring(data)
        tags = {each.tag.removeprefix(SVG) for each in svg.iter()}
        assert tags == {"svg", "title", "linearGradient", "stop", "path", "rect", "g", "text"}
        attributes = {name for each in svg.iter() for name in each.attrib}
        assert not [name for name in attributes if name.startswith("on") or "href" in name]
        label, message = (each.text for each in svg.iter(f"{SVG}text"))
        assert svg.get("aria-label") == svg.findtext(f"{SVG}title")
        assert svg.get("aria-label") in (f"{label}: {message}", f"{label}：{message}")
        assert "\n" not in f"{label}{message}"
    assert any("<script>window" in etree.fromstring(data).get("aria-label") for data in pictures)


@pytest.mark.parametrize("site", ["story", "example", "naughty"])
def test_answers_fit_the_schema_of_shields(site, naughty):
    """Shields refuses what its schema does not name."""
    found = (
        naughty if site == "naughty" else badges(load_site(STORY) if site == "story" else load_site(ROOT, as_of=NIGHT))
    )
    answers = [json.loads(data) for file, data in found.items() if file.endswith(".json")]
    assert answers
    for answer in answers:
        Draft202012Validator(SCHEMA).validate(answer)


@pytest.mark.parametrize(
    "name",
    ["長い名前" * 2500, "long name " * 1000, "é\u0301" * 5000, "👨\u200d👩\u200d👧" * 3000, "\u202eשלום " * 2000],
)
def test_a_name_of_any_length_is_cut(name):
    """The badge stays within bounds and says that something is missing; characters stay whole."""
    badge = badge_of(name)
    assert badge.label.endswith("…")
    assert text_width(badge.label) <= LABEL_ROOM
    svg = etree.fromstring(badge_svg(badge))
    assert int(svg.get("width")) < 600
    kept = badge.label.removesuffix("…")
    whole = {"👨\u200d👩\u200d👧": len("👨\u200d👩\u200d👧"), "é\u0301": len("é\u0301")}
    for cluster, length in whole.items():
        if name.startswith(cluster):
            assert len(kept) % length == 0
            assert kept == cluster * (len(kept) // length)


def test_a_name_that_fits_is_not_cut():
    """To the last pixel."""
    name = "Build and deployment"
    assert shortened(name, text_width(name)) == name
    assert shortened(name, text_width(name) - 0.1) == "Build and deploym…"
    assert shortened(name, text_width("Build and …")) == "Build and…"


def test_a_name_cannot_turn_round_what_stands_beside_it():
    """Marks that set the direction of writing are left out of label, sentence and answer."""
    badge = badge_of("\u202e\u2067shop\u200f", ComponentLevel.MAJOR_OUTAGE)
    assert badge.sentence == "shop: major outage"


def test_japanese_has_the_room_it_needs():
    """A full-width character is as wide as it is high, a half-width one half of that."""
    assert text_width("稼働状況、（）") == pytest.approx(7 * 11)
    assert text_width("ｱｲ") == pytest.approx(11)
    assert text_width("e\u0301") == text_width("e")
    assert text_width("👨\u200d👩\u200d👧") == text_width("👨")
    assert text_width("a\u200db") == text_width("ab")


@pytest.mark.parametrize("word", ["a-sha", "internal"])
def test_an_editions_badges_are_marked(word):
    """Nobody takes the badge of a client's or the internal edition for that of the public site."""
    marks = {
        "a-sha": ("【A 社様向け】", "[Edition for Company A] "),
        "internal": ("【社内版】", "[Internal edition] "),
    }[word]
    found = badges(load_site(ROOT, as_of=NIGHT, audience=Audience(word=word)))
    assert found
    for file, data in found.items():
        mark = marks[file.startswith("en/")]
        said = json.loads(data)["label"] if file.endswith(".json") else etree.fromstring(data).findtext(f"{SVG}title")
        assert said.startswith(mark), file


def test_a_cut_name_leaves_the_editions_mark_whole():
    """The mark stands first, and a name of any length leaves room for it."""
    component = Component.model_construct(id="c", name=Text((("", "W" * 10_000),)))
    state = ComponentState(
        component=component, level=ComponentLevel.OPERATIONAL, because=(), days=(), uptime=NO_UPTIME, states=()
    )
    badge = component_badge(state, wording("en", TOKYO), first="en", marked="[Edition for Company A] {}".format)
    assert re.fullmatch(r"\[Edition for Company A\] W+…", badge.label)


def keys(site: Site) -> dict[str, bytes | None]:
    """What each badge depends on, by its file."""
    return {plan.file: plan.key for plan in plan_badges(site.materials)}


def test_a_badge_is_made_anew_only_where_it_says_something_else():
    """An hour later nothing changed; with the outage the page's and the concerned components' badges do."""
    hours = [keys(load_site(ROOT, as_of=NIGHT.replace(hour=hour, minute=30))) for hour in (19, 20, 22)]
    assert hours[0] == hours[1]
    assert None not in hours[0].values()
    changed = {file for file in hours[1] if hours[1][file] != hours[2][file]}
    names = {"status", "components/staging-web", "components/staging-db"}
    assert changed == {
        f"{root}badges/{name}.{form}" for root in ("", "en/") for name in names for form in ("svg", "json")
    }


def test_planning_draws_nothing(monkeypatch):
    """What stands as it was published costs a key, and no picture."""
    drawn: list[Badge] = []
    monkeypatch.setitem(badge_files._FORMS, "svg", lambda badge: drawn.append(badge) or b"")
    plans = list(plan_badges(load_site(STORY).materials))
    assert drawn == []
    pictures = [plan.make() for plan in plans if plan.file.endswith(".svg")]
    assert len(pictures) == len(drawn)


def test_badges_and_the_small_page_are_in_the_build():
    """They stand among the files that every build writes."""
    assert {plan_badges, plan_embed} <= set(FAMILIES)
