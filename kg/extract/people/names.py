"""Names in an article: which words name a person or an organisation, by the whole article's evidence.

A sentence's named entities are a first guess only. What settles the kind is how the article uses the name anywhere: a title beside it, a
descriptor before it ("consultancy Northlight"), a post held at it, a first name in it, a fuller form of it elsewhere.
"""

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.columns import columns_of
from kg.extract.people.candidates import PLACE_LABELS, candidates, shouted, surface_of, without_edges
from kg.extract.people.genders import first_name
from kg.extract.people.naming import Evidence, judge, other_name_words, weigh
from kg.extract.people.teams import find_teams
from kg.extract.text import text_of
from kg.records import AgentKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from spacy.tokens import Doc, Token

    from kg.extract.people.gazetteer import KnownName
    from kg.records import Span

__all__ = ["Name", "find_names"]

_LINKS = frozenset({"de", "van", "von", "der", "del", "la", "bin", "al"})
_LOCAL = frozenset({"in", "from", "at", "near", "to", "into", "around", "outside", "across"})
_MOVES = frozenset({"go", "come", "fly", "travel", "return", "move", "drive", "sail", "walk", "flee", "march", "send", "bring"})
_SETTLED = "gazetteer"
_LETTERS = re.compile(r"\w+")
_LONGEST = 8  # words of a name that are looked for again


@dataclass(frozen=True, slots=True)
class Name:
    """A name where it stands.

    Attributes:
        start, end: token indices, half-open, without article, honorific and possessive mark.
        text: the words, line breaks and runs of spaces as one space.
        rule, confidence: what decided the kind.
    """

    start: int
    end: int
    text: str
    kind: AgentKind
    rule: str
    confidence: float


def find_names(
    doc: "Doc",
    sources: "Iterable[int]",
    *,
    gazetteer: "Mapping[str, KnownName] | None" = None,
    barred: "Sequence[Span]" = (),
    headlines: "Sequence[Span]" = (),
) -> tuple[Name, ...]:
    """The names of people, organisations and families ("the Brandts"), in text order, not overlapping.

    Args:
        doc: the parse of a whole article.
        sources: token indices of the heads of sources of attributions: a name there speaks, whatever the tagger made of it.
        gazetteer: names whose kind the user has settled.
        barred: stretches whose names count for nothing: bylines, datelines, boilerplate.
        headlines: stretches whose names count only where the running text bears them out: capitals mislead the tagger.
    """
    anchors = sorted(set(sources))
    outside = _Outside(doc, barred)
    spans = [span for span in candidates(doc, anchors) if span[0] in outside]
    evidence: dict[str, Evidence] = {}
    for start, end, kind in spans:
        weigh(doc, start, end, kind, evidence.setdefault(surface_of(doc, start, end), Evidence()))
    words = Counter(columns_of(doc).text)
    kinds = {surface: decided for surface, one in evidence.items() if (decided := judge(words, surface, one))}
    beginnings = {_beginning(word) for word in words} if gazetteer else set()
    for surface, known in (gazetteer or {}).items():
        if _beginning(surface) in beginnings:
            kinds.pop(surface, None)
            if known.kind is not None:
                kinds[surface] = known.kind, _SETTLED, 0.99
    nobody = {surface for surface, known in (gazetteer or {}).items() if known.kind is None}
    parts = _parts({surface: rule for surface, (kind, rule, _) in kinds.items() if kind is AgentKind.PERSON and " " in surface})
    parts = {part: full for part, full in parts.items() if part not in nobody}
    names: dict[tuple[int, int], Name] = {}
    for start, end, _ in spans:
        name = _named(doc, start, end, evidence, parts, kinds)
        if name is not None:
            names[start, end] = name
    covered = {index for start, end in names for index in range(start, end)}
    for start, end in find_teams(doc):
        if covered.isdisjoint(range(start, end)):
            start, end = without_edges(doc, start, end)  # noqa: PLW2901
            names[start, end] = Name(start, end, surface_of(doc, start, end), AgentKind.ORGANISATION, "team", 0.75)
    for name in (*_untagged(doc, names, parts, kinds), *_shouted(doc, names.values())):
        names[name.start, name.end] = name
    kept = [name for name in names.values() if name.text not in nobody and name.start in outside]
    kept = _borne_out(kept, _Outside(doc, headlines), anchors) if headlines else kept
    return tuple(sorted(kept, key=lambda name: name.start))


