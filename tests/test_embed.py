"""The small page that other sites show in a frame, and the HTML that they copy."""

from base64 import b64encode
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from lxml import html

from naughty_site import write_site
from noroshi.pipeline.printing.embed_files import plan_embed
from noroshi.records.look import Look
from noroshi.snapshot.audience import Audience
from noroshi.snapshot.site import Snapshot, take_snapshot
from noroshi.text.dates import writing_direction
from noroshi.text.wording import wording
from noroshi.writers.embed import SHOWN, embed_view, render_embed
from noroshi.writers.snippets import badge_snippet, frame_snippet
from page_bodies import STORY, Site, load_site

ROOT = Path(__file__).resolve().parent.parent
NIGHT = datetime.fromisoformat("2026-06-18T22:10+09:00")
TOKYO = ZoneInfo("Asia/Tokyo")


def small_pages(site: Site) -> dict[str, Any]:
    """The small pages of a site as trees, by file."""
    return {plan.file: html.document_fromstring(plan.make()) for plan in plan_embed(site.materials)}


def shown_of(site: Site, snapshot: Snapshot, language: str = "en") -> Any:
    """The small page of another snapshot of a site."""
    reader = site.press.reader(language, "embed/")
    return html.document_fromstring(
        render_embed(embed_view(snapshot, site.entries, reader), reader, site.press.templates)
    )


def words(element: Any) -> str:
    """What an element says, in one line."""
    return " ".join(element.text_content().split())


def facts(card: Any) -> dict[str, str]:
    """What stands beside each name in a card."""
    return {words(each.find("dt")): words(each.find("dd")) for each in card.findall(".//dl/div")}


@pytest.fixture(scope="module")
def night() -> Site:
    """The example in the night of its outage."""
    return load_site(ROOT, as_of=NIGHT)


@pytest.fixture(scope="module")
def naughty(tmp_path_factory) -> Site:
    """A site whose every text would like to be something else."""
    return load_site(write_site(tmp_path_factory.mktemp("naughty")))


def test_it_tells_what_a_worried_client_asks(night):
    """How things are, since when, what was said last, what comes next, and all times whole and in a named zone."""
    page = small_pages(night)["en/embed/index.html"]
    assert words(page.find(".//h1")) == "Some services are down"
    assert words(page.find_class("as-of")[0]) == "As of Thu 18 June 2026, 22:10"
    assert [words(each) for each in page.findall(".//li")] == [
        "Staging server Major outage",
        "Staging database Major outage",
    ]
    incident, work = page.find_class("card")
    assert words(incident.find("h3")) == "Staging server down"
    assert words(incident.find_class("phase")[0]) == "Ongoing"
    assert facts(incident) == {
        "Began": "Thu 18 June 2026, 21:40",
        "Recovery expected": "Unknown, to be answered by 22:30, said at 21:52",
        "Last report": "Start report Thu 18 June 2026, 21:52 "
        "The staging server stopped during the upgrade of the staging database.…",
        "Recovery estimate": "by Thu 18 June 2026, 22:30",
        "Next report": "by Thu 18 June 2026, 22:52",
    }
    assert words(work.find_class("phase")[0]) == "Planned end passed, completion report awaited"
    assert facts(work) == {
        "Planned time": "Thu 18 June 2026, 21:00 – 21:30",
        "Last report": "Interim report Thu 18 June 2026, 21:45 "
        "We are past the planned end of 21:30 and there is an outage.…",
        "End as planned": "overdue since Thu 18 June 2026, 21:30",
        "Next report": "by Thu 18 June 2026, 22:45",
    }
    assert words(page.find(".//footer")) == "All reports and promises All times are in JST (UTC+09:00)."


def test_it_speaks_the_language_of_its_root(night):
    """Japanese at the root, with the words of the pages."""
    page = small_pages(night)["embed/index.html"]
    assert page.get("lang") == "ja"
    assert words(page.find(".//h1")) == "停止しているサービスがあります"
    assert facts(page.find_class("card")[0])["次の報告"] == "2026年6月18日（木）22:52まで"
    assert words(page.find(".//title")) == "稼働状況と報告の現在の状況"


def test_its_links_lead_out_of_the_frame(night):
    """Each opens a window of its own, and leads to the page, the report, the component."""
    page = small_pages(night)["en/embed/index.html"]
    assert page.find(".//base").get("target") == "_blank"
    assert page.find(".//base").get("href") is None
    links = [each.get("href") for each in page.iter("a")]
    assert links[:5] == [
        "../",
        "../components/staging-web/",
        "../components/staging-db/",
        "../incidents/2026-06-18-staging-down/",
        "../incidents/2026-06-18-staging-down/#report-1",
    ]


