"""What a claim puts forward: a recommendation, a prediction, an evaluation or a fact, the first that fits."""

from functools import cache
from typing import TYPE_CHECKING

from kg.extract.claims.clause import Clause
from kg.extract.claims.found import Facet
from kg.extract.claims.modality import DEMANDS, PROMISES
from kg.lexicon.load import load_table
from kg.records import ClaimKind

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["find_kind"]

_STATES = frozenset({"be", "have", "know", "seem", "mean", "feel", "want", "like", "understand", "remember"})
_OVERDUE = frozenset({"time", "need", "necessary", "warranted", "needed"})
_JUDGING_CUES = frozenset(
    {
        "dismiss",
        "praise",
        "blast",
        "condemn",
        "criticise",
        "criticize",
        "slam",
        "call",
        "describe",
        "liken",
        "brand",
        "label",
        "denounce",
        "deride",
        "hail",
        "portray",
        "consider",
        "deem",
        "view",
        "regard",
        "attack",
        "go",
        "mock",
        "pound",
        "ridicule",
        "decry",
        "lament",
        "cast",
    }
)
_VIEWING = frozenset(
    {
        "see",
        "view",
        "perceive",
        "regard",
        "consider",
        "describe",
        "portray",
        "depict",
        "paint",
        "frame",
        "treat",
        "characterize",
        "characterise",
    }
)
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
# What "there is no ..." judges by.
_DENIED = frozenset(
    {"excuse", "point", "sense", "justification", "shame", "merit", "value", "harm", "logic", "comparison", "substitute", "honor", "honour"}
)
_LINKS = frozenset({"be", "seem", "look", "sound", "feel", "become", "remain", "appear", "get", "stay"})


@cache
def _judging(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in load_table("judging_words", columns=("word", "kind")) if row["kind"] == kind)


def find_kind(clause: Clause, modality: Facet, cues: frozenset[str]) -> Facet:
    """The kind of a claim.

    Args:
        clause: its main clause.
        modality: what `find_modality` gave.
        cues: lemmas of the cue's words.
    """
    if modality.value == "should" and modality.rule in {"imperative", "demanded-infinitive"}:
        return Facet(ClaimKind.RECOMMENDATION, "demand", 0.8)
    if modality.value in {"must", "should"} and not (modality.rule == "have-to" and _past(clause)) and _acts(clause):
        return Facet(ClaimKind.RECOMMENDATION, "deontic-modal", 0.75)
    if _it_is_time(clause):
        return Facet(ClaimKind.RECOMMENDATION, "time-to", 0.8)
    if modality.value == "will":
        return Facet(ClaimKind.PREDICTION, "future-modal", 0.85)
    if cues & PROMISES and (clause.head.tag_ in {"VB", "VBG", "NN", "NNS"} or clause.head.pos_ in {"NUM", "SYM"}):
        return Facet(ClaimKind.PREDICTION, "expecting-cue", 0.8)
    if modality.value == "might" and modality.rule in {"could", "modal"} and _may_come(clause):
        return Facet(ClaimKind.PREDICTION, "possible-future", 0.65)
    if rule := _judges(clause, cues):
        return Facet(ClaimKind.EVALUATION, rule, _EVALUATIONS[rule])
    if cues & DEMANDS and modality.value == "should":
        return Facet(ClaimKind.RECOMMENDATION, "demand", 0.7)
    return Facet(ClaimKind.FACT, "plain-statement", 0.75)


_EVALUATIONS = {
    "judging-adjective": 0.8,
    "judging-noun": 0.8,
    "judging-verb": 0.75,
    "feeling": 0.8,
    "judging-cue": 0.75,
    "superlative": 0.7,
    "too": 0.75,
}


def _past(clause: Clause) -> bool:
    return any(token.tag_ == "VBD" for token in clause.words if token == clause.head or token.dep_ == "aux")


def _past_event(clause: Clause) -> bool:
    return any(token.lower_ == "have" and token.dep_ == "aux" for token in clause.words)


def _may_come(clause: Clause) -> bool:
    """Whether "may", "might", "could" tell of what may come: an event, or anything on a condition."""
    condition = any(
        child.dep_ == "advcl" and any(one.lower_ in {"if", "unless"} for one in child.children) for child in clause.head.children
    )
    return not _past_event(clause) and (condition or clause.head.lemma_.lower() not in _STATES)


def _acts(clause: Clause) -> bool:
    """Whether something is called for rather than inferred: "must be true" is no call."""
    verb = clause.head
    deeper = next((child for child in verb.children if child.dep_ == "xcomp"), verb) if verb.lemma_ in {"have", "need", "get"} else verb
    if _past_event(clause):
        return verb.lemma_ != "be"
    return deeper.lemma_.lower() not in {"know", "mean", "seem"}


