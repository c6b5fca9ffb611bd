"""Stands by somebody who says nothing else, as attributions: "Reyes agreed with her.", "The union backed the plan."."""

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.agreements.grammar import main_verb, objects, points, statement_nouns, taker_of, words_of_agreement
from kg.extract.attribution.found import FoundAttribution
from kg.extract.attribution.modes import said_by
from kg.extract.columns import columns_of
from kg.extract.text import marked, text_of
from kg.records import AttributionKind, Span, SpeechMode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Doc, Token

    from kg.extract.agreements.find import FoundAgreement
    from kg.extract.agreements.grammar import Frames

__all__ = ["RULE", "add_bare_stands", "drop_unused"]

RULE = "bare-stand"
_CONFIDENCE = 0.6
_BACK = 4  # sentences before it in which something must have been said
_LONG = 12  # tokens of a source or a content


def add_bare_stands(doc: "Doc", found: "Sequence[FoundAttribution]", *, barred: "Sequence[Span]" = ()) -> tuple[FoundAttribution, ...]:
    """The attributions, and behind them an attitude for each verb of agreement outside them all that may be a stand on something said just before.

    Which of these are stands is known when people are: `drop_unused` takes the others out.

    Args:
        doc: the parse.
        found: what the engine has found, sorted by content.
        barred: stretches that nothing is taken from.
    """
    said = [one.content[0].start for one in found if one.mode is not SpeechMode.ATTITUDE]
    if not said:
        return tuple(found)
    columns = columns_of(doc)
    starts = [columns.start[first] for first, _ in columns.sentences if not columns.text[first].isspace()]
    taken: bytearray | None = None
    stands = []
    for word, frames in words_of_agreement(doc):
        at = bisect_left(starts, word.idx + 1)
        before = bisect_left(said, starts[max(0, at - 1)])
        if not before or said[before - 1] < starts[max(0, at - 1 - _BACK)]:
            continue
        if taken is None:
            spans = [span for one in found for span in (*one.cue, *one.content)]
            taken = marked(len(text_of(doc)), (*spans, *barred))
        if not taken[word.idx] and (stand := _bare(doc, word, frames)) is not None:
            stands.append(stand)
    return (*found, *stands)


def _bare(doc: "Doc", verb: "Token", frames: "Frames") -> FoundAttribution | None:
    main = main_verb(verb)
    taker = taker_of(main) if main is not None else None
    if main is None or taker is None:
        return None
    things = [thing for thing in objects(verb, main, frames) if _refers(thing)]
    if not things and (
        "alone" not in frames or any(child.dep_ in {"dobj", "xcomp", "ccomp", "prep", "nsubjpass"} for child in verb.children)
    ):
        return None
    source, content = _phrase(taker), (_phrase(things[0]) if things else (verb.i, verb.i))
    cue = _cue(verb, main, content) if things else None
    if cue is not None and (cue[1] < cue[0] or _meet(cue, content) or _meet(cue, source)):
        cue = (main.i, main.i)
    if _meet(source, content):
        return None
    words = doc[cue[0] : cue[1] + 1] if cue else None
    return FoundAttribution(
        source=(_span(doc, source),),
        cue=(_span(doc, cue),) if cue else (),
        content=(_span(doc, content),),
        anchor=taker.i,
        lemma=verb.lemma_.lower() if cue else None,
        mode=SpeechMode.ATTITUDE,
        kind=AttributionKind.INDIRECT,
        said=said_by(words),
        rule=RULE,
        confidence=_CONFIDENCE,
    )


def _refers(thing: "Token") -> bool:
    """Whether it may mean somebody or something said: "Brandt", "the director", "her claim", "it"."""
    if points(thing) or thing.pos_ == "PROPN" or thing.lemma_.lower() in statement_nouns():
        return True
    return any(child.dep_ == "det" and child.lower_ == "the" for child in thing.children)


def _phrase(head: "Token") -> tuple[int, int]:
    """First and last token of a noun phrase, without the clauses behind it."""
    first, last = head.left_edge.i, head.i
    for child in head.rights:
        if child.dep_ not in {"appos", "prep", "conj", "cc", "case", "compound", "punct"} or child.left_edge.i != last + 1:
            break
        last = child.right_edge.i
    doc = head.doc
    while last > head.i and (doc[last].is_punct or last - first > _LONG):
        last -= 1
    return first, last


def _cue(verb: "Token", main: "Token", content: tuple[int, int]) -> tuple[int, int]:
    """The verb with what stands before it ("does not", "was") and behind it up to the content ("with")."""
    helpers = [child.i for child in main.children if child.dep_ in {"aux", "auxpass", "neg"} and child.i < main.i]
    first = min(main.i, *helpers) if helpers else main.i
    last = max(verb.i, main.i, *(child.i for child in verb.children if child.dep_ in {"agent", "prt"}), 0)
    if last < content[0] <= last + 3:
        last = content[0] - 1
    return first, last


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _span(doc: "Doc", tokens: tuple[int, int]) -> Span:
    first, last = doc[tokens[0]], doc[tokens[1]]
    return Span(first.idx, last.idx + len(last))


def drop_unused(
    found: "Sequence[FoundAttribution]", speakers: "Sequence[int | None]", agreements: "Iterable[FoundAgreement]"
) -> tuple[tuple[FoundAttribution, ...], tuple[int | None, ...], tuple["FoundAgreement", ...]]:
    """Attributions sorted by content, their speakers and the agreements, without the bare stands that no agreement rests on."""
    agreements = tuple(agreements)
    used = {one.source for one in agreements}
    kept = sorted((k for k, one in enumerate(found) if one.rule != RULE or k in used), key=lambda k: found[k].content)
    place = {old: new for new, old in enumerate(kept)}
    return (
        tuple(replace(found[k], continues=place.get(found[k].continues)) if found[k].continues is not None else found[k] for k in kept),  # type: ignore[arg-type]
        tuple(speakers[k] for k in kept),
        tuple(replace(one, source=place[one.source], targets=tuple(sorted(place[k] for k in one.targets))) for one in agreements),
    )