def test_what_is_overdue_is_told(night):
    """With the time since when, in words."""
    later = replace(night.snapshot, now=NIGHT + timedelta(hours=1))
    incident = shown_of(night, later).find_class("card")[0]
    assert facts(incident)["Next report"] == "overdue since Thu 18 June 2026, 22:52"
    assert len(incident.find_class("past")) == 2


def test_all_that_is_overdue_is_told(night):
    """However much it is, a planned start or end too; of what is still ahead only as much as there is room for."""
    later = replace(night.snapshot, now=NIGHT + timedelta(hours=2))
    cards = shown_of(night, later).find_class("card")
    assert [[words(each.find("dt")) for each in card.find_class("past")] for card in cards] == [
        ["Recovery estimate", "Next report"],
        ["End as planned", "Next report"],
    ]


def test_it_tells_when_it_will_be_over_and_what_was_said(tmp_path):
    """The estimate that holds and how it was moved, none of those before; once it is back, since when."""
    site = load_site(ROOT, as_of=datetime.fromisoformat("2026-06-18T22:45+09:00"))
    incident, work = small_pages(site)["embed/index.html"].find_class("card")
    assert facts(incident)["復旧の見込み"] == "23:30（22:20 に回答）"
    assert facts(work)["終了の見込み"] == "23:30（22:40 の報告）"
    assert words(work.find_class("words")[0]) == "スナップショットからは戻せず、バックアップからの復元を続けています。"
    over = load_site(ROOT, as_of=datetime.fromisoformat("2026-06-18T23:40+09:00"))
    told = [facts(card) for card in small_pages(over)["en/embed/index.html"].find_class("card")]
    assert [each.get("Recovered") for each in told if "Recovered" in each] == ["Thu 18 June 2026, 23:20"]
    assert not any("Recovery expected" in each for each in told)


def test_a_withdrawn_report_is_not_the_last(naughty):
    """What was taken back is not what was said last."""
    cards = small_pages(naughty)["en/embed/index.html"].find_class("card")
    told = [facts(card)["Last report"] for card in cards if "open_title" in words(card)]
    assert told == ["Start report Thu 18 June 2026, 21:50 text-en <script>window.pwned=1</script><img src=x…"]


def test_many_matters_do_not_make_it_long(night):
    """It shows the worst few and says how many others there are."""
    many = replace(night.snapshot, open_incidents=night.snapshot.open_incidents * (SHOWN + 3))
    page = shown_of(night, many)
    assert len(page.find_class("card--critical")) + len(page.find_class("card--major")) == SHOWN
    assert [words(each) for each in page.find_class("more")] == ["And 3 more"]


def test_it_tells_of_work_ahead():
    """Where nothing is wrong, the next planned work is what clients ask for."""
    site = load_site(ROOT, as_of=datetime.fromisoformat("2026-08-16T12:00+09:00"))
    page = small_pages(site)["en/embed/index.html"]
    assert words(page.find(".//h1")) == "All services are operational"
    assert [words(each) for each in page.find_class("when")] == ["Wed 19 August 2026, 22:00 – 23:30"]


def test_a_site_without_content_has_one_too():
    """It says that no incident is open, and claims nothing of services that are not there."""
    site = load_site(STORY)
    empty = take_snapshot(replace(site.snapshot.settings, components=()), (), site.snapshot.now)
    page = shown_of(site, empty)
    assert words(page.find(".//h1")) == "No incident is open"
    assert page.find_class("card") == []


@pytest.mark.parametrize("name", ["night", "naughty"])
def test_it_needs_nothing_and_allows_nothing(name, request):
    """No script, no event handler, no request; its policy allows the one style that it holds, by its hash."""
    for page in small_pages(request.getfixturevalue(name)).values():
        assert not {"script", "link", "img", "iframe", "object", "form", "svg"} & {each.tag for each in page.iter()}
        attributes = {attribute for each in page.iter() for attribute in each.attrib}
        assert not [each for each in attributes if each.startswith(("on", "data-", "style", "src"))]
        (style,) = page.iter("style")
        digest = b64encode(sha256(style.text.encode()).digest()).decode()
        (policy,) = [each.get("content") for each in page.iter("meta") if each.get("http-equiv")]
        assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        assert "url(" not in style.text
        assert "@import" not in style.text
        names = {each.get("name"): each.get("content") for each in page.iter("meta") if each.get("name")}
        assert (names["robots"], names["referrer"]) == ("noindex", "no-referrer")
        assert all(each.get("href").startswith("../") for each in page.iter("a"))


