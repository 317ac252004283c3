"""``noroshi translate``."""

from __future__ import annotations

from pathlib import Path

import click

from noroshi.cli.errors import ProblemsFound
from noroshi.cli.options import site_option
from noroshi.cli.output import count, note, print_problems, say


@click.command(
    epilog="""\b
Examples:
  noroshi translate fr      begin locale/fr.po, or add what a newer noroshi says
  noroshi translate ja      say some things in other words than noroshi does

\b
Then name the language in content/site.yaml:
  languages: [ja, en, fr]
"""
)
@click.argument("language")
@site_option
def translate(language: str, site: Path) -> None:
    """Begin a catalogue of the site's words in LANGUAGE, or bring the one that is there up to date.

    It is the file locale/LANGUAGE.po, which translators open with any program for gettext. Pages say what it leaves
    empty in noroshi's own words of that language, else in English.
    """
    from noroshi.pipeline.reading.content import open_site
    from noroshi.pipeline.translating import translate as bring_up_to_date

    done = bring_up_to_date(open_site(site), language)
    if done.problems:
        print_problems(done.problems, "text")
        raise ProblemsFound
    say(done.path)
    what = "begun" if done.begun else "brought up to date" if done.written else "is up to date; nothing was written"
    left = f"{count(done.missing, 'message')} to translate" if done.missing else "every message is said"
    note(f"{what}; {left}")
