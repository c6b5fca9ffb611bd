"""The rules engine: attributions from a dependency parse, quotation marks and the cue lexicon.

Source of the method: cue-first search as in O'Keefe et al. 2012 and Pareti et al. 2013; rules and lexicon our own.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.attribution.clauses import agent_of, cue_span, is_passive, said_of, subject_of, subtree_span, trim
from kg.extract.attribution.cues import Cue, cue_table, verb_readings
from kg.extract.attribution.found import FoundAttribution
from kg.extract.attribution.quotes import follow_on, grow, kind_of
from kg.extract.quotations import Quotation, quotations_in
from kg.records import Span, SpeechMode

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["find_by_rules"]

_PARALLEL = frozenset({"while", "whereas", "but", "though", "although"})


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A cue with its content as stretches of tokens."""

    cue: "Token"
    cue_tokens: tuple[int, int]
    reading: Cue
    content: tuple[tuple[int, int], ...]
    source: "Token | None"
    rule: str
    confidence: float


def find_by_rules(doc: "Doc", quotations: tuple[Quotation, ...], *, barred: Sequence[Span] = ()) -> tuple[FoundAttribution, ...]:
    """The attributions of a parsed article, sorted by content.

    Args:
        doc: the parse, with the article's own offsets.
        quotations: of the same text, as `find_quotations` gives them.
        barred: stretches that nothing is taken from.
    """
    candidates = [candidate for token in doc for candidate in _at(token, quotations)]
    candidates = _separate(candidates)
    relatives = sorted(c.source.i for c in candidates if c.source is not None and c.source.tag_ in {"WP", "WDT"})
    found = [one for candidate in candidates if (one := _finish(doc, quotations, candidate, relatives))]
    unique = {
        (one.content, one.cue): one for one in found if not any(bar.overlaps(one.cue[0]) or bar.overlaps(one.content[0]) for bar in barred)
    }
    return follow_on(doc, quotations, sorted(unique.values(), key=lambda one: (one.content, one.cue)))


def _finish(doc: "Doc", quotations: tuple[Quotation, ...], candidate: _Candidate, relatives: list[int]) -> FoundAttribution | None:
    pieces = [span for start, end in candidate.content if (span := trim(doc, start, end))]
    cue = trim(doc, *candidate.cue_tokens)
    if not pieces or cue is None:
        return None
    source = trim(doc, *_source_tokens(candidate, relatives)) if candidate.source is not None else None
    fixed = [span for span in (cue, source) if span]
    content = grow(doc.text, quotations, pieces, fixed)
    if not content or any(piece.overlaps(cue) for piece in content):
        return None
    if source and any(piece.overlaps(source) for piece in content):
        source = None if any(piece.covers(source) for piece in content) else source
    return FoundAttribution(
        source=(source,) if source else (),
        cue=(cue,),
        content=content,
        anchor=candidate.source.i if candidate.source is not None else None,
        lemma=candidate.reading.lemma,
        mode=candidate.reading.mode,
        kind=kind_of(doc.text, quotations, content),
        said=said_of(candidate.cue),
        rule=candidate.rule,
        confidence=candidate.confidence,
    )


def _source_tokens(candidate: _Candidate, relatives: list[int]) -> tuple[int, int]:
    """The source's whole phrase, cut before the cue and the content where the parse hangs them inside it.

    A relative clause that is a statement of its own is cut off too ("echoed by Ada Brandt, a chemist, who said that ...").
    """
    assert candidate.source is not None
    start, end = subtree_span(candidate.source)
    head = candidate.source.i
    for low, high in (candidate.cue_tokens, *candidate.content):
        if head < low < end:
            end = low
        if start < high <= head:
            start = high
    place = bisect_right(relatives, head)
    return start, min(end, relatives[place]) if place < len(relatives) else end


# --------------------------------------------------------------------------- candidates, cue by cue


def _at(token: "Token", quotations: tuple[Quotation, ...]) -> Iterator[_Candidate]:
    table = cue_table()
    if token.lower_ == "according":
        candidate = _according(token)
        if candidate:
            yield candidate
    elif token.pos_ in {"VERB", "AUX"}:
        for reading in verb_readings(token):
            candidate = _verb(token, reading, quotations)
            if candidate:
                yield candidate
                return
    elif token.pos_ == "NOUN":
        yield from (c for reading in table.get((token.lemma_.lower(), "noun"), ()) if (c := _noun(token, reading)))
    elif token.pos_ == "ADJ":
        yield from (c for reading in table.get((token.lemma_.lower(), "adj"), ()) if (c := _adjective(token, reading)))


