"""Words of an article that may be a name: the tagger's entities, mended, and the proper nouns that it passed over."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract.columns import columns_of
from kg.extract.people.genders import first_name, gendered_nouns
from kg.extract.people.letters import are_letters, name_before_letters
from kg.extract.people.naming import is_post, looks_personal, makes_a_person, other_name_words
from kg.extract.text import text_of
from kg.extract.words import city_names, honorifics, organisation_parts, place_names
from kg.records import AgentKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as SpacySpan

__all__ = ["PLACE_LABELS", "candidates", "name_tokens", "shouted", "surface_of", "without_edges"]

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_LABELS = {"PERSON": AgentKind.PERSON, "ORG": AgentKind.ORGANISATION}
_NO_AGENTS = PLACE_LABELS | {"NORP", "DATE", "LANGUAGE", "WORK_OF_ART", "LAW", "EVENT"}
_LINKS = frozenset({"de", "van", "von", "der", "del", "la", "bin", "al"})
# Surnames that the tagger takes for common words: O’Connor, D'Arcy. Not "I'm", "It’s": a capital must follow the mark.
_APOSTROPHE = re.compile(r"[A-Z]['’][A-Z]\w+")
# Last words of names that places do not bear, whatever the tagger takes them for: not "Center", "House", "Union".
_BODIES = frozenset(
    {"Agency", "Association", "Authority", "Bureau", "Command", "Commission", "Committee", "Company", "Corp", "Corporation", "Council"}
    | {"Department", "Federation", "Foundation", "Inc", "Institute", "Institution", "Labs", "Laboratories", "League", "Ministry"}
    | {"Partners", "Society"}
)
_MENDABLE = frozenset({"", "PERSON", "ORG"})
_OPEN = frozenset({'"', "“", "‘", "'", "``"})
_CLOSE = frozenset({'"', "”", "’", "'", "''"})
_AT = frozenset({"at", "of", "for", "with", "in", "from"})


def name_tokens(doc: "Doc", head: "Token") -> tuple[int, int]:
    """The stretch of a proper name around its head: the proper nouns joined to it without a break."""
    start, end = head.i, head.i + 1
    while start > head.sent.start and (doc[start - 1].pos_ == "PROPN" or _linked(doc, start - 1)) and doc[start - 1].head.i >= start - 1:
        start -= 1
    while end < head.sent.end and doc[end].pos_ == "PROPN" and doc[end].head.i < end:
        end += 1
    return without_edges(doc, start, end)


def _linked(doc: "Doc", index: int) -> bool:
    """Whether the token joins two proper nouns into one name ("Ada van Rijn")."""
    return doc[index].lower_ in _LINKS and index > 0 and doc[index - 1].pos_ == "PROPN"


def candidates(doc: "Doc", sources: list[int]) -> "list[tuple[int, int, AgentKind | None]]":
    """Stretches of tokens that may be names, sorted, not overlapping, with what the tagger takes each for (None: nothing, or a place).

    Args:
        doc: the parse of a whole article.
        sources: token indices of the heads of sources of attributions.
    """
    texts = columns_of(doc).text
    taken: set[int] = set()
    spans: list[tuple[int, int, AgentKind | None]] = []

    def take(start: int, end: int, kind: AgentKind | None) -> None:
        end = _before_letters(doc, start, end, kind)
        if start < end and taken.isdisjoint(range(start, end)) and _may_be_name(texts[start:end]):
            taken.update(range(start, end))
            spans.append((start, end, kind))

    for start, end in (*shouted(doc), *_headlines(doc)):  # what the tagger makes of capitals is worth nothing
        taken.update(range(start, end))
    for start, end, kind in _mended(doc):
        take(start, end, kind)
    surnames = _acting_alone(doc)
    for entity in doc.ents:
        found = list(_from_entity(doc, entity, surnames))
        for start, end, kind in found:
            take(start, end, kind)
        if not found and entity.label_ in _NO_AGENTS and not _employs(entity):
            taken.update(token.i for token in entity if token.pos_ != "PROPN" or entity.label_ != "NORP")
    for start, end in _by_first_name(doc, taken):
        take(start, end, None)
    for start, end in (*_by_surname(doc, taken, surnames), *_by_apostrophe(doc, taken)):
        take(start, end, AgentKind.PERSON)
    for head in [doc[index] for index in sources] + list(_held(doc)):
        if head.pos_ == "PROPN" and head.i not in taken and head.ent_type_ != "NORP":
            take(*name_tokens(doc, head), None)
    return sorted(spans, key=lambda span: span[:2])


def _before_letters(doc: "Doc", start: int, end: int, kind: AgentKind | None) -> int:
    """Where a person's name ends without the letters behind it; `start` if there are but letters."""
    if end - start == 1 and are_letters(doc, start):
        return start
    stop = name_before_letters(doc, start, end)
    return stop if kind is AgentKind.PERSON or looks_personal(doc, start, stop) else end


