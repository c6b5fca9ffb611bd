"""What the grammar says of a stand before it is known whose statements are meant: verbs of agreement, who takes them, what they take."""

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from kg.extract.columns import columns_of
from kg.lexicon import load_table
from kg.records import AgreementRelation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spacy.tokens import Doc, Token

    from kg.extract.people.cast import Cast

__all__ = ["Stand", "main_verb", "objects", "stands", "statement_nouns", "taker_of", "words_of_agreement"]

_OPPOSITE = {AgreementRelation.AGREES: AgreementRelation.DISAGREES, AgreementRelation.DISAGREES: AgreementRelation.AGREES}
_POINTERS = frozenset({"that", "this", "it"})
_SOMEBODY = frozenset({"her", "him", "them"})
_SOMEBODYS = frozenset({"her", "his", "their"})
_MODALS = frozenset({"can", "could", "may", "might", "must", "shall", "should", "would"})
_NOW_AND_THEN = frozenset({"generally", "largely", "occasionally", "often", "only", "rarely", "seldom", "sometimes", "usually", "widely"})
_SHARES = frozenset({"percent", "%", "majority", "minority", "third", "quarter", "half", "most"})
_PREPOSITIONS = frozenset({"with", "to", "at"})
_POS = frozenset({"VERB", "NOUN"})
_SAYING = frozenset({"say", "think", "feel", "believe", "argue", "hold", "take", "make", "tell", "be"})
_CALLING = frozenset({"call", "describe", "label", "brand", "dismiss", "reject", "deem", "consider"})

type Frames = dict[str, AgreementRelation]


@dataclass(frozen=True, slots=True)
class Stand:
    """A stand in the words of its sentence.

    Attributes:
        taker: who takes the stand; other: with whom; None if only "that", "it" or nothing tells.
        noun: what the statement is called ("claim"); None if it has no name.
        last: the last token that the stand rests on.
        called: the owner's name, where it could be several people's.
        clause: the head of what is agreed, where it is told: "agreed that the lake was clean", "rejected the idea of a dam".
        deed: whether only what is to be done can be meant: "opposed it".
    """

    taker: int
    other: int | None
    relation: AgreementRelation
    noun: "Token | None"
    first: "Token"
    last: "Token"
    rule: str
    called: str | None = None
    clause: "Token | None" = None
    deed: bool = False


def _many(taker: "Token") -> bool:
    """Whether several agree, which may be with each other: "experts agree that", "Brandt and Roe agreed that"."""
    return (
        taker.tag_ in {"NNS", "NNPS"}
        or taker.lower_ in {"they", "we", "all", "both"}
        or any(child.dep_ == "conj" for child in taker.children)
    )


@lru_cache(maxsize=2)
def words_of_agreement(doc: "Doc") -> "tuple[tuple[Token, Frames], ...]":
    """The words of an article that can state agreement, each with its frames, in text order; kept for the last two documents, as two stages ask."""
    columns, lemmas = columns_of(doc), doc.to_array("LEMMA").tolist()
    strings, verbs, others = doc.vocab.strings, _verbs(), _words()
    known = {lemma: frames for lemma in set(lemmas) if (frames := verbs.get(strings[lemma].lower() if lemma else ""))}
    found = []
    for index, (lemma, lower) in enumerate(zip(lemmas, columns.lower, strict=True)):
        frames = known.get(lemma) if lemma in known and columns.pos[index] in _POS else None
        frames = frames or others.get(lower)
        if frames:
            found.append((doc[index], frames))
    return tuple(found)


