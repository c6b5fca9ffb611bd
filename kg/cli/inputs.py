"""What became of the inputs of a run: told on stderr as it happens, summed up in the exit code."""

from kg.cli.terminal import say
from kg.records import Article, Problem

__all__ = ["Inputs"]

_NOTHING_DONE = 1
_SOME_SKIPPED = 4


class Inputs:
    """Counts of what was read and what was skipped.

    Attributes:
        read, skipped: articles and problems so far.
    """

    def __init__(self, *, quiet: bool) -> None:
        self.read = 0
        self.skipped = 0
        self._quiet = quiet

    def note(self, found: Article | Problem) -> None:
        """Count an article or a problem; a problem is told at once."""
        if isinstance(found, Article):
            self.read += 1
        elif found.skipped:
            self.skipped += 1
            say("skipped", found.what)
        elif not self._quiet:
            say("warning", found.what)

    def exit_code(self) -> int:
        """0 if every input was used, 4 if some were, 1 if none was."""
        if not self.skipped:
            return 0
        return _SOME_SKIPPED if self.read else _NOTHING_DONE