def _mended(doc: "Doc") -> "Iterator[tuple[int, int, AgentKind | None]]":
    """Names that the tagger cuts in two."""
    yield from ((start, end, AgentKind.ORGANISATION) for start, end in _composed(doc))
    yield from ((start, end, AgentKind.PERSON) for start, end in _nicknamed(doc))


def _may_be_name(words: list[str]) -> bool:
    """Whether there is a letter or a figure, and in several words a capital: "an upstate academy" is none, "adidas" is."""
    if len(words) > 1 and "".join(words).islower():
        return False
    return any(word.isalpha() or word.isdigit() for word in words)


@lru_cache(maxsize=2)
def shouted(doc: "Doc") -> "tuple[tuple[int, int], ...]":
    """The sentences that are in capitals throughout, as headlines may be; token ranges, half-open."""
    columns = columns_of(doc)
    texts = columns.text
    firsts = ((start, end) for start, end in columns.sentences if texts[start] == texts[start].upper())
    upper = ((start, end) for start, end in firsts if all(texts[k] == texts[k].upper() for k in range(start, end)))
    return tuple((start, end) for start, end in upper if sum(texts[k].isalpha() for k in range(start, end)) > 2)


def _headlines(doc: "Doc") -> "Iterator[tuple[int, int]]":
    """Lines whose words begin with capitals throughout, words such as "After" and "Was" among them."""
    columns, text = columns_of(doc), text_of(doc)
    for start, end in columns.sentences:
        words = columns.text[start:end]
        if any(word.islower() and len(word) > 3 and word.isalpha() for word in words):
            continue
        if sum(len(word) > 3 and word.isalpha() for word in words) < 4:
            continue
        before = text[: columns.start[start]].rstrip(" \t")
        behind = text[columns.start[end - 1] + len(columns.text[end - 1].rstrip()) :].lstrip(" \t")
        small = any(doc[k].is_stop and columns.text[k][0].isupper() for k in range(start + 1, end) if columns.label[k] != "PERSON")
        if small and before[-1:] in {"", "\n", "#"} and behind[:1] in {"", "\n", "\r"}:
            yield start, end


def _from_entity(doc: "Doc", entity: "SpacySpan", surnames: set[str]) -> "Iterator[tuple[int, int, AgentKind | None]]":
    """The names in what the tagger found, an acronym in brackets behind it included."""
    kind = _LABELS.get(entity.label_)
    if kind is not None:
        for start, end in _split(doc, *_whole(doc, entity)):
            if is_post(doc[start]) and first_name(doc[start].text) is None and looks_personal(doc, start + 1, end):
                # "Actress Ada Brandt", taken for a firm or for a name of three words
                yield start + 1, end, AgentKind.PERSON
            else:
                start, end = without_edges(doc, start, end)  # noqa: PLW2901
                yield start, end - (kind is AgentKind.ORGANISATION and _ends_in_title(doc, start, end)), kind
        bracketed = doc[entity.end : entity.end + 3]
        if len(bracketed) == 3 and bracketed[0].text == "(" and bracketed[1].is_upper and bracketed[2].text == ")":
            yield entity.end + 1, entity.end + 2, kind
    elif entity.label_ in PLACE_LABELS and (looks_personal(doc, entity.start, entity.end) or _has_a_post(entity)):
        yield entity.start, entity.end, None
    elif entity.label_ in {"GPE", "FAC"} and doc[entity.end - 1].text in _BODIES and len(entity) - (doc[entity.start].lower_ == "the") > 1:
        yield *without_edges(doc, entity.start, entity.end), AgentKind.ORGANISATION
    elif entity.label_ == "FAC" and _ends_in(doc, entity.start, entity.end, surnames):
        yield *without_edges(doc, entity.start, entity.end), AgentKind.PERSON


