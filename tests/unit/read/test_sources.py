"""Files, directories and standard input: what comes out, in which order, and that nothing bad is raised."""

import io
import json
import os

import pytest

from kg.read import read_articles
from kg.records import Article, Problem
from kg.settings import Settings

TEXT = "Rain is likely, said Ann Lee."


def read(*sources, stdin=b"", max_chars=1000):
    return list(read_articles(sources, settings=Settings(max_chars=max_chars), stdin=io.BytesIO(stdin)))


def texts(found):
    return [one.text if isinstance(one, Article) else f"! {one.what}" for one in found]


def lines(*records):
    return "".join(json.dumps(record) + "\n" for record in records).encode()


def test_a_text_file(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(f"{TEXT}\r\nMore.\r".encode())
    [article] = read(path)
    assert article.text == f"{TEXT}\r\nMore.\r"
    assert (article.source_name, article.title, article.given_id) == ("a.txt", None, False)
    assert article.id == article.sha256


def test_markdown_is_kept_verbatim(tmp_path):
    path = tmp_path / "a.md"
    path.write_text(f"# Rain\n\n*{TEXT}*\n")
    [article] = read(path)
    assert article.text == f"# Rain\n\n*{TEXT}*\n"
    assert [region.kind.value for region in article.regions] == ["headline"]


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "A.JSONL"])
def test_json_lines(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"\xef\xbb\xbf" + lines({"id": "1", "text": TEXT}) + b"\n  \n" + b'{"id": "2", "text": "Two."}')
    found = read(path)
    assert [(article.id, article.text, article.source_name) for article in found] == [("1", TEXT, name), ("2", "Two.", name)]


def test_a_bad_record_is_named_by_line_and_the_run_goes_on(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        lines({"text": "One."}) + b"{oops\n" + lines({"id": 3}) + b'{"text": "Caf\xe9."}\n' + b"\x00\n" + lines({"text": "Six."})
    )
    found = read(path)
    assert [one.text for one in found if isinstance(one, Article)] == ["One.", "Café.", "Six."]
    problems = [one for one in found if isinstance(one, Problem)]
    assert [(one.where.removeprefix(str(path)), one.skipped) for one in problems] == [
        (", line 2", True),
        (", line 3", True),
        (", line 4", False),
        (", line 5", True),
    ]
    assert all(one.what.startswith(one.where) for one in problems)
    assert found[3] is problems[2], "a warning stands before its article"


def test_offsets_of_regions_are_into_the_exact_text(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("Ça.\r\n👩‍👧 Rain.\r\nShare this\r\n".encode())
    [article] = read(path)
    assert [region.span.of(article.text) for region in article.regions] == ["Share this"]


# --------------------------------------------------------------------------- directories


def test_a_directory_is_read_in_order_of_names(tmp_path):
    for name in ["b/2.txt", "b/1.txt", "a.txt", "c.txt", "b/deep/0.jsonl"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(json.dumps({"text": name}) if name.endswith("jsonl") else name)
    for name in [".hidden.txt", ".git/x.txt", "README.md", "notes.md", "paper.pdf", "README"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("not read")
    assert texts(read(tmp_path)) == ["a.txt", "b/1.txt", "b/2.txt", "b/deep/0.jsonl", "c.txt"]


def test_a_loop_of_links_ends(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.txt").write_text("x")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    found = read(tmp_path)
    assert texts(found)[0] == "x"
    assert "cannot be read" in texts(found)[1]
    assert len(found) == 2


def test_a_broken_link_is_a_problem(tmp_path):
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "x.txt").write_text("x")
    assert [one[:1] for one in texts(read(tmp_path))] == ["!", "x"]


def test_a_pipe_in_a_directory_is_passed_over(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "x.txt").write_text("x")
    assert texts(read(tmp_path)) == ["x"]


def test_a_directory_without_a_readable_file(tmp_path):
    (tmp_path / "README.md").write_text("x")
    remedy = "Give a directory with files ending in .txt, .jsonl, .ndjson, .html, .htm, .xhtml; name .md files themselves."
    assert texts(read(tmp_path)) == [f"! {tmp_path}: no readable file in it. {remedy}"]


def test_an_article_in_another_language_is_left_out(tmp_path):
    german = "Der Regen dauert bis Mai, und die Bauern sollten in diesem Jahr später säen, sagte Anna Lee, die an dem Institut für das Klima nach den Ursachen sucht."
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines({"text": TEXT}, {"id": "2", "text": german}))
    article, problem = read(path)
    assert article.text == TEXT
    assert problem == Problem("a.jsonl", "a.jsonl: '2' is not English (German), so it was left out.")


# --------------------------------------------------------------------------- bad sources


def test_one_bad_source_does_not_end_the_run(tmp_path):
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "blank.txt").write_text(" \n\ufeff\u00a0")
    (tmp_path / "binary.txt").write_bytes(b"\x00\x01")
    (tmp_path / "page.html").write_text("<script>x")
    (tmp_path / "empty.jsonl").write_text("\n")
    names = ["none.txt", "empty.txt", "blank.txt", "binary.txt", "page.html", "empty.jsonl", "a.txt/x", "a\x00b", "a.txt"]
    found = texts(read(*(tmp_path / name for name in names)))
    expected = [
        "no such file or directory",
        "it is empty",
        "no words in it",
        "binary data, not text",
        "no article in this page",
        "no record in it",
        "no such file or directory",
        "no usable path",
    ]
    assert found[-1] == "a"
    assert len(found) == len(expected) + 1
    for one, fault in zip(found, expected, strict=False):
        assert one.startswith("! ")
        assert fault in one


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path):
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "a.txt").chmod(0)
    assert "Permission denied" in texts(read(tmp_path / "a.txt"))[0]


