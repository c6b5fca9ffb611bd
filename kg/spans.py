"""Places in an article's text: half-open stretches of Unicode code points, and those that are no running text."""

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Region", "RegionKind", "Span"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A non-empty stretch of an article's text, half-open, in Unicode code points.

    Raises:
        ValueError: if it is empty or starts before the text.

    >>> Span(10, 19).of("I think, Wang Peng said")[:4]
    'ang '
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"span [{self.start}, {self.end}) is empty or negative")

    def of(self, text: str) -> str:
        """The words of the span in `text`."""
        return text[self.start : self.end]

    def covers(self, other: "Span") -> bool:
        """Whether `other` lies inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


class RegionKind(StrEnum):
    """What a marked stretch of the text is, other than running text."""

    BOILERPLATE = "boilerplate"
    HEADLINE = "headline"
    CAPTION = "caption"
    BYLINE = "byline"
    DATELINE = "dateline"


@dataclass(frozen=True, slots=True, order=True)
class Region:
    """A stretch of text that is no running text. Marked, never cut."""

    span: Span
    kind: RegionKind
