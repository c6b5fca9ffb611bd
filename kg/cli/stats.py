"""`kg stats`: how much is in the store."""

import click

from kg.cli.options import with_settings
from kg.cli.terminal import print_table
from kg.settings import Settings

__all__ = ["stats"]

# One query a line of the table. What is said of articles' agents is counted article by article.
_COUNTS = {
    "articles": "?x a schema:NewsArticle",
    "claims (speech or thought)": "?x a schema:Claim",
    "  said": "?x a schema:Claim ; schema:appearance/rdf:type eo:Utterance",
    "  thought": "?x a schema:Claim ; schema:appearance/rdf:type eo:Belief",
    "  in quotation marks": "?x a schema:Claim ; schema:appearance/rdf:type schema:Quotation",
    "  without a named speaker": "?x a schema:Claim ; schema:appearance ?s FILTER NOT EXISTS { ?s prov:wasAttributedTo ?who }",
    "attitudes": "?x a eo:Attitude",
    "speakers": "?s prov:wasAttributedTo ?x",
    "  people": "?s prov:wasAttributedTo ?x . ?x eo:agentKind/skos:notation 'person'",
    "  organisations": "?s prov:wasAttributedTo ?x . ?x eo:agentKind/skos:notation 'organisation'",
    "roles": "?x a org:Membership",
    "agreements stated": "?x a eo:StatedStance",
    "figures": "?x a schema:QuantitativeValue",
}


@click.command()
@with_settings("store")
def stats(*, settings: Settings) -> None:
    """Count what the store holds and list its articles.

    \b
    Example:
      kg stats
      kg stats -s demo/store
    """
    from kg.graph.query import plain, run_query
    from kg.graph.reading import ArticleGraph
    from kg.graph.store import open_store

    with open_store(settings.store) as store:
        rows = []
        for label, pattern in _COUNTS.items():
            [row] = run_query(store, f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {pattern} }}").rows
            rows.append((label, f"{int(plain(row[0])):,}"))
        rows.append(("quads", f"{store.size():,}"))
        articles = [
            (one.iri, one.published or "", one.publisher or "", ArticleGraph(store, one.iri).publication().label)
            for one in store.articles()
        ]
    print_table(("in the store", "number"), rows, right=["number"])
    click.echo()
    print_table(("article", "published", "publisher", "title or id"), articles, whole=["article"])
