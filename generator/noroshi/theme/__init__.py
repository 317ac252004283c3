"""The shell of every page, which MkDocs and Material render once per page kind and language.

Importing this package imports neither MkDocs nor Material: they run in processes of their own
(`rendering`), and only when no stored shell fits (`key`, `store`).
"""

from noroshi.theme.key import theme_key
from noroshi.theme.loading import load_theme
from noroshi.theme.request import (
    Edition,
    FeedLink,
    Frame,
    NavItem,
    ShellKind,
    Theme,
    ThemeError,
    ThemeRequest,
)
from noroshi.theme.shell import SLOTS, Shell

__all__ = [
    "SLOTS",
    "Edition",
    "FeedLink",
    "Frame",
    "NavItem",
    "Shell",
    "ShellKind",
    "Theme",
    "ThemeError",
    "ThemeRequest",
    "load_theme",
    "theme_key",
]
