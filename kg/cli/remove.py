"""`kg remove`: articles that must go."""

import click

from kg.cli.options import with_settings
from kg.cli.terminal import counted, say, working
from kg.settings import Settings

__all__ = ["remove"]


@click.command()
@click.argument("articles", metavar="ARTICLE...", nargs=-1, required=True)
@with_settings("store", "decisions")
@click.option("-q", "--quiet", is_flag=True, help="Nothing on stderr but errors.")
def remove(articles: tuple[str, ...], *, settings: Settings, quiet: bool) -> None:
    """Take articles out of a store for good.

    ARTICLE is an IRI as `kg stats` lists them, the address (URL) of an article, or the id that its input gave it. The article leaves the
    graph, the search index, the entities and the snapshots, and its words leave the files: the store is written anew, which takes time in its
    size. Backups and people's decisions stay as they are.

    \b
    Example:
      kg remove https://example.org/news/1
      kg remove urn:kg:article/635a2184e83f9db3 -s news-store
    """
    from kg.pipeline import remove as remove_articles

    with working("writing the store without it", quiet=quiet):
        gone = remove_articles(articles, settings=settings)
    if not quiet:
        say("note", f"{settings.store}: {counted(len(gone), 'article')} removed: {', '.join(gone)}")
