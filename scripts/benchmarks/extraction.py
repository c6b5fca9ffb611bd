"""Words a second of extraction against the bare spaCy pipeline, and what the rest of a build adds: CPU seconds, one thread, one process."""

import itertools
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from kg.records import Article, Extraction


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
    from kg.settings import Settings

    extract = load_extractor(Settings())
    articles = [Article(f"a{number}", text, source_name="bench.jsonl", given_id=True) for number, text in enumerate(texts)]
    spent = [_steps(extract, articles) for _ in range(rounds + 1)][1:]  # the first warms up
    return {name: statistics.median(one[name] / one["extraction"] for one in spent) for name in spent[0]}


def _steps(extract: Callable[[Article], Extraction], articles: Sequence[Article]) -> dict[str, float]:
    """CPU seconds of each step, all articles taken together."""
    from kg.graph import iris
    from kg.graph.identity import refresh
    from kg.graph.mapping import quad_set
    from kg.graph.search import open_index
    from kg.graph.store import open_store
    from kg.graph.validate import check_graph

    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder), write=True, create=True) as store:
        marks = [time.process_time()]
        found = [extract(one) for one in articles]
        marks.append(time.process_time())
        graphs = [quad_set(one, base=store.base) for one in found]
        marks.append(time.process_time())
        for quads in graphs:
            check_graph(quads, where="bench")
        marks.append(time.process_time())
        for one, quads in zip(articles, graphs, strict=True):
            store.put_article(iris.article_iri(store.base, one), one.version, quads)
        marks.append(time.process_time())
        refresh(store)
        marks.append(time.process_time())
        with open_index(store):
            marks.append(time.process_time())
    names = ("extraction", "mapping", "validation", "commit", "identity", "search index")
    return {name: end - start for name, (start, end) in zip(names, itertools.pairwise(marks), strict=True)}


def _long(texts: Sequence[str], size: int) -> str:
    whole = "\n".join(texts)
    return (whole * (size // len(whole) + 1))[:size]
