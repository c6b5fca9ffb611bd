"""The text of a parsed article, put together once."""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["text_of"]


@lru_cache(maxsize=2)
def text_of(doc: "Doc") -> str:
    """`doc.text`, kept for the last two documents: spaCy joins all tokens anew at every call, which makes a stage quadratic."""
    text: str = doc.text
    return text
