"""What the canned questions answer on the newsroom, from what the default engine reads in it: rows wanted and found, rows that are wrong, and what was lost where.

    python scripts/score_questions.py [--rows]

The wanted answers are those of `examples/newsroom/gold.json`; where it gives none for a question, those that the question gives over the gold itself.
A row missed is put down to the first stage that lost it: attribution, mode, speaker, kind, figure, measure, time, topic, stance, stand, role, or identity (who is who).
A wire copy counts once.
"""

import argparse
import functools
import importlib.util
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

from kg.extract import extract_articles
from kg.graph import iris
from kg.graph.identity import refresh
from kg.graph.query import load_query, run_query
from kg.graph.store import open_store
from kg.graph.topics.broader import refresh_topics
from kg.records import Agent, Attribution, ClaimKind, Extraction, SpeechMode

ROOT = Path(__file__).parents[1]
LEAST = 0.4  # F1 of the characters of two contents from which they are one statement
COPIES = {"n06": "n05"}
UNNAMED = "(unnamed, group or document)"

type Row = dict[str, str]
type Key = tuple[str, str]


@dataclass
class Score:
    """Rows of one question: how many are wanted, which are missing (what, stage), which are wrong."""

    wanted: int = 0
    missed: list[tuple[str, str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def found(self) -> int:
        """Wanted rows that are there."""
        return self.wanted - len(self.missed)


class Desk:
    """Extractions of the newsroom in a store that can be asked."""

    def __init__(self, extractions: dict[str, Extraction], folder: Path) -> None:
        self.extractions = extractions
        with open_store(folder, write=True, create=True) as store:
            for extraction in extractions.values():
                store.add(extraction)
            refresh(store)
            refresh_topics(store)
        self.store = open_store(folder)
        self.articles = {str(iris.article_iri("urn:kg:", one.article)): name for name, one in extractions.items()}
        self.titles = {one.article.title: name for name, one in extractions.items()}
        self.by_place = {
            (name, f"{one.content[0].start}-{one.content[-1].end}"): one
            for name, extraction in extractions.items()
            for one in extraction.attributions
        }

    def ask(self, question: str, **parameters: str) -> list[Row]:
        """The rows of a canned question."""
        answer = run_query(self.store, load_query(question), parameters=parameters)
        return [{name: term.value for name, term in zip(answer.columns, row, strict=True) if term is not None} for row in answer.rows]

    def at(self, iri: str) -> tuple[str, Attribution]:
        """Article and attribution of the IRI of a claim, statement or the like."""
        article, _, place = iri.partition("#")
        return self.articles[article], self.by_place[self.articles[article], place.split("-", 1)[1]]


def places(spans: Any) -> set[int]:
    """Code points that spans cover."""
    return {k for span in spans for k in range(span.start, span.end)}


def plain(name: str) -> str:
    """A name or title as it is compared."""
    return re.sub(r"^(a|the|dr|mr|mrs|ms)\.? ", "", name.lower().replace("’", "'")).rstrip(".")


class Newsroom:
    """What was read and the gold, and what of the one is what of the other."""

    def __init__(self, folder: Path) -> None:
        extractions, self.gold = _gold_module().extractions(ROOT)
        self.right = Desk(extractions, folder / "gold")
        self.read = Desk({one.article.id: one for one in extract_articles([e.article for e in extractions.values()])}, folder / "read")
        self.names: dict[tuple[str, str], set[str]] = {}
        for entity in self.gold["entities"]:
            for article, names in entity["names"].items():
                for name in names:
                    self.names.setdefault((article, plain(name)), set()).add(entity["id"])
        self.entities = {entity["id"]: entity for entity in self.gold["entities"]}
        self.said = {(one["article"], one["id"]): one for one in self.gold["attributions"]}

    @cached_property
    def matches(self) -> dict[Key, Key]:
        """Attribution read to attribution of the gold, by most words in common."""
        found: dict[Key, Key] = {}
        for name, extraction in self.read.extractions.items():
            gold = [(one.id, places(one.content)) for one in self.right.extractions[name].attributions]
            for one in extraction.attributions:
                own = places(one.content)
                best, key = max((2 * len(own & other) / (len(own) + len(other)), key) for key, other in gold)
                if best >= LEAST:
                    found[name, one.id] = (name, key)
        return found

    def readings(self, key: Key) -> list[Attribution]:
        """What was read of an attribution of the gold."""
        by_id = {one.id: one for one in self.read.extractions[key[0]].attributions}
        return [by_id[read] for (article, read), gold in self.matches.items() if gold == key and article == key[0]]

    def who(self, article: str, names: set[str]) -> set[str]:
        """Entities of the gold that bear one of the names in an article; the names themselves where there is none."""
        return set().union(*(self.names.get((article, plain(name)), set()) for name in names)) or {plain(name) for name in names}

    def known(self, name: str) -> set[str]:
        """Entities of the gold that bear a name in any article."""
        found = {k for (_, one), keys in self.names.items() if one == plain(name) for k in keys}
        found |= {key for key, one in self.entities.items() if plain(one["name"]) == plain(name)}
        return found or {plain(name)}

    def speaker(self, article: str, one: Attribution) -> set[str]:
        """Who speaks, as entities of the gold."""
        agents: dict[str, Agent] = {agent.id: agent for agent in self.read.extractions[article].agents}
        if one.speaker is None:
            return {UNNAMED}
        agent = agents[one.speaker]
        found = self.who(article, {agent.name})
        return found if found & self.entities.keys() or not agent.aliases else self.who(article, {agent.name, *agent.aliases})

    def key(self, iri: str, desk: Desk) -> Key | None:
        """Attribution of the gold that an IRI of a desk stands for, of copies the first."""
        article, one = desk.at(iri)
        found = (article, one.id) if desk is self.right else self.matches.get((article, one.id))
        return found and once(found)

    def lost(self, key: Key, *checks: Callable[[Attribution], str | None]) -> str:
        """The first stage that lost an attribution of the gold."""
        read = self.readings(key)
        if not read:
            return "attribution"
        stages = [self._lost(key, one, checks) for one in read]
        return max(stages, key=STAGES.index)

    def _lost(self, key: Key, one: Attribution, checks: tuple[Callable[[Attribution], str | None], ...]) -> str:
        gold = self.said[key]
        if one.mode is SpeechMode.ATTITUDE:
            return "mode"
        if gold["speaker"] and gold["speaker"] not in self.speaker(key[0], one):
            return "speaker"
        return next((stage for check in checks if (stage := check(one))), "identity")


STAGES = ["attribution", "mode", "speaker", "kind", "figure", "measure", "time", "topic", "stance", "stand", "role", "identity"]


def once(key: Key) -> Key:
    """The key of the first of two copies."""
    return (COPIES.get(key[0], key[0]), key[1])


def _gold_module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("newsroom_gold", ROOT / "tests" / "unit" / "graph" / "newsroom_gold.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# --------------------------------------------------------------------------- questions whose rows are statements


def statements(
    room: Newsroom, score: Score, rows: list[Row], column: str, must: set[Key], may: set[Key], *checks: Callable[[Attribution], str | None]
) -> None:
    """Add to a score what rows hold of the statements that must be there."""
    found = set()
    for row in rows:
        key = room.key(row[column], room.read)
        found.add(key)
        if key is None or key not in must | may:
            score.wrong.append(f"{key or room.read.at(row[column])[0]} {row.get('speaker')}: {row['text'][:70]}")
    score.wanted += len(must)
    score.missed += [(_named(room, key), room.lost(key, *checks)) for key in sorted(must - found)]


def _named(room: Newsroom, key: Key) -> str:
    one = room.said[key]
    return f"{key[0]} {key[1]} {one['speaker'] or one['speaker_words']}: {one['content'][0]['text'][:60]}"


def _keys(rows: list[dict[str, Any]]) -> set[Key]:
    return {once((row["article"], row["attribution"])) for row in rows}


def said(room: Newsroom) -> Score:
    """All that anybody in the gold has said, asked by name."""
    score = Score()
    for entity in room.gold["entities"]:
        must = {key for row in room.right.ask("said", person=entity["name"]) if (key := room.key(row["claim"], room.right))}
        own = {once(key) for key, one in room.said.items() if one["speaker"] == entity["id"]}  # of all spellings of the name
        statements(room, score, room.read.ask("said", person=entity["name"]), "claim", must, own)
    return score


def said_on(room: Newsroom) -> Score:
    """What somebody said on a topic."""
    score = Score()
    for answer in room.gold["queries"]["said_on_topic"]:
        rows = room.read.ask("said-on", person=room.entities[answer["speaker"]]["name"], topic=answer["topic"])
        statements(room, score, rows, "claim", _keys(answer["must"]), _keys(answer["may"]), lambda _: "topic")
    return score


def about(room: Newsroom) -> Score:
    """Who said anything on the topics that the gold asks about; what the gold's longer lists allow is right too."""
    score = Score()
    for topic in ("power price", "barley harvest", "bus"):
        must = {key for row in room.right.ask("about", topic=topic) if (key := room.key(row["claim"], room.right))}
        may = set().union(*(_keys(one["may"]) for one in room.gold["queries"]["said_on_topic"]))
        may |= {key for key, one in room.said.items() if any(topic in piece["text"].lower() for piece in one["content"])}
        statements(room, score, room.read.ask("about", topic=topic), "claim", must, may, lambda _: "topic")
    return score


def distancing(room: Newsroom) -> Score:
    """Who is given distancing cues."""
    score = Score()
    [answer] = room.gold["queries"]["distancing_cues"]
    rows = room.read.ask("distancing")
    statements(
        room, score, rows, "statement", _keys(answer["cues"]), set(), lambda one: None if one.cue_stance == "distancing" else "stance"
    )
    return score


def thin_sourcing(room: Newsroom) -> Score:
    """Claims that nobody named makes, or one source in two outlets."""
    score = Score()
    answer = room.gold["queries"]["unnamed_or_single_source"]
    rows = room.read.ask("thin-sourcing")
    allowed = {key for row in room.right.ask("thin-sourcing") if (key := room.key(row["statement"], room.right))}
    unnamed = [row for row in rows if row["sources"] == "0"]
    statements(room, score, unnamed, "statement", _keys(answer["no_named_source"]), set(), lambda _: "speaker")
    single = [row for row in rows if row["sources"] == "1"]
    statements(room, score, single, "statement", _keys(answer["one_named_source_in_two_outlets"]), allowed)
    return score


def review(room: Newsroom) -> Score:
    """What to look at first: wanted are statements that are none, or another's."""
    score = Score()
    shown = {(article, one.id) for row in room.read.ask("review") for article, one in (room.read.at(row["statement"]),)}
    for name, extraction in room.read.extractions.items():
        for one in extraction.attributions:
            if one.mode is SpeechMode.ATTITUDE:
                continue
            key = room.matches.get((name, one.id))
            speaker = key and room.said[key]["speaker"]
            bad = key is None or (speaker and speaker not in room.speaker(name, one))
            what = f"{name} {one.id} {one.content[0].of(extraction.article.text)[:60]}"
            score.wanted += bool(bad)
            if bad and (name, one.id) not in shown:
                score.missed.append((what, "speaker" if key else "attribution"))
            if not bad and (name, one.id) in shown:
                score.wrong.append(what)
    return score


# --------------------------------------------------------------------------- questions about figures


def _numbers(one: Any) -> tuple[float | None, ...]:
    get = one.get if isinstance(one, dict) else lambda name: getattr(one, name)
    return tuple(None if get(name) in {None, ""} else float(get(name)) for name in ("value", "low", "high"))


def _forecast_lost(read: Attribution, *, numbers: tuple[float | None, ...], words: str, year: str) -> str | None:
    if read.claim_kind is not ClaimKind.PREDICTION:
        return "kind"
    figure = next((q for q in read.quantities if _numbers(q) == numbers and not q.change), None)
    if figure is None:
        return "figure"
    if words not in f"{figure.measure}".lower() and not any(words in topic.label for topic in read.topics):
        return "measure"
    return None if year in f"{figure.when} {figure.period} {read.valid}" else "time"


def forecasts(room: Newsroom) -> Score:
    """Forecasts of a measure for a year."""
    score = Score()
    for answer, words in zip(room.gold["queries"]["forecasts"], ("power price", "barley harvest"), strict=True):
        rows = {
            (room.read.articles[row["figure"].partition("#")[0]], _numbers(row))
            for row in room.read.ask("forecasts", measure=words, year=answer["year"])
        }
        for one in answer["forecasts"]:
            score.wanted += 1
            key = (one["article"], one["attribution"])
            if (one["article"], _numbers(one)) in rows:
                rows.remove((one["article"], _numbers(one)))
            else:
                check = functools.partial(_forecast_lost, numbers=_numbers(one), words=words, year=answer["year"])
                score.missed.append((_named(room, key), room.lost(key, check)))
        score.wrong += [f"{words} {row}" for row in sorted(rows, key=str)]
    return score


def conflicting_figures(room: Newsroom) -> Score:
    """Figures that contradict each other: a row counts if it stands together with another of its group."""
    score = Score()
    groups: dict[tuple[str, ...], set[Key | None]] = {}
    for row in room.read.ask("conflicting-figures"):
        groups.setdefault((row["what"], row.get("when", ""), row["unit"]), set()).add(room.key(row["claim"], room.read))
    left = dict(groups)
    for answer in room.gold["queries"]["conflicting_figures"]:
        wanted = _keys(answer["figures"])
        score.wanted += len(wanted)
        name, best = max(groups.items(), key=lambda one: len(wanted & one[1]), default=(None, set()))
        if len(wanted & best) > 1:
            left.pop(name, None)
            score.missed += [(_named(room, key), "identity") for key in sorted(wanted - best)]
            score.wrong += [f"{name} {key}" for key in best - wanted]
            continue
        figures = {once((one["article"], one["attribution"])): one for one in answer["figures"]}
        told: dict[Key, list[Any]] = {
            key: [q for read in room.readings(key) for q in read.quantities if _numbers(q) == _numbers(one)] for key, one in figures.items()
        }
        for key in sorted(wanted):

            def check(read: Attribution, key: Key = key, told: dict[Key, list[Any]] = told) -> str | None:
                if not told[key]:
                    return "figure"
                whens = [{q.when or read.valid for q in quantities} for quantities in told.values() if quantities]
                return "time" if len(whens) > 1 and not set.intersection(*whens) else "measure"

            score.missed.append((f"{_named(room, key)} ({', '.join(f'{q.measure} @ {q.when}' for q in told[key])})", room.lost(key, check)))
    foretold = set().union(*(_keys(one["forecasts"]) for one in room.gold["queries"]["forecasts"]))  # forecasts contradict each other too
    score.wrong += [f"{name} {key}" for name, keys in left.items() for key in sorted(keys, key=str) if not keys <= foretold]
    return score


# --------------------------------------------------------------------------- questions about people


def voices_on(room: Newsroom) -> Score:
    """Who speaks on a topic, in which role."""
    score = Score()
    for answer in room.gold["queries"]["who_speaks_on"]:
        rows = room.read.ask("voices-on", topic=answer["topic"])
        found = [(room.known(row["speaker"]), plain(row.get("role", "")), room.known(row.get("organisation", ""))) for row in rows]
        for one in answer["must"]:
            score.wanted += 1
            mine = [row for row in found if one["speaker"] in row[0]]
            if not any(
                (not one["title"] or plain(one["title"]) == row[1]) and (not one["organisation"] or one["organisation"] in row[2])
                for row in mine
            ):
                key = (one["article"], one["attribution"])
                score.missed.append((f"{_named(room, key)}: {one['title']}", "role" if mine else room.lost(key, lambda _: "topic")))
        allowed = {key for row in room.right.ask("voices-on", topic=answer["topic"]) for key in room.known(row["speaker"])}
        score.wrong += [f"{answer['topic']}: {row.get('speaker')}" for row, one in zip(rows, found, strict=True) if not one[0] & allowed]
    return score


def agreement(room: Newsroom) -> Score:
    """Who agrees or disagrees with whom."""
    score = Score()
    wanted = []
    for one in room.gold["agreements"]:
        ends = [room.said[one["article"], key] for key in (one["from"], one["to"][0])]
        if one["article"] not in COPIES:
            who = [{end["speaker"]} if end["speaker"] else {plain(end["speaker_words"])} for end in ends]
            wanted.append((one["article"], one["relation"], who[0], who[1], one))
    score.wanted = len(wanted)
    seen = set()
    for row in room.read.ask("agreement"):
        if (row["stance"], row.get("speaker")) in seen:
            continue  # one stand on several statements
        seen.add((row["stance"], row.get("speaker")))
        article = room.read.titles[row["article"]]
        relation = row["relation"].removesuffix(" with")
        speaker, other = (room.who(article, {row[name]}) if name in row else {UNNAMED} for name in ("speaker", "with"))
        hit = next((one for one in wanted if one[:2] == (article, relation) and one[2] & speaker and one[3] & other), None)
        if hit:
            wanted.remove(hit)
        else:
            score.wrong.append(f"{article} {row.get('speaker')} {row['relation']} {row.get('with')}: {row['words']}")
    for article, relation, taker, other, one in wanted:
        stages = [room.lost((article, one[end] if end == "from" else one[end][0]), lambda _: "stand") for end in ("from", "to")]
        score.missed.append((f"{article} {taker} {relation} {other}: {one['evidence']['text']}", min(stages, key=STAGES.index)))
    return score


def different_roles(room: Newsroom) -> Score:
    """People to whom articles give different posts: a row for each post in each article."""
    score = Score()
    rows = [(room.known(row["name"]), room.read.titles[row["article"]], plain(row["title"])) for row in room.read.ask("different-roles")]
    roles = {(one["person"], one["article"], plain(one["title"] or "")) for one in room.gold["roles"]}
    for answer in room.gold["queries"]["different_roles"]:
        for one in answer["roles"]:
            score.wanted += 1
            title = plain(one["title"])
            if any(answer["person"] in who and (article, role) == (one["article"], title) for who, article, role in rows):
                continue
            read = room.read.extractions[one["article"]]
            agents = {agent.id for agent in read.agents if answer["person"] in room.who(one["article"], {agent.name, *agent.aliases})}
            held = any(role.agent in agents and plain(role.title or "") == title for role in read.roles)
            score.missed.append((f"{one['article']} {answer['person']}: {one['title']}", "identity" if held else "role"))
    score.wrong = [f"{article} {who}: {title}" for who, article, title in rows if not any((key, article, title) in roles for key in who)]
    return score


def spokespeople(room: Newsroom) -> Score:
    """Who speaks for each organisation of the gold."""
    score = Score()
    for entity in room.gold["entities"]:
        if entity["kind"] != "organisation":
            continue
        asked = {}
        for desk in (room.right, room.read):
            asked[desk] = {
                (
                    desk.titles[row["article"]],
                    frozenset(room.who(desk.titles[row["article"]], {row["speaker"]})),
                    plain(row.get("title", "")),
                )
                for row in desk.ask("spokespeople", organisation=entity["name"])
            }
        score.wanted += len(asked[room.right])
        for article, who, title in sorted(asked[room.right] - asked[room.read], key=str):
            score.missed.append((f"{entity['id']} {article} {set(who)}: {title}", "role"))
        score.wrong += [
            f"{entity['id']} {a} {set(who)}: {title}" for a, who, title in sorted(asked[room.read] - asked[room.right], key=str)
        ]
    return score


def share_of_voices(room: Newsroom) -> Score:
    """Claims of each organisation in each outlet: wanted and wrong are counted in claims."""
    score = Score()
    found: Counter[tuple[str, str]] = Counter()
    for row in room.read.ask("share-of-voices"):
        body = row["organisation"]
        shares = room.gold["queries"]["share_of_voices"]["outlets"][row["outlet"]]
        known = {body} if body.startswith("(") else room.known(body)
        found[row["outlet"], min(known & shares.keys() or known)] += int(row["claims"])
    for outlet, shares in room.gold["queries"]["share_of_voices"]["outlets"].items():
        for body, count in shares.items():
            score.wanted += count
            got = found.pop((outlet, body), 0)
            score.missed += [(f"{outlet}: {body}", "any")] * max(0, count - got)
            score.wrong += [f"{outlet}: {body}"] * max(0, got - count)
    score.wrong += [f"{outlet}: {body}" for (outlet, body), count in found.items() for _ in range(count)]
    return score


QUESTIONS: dict[str, Callable[[Newsroom], Score]] = {
    "said": said,
    "said-on": said_on,
    "about": about,
    "voices-on": voices_on,
    "agreement": agreement,
    "forecasts": forecasts,
    "conflicting-figures": conflicting_figures,
    "distancing": distancing,
    "thin-sourcing": thin_sourcing,
    "review": review,
    "share-of-voices": share_of_voices,
    "different-roles": different_roles,
    "spokespeople": spokespeople,
}


def scores() -> Iterator[tuple[str, Score]]:
    """Each question with its score."""
    with tempfile.TemporaryDirectory() as folder:
        room = Newsroom(Path(folder))
        for name, question in QUESTIONS.items():
            yield name, question(room)


def main() -> None:
    """Print a table, the rows if asked for, and what each stage has lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--rows", action="store_true", help="the rows that are missed, with the stage that lost them, and those that are wrong"
    )
    options = parser.parse_args()
    stages: Counter[str] = Counter()
    for name, score in scores():
        print(f"{name:20} found {score.found:3} of {score.wanted:3}  wrong {len(score.wrong):3}")
        stages.update(stage for _, stage in score.missed if name != "review")
        if options.rows:
            for what, stage in score.missed:
                print(f"    missed ({stage}) {what}")
            for what in score.wrong:
                print(f"    wrong {what}")
    print("lost by stage:", ", ".join(f"{stage} {count}" for stage, count in stages.most_common()))


if __name__ == "__main__":
    main()
