"""Countries and cities that play: in a report on a match "Norland" is a team, an organisation, and no place."""

from functools import cache
from typing import TYPE_CHECKING

from kg.extract.columns import columns_of
from kg.lexicon.load import load_table

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["find_teams"]

_SPORT = 4  # different words of sport that make an article one on sport
_PLACES = frozenset({"GPE", "LOC"})
_LOCAL = frozenset({"in", "at", "near", "to", "into", "around", "outside", "across"})
_SIDES = frozenset({"against", "versus", "v", "v.", "vs", "vs."})


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in load_table("sport_words", columns=("word", "kind")) if row["kind"] == kind)


def find_teams(doc: "Doc") -> list[tuple[int, int]]:
    """Token ranges, half-open, of the names of places that stand for teams; none outside an article on sport.

    A place that plays once (it beats, faces, loses; a score stands beside it) is a team wherever nothing is said to be in it.
    """
    sport = _words("noun").intersection(columns_of(doc).lower)
    if len(sport) < _SPORT:
        return []
    places = [entity for entity in doc.ents if entity.label_ in _PLACES]
    teams = {entity.text for entity in places if _plays(doc, entity.root, entity.start, entity.end)}
    return [(entity.start, entity.end) for entity in places if entity.text in teams and not _local(entity.root)]


def _plays(doc: "Doc", head: "Token", start: int, end: int) -> bool:
    if head.dep_ in {"nsubj", "nsubjpass", "dobj"} and head.head.lemma_ in _words("verb"):
        return True
    if head.dep_ == "pobj" and head.head.lower_ in _SIDES:
        return True
    return _score(doc, end) or (start > 2 and _score(doc, start - 3))


def _score(doc: "Doc", start: int) -> bool:
    """Whether a score begins at a token: "2 – 1"."""
    return start + 2 < len(doc) and doc[start].like_num and doc[start + 1].text in {"-", "–", "—"} and doc[start + 2].like_num


def _local(head: "Token") -> bool:
    return head.dep_ == "pobj" and head.head.lower_ in _LOCAL and head.head.head.lemma_ not in _words("verb")
