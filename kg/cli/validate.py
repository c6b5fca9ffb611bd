"""`kg validate`: the store against the shapes."""

import click

from kg.cli.options import with_settings
from kg.cli.terminal import counted, counter, plain, say
from kg.settings import Settings

__all__ = ["validate"]


@click.command()
@with_settings("store")
@click.option("--full", is_flag=True, help="Let pySHACL judge every article, not only those where the compiled shapes find a fault.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=1000,
    show_default=True,
    metavar="N",
    help="The most violations to print; the rest are counted.",
)
@click.option("-q", "--quiet", is_flag=True, help="Only the exit code and errors.")
@click.pass_context
def validate(ctx: click.Context, *, settings: Settings, full: bool, limit: int, quiet: bool) -> None:
    """Check the store against the SHACL shapes.

    Among them: every assertion must lead to the words it rests on.

    Each violation is a line on stdout, sorted; the exit code is 3 if there is one. Articles are checked one by one, so a store of any size
    needs no more memory than its largest article.

    \b
    Example:
      kg validate -s demo/store
    """
    from kg.errors import ValidationFailed
    from kg.graph.store import open_store
    from kg.graph.validate import validate_store

    with counter("articles checked", quiet=quiet) as done, open_store(settings.store) as store:
        report = validate_store(store.inner, quick=not full, limit=limit, done=done)
    if not report.conforms:
        for line in report.lines:
            click.echo(plain(line))
        if report.more:
            say("note", f"{settings.store}: {report.more:,} more; --limit prints more of them.")
        ctx.exit(ValidationFailed.exit_code)
    if not quiet:
        say("note", f"{settings.store}: {counted(report.articles, 'article')} {'keeps' if report.articles == 1 else 'keep'} the shapes.")
