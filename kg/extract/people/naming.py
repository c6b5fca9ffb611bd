"""What an article says about one surface form: is it a person's name, an organisation's, or neither?"""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from kg.extract.columns import columns_of
from kg.extract.people.genders import first_name, gendered_nouns
from kg.extract.words import (
    honorifics,
    known_bodies,
    organisation_descriptors,
    organisation_parts,
    place_names,
    post_nominals,
    role_nouns,
    statesmen,
)
from kg.lexicon.load import load_table
from kg.records import AgentKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Evidence", "is_post", "judge", "looks_personal", "makes_a_person", "other_name_words", "weigh"]

_MODIFIERS = frozenset({"compound", "nmod", "amod", "npadvmod", "nummod"})
_INSIDE = frozenset({"in", "on", "within", "inside", "into", "via", "aboard"})  # where nobody is
_RANKS = frozenset({"Prime", "Chief", "Vice", "Deputy", "First", "Senior", "Junior", "Foreign", "Shadow", "Assistant", "Acting"})
_NEAR_OR_INSIDE = _INSIDE | {"near"}
_PARTISANS = frozenset({"democrat", "republican", "conservative", "liberal", "socialist", "independent", "libertarian", "tory"})
_INITIAL = re.compile(r"[A-Z]\.")
_REACH = 12  # tokens behind a subject in which "its" is looked for
_NAME_LINKS = frozenset({"the", "of", "for", "and", "&", "a", "on", "to", "in"})
_NEVER_SURNAMES = frozenset({"City", "County", "Islands", "Airport", "Avenue", "Boulevard", "Highway"})
_TIES = frozenset({"at", "with", "for", "from"})
_PARTICLES = frozenset(
    {"de", "van", "von", "der", "den", "del", "della", "la", "le", "du", "di", "da", "dos", "bin", "ibn", "al", "el", "ben", "ter", "ten"}
)


@cache
def other_name_words() -> dict[str, str]:
    """Last words of names that no agent bears ("Street", "Award"), to place or thing."""
    return {row["word"]: row["kind"] for row in load_table("other_name_words", columns=("word", "kind"))}


@cache
def _beside(kind: str) -> frozenset[str]:
    """Words beside a name that tell its kind: what `somebody` has, who is `present` somewhere, `staff` that a body has, its `voice`, kinds of `work`,
    kinds of `site`, occupations that people and bodies may `either` have.
    """
    return frozenset(row["word"] for row in load_table("name_contexts", columns=("word", "kind")) if row["kind"] == kind)


@dataclass(slots=True)
class Evidence:
    """What the article says about one surface form.

    Attributes:
        labels: how often the tagger took it for which kind.
        firm: signs of a kind that outweigh the tagger: a title, a post, a descriptor, a first name.
        free: occurrences that are more than a modifier.
        acts: occurrences that speak, act or own.
        things: occurrences as a thing has them: picked up by "which", behind an article, before a common noun.
        works: occurrences as a work has them: in quotation marks of its own, with a year behind, made by somebody.
        inside: occurrences that something is in, as in a place, or that are counted or had, as units and goods are.
        ties: occurrences that someone is at, with, for or from.
    """

    labels: Counter[AgentKind] = field(default_factory=Counter)
    firm: Counter[AgentKind] = field(default_factory=Counter)
    free: int = 0
    acts: int = 0
    things: int = 0
    works: int = 0
    inside: int = 0
    ties: int = 0


