"""What stages ask of every token of an article, as lists: asking a list costs a tenth of asking spaCy's tokens one by one."""

import itertools
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Columns", "columns_of"]


@dataclass(frozen=True, slots=True)
class Columns:
    """Attributes of the tokens of one `Doc`, each a list by token index, with the strings that spaCy's `Token` gives.

    Attributes:
        text, lower: the word as it stands, and in small letters.
        pos, tag, dep: universal part of speech, Penn tag, dependency label.
        label: the kind of the named entity around the token; "" outside.
        start: code-point offset of the word's first character.
        sentences: token ranges, half-open.
    """

    text: list[str]
    lower: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    label: list[str]
    start: list[int]
    sentences: tuple[tuple[int, int], ...]


@lru_cache(maxsize=2)
def columns_of(doc: "Doc") -> Columns:
    """The columns of a parsed document, kept for the last two: it must not be changed between two stages.

    >>> from kg.extract.parse import load_pipeline
    >>> columns_of(load_pipeline()("Ada Brandt left.")).pos
    ['PROPN', 'PROPN', 'VERB', 'PUNCT']
    """
    strings = doc.vocab.strings
    columns: list[list[str]] = []
    for column in doc.to_array(["ORTH", "LOWER", "POS", "TAG", "DEP", "ENT_TYPE"]).T:
        values = column.tolist()
        words = {value: strings[value] if value else "" for value in set(values)}
        columns.append([words[value] for value in values])
    text, lower, pos, tag, dep, label = columns
    start = doc.to_array("IDX").tolist()
    opens = [index for index, mark in enumerate(doc.to_array("SENT_START").tolist()) if mark == 1 or index == 0]
    sentences = tuple(itertools.pairwise([*opens, len(doc)]))
    return Columns(text, lower, pos, tag, dep, label, start, sentences)
