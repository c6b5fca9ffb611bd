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
    from kg.graph.portrait import Portrait

__all__ = ["show"]

_POSTS = 3  # in a line that tells namesakes apart
_CUT = 60  # characters of each statement agreed with; the other's own dossier has it whole

_BY_PERSON = "person"  # the rule of what kg correct put into the graph


@click.command()
@click.argument("name", metavar="NAME")
@with_settings("store")
@click.option("--article", metavar="IRI", help="Look in this article alone.")
@click.option("-f", "--format", "format", type=click.Choice(("table", "json")), default="table", show_default=True, help="Format.")
def show(*, name: str, settings: Settings, article: str | None, format: str) -> None:
    """Show one person or organisation over all articles: names, roles over time, statements, agreement.

    NAME is a name or another name that an article uses, in any case, or the IRI of an entity. First come all names, why they are taken for one's,
    and the roles by date; then each article, oldest first: roles as printed, with the words they rest on, and statements in the order of
    the text. Namesakes are told apart. The last column holds ids for kg explain.

    \b
    Example:
      kg show "Ann Lee"
      kg show "Northlight Institute" -f json | jq '.agents[].holders[].holder'
    """
    from kg.graph.portrait import portraits
    from kg.graph.store import open_store

    with open_store(settings.store) as store:
        found = portraits(store, name, article=article)
    if format == "json":
        _print_json(name, found)
    else:
        _print_portraits(found, whole=article is None)


def _print_json(name: str, found: Sequence["Portrait"]) -> None:
    entities = [
        {
            "iri": one.iri,
            "kind": one.kind,
            "name": one.name,
            "names": one.names,
            "same_as": one.same_as,
            "why": [dataclasses.asdict(reason) for reason in one.why],
            "agents": [agent.iri for agent in one.agents],
        }
        for one in found
    ]
    agents = sorted((agent for one in found for agent in one.agents), key=_by_date)
    articles = len({agent.article.iri for agent in agents})
    told = {"name": name, "articles": articles, "entities": entities, "agents": [dataclasses.asdict(agent) for agent in agents]}
    text = json.dumps(told, ensure_ascii=False, indent=2)
    for mark in ("\u2028", "\u2029", "\x85"):  # some readers take them for ends of line
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    write_output(Path("-"), [text.encode("utf-8", "backslashreplace"), b"\n"])


def _by_date(one: "Dossier") -> tuple[bool, str, str, str]:
    return not one.article.published, one.article.published, one.article.iri, one.iri


def _print_portraits(found: Sequence["Portrait"], *, whole: bool) -> None:
    if len(found) > 1:
        kinds = {one.kind for one in found}
        many = f"{len(found)} go by that name, and nothing says that they are one"
        click.echo(plain(f"{many}." if len(kinds) == 1 else f"{many}: {', '.join(sorted(kinds))}."))
        click.echo("kg show with an IRI in the place of the name shows one alone:")
        for one in found:
            click.echo(f"    {plain(_told_apart(one))}")
        click.echo()
    for number, one in enumerate(found):
        if number:
            click.echo()
        if whole and len(one.agents) > 1:
            _print_portrait(one)
        for place, agent in enumerate(one.agents):
            if place:
                click.echo()
            _print_dossier(agent)


def _told_apart(one: "Portrait") -> str:
    """One of several namesakes in a line, as `kg view --focus` tells them."""
    posts = dict.fromkeys(", ".join(filter(None, (post.title, post.organisation))) for agent in one.agents for post in agent.roles)
    where = f"{one.articles:,} articles" if one.articles > 1 else f"in {one.agents[0].article.label}"
    return ", ".join(filter(None, (f"{one.name} ({one.kind})", "; ".join(list(posts)[:_POSTS]), where, one.iri)))


def _print_portrait(one: "Portrait") -> None:
    """Who it is over all articles: names, why they are one's, roles by date."""
    click.echo(plain(f"{one.name} ({one.kind}){f', also {", ".join(one.names)}' if one.names else ''}"))
    dates = [agent.article.published[:10] for agent in one.agents if agent.article.published]
    when = f", {dates[0]} to {dates[-1]}" if dates and dates[0] != dates[-1] else f", {dates[0]}" if dates else ""
    articles = "1 article" if one.articles == 1 else f"{one.articles:,} articles"
    statements = sum(len(agent.statements) for agent in one.agents)
    click.echo(plain(f"in {articles}{when}; {statements:,} statement{'' if statements == 1 else 's'}"))
    for iri in one.same_as:
        click.echo(plain(f"the same as {iri}"))
    for reason in one.why:
        click.echo(plain(f"one because of {reason.rule}: {reason.explanation} ({_sure(reason.confidence)})"))
    _section(("as of", "role", "at", "article", "id"), [_dated(post, agent) for agent in one.agents for post in agent.roles])
    _section(("as of", "who", "role", "at", "article"), [_staff(post, agent) for agent in one.agents for post in agent.holders])
    click.echo()
    click.echo(plain(f"kg explain {one.iri}"))
    click.echo()


def _dated(post: "Post", agent: "Dossier") -> tuple[str, ...]:
    where = f"{agent.article.iri.rpartition(':')[2]}#{_id(post.iri)}"
    return agent.article.published[:10], _role_title(post), post.organisation, agent.article.label, where


def _staff(post: "Post", agent: "Dossier") -> tuple[str, ...]:
    return agent.article.published[:10], post.holder, _role_title(post), post.organisation, agent.article.label


def _print_dossier(one: "Dossier") -> None:
    also = f", also {', '.join(one.aliases)}" if one.aliases else ""
    click.echo(plain(f"{one.name} ({one.kind}){also}"))
    click.echo(plain(f"in {one.article.cited}"))
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
    return _role_title(post), post.organisation, date, post.printed, _sure(post.confidence, post.rule), _id(post.iri)


def _holder(post: "Post", date: str) -> tuple[str, ...]:
    where = (post.holder, _role_title(post), post.organisation)
    return *where, date, post.printed, str(post.statements), _sure(post.confidence, post.rule), _id(post.iri)


def _part(part: "Part") -> tuple[str, ...]:
    return part.part, part.whole, part.printed, _sure(part.confidence), _id(part.iri)


def _statement(said: "Statement") -> tuple[str, ...]:
    how = [said.mode] if said.mode == "attitude" else [said.quotation_type, *([said.mode] if said.mode != "speech" else [])]
    how += [said.said] if said.said != "asserted" else []
    cue = f": {said.cue}" if said.cue else ", runs on"
    return said.text, f"{', '.join(how)}{cue}", "; ".join(f.words for f in said.figures), _sure(said.confidence, said.rule), _id(said.iri)


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


def _sure(confidence: float, rule: str = "") -> str:
    """How sure the software is; of what a person decided, that it is so, and kg explain tells what the software had."""
    return "corrected" if rule == _BY_PERSON else f"{confidence:.2f}"


def _id(iri: str) -> str:
    return iri.rpartition("#")[2]
