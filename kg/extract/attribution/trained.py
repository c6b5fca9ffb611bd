"""The trained engine: spans and links from the tagger; heads, modes and kinds from the parse."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.attribution.cues import verb_readings
from kg.extract.attribution.found import FoundAttribution
from kg.extract.attribution.modes import cue_head, cue_lemma, mode_of, particle, said_by
from kg.extract.attribution.quotes import follow_on, kind_of
from kg.extract.attribution.rules import find_by_rules
from kg.extract.attribution.tagger import AttributionModel, RawAttribution, tag_attributions
from kg.extract.columns import columns_of
from kg.extract.quotations import Quotation, quotations_in
from kg.extract.text import marked, text_of
from kg.records import AttributionKind, Span, SpeechMode

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as SpacySpan

__all__ = ["find_by_model"]

_NESTED = frozenset({"clause", "according-to"})
_NESTED_CONFIDENCE = 0.35
_PUT_CONFIDENCE = 0.6
_PASSED_OVER = frozenset({"clause", "inverted", "quotation", "according-to"})
_PASSED_OVER_CONFIDENCE = 0.6
_SURE = 0.75
_FEW = 12  # tokens
_STRAY = 2  # words
_WITHIN = frozenset({"prep", "pobj", "dobj", "prt", "advmod", "npadvmod", "attr", "acomp"})  # no cut goes before one of these
_LEADS_ON = frozenset({"and", "or", "but", "who", "which", "nor"})
_LEADING = frozenset({"cc", "nsubj", "nsubjpass", "dobj"})
_CLOSING = frozenset('"”»')


def find_by_model(
    doc: "Doc", quotations: tuple[Quotation, ...], model: AttributionModel, *, barred: Sequence[Span] = ()
) -> tuple[FoundAttribution, ...]:
    """The attributions of a parsed article, sorted by content.

    Args:
        doc: the parse, with the article's own offsets.
        quotations: of the same text, as `find_quotations` gives them.
        model: as `load_attribution_model` gives it.
        barred: stretches that nothing is taken from.
    """
    found: list[FoundAttribution] = []
    raws = tag_attributions(text_of(doc), model)
    taken = marked(len(text_of(doc)), (Span(*pair) for raw in raws for pair in (*raw.source, *raw.cue, *raw.content)))
    for raw in raws:
        one = _found(doc, quotations, _to_the_phrase_end(doc, raw, taken))
        if not any(bar.overlaps(span) for bar in barred for span in (*one.cue, *one.content)):
            found.extend(_apart(doc, quotations, one))
    by_rules = find_by_rules(doc, quotations, nested=True)
    found += [*_nested(doc, by_rules, found), *_put(doc, taken, barred)]
    found += _passed_over(doc, by_rules, found, barred)
    return follow_on(doc, quotations, sorted(found, key=lambda one: (one.content, one.cue)))


def _found(doc: "Doc", quotations: tuple[Quotation, ...], raw: RawAttribution) -> FoundAttribution:
    source, cue, content = (tuple(Span(*pair) for pair in spans) for spans in (raw.source, raw.cue, raw.content))
    content = tuple(_from_the_quotation(text_of(doc), quotations, piece) for piece in content)
    cue_tokens = _tokens(doc, cue)
    source, content = _as_quoted(doc, source, cue_tokens, content)
    if _is_accused(doc, source, cue_tokens):
        source = ()
    source_tokens = _tokens(doc, source)
    return FoundAttribution(
        source=source,
        cue=_with_particle(cue, cue_tokens, (*source, *content)),
        content=_without_dangling(doc, _before_the_next(doc, cue_tokens, content)),
        anchor=source_tokens.root.i if source_tokens is not None else None,
        lemma=cue_lemma(cue_tokens) if cue_tokens is not None else None,
        mode=mode_of(doc, cue_tokens, content),
        kind=kind_of(text_of(doc), quotations, content),
        said=said_by(cue_tokens),
        rule=raw.rule,
        confidence=min(1.0, max(0.0, raw.score)),
    )


def _as_quoted(
    doc: "Doc", source: tuple[Span, ...], cue: "SpacySpan | None", content: tuple[Span, ...]
) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Source and content, with the subject of "was quoted as saying" as the source: what other passives say is of their subject."""
    if source or cue is None or len(content) < 2 or content[0].end > cue.start_char:
        return source, content
    first = _tokens(doc, content[:1])
    told = first is not None and first.root.dep_ == "nsubjpass" and first.root.head.lemma_ in {"quote", "cite"} and first.root.head in cue
    return (content[:1], content[1:]) if told and any(token.lemma_ == "say" for token in cue) else (source, content)


def _is_accused(doc: "Doc", source: tuple[Span, ...], cue: "SpacySpan | None") -> bool:
    """Whether the source is the one spoken of or to, by a participle that needs no "was" in a headline: "Ministers accused of waste"."""
    head, tokens = (cue_head(cue) if cue is not None else None), _tokens(doc, source)
    if head is None or tokens is None or head.tag_ != "VBN" or head.dep_ != "acl" or head.head.i != tokens.root.i:
        return False
    return any(reading.frames & {"of", "addressee"} for reading in verb_readings(head))


