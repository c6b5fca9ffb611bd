"""`kg correct`: people overrule what the software found."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.files import write_output
from kg.cli.options import with_settings
from kg.cli.terminal import print_table, say
from kg.settings import Settings

if TYPE_CHECKING:
    from kg.graph.decisions.amending import Amended
    from kg.graph.decisions.corrections import Correction

__all__ = ["correct"]


@click.command()
@click.argument("node", metavar="[ID]", required=False)
@with_settings("store", "decisions")
@click.option("--article", metavar="IRI", help="The article that ID belongs to, or that --add is for.")
@click.option("--speaker", metavar="NAME", help="Of a statement: who says it; - for nobody known.")
@click.option("--content", metavar="WORDS", help="Of a statement: its right words, pieces joined by ' [...] ', or char=10,64.")
@click.option("--quotation", metavar="KIND", help="Of a statement: direct, indirect or mixed.")
@click.option("--mode", metavar="KIND", help="Of a statement: speech, thought or attitude.")
@click.option("--claim-kind", metavar="KIND", help="Of a statement: fact, prediction, evaluation or recommendation.")
@click.option("--holder", metavar="NAME", help="Of a role, also of --add-role: who holds it.")
@click.option("--title", metavar="WORDS", help="Of a role: the post; - for none.")
@click.option("--organisation", metavar="NAME", help="Of a role: where; - for none.")
@click.option("--former/--current", default=None, help="Of a role: whether it is no longer held.")
@click.option("--kind", metavar="KIND", help="Of an agent: person, organisation, place, work, group or unnamed.")
@click.option("--remove", is_flag=True, help="There is no such statement or role.")
@click.option("--add", metavar="WORDS", help="Put in a statement that was missed, with --article, --speaker and --cue.")
@click.option("--add-role", is_flag=True, help="Put in a role that was missed, with --article, --holder, and --title or --organisation.")
@click.option("--passage", default="", metavar="WORDS", help="The words that --add-role rests on.  [default: the holder's name]")
@click.option("--cue", default="", metavar="WORDS", help="The words that attribute it.")
@click.option("--why", default="", metavar="TEXT", help="The reason; it is kept with the decision.")
@click.option("--list", "listed", is_flag=True, help="List the corrections, each with the ID that undoes it.")
@click.option("--json", "as_json", is_flag=True, help="List them as JSON.")
@click.option("--undo", metavar="ID", multiple=True, help="Take a correction back; may be repeated.")
def correct(
    *,
    node: str | None,
    settings: Settings,
    article: str | None,
    remove: bool,
    add: str | None,
    add_role: bool,
    passage: str,
    cue: str,
    why: str,
    listed: bool,
    as_json: bool,
    undo: tuple[str, ...],
    former: bool | None,
    **values: str | None,
) -> None:
    """Overrule a statement's speaker, words or being there, a role, or what kind an agent is.

    ID is that of a statement, role or agent, as kg show prints it. What a person decided is put into the graph at once, and again whenever the
    article is read anew; it is marked there, with what the software had found beside it. Where several go by a NAME, give the ID of the one
    meant. A correction stands in corrections.tsv in the folder
    STORE-decisions (or that of --decisions), by the article's words, so that it is found again; one that fits no more is told by kg build.

    \b
    Example:
      kg correct attribution-829-1129 --speaker "Ann Lee" --why "she, not he, in the second edition"
      kg correct role-59-founder --title co-founder
      kg correct person-588 --kind organisation
      kg correct --add-role --article news-7 --holder "Ann Lee" --title mayor --passage "Mayor Lee"
      kg correct --list
      kg correct --undo 3f2a91c0
    """
    ways = sum((bool(node), add is not None, add_role, listed or as_json, bool(undo)))
    if ways != 1:
        raise click.UsageError("Give one of ID, --add, --add-role, --list and --undo.")
    folder = settings.decisions_folder
    if listed or as_json:
        _list(folder, as_json=as_json)
        return
    from kg.graph.decisions.amending import add_role as put_in_role
    from kg.graph.decisions.amending import add_statement, amend, withdraw
    from kg.graph.decisions.corrections import Change
    from kg.graph.store import open_store
    from kg.graph.topics import read_vocabulary

    vocabulary = read_vocabulary(settings.topics) if settings.topics else ()
    changes = {Change(name): value for name, value in values.items() if value is not None}
    if former is not None:
        changes[Change.FORMER] = "true" if former else "false"
    if remove:
        changes[Change.REMOVED] = ""
    if node and not changes:
        raise click.UsageError("Say what is right: --speaker, --content, --title, --kind, --remove ...")
    if (add is not None or add_role) and not article:
        raise click.UsageError(f"{'--add-role' if add_role else '--add'} needs --article.")
    if add_role and (not changes.get(Change.HOLDER) or changes.keys().isdisjoint({Change.TITLE, Change.ORGANISATION})):
        raise click.UsageError("--add-role needs --holder, and --title or --organisation.")
    with open_store(settings.store, write=True) as store:
        if undo:
            _told(withdraw(store, folder, undo, vocabulary=vocabulary), "taken back")
        elif node:
            _told(amend(store, folder, node, changes, why=why, article=article, vocabulary=vocabulary), "corrected")
        elif add_role:
            put_in = put_in_role(
                store,
                folder,
                article or "",
                changes[Change.HOLDER],
                title=changes.get(Change.TITLE, ""),
                organisation=changes.get(Change.ORGANISATION, ""),
                former=bool(former),
                passage=passage,
                why=why,
                vocabulary=vocabulary,
            )
            _told(put_in, "put in")
        else:
            speaker = changes.get(Change.SPEAKER, "")
            _told(
                add_statement(store, folder, article or "", add or "", speaker=speaker, cue=cue, why=why, vocabulary=vocabulary), "put in"
            )


def _told(amended: "Amended", done: str) -> None:
    for one in amended.corrections:
        hint = "" if done == "taken back" else f"; undo with: kg correct --undo {one.id}"
        say("note", f"{done}: {_words(one)}{hint}")
    for where, what in amended.followed.warnings() if done != "taken back" else ():
        say("warning", f"{where}: {what}.")


def _words(one: "Correction") -> str:
    value = f" {one.value}" if one.value else ""
    return f"{one.target} “{one.words}” ({one.which}): {one.change}{value}"


def _list(folder: Path, *, as_json: bool) -> None:
    from kg.graph.decisions.corrections import read_corrections

    found = read_corrections(folder)
    if as_json:
        text = json.dumps([_json(one) for one in found], ensure_ascii=False, indent=2)
        write_output(Path("-"), [text.encode("utf-8", "backslashreplace"), b"\n"])
    elif found:
        print_table(("id", "article", "what", "words", "which", "change", "right", "why"), _rows(found), whole=["id"])
    else:
        say("note", f"{folder}: no corrections.")


def _rows(found: Iterable["Correction"]) -> list[tuple[str, ...]]:
    return [(one.id, one.article, one.target.value, one.words, one.which, one.change.value, one.value, one.why) for one in found]


def _json(one: "Correction") -> dict[str, object]:
    return {
        "id": one.id,
        "article": one.article,
        "target": one.target.value,
        "start": one.start,
        "words": one.words,
        "which": one.which,
        "change": one.change.value,
        "value": one.value,
        "why": one.why,
    }
