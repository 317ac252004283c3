"""The one locator of shipped files, in a checkout and in a wheel."""

from pathlib import Path

import pytest

from noroshi import shipped as module
from noroshi.shipped import shipped

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def _fresh_root():
    module._root.cache_clear()
    yield
    module._root.cache_clear()


def test_a_checkout_gives_the_files_at_its_top():
    """Templates, content and the scaffold are those that people edit."""
    assert shipped("mkdocs.yml") == ROOT / "mkdocs.yml"
    assert shipped("content") == ROOT / "content"
    assert shipped("site_templates") == ROOT / "site_templates"


def test_a_wheel_gives_the_files_inside_the_package(tmp_path, monkeypatch):
    """Where the package brings a bundle, it is used, whatever lies above it."""
    (tmp_path / "_shipped").mkdir()
    (tmp_path / "_shipped" / "mkdocs.yml").write_text("")
    monkeypatch.setattr(module, "_BUNDLE", tmp_path / "_shipped")
    assert shipped("mkdocs.yml") == tmp_path / "_shipped" / "mkdocs.yml"


@pytest.mark.parametrize("pyproject", [None, "[project]\nname = 'other'\n", "not toml [", "x = 1\n"])
def test_a_folder_that_is_not_noroshis_checkout_is_not_taken_for_one(tmp_path, monkeypatch, pyproject):
    """A vendored copy in someone else's project says that its files are missing, and where it looked."""
    package = tmp_path / "generator" / "noroshi"
    package.mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text("")
    if pyproject is not None:
        (tmp_path / "pyproject.toml").write_text(pyproject)
    monkeypatch.setattr(module, "_PACKAGE", package)
    monkeypatch.setattr(module, "_BUNDLE", package / "_shipped")
    with pytest.raises(FileNotFoundError, match="install noroshi again"):
        shipped("mkdocs.yml")


def test_a_missing_file_is_named():
    """A misspelt template name says what was looked for and where."""
    with pytest.raises(FileNotFoundError, match=r"site_templates/nothing\.html"):
        shipped("site_templates", "nothing.html")
