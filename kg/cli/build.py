"""`kg build`: the main job."""

import click

from kg.cli.engine import note_engine
from kg.cli.inputs import Inputs
from kg.cli.options import sources_argument, verbosity_options, with_settings
from kg.cli.progress import progress
from kg.cli.terminal import counted, say, short
from kg.records import Article, Problem
from kg.settings import Settings

__all__ = ["build"]

_INTERRUPTED = 130  # what a shell reports for SIGINT


@click.command()
@sources_argument
@with_settings("store", "decisions", "model", "attribution", "max_chars", "jobs")
@click.option(
    "--refresh", is_flag=True, help="Extract again what another version of pipeline, engine or kg, or another list of names, has read."
)
@verbosity_options
@click.pass_context
def build(ctx: click.Context, sources: tuple[str, ...], *, settings: Settings, refresh: bool, quiet: bool, verbose: bool) -> None:
    """Read articles and add what they say to a store.

    SRC is a .txt, .md, .html, .jsonl or .ndjson file, a directory of them (.md left out), or - for standard input. Each article is
    checked against the shapes before it is stored. The store is made if it is not there; an article that is there already is left as it is, or
    replaced if its text or metadata changed.

    Each article is one commit, on the disk before the next is begun: a build that was stopped or killed goes on when it is run again. Ctrl-C
    lets the articles in hand be finished. What was skipped is listed in problems.jsonl in the store's folder.

    \b
    Example:
      kg build article.txt
      kg build news/ more.jsonl -s news-store --jobs 4
      kg build news/ --refresh
      curl -s https://example.org/articles.jsonl | kg build -
    """
    from kg.pipeline import PROBLEMS_FILE, Event, Stored
    from kg.pipeline import build as build_store

    note_engine(settings, quiet=quiet)
    inputs = Inputs(quiet=quiet)
    with progress(sources, "articles", quiet=quiet) as advance:

        def on_event(event: Event) -> None:
            if isinstance(event, Stored):
                advance()
                return
            inputs.note(event)
            if isinstance(event, Problem):
                advance()
            elif verbose and isinstance(event, Article):
                say("note", _called(event))

        report = build_store(sources, settings=settings, on_event=on_event, again=refresh)
    if inputs.read and not quiet:
        say("note", f"{settings.store}: {report}")
        if report.outdated:
            say(
                "note",
                f"{counted(report.outdated, 'article')} read before with another list of names (gazetteer); --refresh reads them again.",
            )
        if report.skipped:
            say("note", f"what was skipped is listed in {settings.store / PROBLEMS_FILE}")
    if report.interrupted:
        say("error", "interrupted; what was in hand is stored, and the same command goes on from there.")
        ctx.exit(_INTERRUPTED)
    ctx.exit(inputs.exit_code())


def _called(article: Article) -> str:
    """The file, and which of the articles in it.

    >>> _called(Article(text="It rained.", id="n1", source_name="news.jsonl", title="Rain"))
    'news.jsonl: Rain'
    """
    own = article.title or (article.id if article.given_id else None)
    return ": ".join(filter(None, (article.source_name, own))) or short(article.id)
