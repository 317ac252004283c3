"""What ``noroshi show`` loads: no theme, no templates, no feeds, and of the formats only the one that is asked for."""

import subprocess
import sys
from pathlib import Path

SITE = Path(__file__).parent / "show" / "site"
PROGRAM = """
import sys
from noroshi.cli import cli
cli.main(["show", "staging-down", "--site", sys.argv[1], "--now", "2026-11-22T12:00+09:00"], standalone_mode=False)
print(" ".join(sys.modules), file=sys.stderr)
"""


def test_imports() -> None:
    """The real command in a process of its own imports neither MkDocs nor Jinja2, feedgen or another format."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(SITE)], capture_output=True, check=True, text=True, encoding="utf-8"
    )
    assert done.stdout.startswith("【障害】検証サーバーの停止\n")
    loaded = set(done.stderr.split())
    assert "noroshi.writers.pasted.text" in loaded
    heavy = {"mkdocs", "material", "jinja2", "feedgen", "lxml", "rich", "asyncio"}
    others = {f"noroshi.writers.pasted.{name}" for name in ("markdown", "redmine", "chatwork")}
    assert not loaded & (heavy | others)
