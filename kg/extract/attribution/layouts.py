"""Attributions without a cue word, by the layout: transcripts, signed quotations, posts, a name before a statement."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.attribution import signed
from kg.extract.attribution.found import FoundAttribution
from kg.extract.attribution.quotes import kind_of
from kg.extract.quotations import Quotation
from kg.extract.text import text_of
from kg.records import Said, Span, SpeechMode

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as SpacySpan

__all__ = ["find_layouts"]

# A name and a colon at the start of a line, "Ada Brandt: The river ..."; not a time ("10:30"), not a web address.
_LABEL = re.compile(r"^[ \t\u00a0]*([^\W\d_][^:\n\"“”„«»]{0,50}?)[ \t\u00a0]?(:)[ \t\u00a0]+(?=\S)", re.MULTILINE)
# A name and a dash before a quotation that ends the line: Ada Brandt - "..."
_NAME_BEFORE = re.compile(r"(?:^|\n)[ \t\u00a0•*]*([^\W\d_a-z][^\n:\"“”―—–]{1,60}?)[ \t\u00a0]+([―—–-]|--|:)[ \t\u00a0]*$")
# The author of an embedded post: The river rises. — Ada Brandt (@ada)
_POST = re.compile(r"[—–-][ \u00a0]?([^\n—–\"“”(]{2,50}?) ?\(@\w+\)")
_NAMES = frozenset({"PERSON", "ORG", "NORP", "GPE"})
_FEWEST_WORDS = 4
_LONGEST_LABELLED = 40  # words; a longer line behind a name and a colon is a section about the name


def find_layouts(doc: "Doc", quotations: tuple[Quotation, ...]) -> list[FoundAttribution]:
    """Attributions by layout, in no order; none overlaps another's content.

    1. Transcripts and quotations with a signature, as `signed.find_layouts` gives them.
    2. A name and a dash or a colon before a quotation that ends the line.
    3. An embedded post, signed with its author's name and account.
    4. A name, a colon and a sentence: "Ada Brandt: The river will rise", as in headlines.
    """
    taken: list[Span] = []
    found = []
    for one in (*_signed(doc, quotations), *_names_before(doc, quotations), *_posts(doc, quotations), *_labelled(doc, quotations)):
        place = bisect_left(taken, one.content[0])
        near = taken[max(0, place - 1) : place + 1]
        if not any(piece.overlaps(other) for piece in one.content for other in near):
            taken[place:place] = one.content
            found.append(one)
    return found


def _signed(doc: "Doc", quotations: tuple[Quotation, ...]) -> Iterator[FoundAttribution]:
    for one in signed.find_layouts(text_of(doc)):
        yield _attribution(doc, quotations, Span(*one.source), Span(*one.cue), tuple(Span(*piece) for piece in one.content), "signed", 0.85)


def _names_before(doc: "Doc", quotations: tuple[Quotation, ...]) -> Iterator[FoundAttribution]:
    text = text_of(doc)
    for quotation in quotations:
        if len(quotation.span.of(text).split()) < _FEWEST_WORDS:
            continue
        before = _NAME_BEFORE.search(text, max(0, quotation.span.start - 80), quotation.span.start)
        if before is not None and _is_name(doc, Span(*before.span(1))):
            yield _attribution(doc, quotations, Span(*before.span(1)), Span(*before.span(2)), (quotation.span,), "signed", 0.85)


def _labelled(doc: "Doc", quotations: tuple[Quotation, ...]) -> Iterator[FoundAttribution]:
    text = text_of(doc)
    for match in _LABEL.finditer(text):
        end = text.find("\n", match.end())
        content = _stripped(text, match.end(), len(text) if end < 0 else end)
        source = Span(*match.span(1))
        if content is None or len(content.of(text).split()) > _LONGEST_LABELLED:
            continue
        if _is_name(doc, source) and _is_statement(doc, content):
            yield _attribution(doc, quotations, source, Span(*match.span(2)), (content,), "label", 0.7)


def _posts(doc: "Doc", quotations: tuple[Quotation, ...]) -> Iterator[FoundAttribution]:
    text = text_of(doc)
    for match in _POST.finditer(text):
        line = text.rfind("\n", 0, match.start()) + 1
        opened = text.rfind(">", line, match.start()) + 1  # behind a tag that the page left in the text
        content = _stripped(text, max(line, opened), match.start())
        if content is not None and len(content.of(text).split()) >= _FEWEST_WORDS:
            cue = Span(match.start(), match.start() + 1)
            yield _attribution(doc, quotations, Span(match.start(1), match.end()), cue, (content,), "post", 0.5)


def _stripped(text: str, start: int, end: int) -> Span | None:
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return Span(start, end) if start < end else None


def _tokens(doc: "Doc", span: Span) -> "SpacySpan | None":
    return doc.char_span(span.start, span.end, alignment_mode="expand")


def _is_name(doc: "Doc", span: Span) -> bool:
    """Whether the words are a name and nothing else."""
    tokens = _tokens(doc, span)
    words = [token for token in tokens or () if token.is_alpha]
    if not words or len(words) > 10:
        return False
    named = [token.ent_type_ in _NAMES or token.pos_ == "PROPN" for token in words]
    return all(named) and any(token.ent_type_ in _NAMES for token in words)


def _is_statement(doc: "Doc", content: Span) -> bool:
    tokens = _tokens(doc, content)
    return tokens is not None and any(token.tag_ in {"VBD", "VBP", "VBZ", "MD"} for token in tokens)


def _attribution(
    doc: "Doc", quotations: tuple[Quotation, ...], source: Span, cue: Span, content: tuple[Span, ...], rule: str, confidence: float
) -> FoundAttribution:
    tokens = _tokens(doc, source)
    return FoundAttribution(
        source=(source,),
        cue=(cue,),
        content=content,
        anchor=tokens.root.i if tokens is not None else None,
        lemma=None,
        mode=SpeechMode.SPEECH,
        kind=kind_of(text_of(doc), quotations, content),
        said=Said.ASSERTED,
        rule=rule,
        confidence=confidence,
    )