def stands(verb: "Token", frames: Frames, cast: "Cast", by_anchor: "Mapping[int, int]") -> "Iterator[Stand]":
    """The stands that a word takes; `by_anchor` tells who speaks, by the head of the source phrase."""
    main = main_verb(verb)
    if main is None or not _happens(main):
        return
    relation = _relation(verb, main, frames)
    taker = taker_of(main)
    if relation is None or taker is None:
        return
    if taker.lower_ in _SHARES or any(child.dep_ == "prt" for child in verb.children):  # a poll's; "backed it up"
        return
    who = cast.at(taker.i)
    who = by_anchor.get(taker.i) if who is None else who
    if who is None:
        return
    both = next((child for child in taker.children if child.dep_ == "conj" and cast.at(child.i) not in {None, who}), None)
    if both is not None and "alone" in frames and not objects(verb, main, frames):
        if not any(child.dep_ in {"ccomp", "xcomp", "prep"} for child in verb.children):
            yield Stand(who, cast.at(both.i), relation, None, taker, main, "stated-each-other")
        return
    base = Stand(who, None, relation, None, taker, verb, "")
    things = objects(verb, main, frames)
    for thing in things:
        yield from _about(verb, thing, frames, base, cast)
    clause = next((child for child in verb.children if child.dep_ == "ccomp" and child.left_edge.i == verb.i + 1), None)
    if not things and _alone(verb, frames) and not (clause is not None and "alone" in frames and _many(taker)):
        yield replace(_between(base, base.first, main, rule="stated-alone"), clause=clause if "alone" in frames else None)


def objects(verb: "Token", main: "Token", frames: Frames) -> "tuple[Token, ...]":
    """What the verb is about: behind its preposition, else its objects."""
    if "judged" in frames:
        return tuple(thing for thing in (_judged(verb),) if thing is not None)
    if verb.pos_ == "ADP":
        return tuple(child for child in verb.children if child.dep_ == "pobj")
    agreed = verb.pos_ == "VERB" and any(child.dep_ == "dobj" for child in verb.children)  # "agreed a budget with the bank"
    for preposition in (child for token in {verb.i: verb, main.i: main}.values() for child in token.children if child.dep_ == "prep"):
        if not agreed and preposition.lower_ in _PREPOSITIONS and preposition.lower_ in frames:
            things = tuple(child for child in preposition.children if child.dep_ == "pobj")
            if things:
                return things[:1]
    return tuple(child for child in verb.children if child.dep_ in {"dobj", "nsubjpass"} and "not" not in frames)


def _alone(verb: "Token", frames: Frames) -> bool:
    if verb.pos_ not in _POS:
        return verb.lower_ in {"same", "so"}
    others = {child.dep_ for child in verb.children}
    alone = "alone" in frames and not others & {"xcomp", "prep", "dobj"}
    return alone or ("clause" in frames and "ccomp" in others) or "not" in frames


def _relation(verb: "Token", main: "Token", frames: Frames) -> AgreementRelation | None:
    negated = any(child.dep_ == "neg" for token in {main, verb} for child in token.children)
    relation = next(iter(frames.values()))
    if not negated:
        return None if "not" in frames else relation
    if "not" in frames:
        return relation
    return None if relation is AgreementRelation.DISAGREES else _OPPOSITE[relation]  # not to dispute something is not to agree


def _about(verb: "Token", thing: "Token", frames: Frames, base: Stand, cast: "Cast") -> "Iterator[Stand]":
    """The stand towards a thing: somebody, somebody's words, or something said before."""
    words, people = bool({"words", "noun", "judged", *_PREPOSITIONS} & frames.keys()), bool({"person", "with"} & frames.keys())
    noun = thing if thing.lemma_.lower() in statement_nouns() else None
    owner = _owner(thing, cast)
    if owner == base.taker:  # nobody takes a stand on words of their own: "his count" is somebody else's
        owner = None
    if words and owner is not None:
        if noun is not None:
            deed = statement_nouns()[thing.lemma_.lower()] == "deed"
            yield _between(replace(base, other=owner, noun=noun, deed=deed), verb, thing, rule="stated-of-words")
    elif people and cast.at(thing.i) is not None and thing.lower_ not in _POINTERS:
        yield _between(replace(base, other=cast.at(thing.i)), verb, thing, rule="stated-with")
    elif (
        words
        and noun is not None
        and (named := next((child for child in thing.children if child.dep_ == "poss" and child.pos_ == "PROPN"), None))
    ):
        yield _between(replace(base, noun=noun, called=named.text), verb, thing, rule="stated-of-words")
    elif words and points(
        thing, only_named=bool({"noun", "judged"} & frames.keys()), somebody=bool({"person", "pronoun", "with"} & frames.keys())
    ):
        new = thing.lemma_.lower() in {
            "idea",
            "notion",
            "theory",
            "thesis",
        }  # "the idea of a dam" may be nobody's; "the claim that" is somebody's
        told = next((child for child in thing.rights if new and (child.dep_ in {"acl", "ccomp"} or child.lower_ == "of")), None)
        deed = (noun is not None and statement_nouns()[thing.lemma_.lower()] == "deed") or (thing.lower_ == "it" and "deed" in frames)
        yield _between(replace(base, noun=noun, clause=told, deed=deed), verb, thing, rule="stated-of-it")