def weigh(doc: "Doc", start: int, end: int, kind: AgentKind | None, one: Evidence) -> None:
    """Adds what one occurrence, tokens `start` to `end`, says; `kind` is what the tagger takes it for."""
    head = doc[start:end].root
    before = doc[start - 1] if start > 0 else None
    after = doc[end] if end < len(doc) else None
    if kind is not None:
        one.labels[kind] += 1
    one.firm[AgentKind.PERSON] += _signs_of_a_person(doc, start, end, head)
    one.firm[AgentKind.ORGANISATION] += _signs_of_an_organisation(doc, start, end, head)
    one.free += head.dep_ not in _MODIFIERS
    had = before is not None and before.tag_ == "PRP$" and before.head == head  # "my Zorvo"
    counted = had or any(child.dep_ == "nummod" for child in head.lefts)
    acts = head.dep_ in {"nsubj", "poss", "agent"} or (head.dep_ == "pobj" and head.head.lower_ in {"by", "to"})
    one.acts += acts and not (had or (counted and head.dep_ == "pobj"))
    placed = after is not None and after.pos_ == "NOUN" and head.head == after and after.lower_ in _beside("site")
    one.inside += counted or placed  # "Norden Central station"
    picked_up = after is not None and after.text == "," and end + 1 < len(doc) and doc[end + 1].lower_ == "which"
    one.things += picked_up or _like_a_thing(before, head, after)
    if head.dep_ == "nsubj" and head.head.lemma_ == "be" and any(_common(child) for child in head.head.rights):
        one.things += 3  # the text says outright what it is
    one.works += (
        before is not None and before.lower_ in _beside("work") and before.pos_ == "NOUN" and head.dep_ not in {"nsubj", "nsubjpass"}
    )
    one.works += _like_a_work(doc, start, end) and not (kind is AgentKind.PERSON and before is not None and before.tag_ == "POS")
    if head.dep_ == "pobj" and head.head.lower_ == "of":
        one.acts += head.head.head.lemma_.lower() in _beside("somebody")
    one.ties += _employs(doc, start, end, head)
    one.ties += start > 1 and before is not None and before.lower_ == "of" and is_post(doc[start - 2])
    if head.dep_ == "pobj":
        present = head.head.lower_ == "at" and head.head.head.lemma_.lower() in _beside("present")
        one.inside += present or head.head.lower_ in _NEAR_OR_INSIDE
        one.ties += head.head.lower_ in _TIES and not present


def _signs_of_a_person(doc: "Doc", start: int, end: int, head: "Token") -> int:
    """How many things beside the words make them a person's name."""
    before = doc[start - 1] if start > 0 else None
    nouns = gendered_nouns()
    signs = int(any(child.dep_ == "appos" and (is_post(child) or child.lower_ in nouns or _member(child)) for child in head.children))
    columns = columns_of(doc)
    signs += columns.lower[end : end + 2] == ["et", "al"] or columns.lower[end : end + 2] == ["et", "al."]
    signs += head.dep_ == "nsubj" and head.head.lemma_ == "be" and any(makes_a_person(child) for child in head.head.rights)
    signs += head.dep_ == "attr" and head.head.lemma_ == "be" and any(child.lower_ == "name" for child in head.head.lefts)
    signs += head.dep_ == "pobj" and head.head.lower_ == "of" and nouns.get(head.head.head.lower_, ("", ""))[1] == "kin"
    signs += _lives(doc, start, end, head) + looks_personal(doc, start, end) + _of_a_body(doc, start, end)
    if before is not None:
        signs += before.text in honorifics() or (is_post(before) and before.dep_ == "compound")
    if head.dep_ == "appos" and head.head.lower_ in nouns:
        return signs + 1
    return signs + (before is not None and before.lower_ in nouns and before.pos_ == "NOUN")


def _member(token: "Token") -> bool:
    """As in "Brandt, the Norden Republican who": one of a party is somebody."""
    return token.ent_type_ == "NORP" and token.tag_ == "NNP" and token.lower_ in _PARTISANS


def makes_a_person(token: "Token") -> bool:
    """Whether a predicate is an occupation that bodies do not have: "is an author", not "is a publisher"."""
    word = token.lemma_.lower()
    return token.dep_ == "attr" and token.tag_ == "NN" and role_nouns().get(word) == "occupation" and word not in _beside("either")


def _signs_of_an_organisation(doc: "Doc", start: int, end: int, head: "Token") -> int:
    """The same for an organisation; a descriptor ("consultancy Northlight") and a part of the name ("Institute") weigh double."""
    before = doc[start - 1] if start > 0 else None
    descriptors, parts = organisation_descriptors(), organisation_parts()
    signs = 0
    if before is not None and before.lower_ in descriptors and before.pos_ == "NOUN" and before.dep_ in {"compound", "nmod", "pobj"}:
        signs += 2
    if end - start > 1 and any(token.text in parts for token in doc[start:end]) and not _initialled(doc, start, end):
        signs += 2
    signs += head.dep_ == "appos" and head.head.lower_ in descriptors
    signs += head.dep_ == "pobj" and head.head.lower_ == "at" and is_post(head.head.head)
    signs += head.dep_ == "nsubj" and _it(doc, end)
    signs += _is_spoken_for(doc, start, end, head) + _is_which(doc, end, head)
    signs += _so_called(doc, start)
    if end - start > 1 and before is not None and before.lower_ == "the" and before.head == head and head.dep_ not in _MODIFIERS:
        signs += 2 * (doc[end - 1].text in parts)  # "the Orlando Sentinel"
    return signs + _beside_person(doc, start, end)


