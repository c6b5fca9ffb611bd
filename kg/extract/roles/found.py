"""What the stage finds, with the numbers of the cast."""

from dataclasses import dataclass

from kg.records import Span

__all__ = ["Body", "FoundPart", "FoundRole", "Post"]


@dataclass(frozen=True, slots=True)
class FoundRole:
    """A role with the numbers of the cast."""

    agent: int
    title: str | None
    organisation: int | None
    former: bool
    evidence: tuple[Span, ...]
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class FoundPart:
    """One organisation named as part of another."""

    organisation: int
    within: int
    evidence: tuple[Span, ...]
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Post:
    """The words of a post where they stand; token indices, half-open.

    Attributes:
        noun: the noun of the post: "president" in "former executive vice president for policy".
        start, end: the title: "executive vice president for policy".
        left: where the phrase begins: words that say former, place or party, and the organisation if it stands before.
        plural: whether it is the post of several people.
        former: whether a word says that it is past.
    """

    noun: int
    start: int
    end: int
    left: int
    plural: bool
    former: bool


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation where a role names it: the cast's number and the tokens, half-open."""

    agent: int
    start: int
    end: int
