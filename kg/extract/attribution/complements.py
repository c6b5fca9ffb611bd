"""What a verb takes: every stretch of text that could be the content of the statement it makes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.attribution.clauses import Clause, cue_span, subtree_span
from kg.extract.attribution.cues import Frame, verb_readings
from kg.extract.quotations import Quotation, quotations_in
from kg.extract.text import text_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Complement", "before_link", "complements", "infinitive"]

_CLOSING = frozenset({'"', "”", "''", "»"})
_GAP = 10  # characters: more never stand between a quotation and a cue beside it
_REFLEXIVE = frozenset({"himself", "herself", "themselves", "itself", "myself", "ourselves", "yourself", "each", "one"})
# Openers of a clause that goes with the cue rather than with what is said: "said X when asked", "said X, as Y looked on"
_LOOSE_CLAUSES = frozenset({"when", "after", "before", "as", "while", "whereas", "though", "although", "since", "until", "once"})


@dataclass(frozen=True, slots=True)
class Complement:
    """A possible content of a verb.

    Attributes:
        frame: how the verb takes it, as in the lexicon; behind a preposition the frame is its name ("for" of "called for").
        pieces: token indices, half-open, in order.
        cue_end: where the cue's words end if a preposition or a particle belongs to them, else None.
    """

    frame: Frame
    pieces: tuple[Clause, ...]
    cue_end: int | None = None


def complements(verb: "Token", subject: "Token | None", quotations: tuple[Quotation, ...], *, addressee: bool) -> Iterator[Complement]:
    """The possible contents of an active verb, the likeliest first.

    Args:
        verb: the cue.
        subject: its subject, if there is one.
        quotations: those of the text.
        addressee: whether the verb's object is who is told.
    """
    rights, lefts = list(verb.rights), list(verb.lefts)
    right = _clause_right(verb, rights, subject, addressee=addressee)
    if right is not None:
        yield right
    left = _clause_left(verb, lefts, subject) or (right if right is not None and right.frame == "split" else None)
    if left is not None and left != right:
        yield left
    if quoted := _quotation_beside(verb, rights, subject, quotations):
        yield Complement("quote", _whole(quoted, left))
    yield from _to_and_ing(rights)
    yield from _phrases(rights)


def infinitive(verb: "Token") -> bool:
    """Whether the verb stands with "to"."""
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.lefts)


# --------------------------------------------------------------------------- clauses


def _clause_right(verb: "Token", rights: "list[Token]", subject: "Token | None", *, addressee: bool) -> Complement | None:
    """Content behind the cue: from its complement clause, or what the parser took for the clause's subject, to the cue's right edge."""
    place = next((k for k, child in enumerate(rights) if child.dep_ == "ccomp" and child.left_edge.lower_ not in _LOOSE_CLAUSES), None)
    if place is None:
        return None
    clause = rights[place]
    start = clause.left_edge.i
    for child in rights[:place]:
        # "said the arrival of X, which ..., means that": the clause's subject parsed as the object of "said"
        if child.dep_ == "dobj" and not addressee and child.pos_ != "PRON":
            start = min(start, child.left_edge.i)
    if infinitive(clause):
        return Complement("objinf", ((start, clause.right_edge.i + 1),))
    frame, end = "clause" if _finite(clause) else "small", _right_end(rights[place:])
    core = _core_start(verb, subject)
    if start < core:  # "the keys, which she said were lost", "The river, she said, will rise"
        return Complement("split", ((start, core), (_behind(verb, subject), end)))
    return Complement(frame, ((start, end),))


def _finite(clause: "Token") -> bool:
    """Whether the clause has a finite verb."""
    if clause.tag_ in {"VBD", "VBP", "VBZ", "MD"}:
        return True
    return any(child.tag_ in {"VBD", "VBP", "VBZ", "MD"} or child.lower_ in {"’s", "'s"} for child in clause.lefts)


def _right_end(rights: "list[Token]") -> int:
    """Where content behind the cue ends: before the cue's next own predicate, else at its right edge."""
    end = rights[0].right_edge.i + 1
    for child in rights[1:]:
        if child.dep_ == "conj" or (child.dep_ == "advcl" and (child.tag_ == "VBG" or verb_readings(child))):
            return before_link(child.left_edge)
        if child.dep_ == "advcl" and child.left_edge.lower_ in _LOOSE_CLAUSES:
            return before_link(child.left_edge)
        if child.dep_ not in {"punct", "cc"}:
            end = max(end, child.right_edge.i + 1)
    return end


def before_link(token: "Token") -> int:
    """The index behind the last word before `token`, conjunctions and punctuation between left out."""
    end, doc = token.i, token.doc
    while end > 0 and (doc[end - 1].is_punct or doc[end - 1].dep_ == "cc" or doc[end - 1].is_space) and doc[end - 1].text not in _CLOSING:
        end -= 1
    return end


def _clause_left(verb: "Token", lefts: "list[Token]", subject: "Token | None") -> Complement | None:
    """Content before the cue ("It will rain, she said"), and behind it if the sentence goes on ("It will, she said, rain soon")."""
    core = _core_start(verb, subject)
    clause = next((child for child in reversed(lefts) if child.dep_ == "ccomp"), None)
    if clause is not None:
        if (subject is not None and subject.i < clause.i) or clause.left_edge.i >= core:
            return None
        return Complement("left", ((_sentence_start(verb, verb.left_edge.i), min(core, verb.i)),))
    if verb.dep_ != "parataxis":
        return None
    start, end = subtree_span(verb.head)
    if core <= start:
        return None
    behind = verb.right_edge.i + 1
    if verb.head.i > verb.i:
        return Complement("split", ((start, core), (behind, end)))
    goes_on = behind + 1 < end and any(token.pos_ in {"VERB", "AUX"} for token in verb.doc[behind:end])
    return Complement("left", ((start, core), (behind, end)) if goes_on else ((start, core),))


