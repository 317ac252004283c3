"""A site's own catalogue: begun, brought up to date, merged over the shipped words, and refused where it is broken."""

import re
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_date

from command_line import noroshi
from noroshi.pipeline.reading.content import SiteFolder
from noroshi.pipeline.reading.settings import read_settings
from noroshi.pipeline.translating import translate
from noroshi.text.catalogue import catalogue_text, template
from noroshi.text.dates import UnknownLanguageError, date_formats, is_known, writing_direction
from noroshi.text.translation import read_translation
from noroshi.text.wording import wording, wording_of
from noroshi.theme.language_names import language_name

TOKYO = ZoneInfo("Asia/Tokyo")
MOMENT = datetime.fromisoformat("2026-06-18T21:40+09:00")
HEAD = (
    'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n'
    '"Content-Type: text/plain; charset=utf-8\\n"\n\n'
)
SITE = """\
format: 1
id: {tag: status.example.com, since: 2026-04-01}
name: Status
url: https://status.example.com/
timezone: Asia/Tokyo
languages: [en, fr]
"""


def site(root: Path, po: str | None = None, language: str = "fr") -> SiteFolder:
    """A site that says something in a language of its own."""
    (root / "content").mkdir(exist_ok=True)
    (root / "content/site.yaml").write_text(SITE.replace("fr", language), "utf-8")
    if po is not None:
        (root / "locale").mkdir(exist_ok=True)
        (root / f"locale/{language}.po").write_text(po, "utf-8")
    return SiteFolder(root=root)


def test_a_site_s_words_come_before_the_program_s_and_english_behind_both(tmp_path):
    """One file and one setting: what it says is said, what it leaves out is English."""
    read = read_settings(site(tmp_path, HEAD + 'msgid "History"\nmsgstr "Historique"\n'))
    assert read.problems == ()
    french = wording_of(read.settings, "fr")
    assert (french.gettext("History"), french.gettext("Track record")) == ("Historique", "Track record")
    assert read.settings.translations["fr"].missing == len([each for each in template() if each.id]) - 1


def test_a_site_may_say_some_things_in_other_words_of_a_shipped_language(tmp_path):
    """A catalogue of a language that the program speaks replaces what it says, and nothing else."""
    po = HEAD.replace("fr", "ja") + 'msgid "History"\nmsgstr "これまで"\n'
    read = read_settings(site(tmp_path, po, "ja"))
    japanese = wording_of(read.settings, "ja")
    assert japanese.gettext("History") == "これまで"
    assert japanese.gettext("Incident") == wording("ja", TOKYO).gettext("Incident") != "Incident"
    assert read.settings.translations["ja"].missing == 0


def test_every_form_of_counting_is_said(tmp_path):
    """A language with three forms says each where its own rule wants it."""
    forms = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
    po = HEAD.replace("fr", "ru").replace("nplurals=2; plural=(n > 1);", forms)
    po += 'msgid "{n} day"\nmsgid_plural "{n} days"\nmsgstr[0] "{n} день"\nmsgstr[1] "{n} дня"\nmsgstr[2] "{n} дней"\n'
    read = read_settings(site(tmp_path, po, "ru"))
    russian = wording_of(read.settings, "ru")
    said = [russian.ngettext("{n} day", "{n} days", n).format(n=n) for n in (1, 2, 5, 21, 22)]
    assert said == ["1 день", "2 дня", "5 дней", "21 день", "22 дня"]


def test_only_the_form_for_one_number_may_say_it_in_a_word(tmp_path):
    """Where a form stands for several numbers, as the French one for none and one does, a reader has to see which."""
    message = 'msgid "{n} day"\nmsgid_plural "{n} days"\nmsgstr[0] "un jour"\nmsgstr[1] "{n} jours"\n'
    (problem,) = read_settings(site(tmp_path, HEAD + message)).problems
    assert "lacks {n}" in problem.found
    one = HEAD.replace("plural=(n > 1)", "plural=(n != 1)")
    assert read_settings(site(tmp_path, one + message)).problems == ()
    assert "lacks {n}" in read_settings(site(tmp_path, one + message.replace("{n} jours", "jours"))).problems[0].found


def test_the_words_are_part_of_what_a_page_depends_on(tmp_path):
    """Another word in the catalogue is another key, for the site's pages and for compiled templates."""
    one = read_settings(site(tmp_path, HEAD + 'msgid "History"\nmsgstr "Historique"\n'))
    other = read_settings(site(tmp_path, HEAD + 'msgid "History"\nmsgstr "Chronique"\n'))
    assert one.digest != other.digest
    assert wording_of(one.settings, "fr").key != wording_of(other.settings, "fr").key