def _ends_in_title(doc: "Doc", start: int, end: int) -> bool:
    """As in "Norden Workers Union Chair Ada Brandt", "Northlight CEO Dr. Ada Brandt": the last word is somebody's title, not the body's."""
    if end - start < 2 or end >= len(doc) or not is_post(doc[end - 1]) or doc[end - 1].tag_ in {"NNS", "NNPS"}:
        return False
    return doc[end].ent_type_ == "PERSON" or (doc[end].text.endswith(".") and is_post(doc[end]))


def _composed(doc: "Doc") -> "Iterator[tuple[int, int]]":
    """Names of bodies that the tagger cuts in two: "St Ada's Hospital", "Otto and Ada Roe Foundation", "Norden Museum of Glass"."""
    texts, columns, parts = columns_of(doc).text, columns_of(doc), organisation_parts()
    for index, text in enumerate(texts[:-2]):
        if text in {"St", "St."} and columns.tag[index + 2] == "POS" and index + 3 < len(doc) and texts[index + 3] in parts:
            yield index, index + 4
        elif text in {"and", "&"} and columns.pos[index - 1] == "PROPN" and first_name(texts[index - 1]) is not None:
            body = next((k for k in range(index + 2, min(index + 6, len(doc))) if texts[k] in parts), None)
            if body is not None and first_name(texts[index + 1]) and all(columns.pos[k] == "PROPN" for k in range(index + 1, body + 1)):
                yield index - 1, body + 1
        elif text in parts and texts[index + 1] in {"of", "for"} and columns.pos[index] == "PROPN" and columns.label[index + 1] != "ORG":
            end = index + 2 + (texts[index + 2] in {"a", "an", "the"})
            named = end
            while end < len(doc) and columns.pos[end] in {"PROPN", "ADJ"} and texts[end].istitle() and columns.label[end] in _MENDABLE:
                end += 1
            start = index
            while start > 0 and columns.label[start - 1] == "ORG" and columns.pos[start - 1] == "PROPN":
                start -= 1
            somebody = named < len(doc) and columns.label[named] == "PERSON" and first_name(texts[named]) is not None
            if end > named and columns.pos[end - 1] == "PROPN" and not somebody and (start < index or columns.pos[index - 1] != "PROPN"):
                yield start, end


def _nicknamed(doc: "Doc") -> "Iterator[tuple[int, int]]":
    """Names with a nickname in quotation marks, which the tagger cuts in two: 'Otto Piers "Red" Harker'."""
    columns = columns_of(doc)
    for index, text in enumerate(columns.text):
        if text not in _OPEN or index == 0 or columns.pos[index - 1] != "PROPN" or index + 3 >= len(doc):
            continue
        close = next((k for k in range(index + 2, min(index + 4, len(doc) - 1)) if columns.text[k] in _CLOSE), None)
        if close is None or columns.pos[close + 1] != "PROPN" or not columns.text[close + 1].istitle():
            continue
        start, end = index - 1, close + 2
        while start > 0 and columns.pos[start - 1] == "PROPN" and columns.text[start - 1].istitle() and not doc[start].is_sent_start:
            start -= 1
        if all(columns.text[k].istitle() for k in range(index + 1, close)) and first_name(columns.text[start]) is not None:
            yield start, end


def _employs(entity: "SpacySpan") -> bool:
    """As in "an editor at The Lantern": a work does not employ anybody, a paper of that name does."""
    tie = entity.root.head
    return entity.label_ == "WORK_OF_ART" and entity.root.dep_ == "pobj" and tie.lower_ in {"at", "for"} and is_post(tie.head)


def _has_a_post(entity: "SpacySpan") -> bool:
    """As in "Tanden, head of the Northlight Center", "Tanden is an author": such a name is somebody's, no place's."""
    if len(entity) > 1 or entity.label_ != "GPE":
        return False
    clause = entity.root.head
    if entity.root.dep_ == "nsubj" and clause.lemma_ == "be" and entity.text not in place_names() | city_names():
        return any(makes_a_person(child) or child.lower_ in {"founder", "ceo", "spokeswoman", "spokesman"} for child in clause.rights)
    posts = (child for child in entity.root.rights if child.dep_ == "appos" and child.tag_ == "NN" and is_post(child))
    ties = (tie for post in posts for tie in post.rights if tie.dep_ == "prep" and tie.lower_ in _AT)
    return any(body.ent_type_ == "ORG" for tie in ties for body in tie.rights if body.dep_ == "pobj")