def _behind(verb: "Token", subject: "Token | None") -> int:
    """The index behind the cue and a subject that follows it."""
    return max(cue_span(verb)[1], subject.right_edge.i + 1 if subject is not None and subject.i > verb.i else 0)


def _sentence_start(verb: "Token", start: int) -> int:
    """The sentence's start, if nothing but links and marks stands before `start`."""
    doc, first = verb.doc, start
    while first > 0 and not doc[first].is_sent_start:
        before = doc[first - 1]
        if not (before.is_punct or before.is_space or before.dep_ in {"cc", "advmod"}):
            return start
        first -= 1
    return first


def _core_start(verb: "Token", subject: "Token | None") -> int:
    """The first token of subject, auxiliaries and cue."""
    first = cue_span(verb)[0]
    if subject is not None and subject.i < verb.i:
        first = min(first, subject.left_edge.i)
    return first


# --------------------------------------------------------------------------- quotations


def _quotation_beside(
    verb: "Token", rights: "list[Token]", subject: "Token | None", quotations: tuple[Quotation, ...]
) -> tuple[int, int] | None:
    """A quotation that ends where the cue's clause begins, or begins where it ends."""
    doc = verb.doc
    start, end = _core_start(verb, subject), cue_span(verb)[1]
    # "...," he said, adding that it rained: the quotation is not what he added
    own = subject is None or subject.head == verb
    ends = {end, *(child.right_edge.i + 1 for child in rights if child.dep_ not in {"punct", "cc", "conj", "ccomp"})}
    low, high = doc[start].idx, [_after(doc, index) for index in sorted(ends)]
    for quotation in quotations_in(quotations, low - _GAP, max(high) + 1):
        tokens = doc.char_span(quotation.span.start, quotation.span.end, alignment_mode="expand")
        if tokens is None or not (any(t.pos_ in {"VERB", "AUX"} for t in tokens) or len(tokens) > 6):
            continue
        before = own and quotation.span.end <= low and not text_of(doc)[quotation.span.end : low].strip(" ,—–-\u00a0")
        if before or quotation.span.start in high:
            return tokens.start, tokens.end
    return None


def _whole(quoted: Clause, left: Complement | None) -> tuple[Clause, ...]:
    """A quotation with the words of its sentence before the cue: 'The tax "is a mistake," she said', 'The tax, she said, "is a mistake"'."""
    if left is None:
        return (quoted,)
    start, end = left.pieces[0]
    if start < quoted[0] < end:
        return ((start, max(quoted[1], end)),)
    return (left.pieces[0], quoted) if left.frame == "split" and end <= quoted[0] else (quoted,)


def _after(doc: "Doc", index: int) -> int:
    """Offset of the next word or mark behind token index - 1, over commas, colons, line breaks and "that"."""
    while index < len(doc) and (doc[index].is_space or doc[index].text in {",", ":", "—", "–", "-"} or doc[index].lower_ == "that"):
        index += 1
    return doc[index].idx if index < len(doc) else len(text_of(doc))


# --------------------------------------------------------------------------- phrases


def _to_and_ing(rights: "list[Token]") -> Iterator[Complement]:
    """As in "hopes to win", "urged them to go", "called on them to go", "denied taking it", "called it a mistake"."""
    thing = next((child for child in rights if child.dep_ == "dobj"), None)
    for child in rights:
        if child.dep_ in {"xcomp", "advcl"} and child.pos_ in {"VERB", "AUX"} and infinitive(child):
            told = [other for other in rights if other.i < child.i and (other.dep_ in {"dobj", "dative"} or other.lower_ == "on")]
            if told:
                yield Complement("objinf", ((told[0].left_edge.i, child.right_edge.i + 1),))
            elif child.dep_ == "xcomp":
                yield Complement("inf", (subtree_span(child),))
        elif child.dep_ == "xcomp" and child.tag_ == "VBG":
            yield Complement("gerund", (subtree_span(child),))
        elif child.dep_ == "oprd" or (child.dep_ == "xcomp" and child.pos_ in {"NOUN", "PROPN", "ADJ"}):
            first = thing if thing is not None and thing.i < child.i else child
            yield Complement("objcomp", ((first.left_edge.i, child.right_edge.i + 1),))


def _phrases(rights: "list[Token]") -> Iterator[Complement]:
    """Contents that are no clauses: "dismissed it as ...", "accused her of ...", "called for calm", "backed the plan"."""
    thing = next((child for child in rights if child.dep_ == "dobj"), None)
    for child in rights:
        if child.dep_ != "prep" or not child.n_rights:
            continue
        name = child.lower_
        if name == "as":
            first = thing if thing is not None and thing.i < child.i else child
            yield Complement("as", ((first.left_edge.i, child.right_edge.i + 1),))
        else:
            behind = child.i + 1
            frame = name if thing is None else f"object+{name}"
            yield Complement(frame, ((behind, child.right_edge.i + 1),), behind if thing is None and child.i == child.head.i + 1 else None)
    if thing is not None and thing.lower_ not in _REFLEXIVE:
        yield Complement("object", ((thing.left_edge.i, _object_end(rights, thing)),))


def _object_end(rights: "list[Token]", thing: "Token") -> int:
    """Behind the object and the phrases that follow it at once, which the parser often hangs on the verb."""
    end = thing.right_edge.i + 1
    for sibling in rights:
        if sibling.i >= end and sibling.dep_ == "prep" and sibling.left_edge.i == end and sibling.lower_ in {"for", "of", "on", "over"}:
            end = sibling.right_edge.i + 1
    return end
