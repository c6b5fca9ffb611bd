"""Bytes to text, without guessing: BOM, strict UTF-8, then Windows-1252 with a warning."""

import codecs
import re
from dataclasses import dataclass

from kg.errors import NotText

__all__ = ["Decoded", "decode"]

# The longer marks first: UTF-32 LE starts with the bytes of UTF-16 LE's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Formats people hand over by mistake, told by their first bytes, to name them in the error.
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"SQLite format 3", "an SQLite database"),
)
# Controls no text file holds; tab, line feed, vertical tab, form feed, carriage return and the substitute of DOS files are let through.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_REMEDY = "Save it as UTF-8 text."


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and a warning if the encoding is not certain.

    Attributes:
        text: exactly as decoded, ends of line untouched; a byte order mark is no part of it.
        warning: one line for a person, or None.
    """

    text: str
    warning: str | None = None


def decode(data: bytes, *, where: str) -> Decoded:
    r"""The text in `data`.

    Args:
        data: a whole file, or a whole line of one.
        where: the file, for the error.

    Raises:
        NotText: if the data are binary, damaged UTF-8, or text in no encoding tried.

    >>> decode(b"\xef\xbb\xbfcaf\xc3\xa9\r\n", where="a.txt")
    Decoded(text='café\r\n', warning=None)
    >>> decode(b"caf\xe9", where="a.txt").warning
    'byte 0xE9 at offset 3 is no UTF-8, so it was read as Windows-1252. Save it as UTF-8 to be sure.'
    """
    for start, name in _MAGIC:
        if data.startswith(start):
            raise NotText(f"{name}, not text", where=where, remedy=_REMEDY)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(_without_controls(data[len(mark) :].decode(encoding), where=where))
            except UnicodeDecodeError as error:
                raise NotText(f"damaged {encoding.upper()} at byte {len(mark) + error.start}", where=where, remedy=_REMEDY) from None
    if b"\x00" in data:
        raise NotText("binary data, not text", where=where, remedy=_REMEDY)
    try:
        return Decoded(_without_controls(data.decode("utf-8"), where=where))
    except UnicodeDecodeError as error:
        return _from_windows(data, error.start, where=where)


def _from_windows(data: bytes, bad: int, *, where: str) -> Decoded:
    # A file that is UTF-8 but for a few bytes would come out as "â€œ" all over: more good sequences than bad bytes says it is damaged.
    lenient = data.decode("utf-8", errors="replace")
    replaced = lenient.count("\N{REPLACEMENT CHARACTER}")
    good = sum(not character.isascii() for character in lenient) - replaced
    if good > replaced:
        raise NotText(f"damaged UTF-8 at byte {bad}", where=where, remedy=_REMEDY)
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        fault = f"byte 0x{data[error.start]:02X} at offset {error.start} is neither UTF-8 nor Windows-1252"
        raise NotText(fault, where=where, remedy=_REMEDY) from None
    warning = f"byte 0x{data[bad]:02X} at offset {bad} is no UTF-8, so it was read as Windows-1252. Save it as UTF-8 to be sure."
    return Decoded(_without_controls(text, where=where), warning)


def _without_controls(text: str, *, where: str) -> str:
    """The same text, if it holds hardly any control characters: a stray one is an accident, many are a binary format."""
    count = len(_CONTROLS.findall(text))
    if "\x00" in text or count * 100 > len(text):
        raise NotText("binary data, not text", where=where, remedy=_REMEDY)
    return text