def _verb(verb: "Token", reading: Cue, quotations: tuple[Quotation, ...]) -> _Candidate | None:
    passive = is_passive(verb)
    subject, shared = subject_of(verb)
    source = agent_of(verb) if passive else subject
    if passive and source is None:
        return None
    frames = reading.frames
    if "clause" in frames and not passive:
        if right := _clause_right(verb, reading):
            return _candidate(verb, reading, [right], source, "shared-subject" if shared else "clause", 0.8 if shared else 0.9)
        if left := _clause_left(verb, subject):
            return _candidate(verb, reading, left, source, "inverted", 0.9)
    if "quote" in frames and (piece := _quotation_beside(verb, subject, quotations)):
        return _candidate(verb, reading, [piece], source, "quotation", 0.9 if source is not None else 0.7)
    if passive:
        patient = next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
        if "object" in frames and patient is not None:
            return _candidate(verb, reading, [subtree_span(patient)], source, "passive", 0.6)
        return None
    if piece := _complement(verb, frames):
        return _candidate(verb, reading, [piece], source, "complement", 0.6 if source is not None else 0.4)
    return None


def _candidate(
    cue: "Token", reading: Cue, content: list[tuple[int, int]], source: "Token | None", rule: str, confidence: float
) -> _Candidate:
    tokens = cue_span(cue) if cue.pos_ in {"VERB", "AUX"} else (cue.i, cue.i + 1)
    return _Candidate(cue, tokens, reading, tuple(content), source, rule, confidence)


def _clause_right(verb: "Token", reading: Cue) -> tuple[int, int] | None:
    """Content behind the cue: from its complement clause, or what the parser took for the clause's subject, to the cue's right edge."""
    rights = list(verb.rights)
    place = next((k for k, child in enumerate(rights) if child.dep_ == "ccomp"), None)
    if place is None and "inf" in reading.frames:
        place = next((k for k, child in enumerate(rights) if child.dep_ == "xcomp" and _infinitive(child)), None)
    if place is None:
        return None
    start = rights[place].left_edge.i
    for child in rights[:place]:
        # "said the arrival of X, which ..., means that": the clause's subject parsed as the object of "said"
        if child.dep_ == "dobj" and "addressee" not in reading.frames and child.pos_ != "PRON":
            start = min(start, child.left_edge.i)
    return start, _right_end(verb, rights[place:])


def _right_end(verb: "Token", rights: "list[Token]") -> int:
    """Where content behind the cue ends: before the cue's next own predicate, else at its right edge."""
    end = rights[0].right_edge.i + 1
    for child in rights[1:]:
        if child.dep_ == "conj" or (child.dep_ == "advcl" and (child.tag_ == "VBG" or _is_cue(child))):
            return _before_link(child.left_edge)
        end = max(end, child.right_edge.i + 1)
    return max(end, verb.right_edge.i + 1) if not rights[1:] else end


def _before_link(token: "Token") -> int:
    """The index behind the last word before `token`, conjunctions and punctuation between left out."""
    end = token.i
    while end > 0 and (token.doc[end - 1].is_punct or token.doc[end - 1].dep_ == "cc" or token.doc[end - 1].is_space):
        if token.doc[end - 1].text in {'"', "”", "''"}:
            break
        end -= 1
    return end


def _clause_left(verb: "Token", subject: "Token | None") -> list[tuple[int, int]] | None:
    """Content before the cue ("It will rain, she said"), and behind it if the sentence goes on ("It will rain, she said, and soon")."""
    lefts = [child for child in verb.lefts if child.dep_ == "ccomp"]
    core = _core_start(verb, subject)
    if lefts:
        clause = lefts[-1]
        if subject is not None and subject.i < clause.i:
            return None
        start = verb.left_edge.i
        return [(_sentence_start(verb, start), min(core, verb.i))] if clause.left_edge.i < core else None
    if verb.dep_ == "parataxis" and verb.head.i < verb.i and core > verb.head.left_edge.i:
        start, end = subtree_span(verb.head)
        pieces = [(start, core)]
        behind = verb.right_edge.i + 1
        if behind + 1 < end and any(token.pos_ in {"VERB", "AUX"} for token in verb.doc[behind:end]):
            pieces.append((behind, end))
        return pieces
    return None


