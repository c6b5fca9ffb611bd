"""`kg show`: one person or organisation."""

import dataclasses
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.files import write_output
from kg.cli.options import with_settings
from kg.cli.terminal import plain, print_table
from kg.settings import Settings

if TYPE_CHECKING:
    from kg.graph.dossier import Dossier, Part, Post, Stance, Statement
    from kg.graph.reading import Publication

__all__ = ["article_words", "show"]

_CUT = 60  # characters of each statement agreed with; the other's own dossier has it whole


@click.command()
@click.argument("name", metavar="NAME")
@with_settings("store")
@click.option("--article", metavar="IRI", help="Look in this article alone.")
@click.option("-f", "--format", "format", type=click.Choice(("table", "json")), default="table", show_default=True, help="Format.")
def show(*, name: str, settings: Settings, article: str | None, format: str) -> None:
    """Show one person or organisation: names, roles, statements, agreement.

    NAME is a name or another name that an article uses, in any case. Roles stand as printed, with the words they rest on, statements in the order
    of the text. Each article tells of its own people: where several name somebody so, each has its say, oldest first, and whether they
    mean the same one is not decided. The last column holds ids for kg explain.

    \b
    Example:
      kg show "Ann Lee"
      kg show "Northlight Institute" -f json | jq '.agents[].holders[].holder'
    """
    from kg.graph.dossier import dossiers
    from kg.graph.store import open_store

    with open_store(settings.store) as store:
        found = dossiers(store, name, article=article)
    if format == "json":
        _print_json(name, found)
    else:
        _print_dossiers(name, found)


def article_words(article: "Publication") -> str:
    """An article in a line: title, publisher and date as far as they are known."""
    more = ", ".join(filter(None, (article.publisher, article.published)))
    return f"{article.label} ({more})" if more else article.label


def _print_json(name: str, found: Sequence["Dossier"]) -> None:
    told = {"name": name, "articles": _articles(found), "agents": [dataclasses.asdict(one) for one in found]}
    text = json.dumps(told, ensure_ascii=False, indent=2)
    for mark in ("\u2028", "\u2029", "\x85"):  # some readers take them for ends of line
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    write_output(Path("-"), [text.encode("utf-8", "backslashreplace"), b"\n"])


def _articles(found: Sequence["Dossier"]) -> int:
    return len({one.article.iri for one in found})


def _print_dossiers(name: str, found: Sequence["Dossier"]) -> None:
    if len(found) > 1:
        articles = _articles(found)
        agents = "" if articles == len(found) else f", {len(found)} of them in all"
        many = f"{articles} articles name" if articles > 1 else "1 article names"
        click.echo(
            plain(f"{many} {_with_article(name, found)}{agents}. Whether they are one and the same is not decided.\n").rstrip() + "\n"
        )
    for number, one in enumerate(found):
        if number:
            click.echo()
        _print_dossier(one)


def _with_article(asked: str, found: Sequence["Dossier"]) -> str:
    """The name as the articles spell it, with "a" or "an"."""
    folded = " ".join(asked.casefold().split())
    spelled = [name for one in found for name in (one.name, *one.aliases)]
    name = next((name for name in spelled if " ".join(name.casefold().split()) == folded), found[0].name)
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


def _print_dossier(one: "Dossier") -> None:
    also = f", also {', '.join(one.aliases)}" if one.aliases else ""
    click.echo(plain(f"{one.name} ({one.kind}){also}"))
    click.echo(plain(f"in {article_words(one.article)}"))
    date = one.article.published
    _section(("role", "at", "as of", "as printed", "sure", "id"), [_post(post, date) for post in one.roles])
    _section(("who", "role", "at", "as of", "as printed", "statements", "sure", "id"), [_holder(post, date) for post in one.holders])
    _section(("part", "of", "as printed", "sure", "id"), [_part(part) for part in (*one.part_of, *one.parts)])
    _section(("statement", "how", "figures", "sure", "id"), [_statement(said) for said in one.statements])
    _section(("agreement", "on", "as printed", "sure", "id"), [_stance(stance) for stance in one.stances])
    click.echo()
    click.echo(plain(f"kg explain {one.iri}"))


def _section(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """A table without the columns that hold nothing; no table for no rows."""
    table = list(rows)
    if not table:
        return
    kept = [number for number, _ in enumerate(heads) if any(row[number] for row in table)]
    click.echo()
    shown = [heads[number] for number in kept]
    right = [head for head in shown if head in {"sure", "statements"}]
    print_table(shown, ([row[number] for number in kept] for row in table), right=right, whole=["id"])


def _role_title(post: "Post") -> str:
    return f"former {post.title}".strip() if post.former else post.title


def _post(post: "Post", date: str) -> tuple[str, ...]:
    return _role_title(post), post.organisation, date, post.printed, _sure(post.confidence), _id(post.iri)


def _holder(post: "Post", date: str) -> tuple[str, ...]:
    where = (post.holder, _role_title(post), post.organisation)
    return *where, date, post.printed, str(post.statements), _sure(post.confidence), _id(post.iri)


def _part(part: "Part") -> tuple[str, ...]:
    return part.part, part.whole, part.printed, _sure(part.confidence), _id(part.iri)


def _statement(said: "Statement") -> tuple[str, ...]:
    how = [said.mode] if said.mode == "attitude" else [said.quotation_type, *([said.mode] if said.mode != "speech" else [])]
    how += [said.said] if said.said != "asserted" else []
    cue = f": {said.cue}" if said.cue else ", runs on"
    return said.text, f"{', '.join(how)}{cue}", "; ".join(f.words for f in said.figures), _sure(said.confidence), _id(said.iri)


def _stance(stance: "Stance") -> tuple[str, ...]:
    others = ", ".join(stance.others) or "nobody named"
    inferred = " (inferred)" if stance.basis == "inferred" else ""
    if stance.takes:
        words = f"{stance.relation} with {others}{inferred}"
        on = "; ".join(words if len(words) <= _CUT else f"{words[:_CUT].rsplit(' ', 1)[0]} ..." for words in stance.their_words)
    else:
        many = len(stance.others) > 1
        words = f"{others} {stance.relation.removesuffix('s') if many else stance.relation}{inferred}"
        on = ", ".join(map(_id, stance.own))
    return words, on, stance.printed, _sure(stance.confidence), _id(stance.iri)


def _sure(confidence: float) -> str:
    return f"{confidence:.2f}"


def _id(iri: str) -> str:
    return iri.rpartition("#")[2]
