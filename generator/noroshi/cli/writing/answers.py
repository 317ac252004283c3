"""What was answered so far, kept for whoever breaks off: it is printed, so that nobody types it twice."""

from __future__ import annotations

from dataclasses import dataclass, field

from noroshi.cli.output import note
from noroshi.yamlsource.emit import Emittable, emit


@dataclass(kw_only=True)
class Answers:
    """The facts of one command, and whether anybody typed some of them at a prompt."""

    facts: dict[str, Emittable] = field(default_factory=dict)
    typed: bool = False

    def forget(self) -> None:
        """They lie elsewhere by now: in a record, or in an editor's block."""
        self.typed = False

    def tell(self) -> None:
        """Print what was typed, and how to go on with it; nothing where nothing was."""
        if not self.typed or not self.facts:
            return
        self.typed = False
        note("what you told so far follows; to go on, run the same command with --edit, and put this in the editor in")
        note("place of the keys that stand there:")
        note("\n" + emit(self.facts))
