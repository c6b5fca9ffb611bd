"""`kg identity`: who is one person or organisation in many articles."""

import csv
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.files import write_output
from kg.cli.options import with_settings
from kg.cli.review import review
from kg.cli.terminal import counted, plain, print_table, say
from kg.errors import Ambiguous, BadRecord, SourceNotFound
from kg.settings import Settings

if TYPE_CHECKING:
    from kg.graph.decisions.deciding import Outcome
    from kg.graph.identity.records import Key, Pair

__all__ = ["identity"]

_COLUMNS = ("kind", "name_a", "name_b")
_KINDS = ("person", "organisation")

_kind_option = click.option("--kind", type=click.Choice(_KINDS), help="Look among people or among organisations only.")
_why_option = click.option("--why", default="", metavar="TEXT", help="The reason; it is kept with the decision.")
_everywhere_option = click.option("--everywhere", is_flag=True, help="Decide on the names, in every article, not on these bearers of them.")


@click.group()
def identity() -> None:
    """Who is one person or organisation in many articles, and people's decisions about it.

    Decisions are kept as tables beside the store, made for version control: see kg identity same --help.

    \b
    Example:
      kg identity review
      kg identity same "D. Brandt" "Dora Brandt" --why "she signs both ways"
      kg identity list
    """


identity.add_command(review)


@identity.command()
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@with_settings("store", "decisions")
@_why_option
@_kind_option
@_everywhere_option
def same(*, a: str, b: str, settings: Settings, why: str, kind: str | None, everywhere: bool) -> None:
    """Decide that A and B are one.

    A and B are names, in any case, or IRIs: of entities, or of an article's agents. The decision names one article's agent on either side, so it
    survives a rebuild, and wins over every rule; what the rules join to either side comes along. It stands in identity.tsv in the folder
    STORE-decisions (or that of --decisions). identifiers.tsv there (columns kind, name, id) gives names their Wikidata item, ORCID or LEI.

    \b
    Example:
      kg identity same "D. Brandt" "Dora Brandt" --why "she signs both ways"
      kg identity same Forrester "Forrester Research" --everywhere
    """
    _decide(settings, a, b, same=True, why=why, kind=kind, everywhere=everywhere)


@identity.command()
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@with_settings("store", "decisions")
@_why_option
@_kind_option
@_everywhere_option
def different(*, a: str, b: str, settings: Settings, why: str, kind: str | None, everywhere: bool) -> None:
    """Decide that A and B are two.

    A and B are as for kg identity same. Where the rules had made one of them, every other article goes with the side that it has something in
    common with. To take one article's agent out of its entity and leave the rest as it is, give that agent's IRI and the entity.

    \b
    Example:
      kg identity different article/808db095642850d5#person-10 "Owen Roe" --why "the farmer, not the painter"
    """
    _decide(settings, a, b, same=False, why=why, kind=kind, everywhere=everywhere)


def _decide(settings: Settings, a: str, b: str, *, same: bool, why: str, kind: str | None, everywhere: bool) -> None:
    from kg.graph.decisions.deciding import decide_on
    from kg.graph.store import open_store

    with open_store(settings.store, write=True) as store:
        try:
            outcome = decide_on(store, settings.decisions_folder, a, b, same=same, why=why, kind=kind, everywhere=everywhere)
        except Ambiguous as error:
            for line in error.candidates:
                click.echo(plain(line), err=True)
            raise
    [pair] = outcome.pairs
    _told(outcome, f"{_pair_words(pair, 'is' if same else 'is not')}; undo with: kg identity undo {pair.id}")


@identity.command()
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@with_settings("store", "decisions")
def undo(*, ids: tuple[str, ...], settings: Settings) -> None:
    """Take decisions back: all is as if they had never been made.

    ID is what kg identity list prints before each.

    \b
    Example:
      kg identity undo 3f2a91
    """
    from kg.graph.decisions.deciding import take_back
    from kg.graph.store import open_store

    with open_store(settings.store, write=True) as store:
        outcome = take_back(store, settings.decisions_folder, ids)
    for pair in outcome.pairs:
        say("note", f"taken back: {_pair_words(pair, 'and')}")
    _told(outcome, "")


