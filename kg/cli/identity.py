"""`kg identity`: who is one person or organisation in many articles."""

import csv
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from kg.cli.files import write_output
from kg.errors import BadRecord, SourceNotFound

__all__ = ["identity"]

_COLUMNS = ("kind", "name_a", "name_b")
_KINDS = ("person", "organisation")


@click.group()
def identity() -> None:
    """Who is one person or organisation in many articles, and people's decisions about it.

    \b
    Example:
      kg identity pairs names.tsv > decided.tsv
    """


@identity.command()
@click.argument("file", metavar="FILE.tsv", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, allow_dash=True), default="-", metavar="FILE", help="The file; - for stdout."
)
def pairs(*, file: Path, output: Path) -> None:
    """Decide pairs of names, each as if seen in two articles and nowhere else.

    FILE has the columns kind (person or organisation), name_a and name_b, and may have others. Written are kind, name_a, name_b, same
    (1: joined without asking), suggested (1: worth a person's look), score and reason.

    \b
    Example:
      kg identity pairs names.tsv -o decided.tsv
    """
    write_output(output, (line.encode("utf-8") for line in _decided(_rows(file))))


def _rows(file: Path) -> Iterator[tuple[str, str, str]]:
    try:
        text = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        lines = text.decode("utf-8-sig").split("\n")
    except FileNotFoundError as error:
        raise SourceNotFound("no such file", where=str(file), remedy="Check the path") from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadRecord(f"cannot be read ({error})", where=str(file), remedy="Give a UTF-8 file of tab-separated columns") from error
    rows: Iterator[Mapping[str, str | None]] = csv.DictReader((line.rstrip("\r") for line in lines), delimiter="\t", quoting=csv.QUOTE_NONE)
    for number, row in enumerate(rows, start=2):
        found = tuple(row.get(column) for column in _COLUMNS)
        if None in found or not all(found) or found[0] not in _KINDS:
            remedy = "Give the columns kind (person or organisation), name_a and name_b, separated by tabs"
            raise BadRecord("no pair of names", where=f"{file}:{number}", remedy=remedy)
        yield str(found[0]), str(found[1]), str(found[2])


def _decided(rows: Iterator[tuple[str, str, str]]) -> Iterator[str]:
    from kg.graph.identity import compare

    yield "kind\tname_a\tname_b\tsame\tsuggested\tscore\treason\n"
    for kind, a, b in rows:
        verdict = compare(kind, a, b)
        yield f"{kind}\t{a}\t{b}\t{verdict.same:d}\t{verdict.suggested:d}\t{verdict.score:.2f}\t{verdict.rule}: {verdict.reason}\n"
