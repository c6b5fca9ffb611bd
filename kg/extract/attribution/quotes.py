"""Contents and quotation marks: growing a content to whole quotations, quotations that run on, direct against indirect."""

from bisect import bisect_left, bisect_right, insort
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.attribution.found import FoundAttribution
from kg.extract.quotations import Quotation, quotations_in
from kg.extract.text import marked, text_of
from kg.records import AttributionKind, Said, Span, SpeechMode

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["follow_on", "grow", "kind_of", "over_paragraphs"]

_SHORT = 4  # a quotation of fewer words standing alone is a title or a scare quote, not a statement that runs on
_FAR = 1000  # characters: a quotation further behind an attribution than this does not go on with it
_REST = 8  # words of the cue's own sentence that may stand before a quotation that runs on: "..., she said on Tuesday. "Never.""


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


def over_paragraphs(text: str, quotations: tuple[Quotation, ...], content: tuple[Span, ...]) -> tuple[Span, ...]:
    r"""The content with the paragraphs before and behind it that one quotation runs over: each opens with a mark, only the last closes.

    >>> from kg.extract.quotations import find_quotations
    >>> text = "“We waited.\n“Nobody came,” she said."
    >>> quotations = find_quotations(text)
    >>> [piece.of(text) for piece in over_paragraphs(text, quotations, (quotations[1].span,))]
    ['“We waited.', '“Nobody came,”']
    """
    before: list[Span] = []
    pieces = list(content)
    first = bisect_left(quotations, pieces[0].start, key=lambda quotation: quotation.span.start)
    if first < len(quotations) and quotations[first].span.start == pieces[0].start:
        while (
            first and not quotations[first - 1].closed and not text[quotations[first - 1].span.end : quotations[first].span.start].strip()
        ):
            first -= 1
            before.append(quotations[first].span)
    last = bisect_left(quotations, pieces[-1].end, key=lambda quotation: quotation.span.end)
    while last + 1 < len(quotations) and quotations[last].span.end == pieces[-1].end and not quotations[last].closed:
        last += 1
        pieces.append(quotations[last].span)
    return (*reversed(before), *pieces)


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

    A quotation behind a sentence with a direct one is a further piece of it ('"No," she said. "Never."'). One right behind an
    indirect statement's sentence is an attribution of its own without source and cue, which continues the one before. So is a
    paragraph that is nothing but a quotation, behind a paragraph that ends in a quotation.
    """
    text, result = text_of(doc), list(found)
    used = marked(len(text), (span for one in result for span in (*one.source, *one.cue, *one.content)))
    # Where attributions end, as (offset, index), and where those with a quotation have their cue
    ends = sorted((_reach(one), k) for k, one in enumerate(result))
    cues = sorted((one.cue[0].start, k) for k, one in enumerate(result) if one.cue and one.kind is not AttributionKind.INDIRECT)
    for quotation in quotations:
        if any(used[quotation.span.start : quotation.span.end]):
            continue
        before = _continued(doc, result, ends, cues, quotation)
        if before is None:
            continue
        one = result[before]
        if one.kind is AttributionKind.INDIRECT:
            insort(ends, (quotation.span.end, len(result)))
            result.append(
                replace(
                    one,
                    source=(),
                    cue=(),
                    content=(quotation.span,),
                    anchor=None,
                    lemma=None,
                    mode=SpeechMode.SPEECH if one.mode is SpeechMode.ATTITUDE else one.mode,
                    kind=AttributionKind.DIRECT,
                    said=Said.ASSERTED,
                    rule="runs-on",
                    confidence=round(0.8 * one.confidence, 2),
                    continues=before if one.continues is None else one.continues,
                )
            )
        else:
            insort(ends, (quotation.span.end, before))
            result[before] = replace(one, content=(*one.content, quotation.span))
    order = sorted(range(len(result)), key=lambda k: (result[k].content, result[k].cue))
    now = {old: new for new, old in enumerate(order)}
    return tuple(one if one.continues is None else replace(one, continues=now[one.continues]) for one in (result[k] for k in order))


def _continued(
    doc: "Doc", result: list[FoundAttribution], ends: list[tuple[int, int]], cues: list[tuple[int, int]], quotation: Quotation
) -> int | None:
    """The attribution that a quotation without a cue of its own goes on with; None if there is none."""
    text, start = text_of(doc), quotation.span.start
    place = bisect_right(ends, (start, len(result))) - 1
    if place < 0:
        return None
    end, last = ends[place]
    if start - end > _FAR:
        return None
    short = len(quotation.span.of(text).split()) < _SHORT
    between = text[end:start]
    if "\n" in between.strip(" "):
        line_end = text.find("\n", quotation.span.end)
        alone = not text[quotation.span.end : line_end if line_end >= 0 else len(text)].strip(" .\u00a0")
        one = result[last]
        goes_on = alone and not short and one.kind is not AttributionKind.INDIRECT and one.content[-1].end == end
        return last if goes_on and not any(map(str.isalnum, between)) else None
    opening = doc.char_span(start, start + 1, alignment_mode="expand")
    if opening is None:
        return None
    sentence = opening[0].sent
    if not any(map(str.isalnum, text[sentence[0].idx : start])):
        # '"No," she said, adding that it was late. "Never."'
        if sentence.start == 0:
            return None
        previous = doc[sentence.start - 1].sent
        after = bisect_right(cues, (start, -1))
        if after and cues[after - 1][0] >= previous[0].idx and (not short or _whole_sentence(text, quotation)):
            return cues[after - 1][1]
        words = sum(any(map(str.isalnum, word)) for word in between.split())
        if end <= previous[0].idx or short or words > _REST:
            return None
        return last if not words or result[last].kind is not AttributionKind.INDIRECT else None
    words = sum(any(map(str.isalnum, word)) for word in between.split())
    token = doc.char_span(end - 1, end, alignment_mode="expand")
    if short or token is None or token[0].sent.end < opening[0].i - 1 or words > _REST:
        return None
    return last if not words or result[last].kind is not AttributionKind.INDIRECT else None


def _whole_sentence(text: str, quotation: Quotation) -> bool:
    """Whether the quotation is a sentence of its own, however short."""
    inner = quotation.span.of(text).strip("\"“”„‟«»'` ")
    return inner[:1].isupper() and inner[-1:] in {".", "!", "?", "…"}


def _reach(one: FoundAttribution) -> int:
    """The offset behind the last word of an attribution."""
    return max(span.end for span in (*one.source, *one.cue, *one.content))
