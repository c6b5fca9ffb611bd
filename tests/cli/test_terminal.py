"""What people see: nothing from an article steers their terminal."""

import io

import pytest

from kg.cli.main import cli
from kg.cli.terminal import plain, print_table, say, width


@pytest.mark.parametrize(
    "text, shown",
    [
        ("Ann Lee", "Ann Lee"),
        ("“Ça va” 中国 👩‍👧", "“Ça va” 中国 👩‍👧"),  # any script, and emoji with their joiners
        ("a\r\n\tb\n\nc", "a b c"),  # one line
        ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),  # colours
        ("\x1b]0;title\x07", "\\x1b]0;title\\x07"),  # the window's title
        ("\x9b31m", "\\x9b31m"),  # the same in one character
        ("\u202eevil\u202c", "\\u202eevil\\u202c"),  # reading order
        ("\ud800", "\\ud800"),  # half a pair
        ("a\u2028b", "a\\u2028b"),  # a line separator
        ("a\x00\x08b", "a\\x00\\x08b"),
    ],
)
def test_text_is_made_plain(text, shown):
    assert plain(text) == shown


def test_a_line_break_cannot_forge_a_line(capsys):
    say("skipped", "a\nkg: error: b")
    assert capsys.readouterr().err == "kg: skipped: a kg: error: b\n"


def test_a_table_is_wrapped_to_the_width(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    print_table(("who", "said"), [("Ann Lee", "The rain will last until May and then some more."), ("\x1b[2J", "[bold]x[/bold] :smile:")])
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= 40
    assert "\x1b" not in out
    assert "\\x1b[2J" in out
    assert "[bold]x[/bold] :smile:" in out
    assert all(line == line.rstrip() for line in out.splitlines())


@pytest.mark.parametrize("columns, expected", [("80", 80), ("", 120), ("wide", 120), ("0", 120)])
def test_the_width_when_no_terminal_is_there(monkeypatch, columns, expected):
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr("sys.stdout", io.StringIO())
    assert width() == expected


def test_a_table_in_a_narrow_encoding_shows_escapes(monkeypatch):
    raw = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(raw, encoding="latin-1", errors="backslashreplace"))
    print_table(("said",), [("“中国”",)])
    __import__("sys").stdout.flush()
    assert b"\\u201c\\u4e2d\\u56fd\\u201d" in raw.getvalue()


def test_version(runner):
    run = runner.invoke(cli, ["--version"])
    assert (run.exit_code, run.stdout.split()[0]) == (0, "kg,")