def _sentence_start(verb: "Token", start: int) -> int:
    """The sentence's start, if nothing but links and marks stands before `start`."""
    first = verb.sent.start
    if all(token.is_punct or token.is_space or token.dep_ in {"cc", "advmod"} for token in verb.doc[first:start]):
        return first
    return start


def _core_start(verb: "Token", subject: "Token | None") -> int:
    """The first token of subject, auxiliaries and cue."""
    first = cue_span(verb)[0]
    if subject is not None and subject.i < verb.i:
        first = min(first, subject.left_edge.i)
    return first


def _quotation_beside(verb: "Token", subject: "Token | None", quotations: tuple[Quotation, ...]) -> tuple[int, int] | None:
    """A quotation that ends where the cue's clause begins, or begins where it ends."""
    doc = verb.doc
    start, end = _core_start(verb, subject), cue_span(verb)[1]
    own = [child for child in verb.rights if child.dep_ in {"nsubj", "dative", "dobj", "npadvmod", "prep", "prt", "advmod"}]
    ends = {end}
    for child in own:
        ends.add(child.right_edge.i + 1)
    low, high = doc[start].idx, [_after(doc, index) for index in sorted(ends)]
    for quotation in quotations_in(quotations, doc[verb.sent.start].idx - 5, max(high) + 1):
        tokens = doc.char_span(quotation.span.start, quotation.span.end, alignment_mode="expand")
        if tokens is None or not (any(t.pos_ in {"VERB", "AUX"} for t in tokens) or len(tokens) > 6):
            continue
        if quotation.span.start in high or (not doc.text[quotation.span.end : low].strip(" ,—–-\u00a0") and quotation.span.end <= low):
            return tokens.start, tokens.end
    return None


def _after(doc: "Doc", index: int) -> int:
    """Offset of the next word or mark behind token index - 1, over commas, colons, line breaks and "that"."""
    while index < len(doc) and (doc[index].is_space or doc[index].text in {",", ":", "—", "–", "-"} or doc[index].lower_ == "that"):
        index += 1
    return doc[index].idx if index < len(doc) else len(doc.text)


def _complement(verb: "Token", frames: frozenset[str]) -> tuple[int, int] | None:
    """Content that is no clause: "dismissed it as ...", "accused her of ...", "backed the plan"."""
    for child in verb.rights:
        if "as" in frames and child.dep_ == "prep" and child.lower_ == "as":
            first = next((c for c in verb.rights if c.dep_ == "dobj"), child)
            return first.left_edge.i, child.right_edge.i + 1
        if "of" in frames and child.dep_ == "prep" and child.lower_ == "of":
            return child.i + 1, child.right_edge.i + 1
        if "inf" in frames and child.dep_ == "xcomp" and _infinitive(child):
            return subtree_span(child)
        if "gerund" in frames and child.dep_ == "xcomp" and child.tag_ == "VBG":
            return subtree_span(child)
        if "objcomp" in frames and child.dep_ in {"oprd", "ccomp"}:
            first = next((c for c in verb.rights if c.dep_ == "dobj"), child)
            return min(first.left_edge.i, child.left_edge.i), child.right_edge.i + 1
    if "object" in frames:
        thing = next((c for c in verb.rights if c.dep_ == "dobj"), None)
        if thing is not None and thing.lower_ not in {"himself", "herself", "themselves", "itself"}:
            return thing.left_edge.i, _object_end(verb, thing)
    return None


def _object_end(verb: "Token", child: "Token") -> int:
    end = child.right_edge.i + 1
    for sibling in verb.rights:
        if sibling.i > child.i and sibling.dep_ == "prep" and sibling.left_edge.i == end and sibling.lower_ in {"for", "of", "on", "over"}:
            end = sibling.right_edge.i + 1
    return end