def _split(doc: "Doc", start: int, end: int) -> "Iterator[tuple[int, int]]":
    """Two names where one owns the other ("Arden University's School of Law"), else the one."""
    mark = next((k for k in range(start + 1, end - 1) if doc[k].tag_ == "POS" or _bare_mark(doc, k)), None)
    article = next((k for k in range(start + 1, end - 1) if doc[k].text == "the" and doc[k - 1].pos_ == "PROPN"), None)
    if article is not None and doc[end - 1].text not in organisation_parts():
        yield start, article
    elif mark is None or (
        mark + 2 == end and doc[mark + 1].text in organisation_parts() and doc[mark - 1].text not in organisation_parts()
    ):
        yield start, end  # "New People's Party" is one name
    else:
        yield start, mark
        if any(token.text in organisation_parts() for token in doc[mark + 1 : end]):
            yield mark + 1, end


def _bare_mark(doc: "Doc", index: int) -> bool:
    """Whether a lone apostrophe behind an s is a possessive mark, which the tagger takes for a quotation mark: "Northlight News’"."""
    return doc[index].text in {"'", "’"} and doc[index - 1].text.endswith("s") and not doc[index - 1].whitespace_


def _by_first_name(doc: "Doc", taken: set[int]) -> "Iterator[tuple[int, int]]":
    """Names of people that the tagger passed over: proper nouns behind a first name, an honorific, a "sister"."""
    titles, nouns, columns = honorifics(), gendered_nouns(), columns_of(doc)
    for index, pos in enumerate(columns.pos):
        if pos != "PROPN" or index in taken or columns.label[index] in _NO_AGENTS - PLACE_LABELS:
            continue
        token = doc[index]
        before = doc[token.i - 1] if token.i else None
        called = before is not None and (before.text in titles or (before.lower_ in nouns and before.pos_ == "NOUN"))
        if not called and first_name(token.text) is None:
            continue
        end = token.i + 1
        while end < token.sent.end and end not in taken and (doc[end].pos_ == "PROPN" or doc[end].lower_ in _LINKS):
            end += 1
        if (
            called
            and doc[end - 1].text not in other_name_words()
            and not any(one.text in organisation_parts() for one in doc[token.i : end])
        ) or (looks_personal(doc, token.i, end) and (before is None or before.pos_ != "PROPN")):
            yield token.i, end


def _whole(doc: "Doc", entity: "SpacySpan") -> tuple[int, int]:
    """A name's tokens: the tagger may leave out a first or a last word ("Ada" in "Ada Or", "Marlowe" in "Piers Marlowe")."""
    start, end = entity.start, entity.end
    before = doc[start - 1] if start > entity.sent.start and entity.label_ == "PERSON" and len(entity) == 1 else None
    if (
        before is not None
        and before.dep_ == "compound"
        and before.head == entity.root
        and (
            entity.root.dep_ != "pobj" or (before.i > entity.sent.start and doc[before.i - 1].pos_ == "NOUN" and is_post(doc[before.i - 1]))
        )
        and _first_word(before)
    ):
        start -= 1
    while (
        entity.label_ == "PERSON"
        and end < entity.sent.end
        and doc[end].pos_ == "PROPN"
        and not doc[end].ent_type_
        and doc[end].text.istitle()
        and not is_post(doc[end])
    ):
        end += 1
    return start, end


def _first_word(token: "Token") -> bool:
    """Whether a word before a surname may be the first name: a proper noun alone, no title, no part of a body's name."""
    free = token.pos_ == "PROPN" and not token.ent_type_ and token.text.istitle() and len(token) > 2
    known = token.text in honorifics() or token.text in organisation_parts() or token.text in other_name_words()
    alone = token.i == token.sent.start or token.nbor(-1).pos_ != "PROPN"
    return free and alone and not known and not is_post(token) and token.lower_ not in gendered_nouns()