def _is_spoken_for(doc: "Doc", start: int, end: int, head: "Token") -> bool:
    """As in "a spokesperson for Northlight": bodies have those more often than people, unless the name is a surname or begins as a person's."""
    tie = head.head
    spoken_for = head.dep_ == "pobj" and tie.lower_ == "for" and tie.head.lemma_.lower() in _beside("voice")
    return spoken_for and end - start > 1 and first_name(doc[start].text) is None


def _is_which(doc: "Doc", end: int, head: "Token") -> bool:
    """As in "Northlight Trains, which runs most services": whatever is "which" is nobody, and what does something is a body."""
    if end + 1 >= len(doc) or doc[end].text != "," or doc[end + 1].lower_ != "which" or doc[end + 1].dep_ != "nsubj":
        return False
    clause = doc[end + 1].head
    return clause.dep_ == "relcl" and clause.head == head and any(child.dep_ == "dobj" for child in clause.rights)


def _so_called(doc: "Doc", start: int) -> bool:
    """As in "a group known as Northlight", "a firm called Northlight"."""
    lower = columns_of(doc).lower
    said = start - 2 if lower[max(start - 2, 0) : start] == ["known", "as"] else start - 1
    return said > 0 and lower[said] in {"known", "called", "named"} and lower[said - 1] in organisation_descriptors()


def _employs(doc: "Doc", start: int, end: int, head: "Token") -> bool:
    """As in "a Northlight reporter", where the tagger sees neither a place nor a person."""
    if end >= len(doc) or doc[end].lower_ not in _beside("staff") or head.dep_ not in {"compound", "nmod"} or head.head.i != end:
        return False
    return head.ent_type_ in {"", "ORG"} and doc[end].pos_ == "NOUN" and doc[start - 1].pos_ not in {"PROPN", "ADJ"}


def _it(doc: "Doc", end: int) -> bool:
    """Whether an "its" later in the sentence can mean nothing but this subject: no other thing stands between."""
    columns = columns_of(doc)
    for index in range(end, min(end + _REACH, len(doc))):
        pos = columns.pos[index]
        if pos in {"NOUN", "PRON"} or (pos == "PROPN" and columns.label[index] not in {"PERSON", "DATE"}) or doc[index].is_sent_start:
            return columns.lower[index] == "its"
    return False


def is_post(token: "Token") -> bool:
    """Whether a noun names a post or an occupation."""
    return token.lemma_.lower() in role_nouns() and token.pos_ in {"NOUN", "PROPN"}


def looks_personal(doc: "Doc", start: int, end: int) -> bool:
    """Whether the words are built as a person's name: a first name, then words that only names hold."""
    if not 2 <= end - start <= 7 or first_name(doc[start].text) is None:
        return False
    if _initialled(doc, start, end):
        return True
    while doc[start + 1].text == "-" and end - start > 3:  # "Jean-Piers Brandt"
        start += 2
    parts = organisation_parts()
    return doc[end - 1].text not in other_name_words() and all(
        (token.text[:1].isupper() and token.text not in parts and (token.pos_ == "PROPN" or not token.is_stop))
        or token.lower_ in _PARTICLES
        for token in doc[start + 1 : end]
    )


def _of_a_body(doc: "Doc", start: int, end: int) -> bool:
    """As in "Ada Brandt, of the Norden Centre, said": several words, none that only organisations bear."""
    columns = columns_of(doc)
    if end - start < 2 or columns.lower[end : end + 2] != [",", "of"] or columns.label[end + 3 : end + 4] != ["ORG"]:
        return False
    return not any(token.text in organisation_parts() for token in doc[start:end])


