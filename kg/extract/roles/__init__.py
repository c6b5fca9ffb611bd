"""Roles as printed: who holds which post where."""

from typing import TYPE_CHECKING

from kg.extract.roles.found import FoundPart, FoundRole
from kg.extract.roles.parts import parts_of
from kg.extract.roles.reading import read_roles
from kg.extract.roles.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from kg.extract.people.cast import Cast
    from kg.records import Span

__all__ = ["FoundPart", "FoundRole", "find_parts", "find_roles"]


def find_roles(doc: "Doc", cast: "Cast", *, barred: "Sequence[Span]" = ()) -> tuple[FoundRole, ...]:
    """The roles of the people of the cast, in text order; none that rests on words in a barred stretch, such as a byline.

    Adds to the cast the organisations and people that nothing but a role shows, and the pronouns that hold one.

    Known limits:
        1. A bare "he" or "it" gets an agent of its own only where the text has named nobody before it.
        2. What is only possible, denied, asked or wished gives no role, by the words of its own clause alone.
    """
    return read_roles(Scene(doc, cast), barred=barred)


def find_parts(doc: "Doc", cast: "Cast") -> tuple[FoundPart, ...]:
    """Organisations named inside others: "the Centre at Arden University's School of Law"."""
    return parts_of(Scene(doc, cast))
