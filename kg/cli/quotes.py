"""`kg quotes`: who said what, filtered, for people who write no SPARQL."""

import csv
import io
import itertools
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.files import write_output
from kg.cli.options import with_settings
from kg.cli.terminal import counted, plain, print_table, say, short
from kg.errors import NotInStore
from kg.settings import Settings

if TYPE_CHECKING:
    from kg.graph.search import Quote
    from kg.graph.store import Store

__all__ = ["quotes"]

_FORMATS = ("table", "csv", "jsonl", "md")
_NAMESAKES = 12  # lines that tell namesakes apart
_TABLE_ROWS = 1000  # nobody reads a longer table; other formats give all
# The words of kg.graph.search.finding.KINDS, which is not imported before it is needed; a test compares them.
_KINDS = ("direct", "indirect", "mixed", "fact", "prediction", "evaluation", "recommendation")
_COLUMNS = (
    "speaker",
    "roles",
    "text",
    "quotation",
    "claim_kind",
    "said",
    "cue",
    "stance",
    "said_on",
    "valid",
    "topics",
    "figures",
    "confidence",
    "title",
    "publisher",
    "published",
    "url",
    "claim",
    "article",
)
# What Markdown could take for a mark: some characters anywhere, others only where a block begins.
_MARKS = re.compile(r"([\\`*_\[\]<>|~&])|^(\d+)([.)])|^([-+#=])")


@click.command()
@with_settings("store")
@click.option("--person", metavar="NAME", help="Said by this person (or organisation), under any of their names; a name or an IRI.")
@click.option("--org", metavar="NAME", help="Said by this organisation, or by somebody printed to act for it.")
@click.option("--topic", metavar="WORDS", help="About this topic: its label, or these words together in the claim.")
@click.option("--kind", "kinds", type=click.Choice(_KINDS), multiple=True, help="Of this kind; may be repeated.")
@click.option("--outlet", metavar="NAME", help="Printed by this publisher.")
@click.option("--since", metavar="DATE", help="Published on or after this day, month or year.")
@click.option("--until", metavar="DATE", help="Published on or before it.")
@click.option("--search", metavar="WORDS", help="All these words in claim, names or title; best matches first.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most so many.  [default: 1000 in a table, else all]")
@click.option("-f", "--format", "format", type=click.Choice(_FORMATS), default="table", show_default=True, help="Format of the list.")
@click.option("-q", "--quiet", is_flag=True, help="No note when nothing is found.")
def quotes(
    *,
    settings: Settings,
    person: str | None,
    org: str | None,
    topic: str | None,
    kinds: tuple[str, ...],
    outlet: str | None,
    since: str | None,
    until: str | None,
    search: str | None,
    limit: int | None,
    format: str,
    quiet: bool,
) -> None:
    """List claims with who made them, in which role, where and when: all, or those that pass every filter given.

    In --search, words match in any form of theirs, "words in quotation marks" stand together, and word* begins so.

    \b
    Example:
      kg quotes --person "Ann Lee" --since 2024
      kg quotes --search "harvest rain*" --kind prediction
      kg quotes --org "Northlight Institute" -f md > quotes.md
    """
    from kg.graph.search import Filters, find_quotes
    from kg.graph.store import open_store

    most = limit or (_TABLE_ROWS if format == "table" else None)
    filters = Filters(
        person=person,
        org=org,
        topic=topic,
        kinds=kinds,
        outlet=outlet,
        since=since,
        until=until,
        search=search,
        limit=most + 1 if most is not None else None,  # one more tells whether there are more
    )
    with open_store(settings.store) as store:
        found = find_quotes(store, filters)
        first = next(found, None)
        some = itertools.chain([first], found) if first is not None else found
        kept = itertools.islice(some, most)
        if format == "table":
            _print(list(kept))
        else:
            write_output(Path("-"), (line.encode("utf-8") for line in _WRITERS[format](kept)))
        if quiet:
            return
        if first is None:
            say("note", "nothing in the store passes these filters.")
        elif most is not None and next(some, None) is not None:
            say("note", f"the list goes on after {counted(most, 'quote')}; --limit takes a higher number.")
        for option, name in (("--person", person), ("--org", org)):
            if name and first is not None:
                _tell_namesakes(store, option, name)


def _tell_namesakes(store: "Store", option: str, name: str) -> None:
    """Who they are, where several people or organisations go by a name."""
    from kg.graph.identity.lookup import find_entities, told_apart

    try:
        found = find_entities(store, name)
    except NotInStore:  # a place, a group: of one article alone
        return
    if len(found) > 1:
        more = [told_apart(store, one) for one in found[:_NAMESAKES]]
        more += [f"and {len(found) - _NAMESAKES:,} more"] if len(found) > _NAMESAKES else []
        say("note", f"{len(found):,} go by {name!r}, and the quotes of all are listed; {option} with an IRI takes one alone:", more=more)


def _print(found: list["Quote"]) -> None:
    if not found:
        return
    heads = ("speaker", "roles", "text", "kind", "article", "date")
    rows = (
        (
            q.speaker or "(nobody named)",
            "; ".join(q.roles),
            q.text,
            f"{q.quotation} {q.claim_kind}".strip(),
            short(q.title),
            q.published,
        )
        for q in found
    )
    print_table(heads, rows)


def _rows(found: Iterable["Quote"]) -> Iterator[dict[str, object]]:
    for quote in found:
        yield {name: getattr(quote, name) for name in _COLUMNS}


def _csv(found: Iterable["Quote"]) -> Iterator[str]:
    line = io.StringIO(newline="")
    writer = csv.writer(line)
    for values in itertools.chain([_COLUMNS], (row.values() for row in _rows(found))):
        writer.writerow("; ".join(value) if isinstance(value, tuple) else value for value in values)
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _jsonl(found: Iterable["Quote"]) -> Iterator[str]:
    for row in _rows(found):
        text = json.dumps(row, ensure_ascii=False)
        yield text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", "\\u0085") + "\n"


def _markdown(found: Iterable["Quote"]) -> Iterator[str]:
    """A block quotation with its citation; nothing in an article's words is markup."""
    for quote in found:
        said = ", ".join(part for part in (_escaped(quote.speaker) or "*nobody named*", *map(_escaped, quote.roles)) if part)
        printed = ", ".join(
            part for part in (f"*{_escaped(short(quote.title))}*", _escaped(quote.publisher), _escaped(quote.published)) if part
        )
        link = f", <{quote.url}>" if re.fullmatch(r"https?://[^\s<>]+", quote.url) else ""
        yield f"> {_escaped(quote.text)}\n>\n> — {said}. {printed}{link}\n\n"


def _escaped(words: str) -> str:
    r"""The words, so that Markdown shows them as they are.

    >>> [_escaped(words) for words in ("2025-03-04", "- no", "1. first", "*fast*")]
    ['2025-03-04', '\\- no', '1\\. first', '\\*fast\\*']
    """
    return _MARKS.sub(lambda found: f"{found[2] or ''}\\{found[1] or found[3] or found[4]}", plain(words))


_WRITERS = {"csv": _csv, "jsonl": _jsonl, "md": _markdown}
