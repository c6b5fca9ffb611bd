"""The figures as a page of Markdown."""

from collections.abc import Mapping, Sequence
from typing import Any

_HEAD = """# Benchmarks

Written by `python scripts/bench.py --out docs/benchmarks.md`: one machine. CPU seconds where nothing else is said; trust the
ratios more than the numbers, and measure on your own machine. The texts of the first three tables are real articles; the stores hold an invented
newsroom (`scripts/benchmarks/newsroom.py`) that goes through the real mapping: some 830 quads and 14 claims an article.
"""


def report(found: Mapping[str, Any]) -> str:
    """The page, with the parts that were measured."""
    parts = [_HEAD, *([f"{found['note']}\n"] if found.get("note") else [])]
    if "extraction" in found:
        parts += [_extraction(found), _shares(found)]
    if "growth" in found:
        rows = [(name, f"{times:.2f}") for name, times in found["growth"].items()]
        parts.append("## Long articles\n\n" + _table(("engine", "1,000,000 characters against 250,000, times as long"), rows))
    if "build" in found:
        parts.append(_build(found))
    if "stores" in found:
        parts += [_stores(found["stores"]), _queries(found["stores"]), _sizing(found)]
    return "\n".join(parts)


def _extraction(found: Mapping[str, Any]) -> str:
    cost = found["extraction"]
    rows = [(name, f"{speed:,.0f}", f"{share:.2f}") for name, (speed, share) in cost.value.items()]
    head = f"## Extraction\n\n{found['articles']} articles, {found['words']:,} words; medians of {found['rounds']} paired rounds. "
    return head + f"Peak memory {cost.peak:,.0f} MB.\n\n" + _table(("", "words a CPU second", "share of bare spaCy's speed"), rows)


def _shares(found: Mapping[str, Any]) -> str:
    shares = found["shares"]
    own = sum(shares[name] for name in ("mapping", "validation", "commit"))
    rows = [(name, f"{100 * share:.1f} %") for name, share in shares.items() if name != "extraction"]
    rows.append(("mapping, validation and commit together", f"{100 * own:.1f} %"))
    return "## What a build adds to extraction with the model\n\n" + _table(("step", "of the extraction's CPU time"), rows)


def _build(found: Mapping[str, Any]) -> str:
    build = found["build"]
    rows = [
        ("1 job", f"{build['one']:.2f}", f"{build['cpu one']:.3f}"),
        ("2 jobs", f"{build['two']:.2f}", f"{build['cpu two']:.3f}"),
        ("ratio, median of the pairs", f"{build['ratio']:.2f}", f"{build['cpu one'] / build['cpu two']:.2f}"),
    ]
    head = f"## Jobs\n\nArticles a second of wall-clock time after start-up; medians of {found['pairs']} paired runs. "
    return (
        head
        + f"The writing process had at most {build['peak']:,.0f} MB.\n\n"
        + _table(("", "articles a second", "CPU seconds an article, all processes"), rows)
    )


def _stores(stores: Sequence[Mapping[str, Any]]) -> str:
    heads = ("", *(f"{one['quads']:,} quads" for one in stores))

    def row(name: str, value: Any) -> tuple[str, ...]:
        return (name, *(value(one) for one in stores))

    def seconds(key: str) -> Any:
        return lambda one: f"{one[key].cpu:.1f} s CPU, {one[key].wall:.1f} s, {one[key].peak:,.0f} MB" if key in one else "not run"

    def speed(key: str) -> Any:
        return lambda one: (
            f"{one['made']['quads'] / one[key].cpu:,.0f} ({one['made']['quads'] / one[key].wall:,.0f} by the clock)"
            if key in one
            else "not run"
        )

    rows = [
        row("articles, claims", lambda one: f"{one['made']['articles']:,}, {one['made']['claims']:,}"),
        row("import without check, quads a second", speed("import")),
        row("the same: time and peak memory", seconds("import")),
        row("import with every article checked, quads a second", speed("checked import")),
        row("the same: time and peak memory", seconds("checked import")),
        row("microseconds CPU a quad, import", lambda one: f"{1e6 * one['import'].cpu / one['made']['quads']:.1f}"),
        row("a build's writing process: microseconds CPU a quad", _writer),
        row("the same: peak memory", lambda one: f"{one['writer'].peak:,.0f} MB"),
        row(
            "bytes a claim: graph, index and facts",
            lambda one: f"{one['bytes'] / one['made']['claims']:,.0f}, {one['bytes beside'] / one['made']['claims']:,.0f}",
        ),
        row("bytes a quad", lambda one: f"{one['bytes'] / one['quads']:,.0f}"),
        row("export of Turtle", seconds("export ttl")),
        row("export of sorted N-Quads", seconds("export nq")),
        row("`kg show`: agents, time", lambda one: f"{one['show'][0]}, {one['show'][1]:.3f} s CPU"),
        row("rdflib: load", seconds("rdflib load")),
    ]
    text = (
        "The writing process maps, checks and commits article by article what extraction has found, and at the end makes entities, wider topics"
        " and the search index from all articles and puts the tables in order: in this order the microseconds in brackets.\n\n"
    )
    return "## Stores\n\n" + text + _table(heads, rows)


