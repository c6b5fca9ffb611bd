"""Letters behind a name: "Ada Brandt MP", "Otto Roe, PhD". They are no part of the name, and what stands behind them is said of its bearer."""

from typing import TYPE_CHECKING

from kg.extract.columns import columns_of
from kg.extract.words import honorifics, post_nominals

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["are_letters", "behind_letters", "name_before_letters"]


def name_before_letters(doc: "Doc", start: int, end: int) -> int:
    """Where a name ends that the tagger took together with the letters behind it; `end` if there are none.

    A name of at least two words must stand before them, or one with an honorific: "Standard MD" is left as it is.
    """
    texts, letters = columns_of(doc).text, post_nominals()
    stop = end
    while stop > start and (texts[stop - 1] in letters or (texts[stop - 1] == "," and stop < end)):
        stop -= 1
    titled = start > 0 and texts[start - 1] in honorifics()
    return stop if stop - start > 1 or (stop > start and titled) else end


def are_letters(doc: "Doc", index: int) -> bool:
    """Whether the token is such letters and stands behind a name, a comma between them or not."""
    columns = columns_of(doc)
    if columns.text[index] not in post_nominals() or index < 2:
        return False
    before = index - 1 - (columns.text[index - 1] == ",")
    if columns.text[before] in post_nominals():
        return are_letters(doc, before)
    return columns.pos[before] == "PROPN" and columns.text[before].istitle() and columns.label[before] not in {"GPE", "LOC"}


def behind_letters(doc: "Doc", end: int) -> int:
    """The first token behind the letters that follow a name, with the commas between them: in "Ada Brandt, OBE, PhD, chair of" the third comma.

    Args:
        doc: the parse of a whole article.
        end: the first token behind the name.
    """
    texts, letters = columns_of(doc).text, post_nominals()
    while True:
        follow = end + (texts[end : end + 1] == [","])
        if follow >= len(texts) or texts[follow] not in letters:
            return end
        end = follow + 1
