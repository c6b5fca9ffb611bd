"""`kg export`: the graph as a file."""

import sys
from pathlib import Path

import click

from kg.cli.files import check_target, write_output
from kg.cli.options import force_option, with_settings
from kg.cli.terminal import working
from kg.settings import Settings

__all__ = ["export"]

_RDF = ("ttl", "trig", "nt", "nq", "jsonld")
_NETWORK = ("csv", "graphml", "gexf")
_FORMATS = (*_RDF, *_NETWORK)


@click.command()
@with_settings("store")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, allow_dash=True), required=True, metavar="FILE", help="The file; - for stdout."
)
@click.option("-f", "--format", "format", type=click.Choice(_FORMATS), help="The format.  [default: by the file's suffix]")
@click.option("--article", metavar="IRI", help="One article's graph alone.")
@force_option
def export(*, settings: Settings, output: Path, format: str | None, article: str | None, force: bool) -> None:
    """Write the store as RDF, as a table of claims or as a network, in the same bytes each time.

    Turtle (ttl) and N-Triples (nt) hold all triples in one graph; TriG (trig), N-Quads (nq) and JSON-LD (jsonld) keep one graph an article.
    CSV (csv) is a line a claim: who, in which role, what, how, about what, where and when. GraphML (graphml) and GEXF (gexf) are for Gephi
    and the like: agents, topics and claims with the attributes that the Python function kg.to_networkx documents.

    \b
    Example:
      kg export -o graph.ttl
      kg export -o claims.csv
      kg export -o - -f nq | gzip > graph.nq.gz
    """
    from kg.graph.export import export as serialise
    from kg.graph.store import open_store

    chosen = format or output.suffix.lstrip(".").lower()
    if chosen not in _FORMATS:
        told = "no format for standard output" if str(output) == "-" else f"no format known by the suffix {output.suffix!r}"
        raise click.UsageError(f"{told}: give one with -f, of {', '.join(_FORMATS)}.")
    if str(output) != "-":
        check_target(output, force=force)
    to_terminal = str(output) == "-" and sys.stdout.isatty()  # its lines would be in each other's way
    with working("writing the export", quiet=to_terminal), open_store(settings.store) as store:
        if chosen in _RDF:
            chunks = serialise(store, chosen, article=article)
        else:
            from kg.show.exchange import export_network
            from kg.show.network import to_networkx

            chunks = export_network(to_networkx(store, attitudes=True, article=article), chosen)
        write_output(output, chunks, force=force)
