"""Builds that are killed, interrupted or run out of disk, for real: what was acknowledged is whole, and the next run ends where an undisturbed one does.

One process loads everything once and forks a build each time it is asked to, so that a kill costs a second. People and bodies are invented.
"""

import json
import os
import random
import select
import signal
import subprocess
import sys
import textwrap
import time
from collections import defaultdict

import pyoxigraph as ox
import pytest

from kg.graph.store import open_store

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="forks and POSIX signals")]

KILLS = 20
ARTICLES = 12
_NURSERY = """
    import json, os, resource, signal, sys
    import kg.graph.decisions, kg.graph.identity, kg.graph.search, kg.graph.store, kg.graph.topics.broader, kg.read
    from kg.extract import load_extractor
    from kg.graph.validate.shapes import our_shapes
    from kg.pipeline import Stored, build
    from kg.settings import Settings
    load_extractor(Settings(attribution="rules"))
    our_shapes()
    def tell(*words):
        os.write(1, (" ".join(map(str, words)) + chr(10)).encode())
    def run(job):
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if job.get("most"):
            resource.setrlimit(resource.RLIMIT_FSIZE, (job["most"], job["most"]))
        def acknowledged(event):
            if isinstance(event, Stored):
                tell("stored", event.article.id, event.article.version, event.result)
        settings = Settings(store=job["store"], attribution="rules", jobs=job.get("jobs", 1))
        try:
            report = build([job["corpus"]], settings=settings, on_event=acknowledged, snapshot_seconds=job.get("seconds", 20.0))
            tell("report", "interrupted" if report.interrupted else "done", report.skipped)
        except Exception as error:
            tell("failed", type(error).__name__)
    if __name__ == "__main__":
        for line in sys.stdin:
            child = os.fork()
            if not child:
                job = json.loads(line)
                job["store"] = __import__("pathlib").Path(job["store"])
                run(job)
                os._exit(0)
            tell("pid", child)
            tell("gone", os.waitpid(child, 0)[1])
"""


