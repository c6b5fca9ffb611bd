"""Bytes to text without guessing."""

import codecs

import pytest

from kg.errors import NotText
from kg.read.decode import decode


@pytest.mark.parametrize(
    "data, text",
    [
        ("“Ça va”, dit-il.\r\n".encode(), "“Ça va”, dit-il.\r\n"),  # plain UTF-8, ends of line kept
        (b"\xef\xbb\xbfRain.", "Rain."),  # a UTF-8 mark is no text
        (codecs.BOM_UTF16_LE + "Rain – now".encode("utf-16-le"), "Rain – now"),  # what Windows calls Unicode
        (codecs.BOM_UTF16_BE + "Rain".encode("utf-16-be"), "Rain"),
        (codecs.BOM_UTF32_LE + "Rain".encode("utf-32-le"), "Rain"),  # begins with the mark of UTF-16
        (codecs.BOM_UTF32_BE + "Rain".encode("utf-32-be"), "Rain"),
        ("e\u0301 \ufb01 \u00a0\u00ad\u200b 👩‍👧".encode(), "e\u0301 \ufb01 \u00a0\u00ad\u200b 👩‍👧"),  # nothing is normalised
        (b"a\rb\nc\x0cd", "a\rb\nc\x0cd"),  # old ends of line and a form feed
        (b"", ""),
    ],
)
def test_text_is_exactly_as_decoded(data, text):
    decoded = decode(data, where="a.txt")
    assert decoded.text == text
    assert decoded.warning is None


def test_windows_text_is_read_with_a_warning():
    decoded = decode(b"\x93Rain,\x94 said Andr\xe9.", where="a.txt")
    assert decoded.text == "“Rain,” said André."
    assert decoded.warning is not None
    assert "0x93 at offset 0" in decoded.warning


@pytest.mark.parametrize(
    "data, fault",
    [
        (b"Rain\x00fall", "binary data"),  # a NUL
        (b"\x01\x02\x03\x04 abc", "binary data"),  # controls
        (b"Rain \x81 fell", "byte 0x81 at offset 5"),  # in no encoding tried
        ("Ça, là, où – ".encode() + b"\xe2\x80 Rain", "damaged UTF-8 at byte"),  # a bad byte in good UTF-8 is no Windows text
        (codecs.BOM_UTF16_LE + b"\x00\xd8", "damaged UTF-16-LE"),  # half a pair
        ("Rain".encode("utf-16-le"), "binary data"),  # UTF-16 without its mark
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04", "office document"),
        (b"\x89PNG\r\n", "a PNG picture"),
        (b"\x1f\x8b\x08", "a gzip archive"),
    ],
)
def test_what_is_no_text_is_refused(data, fault):
    with pytest.raises(NotText, match=fault) as caught:
        decode(data, where="a.txt")
    assert str(caught.value).startswith("a.txt: ")
    assert "Save it as UTF-8 text." in str(caught.value)