def _told(outcome: "Outcome", words: str) -> None:
    if words:
        say("note", words)
    report = outcome.report
    many = "1 entity" if report.entities == 1 else f"{report.entities:,} entities"
    say("note", f"{many} of {counted(report.agents, 'named agent')} of articles, {report.joined:,} of several")


@identity.command(name="list")
@with_settings("store", "decisions")
@click.option("--entities", is_flag=True, help="List the entities of the store instead.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def list_(*, settings: Settings, entities: bool, as_json: bool) -> None:
    """List the decisions, each with the ID that undoes it.

    \b
    Example:
      kg identity list
      kg identity list --entities --json | jq '.[].name'
    """
    if entities:
        _list_entities(settings, as_json=as_json)
        return
    from kg.graph.decisions import read_decisions

    found = read_decisions(settings.decisions_folder)
    pairs = [("same", pair) for pair in found.same] + [("different", pair) for pair in found.different]
    if as_json:
        told = [
            {"id": pair.id, "decision": verdict, "kind": pair.a.kind, "a": _key_json(pair.a), "b": _key_json(pair.b), "why": pair.why}
            for verdict, pair in pairs
        ]
        ids = [{"kind": key.kind, "name": key.name, "article": key.article or "*", "id": iri} for key, iri in found.same_as]
        _print_json({"pairs": told, "identifiers": ids})
        return
    if not pairs and not found.same_as:
        say("note", f"{settings.decisions_folder}: no decisions.")
    if pairs:
        rows = [(pair.id, verdict, pair.a.kind, *_ends(pair), pair.why) for verdict, pair in pairs]
        print_table(("id", "decision", "kind", "a", "b", "why"), rows, whole=["id"])
    if found.same_as:
        if pairs:
            click.echo()
        print_table(("kind", "name", "article", "id"), [(key.kind, key.name, key.article or "*", iri) for key, iri in found.same_as])


def _list_entities(settings: Settings, *, as_json: bool) -> None:
    from kg.graph.identity.lookup import all_entities
    from kg.graph.store import open_store

    with open_store(settings.store) as store:
        found = all_entities(store)
    if as_json:
        _print_json([{"iri": one.iri, "kind": one.kind, "name": one.name, "names": one.names, "agents": one.agents} for one in found])
        return
    rows = [
        (one.name, one.kind, ", ".join(one.names), str(len({agent.partition("#")[0] for agent in one.agents})), one.iri) for one in found
    ]
    print_table(("name", "kind", "also", "articles", "iri"), rows, right=["articles"], whole=["iri"])


def _print_json(told: object) -> None:
    text = json.dumps(told, ensure_ascii=False, indent=2)
    write_output(Path("-"), [text.encode("utf-8", "backslashreplace"), b"\n"])


def _key_json(key: "Key") -> dict[str, str]:
    return {"name": key.name, "article": key.article or "*"}


def _ends(pair: "Pair") -> Sequence[str]:
    return [f"{key.name} ({key.article or 'every article'})" for key in (pair.a, pair.b)]


def _pair_words(pair: "Pair", between: str) -> str:
    one, other = _ends(pair)
    return f"{one} {between} {other}"


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
    rows = list(_rows(file))  # a file that is none is told before anything is written
    write_output(output, (line.encode("utf-8") for line in _decided(iter(rows))))


def _rows(file: Path) -> Iterator[tuple[str, str, str]]:
    try:
        text = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        lines = text.decode("utf-8-sig").split("\n")
    except FileNotFoundError as error:
        raise SourceNotFound("no such file", where=str(file), remedy="Check the path") from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadRecord(f"cannot be read ({error})", where=str(file), remedy="Give a UTF-8 file of tab-separated columns") from error
    rows: Iterator[Mapping[str, str | None]] = csv.DictReader((line.rstrip("\r") for line in lines), delimiter="\t", quoting=csv.QUOTE_NONE)
    if not any(lines):
        raise BadRecord("it is empty", where=str(file), remedy="Give the columns kind, name_a and name_b, separated by tabs")
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
