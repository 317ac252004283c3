"""What a site that is not for everybody says of itself, on every page and in every feed."""

from __future__ import annotations

from noroshi.text.wording import Wording


def edition_name(client: str | None, words: Wording) -> str:
    """For whom a site is.

    :param client: the name of the client whose site it is; None for the people of the house
    """
    if client is None:
        return words.gettext("Internal edition")
    return words.gettext("Edition for {client}").format(client=client)


def edition_notice(client: str | None, words: Wording) -> str:
    """For whom a site is, and that it stays with them; ``client`` as in :func:`edition_name`."""
    if client is None:
        return words.gettext("Internal edition: do not pass on")
    return words.gettext("Edition for {client}: for you alone, please do not pass on").format(client=client)


def marked_title(name: str, title: str, words: Wording) -> str:
    """A title of an edition that must not be taken for that of the public site.

    :param name: as :func:`edition_name` has it
    """
    return words.gettext("[{edition}] {title}").format(edition=name, title=title)
