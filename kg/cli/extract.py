"""`kg extract`: the extraction format on standard output."""

import sys
from collections.abc import Iterator

import click

from kg.cli.engine import note_engine
from kg.cli.inputs import Inputs
from kg.cli.options import sources_argument, verbosity_options, with_settings
from kg.cli.terminal import counter, say
from kg.records import Article
from kg.settings import Settings

__all__ = ["extract"]


@click.command()
@sources_argument
@with_settings("model", "attribution", "max_chars")
@click.option("--explain", is_flag=True, help="Print for people why each attribution was found, in place of JSON.")
@verbosity_options
@click.pass_context
def extract(ctx: click.Context, sources: tuple[str, ...], *, settings: Settings, explain: bool, quiet: bool, verbose: bool) -> None:
    """Print what articles say as JSON Lines.

    One article a line; no store is touched.
    SRC is a .txt, .md, .html, .jsonl or .ndjson file, a directory of them (.md left out), or - for standard input.

    \b
    Example:
      kg extract article.txt > out.jsonl
      kg extract --explain article.txt
      kg extract news/ | jq -r '.attributions[] | [.speaker, .lemma] | @tsv'

    The format is described in docs/extraction-format.md.
    """
    from kg.cli.reasons import explained
    from kg.extract import extract_articles
    from kg.graph.topics import read_vocabulary
    from kg.interchange import to_json
    from kg.read import read_articles

    note_engine(settings, quiet=quiet)
    inputs = Inputs(quiet=quiet)
    concepts = read_vocabulary(settings.topics) if settings.topics else ()
    stream = sys.stdout.buffer
    with counter("articles", quiet=quiet) as advance:

        def articles() -> Iterator[Article]:
            for found in read_articles(sources, settings=settings):
                inputs.note(found)
                if isinstance(found, Article):
                    yield found

        for extraction in extract_articles(articles(), settings=settings, concepts=concepts):
            lines = explained(extraction) if explain else [to_json(extraction)]
            stream.writelines(line.encode("utf-8") + b"\n" for line in lines)
            stream.flush()
            advance()
            if verbose:
                say("note", f"{extraction.article.source_name or extraction.article.id}: {len(extraction.attributions)} attributions")
    ctx.exit(inputs.exit_code())
