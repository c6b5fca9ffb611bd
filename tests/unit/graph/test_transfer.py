"""Copies of stores, and graphs from files: the same bytes after a round trip, and nothing let in that is not ours."""

import pytest

from kg.errors import BadRecord, NothingToRead, NotText, StoreMissing, ValidationFailed, WriteFailed
from kg.graph.export import export
from kg.graph.store import backup_store, base_of, import_bulk, open_store
from kg.pipeline import import_file
from kg.settings import Settings


@pytest.fixture(scope="module")
def folder(tmp_path_factory, sample, other):
    path = tmp_path_factory.mktemp("transfer") / "store"
    with open_store(path, write=True, create=True) as store:
        store.add(sample)
        store.add(other)
    return path


def exported(folder, kind="nq"):
    with open_store(folder) as store:
        return b"".join(export(store, kind))


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize("kind", ["nq", "trig"])
def test_an_export_imported_is_the_same_store(folder, tmp_path, kind, check):
    file = tmp_path / f"all.{kind}"
    file.write_bytes(exported(folder, kind))
    settings = Settings(store=tmp_path / "new")
    assert import_file(file, settings=settings, check=check).added == 2
    first = exported(settings.store)
    assert import_file(file, settings=settings, check=check).unchanged == 2
    assert exported(settings.store) == first
    own = [line for line in exported(folder).splitlines() if not line.endswith((b"ontology> .", b"entities> .", b"identity> ."))]
    assert set(own) <= set(first.splitlines())


def test_a_graph_that_breaks_the_shapes_is_left_out_and_the_rest_comes_in(folder, tmp_path, other):
    lines = exported(folder).splitlines(keepends=True)
    broken = next(line for line in lines if b"articleBody" in line)
    file = tmp_path / "one.nq"
    file.write_bytes(b"".join(line for line in lines if line != broken))
    told = []
    report = import_file(file, settings=Settings(store=tmp_path / "new"), on_event=told.append)
    assert (report.added, report.skipped) == (1, 1)
    assert "does not keep the shapes" in told[0].what
    assert (tmp_path / "new" / "problems.jsonl").is_file()


@pytest.mark.parametrize(
    ("name", "line", "error"),
    [
        ("a.nq", b"<urn:a> <urn:b> <urn:c> <urn:d> .\n", ValidationFailed),  # a graph that is none of ours
        ("a.nq", b"<urn:a> <urn:b> <urn:c> .\n", ValidationFailed),  # the default graph
        ("a.nq", b"<urn:a> <urn:b> _:x <urn:kg:concepts> .\n", ValidationFailed),  # a node without an IRI
        ("a.nq", b"<urn:a> <urn:b> <urn:c> <https://other.example/article/0123456789abcdef> .\n", ValidationFailed),  # another base
        ("a.nq", b"no quads\n", BadRecord),
        ("a.ttl", b"", NotText),
    ],
)
def test_what_is_not_ours_is_not_let_in(folder, tmp_path, name, line, error):
    file = tmp_path / name
    file.write_bytes(exported(folder) + line)
    for check in (True, False):
        with pytest.raises(error):
            import_file(file, settings=Settings(store=tmp_path / "new"), check=check)
        if (tmp_path / "new").exists():
            with open_store(tmp_path / "new") as store:
                assert store.articles() == ()
    assert not list((tmp_path).rglob(".kg-*"))


def test_a_file_without_articles(tmp_path):
    (tmp_path / "a.nq").write_bytes(b"")
    with pytest.raises(NothingToRead):
        base_of(tmp_path / "a.nq")
    with pytest.raises(NotText):
        base_of(tmp_path / "absent.nq")


def test_a_bulk_import_that_fails_leaves_the_store_as_it_was(folder, tmp_path, sample):
    file = tmp_path / "a.nq"
    file.write_bytes(exported(folder) + b"no quads\n")
    with open_store(tmp_path / "s", write=True, create=True) as store:
        store.add(sample)
        before = set(store.quads())
        with pytest.raises(BadRecord):
            import_bulk(store, file)
        assert set(store.quads()) == before


def test_a_backup_is_a_store_of_its_own(folder, tmp_path):
    decisions = tmp_path / "decided"
    decisions.mkdir()
    (decisions / "identity.tsv").write_text("", encoding="utf-8")
    target = tmp_path / "copy"
    assert backup_store(folder, target, decisions=decisions) == 2
    assert exported(target) == exported(folder)
    assert (tmp_path / "copy-decisions" / "identity.tsv").is_file()
    inodes = {path.stat().st_ino for path in folder.rglob("*")}
    assert not inodes & {path.stat().st_ino for path in target.rglob("*")}  # nothing is shared
    with open_store(target, write=True) as store:
        store.remove(store.articles()[0].iri)
    with pytest.raises(WriteFailed, match="something already"):
        backup_store(folder, target)
    with pytest.raises(StoreMissing):
        backup_store(tmp_path / "none", tmp_path / "x")
    assert not (tmp_path / "x").exists()


def test_a_backup_beside_a_writer_holds_the_snapshot(folder, tmp_path, sample, other):
    with open_store(tmp_path / "s", write=True, create=True) as store:
        store.add(sample)
        store.snapshot()
        store.add(other)
        assert backup_store(tmp_path / "s", tmp_path / "copy") == 1