def _with_particle(cue: tuple[Span, ...], tokens: "SpacySpan | None", others: tuple[Span, ...]) -> tuple[Span, ...]:
    """The cue with a particle that the tagger left out: "ruled [that] out"."""
    word = particle(cue_head(tokens)) if tokens is not None else None
    if word is None:
        return cue
    span = Span(word.idx, word.idx + len(word))
    return cue if any(span.overlaps(other) for other in (*cue, *others)) else tuple(sorted((*cue, span)))


def _before_the_next(doc: "Doc", cue: "SpacySpan | None", content: tuple[Span, ...]) -> tuple[Span, ...]:
    """The content without what its speaker did besides: "argued [that it was too kind] and spiked it"."""
    *before, last = content
    if cue is None or last.start < cue.end_char:
        return content
    verb = cue_head(cue)
    for other in verb.rights:
        if other.dep_ != "conj" or not last.start < other.idx < last.end or other.tag_ != verb.tag_:
            continue
        link = next((child for child in verb.rights if child.dep_ == "cc" and last.start < child.idx < other.idx), None)
        if link is None or any(child.dep_ in {"nsubj", "nsubjpass"} for child in other.children):
            continue
        if any(mark in text_of(doc)[last.start : last.end] for mark in '"”“«»') or "''" in text_of(doc)[last.start : last.end]:
            continue
        end = link.i - 1
        while end > 0 and (doc[end].is_punct or doc[end].is_space):
            end -= 1
        stop = doc[end].idx + len(doc[end])
        if stop > last.start:
            return (*before, Span(last.start, stop))
    return content


def _without_dangling(doc: "Doc", content: tuple[Span, ...]) -> tuple[Span, ...]:
    """The content without a conjunction or pronoun at its end that leads on to what it leaves out: "backs the plan and"."""
    *before, last = content
    tokens = doc.char_span(last.start, last.end, alignment_mode="contract")
    if tokens is None or last.end != tokens.end_char or tokens[-1].lower_ not in _LEADS_ON or tokens[-1].dep_ not in _LEADING:
        return content
    end = tokens.end - 1
    while end > tokens.start and (doc[end - 1].is_space or doc[end - 1].text in {",", ";", "-", "–", "—"}):
        end -= 1
    return (*before, Span(last.start, doc[end - 1].idx + len(doc[end - 1]))) if end > tokens.start else content


def _from_the_quotation(text: str, quotations: tuple[Quotation, ...], piece: Span) -> Span:
    """The piece without the last word or two of the sentence before, where it is a whole quotation but for these."""
    for quotation in quotations_in(quotations, piece.start, piece.end):
        before = text[piece.start : quotation.span.start].split()
        if quotation.span.start > piece.start and quotation.span.end >= piece.end and 0 < len(before) <= _STRAY and before[-1][-1] in ".!?":
            return Span(quotation.span.start, piece.end)
    return piece


def _to_the_phrase_end(doc: "Doc", raw: RawAttribution, taken: bytearray) -> RawAttribution:
    """The attribution with a content that was cut inside a phrase ("..., ranking second" | "in the world") stretched to the phrase's end.

    Only over a few words, none of which belongs to another span.
    """
    start, end = raw.content[-1]
    tokens = doc.char_span(start, end, alignment_mode="expand")
    if tokens is None or text_of(doc)[end - 1] in _CLOSING:
        return raw
    token = tokens[-1]
    while token.is_punct and token.i > tokens.start:
        token = token.nbor(-1)
    edge = token.right_edge
    if token.i + 1 < len(doc) and token.nbor().dep_ in _WITHIN and tokens.start <= token.nbor().head.i <= token.i:
        edge = max(edge, token.nbor().right_edge, key=lambda one: one.i)
    reach = edge.idx + len(edge)
    if reach <= end or edge.i - token.i > _FEW or any(taken[end:reach]):
        return raw
    return replace(raw, content=(*raw.content[:-1], (start, reach)))


def _passed_over(
    doc: "Doc", by_rules: Sequence[FoundAttribution], found: list[FoundAttribution], barred: Sequence[Span]
) -> list[FoundAttribution]:
    """What the tagger has passed over though the rules are sure of it: a verb of saying with somebody before and a clause or quotation behind."""
    taken = marked(len(text_of(doc)), (span for one in found for span in (*one.source, *one.cue, *one.content)))
    missed = []
    for one in by_rules:
        spans = (*one.source, *one.cue, *one.content)
        sure = one.rule in _PASSED_OVER and one.confidence >= _SURE and one.source and one.cue and one.mode is not SpeechMode.ATTITUDE
        if sure and not any(any(taken[span.start : span.end]) or any(bar.overlaps(span) for bar in barred) for span in spans):
            missed.append(replace(one, confidence=_PASSED_OVER_CONFIDENCE, continues=None))
    return missed