def _between(base: Stand, *tokens: "Token", rule: str) -> Stand:
    """The stand with all that it rests on, from the first token to the last."""
    ends = [base.first, base.last, *tokens]
    if base.noun is not None:
        ends.append(base.noun.left_edge)
    return replace(base, rule=rule, first=min(ends, key=lambda token: token.i), last=max(ends, key=lambda token: token.i))


def main_verb(verb: "Token") -> "Token | None":
    """The verb whose subject takes the stand: "begged to differ", "took issue with", "is against it"."""
    if "judged" in _words().get(verb.lower_, {}):
        return _judging(verb)
    if verb.pos_ == "NOUN":
        return verb.head if verb.lower_ == "issue" and verb.dep_ == "dobj" and verb.head.lemma_ == "take" else None
    if verb.pos_ == "ADP":
        return verb.head if verb.dep_ == "prep" and verb.head.lemma_ == "be" else None
    if verb.lemma_ == "differ":
        return verb.head if verb.dep_ == "xcomp" and verb.head.lemma_ == "beg" else None
    if verb.lower_ == "so":
        before = verb.nbor(-1) if verb.i else verb
        ends = verb.i + 1 == len(verb.doc) or verb.nbor().is_punct or verb.nbor().lower_ in {"too", "as"}
        return before if ends and before.lemma_ in {"think", "believe"} else None
    if verb.lower_ == "same":
        return _saying_the_same(verb)
    return verb


def _saying_the_same(same: "Token") -> "Token | None":
    """The verb of "said much the same", "says the same thing", "was of the same opinion"; not of "left the same day"."""
    noun = same.head if same.dep_ == "amod" else None
    shared = noun is not None and noun.lemma_.lower() in statement_nouns() and (noun.head.lower_ == "of" or noun.dep_ == "dobj")
    if noun is not None and noun.lemma_ != "thing" and not shared:  # "said on the same call"
        return None
    token = noun or same
    while token.pos_ not in {"VERB", "AUX"} and token.head != token:
        token = token.head
    if same.nbor().dep_ == "mark" or any(child.dep_ in {"relcl", "acl"} or child.lower_ == "of" for child in (noun or same).rights):
        return None
    if token.lemma_ == "be" and not shared:  # "the lead is the same"
        return None
    return token if token.lemma_ in _SAYING else None


def _judged(word: "Token") -> "Token | None":
    """What is called so: "called the claim false", "described her remarks as nonsense", "said the claim was false"."""
    head = word.head.head if word.dep_ == "pobj" and word.head.lower_ == "as" else word.head
    if head.dep_ == "dobj" and head.head.lemma_ in _CALLING and word.dep_ == "pobj":
        return head if head.lemma_.lower() in statement_nouns() else None
    if head.lemma_ == "be" and word.dep_ in {"acomp", "attr"}:
        found = next((child for child in head.lefts if child.dep_ == "nsubj"), None)
    elif head.lemma_ in _CALLING or word.dep_ == "ccomp":
        within = [*head.rights, *word.lefts] if head.lemma_ in _CALLING else []
        found = next((child for child in within if child.dep_ in {"dobj", "nsubj", "compound"} and child.i < word.i), None)
    else:
        return None
    return found if found is not None and found.lemma_.lower() in statement_nouns() else None