def _acting_alone(doc: "Doc") -> set[str]:
    """Single proper nouns that act or own somewhere, as surnames do, and that the tagger does not take for a place or a firm."""
    columns = columns_of(doc)
    pos, alone = columns.pos, set()
    for index, dep in enumerate(columns.dep):
        if dep not in {"nsubj", "nsubjpass", "poss"} or pos[index] != "PROPN" or columns.label[index] not in {"", "PERSON"}:
            continue
        if (index == 0 or pos[index - 1] not in {"PROPN", "DET"}) and "PROPN" not in pos[index + 1 : index + 2]:
            alone.add(columns.text[index])
    return alone


def _ends_in(doc: "Doc", start: int, end: int, surnames: set[str]) -> bool:
    """Whether two or three capitalised words end in one of the surnames."""
    if not 2 <= end - start <= 3 or doc[end - 1].text not in surnames:
        return False
    words = [token.text for token in doc[start:end]]
    return all(word.istitle() and word not in other_name_words() and word not in organisation_parts() for word in words)


def _by_surname(doc: "Doc", taken: set[int], surnames: set[str]) -> "Iterator[tuple[int, int]]":
    """Two or three proper nouns that the tagger passed over and whose last one acts alone elsewhere."""
    start = 0
    columns = columns_of(doc)
    for index, pos in enumerate(columns.pos):
        free = pos == "PROPN" and index not in taken
        opens = free and doc[index].is_sent_start
        if free and not columns.label[index] and not (opens and start < index):
            continue
        if index - start > 1 and _ends_in(doc, start, index, surnames):
            yield start, index
        start = index if opens else index + 1


def _by_apostrophe(doc: "Doc", taken: set[int]) -> "Iterator[tuple[int, int]]":
    """A first name and a surname such as O’Connor, whatever the tagger made of them."""
    if _APOSTROPHE.search(text_of(doc)) is None:
        return
    texts = columns_of(doc).text
    for index, text in enumerate(texts):
        if index and index not in taken and _APOSTROPHE.fullmatch(text) and first_name(texts[index - 1]) is not None:
            yield index - 1, index + 1


def _held(doc: "Doc") -> "Iterator[Token]":
    """Heads of names beside a post or a person: "X, director of", "director at Y", "Ada Brandt of Y", "Y's Ada Brandt"."""
    columns, nouns, last = columns_of(doc), gendered_nouns(), len(doc) - 1
    lower, label, pos = columns.lower, columns.label, columns.pos
    for index, word in enumerate(lower):
        if pos[index] in {"NOUN", "PROPN"} and is_post(token := doc[index]):
            if token.dep_ == "appos":
                yield token.head
            for preposition in token.children:
                if preposition.dep_ == "prep" and preposition.lower_ in _AT:
                    yield from (child for child in preposition.children if child.dep_ == "pobj")
        elif word in nouns:
            yield from (child for child in doc[index].rights if child.dep_ == "appos")
        elif label[index] == "PERSON" and index + 1 < last and lower[index + 1] == "of":
            yield from (doc[index + 2],) if pos[index + 2] == "PROPN" else ()
        elif columns.tag[index] == "POS" and 0 < index < last and label[index + 1] == "PERSON":
            yield doc[index - 1]


def without_edges(doc: "Doc", start: int, end: int) -> tuple[int, int]:
    """Without article, honorific and title before, possessive mark and punctuation behind; "Sr." keeps its dot."""
    titles, parts = honorifics(), organisation_parts()
    while start < end and (
        doc[start].lower_ in {"the", "a", "an"}
        or (doc[start].text in titles and end - start > 1 and doc[start + 1].text not in parts and not doc[start + 1].is_stop)
        or doc[start].is_space
        or (doc[start].is_punct and end - start > 1)
    ):
        start += 1
    while end > start and (doc[end - 1].tag_ == "POS" or doc[end - 1].is_space or (doc[end - 1].is_punct and doc[end - 1].text != ")")):
        end -= 1
    if start < end < len(doc) and doc[end].text == "." and doc[end - 1].text in {"Jr", "Sr"} and not doc[end - 1].whitespace_:
        end += 1
    return start, end


def surface_of(doc: "Doc", start: int, end: int) -> str:
    columns = columns_of(doc)
    return " ".join(text_of(doc)[columns.start[start] : columns.start[end - 1] + len(columns.text[end - 1])].split())
