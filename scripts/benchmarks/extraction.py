"""Words a second of extraction against the bare spaCy pipeline, and what the rest of a build adds: CPU seconds, one thread, one process."""

import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from kg.records import Article


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of this process that the work took."""
    start = time.process_time()
    work()
    return time.process_time() - start


def extraction_speed(texts: Sequence[str], rounds: int) -> dict[str, tuple[float, float]]:
    """Words a CPU second, and the share of bare spaCy's speed, of the bare pipeline and of both engines; medians of paired rounds."""
    from kg.extract import extract_article
    from kg.extract.attribution import load_engine
    from kg.extract.parse import load_pipeline
    from kg.interchange import to_json

    words = sum(len(text.split()) for text in texts)
    nlp = load_pipeline()
    engines = {name: load_engine(name) for name in ("rules", "model")}

    def extracted(name: str) -> None:
        for number, text in enumerate(texts):
            to_json(extract_article(nlp, Article(str(number), text), engine=engines[name]))

    works: dict[str, Callable[[], object]] = {
        "bare spaCy": lambda: list(nlp.pipe(texts)),
        "rules": lambda: extracted("rules"),
        "model": lambda: extracted("model"),
    }
    for work in works.values():  # caches and lazy imports, not counted
        work()
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            times[name].append(seconds(work))
    return {
        name: (
            words / statistics.median(times[name]),
            statistics.median(bare / own for bare, own in zip(times["bare spaCy"], times[name], strict=True)),
        )
        for name in works
    }


def growth(texts: Sequence[str]) -> dict[str, float]:
    """How many times as long an article of 1,000,000 characters takes as one of 250,000."""
    from kg.extract import extract_article
    from kg.extract.attribution import load_engine
    from kg.extract.parse import load_pipeline

    nlp = load_pipeline()
    found = {}
    for name in ("rules", "model"):
        engine = load_engine(name)
        quarter, whole = (
            seconds(lambda size=size, engine=engine: extract_article(nlp, Article("a", _long(texts, size)), engine=engine))
            for size in (250_000, 1_000_000)
        )
        found[name] = whole / quarter
    return found


def build_shares(texts: Sequence[str], rounds: int) -> dict[str, float]:
    """CPU seconds of each step of a build with the model as a share of those of its extraction; medians over rounds."""
    from kg.extract import load_extractor
    from kg.graph import iris
    from kg.graph.identity import refresh
    from kg.graph.mapping import to_quads
    from kg.graph.search import open_index
    from kg.graph.store import open_store
    from kg.graph.validate import check_graph
    from kg.settings import Settings

    extract = load_extractor(Settings())
    articles = [Article(f"a{number}", text, source_name="bench.jsonl", given_id=True) for number, text in enumerate(texts)]
    found: dict[str, list[float]] = {}
    for turn in range(rounds + 1):  # the first warms up
        with tempfile.TemporaryDirectory() as folder, open_store(Path(folder), write=True, create=True) as store:
            extractions, graphs = [], []
            steps: dict[str, Callable[[], object]] = {
                "extraction": lambda: extractions.extend(map(extract, articles)),
                "mapping": lambda: graphs.extend(frozenset(to_quads(one, base=store.base)) for one in extractions),
                "validation": lambda: [check_graph(quads, where="bench") for quads in graphs],
                "commit": lambda: [
                    store.put_article(iris.article_iri(store.base, one), one.version, quads)
                    for one, quads in zip(articles, graphs, strict=True)
                ],
                "identity": lambda: refresh(store),
                "search index": lambda: open_index(store).__enter__(),
            }
            spent = {name: seconds(work) for name, work in steps.items()}
        if turn:
            for name, time_spent in spent.items():
                found.setdefault(name, []).append(time_spent / spent["extraction"])
    return {name: statistics.median(shares) for name, shares in found.items()}


def _long(texts: Sequence[str], size: int) -> str:
    whole = "\n".join(texts)
    return (whole * (size // len(whole) + 1))[:size]
