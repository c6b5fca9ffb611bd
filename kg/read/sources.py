"""Sources to articles: files, directories and standard input, one at a time, so that memory does not grow with their number."""

import codecs
import itertools
import json
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from kg.errors import BadRecord, NothingToRead, NotText, ReadError, SourceNotFound, TooLong
from kg.read.article import make_article
from kg.read.decode import decode
from kg.read.html import article_from_page
from kg.read.jsonl import article_from_record, parse_record
from kg.read.language import foreign_language
from kg.records import Article, Problem
from kg.settings import Settings

__all__ = ["READABLE_SUFFIXES", "read_articles"]

_TEXT_SUFFIXES = (".txt", ".md")
_RECORD_SUFFIXES = (".jsonl", ".ndjson")
_PAGE_SUFFIXES = (".html", ".htm", ".xhtml")
READABLE_SUFFIXES = _TEXT_SUFFIXES + _RECORD_SUFFIXES + _PAGE_SUFFIXES
# Markdown in a directory is a README more often than news: it is read when it is named itself.
_SUFFIXES_OF_DIRECTORIES = tuple(suffix for suffix in READABLE_SUFFIXES if suffix != ".md")
# Read as plain text these would give mark-up and columns for sentences; any other suffix, or none, is looked at.
_FOREIGN_SUFFIXES = (".csv", ".json", ".rtf", ".tsv", ".xml")
# No character takes more bytes than this in UTF-8, UTF-16 or UTF-32, nor more than 12 as JSON escapes.
_BYTES_A_CHARACTER = 4
_JSON_BYTES_A_CHARACTER = 12
# What a record may hold beside its text: metadata, and keys that are not ours (labels of a corpus).
_RECORD_MARGIN = 16 * 1024 * 1024
_PIECE = 1024 * 1024


def read_articles(
    sources: Iterable[str | Path], *, settings: Settings | None = None, stdin: BinaryIO | None = None
) -> Iterator[Article | Problem]:
    """Each article in the sources, and a `Problem` for each source or record that could not be used, as they come.

    A `.txt` or `.md` file is one article, its text exactly as decoded (ends of line are not translated). A `.jsonl` or `.ndjson` file holds one a
    line. An `.html`, `.htm` or `.xhtml` file is a page with one in it (see `kg.read.html`). A directory gives its readable files and those of
    its directories, sorted by name, without hidden ones and without `.md`, which is read where it is named. `-` is standard input: JSON
    Lines if it starts with a JSON object, else one text; so is a pipe or a file of another suffix.

    An article that is surely not English is a `Problem` that says so.

    Args:
        sources: paths, or `-`.
        settings: `max_chars` is the longest text read; a longer one is skipped. None for the defaults.
        stdin: what `-` reads; None for the process's own.

    A warning (`skipped=False`) stands before the article it is about. Nothing is raised for a bad source.

    >>> import io
    >>> [article] = read_articles(["-"], stdin=io.BytesIO(b'"Rain is likely," Ann Lee said.'))
    >>> article.text
    '"Rain is likely," Ann Lee said.'
    >>> [problem] = read_articles(["no-such-file.txt"])
    >>> problem.what
    'no-such-file.txt: no such file or directory. Check the path.'

    Known limits:
        1. PDF, office documents, CSV and feeds are not read.
        2. JSON Lines are UTF-8, as the format asks; a file in UTF-16 is refused.
    """
    settings = settings or Settings()
    for source in sources:
        if str(source) == "-":
            yield from _english(
                _safely(_from_stream(stdin or sys.stdin.buffer, where="standard input", source_name=None, settings=settings), "-")
            )
        else:
            path = Path(source)
            yield from _english(_safely(_from_path(path, settings=settings), _printable(path)))


def _english(found: Iterator[Article | Problem]) -> Iterator[Article | Problem]:
    """What was found, with a problem in place of each article in another language."""
    for one in found:
        language = foreign_language(one.text) if isinstance(one, Article) else None
        if isinstance(one, Article) and language:
            name = one.title or one.url or one.id
            where = one.source_name or "standard input"
            yield Problem(where, f"{where}: {name!r} is not English ({language}), so it was left out.")
        else:
            yield one


def _safely(articles: Iterator[Article | Problem], where: str) -> Iterator[Article | Problem]:
    """The articles until an error ends them; the error as the last problem."""
    try:
        yield from articles
    except ReadError as error:
        yield Problem(error.where or where, str(error))
    except OSError as error:
        yield _problem(NotText(f"cannot be read ({error.strerror or error})", where=where, remedy="Check the file and its permissions."))
    except ValueError as error:  # a path that no system call takes, such as one with a NUL in it
        yield _problem(SourceNotFound(f"no usable path ({error})", where=where))