def test_it_has_the_colour_of_its_site_and_the_direction_of_its_language(night):
    """It stands beside the pages of the site that it comes from; its policy allows the style with the colour."""
    plain = small_pages(night)["embed/index.html"]
    assert (plain.get("lang"), plain.get("dir"), "--nr-accent:" in plain.findtext(".//style")) == ("ja", "ltr", False)
    settings = night.snapshot.settings
    look = Look.model_validate({"accent": "#00695c"})
    snapshot = replace(night.snapshot, settings=replace(settings, site=settings.site.model_copy(update={"look": look})))
    coloured = shown_of(night, snapshot).findtext(".//style")
    assert "--nr-accent:#00695c" in coloured
    assert "--link: var(--nr-accent, #1d4ea0)" in coloured
    reader = night.press.reader("en", "embed/")
    arabic = replace(embed_view(night.snapshot, night.entries, reader), direction=writing_direction("ar"))
    assert 'dir="rtl"' in render_embed(arabic, reader, night.press.templates)


def test_naughty_texts_arrive_as_texts(naughty):
    """Titles and names stand as they were written, whatever they hold."""
    page = small_pages(naughty)["embed/index.html"]
    assert "site_name-ja <script>window.pwned=1</script>" in words(page.find_class("site")[0])
    assert any("open_title-ja <script>" in words(each) for each in page.findall(".//h3"))


def test_a_site_can_have_its_own(tmp_path):
    """A template of the site's stands in place of the shipped one, and its style is the one that is allowed."""
    root = write_site(tmp_path)
    place = root / "site_templates" / "embed.html"
    place.parent.mkdir()
    place.write_text(
        "{% set style %}p { color: red }{% endset %}\n<title>x</title>"
        '<meta http-equiv="Content-Security-Policy" content="{{ policy(style) }}"><style>{{ style }}</style>'
        "<p>{{ view.verdict }}</p>",
        encoding="utf-8",
    )
    page = small_pages(load_site(root))["en/embed/index.html"]
    digest = b64encode(sha256(b"p { color: red }").digest()).decode()
    assert f"'sha256-{digest}'" in page.find(".//meta").get("content")
    assert words(page.find(".//p")) == "Some services are down"


@pytest.mark.parametrize(
    ("audience", "mark"), [("a-sha", "[Edition for Company A] "), ("internal", "[Internal edition] ")]
)
def test_an_editions_small_page_is_marked(audience, mark):
    """Nobody takes it for that of the public site, nor the HTML that shows it."""
    site = load_site(ROOT, as_of=NIGHT, audience=Audience(word=audience))
    page = small_pages(site)["en/embed/index.html"]
    assert words(page.find(".//title")).startswith(mark)
    assert words(page.find_class("site")[0]).startswith(mark)
    snippet = frame_snippet(site.snapshot.settings, wording("en", TOKYO), marked=(mark + "{}").format)
    assert html.fragment_fromstring(snippet).get("title").startswith(mark)


def test_the_frame_to_copy_is_this_text(night):
    """It has a title, is fetched when it is seen, runs nothing and tells its address nothing of the page around it."""
    assert frame_snippet(night.snapshot.settings, wording("en", TOKYO)) == (
        '<iframe src="https://status.example.com/en/embed/" title="Current status of Status and reports" width="100%" '
        'height="360" style="border: 0" loading="lazy" referrerpolicy="no-referrer" '
        'sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>'
    )


def test_the_badge_to_copy_is_this_text(night):
    """A picture with a text in its place, linked to the page that it speaks of."""
    settings = night.snapshot.settings
    assert badge_snippet(settings, wording("ja", TOKYO)) == (
        '<a href="https://status.example.com/"><img src="https://status.example.com/badges/status.svg" '
        'alt="稼働状況と報告の現在の状況" height="20"></a>'
    )
    assert badge_snippet(settings, wording("en", TOKYO), "Internal: {}".format) == (
        '<a href="https://status.example.com/en/"><img src="https://status.example.com/en/badges/status.svg" '
        'alt="Internal: Current status of Status and reports" height="20"></a>'
    )


def test_naughty_names_leave_what_is_copied_whole(naughty):
    """One frame, one link with one picture, and the name in a text."""
    settings, english = naughty.snapshot.settings, wording("en", TOKYO)
    frame = html.fragment_fromstring(frame_snippet(settings, english))
    assert (frame.tag, len(frame)) == ("iframe", 0)
    assert frame.get("title") == f"Current status of {settings.site.name.said_in('en', 'ja')[0]}"
    assert frame.get("sandbox") == "allow-popups allow-popups-to-escape-sandbox"
    link = html.fragment_fromstring(badge_snippet(settings, english))
    assert [each.tag for each in link.iter()] == ["a", "img"]
    assert link[0].get("alt") == frame.get("title")
    assert link[0].get("height") == "20"
