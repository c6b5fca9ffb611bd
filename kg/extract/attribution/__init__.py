"""Who is said to say what: source, cue and content, linked. Engines stand behind `find_attributions`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.extract.attribution.found import FoundAttribution
from kg.extract.attribution.rules import find_by_rules
from kg.extract.quotations import find_quotations
from kg.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["FoundAttribution", "find_attributions"]


def find_attributions(doc: "Doc", *, barred: Sequence[Span] = ()) -> tuple[FoundAttribution, ...]:
    """The attributions of an article, sorted by content.

    Args:
        doc: the parse of the whole article, with the article's own offsets.
        barred: stretches of text that nothing is taken from (boilerplate).
    """
    return find_by_rules(doc, find_quotations(doc.text), barred=barred)
