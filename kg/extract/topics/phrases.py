"""The noun phrases of an article as topics see them: a head with the words that say which kind it is."""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from kg.extract.columns import columns_of
from kg.extract.topics.normal import known_form, modifier_word, noun_word, unfold
from kg.extract.words import role_nouns
from kg.lexicon import load_table

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kg.extract.columns import Columns
    from kg.extract.people.cast import Cast

__all__ = ["Phrase", "generic_nouns", "read_phrases"]

type Article = Literal["definite", "indefinite", "none"]

_CLASSIFIERS = frozenset({"amod", "compound", "nmod"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_NAMES_OF_THINGS = frozenset({"EVENT", "LAW", "PRODUCT", "WORK_OF_ART"})
_PLACES = frozenset({"FAC", "GPE", "LOC", "NORP"})
_NO_NAMES = frozenset({"CARDINAL", "DATE", "MONEY", "ORDINAL", "PERCENT", "QUANTITY", "TIME"})
_NAMED_IN = frozenset({"based", "backed", "born", "led", "owned", "run"})
_MEASURED = frozenset(
    {"ban", "consumption", "cost", "export", "import", "market", "output", "price", "production", "shortage", "use", "yield"}
)
_EPONYMOUS = frozenset({"curve", "disease", "law", "paradox", "principle", "syndrome", "theorem"})
# What a verb with an amount of money tells of its subject: "wheat trades at $200 a ton" is about the wheat price.
_PRICED = frozenset({"trade", "sell", "fetch"})
_COINS = frozenset({"$", "£", "€", "¥", "₹", "US$", "A$", "C$", "HK$"})
_SMALL = frozenset({"a", "an", "and", "of", "the"})
_LONGEST = 6  # words of a topic


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase.

    Attributes:
        head: token index of the head; start: of the first word that is part of it.
        words: in their normal form, the head last.
        article: what introduces it.
        plain: nothing that describes it was left out.
        name: it is the name of a thing.
        classified: a word says which kind it is, not just whose or from where.
        levels: a figure of its own stands behind it: "a harvest of 2 million tons".
        priced: an amount of money tells its price: "wheat trades at $200 a ton".
    """

    head: int
    start: int
    words: tuple[str, ...]
    article: Article
    plain: bool
    name: bool
    classified: bool
    levels: bool = False
    priced: bool = False

    @property
    def label(self) -> str:
        """The words as a topic's label."""
        return " ".join(self.words)


@cache
def generic_nouns() -> dict[str, str]:
    """Nouns too wide to be a topic, to "alone" (fit with a word that classifies them) or "never"."""
    return {row["noun"]: row["use"] for row in load_table("generic_nouns")}


@cache
def _describing() -> frozenset[str]:
    return frozenset(row["adjective"] for row in load_table("describing_adjectives"))


def read_phrases(doc: "Doc", cast: "Cast", acronyms: dict[str, tuple[str, ...]]) -> "dict[int, Phrase]":
    """The phrases of the article by the token index of their head, people, organisations and places left out.

    Args:
        doc: the parsed article.
        cast: its agents.
        acronyms: those that it defines.
    """
    found = {}
    columns = columns_of(doc)
    opens = {first for first, _ in columns.sentences}
    capitals = frozenset(
        text
        for index, text in enumerate(columns.text)
        if text[:1].isupper() and index not in opens and not doc.vocab[columns.text[index - 1]].is_quote
    )
    names = frozenset(word for agent in range(len(cast)) for name in cast.names(agent) for word in name.split())
    scene = _Scene(cast, acronyms, capitals, columns)
    for index, (pos, dep, label) in enumerate(zip(columns.pos, columns.dep, columns.label, strict=True)):
        if pos not in _NOUNS or dep == "compound" or label in _NO_NAMES:
            continue
        text = columns.text[index]
        agent = cast.at(index) is not None or (pos == "PROPN" and (label not in _NAMES_OF_THINGS | {""} or text in names))
        if (agent and text not in acronyms) or not any(map(str.isalpha, text)):
            continue
        phrase = _phrase(doc[index], scene)
        if phrase is not None:
            found[index] = phrase
    return found


@dataclass(frozen=True, slots=True)
class _Scene:
    """What reading one phrase needs of its article."""

    cast: "Cast"
    acronyms: dict[str, tuple[str, ...]]
    capitals: frozenset[str]
    columns: "Columns"


def _phrase(head: "Token", scene: _Scene) -> Phrase | None:
    doc = head.doc
    group = _hyphenated(doc, head.i)
    if group < head.i and (doc[group].tag_ == "CD" or _SMALL & {token.lower_ for token in doc[group : head.i]}):
        return None
    before = _modifiers(head, group, scene)
    words, classified = before.words, before.classified or group < head.i
    words.append(
        f"{doc[group : head.i].text_with_ws.lower()}{noun_word(head, scene.capitals)}"
        if group < head.i
        else noun_word(head, scene.capitals)
    )
    if len(words) == 1 and words[0].lower() in _MEASURED and (kind := _of_what(head, scene)):
        words.insert(0, kind)
        classified = True
    if len(words) > _LONGEST:
        return None
    return Phrase(
        head.i,
        before.start,
        unfold(tuple(words), scene.acronyms),
        before.article,
        before.plain,
        head.pos_ == "PROPN",
        classified,
        _levels(head, scene.columns),
        scene.columns.dep[head.i] == "nsubj" and _priced(head),
    )


def _priced(head: "Token") -> bool:
    """Whether an amount of money tells what its subject sells at."""
    verb = head.head
    if head.pos_ != "NOUN" or verb.lemma_.lower() not in _PRICED:
        return False
    near = head.doc[verb.i + 1 : min(len(head.doc), verb.i + 8)]
    return any(token.text in _COINS or token.ent_type_ == "MONEY" for token in near)


def _levels(head: "Token", columns: "Columns") -> bool:
    """Whether "of" and a figure stand behind."""
    if head.i + 2 >= len(columns.lower) or columns.lower[head.i + 1] != "of":
        return False
    return any(token.like_num or token.text in _COINS for token in head.doc[head.i + 2 : head.i + 5])


@dataclass(slots=True)
class _Before:
    """What stands before a head: the words that say which kind, and what introduces the phrase."""

    start: int
    words: list[str]
    plain: bool = True
    article: Article = "none"
    classified: bool = False


type _Word = tuple[str, int, bool]  # in its normal form, its token's index, whether it is a place or a people


def _modifiers(head: "Token", first: int, scene: _Scene) -> _Before:
    """Reads from the word before the head (whose own words begin at `first`) back, as far as the words classify."""
    doc = head.doc
    found = _Before(first, [])
    words: list[_Word] = []
    passed: list[_Word] = []  # describing words, kept if a classifying one stands before them: "artificial general intelligence"
    at = first - 1
    while at >= 0 and (word := _modifier(doc, at, head, scene)) is not None:
        if word[0] and not _describes(doc[at], word):
            words[:0] = [word, *passed]
            passed = []
        else:
            passed.insert(0, (word[0] or doc[at].lower_, word[1], False))
        at = word[1] - 1
    if at >= 0:
        _read_introduction(doc[at], found)
    if passed and known_form((*(word for word, _, _ in (*passed, *words)), noun_word(head, scene.capitals)), scene.acronyms):
        words[:0] = passed  # "large language model" is one, however large
        passed = []
    found.plain = found.plain and not passed
    if not words and (owner := _eponym(head, first)):
        return _Before(first - 2, [owner], found.plain, "none", classified=True)
    # "China's AI market", "Chinese AI companies": whose it is goes, where words that say which kind remain.
    while len(words) > 1 and words[0][2]:
        words.pop(0)
    if words and not words[0][2]:
        found.start = words[0][1]
    found.words = [word for word, _, _ in words]
    found.classified = any(not place for _, _, place in words)
    return found


def _modifier(doc: "Doc", last: int, head: "Token", scene: _Scene) -> _Word | None:
    """The word that ends at `last`, if it may be part of the phrase; several tokens if hyphens join them."""
    columns = scene.columns
    first = _hyphenated(doc, last)
    if first == last and (columns.dep[last] not in _CLASSIFIERS or columns.label[last] in _NO_NAMES or scene.cast.at(last) is not None):
        return None
    token = doc[last]
    if first < last:
        if not _fits_hyphenated(doc, first, last, head):
            return None
        text = doc[first : last + 1].text
        return (text if _has_name(doc, first, last) else text.lower()), first, False
    if head.left_edge.i > last or not (token.is_alpha or "&" in token.text):
        return None
    return modifier_word(token, scene.capitals), last, token.ent_type_ in _PLACES or token.ent_type_ == "PERSON"


def _describes(token: "Token", word: _Word) -> bool:
    """Whether a word says what the thing is like and not which kind it is."""
    if word[1] != token.i or token.dep_ != "amod" or token.ent_type_ in _PLACES:
        return False
    return token.pos_ in {"ADJ", "VERB", "ADV"} and not _classifies(token)


def _read_introduction(token: "Token", found: _Before) -> None:
    """What the token before the phrase tells of it."""
    if token.dep_ in {"det", "poss"} or token.tag_ == "PRP$":
        found.article = "definite" if token.lower_ in _DEFINITE or token.dep_ == "poss" else "indefinite"
    elif token.dep_ == "case" or token.tag_ == "POS":
        found.article = "definite"
    elif token.dep_ in _CLASSIFIERS or token.dep_ == "nummod":
        found.plain = False


def _eponym(head: "Token", first: int) -> str | None:
    """Whom a thing is named after: "Alzheimer's disease"."""
    if head.lower_ not in _EPONYMOUS or first < 2 or head.doc[first - 1].tag_ != "POS" or head.doc[first - 2].pos_ != "PROPN":
        return None
    return head.doc[first - 2 : first].text


def _classifies(token: "Token") -> bool:
    """Whether an adjective or participle says which kind a thing is, not what it is like."""
    word = token.lower_
    if word in _describing() or token.tag_ in {"JJR", "JJS", "RBR", "RBS"} or token.like_num:
        return False
    if token.tag_ in {"VBD", "VBN"} or word.endswith("ed"):
        return token.dep_ == "compound"
    if any(child.dep_ == "advmod" for child in token.children):
        return False
    return token.pos_ != "ADV"


def _hyphenated(doc: "Doc", last: int) -> int:
    """The first token of the words joined by hyphens that end at `last`."""
    if last < 2 or columns_of(doc).text[last - 1] not in {"-", "–"}:
        return last
    first = last
    while first >= 2 and doc[first - 1].text in {"-", "–"} and not doc[first - 1].whitespace_ and not doc[first - 2].whitespace_:
        first -= 2
    return first


def _fits_hyphenated(doc: "Doc", first: int, last: int, head: "Token") -> bool:
    words = [token.lower_ for token in doc[first : last + 1] if token.text not in {"-", "–"}]
    if doc[first].tag_ == "CD" or not doc[first].is_alpha or _SMALL & set(words) or words[-1] in _NAMED_IN:
        return False
    return "-".join(words) not in _describing() and head.left_edge.i <= last


def _has_name(doc: "Doc", first: int, last: int) -> bool:
    return any(char.isupper() for token in doc[first : last + 1] for char in token.text[:2]) and not doc[first].is_sent_start


def _of_what(head: "Token", scene: _Scene) -> str | None:
    """What is measured, said behind the head: "the price of copper" is the copper price."""
    of = next((child for child in head.rights if child.dep_ == "prep" and child.lower_ == "of" and child.i == head.i + 1), None)
    thing = next((child for child in of.children if child.dep_ == "pobj"), None) if of is not None else None
    if thing is None or thing.pos_ != "NOUN" or scene.cast.at(thing.i) is not None:
        return None
    between = thing.doc[head.i + 2 : thing.i]
    if any(token.dep_ != "det" or token.lower_ not in _DEFINITE for token in between) or any(True for _ in thing.rights):
        return None
    word = noun_word(thing, scene.capitals)
    return None if word in generic_nouns() or word in role_nouns() else word
