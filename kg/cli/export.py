"""`kg export`: the graph as a file."""

from pathlib import Path

import click

from kg.cli.files import check_target, write_output
from kg.cli.options import force_option, with_settings
from kg.settings import Settings

__all__ = ["export"]

_FORMATS = ("ttl", "trig", "nt", "nq", "jsonld")


@click.command()
@with_settings("store")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, allow_dash=True), required=True, metavar="FILE", help="The file; - for stdout."
)
@click.option("-f", "--format", "format", type=click.Choice(_FORMATS), help="The format.  [default: by the file's suffix]")
@click.option("--article", metavar="IRI", help="One article's graph alone.")
@force_option
def export(*, settings: Settings, output: Path, format: str | None, article: str | None, force: bool) -> None:
    """Write the store as RDF, in the same bytes each time.

    Turtle (ttl) and N-Triples (nt) hold all triples in one graph; TriG (trig), N-Quads (nq) and JSON-LD (jsonld) keep one graph an article.

    \b
    Example:
      kg export -o graph.ttl
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
    with open_store(settings.store) as store:
        write_output(output, serialise(store, chosen, article=article), force=force)