def _according(token: "Token") -> _Candidate | None:
    """As in "According to X, it rained" and "It rained, according to X"."""
    to = next((child for child in token.children if child.lower_ == "to"), None)
    source = next((child for child in to.children if child.dep_ == "pobj"), None) if to is not None else None
    if to is None or source is None:
        return None
    start, end = token.i, source.right_edge.i + 1
    sentence = token.sent
    reading = Cue("according", "prep", SpeechMode.SPEECH, cue_table()["say", "verb"][0].stance, frozenset())
    head = token.head
    while head.pos_ not in {"VERB", "AUX"} and head.head != head:
        head = head.head
    low, high = (head.left_edge.i, head.right_edge.i + 1) if head.pos_ in {"VERB", "AUX"} else (sentence.start, sentence.end)
    if head.dep_ == "ROOT" or not low <= token.i < high:
        low, high = sentence.start, sentence.end
    if start - low > 2:
        pieces = [(low, start)]
        if end + 2 < high and any(t.pos_ in {"VERB", "AUX"} for t in token.doc[end:high]):
            pieces.append((end, high))
    else:
        pieces = [(end, high)]
    return _Candidate(token, (start, to.i + 1), reading, tuple(pieces), source, "according-to", 0.85)


def _noun(noun: "Token", reading: Cue) -> _Candidate | None:
    """As in "Brandt's claim that it rained"."""
    clause = next(
        (
            c
            for c in noun.rights
            if (c.dep_ in {"acl", "ccomp", "relcl"} and _that(c)) or (c.dep_ == "acl" and "inf" in reading.frames and _infinitive(c))
        ),
        None,
    )
    if clause is None:
        return None
    owner = next((c for c in noun.lefts if c.dep_ == "poss"), None)
    if owner is None:
        by = next((c for c in noun.rights if c.dep_ == "prep" and c.lower_ in {"by", "from", "of", "among"} and c.i < clause.i), None)
        owner = next((c for c in by.children if c.dep_ == "pobj"), None) if by is not None else None
    if (
        owner is None
        and noun.dep_ == "dobj"
        and noun.head.lemma_ in {"make", "express", "repeat", "voice", "give", "issue", "reject", "have"}
    ):
        owner, _ = subject_of(noun.head)
    if owner is None:
        return None
    return _Candidate(noun, (noun.i, noun.i + 1), reading, (subtree_span(clause),), owner, "noun", 0.6)


def _that(clause: "Token") -> bool:
    return any(child.dep_ == "mark" and child.lower_ == "that" for child in clause.children)


def _infinitive(verb: "Token") -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def _adjective(adjective: "Token", reading: Cue) -> _Candidate | None:
    """As in "She is confident that it will rain"."""
    clause = next((c for c in adjective.rights if c.dep_ == "ccomp"), None)
    be = adjective.head
    if clause is None or adjective.dep_ != "acomp" or be.pos_ not in {"AUX", "VERB"}:
        return None
    subject, _ = subject_of(be)
    if subject is None or subject.lower_ in {"it", "that", "this"}:
        return None
    return _Candidate(adjective, (be.i, adjective.i + 1), reading, (subtree_span(clause),), subject, "adjective", 0.6)


def _is_cue(token: "Token") -> bool:
    return bool(verb_readings(token))


# --------------------------------------------------------------------------- candidates among each other


def _separate(candidates: list[_Candidate]) -> list[_Candidate]:
    """Parallel statements kept apart: "A said X, while B said Y" ends A's content before "while" and gives B the rest.

    The parser hangs B's clause into A's content, and what follows B's first words onto A's.
    """
    cut: dict[int, tuple[tuple[int, int], ...]] = {}
    by_sentence: dict[int, list[_Candidate]] = {}
    for one in candidates:
        by_sentence.setdefault(one.cue.sent.start, []).append(one)
    for inner in candidates:
        mark = next((c for c in inner.cue.children if c.dep_ == "mark" and c.lower_ in _PARALLEL), None)
        if mark is None or inner.source is None or inner.source.lower_ in {"who", "which", "that"}:
            continue
        for outer in by_sentence[inner.cue.sent.start]:
            if outer is inner or not outer.content:
                continue
            start, end = outer.content[-1]
            if outer.cue.i < start < mark.i and inner.content[-1][1] <= end:
                cut[id(outer)] = (*outer.content[:-1], (start, _before_link(mark)))
                cut[id(inner)] = (*inner.content[:-1], (inner.content[-1][0], end))
                break
    return [
        c if id(c) not in cut else _Candidate(c.cue, c.cue_tokens, c.reading, cut[id(c)], c.source, c.rule, c.confidence)
        for c in candidates
    ]
