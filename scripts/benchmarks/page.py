"""How long the page takes to be usable, and how large it is, by the number of agents and topics drawn.

    python scripts/benchmarks/page.py [AGENTS ...]        (default: 300 1000 5000 20000)

The graph is made by a seeded generator: a third organisations, a twentieth topics, the rest people with a post and some statements of about
three hundred characters of context each. Usable means: opened from a file, all of it drawn, and two frames later. Wall-clock seconds of
headless Chromium; on a busy machine they are too long.
"""

import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

import networkx as nx
from playwright.sync_api import Browser, sync_playwright

from kg.show.page import render_page

_TEXT = "the wall will hold and cost more than anybody at the coast has said since the second spring of the long survey ended"
_WORDS = _TEXT.split()
_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"


def invented(agents: int) -> "nx.MultiDiGraph[str]":
    """A graph with that many agents and topics; the same each time."""
    dice = random.Random(3)  # noqa: S311  no secrets here
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    houses, topics = agents // 3, max(1, agents // 20)
    for kind, count in (("organisation", houses), ("topic", topics), ("person", agents - houses - topics)):
        for number in range(count):
            name = f"{kind.capitalize()} {_WORDS[number % len(_WORDS)].capitalize()} {number}"
            graph.add_node(f"urn:kg:{kind}/{number:016x}", kind=kind, name=name, label=name, aliases=[], articles=[])
    for number in range(agents - houses - topics):
        person, house = f"urn:kg:person/{number:016x}", int(houses * dice.random() ** 2)
        title = dice.choice(["analyst", "director", "professor of economics", "spokesperson"])
        graph.add_edge(
            person, f"urn:kg:organisation/{house:016x}", key="role", kind="role", title=title, former=False, evidence=f"{title} at"
        )
        for said in range(int(dice.expovariate(0.7))):
            claim, article = f"urn:kg:article/{number // 5:016x}#claim-{number}-{said}", number // 5
            words, more = (" ".join(dice.choices(_WORDS, k=length)) for length in (20, 35))
            graph.add_node(
                claim,
                kind="claim",
                text=words,
                segments=[["Old Moreau", "source"], [" ", ""], ["said", "cue"], [" that ", ""], [words, "content"], [f". {more}.", ""]],
                quotation_type=dice.choice(["direct", "indirect"]),
                claim_kind=dice.choice(["fact", "prediction", "evaluation"]),
                confidence=dice.random(),
                rule="tagger",
                article=f"urn:kg:article/{article:016x}",
                article_title=f"Article {article}",
                article_publisher=f"Outlet {article % 9}",
                article_date=f"{2018 + article % 8}-{1 + article % 12:02}-{1 + article % 28:02}",
            )
            graph.add_edge(person, claim, key="said", kind="said")
            topic = (house * 7 + int(abs(dice.gauss(0, 1.2)))) % topics
            graph.add_edge(claim, f"urn:kg:topic/{topic:016x}", key="about", kind="about")
    return graph


def usable(browser: Browser, uri: str) -> tuple[float, int]:
    """Seconds until the page at `uri` is drawn, and how many nodes it then draws."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    start = time.perf_counter()
    page.goto(uri)
    page.wait_for_selector("html[data-ready]")
    page.wait_for_function("() => kg.labels().length > 0")
    page.evaluate(_FRAMES)
    seconds = time.perf_counter() - start
    drawn = int(page.evaluate("kg.map.view().visible.size"))
    page.close()
    return seconds, drawn


def main() -> int:
    """Print a line a size."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if executable is None:
        print("page: no Chromium on the PATH", file=sys.stderr)
        return 1
    print("agents  nodes  write s  MB    bytes a node over 1 MB  first view s (drawn)  all s (drawn)")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        usable(browser, _written(Path(folder), 10)[0])  # the first page pays for the browser's start
        for agents in [int(word) for word in sys.argv[1:]] or [300, 1_000, 5_000, 20_000]:
            uri, nodes, seconds, size = _written(Path(folder), agents)
            first, whole = min(usable(browser, uri) for _ in range(3)), min(usable(browser, f"{uri}#&everyone") for _ in range(3))
            over = max(0, size - 1_000_000) / nodes
            print(
                f"{agents:6}  {nodes:5}  {seconds:7.1f}  {size / 1e6:4.1f}  {over:22.0f}  {first[0]:7.2f} ({first[1]})  {whole[0]:7.2f} ({whole[1]})"
            )
        browser.close()
    return 0


def _written(folder: Path, agents: int) -> tuple[str, int, float, int]:
    graph = invented(agents)
    start = time.process_time()
    path = folder / f"{agents}.html"
    path.write_text(render_page(graph, title=f"{agents} agents"), encoding="utf-8")
    return path.as_uri(), graph.number_of_nodes(), time.process_time() - start, path.stat().st_size


if __name__ == "__main__":
    raise SystemExit(main())
