"""Web pages: the article's words as they stand, what the page says of them, and pages that hold none. All invented."""

import pytest

from kg.errors import NothingToRead, NotText, TooLong
from kg.read import read_articles
from kg.read.html import article_from_page
from kg.records import Article, RegionKind
from kg.settings import Settings

HEAD = """<meta charset="utf-8"><title>Rain to last | The Tide</title><link rel="canonical" href="https://tide.example/rain">
<meta name="author" content="Per Nilsen"><meta property="article:author" content="PER NILSEN"><meta property="article:published_time" content="2024-02-23T10:00:00Z">
<meta property="og:site_name" content="The Tide">"""
BODY = """<nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>Rain to last</h1>
<p>The rain will last until May, said Ann Lee, a researcher at the Northlight Institute.</p>
<p>&ldquo;Farmers should sow later,&rdquo; she <b>added</b>. <a href="/harvest">Harvests</a> may fall by 3&nbsp;percent \N{FISH}.</p></article>
<script>track()</script><footer>Copyright The Tide</footer>"""


def page(head=HEAD, body=BODY, encoding="utf-8"):
    return f"<!doctype html><html lang='en'><head>{head}</head><body>{body}</body></html>".encode(encoding, errors="xmlcharrefreplace")


def read(data, max_chars=10_000):
    return article_from_page(data, where="rain.html", source_name="rain.html", max_chars=max_chars)


def test_words_as_they_stand_and_what_the_page_says_of_them():
    article, warnings = read(page())
    assert article.text.splitlines()[1:] == [
        "The rain will last until May, said Ann Lee, a researcher at the Northlight Institute.",
        "“Farmers should sow later,” she added. Harvests may fall by 3 percent \N{FISH}.",
    ]
    assert (article.title, article.url, article.published, article.publisher) == (
        "Rain to last",
        "https://tide.example/rain",
        "2024-02-23",
        "The Tide",
    )
    assert article.authors == ("Per Nilsen",)
    assert [region.kind for region in article.regions] == [RegionKind.HEADLINE]
    assert article.key == "url:https://tide.example/rain"
    assert warnings == ()


@pytest.mark.parametrize(
    ("declared", "encoding"), [("windows-1252", "cp1252"), ("iso-8859-1", "cp1252"), ("utf-8", "utf-8"), ("klingon", "utf-8")]
)
def test_the_encoding_a_page_names(declared, encoding):
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}"><title>Café</title>'
    body = "<article><p>The café's quota is “too high” and will fall, said Ann Lee, a researcher at the institute.</p></article>"
    article, _ = read(page(head, body, encoding))
    assert article.text == "The café's quota is “too high” and will fall, said Ann Lee, a researcher at the institute."


def test_a_page_that_names_the_wrong_encoding_is_read_as_any_text():
    body = "<article><p>The café is closed until further notice, said Ann Lee, a researcher at the institute.</p></article>"
    article, warnings = read(page('<meta charset="utf-8">', body, "cp1252"))
    assert article.text.startswith("The café is closed")
    assert "Windows-1252" in warnings[0]


def test_a_date_that_is_none_is_left_out():
    article, _ = read(page('<meta property="article:published_time" content="yesterday">'))
    assert article.published is None


@pytest.mark.parametrize(
    ("data", "error"),
    [(b"<html><body><script>go()</script></body></html>", NothingToRead), (b"%PDF-1.7 x", NotText), (b"\x00\x01<html>", NotText)],
)
def test_pages_without_an_article(data, error):
    with pytest.raises(error, match=r"^rain\.html: "):
        read(data)


def test_a_page_that_is_too_long():
    with pytest.raises(TooLong):
        read(page(), max_chars=20)


def test_deep_nesting_is_survived(tmp_path):
    (tmp_path / "deep.html").write_bytes(b"<div>" * 20_000 + b"x" + b"</div>" * 20_000)
    (tmp_path / "rain.HTM").write_bytes(page())
    found = list(read_articles([tmp_path], settings=Settings()))
    assert [one.title for one in found if isinstance(one, Article)] == ["Rain to last"]
    assert len(found) == 2
