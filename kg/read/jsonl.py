"""One JSON Lines record to an article, its fields checked one by one."""

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from kg.errors import BadRecord, TooLong
from kg.read.article import make_article
from kg.records import Article

__all__ = ["article_from_record", "parse_record"]

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
# What XML Schema calls a dateTime: with seconds, a T, and a zone or none.
_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?")
_HOST = re.compile(r"[\w.-]+(?::\d{1,5})?|\[[0-9A-Fa-f:.]+\](?::\d{1,5})?")
# ASCII characters that no IRI may hold outside its host, and a percent sign that starts no escape.
_UNSAFE = re.compile(r'[ <>"{}|\\^`\[\]]|%(?![0-9A-Fa-f]{2})')


def parse_record(line: str, *, where: str) -> Mapping[str, Any]:
    """The JSON object on a line.

    Raises:
        BadRecord: if it is no JSON, or JSON but no object.
    """
    try:
        record = json.loads(line)
    except RecursionError:
        raise BadRecord("JSON nested too deep", where=where) from None
    except json.JSONDecodeError as error:
        raise BadRecord(
            f"no JSON ({error.msg}, character {error.pos + 1} of the line)", where=where, remedy="Give one JSON object a line."
        ) from None
    except ValueError as error:
        raise BadRecord(f"no JSON ({error})", where=where, remedy="Give one JSON object a line.") from None
    if not isinstance(record, dict):
        raise BadRecord(f"a JSON {type(record).__name__}, not an object", where=where, remedy='Give {"id": ..., "text": ...} on each line.')
    return record


def article_from_record(
    record: Mapping[str, Any], *, where: str, source_name: str | None, max_chars: int
) -> tuple[Article, tuple[str, ...]]:
    """The article in a record, and a warning for each field that could not be used. Unknown keys are ignored.

    Args:
        record: `text`, and if there `id`, `title`, `url`, `published`, `publisher`, `authors`.
        where: file and line, for errors.
        source_name: name of the file.
        max_chars: longest text taken, in code points.

    Raises:
        BadRecord: if there is no text, or a field holds what no text file could (half a surrogate pair, NUL).
        TooLong: if the text is longer than `max_chars`.

    >>> record = {"id": 7, "text": "Rain is likely, Ann Lee said.", "published": "last week", "gold": {}}
    >>> article, warnings = article_from_record(record, where="a.jsonl, line 1", source_name="a.jsonl", max_chars=100)
    >>> article.id, article.published, warnings
    ('7', None, ("published 'last week' is no ISO date, so it was left out.",))
    """
    text = record.get("text")
    if not isinstance(text, str):
        fault = "no text" if text is None else f"text is a JSON {type(text).__name__}"
        raise BadRecord(fault, where=where, remedy='Put the article into the key "text" as a string.')
    if len(text) > max_chars:
        remedy = f"Give --max-chars {len(text)} or split it."
        raise TooLong(f"{len(text):,} characters, over the limit of {max_chars:,}", where=where, remedy=remedy)
    if not any(map(str.isalnum, text)):
        raise BadRecord("no words in the text", where=where)
    fields = _Fields(record, where=where)
    article = make_article(
        _encodable("text", text, where=where),
        given_id=fields.identifier(),
        source_name=source_name,
        title=fields.string("title"),
        url=fields.url(),
        publisher=fields.string("publisher"),
        published=fields.published(),
        authors=fields.authors(),
    )
    return article, tuple(fields.warnings)


def _encodable(name: str, value: str, *, where: str) -> str:
    r"""The same string, if UTF-8 can hold it and a page can show it; JSON's `"\ud800"` and `"\u0000"` are not."""
    if "\x00" in value or any("\ud800" <= character <= "\udfff" for character in value):
        raise BadRecord(f"{name} holds half a surrogate pair or a NUL", where=where, remedy="Mend the record's encoding.")
    return value


class _Fields:
    """The optional fields of one record. What cannot be used is left out, with a warning."""

    def __init__(self, record: Mapping[str, Any], *, where: str) -> None:
        self._record = record
        self._where = where
        self.warnings: list[str] = []

    def identifier(self) -> str | None:
        """`id` as a string; numbers are taken as they are printed."""
        value = self._record.get("id")
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        return self.string("id")

    def string(self, name: str) -> str | None:
        """The field without surrounding white space; None for an empty one."""
        value = self._record.get(name)
        if value is None:
            return None
        if not isinstance(value, str):
            self._refuse(name, value, "no string")
            return None
        return _encodable(name, value.strip(), where=self._where) or None

    def url(self) -> str | None:
        """`url` if it is an http(s) address, with characters that no IRI may hold percent-encoded."""
        value = self.string("url")
        if value is None:
            return None
        try:
            parts = urlsplit(value)
        except ValueError:
            self._refuse("url", value, "no address")
            return None
        if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(parts.netloc) or not value.isprintable():
            self._refuse("url", value, "no http or https address")
            return None
        fragment = parts.fragment.replace("#", "%23")
        return parts._replace(path=_escape(parts.path), query=_escape(parts.query), fragment=_escape(fragment)).geturl()

    def published(self) -> str | None:
        """`published` as given if it is an ISO 8601 date or a date-time that XML Schema takes; other ISO date-times in that form."""
        value = self.string("published")
        if value is None:
            return None
        try:
            if _DATE.fullmatch(value):
                date.fromisoformat(value)
                return value
            if not _DATE.match(value):
                raise ValueError(value)  # noqa: TRY301  2024, 20240223 and 2024-W08 are ISO too, but no day a reader would see at once
            moment = datetime.fromisoformat(value)
        except ValueError:
            self._refuse("published", value, "no ISO date")
            return None
        return value if _DATE_TIME.fullmatch(value) else moment.isoformat()

    def authors(self) -> tuple[str, ...]:
        """`authors` as printed, each once; a single string is one author."""
        value = self._record.get("authors")
        if value is None:
            return ()
        names = [value] if isinstance(value, str) else value
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            self._refuse("authors", value, "no list of names")
            return ()
        stripped = [_encodable("authors", name.strip(), where=self._where) for name in names]
        return tuple({name.casefold(): name for name in reversed(stripped) if name}.values())[::-1]

    def _refuse(self, name: str, value: object, fault: str) -> None:
        shown = repr(value)
        shown = shown if len(shown) <= 80 else f"{shown[:77]}..."
        self.warnings.append(f"{name} {shown} is {fault}, so it was left out.")


def _escape(part: str) -> str:
    return _UNSAFE.sub(lambda found: f"%{ord(found[0][0]):02X}" + found[0][1:], part)
