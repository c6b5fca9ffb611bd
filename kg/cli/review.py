"""`kg identity review`: questions about who is who, one after the other, with all that helps to answer."""

import dataclasses
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.files import write_output
from kg.cli.options import with_settings
from kg.cli.terminal import plain, print_table, say
from kg.errors import Contradiction, StoreBusy
from kg.settings import Settings

if TYPE_CHECKING:
    from kg.graph.decisions.reviewing import Question, Review, Side

__all__ = ["review"]

_KEYS = """\
y - yes, they are one and the same
n - no, they are two
s - skip: leave it for another day
u - undo the last answer and ask it again
q - quit; what was answered is kept
? - print this help
A reason may follow a key: n two towns, two mayors"""


@click.command()
@with_settings("store", "decisions")
@click.option("--kind", type=click.Choice(("person", "organisation")), help="Ask about people or about organisations only.")
@click.option("--name", default="", metavar="WORDS", help="Ask only about those with this in a name.")
@click.option("--limit", type=click.IntRange(min=1), default=200, show_default=True, metavar="N", help="The most questions.")
@click.option("--json", "as_json", is_flag=True, help="Print the questions as JSON and ask nothing.")
def review(*, settings: Settings, kind: str | None, name: str, limit: int, as_json: bool) -> None:
    """Answer what the rules leave open: which of two alike are one, and which joins something speaks against.

    Each question shows names, roles, organisations, articles and statements of either side, and why it is asked. Keys: y one, n two, s skip, u undo,
    q quit, ? help. Each answer is kept at once, in identity.tsv, as kg identity same and different keep theirs; the graph follows at
    the end. Without a terminal, --json prints the questions, and kg identity same and different take their IRIs.

    \b
    Example:
      kg identity review --kind person
      kg identity review --json | jq '.[0].reasons'
    """
    from kg.graph.decisions.reviewing import Review
    from kg.graph.store import open_store

    if not as_json and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError("There is no terminal to ask on: give --json.")
    with open_store(settings.store) as store:
        asked = Review(store, settings.decisions_folder, kind=kind, name=name, limit=limit)
    if as_json:
        told = [dataclasses.asdict(question) for question in asked.questions]
        text = json.dumps(told, ensure_ascii=False, indent=2)
        write_output(Path("-"), [text.encode("utf-8", "backslashreplace"), b"\n"])
        return
    if not asked.questions:
        say("note", "nothing is left open.")
        return
    try:
        converse(asked, _prompt)
    finally:
        _finish(asked, settings)


def converse(asked: "Review", ask: Callable[[str], str]) -> None:
    """Ask until all is answered or the person quits.

    Args:
        asked: the questions; answers go into its file.
        ask: gives what was typed after a prompt; raises `EOFError` at the end of input.
    """
    seen: set[int] = set()
    again: Question | None = None
    while True:
        question = again or next((one for one in asked.open() if id(one) not in seen), None)
        again = None
        if question is None:
            return
        seen.add(id(question))
        _show(question, len(seen), len(asked.questions))
        key, why = _key(ask)
        if key == "q":
            return
        if key == "u":
            again = asked.take_back() or question
            if again is question:
                say("note", "there is nothing to undo.")
            else:
                seen.discard(id(question))
        elif key in {"y", "n"}:
            try:
                asked.answer(question, same=key == "y", why=why)
            except Contradiction as error:
                say("error", str(error))


def _key(ask: Callable[[str], str]) -> tuple[str, str]:
    """The key that was typed, and the reason behind it."""
    while True:
        try:
            typed = ask("One and the same? [y,n,s,u,q,?] ").strip()
        except EOFError:
            return "q", ""
        key, _, why = typed.partition(" ")
        key = {"yes": "y", "no": "n", "skip": "s", "undo": "u", "quit": "q", "": "?"}.get(key.lower(), key.lower())
        if key in {"y", "n", "s", "u", "q"}:
            return key, why.strip()
        click.echo(_KEYS)


def _show(question: "Question", number: int, of: int) -> None:
    click.echo()
    state = "the rules made them one" if question.joined else "two so far"
    click.echo(plain(f"{number} of {of}: {question.kind}, {state}, {question.score:.2f}"))
    for reason in question.reasons:
        click.echo(plain(f"  - {reason}"))
    click.echo()
    rows = [(label, *cells) for label, *cells in _rows(question.a, question.b) if any(cells)]
    print_table(("", "A", "B"), rows)


def _rows(a: "Side", b: "Side") -> list[tuple[str, str, str]]:
    def both(label: str, told: Callable[["Side"], str]) -> tuple[str, str, str]:
        return label, told(a), told(b)

    return [
        both("name", lambda side: side.name),
        both("also", lambda side: ", ".join(side.names)),
        both("roles", lambda side: "; ".join(side.roles)),
        both("with", lambda side: ", ".join(side.bodies)),
        both("articles", lambda side: "; ".join([*side.articles, *([f"and {side.more} more"] if side.more else [])])),
        both("says", lambda side: " | ".join(side.statements)),
    ]


def _prompt(words: str) -> str:
    try:
        return input(words)
    except KeyboardInterrupt:
        click.echo()
        raise EOFError from None


def _finish(asked: "Review", settings: Settings) -> None:
    """Bring the graph in step with what was answered, and say what was."""
    from kg.graph.decisions import follow, read_overrides
    from kg.graph.store import open_store

    same, two = asked.answers
    if same or two:
        try:
            with open_store(settings.store, write=True) as store:
                follow(store, read_overrides(settings.decisions_folder))
        except StoreBusy:
            say(
                "warning",
                f"the store is in use: the answers are kept in {settings.decisions_folder}, and the next `kg build` puts them in.",
            )
    left = f"; {asked.left_out:,} more questions are left for --limit" if asked.left_out else ""
    say("note", f"{same:,} called one, {two:,} called two{left}.")
