"""Grammar of a cue: its subject, its core words, and the stretches of text left and right of it."""

from typing import TYPE_CHECKING

from kg.extract.text import text_of
from kg.records import Said, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Clause", "agent_of", "cue_span", "said_of", "subject_of", "subtree_span", "trim"]

_SUBJECTS = ("nsubj", "csubj")
_MODALS = frozenset({"would", "could", "may", "might", "will", "'ll", "’ll", "wo", "'d", "’d", "shall", "must"})
_CUE_PARTS = frozenset({"aux", "auxpass", "neg", "advmod", "prt"})
# Marks that hang on the edge of a content without belonging to it.
_LOOSE = " \t\r\n\u00a0,;:–—-"

type Clause = tuple[int, int]
"""Token indices, half-open."""


def subject_of(verb: "Token") -> "tuple[Token | None, bool]":
    """The subject of a verb, and whether it is shared with another verb ("he emphasised, adding that ...")."""
    own = [child for child in verb.children if child.dep_ in _SUBJECTS]
    if own:
        return own[0], False
    if any(child.dep_ == "nsubjpass" for child in verb.children):
        return None, False
    if verb.dep_ == "acl" and verb.tag_ == "VBG":  # "a letter saying that ..."
        return verb.head, False
    if verb.dep_ in {"conj", "advcl", "xcomp", "pcomp", "prep", "dep"} and verb.head != verb:
        head = verb.head
        while head.dep_ in {"prep", "agent"} and head.head != head:
            head = head.head
        if head.pos_ in {"VERB", "AUX"} and (verb.dep_ in {"conj", "xcomp"} or verb.tag_ in {"VBG", "VBN"}):
            subject, _ = subject_of(head)
            if subject is None:
                subject = next((child for child in head.children if child.dep_ == "nsubjpass"), None)
            return subject, True
    return None, False


def agent_of(verb: "Token") -> "Token | None":
    """The agent of a passive ("were echoed by Ada Brandt")."""
    for child in verb.children:
        if child.dep_ == "agent":
            return next((grand for grand in child.children if grand.dep_ == "pobj"), None)
    return None


def is_passive(verb: "Token") -> bool:
    """Whether the verb is passive."""
    return any(child.dep_ in {"nsubjpass", "auxpass", "agent"} for child in verb.children)


def subtree_span(token: "Token") -> Clause:
    """The token's subtree as a stretch of token indices."""
    return token.left_edge.i, token.right_edge.i + 1


def cue_span(verb: "Token") -> Clause:
    """The cue's words: the verb with the auxiliaries, negation, adverbs and particle next to it."""
    parts = {child.i for child in verb.children if child.dep_ in _CUE_PARTS and child.n_lefts + child.n_rights == 0}
    start, end = verb.i, verb.i + 1
    while start - 1 in parts:
        start -= 1
    while end in parts and verb.doc[end].dep_ == "prt":
        end += 1
    return start, end


def said_of(cue: "Token") -> Said:
    """Whether the attribution takes place: negated ("did not say"), hypothetical ("would say", "if he said"), else asserted."""
    verbs = [cue]
    if cue.dep_ == "xcomp" and cue.head.lemma_ in {"refuse", "decline", "fail"}:
        return Said.NEGATED
    if cue.dep_ == "xcomp":
        verbs.append(cue.head)
    if any(child.dep_ == "neg" or child.lower_ in {"never", "hardly"} for verb in verbs for child in verb.children):
        return Said.NEGATED
    for verb in verbs:
        for child in verb.children:
            if child.dep_ == "aux" and child.lower_ in _MODALS:
                return Said.HYPOTHETICAL
            if child.dep_ == "mark" and child.lower_ in {"if", "unless"}:
                return Said.HYPOTHETICAL
    return Said.ASSERTED


def trim(doc: "Doc", start: int, end: int) -> Span | None:
    """Code-point offsets of the tokens from `start` up to `end`, without loose punctuation; None if nothing is left.

    A final full stop goes unless a closing quotation mark follows it.
    """
    if start >= end:
        return None
    text = text_of(doc)
    first, last = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
    while last > first and (text[last - 1] in _LOOSE or (text[last - 1] == "." and not _abbreviation(doc, last))):
        last -= 1
    while last > first and text[first] in _LOOSE:
        first += 1
    return Span(first, last) if last > first else None


def _abbreviation(doc: "Doc", last: int) -> bool:
    """Whether the full stop before offset `last` is part of a longer token ("Inc.", "U.S.")."""
    span = doc.char_span(last - 1, last, alignment_mode="expand")
    return span is not None and len(span[0]) > 1 and not span[0].is_punct