def _problem(error: ReadError) -> Problem:
    return Problem(error.where or "", str(error))


def _printable(path: Path) -> str:
    """The path as text that UTF-8 can hold: file names are bytes, and some are no text."""
    return os.fsencode(path).decode("utf-8", errors="replace")


# --------------------------------------------------------------------------- paths


def _from_path(path: Path, *, settings: Settings) -> Iterator[Article | Problem]:
    where = _printable(path)
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        raise SourceNotFound("no such file or directory", where=where, remedy="Check the path.") from None
    if stat.S_ISDIR(mode):
        yield from _from_directory(path, settings=settings)
    elif stat.S_ISREG(mode):
        yield from _from_file(path, settings=settings)
    else:
        with path.open("rb") as stream:
            yield from _from_stream(stream, where=where, source_name=None, settings=settings)


def _from_directory(path: Path, *, settings: Settings) -> Iterator[Article | Problem]:
    files = _walk(path, seen=set())
    first = next(files, None)
    if first is None:
        remedy = f"Give a directory with files ending in {', '.join(_SUFFIXES_OF_DIRECTORIES)}; name .md files themselves."
        raise NothingToRead("no readable file in it", where=_printable(path), remedy=remedy)
    for file in itertools.chain([first], files):
        if isinstance(file, Problem):
            yield file
        else:
            yield from _safely(_from_path(file, settings=settings), _printable(file))


def _walk(directory: Path, *, seen: set[tuple[int, int]]) -> Iterator[Path | Problem]:
    """Readable files below a directory, sorted by name. A directory met again through a link is not entered twice, so a loop of links ends."""
    here = directory.stat()
    if (here.st_dev, here.st_ino) in seen:
        return
    seen.add((here.st_dev, here.st_ino))
    try:
        with os.scandir(directory) as entries:
            names = sorted(entry.name for entry in entries if not entry.name.startswith("."))
    except OSError as error:
        yield _problem(NotText(f"cannot be read ({error.strerror})", where=_printable(directory), remedy="Check its permissions."))
        return
    for name in names:
        path = directory / name
        if path.is_dir():
            yield from _walk(path, seen=seen)
        elif path.suffix.lower() in _SUFFIXES_OF_DIRECTORIES and not _is_special(path):
            yield path


def _is_special(path: Path) -> bool:
    """Whether the path is a pipe, a socket or a device: reading one met on a walk could wait for ever."""
    return path.exists() and not path.is_file()


def _from_file(path: Path, *, settings: Settings) -> Iterator[Article | Problem]:
    where = _printable(path)
    suffix = path.suffix.lower()
    if suffix in _FOREIGN_SUFFIXES:
        raise NotText(f"{suffix} files are not read", where=where, remedy=f"Give text in a file ending in {', '.join(READABLE_SUFFIXES)}.")
    with path.open("rb") as stream:
        if suffix in _RECORD_SUFFIXES:
            yield from _records(stream, where=where, source_name=_printable(Path(path.name)), settings=settings)
        elif suffix in _PAGE_SUFFIXES:
            yield from _page(stream, where=where, source_name=_printable(Path(path.name)), settings=settings)
        elif suffix in _TEXT_SUFFIXES:
            yield from _whole_text(stream, where=where, source_name=_printable(Path(path.name)), settings=settings)
        else:
            yield from _from_stream(stream, where=where, source_name=_printable(Path(path.name)), settings=settings)


# --------------------------------------------------------------------------- streams


def _from_stream(stream: BinaryIO, *, where: str, source_name: str | None, settings: Settings) -> Iterator[Article | Problem]:
    """JSON Lines if the stream starts with a JSON object, else one text."""
    limit = _record_limit(settings)
    lines = []
    while line := stream.readline(limit):
        lines.append(line)
        if line.strip() or sum(map(len, lines)) > limit:
            break
    start = b"".join(lines)
    if _is_object(start):
        yield from _records(_Rest(start, stream), where=where, source_name=source_name, settings=settings)
        return
    if start.lstrip().startswith(b"{"):
        # An object over several lines is one record.
        start += _read(stream, limit)
        if _is_object(start):
            record = parse_record(decode(start, where=where).text, where=where)
            yield from _from_record(record, where=where, source_name=source_name, settings=settings)
            return
    yield from _whole_text(_Rest(start, stream), where=where, source_name=source_name, settings=settings)