@dataclass(frozen=True, slots=True)
class _Outside:
    """The tokens that begin outside some stretches of the text."""

    doc: "Doc"
    stretches: "Sequence[Span]"

    def __contains__(self, token: int) -> bool:
        return not self.stretches or not any(span.start <= self.doc[token].idx < span.end for span in self.stretches)


def _borne_out(names: list[Name], outside: _Outside, sources: list[int]) -> list[Name]:
    """Without the names that stand in a headline alone and do not speak there."""
    running = [set(name.text.split()) for name in names if name.start in outside]

    def known(name: Name) -> bool:
        words = set(name.text.split())
        return any(words <= others for others in running) or any(name.start <= source < name.end for source in sources)

    return [name for name in names if name.start in outside or known(name)]


def _named(
    doc: "Doc",
    start: int,
    end: int,
    evidence: dict[str, Evidence],
    parts: dict[str, set[str]],
    kinds: dict[str, tuple[AgentKind, str, float]],
) -> Name | None:
    """The name that a candidate is, by what the whole article says of its words; None if it is none."""
    surface = surface_of(doc, start, end)
    kind, rule, confidence = kinds.get(surface, (None, "", 0.0))
    if rule != _SETTLED:
        if surface in parts and start > 0 and [doc[start - 1].lower_, *(t.lower_ for t in doc[end : end + 1])] == ["the", "family"]:
            return Name(start, end + 1, f"the {surface} family", AgentKind.GROUP, "family", 0.85)
        if _is_family(doc, start, surface, parts):
            return Name(start, end, f"the {surface}", AgentKind.GROUP, "family", 0.85)
        if surface in parts and not _firm_organisation(evidence[surface]):
            return Name(start, end, surface, AgentKind.PERSON, "name-part", 0.9)
        if rule == "named-entity" and kind is AgentKind.ORGANISATION and _is_relative(surface, parts, kinds):
            return Name(start, end, surface, AgentKind.PERSON, "surname", confidence)
    return Name(start, end, surface, kind, rule, confidence) if kind is not None else None


def _is_relative(surface: str, parts: dict[str, set[str]], kinds: dict[str, tuple[AgentKind, str, float]]) -> bool:
    """Whether a name ends in the surname of somebody else in the article, who is a person beyond doubt."""
    words = surface.split()
    if not 1 < len(words) < 5 or not all(word.istitle() for word in words):
        return False
    return any(full.endswith(f" {words[-1]}") and kinds[full][1] == "context" for full in parts.get(words[-1], ()))


def _is_family(doc: "Doc", start: int, surface: str, parts: dict[str, set[str]]) -> bool:
    """Whether the words are a couple or a family: "the Brandts"."""
    return _of_family(doc, start, surface) and surface not in parts and (surface[:-1] in parts or doc[start].ent_type_ == "PERSON")


def _of_family(doc: "Doc", start: int, surface: str) -> bool:
    return surface.endswith("s") and " " not in surface and start > 0 and doc[start - 1].lower_ == "the"


def _firm_organisation(one: Evidence) -> bool:
    return one.firm[AgentKind.ORGANISATION] > one.firm[AgentKind.PERSON]


# --------------------------------------------------------------------------- names the tagger missed


def _parts(people: dict[str, str]) -> dict[str, set[str]]:
    """A part of a full name to the full names it is part of, from full names with the rules that found them.

    "Station" is no surname, whatever the tagger thinks; "Hill" is one where a first name or the context says that Jo Hill is a person.
    """
    parts: dict[str, set[str]] = {}
    for full, rule in people.items():
        tokens = full.split()
        doubtful = other_name_words() if rule != "context" and first_name(tokens[0]) is None else ()
        generation = len(tokens) > 2 and tokens[-1].rstrip(".") in {"Jr", "Sr", "II", "III", "IV"}
        last = tokens[-2] if generation else tokens[-1]
        for token in (tokens[0], last):
            if other_name_words().get(token) == "thing":
                continue  # nobody has the surname Award
            if len(token.rstrip(".")) > 1 and token[0].isupper() and token not in doubtful and "the" not in tokens[:-1]:
                parts.setdefault(token, set()).add(full)
        if len(tokens) > 2 and tokens[-2] in _LINKS:
            parts.setdefault(f"{tokens[-2]} {last}", set()).add(full)
    return parts


