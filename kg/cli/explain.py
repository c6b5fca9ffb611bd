"""`kg explain`: why something stands in the graph."""

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from kg.cli.options import with_settings
from kg.cli.reasons import named_by, not_named, rule_words
from kg.cli.terminal import plain, width
from kg.settings import Settings

if TYPE_CHECKING:
    from rich.text import Text

    from kg.graph.explain import Explanation
    from kg.graph.passages import Passage

__all__ = ["explain"]

_STYLES = {"source": "cyan", "cue": "bold yellow", "content": "green", "evidence": "green", "mention": "cyan", "words": "green"}
_LABEL = 14  # columns before a line's words


@click.command()
@click.argument("node", metavar="ID")
@with_settings("store")
@click.option("--article", metavar="IRI", help="The article that the node belongs to, where several have one of that ID.")
def explain(*, node: str, settings: Settings, article: str | None) -> None:
    """Tell what a node of the graph is and why it is there.

    ID is an IRI, or the part of one behind the article's #: a statement, role, part, agreement, figure or agent as kg show prints them, or
    char=10,64 for the words from offset 10 up to 64. Told are the rule and the confidence behind it, the words it rests on in
    their context with source, cue and content marked (in colour on a terminal), how the speaker was named, and the software that read
    the article.

    \b
    Example:
      kg explain attribution-0-37
      kg explain role-59-founder --article urn:kg:article/808db095642850d5
    """
    from kg.graph.explain import explain as look_up
    from kg.graph.store import open_store

    with open_store(settings.store) as store:
        _print(look_up(store, node, article=article))


def _print(told: "Explanation") -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(file=sys.stdout, width=width(), highlight=False, markup=False, emoji=False)
    coloured = console.color_system is not None and not console.no_color
    grid = Table.grid(padding=(0, 0, 0, 0))
    grid.add_column(width=_LABEL)
    grid.add_column(overflow="fold")
    for label, words in _lines(told):
        grid.add_row(Text(label), Text(plain(words)))
    blocks = [Text(plain(f"{told.kind}: {told.meaning}")), *(_marked(passage, coloured=coloured) for passage in told.passages), grid]
    with console.capture() as captured:
        for number, block in enumerate(blocks):
            if number:
                console.print()
            console.print(block, overflow="fold")
    for line in captured.get().splitlines():
        click.echo(line.rstrip(), color=True)  # rich has decided about colours already


def _marked(passage: "Passage", *, coloured: bool) -> "Text":
    """The passage with its marks: as colours, else in brackets that say what stands in them."""
    from rich.text import Text

    text = Text()
    text.append("... " if passage.cut_before else "")
    for segment in passage.segments:
        words = plain(segment.words)
        if not segment.mark:
            text.append(words)
        elif coloured:
            text.append(words, style=_STYLES[segment.mark])
        else:
            text.append(f"[{segment.mark}: {words}]")
    text.append(" ..." if passage.cut_after else "")
    if coloured:
        for number, mark in enumerate(dict.fromkeys(segment.mark for segment in passage.segments if segment.mark)):
            text.append(" " if number else "  (")
            text.append(mark, style=_STYLES[mark])
        text.append(")")
    return text


def _lines(told: "Explanation") -> Iterator[tuple[str, str]]:
    """What stands below the words: label and words of each line."""
    if told.reason is not None:
        yield "why", rule_words(told.reason.rule, told.reason.explanation)
        yield "confidence", f"{told.reason.confidence:.2f}"
    yield from _naming_lines(told)
    for fact in told.facts:
        node = _id(told, fact.iri)
        yield fact.label, f"{fact.words}  ({node})" if node and node != fact.words else fact.words
    if told.article is not None and told.kind != "article":
        yield "article", told.article.cited
    if told.software:
        yield "made by", "; ".join(one.version if one.part == "kg" else f"{one.version} ({one.part})" for one in told.software)
    yield "iri", told.iri


def _naming_lines(told: "Explanation") -> Iterator[tuple[str, str]]:
    """How the speaker was named; for other nodes, how the agents in it were."""
    several = len({naming.agent for naming in told.namings}) > 1
    for naming in told.namings:
        reason = naming.reason
        by = named_by(naming.words, naming.form, reason.confidence, rule_words(reason.rule, reason.explanation))
        yield "named", f"{naming.agent}: {by}" if several else by
    if not told.namings and told.kind in {"statement", "claim"}:
        labels = {fact.label for fact in told.facts}
        yield "named", not_named(speaker="speaker" in labels, source=_has_source(told.passages))


def _has_source(passages: Iterable["Passage"]) -> bool:
    return any(segment.mark == "source" for passage in passages for segment in passage.segments)


def _id(told: "Explanation", iri: str) -> str:
    """What `kg explain` takes for a node: of what stands in the same article the part behind the #, else the whole IRI."""
    here = f"{told.article.iri}#" if told.article is not None else ""
    return iri.removeprefix(here)
