"""Cuts a text into the word pieces of an uncased BERT vocabulary, each with its place in the text.

The encoder was trained on pieces cut in one particular way, so this follows that way exactly: control characters are dropped, accents and
case are removed, punctuation and ideographs stand alone, and each word is taken apart by the longest piece that matches. Offsets always point
into the text as it was given. It needs no tokenisation library, only a vocabulary file with one piece a line.

>>> vocabulary = ["[PAD]", "[UNK]", "the", "mayor", "un", "##say", "##able", "."]
>>> pieces = WordPiece(vocabulary).encode("The mayor: unsayable.")
>>> [vocabulary[i] for i in pieces.ids]
['the', 'mayor', '[UNK]', 'un', '##say', '##able', '.']
>>> list(zip(pieces.starts.tolist(), pieces.ends.tolist()))
[(0, 3), (4, 9), (9, 10), (11, 13), (13, 16), (16, 20), (20, 21)]
"""

import re
import string
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

__all__ = ["Shape", "WordPiece", "WordPieces"]

IntArray = npt.NDArray[np.int64]

# What separates words. Written out because Python's \s also holds control characters, which the encoder's tokeniser drops instead.
_SPACE = " \t\n\r\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_PUNCTUATION = re.escape(string.punctuation)
# One ASCII punctuation mark, or a run of anything else but space: "Mr. O'Neil" gives "Mr", ".", "O", "'", "Neil".
_CHUNK = re.compile(f"[{_PUNCTUATION}]|[^{_PUNCTUATION}{_SPACE}]+")
_SPACES = frozenset(" \t\n\r\u00a0\u1680\u2028\u2029\u202f\u205f\u3000") | {chr(c) for c in range(0x2000, 0x200B)}
_IDEOGRAPHS = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B920, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)
_LONGEST_WORD = 100  # longer "words" are one unknown piece
_CACHE_SIZE = 100_000  # chunks remembered; a chunk costs about half a kilobyte


class Shape:
    """How a word is written, which an uncased vocabulary forgets."""

    NO_LETTERS = 0
    LOWER = 1
    TITLE = 2
    UPPER = 3
    MIXED = 4


@dataclass(frozen=True, slots=True)
class WordPieces:
    """The pieces of one text, in order: parallel arrays.

    `starts` and `ends` are half-open code-point offsets into the text, `shapes` one of `Shape` for the word a piece belongs to, and
    `continues` is true where a piece is not the first of its word.
    """

    ids: IntArray
    starts: IntArray
    ends: IntArray
    shapes: IntArray
    continues: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Chunk:
    """The pieces of one chunk, offsets relative to its start."""

    ids: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    shapes: tuple[int, ...]
    continues: tuple[bool, ...]


class WordPiece:
    """A vocabulary and the pieces of the chunks seen so far."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        """Number the pieces of `vocabulary` by their place in it; it must hold "[UNK]"."""
        self._ids = {piece: number for number, piece in enumerate(vocabulary)}
        self._unknown = self._ids["[UNK]"]
        self._cache: dict[str, _Chunk] = {}

    @classmethod
    def from_file(cls, path: Path) -> "WordPiece":
        """Read a vocabulary of one piece a line, UTF-8."""
        return cls(path.read_text(encoding="utf-8").rstrip("\n").split("\n"))

    def id_of(self, piece: str) -> int:
        """Number of `piece`; that of the unknown piece if there is no such one."""
        return self._ids.get(piece, self._unknown)

    def encode(self, text: str) -> WordPieces:
        """The pieces of `text`; time linear in its length."""
        cache = self._cache
        if len(cache) > _CACHE_SIZE:
            cache.clear()
        ids: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        shapes: list[int] = []
        continues: list[bool] = []
        bases: list[int] = []
        lengths: list[int] = []
        for match in _CHUNK.finditer(text):
            surface = match.group()
            chunk = cache.get(surface)
            if chunk is None:
                chunk = cache[surface] = self._cut(surface)
            ids += chunk.ids
            starts += chunk.starts
            ends += chunk.ends
            shapes += chunk.shapes
            continues += chunk.continues
            bases.append(match.start())
            lengths.append(len(chunk.ids))
        base = np.repeat(np.array(bases, dtype=np.int64), np.array(lengths, dtype=np.int64))
        return WordPieces(
            ids=np.array(ids, dtype=np.int64),
            starts=np.array(starts, dtype=np.int64) + base,
            ends=np.array(ends, dtype=np.int64) + base,
            shapes=np.array(shapes, dtype=np.int64),
            continues=np.array(continues, dtype=np.bool_),
        )

    def _cut(self, surface: str) -> _Chunk:
        found: list[tuple[int, int, int, int, bool]] = []
        for word, origins in _words(surface):
            start, end = origins[0], origins[-1] + 1
            shape = _shape(surface[start:end])
            for number, (piece, low, high) in enumerate(self._pieces(word)):
                found.append((piece, origins[low], origins[high - 1] + 1, shape, number > 0))
        columns = tuple(zip(*found, strict=True)) or ((), (), (), (), ())
        return _Chunk(*columns)

    def _pieces(self, word: str) -> list[tuple[int, int, int]]:
        """(id, start, end) of the pieces of a normalised word, longest match first."""
        unknown = [(self._unknown, 0, len(word))]
        if len(word) > _LONGEST_WORD:
            return unknown
        found: list[tuple[int, int, int]] = []
        low = 0
        while low < len(word):
            prefix = "##" if low else ""
            for high in range(len(word), low, -1):
                piece = self._ids.get(prefix + word[low:high])
                if piece is not None:
                    break
            else:
                return unknown
            found.append((piece, low, high))
            low = high
        return found


def _words(surface: str) -> list[tuple[str, list[int]]]:
    """Normalised words of a chunk, each with the place in the chunk that every one of its characters came from.

    >>> _words("Ça—va")
    [('ca', [0, 1]), ('—', [2]), ('va', [3, 4])]
    """
    if surface.isascii() and surface.isprintable():
        return [(surface.lower(), list(range(len(surface))))]
    words: list[tuple[str, list[int]]] = []
    letters: list[str] = []
    origins: list[int] = []

    def close() -> None:
        if letters:
            words.append(("".join(letters), origins.copy()))
            letters.clear()
            origins.clear()

    for origin, original in enumerate(surface):
        if original == "\ufffd" or unicodedata.category(original).startswith("C"):
            continue
        alone = _is_ideograph(original)
        for decomposed in unicodedata.normalize("NFD", original):
            if unicodedata.category(decomposed) == "Mn":
                continue
            for character in decomposed.lower():
                if character in _SPACES:
                    close()
                elif alone or _is_punctuation(character):
                    close()
                    words.append((character, [origin]))
                else:
                    letters.append(character)
                    origins.append(origin)
    close()
    return words


def _is_punctuation(character: str) -> bool:
    return character in string.punctuation or unicodedata.category(character).startswith("P")


def _is_ideograph(character: str) -> bool:
    code = ord(character)
    return code >= 0x3400 and any(low <= code <= high for low, high in _IDEOGRAPHS)


def _shape(word: str) -> int:
    """How `word` is written.

    >>> [_shape(w) for w in ("1984", "mayor", "Mayor", "NATO", "McCain", "I")]
    [0, 1, 2, 3, 4, 2]
    """
    if not any(c.isalpha() for c in word):
        return Shape.NO_LETTERS
    if word.islower():
        return Shape.LOWER
    if len(word) > 1 and word.isupper():
        return Shape.UPPER
    if word[0].isupper() and (len(word) == 1 or word[1:].islower()):
        return Shape.TITLE
    return Shape.MIXED
