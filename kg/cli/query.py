"""`kg query`: canned questions and any SPARQL."""

import itertools
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.answers import ROW_WRITERS, is_number
from kg.cli.files import write_output
from kg.cli.options import with_settings
from kg.cli.terminal import counted, print_table, say, short
from kg.errors import QueryError
from kg.settings import Settings

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from kg.graph.query import Answer, Term

__all__ = ["query"]

_FORMATS = ("table", "csv", "tsv", "json", "jsonl", "ttl", "nt")
# By what the query gives; the first is the default.
_FORMATS_OF = {"rows": ("table", "csv", "tsv", "json", "jsonl"), "truth": ("table", "json", "jsonl"), "triples": ("ttl", "nt")}
_PARAMETER = ("-p", "--parameter")
_TABLE_ROWS = 1000  # nobody reads a longer table; other formats give all


class _Query(click.Command):
    """The command; where -p has no value, it tells what the query asked for takes."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if (key := _without_value(self, ctx, args)) is not None:
            what = f"-p {key} has no value" if key else "-p has neither a parameter's name nor a value"
            raise click.UsageError(f"{what}. {_takes(args)}.", ctx=ctx)
        return super().parse_args(ctx, args)


def _without_value(command: click.Command, ctx: click.Context, args: list[str]) -> str | None:
    """The parameter that -p names without a value: nothing follows, or another option; "" if not even a name does. None if all have one."""
    options = {name for option in command.get_params(ctx) for name in (*option.opts, *option.secondary_opts)}
    for number, one in enumerate(args):
        if one in _PARAMETER:
            key, value = (args[place] if place < len(args) and args[place] not in options else None for place in (number + 1, number + 2))
            if key is None or value is None:
                return key or ""
    return None


def _takes(args: list[str]) -> str:
    """What parameters the query among the arguments takes."""
    from kg.graph.query import canned_queries

    asked = next((query for query in canned_queries() if query.name in args), None)
    return (
        f"{asked.name} takes {asked.takes}"
        if asked
        else "Give both, as in -p person 'Ann Lee'; kg query --list shows what each query takes"
    )


@click.command(cls=_Query)
@click.argument("name", metavar="NAME|FILE.rq|-", required=False)
@with_settings("store")
@click.option(
    *_PARAMETER,
    "parameters",
    type=(str, str),
    multiple=True,
    metavar="KEY VALUE",
    help="Value of a canned query's parameter; may be repeated.",
)
@click.option(
    "-f", "--format", "format", type=click.Choice(_FORMATS), help="Format of the answer.  [default: table; ttl for CONSTRUCT and DESCRIBE]"
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.0, min_open=True),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="Give up after that long.",
)
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="ROWS", help="Stop after so many rows or triples.  [default: 1000 in a table, else all]"
)
@click.option("--list", "list_them", is_flag=True, help="List the canned queries and their parameters.")
@click.option("-q", "--quiet", is_flag=True, help="No note when the answer is empty.")
def query(
    *,
    name: str | None,
    settings: Settings,
    parameters: tuple[tuple[str, str], ...],
    format: str | None,
    timeout: float,
    limit: int | None,
    list_them: bool,
    quiet: bool,
) -> None:
    """Ask the store a canned question, or any SPARQL.

    The question is the name of a canned query, a file, or - for SPARQL on standard input. The usual prefixes need no declaration.

    SELECT, ASK, CONSTRUCT and DESCRIBE are answered. A query that would change the store or fetch something is refused.

    \b
    Example:
      kg query --list
      kg query said -p person "Ann Lee"
      kg query about -p topic "computing power" -f csv > power.csv
      echo 'SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }' | kg query -
    """
    if list_them:
        _list_queries()
        return
    if name is None:
        raise click.UsageError("Give the name of a canned query, a file or -; --list shows the names.")
    from kg.graph.query import canned_queries, load_query, parse_query
    from kg.graph.query.limits import Limits, run_limited

    asked = parse_query("standard input", _standard_input()) if name == "-" else load_query(name)
    canned = asked in canned_queries()
    with run_limited(settings.store, asked, parameters=dict(parameters), limits=Limits(seconds=timeout, rows=limit)) as answer:
        _print(answer, format, canned=canned, quiet=quiet, most=limit or _TABLE_ROWS)
        if answer.cut() and not quiet:
            say("note", f"the answer goes on after {limit:,}; --limit takes a higher number.")


def _standard_input() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QueryError(f"byte {error.start} is no UTF-8", where="standard input", remedy="Give the query in UTF-8.") from error


def _list_queries() -> None:
    from kg.graph.query import canned_queries

    rows = [
        (one.name, one.summary, ", ".join(f"-p {p.name} '{p.example}'{'' if p.required else ' (optional)'}" for p in one.parameters))
        for one in canned_queries()
    ]
    print_table(("query", "what it answers", "parameters, with an example"), rows)


def _print(answer: "Answer", format: str | None, *, canned: bool, quiet: bool, most: int) -> None:
    from kg.graph.query import AnswerKind

    fitting = _FORMATS_OF[answer.kind.value]
    chosen = format or fitting[0]
    if chosen not in fitting:
        raise click.UsageError(f"-f {chosen} does not fit this query's answer; {', '.join(fitting)} do.")
    if answer.kind is AnswerKind.TRUTH:
        truth = json.dumps(answer.truth)
        click.echo({"table": "yes" if answer.truth else "no", "json": f'{{"head": {{}}, "boolean": {truth}}}'}.get(chosen, truth))
    elif answer.kind is AnswerKind.TRIPLES:
        write_output(Path("-"), _turtle(answer.triples) if chosen == "ttl" else _n_triples(answer.triples))
    else:
        rows, some = _counted(answer.rows)
        if chosen == "table":
            _print_rows(answer.columns, list(itertools.islice(rows, most)), canned=canned)
            if next(rows, None) is not None and not quiet:
                say("note", f"the answer goes on after {counted(most, 'row')}; --limit takes a higher number, and -f csv gives all.")
        else:
            write_output(Path("-"), (line.encode("utf-8") for line in ROW_WRITERS[chosen](answer.columns, rows)))
        if not some and not quiet:
            say("note", "nothing in the store answers that.")


def _print_rows(columns: tuple[str, ...], rows: list[tuple["Term", ...]], *, canned: bool) -> None:
    """A table for people. Of a canned query, columns that hold IRIs or nothing are left to the other formats."""
    from pyoxigraph import NamedNode

    shown = [
        number
        for number, _ in enumerate(columns)
        if not canned or not all(row[number] is None or isinstance(row[number], NamedNode) for row in rows)
    ]
    if rows:
        heads = [columns[number].replace("_", " ") for number in shown]
        numbers = [head for head, number in zip(heads, shown, strict=True) if any(map(is_number, (row[number] for row in rows)))]
        print_table(heads, ([_cell(row[number]) for number in shown] for row in rows), right=numbers)


def _cell(term: "Term") -> str:
    """A value for people: numbers in groups of three digits."""
    from kg.graph.query import plain

    words = plain(term)
    whole, point, rest = words.partition(".")
    return f"{int(whole):,}{point}{rest}" if is_number(term) and whole.isdecimal() else short(words)


def _counted(rows: Iterator[tuple["Term", ...]]) -> tuple[Iterator[tuple["Term", ...]], bool]:
    """The same rows, and whether there are any."""
    first = next(rows, None)
    return (iter(()), False) if first is None else (itertools.chain([first], rows), True)


def _n_triples(triples: Iterable["Triple"]) -> Iterator[bytes]:
    """A line for each triple as it is found, not sorted."""
    return (f"{triple} .\n".encode() for triple in triples)


def _turtle(triples: Iterable["Triple"]) -> Iterator[bytes]:
    from pyoxigraph import RdfFormat, serialize

    from kg.graph.terms import PREFIXES

    # Sorted, so that the same store gives the same bytes.
    yield serialize(sorted(set(triples), key=str), format=RdfFormat.TURTLE, prefixes=PREFIXES) or b""
