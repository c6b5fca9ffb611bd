"""`kg view`: the graph as a page."""

from pathlib import Path

import click

from kg.cli.files import check_target, write_output
from kg.cli.options import force_option, with_settings
from kg.cli.terminal import say, working
from kg.settings import Settings

__all__ = ["view"]

_NAMESAKES = 12  # lines of those in focus


@click.command()
@with_settings("store")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    default="page.html",
    show_default=True,
    metavar="FILE",
    help="The page; - for stdout.",
)
@click.option("--focus", metavar="NAME", help="Only this person, organisation or topic and who is near; a name or an IRI.")
@click.option("--depth", type=click.IntRange(0, 9), default=1, show_default=True, help="With --focus: how many links away.")
@click.option(
    "--max-nodes",
    type=click.IntRange(min=0),
    default=2000,
    show_default=True,
    metavar="N",
    help="Most people, organisations and topics to show: those with most statements, and where they hold posts. 0 for all.",
)
@click.option("--open", "open_it", is_flag=True, help="Open the page in the browser.")
@click.option("--title", metavar="TEXT", default="Who said what", show_default=True, help="Heading of the page.")
@force_option
@click.option("-q", "--quiet", is_flag=True, help="Nothing on stderr but errors.")
def view(
    *,
    settings: Settings,
    output: Path,
    focus: str | None,
    depth: int,
    max_nodes: int,
    open_it: bool,
    title: str,
    force: bool,
    quiet: bool,
) -> None:
    """Write the store as one interactive page.

    It shows people, organisations, topics, claims, roles and who agrees with whom.
    The page is a single file, works without a network and fetches nothing.
    What --focus and --max-nodes leave out is told on the page.

    \b
    Example:
      kg view --open
      kg view -s demo/store -o graph.html --force
      kg view --focus "Wang Peng" --depth 2
    """
    from kg.graph.store import open_store
    from kg.show.network import to_networkx
    from kg.show.page import render_page
    from kg.show.selection import select

    to_stdout = str(output) == "-"
    if to_stdout and open_it:
        raise click.UsageError("--open needs a file: give one with -o.")
    if not to_stdout:
        check_target(output, force=force)
    with working("drawing the page", quiet=quiet):
        with open_store(settings.store) as store:
            part = select(to_networkx(store), max_nodes=max_nodes or None, focus=focus, depth=depth)
        page = render_page(part.graph, title=title, note=part.note)
    write_output(output, [page.encode("utf-8")], force=force)
    if not (quiet or to_stdout):
        say(
            "note",
            f"{output}: {part.graph.number_of_nodes()} nodes, {part.graph.number_of_edges()} links{'. ' if part.note else ''}{part.note}",
        )
    if part.namesakes and not quiet:
        one_alone = f"{len(part.namesakes):,} go by {focus!r}, and all are in focus; --focus with an IRI takes one alone:"
        rest = len(part.namesakes) - _NAMESAKES
        say("note", one_alone, more=[*part.namesakes[:_NAMESAKES], *([f"and {rest:,} more"] if rest > 0 else [])])
    if open_it:
        click.launch(output.resolve().as_uri())
