"""`kg build`: the main job."""

import click

from kg.cli.engine import note_engine
from kg.cli.inputs import Inputs
from kg.cli.options import sources_argument, verbosity_options, with_settings
from kg.cli.terminal import counter, say
from kg.records import Article, Problem
from kg.settings import Settings

__all__ = ["build"]


@click.command()
@sources_argument
@with_settings("store", "decisions", "model", "attribution", "max_chars")
@verbosity_options
@click.pass_context
def build(ctx: click.Context, sources: tuple[str, ...], *, settings: Settings, quiet: bool, verbose: bool) -> None:
    """Read articles and add what they say to a store.

    SRC is a .txt, .md, .html, .jsonl or .ndjson file, a directory of them (.md left out), or - for standard input. Each article is
    checked against the shapes before it is stored. The store is made if it is not there; an article that is there already is left as it is, or
    replaced if its text or metadata changed.

    \b
    Example:
      kg build article.txt
      kg build news/ more.jsonl -s news-store
      curl -s https://example.org/articles.jsonl | kg build -
    """
    from kg.pipeline import build as build_store

    note_engine(settings, quiet=quiet)
    inputs = Inputs(quiet=quiet)
    with counter("articles", quiet=quiet) as advance:

        def on_event(event: Article | Problem) -> None:
            inputs.note(event)
            advance()
            if verbose and isinstance(event, Article):
                say("note", event.source_name or event.id)

        report = build_store(sources, settings=settings, on_event=on_event)
    if inputs.read and not quiet:
        say("note", f"{settings.store}: {report}")
    ctx.exit(inputs.exit_code())