def _initialled(doc: "Doc", start: int, end: int) -> bool:
    """As in "Otto J. Band": whatever the last word means, a first name and an initial are a person's."""
    return end - start == 3 and _INITIAL.fullmatch(doc[start + 1].text) is not None and first_name(doc[start].text) is not None


def _lives(doc: "Doc", start: int, end: int, head: "Token") -> bool:
    """Whether a name does what only people do: it is born, it is picked up by "who"."""
    if head.dep_ == "nsubjpass" and head.head.lower_ == "born":
        return True
    if start > 0 and doc[start - 1].lower_ == "the":
        return False  # "the president of the Northlight, who": the clause is the president's
    follow = end + 1 if end < len(doc) and doc[end].text == "," else end
    return follow < len(doc) and doc[follow].lower_ == "who" and any(child.dep_ == "relcl" for child in head.rights)


def _like_a_thing(before: "Token | None", head: "Token", after: "Token | None") -> bool:
    """As in "the Zorvo", "English Zorvo", "Zorvo chips": what people's names do not do."""
    named = before is not None and before.lower_ == "the" and head.is_upper and len(head) > 2  # "the NWA": bodies have an article
    modified = before is not None and before.dep_ in {"det", "amod"} and before.head == head
    if before is not None and modified and (before.lower_ == "the" or before.pos_ == "ADJ") and not named:
        return True
    if before is not None and (before.ent_type_ == "NORP" or (before.dep_ == "prep" and before.lower_ in _INSIDE)):
        return True
    return after is not None and head.dep_ in {"compound", "nmod"} and head.head == after and after.pos_ == "NOUN"


def _common(token: "Token") -> bool:
    """Whether a predicate says that its subject is a thing: "is a capsule"."""
    return (
        token.dep_ == "attr" and token.pos_ == "NOUN" and not is_post(token) and token.lower_ not in gendered_nouns() and token.tag_ == "NN"
    )


def _like_a_work(doc: "Doc", start: int, end: int) -> bool:
    """As in '"Zorvo"', "Zorvo (2008)", "Ada Brandt's Zorvo"."""
    if start == 0 or end >= len(doc):
        return False
    if doc[start - 1].is_quote and doc[end].is_quote:
        return True
    if doc[end].text == "(" and end + 2 < len(doc) and doc[end + 1].shape_ == "dddd" and doc[end + 2].text == ")":
        return True
    return start > 1 and doc[start - 1].tag_ == "POS" and doc[start - 2].ent_type_ == "PERSON"


def _beside_person(doc: "Doc", start: int, end: int) -> bool:
    """As in "Ada Brandt of Northlight", "Northlight's Ada Brandt"."""
    if start > 1 and doc[start - 1].lower_ == "of" and doc[start - 2].ent_type_ == "PERSON":
        return end - start > 1 or doc[start].is_upper
    return end + 1 < len(doc) and doc[end].tag_ == "POS" and doc[end + 1].ent_type_ == "PERSON" and doc[end + 1].pos_ == "PROPN"


def _only_titles(surface: str) -> bool:
    """As in "Prime Minister", "Chief Justice", "General": a post, whoever holds it."""
    words = surface.split()
    if words[0] == "Best" and len(words) == 2 and words[1].lower() in role_nouns():
        return True  # an award
    return all(word.lower() in role_nouns() or word in honorifics() or (word in _RANKS and len(words) > 1) for word in words)


def _borne(surface: str, one: Evidence) -> bool:
    """Whether somebody is called as a post or a trade is: Dean Forester, Ms. Goldsmith."""
    if not one.labels[AgentKind.PERSON]:
        return False
    if " " in surface:
        return first_name(surface.partition(" ")[0]) is not None
    return role_nouns().get(surface.lower()) == "occupation"


def _may_name_a_person(surface: str) -> bool:
    """Whether all words are capitalised or particles, and none holds a figure."""
    return all(
        (
            word[0].isupper()
            or word.lower().partition("-")[0] in _PARTICLES
            or word[0] in "'’\"“‘("
            or (word[:2].lower() in {"d'", "d’", "l'", "l’"})
        )
        and not any(glyph.isdigit() for glyph in word)
        for word in surface.split()
    )


def _in_title_case(surface: str) -> bool:
    """Whether a name of several words has small letters in its links alone: "Keep the Promise", "Bread for All"."""
    words = surface.split()
    return len(words) > 2 and words[0][0].isupper() and words[-1][0].isupper() and all(w[0].isupper() or w in _NAME_LINKS for w in words)


