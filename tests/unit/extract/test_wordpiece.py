"""Word pieces: cut as the encoder learned them, with offsets into the text as given."""

import itertools
import random

import numpy as np
import pytest

from kg.extract.attribution.pieces import Quote, overlapping_windows, prepare, quote_states, separate_windows
from kg.extract.attribution.tagger import VOCABULARY_FILE, default_model_folder
from kg.extract.attribution.wordpiece import Shape, WordPiece

VOCABULARY = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    *"abcdefghijklmnopqrstuvwxyz0123456789.,!?\"'“”’$-—",
    *("##" + c for c in "abcdefghijklmnopqrstuvwxyz0123456789"),
]
VOCABULARY += ["the", "mayor", "##yor", "cafe", "said", "##ing", "un", "##happy", "東", "京"]

CASES = [
    ("The mayor", ["the", "mayor"]),  # case is dropped
    ("Café", ["cafe"]),  # an accent written as one character
    ("Cafe\u0301", ["cafe"]),  # and as two
    ("unhappy", ["un", "##happy"]),  # the longest match first
    ("un-happy", ["un", "-", "h", "##a", "##p", "##p", "##y"]),  # a hyphen stands alone
    ("mayor’s", ["mayor", "’", "s"]),  # as does a typographic apostrophe
    ("said\u00a0the", ["said", "the"]),  # a no-break space is a space
    ("sa\u200bid", ["said"]),  # a zero-width space is nothing
    ("sa\x07id", ["said"]),  # nor is a control character
    ("東京", ["東", "京"]),  # ideographs stand alone
    ("ж the", ["[UNK]", "the"]),  # a word the vocabulary cannot spell is one unknown piece
    ("a" * 101, ["[UNK]"]),  # as is a word that is too long
    (" \n\t ", []),
    ("", []),
]


@pytest.mark.parametrize("text, expected", CASES)
def test_pieces(text, expected):
    found = WordPiece(VOCABULARY).encode(text)
    assert [VOCABULARY[i] for i in found.ids] == expected


def test_offsets_point_into_the_text_as_given():
    text = "Cafe\u0301  The\u00a0mayor’s"
    found = WordPiece(VOCABULARY).encode(text)
    assert [text[s:e] for s, e in zip(found.starts, found.ends, strict=True)] == ["Cafe", "The", "mayor", "’", "s"]


def test_a_word_keeps_its_shape_and_its_continuations():
    found = WordPiece(VOCABULARY).encode("Unhappy NATO")
    assert found.shapes.tolist() == [Shape.TITLE] * 2 + [Shape.UPPER] * 4
    assert found.continues.tolist() == [False, True, False, True, True, True]


def test_encoding_again_gives_the_same():
    wordpiece = WordPiece(VOCABULARY)
    first, again = (wordpiece.encode("The unhappy mayor, unhappy.") for _ in range(2))
    assert np.array_equal(first.ids, again.ids)
    assert np.array_equal(first.starts, again.starts)


def test_equal_to_the_reference_tokeniser():
    """Against the tokenizers library, where it is installed, on made-up text full of marks, accents and odd spaces."""
    tokenizers = pytest.importorskip("tokenizers")
    path = default_model_folder() / VOCABULARY_FILE
    if not path.exists():
        pytest.skip("the model is not installed")
    reference = tokenizers.BertWordPieceTokenizer(str(path), lowercase=True)
    chance = random.Random(5)
    letters = "abcdeéöñÅßİΣçœ 0123 .,;:!?\"'“”‘’«»—–-_/()[]$€%&@#\u00a0\u200b\u0301\n\tжя東😀"
    wordpiece = WordPiece.from_file(path)
    for _ in range(300):
        text = "".join(chance.choice(letters) for _ in range(80))
        expected, found = reference.encode(text, add_special_tokens=False), wordpiece.encode(text)
        assert found.ids.tolist() == expected.ids
        assert list(zip(found.starts.tolist(), found.ends.tolist(), strict=True)) == expected.offsets


# --------------------------------------------------------------------------- quotation marks

QUOTES = [
    ('He: "No." So', "000031114000"),  # straight marks open and close by the spaces around them
    ("He: “No.” So", "000031114000"),
    ("«No» so", "3114000"),
    ("''No'' so", "331144000"),  # two typewriter apostrophes are one mark
    ("``No'' so", "331144000"),
    ("“No. So", "3222222"),  # never closed: to the end of its paragraph
    ("“No\nSo", "322000"),  # and no further
    ("“No\n“So”\nof", "32205114000"),  # a paragraph that carries it on
    ("No”\nSo", "004000"),
    ('5" a "b" c', "0400031400"),
]


@pytest.mark.parametrize("text, expected", QUOTES)
def test_quote_states(text, expected):
    assert "".join(map(str, quote_states(text)[: len(text)])) == expected


def test_a_closing_mark_ends_a_quotation_carried_over():
    text = "“One.\nTwo.” He left."
    states = quote_states(text)
    assert set(states[6:10]) == {Quote.INSIDE}
    assert set(states[11:]) == {Quote.OUTSIDE}


# --------------------------------------------------------------------------- windows


def test_windows_cover_every_piece_and_keep_to_their_size():
    text = "\n".join("the mayor said the mayor, unhappy. " * k for k in (1, 9, 2, 30, 4))
    pieces = prepare(text, WordPiece(VOCABULARY))
    separate = separate_windows(pieces, 50)
    assert [b for _, b in separate[:-1]] == [a for a, _ in separate[1:]]
    assert separate[-1][1] == len(pieces)
    assert all(b - a <= 50 for a, b in separate)
    overlapping = overlapping_windows(pieces, 50, 20)
    assert overlapping[0][0] == 0
    assert overlapping[-1][1] == len(pieces)
    assert all(later[0] < earlier[1] and later[0] > earlier[0] for earlier, later in itertools.pairwise(overlapping))
    assert all(b - a <= 50 for a, b in overlapping)


def test_no_words_no_windows():
    pieces = prepare(" \n ", WordPiece(VOCABULARY))
    assert len(pieces) == 0
    assert separate_windows(pieces, 50) == overlapping_windows(pieces, 50, 20) == []
