"""A web page to an article: its running text, title, date, authors and site, found by trafilatura; nothing is fetched."""

import codecs
import logging
import re

from kg.errors import NothingToRead, TooLong
from kg.read.decode import Decoded, decode
from kg.read.jsonl import article_from_record
from kg.records import Article

__all__ = ["article_from_page"]

# What a page says of its encoding, in its first bytes: <meta charset="x"> or <meta http-equiv=... content="text/html; charset=x">.
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_HEAD = 4096  # bytes looked at for it
# Bounds for a page's date that depend on no clock: without them, the extractor takes today for the latest one.
_DATES = {"original_date": True, "extensive_search": False, "min_date": "1900-01-01", "max_date": "2199-12-31"}
_LOGGERS = ("trafilatura", "htmldate", "courlan", "justext")


def article_from_page(data: bytes, *, where: str, source_name: str | None, max_chars: int) -> tuple[Article, tuple[str, ...]]:
    """The article in a page, and a warning for each field that could not be used.

    The text is what the extractor takes for the article: its paragraphs word for word, a line each, without navigation, comments and
    links' targets. All offsets are into this text; where in the page it stood is not kept.

    Args:
        data: the page as stored.
        where: file, for errors.
        source_name: name of the file.
        max_chars: longest text taken, in code points.

    Raises:
        NotText: if it is in no encoding tried: a byte order mark's, the one the page names, UTF-8, Windows-1252.
        NothingToRead: if no article is found in it.
        TooLong: if its text is longer than `max_chars`.

    >>> page = b'''<html><head><title>Rain to last</title><meta name="author" content="Per Moe"></head><body><article><h1>Rain to last</h1>
    ... <p>The rain will last until May, said Ann Lee, a researcher at the Northlight Institute.</p></article></body></html>'''
    >>> article, warnings = article_from_page(page, where="rain.html", source_name="rain.html", max_chars=1000)
    >>> article.title, article.authors, article.text.splitlines()[-1][:20]
    ('Rain to last', ('Per Moe',), 'The rain will last u')
    """
    from trafilatura import bare_extraction  # half a second, for those who read pages
    from trafilatura.settings import Document

    for name in _LOGGERS:  # what they would tell about a page is told by us, or is of no use to anybody
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
    decoded = _decoded(data, where=where)
    found = bare_extraction(decoded.text, with_metadata=True, include_comments=False, date_extraction_params=_DATES)
    text = found.text if isinstance(found, Document) else None
    if not isinstance(found, Document) or not text or not any(map(str.isalnum, text)):
        raise NothingToRead("no article in this page", where=where, remedy="Save its text as a .txt file.")
    if len(text) > max_chars:
        raise TooLong(f"{len(text):,} characters, over the limit of {max_chars:,}", where=where, remedy="Split it or raise --max-chars.")
    record = {
        "text": text,
        "title": found.title,
        "url": found.url,
        "publisher": found.sitename or found.hostname,
        "published": found.date,
        "authors": [name.strip() for name in (found.author or "").split(";")],
    }
    article, warnings = article_from_record(record, where=where, source_name=source_name, max_chars=max_chars)
    return article, ((decoded.warning, *warnings) if decoded.warning else warnings)


def _decoded(data: bytes, *, where: str) -> Decoded:
    """The page's characters: by its byte order mark, by what it says itself if that is true, else as any text."""
    if not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and (named := _CHARSET.search(data[:_HEAD])):
        try:
            codec = codecs.lookup(named[1].decode("ascii"))
            # Web browsers read Latin-1 as Windows-1252, and so do those who write it.
            return Decoded(data.decode("cp1252" if codec.name == "iso8859-1" else codec.name), None)
        except (LookupError, UnicodeError):
            pass  # it names none that there is, or one that it is not in
    return decode(data, where=where)