def _nested(doc: "Doc", by_rules: Sequence[FoundAttribution], found: list[FoundAttribution]) -> list[FoundAttribution]:
    """Attributions inside what somebody says: "Roe said that Brandt believes ...". The tagger gives a word one role, so the rules find them.

    Only with a verb and its clause or "according to", sure, wholly inside, and by somebody named: each costs what it is worth, since the
    labelled text that we are judged by hardly marks them.
    """
    if not found:
        return []
    outer = marked(len(text_of(doc)), (piece for one in found for piece in one.content))
    for one in found:
        for cue in one.cue:
            outer[cue.start : cue.end] = bytes(cue.end - cue.start)
    inner = []
    for one in by_rules:
        if one.rule not in _NESTED or one.confidence < _SURE or one.mode is SpeechMode.ATTITUDE:
            continue
        if one.anchor is None or doc[one.anchor].pos_ != "PROPN":
            continue
        spans = (*one.source, *one.cue, *one.content)
        if one.source and one.cue and all(outer[span.start : span.end].count(1) == span.end - span.start for span in spans):
            inner.append(replace(one, rule="nested", confidence=_NESTED_CONFIDENCE))
    return inner


def _put(doc: "Doc", taken: bytearray, barred: Sequence[Span]) -> list[FoundAttribution]:
    """Who puts what at which figure: "Brandt put the cost of the dam at $3 million in 2027"."""
    found = []
    for index, lower in enumerate(columns_of(doc).lower):
        if lower not in {"put", "puts"} or taken[doc[index].idx]:
            continue
        verb = doc[index]
        subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
        thing = next((child for child in verb.rights if child.dep_ == "dobj"), None)
        if subject is None or thing is None:
            continue
        at = next((child for child in (*thing.rights, *verb.rights) if child.lower_ == "at" and child.i > thing.i), None)
        if at is None or not any(token.like_num for token in at.subtree):
            continue
        end = max(
            child.right_edge.i for child in verb.rights if child.dep_ in {"dobj", "prep", "npadvmod"} and child.i <= at.right_edge.i + 1
        )
        source, content = _reach(doc, subject.left_edge.i, subject.right_edge.i), _reach(doc, thing.left_edge.i, max(end, at.right_edge.i))
        if any(taken[content.start : content.end]) or any(bar.overlaps(content) for bar in barred):
            continue
        cue = Span(verb.idx, verb.idx + len(verb))
        found.append(
            FoundAttribution(
                source=(source,),
                cue=(cue,),
                content=(content,),
                anchor=subject.i,
                lemma="put",
                mode=SpeechMode.SPEECH,
                kind=AttributionKind.INDIRECT,
                said=said_by(doc[index : index + 1]),
                rule="put-at",
                confidence=_PUT_CONFIDENCE,
            )
        )
    return found


def _reach(doc: "Doc", first: int, last: int) -> Span:
    """From one token to another, without the punctuation at the end."""
    while last > first and doc[last].is_punct:
        last -= 1
    return Span(doc[first].idx, doc[last].idx + len(doc[last]))


def _apart(doc: "Doc", quotations: tuple[Quotation, ...], one: FoundAttribution) -> list[FoundAttribution]:
    """An indirect statement and the quotation that runs on behind its sentence, as two attributions.

    They are two claims, in whose words tells them apart. The second is left out here: `follow_on` finds it again and links it.
    """
    *before, last = one.content
    cut = _before_the_quotation(doc, quotations, one.content)
    if cut is not None:
        return [replace(one, content=cut, kind=AttributionKind.INDIRECT, mode=mode_of(doc, _tokens(doc, one.cue), cut))]
    if not before or kind_of(text_of(doc), quotations, tuple(before)) is not AttributionKind.INDIRECT:
        return [one]
    whole = any(
        quotation.span.covers(last) and quotation.span.end - last.end <= 1 for quotation in quotations_in(quotations, last.start, last.end)
    )
    reach = max(span.end for span in (*one.source, *one.cue, *before))
    if not whole or last.start < reach or "." not in text_of(doc)[before[-1].end : last.start]:
        return [one]
    return [replace(one, content=tuple(before), kind=AttributionKind.INDIRECT)]


def _before_the_quotation(doc: "Doc", quotations: tuple[Quotation, ...], content: tuple[Span, ...]) -> tuple[Span, ...] | None:
    """What a stand is on, without the words that follow it behind a colon: "rejected the idea: “It is a trap.”"; None where there are none."""
    text, last = text_of(doc), content[-1]
    for quotation in quotations_in(quotations, last.start, last.end):
        words = text[last.start : quotation.span.start].rstrip()
        tokens = doc.char_span(last.start, last.start + len(words), alignment_mode="expand")
        said = tokens is None or any(token.pos_ in {"VERB", "AUX"} for token in tokens)
        if quotation.span.start > last.start and words.endswith(":") and not said and last.end - quotation.span.end <= 1:
            return (*content[:-1], Span(last.start, last.start + len(words) - 1))
    return None


def _tokens(doc: "Doc", spans: tuple[Span, ...]) -> "SpacySpan | None":
    """The tokens of the first piece."""
    return doc.char_span(spans[0].start, spans[0].end, alignment_mode="expand") if spans else None
