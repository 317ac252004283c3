"""What each language calls itself, for the language switch."""

from noroshi.text.dates import own_name

_NAMES = {
    "ar": "العربية",
    "cs": "Čeština",
    "da": "Dansk",
    "de": "Deutsch",
    "en": "English",
    "es": "Español",
    "fi": "Suomi",
    "fr": "Français",
    "hi": "हिन्दी",
    "id": "Bahasa Indonesia",
    "it": "Italiano",
    "ja": "日本語",
    "ko": "한국어",
    "ms": "Bahasa Melayu",
    "nb": "Norsk bokmål",
    "nl": "Nederlands",
    "pl": "Polski",
    "pt": "Português",
    "pt-BR": "Português (Brasil)",
    "ru": "Русский",
    "sv": "Svenska",
    "th": "ไทย",
    "tl": "Filipino",
    "tr": "Türkçe",
    "uk": "Українська",
    "vi": "Tiếng Việt",
    "zh": "简体中文",
    "zh-Hant": "繁體中文",
    "zh-TW": "繁體中文",
}

LOCALES = {"ja": "ja_JP", "en": "en_US"}
"""Languages as Open Graph names them, with a territory; one that is not here goes without."""


def language_name(code: str) -> str:
    """Return a language's own name: the table's, else CLDR's, else its code."""
    return _NAMES.get(code) or own_name(code) or code