def _judging(word: "Token") -> "Token | None":
    """The verb whose subject judges what is called so."""
    if _judged(word) is None:
        return None
    head = word.head.head if word.dep_ == "pobj" else word.head
    if head.lemma_ != "be":
        return head.head if head.dep_ == "dobj" else head
    return head.head if head.dep_ == "ccomp" and head.head.pos_ == "VERB" and not any(c.dep_ == "neg" for c in head.children) else None


def _happens(verb: "Token") -> bool:
    """Whether it is said to have happened: no "would agree", "if she agrees", "to agree", "neither agree nor disagree"."""
    for child in verb.children:
        if (child.dep_ == "aux" and child.lemma_.lower() in _MODALS | {"to"}) or (
            child.dep_ == "mark" and child.lower_ in {"if", "unless", "whether"}
        ):
            return False
        if child.dep_ in {"preconj", "cc"} and child.lower_ in {"neither", "nor", "or"}:
            return False
        if child.dep_ == "advmod" and child.lower_ in _NOW_AND_THEN:  # a habit, no stand on one statement
            return False
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB" and not any(child.dep_ == "nsubj" for child in verb.children):
        return _happens(verb.head)
    return verb.tag_ not in {"VB", "VBG"} or any(child.dep_ in {"aux", "neg", "nsubj"} for child in verb.children)


def taker_of(verb: "Token") -> "Token | None":
    """Who takes the stand: the subject, the agent of a passive, or the subject of the verb before "and"."""
    passive = any(child.dep_ == "nsubjpass" for child in verb.children)
    for child in verb.children:
        if child.dep_ == "agent":
            return next((grand for grand in child.children if grand.dep_ == "pobj"), None)
        if child.dep_ == "nsubj" or (child.dep_ == "nsubjpass" and verb.lemma_ in {"convince", "persuade"}):
            return child
    if not passive and verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"}:
        return taker_of(verb.head)
    return None


def _owner(thing: "Token", cast: "Cast") -> int | None:
    """Whose words a noun stands for: "Brandt's claim", "the view of Ada Brandt"."""
    for child in thing.children:
        if child.dep_ == "poss":
            return cast.at(child.i)
    for child in thing.children:
        if child.dep_ == "prep" and child.lower_ == "of" and thing.lemma_.lower() in statement_nouns():
            return next((cast.at(grand.i) for grand in child.children if grand.dep_ == "pobj"), None)
    return None


def points(thing: "Token", *, only_named: bool = False, somebody: bool = True) -> bool:
    """Whether it stands for something said before: "that", "it", "the claim", "that view"; or for somebody, or somebody's words, who is not known.

    Args:
        thing: the head of the words.
        only_named: nothing but a noun for what is said will do: "condemned it" may be of the deed told of.
        somebody: "her" will do: not behind "endorsed", which is said of candidates.
    """
    named = thing.lemma_.lower() in statement_nouns()
    if not only_named and thing.lower_ in _SOMEBODY:
        return somebody
    if not only_named and thing.lower_ in _POINTERS and thing.pos_ in {"PRON", "DET", "SCONJ"}:
        return True
    return named and any(
        (child.dep_ == "poss" and child.lower_ in _SOMEBODYS)
        or (child.dep_ == "det" and child.lower_ in {"the", "that", "this", "those", "these"})
        for child in thing.children
    )


@cache
def _verbs() -> dict[str, Frames]:
    """Lemma to its frames, each with its relation."""
    found: dict[str, Frames] = defaultdict(dict)
    for row in load_table("agreement_verbs"):
        found[row["verb"]][row["frame"]] = AgreementRelation(row["relation"])
    return dict(found)


@cache
def _words() -> dict[str, Frames]:
    """Other words, in small letters, to their frames."""
    found: dict[str, Frames] = {row["word"]: {"judged": AgreementRelation(row["relation"])} for row in load_table("verdict_words")}
    found |= {word: {"alone": AgreementRelation.AGREES} for word in ("same", "so")}
    return found | {"against": _verbs()["against"]}


@cache
def statement_nouns() -> dict[str, str]:
    """Noun for what somebody said, to "one", "all" or "deed"."""
    return {row["noun"]: row["extent"] for row in load_table("statement_nouns")}