def _it_is_time(clause: Clause) -> bool:
    head = clause.head
    if head.lower_ in {"needed", "warranted"} and any(child.dep_ == "auxpass" for child in head.children):
        return True  # "money is needed"
    return head.lemma_ == "be" and any(
        token.lower_ in _OVERDUE and token.dep_ in {"attr", "acomp"} and (token.lower_ != "need" or token.i > clause.head.i)
        for token in clause.head.children
    )


def _judges(clause: Clause, cues: frozenset[str]) -> str:
    """The rule by which the main predicate judges; "" if it does not."""
    head = clause.head
    first = clause.words[0].lower_
    if _views_as(clause, cues):
        return "judging-cue"
    if (cues & _JUDGING_CUES and (head.pos_ not in {"VERB", "AUX"} or first == "as")) or (cues & _LINKS and first == "like"):
        return "judging-cue"
    if any(token.lower_ == "rather" and token.dep_ == "advmod" for token in clause.words):
        return "feeling"  # "I would rather leave"
    for token in _predicative(clause):
        rule = _judging_quality(token) if token.pos_ == "ADJ" or token.tag_ in {"VBN", "VBG"} else _judging_thing(token)
        if rule:
            return rule
    return "judging-verb" if head.pos_ == "VERB" and head.lemma_.lower() in _judging("verb") else ""


def _views_as(clause: Clause, cues: frozenset[str]) -> bool:
    """Whether somebody or something is seen as something: "sees the plan as a trap", "seen as a trap"."""
    if clause.head.pos_ in {"VERB", "AUX"} or not cues & _VIEWING:
        return False
    verb = clause.head.head
    return "as" in cues or any(child.lower_ == "as" for child in (*clause.words, *verb.children))


def _own_feeling(token: "Token") -> bool:
    """Whether a feeling may be the source's own: what "they", "people" or "voters" feel is told, not felt."""
    verb = token if token.pos_ in {"VERB", "AUX"} and any(child.dep_ in _SUBJECTS for child in token.children) else token.head
    subject = next((child for child in verb.children if child.dep_ in _SUBJECTS), None)
    return (
        subject is None or subject.lower_ in {"i", "we", "he", "she", "it", "this", "that", "who"} or subject.pos_ not in {"PRON", "NOUN"}
    )


def _judging_quality(token: "Token") -> str:
    forms = {token.lower_, token.lemma_.lower()}
    if forms & _judging("feeling"):
        return "feeling" if _own_feeling(token) else ""
    if forms & _judging("adjective"):
        return "judging-adjective"
    return (
        "too"
        if any(child.lower_ in {"too", "so", "very", "best", "worst"} for child in token.children) and token.dep_ in {"acomp", "attr"}
        else ""
    )


def _judging_thing(token: "Token") -> str:
    """Of "there are credible threats" nothing is judged: it says that they are; "there is no excuse" judges."""
    if token.pos_ not in {"NOUN", "PROPN"}:
        return ""
    if any(child.dep_ == "expl" for child in token.head.children):
        denied = any(child.lower_ in {"no", "little", "any", "some", "much"} for child in token.children)
        return "judging-noun" if denied and token.lemma_.lower() in _DENIED else ""
    if token.lemma_.lower() in _judging("noun"):
        return "judging-noun"
    words = {form for child in token.children for form in (child.lower_, child.lemma_.lower())}
    if words & _judging("adjective"):
        return "judging-adjective"
    return "superlative" if any(child.tag_ == "JJS" or child.lower_ == "most" for child in token.children) else ""


def _predicative(clause: Clause) -> "list[Token]":
    """Adjectives and nouns that the main clause says of its subject or object, and what stands alone."""
    head = clause.head
    if head.pos_ not in {"VERB", "AUX"}:
        return [head]
    found = []
    own = {token.i for token in clause.words}
    todo = [head]
    while todo:
        verb = todo.pop()
        for child in verb.children:
            if child.i not in own and not (child.dep_ == "ccomp" and verb.lemma_ == "make"):
                continue
            if child.dep_ == "ccomp" and verb.lemma_ == "make":  # "makes me smart"
                found.append(child)
            if child.dep_ in {"acomp", "attr", "oprd"} or (child.dep_ == "xcomp" and child.pos_ in {"ADJ", "NOUN"}):
                found += [child, *(one for one in child.conjuncts)]
            elif (child.dep_ == "dobj" and verb.lemma_.lower() in {"have", "make", "do", "get", "take", "show"}) or (
                child.dep_ == "advmod" and child.lower_ in _judging("adverb")
            ):
                found.append(child)
            elif child.dep_ == "prep" and verb.lemma_ == "be" and child.lower_ in {"in", "of", "at", "on"}:
                found += [one for one in child.children if one.dep_ == "pobj"]  # "is in good health"
            elif child.dep_ == "xcomp":
                todo.append(child)
    return found
