"""Contents and quotation marks: growing a content to whole quotations, quotations that run on, direct against indirect."""

from bisect import bisect_right, insort
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.attribution.found import FoundAttribution
from kg.extract.quotations import Quotation, quotations_in
from kg.records import AttributionKind, Said, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["follow_on", "grow", "kind_of"]

_SHORT = 4  # a quotation of fewer words standing alone is a title or a scare quote, not a statement that runs on


def grow(text: str, quotations: tuple[Quotation, ...], pieces: list[Span], fixed: list[Span]) -> tuple[Span, ...]:
    """The pieces, each stretched over a quotation that it cuts, never over the `fixed` spans (cue and source); sorted, not overlapping."""
    grown: list[Span] = []
    for piece in sorted(pieces):
        start, end = piece.start, piece.end
        for quotation in quotations_in(quotations, start, end):
            if not quotation.span.overlaps(Span(start, end)) or quotation.span.covers(fixed[0]):
                continue
            if quotation.span.start < start and not any(f.overlaps(Span(quotation.span.start, start)) for f in fixed):
                start = quotation.span.start
            if quotation.span.end > end and not any(f.overlaps(Span(end, quotation.span.end)) for f in fixed):
                end = quotation.span.end
        if grown and start <= grown[-1].end:
            grown[-1] = Span(grown[-1].start, max(end, grown[-1].end))
        elif text[start:end].strip():
            grown.append(Span(start, end))
    return tuple(grown)


def kind_of(text: str, quotations: tuple[Quotation, ...], content: tuple[Span, ...]) -> AttributionKind:
    """Direct if all words stand in quotation marks, mixed if some do, else indirect."""
    inside = outside = 0
    for piece in content:
        words = sum(map(str.isalnum, piece.of(text)))
        quoted = 0
        for quotation in quotations_in(quotations, piece.start, piece.end):
            low, high = max(quotation.span.start, piece.start), min(quotation.span.end, piece.end)
            quoted += sum(map(str.isalnum, text[low:high])) if low < high else 0
        inside, outside = inside + quoted, outside + words - quoted
    if inside and not outside:
        return AttributionKind.DIRECT
    return AttributionKind.MIXED if inside else AttributionKind.INDIRECT


def follow_on(doc: "Doc", quotations: tuple[Quotation, ...], found: list[FoundAttribution]) -> tuple[FoundAttribution, ...]:
    """Quotations without a cue of their own that run on from the statement before them.

    A quotation right behind a direct one's sentence is a further piece of it ('"No," she said. "Never."'). One right behind an
    indirect statement's sentence is an attribution of its own without source and cue, which continues the one before. So is a
    paragraph that is nothing but a quotation, behind a paragraph that ends in a quotation.
    """
    text, result = doc.text, list(found)
    used = bytearray(len(text))
    ends = sorted((_reach(one), -k) for k, one in enumerate(result))
    for one in result:
        for span in (*one.source, *one.cue, *one.content):
            used[span.start : span.end] = b"\1" * (span.end - span.start)
    for quotation in quotations:
        if any(used[quotation.span.start : quotation.span.end]) or _is_short(text, quotation):
            continue
        place = bisect_right(ends, (quotation.span.start, 1)) - 1
        if place < 0:
            continue
        before = -ends[place][1]
        if not _runs_on(doc, result[before], quotation):
            continue
        insort(ends, (quotation.span.end, -len(result) if result[before].kind is AttributionKind.INDIRECT else -before))
        one = result[before]
        if one.kind is AttributionKind.INDIRECT:
            result.append(
                replace(
                    one,
                    source=(),
                    cue=(),
                    content=(quotation.span,),
                    anchor=None,
                    lemma=None,
                    kind=AttributionKind.DIRECT,
                    said=Said.ASSERTED,
                    rule="runs-on",
                    confidence=0.8 * one.confidence,
                    continues=before if one.continues is None else one.continues,
                )
            )
        else:
            result[before] = replace(one, content=(*one.content, quotation.span))
    order = sorted(range(len(result)), key=lambda k: (result[k].content, result[k].cue))
    now = {old: new for new, old in enumerate(order)}
    return tuple(one if one.continues is None else replace(one, continues=now[one.continues]) for one in (result[k] for k in order))


def _is_short(text: str, quotation: Quotation) -> bool:
    return len(quotation.span.of(text).split()) < _SHORT


def _reach(one: FoundAttribution) -> int:
    """The offset behind the last word of an attribution."""
    return max(span.end for span in (*one.source, *one.cue, *one.content))


def _runs_on(doc: "Doc", one: FoundAttribution, quotation: Quotation) -> bool:
    """Whether nothing but the end of a sentence stands between the attribution and the quotation."""
    text = doc.text
    end = _reach(one)
    between = text[end : quotation.span.start]
    words = [word for word in between.split() if any(c.isalnum() for c in word)]
    if "\n" in between.strip(" "):
        alone = text[quotation.span.end :].split("\n", 1)[0].strip(" .\u00a0") == ""
        ends_quoted = one.kind is not AttributionKind.INDIRECT and one.content[-1].end == end
        return not words and alone and ends_quoted
    # "..., she said on Tuesday. "Never."": the rest of the cue's own sentence may stand between
    token = doc.char_span(end - 1, end, alignment_mode="expand")
    opening = doc.char_span(quotation.span.start, quotation.span.start + 1, alignment_mode="expand")
    if token is None or opening is None:
        return False
    same_sentence = token[0].sent.end >= opening[0].i - 1 and len(words) <= 8
    return same_sentence and (not words or one.kind is not AttributionKind.INDIRECT)
