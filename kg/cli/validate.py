"""`kg validate`: the store against the shapes."""

import click

from kg.cli.options import with_settings
from kg.cli.terminal import counted, plain, say, working
from kg.settings import Settings

__all__ = ["validate"]


@click.command()
@with_settings("store")
@click.option("--full", is_flag=True, help="Let pySHACL judge every article, not only those where the compiled shapes find a fault.")
@click.option("-q", "--quiet", is_flag=True, help="Only the exit code and errors.")
@click.pass_context
def validate(ctx: click.Context, *, settings: Settings, full: bool, quiet: bool) -> None:
    """Check the store against the SHACL shapes.

    Among them: every assertion must lead to the words it rests on.

    Each violation is a line on stdout; the exit code is 3 if there is one.

    \b
    Example:
      kg validate -s demo/store
    """
    from kg.errors import ValidationFailed
    from kg.graph.store import open_store
    from kg.graph.validate import validate_graph

    with working("checking", quiet=quiet), open_store(settings.store) as store:
        report = validate_graph(store.quads(), quick=not full)
        articles = len(store.articles())
    if not report.conforms:
        for line in report.lines:
            click.echo(plain(line))
        ctx.exit(ValidationFailed.exit_code)
    if not quiet:
        say("note", f"{settings.store}: {counted(articles, 'article')} {'keeps' if articles == 1 else 'keep'} the shapes.")