def judge(words: Counter[str], surface: str, one: Evidence) -> tuple[AgentKind, str, float] | None:
    """The kind of a surface form with rule and confidence, or None if it names neither a person nor an organisation.

    Args:
        words: how often each word stands in the article.
        surface: the form, runs of spaces as one space.
        one: what its occurrences say.
    """
    person, organisation = AgentKind.PERSON, AgentKind.ORGANISATION
    if surface.endswith("s") and surface[:-1] in post_nominals():
        return None  # "MPs": nobody by name
    if (_only_titles(surface) and not _borne(surface, one)) or _other_name(surface, one):
        return None
    if one.firm[person] >= one.firm[organisation] and not _may_name_a_person(surface):
        if one.labels[organisation] and (one.acts or one.ties) and not one.firm[organisation] and _in_title_case(surface):
            return _by_labels(words, surface, one)
        return (organisation, "context", 0.7) if one.firm[organisation] else None
    kind = max((person, organisation), key=lambda k: one.firm[k])
    other = organisation if kind is person else person
    # One sign in passing does not outweigh a tagger that sees the other kind again and again.
    if one.firm[kind] > one.firm[other] and not (" " not in surface and 4 * one.firm[kind] <= one.labels[other]):
        return kind, "context", 0.9
    return _by_labels(words, surface, one)


def _other_name(surface: str, one: Evidence) -> bool:
    """Whether the name ends as those of streets and awards do, and no person is called so ("Ada Street")."""
    last = surface.rsplit(" ", 1)[-1]
    if last == surface or last not in other_name_words():
        return False
    if one.firm[AgentKind.PERSON]:
        return last in _NEVER_SURNAMES
    return not (one.labels[AgentKind.PERSON] and first_name(surface.partition(" ")[0]))


def _by_labels(words: Counter[str], surface: str, one: Evidence) -> tuple[AgentKind, str, float] | None:
    """What the tagger thinks, where nothing firmer is known, unless the name is used as those of things are."""
    person, organisation = AgentKind.PERSON, AgentKind.ORGANISATION
    count, common = words[surface], words[surface.lower()] > 0 or surface.lower() in role_nouns()
    single, labelled = " " not in surface, sum(one.labels.values())
    if single and one.labels[person] and first_name(surface) and one.acts and one.things < one.acts:
        return person, "first-name", 0.8
    if labelled and not one.firm[organisation] and surface in statesmen():
        return person, "statesman", 0.75
    if surface in known_bodies() and not one.firm[person]:
        return organisation, "known-body", 0.85
    acting = one.labels[organisation] and 3 * one.acts > one.things and not common
    if single and labelled and 2 * labelled <= count and not acting:
        return None  # the tagger thinks so now and then: a word, not a name
    if not labelled:
        return (organisation, "speaks", 0.6) if one.acts else None
    kind = person if one.labels[person] + (one.acts >= one.ties) > one.labels[organisation] else organisation
    if kind is organisation and not one.firm[organisation] and surface in place_names():
        return None
    thing = _thing_not_person(single, labelled, surface, one) if kind is person else _thing_not_organisation(count, labelled, surface, one)
    return None if thing else (kind, "named-entity", 0.85 if labelled > 1 or not single else 0.75)


def _thing_not_person(single: bool, labelled: int, surface: str, one: Evidence) -> bool:
    if not _may_name_a_person(surface) or (one.works >= labelled and not one.acts):
        return True
    return single and (not one.acts or 3 * one.things >= one.acts)  # it never acts, or stands where products and places stand


def _thing_not_organisation(count: int, labelled: int, surface: str, one: Evidence) -> bool:
    if not one.firm[AgentKind.ORGANISATION] and not one.acts and 2 * max(one.works, one.inside) >= max(labelled - 1, 1):
        return True  # a work, or a place
    if " " in surface:
        return False
    initials = surface.isupper() and len(surface) > 2
    if labelled < 3 and not one.acts and not one.ties and surface not in organisation_parts() and not (initials and one.things < labelled):
        return True  # named once or twice, and nothing that organisations do
    return not one.free and (labelled < count or len(surface) < 3)