def test_a_name_that_is_no_text(tmp_path):
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(path, "wb") as file:
        file.write(b"x")
    [article] = read(os.fsdecode(path))
    assert article.source_name == "caf\ufffd.txt"


def test_a_text_over_the_limit(tmp_path):
    (tmp_path / "a.txt").write_text("é" * 11)
    (tmp_path / "b.txt").write_text("é" * 10)
    (tmp_path / "c.txt").write_text("x" * 10_000)
    assert texts(read(tmp_path, max_chars=10)) == [
        f"! {tmp_path}/a.txt: 11 characters, over the limit of 10. Split it or raise --max-chars.",
        "é" * 10,
        f"! {tmp_path}/c.txt: more than 10 characters, over the limit of 10. Split it or raise --max-chars.",
    ]


def test_a_huge_file_is_not_read_whole(tmp_path):
    with open(tmp_path / "huge.txt", "wb") as file:
        file.truncate(50 * 1024**3)  # sparse: takes no room on disk
    [problem] = read(tmp_path / "huge.txt")
    assert "over the limit" in problem.what


def test_a_line_over_the_limit_is_passed_over(tmp_path):
    path = tmp_path / "a.jsonl"
    with open(path, "wb") as file:
        file.write(lines({"text": "One."}))
        file.write(b'{"text": "')
        file.seek(20 * 1024**2, 1)
        file.write(b'"}\n' + lines({"text": "Three."}))
    found = texts(read(path, max_chars=10))
    assert (found[0], found[2]) == ("One.", "Three.")
    assert found[1].startswith(f"! {path}, line 2: a line of more than")


def test_the_greatest_limit_reserves_no_memory(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "a.jsonl").write_bytes(lines({"text": "y"}))
    assert texts(read(tmp_path, "-", stdin=b"z", max_chars=10**30)) == ["y", "x", "z"]


def test_utf_16_records_are_refused(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"text": "x"}\n', encoding="utf-16")
    assert "UTF-16, which JSON Lines may not be" in texts(read(tmp_path / "a.jsonl"))[0]


# --------------------------------------------------------------------------- streams


@pytest.mark.parametrize(
    "data, expected",
    [
        (TEXT.encode(), [TEXT]),  # one text
        (b"\n\n" + TEXT.encode() + b"\n\nMore.", [f"\n\n{TEXT}\n\nMore."]),  # with blank lines, kept
        (b"\n" + lines({"text": "One."}, {"text": "Two."}), ["One.", "Two."]),  # records
        (b'{"text":\n "One."}\n', ["One."]),  # one record over several lines
        (b"{sic} is how he wrote it.\nMore.", ["{sic} is how he wrote it.\nMore."]),  # a brace makes no record
        (b"[1, 2]", ["[1, 2]"]),
        (b"", ["! standard input: it is empty"]),
        (b" \n ", ["! standard input: no words in it"]),
        (b"\x00\x00", ["! standard input: binary data, not text. Save it as UTF-8 text."]),
        (b"x" * 5000, ["! standard input: more than 1,000 characters, over the limit of 1,000. Split it or raise --max-chars."]),
        (lines({"text": "One."}) + b"oops\n", None),  # a bad record on line 2
    ],
)
def test_standard_input(data, expected):
    found = read("-", stdin=data)
    if expected is None:
        assert found[0].text == "One."
        assert found[1].where == "standard input, line 2"
    else:
        assert texts(found) == expected


def test_a_file_of_another_suffix_is_looked_at(tmp_path):
    (tmp_path / "dump").write_bytes(lines({"text": "One."}))
    (tmp_path / "notes.log").write_text("Two.")
    assert texts(read(tmp_path / "dump", tmp_path / "notes.log")) == ["One.", "Two."]


def test_articles_come_one_at_a_time(tmp_path):
    class Endless(io.RawIOBase):
        """Records without end: a reader that waits for all of them never returns."""

        def readable(self):
            return True

        def readinto(self, buffer):
            record = lines({"text": "Again."})
            buffer[: len(record)] = record
            return len(record)

    found = read_articles(["-"], stdin=io.BufferedReader(Endless()))
    assert [next(found).text for _ in range(3)] == ["Again."] * 3