def test_a_fuzzy_translation_counts_as_missing(tmp_path):
    """What its translator is not sure of is not published."""
    read = read_settings(site(tmp_path, HEAD + '#, fuzzy\nmsgid "History"\nmsgstr "Historique?"\n'))
    assert wording_of(read.settings, "fr").gettext("History") == "History"
    assert read.settings.translations["fr"].missing == len([each for each in template() if each.id])


@pytest.mark.parametrize("form", ["{n.__class__}", "{n!r}", "{n:>9}", "{0}", "{}"])
def test_a_place_is_a_name_and_nothing_else(form):
    """A translation cannot reach into values, nor change how they are written."""
    po = HEAD + f'msgid "report {{n}}"\nmsgstr "rapport {form}"\n'
    translation, problems = read_translation("locale/fr.po", "fr", po.encode())
    assert translation is None
    assert {problem.rule for problem in problems} == {"translation"}


def test_a_new_catalogue_holds_every_message_and_can_be_read_at_once(tmp_path):
    """What `noroshi translate` writes is in order, and says how much is to be done."""
    folder = site(tmp_path)
    done = translate(folder, "fr")
    assert (done.path, done.begun, done.written) == ("locale/fr.po", True, True)
    assert done.missing == len([each for each in template() if each.id])
    assert read_settings(folder).problems == ()
    again = translate(folder, "fr")
    assert (again.begun, again.written) == (False, False)


def test_bringing_up_to_date_loses_no_translation(tmp_path):
    """New messages are added, words and the translator's notes stay, and what is gone is kept as a comment."""
    before = "# Traduit par l'équipe.\n" + HEAD
    before += '# vu avec le client\nmsgid "History"\nmsgstr "Historique"\n\nmsgid "Gone"\nmsgstr "Parti"\n'
    folder = site(tmp_path, before)
    assert translate(folder, "fr").written
    text = (tmp_path / "locale/fr.po").read_text("utf-8")
    assert text.startswith("# Traduit par l'équipe.\n" + HEAD.rstrip())
    assert '# vu avec le client\nmsgid "History"\nmsgstr "Historique"\n' in text
    assert '#~ msgid "Gone"\n#~ msgstr "Parti"' in text
    assert 'msgid "Track record"\nmsgstr ""' in text
    assert wording_of(read_settings(folder).settings, "fr").gettext("History") == "Historique"


def test_a_catalogue_that_cannot_be_read_is_left_alone(tmp_path):
    """Bringing up to date what is broken would lose what cannot be read."""
    folder = site(tmp_path, HEAD + "msgstr what\n")
    done = translate(folder, "fr")
    assert [problem.place.line for problem in done.problems] == [7]
    assert (tmp_path / "locale/fr.po").read_text("utf-8") == HEAD + "msgstr what\n"


def test_a_catalogue_of_our_own_language_begins_with_our_words():
    """Whoever wants other words sees which there are."""
    assert 'msgid "History"\nmsgstr "' + wording("ja", TOKYO).gettext("History") in catalogue_text("ja", None).decode()


def test_the_command_begins_a_catalogue(tmp_path):
    """It names the file, and says how many messages there are to translate."""
    folder = site(tmp_path)
    done = noroshi("translate", "fr", "--site", folder.root)
    assert (done.code, done.out) == (0, "locale/fr.po\n")
    assert re.search(r"begun; \d+ messages to translate", done.err)
    (tmp_path / "locale/fr.po").write_text(HEAD + "msgstr what\n", "utf-8")
    done = noroshi("translate", "fr", "--site", folder.root)
    assert done.code == 1
    assert "locale/fr.po:7:1: [translation]" in done.out
    done = noroshi("translate", "tlh", "--site", folder.root)
    assert done.code == 3
    assert "no language whose dates CLDR knows" in done.err


@pytest.mark.parametrize(("locale", "code"), [("zh_TW", "zh-TW"), ("FR", "fr"), ("ja_JP.UTF-8", "ja-JP")])
def test_a_language_is_named_as_the_site_names_it(tmp_path, locale, code):
    """A catalogue under a name that site.yaml cannot say would never be read."""
    done = noroshi("translate", locale, "--site", site(tmp_path).root)
    assert done.code == 3
    assert f"write {code}" in done.err or "CLDR" in done.err
    assert not (tmp_path / "locale").exists()