def _writer(one: Mapping[str, Any]) -> str:
    """Of mapping, check, commit, and what is made from all articles at the end."""
    steps = ("mapped", "checked", "committed", "entities", "topics", "index", "compacted")
    each = [1e6 * one["writer"].value[step] / one["quads"] for step in steps]
    return f"{sum(each):.1f} ({' + '.join(f'{share:.1f}' for share in each)})"


def _queries(stores: Sequence[Mapping[str, Any]]) -> str:
    names = list(stores[0]["queries"])
    heads = ("query", *(f"{one['quads']:,} quads: rows, s CPU" for one in stores), "rdflib at the smallest, s CPU")
    slow = stores[0].get("rdflib queries", {})
    rows = [
        (
            name,
            *(f"{one['queries'][name][0]:,}, {one['queries'][name][1]:.2f}" for one in stores),
            ("not run" if name not in slow else "over 10" if slow[name] is None else f"{slow[name]:.1f}"),
        )
        for name in names
    ]
    text = "The store open, the query checked; the person, organisation and topic asked for are the commonest of all.\n\n"
    return "## Canned queries\n\n" + text + _table(heads, rows)


def _sizing(found: Mapping[str, Any]) -> str:
    largest = found["stores"][-1]
    articles, claims = largest["made"]["articles"], largest["made"]["claims"]
    disk = (largest["bytes"] + largest["bytes beside"]) / articles
    quads = largest["quads"] / articles
    speed = found.get("build", {}).get("one")
    rows = []
    for name, number in (("one article", 1), ("1 million articles", 10**6), ("1 billion articles", 10**9)):
        days = f"{number / speed / 86400:,.1f} days" if speed and number > 1 else "" if not speed else f"{1 / speed:.2f} s"
        rows.append((name, f"{quads * number:,.0f}", f"{claims / articles * number:,.0f}", _bytes(disk * number), days))
    text = _SIZING + "\n" + _table(("", "quads", "claims", "disk", "extraction on one core"), rows)
    return text + _ADVICE


_SIZING = """## Sizing

Straight lines drawn from the largest store measured, for articles like those above.
"""
_ADVICE = """
**One million articles** fit on one machine: a few hundred gigabytes of disk, days of extraction on two cores (a night on 32: `--jobs` needs some 0.6 GB
of memory each), and the store itself opens at once. The writing process holds one article at a time, and at a build's end the agents of one name at a
time (docs/decisions/0031): the table above shows what that came to. Keep `kg backup` copies on another disk; an import of N-Quads restores about as fast as
the disk writes.

**One billion articles** are no single store. Extraction is 1,000 times the above and runs anywhere, since articles do not depend on each other:
`kg extract` on as many machines as there are, sharded by outlet or month, each shard a store of a million articles. A question to all is asked of every shard and
merged by the asker; names must then be joined over shards by identifiers (`kg.toml`'s table of names), since entities are made within a store.
"""


def _bytes(number: float) -> str:
    for unit in ("B", "KB", "MB", "GB", "TB"):
        if number < 1000:
            return f"{number:,.0f} {unit}"
        number /= 1000
    return f"{number:,.1f} PB"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"