class _Rest:
    """A stream some of which has been read already."""

    def __init__(self, start: bytes, stream: BinaryIO) -> None:
        self._start = start
        self._stream = stream

    def read(self, size: int) -> bytes:
        """Up to `size` bytes."""
        start, self._start = self._start[:size], self._start[size:]
        return start + self._stream.read(size - len(start)) if len(start) < size else start

    def readline(self, size: int) -> bytes:
        """Up to `size` bytes, not beyond the end of the line."""
        if not self._start:
            return self._stream.readline(size)
        end = self._start.find(b"\n") + 1 or len(self._start)
        start, self._start = self._start[: min(end, size)], self._start[min(end, size) :]
        return start


type _Readable = BinaryIO | _Rest


def _read(stream: _Readable, limit: int) -> bytes:
    """Up to `limit` bytes, by pieces: a single `read` would reserve the whole limit first."""
    pieces = []
    while limit and (piece := stream.read(min(limit, _PIECE))):
        pieces.append(piece)
        limit -= len(piece)
    return b"".join(pieces)


def _is_object(data: bytes) -> bool:
    if not data.lstrip().startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(data), dict)
    except (ValueError, RecursionError):
        return False


def _whole_text(stream: _Readable, *, where: str, source_name: str | None, settings: Settings) -> Iterator[Article | Problem]:
    """One article from all of a stream, read no further than a text of `max_chars` can go."""
    limit = _BYTES_A_CHARACTER * (settings.max_chars + 1)
    data = _read(stream, limit + 1)
    if len(data) > limit:
        raise _too_long(f"more than {settings.max_chars:,} characters", where=where, settings=settings)
    decoded = decode(data, where=where)
    if len(decoded.text) > settings.max_chars:
        raise _too_long(f"{len(decoded.text):,} characters", where=where, settings=settings)
    if not any(map(str.isalnum, decoded.text)):
        raise NothingToRead("no words in it" if data else "it is empty", where=where)
    if decoded.warning:
        yield Problem(where, f"{where}: {decoded.warning}", skipped=False)
    yield make_article(decoded.text, source_name=source_name)


def _page(stream: _Readable, *, where: str, source_name: str | None, settings: Settings) -> Iterator[Article | Problem]:
    limit = _BYTES_A_CHARACTER * settings.max_chars + _RECORD_MARGIN
    data = _read(stream, limit + 1)
    if len(data) > limit:
        raise _too_long(f"a page of more than {limit:,} bytes", where=where, settings=settings)
    if not data.strip():
        raise NothingToRead("it is empty", where=where)
    article, warnings = article_from_page(data, where=where, source_name=source_name, max_chars=settings.max_chars)
    for warning in warnings:
        yield Problem(where, f"{where}: {warning}", skipped=False)
    yield article


def _too_long(what: str, *, where: str, settings: Settings) -> TooLong:
    return TooLong(f"{what}, over the limit of {settings.max_chars:,}", where=where, remedy="Split it or raise --max-chars.")


# --------------------------------------------------------------------------- JSON Lines


def _record_limit(settings: Settings) -> int:
    return min(_JSON_BYTES_A_CHARACTER * settings.max_chars + _RECORD_MARGIN, sys.maxsize)


def _records(stream: _Readable, *, where: str, source_name: str | None, settings: Settings) -> Iterator[Article | Problem]:
    """An article a line; a bad line is a problem and the run goes on."""
    found = False
    for number, line in enumerate(_lines(stream, _record_limit(settings)), start=1):
        if number == 1 and line is not None and line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise NotText("UTF-16, which JSON Lines may not be", where=where, remedy="Save it as UTF-8.")
        if line is not None and not line.strip():
            continue
        found = True
        place = f"{where}, line {number}"
        try:
            if line is None:
                raise _too_long(f"a line of more than {_record_limit(settings):,} bytes", where=place, settings=settings)
            decoded = decode(line, where=place)
            if decoded.warning:
                yield Problem(place, f"{place}: {decoded.warning}", skipped=False)
            yield from _from_record(parse_record(decoded.text, where=place), where=place, source_name=source_name, settings=settings)
        except (BadRecord, NotText, TooLong) as error:
            yield _problem(error)
    if not found:
        raise NothingToRead("no record in it", where=where)


def _lines(stream: _Readable, limit: int) -> Iterator[bytes | None]:
    """The lines of a stream; None for one of `limit` bytes or more, which is passed over."""
    while line := stream.readline(limit):
        if len(line) < limit:
            yield line
            continue
        while not line.endswith(b"\n") and (line := stream.readline(limit)):
            pass
        yield None


def _from_record(record: Mapping[str, object], *, where: str, source_name: str | None, settings: Settings) -> Iterator[Article | Problem]:
    article, warnings = article_from_record(record, where=where, source_name=source_name, max_chars=settings.max_chars)
    for warning in warnings:
        yield Problem(where, f"{where}: {warning}", skipped=False)
    yield article
