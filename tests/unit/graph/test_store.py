"""The store on disk: what it keeps, what it refuses, and who may have it open."""

import dataclasses
import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from kg.errors import SettingsError, StoreBusy, StoreError, StoreMissing, StoreTooNew, ValidationFailed, WriteFailed
from kg.graph.mapping import to_quads
from kg.graph.store import AddResult, Store, open_store

ONTOLOGY = "urn:kg:ontology"


def contents(store: Store) -> list[str]:
    return sorted(map(str, store.quads()))


def run(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Another process, with the test's own extraction at hand."""
    head = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\nfrom conftest import make_sample\n"
    return subprocess.run(
        [sys.executable, "-c", head + textwrap.dedent(code), *map(str, arguments)], capture_output=True, text=True, check=False, timeout=60
    )


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path / "store"


def new(folder: Path) -> Store:
    return open_store(folder, write=True, create=True)


def test_what_goes_in_comes_out(folder, sample):
    with new(folder) as store:
        assert store.add(sample) is AddResult.ADDED
    with open_store(folder) as store:
        (info,) = store.articles()
        assert (info.title, info.published, info.version) == ("Herring to recover", "2024-02-23", sample.article.version)
        assert store.article_quads(info.iri) == to_quads(sample, base="urn:kg:")
        assert store.size() == len(to_quads(sample, base="urn:kg:")) + len(list(store.quads(ONTOLOGY)))
        assert store.graphs() == (info.iri, "urn:kg:concepts", ONTOLOGY, "urn:kg:provenance")


def test_the_same_version_changes_nothing(folder, sample):
    with new(folder) as store:
        store.add(sample)
        before = contents(store)
        assert store.add(sample) is AddResult.UNCHANGED
        assert contents(store) == before


def test_another_version_replaces_the_article_whole(tmp_path, sample, changed, other):
    with new(tmp_path / "a") as store:
        store.add(sample)
        store.add(other)
        assert store.add(changed) is AddResult.REPLACED
        replaced = contents(store)
    with new(tmp_path / "b") as store:
        store.add(changed)
        store.add(other)
        assert contents(store) == replaced


def test_concepts_and_software_go_with_the_last_article_that_needs_them(tmp_path, sample, changed):
    newer = dataclasses.replace(changed, model=dataclasses.replace(changed.model, kg="9.9"))
    with new(tmp_path / "a") as store:
        store.add(sample)
        assert any("board-member" in str(quad) for quad in store.quads("urn:kg:concepts"))
        store.add(newer)
        assert not any("board-member" in str(quad) for quad in store.quads("urn:kg:concepts"))
        replaced = contents(store)
    with new(tmp_path / "b") as store:
        store.add(newer)
        assert contents(store) == replaced


def test_the_order_of_adding_makes_no_difference(tmp_path, sample, other):
    stores = []
    for name, order in (("a", (sample, other)), ("b", (other, sample))):
        with new(tmp_path / name) as store:
            for one in order:
                store.add(one)
            stores.append(contents(store))
    assert stores[0] == stores[1]


def test_no_triple_stands_in_two_graphs(folder, sample, other):
    with new(folder) as store:
        store.add(sample)
        store.add(other)
        assert len({quad.triple for quad in store.quads()}) == store.size()


def test_a_graph_that_breaks_the_shapes_is_not_stored(folder, sample):
    nameless = dataclasses.replace(sample, agents=tuple(dataclasses.replace(agent, name="") for agent in sample.agents))
    with new(folder) as store:
        with pytest.raises(ValidationFailed, match="schema:name"):
            store.add(nameless)
        assert store.articles() == ()


def test_the_ontology_is_loaded_once_and_mended(folder):
    with new(folder) as store:
        whole = contents(store)
        assert len(whole) > 400
        store.inner.remove(next(iter(store.quads(ONTOLOGY))))
        assert contents(store) != whole
    with open_store(folder, write=True) as store:
        assert contents(store) == whole


def test_no_store_there(folder):
    for write in (False, True):
        with pytest.raises(StoreMissing, match="kg build"):
            open_store(folder, write=write)
    assert not folder.exists()


def test_something_else_is_there(folder):
    folder.mkdir()
    (folder / "diary.txt").write_text("mine")
    with pytest.raises(StoreError, match="no store"):
        new(folder)
    assert [entry.name for entry in folder.iterdir()] == ["diary.txt"]
    with pytest.raises(StoreError, match="no store"):
        new(folder / "diary.txt")


def test_an_empty_folder_will_do(folder):
    folder.mkdir()
    with new(folder) as store:
        assert store.articles() == ()


def test_base_is_recorded(folder, sample):
    with open_store(folder, write=True, create=True, base="https://kg.example/") as store:
        store.add(sample)
        assert store.articles()[0].iri.startswith("https://kg.example/article/")
    with open_store(folder) as store:
        assert store.base == "https://kg.example/"
    with pytest.raises(StoreError, match=r"https://kg\.example/, not urn:kg:"):
        open_store(folder, base="urn:kg:")
    with pytest.raises(SettingsError, match="#"):
        open_store(folder.with_name("n"), write=True, create=True, base="https://kg.example/#")


def test_a_newer_store_is_refused(folder):
    new(folder).close()
    (folder / "kg-store.json").write_text(json.dumps({"format": 2, "base": "urn:kg:"}))
    for write in (False, True):
        with pytest.raises(StoreTooNew, match="newer kg"):
            open_store(folder, write=write)


@pytest.mark.parametrize(
    "facts", ["", "{", "[]", '{"format": "1", "base": "urn:kg:"}', '{"format": 1}', '{"format": 1, "base": 5}', "\xff"]
)
def test_damaged_facts_are_an_error_with_the_file(folder, facts):
    new(folder).close()
    (folder / "kg-store.json").write_bytes(facts.encode("latin-1"))
    with pytest.raises(StoreError, match=r"kg-store\.json"):
        open_store(folder)


def test_damaged_quads_are_an_error(folder):
    new(folder).close()
    (folder / "oxigraph" / "CURRENT").write_text("nonsense\n")
    with pytest.raises(StoreError, match="cannot be read"):
        open_store(folder)
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(folder, write=True)


def test_reading_does_not_write(folder, sample):
    new(folder).close()
    with open_store(folder) as store, pytest.raises(StoreError, match="reading only"):
        store.add(sample)


def test_a_closed_store_says_so(folder):
    store = new(folder)
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.size()


def test_many_readers_or_one_writer_in_one_process(folder, sample):
    with new(folder) as store:
        store.add(sample)
        for write in (False, True):
            with pytest.raises(StoreBusy):
                open_store(folder, write=write)
    with open_store(folder) as one, open_store(folder) as two:
        assert one.size() == two.size()
        with pytest.raises(StoreBusy):
            open_store(folder, write=True)
    open_store(folder, write=True).close()


def test_another_process_is_kept_out(folder, sample):
    code = """
        from kg.errors import StoreBusy
        from kg.graph.store import open_store
        try:
            with open_store(sys.argv[1], write=sys.argv[2] == "write") as store:
                print(store.size())
        except StoreBusy as error:
            print("busy:", error)
    """
    with new(folder) as store:
        store.add(sample)
        size = store.size()
        for mode in ("read", "write"):
            assert run(code, folder, mode).stdout.startswith("busy:")
    with open_store(folder):
        assert run(code, folder, "read").stdout.strip() == str(size)
        assert run(code, folder, "write").stdout.startswith("busy:")


def test_a_killed_writer_leaves_whole_articles_and_no_lock(folder, sample):
    code = """
        import os, signal
        from kg.graph.store import open_store
        store = open_store(sys.argv[1], write=True, create=True)
        store.add(make_sample())
        os.kill(os.getpid(), signal.SIGKILL)
    """
    assert run(code, folder).returncode == -9
    with open_store(folder) as store:
        assert store.article_quads(store.articles()[0].iri) == to_quads(sample, base="urn:kg:")
    with open_store(folder, write=True) as store:
        assert store.add(sample) is AddResult.UNCHANGED


def test_a_full_disk_is_an_error_and_what_was_stored_stays(folder, sample):
    with new(folder) as store:
        store.add(sample)
        before = contents(store)
    code = """
        import dataclasses, resource
        from kg.errors import WriteFailed
        from kg.graph.store import open_store
        sample = make_sample()
        text = sample.article.text + " rain" * 200_000
        big = dataclasses.replace(sample, article=dataclasses.replace(sample.article, id="big", url=None, text=text))
        store = open_store(sys.argv[1], write=True)
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
        try:
            store.add(big, check=False)
        except WriteFailed as error:
            print("failed:", error)
        try:
            store.close()
        except WriteFailed:
            pass
    """
    done = run(code, folder)
    assert done.stdout.startswith("failed:"), done
    assert "Check space" in done.stdout
    with open_store(folder) as store:
        assert contents(store) == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
@pytest.mark.parametrize("own", [0, 400])
def test_tables_open_at_once_are_bounded_while_writing(folder, own):
    """Else RocksDB keeps as many open as the process may have files. A process that has many itself gets by without the bound."""
    code = """
        import os, resource
        from kg.graph.store import open_store
        before = resource.getrlimit(resource.RLIMIT_NOFILE)
        own = [os.open(os.devnull, os.O_RDONLY) for _ in range(int(sys.argv[2]))]
        with open_store(sys.argv[1], write=True, create=True) as store:
            store.add(make_sample())
        print(resource.getrlimit(resource.RLIMIT_NOFILE) == before, len(open_store(sys.argv[1]).articles()))
    """
    done = run(code, folder, own)
    assert done.stdout.split() == ["True", "1"], done
    *_, options = sorted((folder / "oxigraph").glob("OPTIONS-*"))
    [bound] = [int(line.split("=")[1]) for line in options.read_text().splitlines() if line.strip().startswith("max_open_files=")]
    assert (bound <= 192) == (own == 0)


def test_articles_one_by_one_are_all_articles(folder, sample, other):
    with new(folder) as store:
        assert (store.article_count(), list(store.each_article())) == (0, [])
        for one in (sample, other):
            store.add(one)
        assert store.article_count() == 2
        assert sorted(store.each_article()) == list(store.articles())


def test_a_store_that_cannot_be_made(tmp_path):
    code = """
        import resource
        from kg.errors import WriteFailed
        from kg.graph.store import open_store
        resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))
        try:
            open_store(sys.argv[1], write=True, create=True)
        except WriteFailed as error:
            print("failed:", error)
    """
    done = run(code, tmp_path / "store")
    assert done.stdout.startswith("failed:"), done
    new(tmp_path / "store").close()
    with pytest.raises(WriteFailed):
        new(Path("/proc/none/store"))
