"""The rules engine: attributions from a dependency parse, quotation marks, the cue lexicon and counts of cues.

Source of the method: cue-first search as in O'Keefe et al. 2012 and Pareti et al. 2013; rules and lexicon our own.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from kg.extract.attribution.candidates import Candidate, likely_candidates
from kg.extract.attribution.clauses import said_of, subtree_span, trim
from kg.extract.attribution.complements import before_link
from kg.extract.attribution.found import FoundAttribution
from kg.extract.attribution.layouts import find_layouts
from kg.extract.attribution.modes import mode_of
from kg.extract.attribution.quotes import follow_on, grow, kind_of, over_paragraphs
from kg.extract.attribution.weighing import in_context, rate
from kg.extract.quotations import Quotation, quotations_in
from kg.extract.text import text_of
from kg.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["chances_around", "find_by_rules", "finished", "quoted"]

_PARALLEL = frozenset({"while", "whereas", "but", "though", "although"})
_RELATIVE = frozenset({"who", "which", "that"})
_CLAUSES = frozenset({"clause", "left", "split", "quote"})
_ENOUGH = 0.45
"""The least chance of being an attribution that counts as one."""


def find_by_rules(
    doc: "Doc", quotations: tuple[Quotation, ...], *, barred: Sequence[Span] = (), nested: bool = False
) -> tuple[FoundAttribution, ...]:
    """The attributions of a parsed article, sorted by content.

    Args:
        doc: the parse, with the article's own offsets.
        quotations: of the same text, as `find_quotations` gives them.
        barred: stretches that nothing is taken from.
        nested: whether to keep those inside what somebody else says as readily as the others; without it, only the surest of them
            and none inside quotation marks.
    """
    candidates = [one for one in likely_candidates(doc, quotations) if not quoted(one, quotations, unclosed=nested)]
    if nested:
        candidates = [replace(one, chance=in_context(rate(one.lemma, one.pos, one.frame), one.contexts - {"ccomp"})) for one in candidates]
    candidates = _separate([one for one in candidates if one.chance >= _ENOUGH])
    layouts = find_layouts(doc, quotations)
    if not nested:
        candidates = _outermost(doc, candidates, layouts)
    relatives = sorted(c.source.i for c in candidates if c.source is not None and c.source.tag_ in {"WP", "WDT"})
    found = layouts + [one for candidate in candidates if (one := finished(doc, quotations, candidate, relatives))]
    unique = {
        (one.content, one.cue): one for one in found if not any(bar.overlaps(one.cue[0]) or bar.overlaps(one.content[0]) for bar in barred)
    }
    return follow_on(doc, quotations, sorted(unique.values(), key=lambda one: (one.content, one.cue)))


def quoted(one: Candidate, quotations: tuple[Quotation, ...], *, unclosed: bool = False) -> bool:
    """Whether the cue and its content stand within one quotation: what a speaker says of others' words is part of the speech.

    A quotation that runs on over the next paragraph has its content there; `unclosed` asks for those alone.
    """
    offset, doc = one.cue.idx, one.cue.doc
    for quotation in quotations_in(quotations, offset, offset + 1):
        low, high = quotation.span.start, quotation.span.end
        if low <= offset < high and (
            not quotation.closed or (not unclosed and any(low <= doc[start].idx < high for start, _ in one.content))
        ):
            return True
    return False


def finished(doc: "Doc", quotations: tuple[Quotation, ...], candidate: Candidate, relatives: Sequence[int] = ()) -> FoundAttribution | None:
    """The attribution that a candidate makes, if any words are left to it; `relatives` are indices of relative pronouns that are sources."""
    pieces = [span for start, end in candidate.content if (span := trim(doc, start, end))]
    cue = trim(doc, *candidate.cue_tokens)
    if not pieces or cue is None:
        return None
    source = trim(doc, *_source_tokens(candidate, relatives)) if candidate.source is not None else None
    fixed = [span for span in (cue, source) if span]
    content = grow(text_of(doc), quotations, pieces, fixed)
    if not content or any(piece.overlaps(cue) for piece in content):
        return None
    content = over_paragraphs(text_of(doc), quotations, content)
    if source and any(piece.overlaps(source) for piece in content):
        source = None if any(piece.covers(source) for piece in content) else source
    return FoundAttribution(
        source=(source,) if source else (),
        cue=(cue,),
        content=content,
        anchor=candidate.source.i if candidate.source is not None else None,
        lemma=candidate.lemma,
        mode=mode_of(doc, doc[slice(*candidate.cue_tokens)], content),
        kind=kind_of(text_of(doc), quotations, content),
        said=said_of(candidate.cue),
        rule=candidate.rule,
        confidence=round(candidate.chance * 20) / 20,
    )


def _source_tokens(candidate: Candidate, relatives: Sequence[int]) -> tuple[int, int]:
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


# --------------------------------------------------------------------------- candidates among each other


def _separate(candidates: list[Candidate]) -> list[Candidate]:
    """Parallel statements kept apart: "A said X, while B said Y" ends A's content before "while" and gives B the rest.

    The parser hangs B's clause into A's content, and what follows B's first words onto A's. `candidates` are in text order.
    """
    result = list(candidates)
    outer: list[int] = []  # those whose content may still be running, innermost last
    for number, inner in enumerate(candidates):
        while outer and result[outer[-1]].content[-1][1] <= inner.cue.i:
            outer.pop()
        mark = next((c for c in inner.cue.lefts if c.dep_ == "mark" and c.lower_ in _PARALLEL), None) or _coordinator(inner)
        if outer and mark is not None and inner.source is not None and inner.source.lower_ not in _RELATIVE:
            one = result[outer[-1]]
            start, end = one.content[-1]
            if one.cue.i < start < mark.i and inner.content[-1][1] <= end:
                result[outer[-1]] = replace(one, content=(*one.content[:-1], (start, before_link(mark))))
                result[number] = replace(inner, content=(*inner.content[:-1], (inner.content[-1][0], end)))
                outer.pop()
        if result[number].content[-1][1] > inner.cue.i:
            outer.append(number)
    return result


def _coordinator(inner: Candidate) -> "Token | None":
    """The "and" or "but" behind a comma that a cue with a clause and a subject of its own is joined by."""
    if inner.cue.dep_ != "conj" or inner.frame not in _CLAUSES or inner.source is None or inner.source.head != inner.cue:
        return None
    place = inner.cue.left_edge.i - 1
    doc = inner.cue.doc
    return doc[place] if place > 0 and doc[place].dep_ == "cc" and doc[place - 1].text == "," else None


def _outermost(doc: "Doc", candidates: list[Candidate], layouts: list[FoundAttribution]) -> list[Candidate]:
    """Those likely enough, given that a cue inside another's content rarely opens an attribution of its own."""
    kept = []
    for one, outer in zip(candidates, chances_around(doc, candidates, layouts), strict=True):
        # As likely as a nested one if the other is an attribution, as likely as without it if it is none
        chance = outer * in_context(one.chance, ("nested",)) + (1 - outer) * one.chance if outer else one.chance
        if chance >= _ENOUGH:
            kept.append(replace(one, chance=chance))
    return kept


def chances_around(doc: "Doc", candidates: Sequence[Candidate], layouts: Sequence[FoundAttribution] = ()) -> list[float]:
    """For each candidate, in text order, the chance of the likeliest other one whose content its cue stands in; 0 without any."""
    spans = [(start, end, one.chance, number) for number, one in enumerate(candidates) for start, end in one.content if start < end]
    for layout in layouts:
        tokens = doc.char_span(layout.content[0].start, layout.content[-1].end, alignment_mode="expand")
        if tokens is not None:
            spans.append((tokens.start, tokens.end, layout.confidence, -1))
    spans.sort()
    around, place = [], 0
    open_spans: list[tuple[float, int, int]] = []  # a heap, the likeliest first
    for number, one in enumerate(candidates):
        while place < len(spans) and spans[place][0] <= one.cue.i:
            _, end, chance, owner = spans[place]
            heappush(open_spans, (-chance, end, owner))
            place += 1
        own = []
        while open_spans and (open_spans[0][1] <= one.cue.i or open_spans[0][2] == number):
            top = heappop(open_spans)
            if top[1] > one.cue.i:
                own.append(top)
        around.append(-open_spans[0][0] if open_spans else 0.0)
        for top in own:
            heappush(open_spans, top)
    return around
