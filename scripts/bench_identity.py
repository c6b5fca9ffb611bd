#!/usr/bin/env python3
"""How long it takes to work out who is who, and how that grows: an invented newsroom of so many named agents, on disk, in one run.

    python scripts/bench_identity.py [--agents 10000 100000]

CPU seconds of this process, so that a busy machine disturbs little; the last column compares the largest with the smallest a thousand agents.
The peak of memory is that of a process of its own that does nothing but bring the graphs up to date for the first time.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from kg import records as r
from kg.graph.identity import read_facts, refresh, resolve, suggestions
from kg.graph.mapping import to_quads
from kg.graph.store import Store, open_store

SYLLABLES = [
    "ba",
    "be",
    "bo",
    "da",
    "de",
    "do",
    "fa",
    "fe",
    "ga",
    "go",
    "ha",
    "ka",
    "ke",
    "ko",
    "la",
    "le",
    "lo",
    "ma",
    "me",
    "mo",
    "na",
    "ne",
    "no",
    "ra",
    "re",
    "ro",
    "sa",
    "se",
    "so",
    "ta",
    "te",
    "to",
    "va",
    "ve",
    "vo",
]
KINDS = ("Institute", "Bank", "University", "Agency", "Council", "Group")
TITLES = ("director", "chief economist", "minister", None)
MODELS = r.ModelVersions("en_core_web_md 3.8.0", "invented 1.0", "0.1.0")
BODIES, PEOPLE = 3, 4  # in an article


class Newsroom:
    """Articles that name people and bodies and say nothing: few names are in many articles, most in one or two."""

    def __init__(self, agents: int) -> None:
        self.chance = random.Random(agents)  # noqa: S311  no secrets here
        self.bodies = [f"{self.word(3)} {self.chance.choice(KINDS)}" for _ in range(agents // 12)]
        self.bodies += ["Ministry of Health", "Coastal Water Agency", "WHO", "EFB"]
        given, family = [self.word(2) for _ in range(300)], [self.word(3) for _ in range(4000)]
        self.people = [f"{self.chance.choice(given)} {self.chance.choice(family)}" for _ in range(agents // 8)]

    def word(self, syllables: int) -> str:
        return "".join(self.chance.choice(SYLLABLES) for _ in range(syllables)).capitalize()

    def often(self, names: list[str]) -> str:
        return names[min(int(self.chance.paretovariate(0.6)), len(names)) - 1]

    def article(self, number: int) -> r.Extraction:
        names = list(dict.fromkeys(self.often(self.bodies) for _ in range(BODIES)))
        bodies = len(names)
        names = list(dict.fromkeys([*names, *(self.often(self.people) for _ in range(PEOPLE))]))
        agents, mentions, roles, start = [], [], [], 0
        for place, name in enumerate(names):
            printed = name.split()[-1] if place >= bodies and self.chance.random() < 0.1 else name
            kind = r.AgentKind.ORGANISATION if place < bodies else r.AgentKind.PERSON
            span = r.Span(start, start + len(printed))
            agents.append(r.Agent(f"a{place}", kind, printed))
            mentions.append(r.Mention(span, r.MentionForm.NAME, f"a{place}", "named-entity", 0.9))
            if kind is r.AgentKind.PERSON and self.chance.random() < 0.5:
                roles.append(r.Role(f"a{place}", self.chance.choice(TITLES), "a0", False, (span,), "apposition", 0.9))
            start += len(printed) + 2
        text = ", ".join(agent.name for agent in agents)
        article = r.Article(f"n{number}", text, source_name="invented.jsonl", published="2025-01-01", given_id=True)
        return r.Extraction(article, MODELS, tuple(agents), tuple(mentions), tuple(roles))

    def articles(self, agents: int) -> Iterator[r.Extraction]:
        number = 0
        while agents > 0:
            made = self.article(number)
            number += 1
            agents -= len(made.agents)
            yield made


def seconds[T](work: Callable[[], T]) -> tuple[float, T]:
    """CPU seconds of this process that the work took, and what it gave."""
    start = time.process_time()
    given = work()
    return time.process_time() - start, given


def measure(agents: int, folder: Path) -> dict[str, float]:
    """Seconds of each step."""
    newsroom = Newsroom(agents)
    found: dict[str, float] = {}
    for name in (f"store-{agents}", f"peak-{agents}"):
        with open_store(folder / name, write=True, create=True) as store:
            made = Newsroom(agents).articles(agents)
            store.inner.bulk_extend(quad for extraction in made for quad in to_quads(extraction, base=store.base))
    found["peak of memory, MB"] = peak(folder / f"peak-{agents}")
    with open_store(folder / f"store-{agents}", write=True) as store:
        found["facts of all articles read"], facts = seconds(lambda: tuple(read_facts(store)))
        found["worked out from the facts"], resolved = seconds(lambda: resolve(facts, base=store.base))
        found["suggestions"], _ = seconds(lambda: suggestions(resolved, facts))
        found["all of it, into the graph"], report = seconds(lambda: refresh(store))
        found["after one article more"] = one_more(store, newsroom)
        found["nothing changed"], _ = seconds(lambda: refresh(store))
        print(f"{report.agents:,} agents of {len(store.articles()):,} articles are {report.entities:,} entities")
    return found


def peak(store: Path) -> float:
    """Megabytes that a process needs which opens a store and brings both graphs up to date."""
    told = subprocess.run([sys.executable, __file__, "--refresh", str(store)], check=True, capture_output=True, text=True)
    return float(told.stdout)


def refresh_alone(path: str) -> None:
    """Bring a store up to date, and print the peak of this process's memory in megabytes (Linux)."""
    with open_store(path, write=True) as store:
        refresh(store)
    [line] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
    print(int(line.split()[1]) / 1024)


def one_more(store: Store, newsroom: Newsroom) -> float:
    """Seconds of a refresh after one more article."""
    store.add(newsroom.article(10**9))
    return seconds(lambda: refresh(store))[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--agents", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--refresh", metavar="STORE", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.refresh:
        refresh_alone(given.refresh)
        return
    sizes = sorted(given.agents)
    with tempfile.TemporaryDirectory() as folder:
        found = {size: measure(size, Path(folder)) for size in sizes}
    print(f"\n{'CPU seconds (memory: MB)':32}" + "".join(f"{size:>12,}" for size in sizes) + f"{'ratio':>8}")
    for step in found[sizes[0]]:
        row = [found[size][step] for size in sizes]
        ratio = (row[-1] / sizes[-1]) / (row[0] / sizes[0]) if row[0] else 0
        print(f"{step:32}" + "".join(f"{one:12.2f}" for one in row) + f"{ratio:8.2f}")


if __name__ == "__main__":
    main()