@pytest.mark.parametrize("language", ["fr", "de", "es", "ru", "pl", "cs", "fi", "ko", "zh", "zh-Hant", "pt-BR", "ar"])
def test_names_are_the_language_s_own_whatever_was_asked_before(language):
    """After Japanese, months of other languages are still theirs: Babel's own look-up would call them 1月."""
    date_formats("ja")
    formats, day = date_formats(language), date(2026, 9, 3)
    locale = language.replace("-", "_")
    assert formats.names["MMMM"][8] == format_date(day, "MMMM", locale)
    assert formats.names["E"][3] == format_date(day, "E", locale)
    assert str(day.year) in formats.day(day)
    assert formats.names["MMMM"][8] in formats.day(day) or f"{day.month}月" in formats.day(day)


@pytest.mark.parametrize(
    ("language", "day", "month", "time"),
    [
        ("fr", "jeu. 18 juin 2026", "juin 2026", "09:05"),
        ("es", "jue, 18 de junio de 2026", "junio de 2026", "9:05"),
        ("fi", "to 18. kesäkuuta 2026", "kesäkuu 2026", "9.05"),
        ("pt-BR", "qui., 18 de junho de 2026", "junho de 2026", "09:05"),
        ("zh-Hant", "2026年6月18日 週四", "2026年6月", "09:05"),
    ],
)
def test_days_are_written_as_the_language_writes_them(language, day, month, time):
    """With the words that stand between the names, and each language's own form of the month alone."""
    formats = date_formats(language)
    assert (formats.day(date(2026, 6, 18)), formats.month(2026, 6), formats.time(9, 5)) == (day, month, time)


def test_a_run_of_days_is_whole_in_every_language():
    """Where CLDR's short run has no words between its names, both days are said in full."""
    first, last = date(2026, 11, 9), date(2026, 11, 21)
    assert date_formats("fr").days(first, last) == "lun. 9 – sam. 21 novembre"
    assert date_formats("es").days(first, last) == "lun, 9 de noviembre – sáb, 21 de noviembre"


def test_each_form_of_counting_has_a_number_that_takes_it():
    """By CLDR's names, which browsers know; a language without forms has one."""
    assert date_formats("ja").counted == {"other": 1}
    assert date_formats("en").counted == {"other": 2, "one": 1}
    assert set(date_formats("ar").counted) == {"zero", "one", "two", "few", "many", "other"}
    russian = date_formats("ru").counted
    assert {name: russian[name] for name in ("one", "few", "many")} == {"one": 1, "few": 2, "many": 5}


def test_a_language_that_nobody_knows_is_said_to_be_unknown():
    """Klingon has no entry in CLDR; a territory without one is written as its language is."""
    assert not is_known("tlh")
    assert is_known("fr-ZZ")
    with pytest.raises(UnknownLanguageError):
        date_formats("tlh")


def test_a_language_is_written_from_its_own_side():
    """As CLDR knows it; a region changes nothing."""
    languages = ("ja", "en", "ar", "he", "pt-BR", "fa", "tlh")
    assert [writing_direction(each) for each in languages] == ["ltr", "ltr", "rtl", "rtl", "ltr", "rtl", "ltr"]


def test_a_language_calls_itself_by_its_own_name():
    """The switch names each language so that its readers know it, whether the table has it or CLDR alone."""
    named = [language_name(code) for code in ("fr", "eo", "uk", "pt-BR", "tlh")]
    assert named == ["Français", "Esperanto", "Українська", "Português (Brasil)", "tlh"]


def test_a_check_does_not_wait_for_babel(tmp_path):
    """A site without words of its own is checked without loading Babel, which takes longer than its records."""
    folder = site(tmp_path)
    (tmp_path / "content/site.yaml").write_text(SITE.replace(", fr", ""), "utf-8")
    code = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC\n"
        "from noroshi.pipeline.check import check_site\n"
        "from noroshi.pipeline.reading.content import SiteFolder\n"
        "from noroshi.pipeline.reading.record import Moments\n"
        f"check_site(SiteFolder(root=Path({str(folder.root)!r})), Moments(now=datetime.now(UTC)))\n"
        "print(any(name.startswith('babel') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


@pytest.mark.parametrize("language", ["ko", "zh-Hant", "ru", "ar", "fr"])
def test_a_catalogue_that_was_begun_can_be_used_as_it_is(language: str) -> None:
    """It has as many forms as the language counts in, and nothing in it hinders a build before it is translated."""
    translation, problems = read_translation("locale/x.po", language, catalogue_text(language, None))
    assert problems == []
    assert translation is not None
    assert translation.missing


def test_without_a_translation_one_thing_is_counted_as_in_english() -> None:
    """In French nothing and one take the same form: the English words for one stand there, not those for none."""
    words = wording("fr", ZoneInfo("Europe/Paris"))
    assert words.counted("{n} thing", "{n} things")["one"] == "{n} thing"