def _untagged(
    doc: "Doc",
    names: dict[tuple[int, int], Name],
    parts: dict[str, set[str]],
    kinds: dict[str, tuple[AgentKind, str, float]],
) -> "Iterator[Name]":
    """A known name where the tagger saw none: the same words, or the part of a full name."""
    taken = {index for start, end in names for index in range(start, end)}
    families = {f"{part}s" for part in parts}
    known: dict[str, list[str]] = {}
    for surface in sorted({*parts, *kinds}, key=lambda surface: (-len(surface), surface)):
        if surface.count(" ") < _LONGEST:
            known.setdefault(_beginning(surface), []).append(surface)
    inside = {token.i for entity in doc.ents if entity.label_ in PLACE_LABELS | {"WORK_OF_ART"} and len(entity) > 1 for token in entity}
    columns, whole = columns_of(doc), text_of(doc)
    opening = {word for word in set(columns.text) if word in families or _beginning(word) in known}
    end = 0
    for index, text in enumerate(columns.text):
        if text not in opening or index < end or index in taken:
            continue
        options = known.get(_beginning(text), ())
        if text in families and text not in options and _is_family(doc, index, text, parts):
            yield Name(index, index + 1, f"the {text}", AgentKind.GROUP, "family", 0.85)
        for surface in options:
            if not whole.startswith(surface, columns.start[index]):
                continue
            behind, stop = columns.start[index] + len(surface), index
            while stop < len(doc) and columns.start[stop] < behind:
                stop += 1
            inner = columns.start[stop - 1] + len(columns.text[stop - 1]) > behind  # it ends inside a word
            if inner or not taken.isdisjoint(range(index, stop)):
                continue
            part = surface in parts
            if stop == index + 1 and (index in inside or not _may_be(doc, doc[index], part)):
                continue
            kind = AgentKind.PERSON if part else kinds[surface][0]
            yield Name(index, stop, surface, kind, "name-part" if part else "same-name", 0.85)
            end = stop
            break


def _beginning(words: str) -> str:
    """The letters that a name begins with, up to a space or a mark: names are looked for by these.

    >>> _beginning("Al-Noor Trust"), _beginning("O'Neill"), _beginning("'s")
    ('Al', 'O', "'")
    """
    found = _LETTERS.match(words)
    return found[0] if found else words[:1]


def _shouted(doc: "Doc", names: "Iterable[Name]") -> "Iterator[Name]":
    """Names of the article in its headlines in capitals, a surname included."""
    known: dict[tuple[str, ...], Name] = {}
    for name in names:
        words = tuple(name.text.upper().split())
        known.setdefault(words, name)
        if name.kind is AgentKind.PERSON:
            known.setdefault(words[-1:], name)
    longest = min(max((len(words) for words in known), default=0), _LONGEST)
    for first, stop in shouted(doc):
        start = first
        while start < stop:
            for end in range(min(start + longest, stop), start, -1):
                found = known.get(tuple(doc[k].text for k in range(start, end)))
                if found is not None:
                    text = found.text if len(found.text.split()) == end - start else found.text.split()[-1]
                    yield Name(start, end, text, found.kind, "headline", 0.85)
                    start = end - 1
                    break
            start += 1


def _may_be(doc: "Doc", token: "Token", part: bool) -> bool:
    """Whether a lone known word is that name here, too."""
    if token.pos_ not in {"PROPN", "NOUN"} and not (token.is_upper and len(token) > 2):
        return False
    following = doc[token.i + 1] if token.i + 1 < len(doc) else None
    if part and token.dep_ == "compound" and token.head.pos_ == "PROPN" and token.head.i == token.i + 1:
        return False  # the first word of another, unknown name
    if token.ent_type_ in PLACE_LABELS:
        local = token.dep_ == "pobj" and token.head.lower_ in _LOCAL and (token.head.lower_ != "to" or token.head.head.lemma_ in _MOVES)
        return not local and not (following is not None and following.text == ",")
    return True
