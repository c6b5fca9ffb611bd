"""The modal that governs a claim, how sure its words are, and its tense."""

from typing import TYPE_CHECKING

from kg.extract.claims.clause import Clause
from kg.extract.claims.found import Facet
from kg.records import Certainty, Tense

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["DEMANDS", "PROMISES", "find_certainty", "find_modality", "find_tense"]

DEMANDS = frozenset(
    {
        "urge",
        "demand",
        "call",
        "advise",
        "recommend",
        "ask",
        "tell",
        "order",
        "implore",
        "plead",
        "appeal",
        "encourage",
        "instruct",
        "request",
        "command",
        "beg",
        "exhort",
        "suggest",
        "propose",
        "push",
        "press",
        "want",
        "insist",
    }
)
PROMISES = frozenset(
    {
        "promise",
        "vow",
        "pledge",
        "threaten",
        "swear",
        "expect",
        "predict",
        "forecast",
        "project",
        "guarantee",
        "commit",
        "plan",
        "agree",
        "anticipate",
        "offer",
        "intend",
        "hope",
    }
)
_MAYBE = frozenset({"maybe", "perhaps", "likely", "probably", "possibly", "potentially", "presumably", "conceivably"})
_SENSES = frozenset({"see", "hear", "feel", "remember", "afford", "tell", "understand", "imagine", "believe", "help", "find", "stand"})
_SURE = frozenset(
    {"certainly", "definitely", "surely", "undoubtedly", "clearly", "obviously", "indeed", "absolutely", "inevitably", "always", "never"}
)
_LIKELY = frozenset({"likely", "probably", "presumably", "should", "ought", "expect", "seem", "appear"})
_UNLIKELY = frozenset({"unlikely", "doubtful", "hardly", "doubt"})


def find_modality(clause: Clause, cues: frozenset[str]) -> Facet:
    """must, should, will, can, might or none: the strongest in the main clause, in that order.

    Args:
        clause: the main clause.
        cues: lemmas of the cue's words; an infinitive under "urge" is a demand, one under "vow" a promise.
    """
    found = {name: rule for token in clause.words if (name := (pair := _of_word(token, clause))[0]) and (rule := pair[1])}
    if clause.frame is not None and clause.frame.lemma_ in {"seem", "appear", "look", "expect"}:
        found.setdefault("will" if clause.frame.lemma_ == "expect" else "might", "frame")
    for name in ("must", "should", "will", "can", "might"):
        if name in found:
            return Facet(name, found[name], _SHARES.get(found[name], 0.85))
    if _is_infinitive(clause.head):
        if cues & DEMANDS:
            return Facet("should", "demanded-infinitive", 0.85)
        if cues & PROMISES:
            return Facet("will", "promised-infinitive", 0.85)
    if _is_imperative(clause):
        return Facet("should", "imperative", 0.8)
    return Facet("none", "no-modal", 0.95)


_SHARES = {"modal": 0.95, "would": 0.9, "could": 0.75, "have-to": 0.9, "going-to": 0.95, "adverb": 0.85, "seem": 0.8}


def _of_word(token: "Token", clause: Clause) -> tuple[str, str]:
    """The modality that a word brings, and the rule; two empty strings for none."""
    low, lemma = token.lower_, token.lemma_.lower()
    if token.tag_ == "MD":
        return _of_modal(token, low)
    if token.pos_ in {"VERB", "AUX"}:
        passive = any(child.dep_ == "auxpass" for child in token.children)
        to = any(child.dep_ == "xcomp" and any(part.tag_ == "TO" for part in child.children) for child in token.children)
        if (lemma == "have" and to) or (low in {"got", "gotta"} and to) or (lemma == "need" and to and not passive):
            return "must", "have-to"
        if lemma == "go" and token.tag_ == "VBG" and to:
            return "will", "going-to"
        if lemma in {"expect", "plan", "intend"} and to and token.i == clause.head.i:
            return "will", "going-to"
        if lemma in {"seem", "appear", "look"} and token.i == clause.head.i:
            return "might", "seem"
    if lemma == "able" and token.dep_ == "acomp":
        return "can", "modal"
    if lemma in {"set", "due", "bound"} and token.i == clause.head.i and any(child.dep_ == "xcomp" for child in token.children):
        return "will", "going-to"
    if low in _MAYBE and token.pos_ in {"ADV", "ADJ"} and not (token.dep_ == "amod" and token.head.dep_ in {"nsubj", "nsubjpass", "pobj"}):
        return "might", "adverb"
    if low == "potential" and token.dep_ in {"amod", "acomp", "attr"}:
        return "might", "adverb"
    return "", ""


def _of_modal(token: "Token", low: str) -> tuple[str, str]:
    if low == "must":
        return "must", "modal"
    if low in {"should", "ought"}:
        return "should", "modal"
    if low in {"will", "'ll", "’ll", "wo", "shall"}:
        return "will", "modal"
    if low in {"would", "'d", "’d"}:
        verb = token.head
        wish = verb.lemma_.lower() in {"prefer", "like", "love", "hate", "rather"} or any(
            child.lower_ == "rather" for child in verb.children
        )
        return ("", "") if wish else ("will", "would")
    if low in {"can", "ca"}:
        return "can", "modal"
    if low == "could":
        verb = token.head
        negated = any(child.dep_ == "neg" for child in verb.children)
        return ("can", "could") if negated or verb.lemma_.lower() in _SENSES else ("might", "could")
    return ("might", "modal") if low in {"may", "might"} else ("", "")


def _is_infinitive(head: "Token") -> bool:
    return head.tag_ == "VB" and any(child.tag_ == "TO" for child in head.children)


def _is_imperative(clause: Clause) -> bool:
    """A bare verb without subject or auxiliary that opens the statement: "Wait until May"."""
    head = clause.head
    if head.lower_ == "let" and head.i == clause.words[0].i:
        return True
    return head.tag_ in {"VB", "VBP"} and not any(
        child.dep_ in {"nsubj", "nsubjpass", "expl", "aux", "csubj"} and child.lower_ not in {"do", "n't"} for child in head.children
    )


def find_certainty(clause: Clause, modality: str) -> Facet:
    """certain, probable, possible or doubtful, by the claim's own words."""
    words = {token.lower_ for token in clause.words} | {token.lemma_.lower() for token in clause.words}
    if words & _UNLIKELY:
        return Facet(Certainty.DOUBTFUL, "unlikely-word", 0.85)
    if modality == "might" and not words & {"likely", "probably", "presumably"}:
        return Facet(Certainty.POSSIBLE, "possible-modal", 0.85)
    if words & _LIKELY or clause.frame is not None:
        return Facet(Certainty.PROBABLE, "likely-word", 0.8)
    return Facet(Certainty.CERTAIN, "plain-statement", 0.9)


def find_tense(clause: Clause, modality: str) -> Facet | None:
    """Past, present or future, seen from the speaker; None where there is no verb."""
    verbs = [token for token in clause.words if token.pos_ in {"VERB", "AUX"}]
    if not verbs:
        return None
    if modality == "will" or (_is_infinitive(clause.head) and modality in {"will", "should", "must"}):
        return Facet(Tense.FUTURE, "future-modal", 0.9)
    first = min(verbs, key=lambda token: token.i)
    tags = {token.tag_ for token in verbs if token == clause.head or token.dep_ in {"aux", "auxpass"}}
    if "VBD" in tags or (first.lemma_ == "have" and "VBN" in tags):
        return Facet(Tense.PAST, "past-form", 0.9)
    return Facet(Tense.PRESENT, "present-form", 0.85)