class Nursery:
    """Runs builds, one at a time."""

    def __init__(self, folder):
        script = folder / "nursery.py"
        script.write_text(textwrap.dedent(_NURSERY), encoding="utf-8")
        self.process = subprocess.Popen([sys.executable, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        self.rest = b""

    def start(self, store, corpus, **job):
        self.process.stdin.write((json.dumps({"store": str(store), "corpus": str(corpus), **job}) + "\n").encode())
        [word, number] = self.line()
        assert word == "pid"
        return int(number)

    def line(self, *, until=None):
        """The next line's words; None if the time `until` comes first."""
        while b"\n" not in self.rest:
            left = None if until is None else max(0.0, until - time.monotonic())
            if not select.select([self.process.stdout], [], [], left)[0]:
                return None
            piece = os.read(self.process.stdout.fileno(), 65536)
            assert piece, "the nursery has ended"
            self.rest += piece
        line, self.rest = self.rest.split(b"\n", 1)
        return line.decode().split()

    def to_the_end(self):
        """All lines of a build, without the last."""
        lines = []
        while (words := self.line())[0] != "gone":
            lines.append(words)
        return lines


@pytest.fixture(scope="module")
def nursery(tmp_path_factory):
    one = Nursery(tmp_path_factory.mktemp("nursery"))
    yield one
    one.process.stdin.close()
    assert one.process.wait() == 0
    one.process.stdout.close()


def text(number, weather):
    return f"It will {weather} {number} times by 2030, said Ada Brandt{number % 7}, a chemist at Northlight Institute.\nBo Ek agreed."


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """Short articles, one of which is there in two versions."""
    records = [{"id": f"n{number}", "text": text(number, "rain")} for number in range(ARTICLES)]
    records.insert(8, {"id": "n3", "text": text(3, "snow")})
    path = tmp_path_factory.mktemp("corpus") / "corpus.jsonl"
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def undisturbed(nursery, corpus, tmp_path_factory):
    """The sorted N-Quads of a build that nobody disturbed, and how long it took."""
    for name in ("first", "second"):  # the nursery is ready when the first is done
        folder = tmp_path_factory.mktemp(name) / "store"
        began = time.monotonic()
        nursery.start(folder, corpus)
        assert nursery.to_the_end()[-1] == ["report", "done", "0"]
    return sorted_quads(folder), time.monotonic() - began


def sorted_quads(folder):
    with open_store(folder) as store:
        assert store.live
        return sorted(map(str, store.quads()))


def whole_articles(folder, expected):
    """The version of each article in a store by its id; all of them are whole and there once."""
    wanted = defaultdict(set)
    for line in expected:
        wanted[line.rpartition("<")[2].rstrip("> .")].add(line)
    with open_store(folder) as store:
        found = {}
        for info in store.articles():
            assert info.id not in found
            found[info.id] = info.version
            own = {str(quad) for quad in store.quads(info.iri)}
            if info.id != "n3":
                assert own == wanted[info.iri], f"{info.id} is not whole"
            else:  # in one of its two versions
                assert len(own) == len(wanted[info.iri])
        runs = store.inner.quads_for_pattern(None, ox.NamedNode("http://www.w3.org/ns/prov#wasGeneratedBy"), None, None)
        assert len(list(runs)) == len(found)
        return found


def test_a_build_killed_at_twenty_moments_ends_as_an_undisturbed_one(nursery, corpus, undisturbed, tmp_path):
    expected, seconds = undisturbed
    chance = random.Random(20)
    kills, stores = 0, 0
    while kills < KILLS:
        stores += 1
        folder, acknowledged, ended = tmp_path / f"store{stores}", {}, False
        while not ended:
            child = nursery.start(folder, corpus)
            at = time.monotonic() + chance.uniform(0.0, seconds) if kills < KILLS else None
            while (words := nursery.line(until=at)) is not None and words[0] != "gone":
                if words[0] == "stored":
                    acknowledged[words[1]] = words[2]
                ended = ended or words[0] == "report"
            if words is None:
                os.kill(child, signal.SIGKILL)
                kills += 1
                for words in nursery.to_the_end():
                    if words[0] == "stored":
                        acknowledged[words[1]] = words[2]
                    ended = ended or words[0] == "report"
            if acknowledged:
                there = whole_articles(folder, expected)
                assert acknowledged.keys() <= there.keys()
                assert all(there[one] == version for one, version in acknowledged.items() if one != "n3")
        nursery.start(folder, corpus)  # whatever moment it was, one more run brings it to the end
        nursery.to_the_end()
        assert sorted_quads(folder) == expected


def test_an_interrupt_finishes_what_is_in_hand(nursery, corpus, undisturbed, tmp_path):
    child = nursery.start(tmp_path / "s", corpus)
    assert nursery.line()[0] == "stored"
    os.kill(child, signal.SIGINT)
    lines = nursery.to_the_end()
    assert lines[-1] == ["report", "interrupted", "0"]
    there = whole_articles(tmp_path / "s", undisturbed[0])
    assert len(there) == len(lines) < ARTICLES  # all that was stored was told: the first line was read before
    nursery.start(tmp_path / "s", corpus)
    assert nursery.to_the_end()[-1] == ["report", "done", "0"]
    assert sorted_quads(tmp_path / "s") == undisturbed[0]


def test_a_disk_that_fills_up_leaves_whole_articles_and_can_be_gone_on_with(nursery, corpus, undisturbed, tmp_path):
    nursery.start(tmp_path / "s", corpus, most=120_000)
    lines = nursery.to_the_end()
    assert lines[-1] == ["failed", "WriteFailed"]
    there = whole_articles(tmp_path / "s", undisturbed[0])
    assert {words[1] for words in lines if words[0] == "stored"} <= there.keys()
    assert len(there) < ARTICLES
    nursery.start(tmp_path / "s", corpus)
    assert nursery.to_the_end()[-1] == ["report", "done", "0"]
    assert sorted_quads(tmp_path / "s") == undisturbed[0]


def test_readers_beside_a_build_see_whole_articles(nursery, corpus, undisturbed, tmp_path):
    nursery.start(tmp_path / "s", corpus, seconds=0.0)
    stored, seen = 0, 0
    while (words := nursery.line())[0] != "gone":
        if words[0] == "stored":
            stored += 1
            if stored % 4 == 0:
                there = whole_articles(tmp_path / "s", undisturbed[0])
                assert stored - 2 <= len(there)  # the snapshot is renewed right after the article is told, and n3 comes twice
                seen += 1
    assert seen == 3
    with open_store(tmp_path / "s", write=True):
        pass
    assert not (tmp_path / "s" / "snapshots").exists()  # the next writer removes what was still being read
