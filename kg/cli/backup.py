"""`kg backup` and `kg import`: stores out and in."""

from pathlib import Path

import click

from kg.cli.options import with_settings
from kg.cli.terminal import counted, counter, say
from kg.settings import Settings

__all__ = ["backup", "import_command"]

_SOME_SKIPPED, _NONE_VALID = 4, 3


@click.command()
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path))
@with_settings("store", "decisions")
@click.option("-q", "--quiet", is_flag=True, help="Nothing on stderr but errors.")
def backup(target: Path, *, settings: Settings, quiet: bool) -> None:
    """Copy a store, with people's decisions, to a folder that is not there. The copy is a store.

    A store that is being built may be copied: what the copy holds is whole articles, as readers see them.

    \b
    Example:
      kg backup /mnt/disk2/news-store
      kg stats -s /mnt/disk2/news-store
    """
    from kg.graph.store import backup_store

    number = backup_store(settings.store, target, decisions=settings.decisions_folder)
    if not quiet:
        say("note", f"{target}: {counted(number, 'article')}")


@click.command("import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@with_settings("store", "decisions")
@click.option("--no-check", is_flag=True, help="Take the graphs as they are: for a file that a store exported.")
@click.option("-q", "--quiet", is_flag=True, help="Nothing on stderr but errors and what was left out.")
@click.pass_context
def import_command(ctx: click.Context, file: Path, *, settings: Settings, no_check: bool, quiet: bool) -> None:
    """Add the articles of a file of N-Quads or TriG, as `kg export` writes them, to a store, which is made if it is not there.

    Each article's graph is checked against the shapes before it is committed; one that does not keep them is left out. An article that is there
    already is replaced. Entities and identities are made again from the articles.

    \b
    Example:
      kg export -o news.nq
      kg import news.nq -s other-store
    """
    from kg.pipeline import import_file
    from kg.records import Problem

    with counter("left out", quiet=quiet) as advance:

        def on_event(event: object) -> None:
            if isinstance(event, Problem):
                say("skipped" if event.skipped else "warning", event.what)
                advance()

        report = import_file(file, settings=settings, on_event=on_event, check=not no_check)
    done = report.added + report.replaced + report.refreshed + report.unchanged
    if not quiet:
        changed = (
            f"{report.added} added, {report.replaced + report.refreshed} replaced, {report.unchanged} unchanged, {report.skipped} left out"
        )
        say("note", f"{settings.store}: {changed}")
    if report.skipped:
        ctx.exit(_SOME_SKIPPED if done else _NONE_VALID)
