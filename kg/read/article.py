"""An `Article` from its text and what is known of it."""

import hashlib

from kg.read.regions import find_regions
from kg.records import Article

__all__ = ["make_article"]


def make_article(
    text: str,
    *,
    given_id: str | None = None,
    source_name: str | None = None,
    title: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    published: str | None = None,
    authors: tuple[str, ...] = (),
) -> Article:
    """The article, its regions marked and its id settled: the one given, else the url, else the text's sha256.

    Raises:
        ValueError: if there is no text.

    >>> make_article("Rain, said Ann Lee.").id[:8]
    '00c5c027'
    """
    return Article(
        id=given_id or url or hashlib.sha256(text.encode("utf-8")).hexdigest(),
        text=text,
        source_name=source_name,
        title=title,
        url=url,
        publisher=publisher,
        published=published,
        authors=authors,
        regions=find_regions(text, title=title),
        given_id=given_id is not None,
    )
