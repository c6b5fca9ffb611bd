"""Whatever comes in, reading gives articles and problems, and every offset is into the exact text."""

import io
import itertools
import json

from hypothesis import given
from hypothesis import strategies as st

from kg.cli.terminal import plain
from kg.read import find_regions, read_articles
from kg.records import Article, Problem

LINES = st.sampled_from(
    [
        "By Jane Roe",
        "ROME (AP) — Rain.",
        "Share this",
        "Read more >>",
        "Rain fell.",
        "“Rain,” he said.",
        "  ",
        "",
        "\u00a0***",
        "# Rain",
        "👩‍👧",
        "© 2024 A",
    ]
)
TEXTS = st.one_of(
    st.text(), st.lists(LINES, max_size=30).map("\r\n".join), st.lists(st.one_of(LINES, st.text()), max_size=30).map("\n".join)
)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text()),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=5,
)
KEYS = st.sampled_from(["id", "text", "title", "url", "published", "publisher", "authors", "gold"])


@given(TEXTS, st.one_of(st.none(), st.text(), LINES))
def test_regions_lie_in_the_text_sorted_and_apart(text, title):
    regions = find_regions(text, title=title)
    assert all(region.span.end <= len(text) for region in regions)
    assert all(region.span.of(text) == region.span.of(text).strip() for region in regions)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(regions))


@given(st.one_of(st.binary(), TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass"))))
def test_any_bytes_on_standard_input_are_articles_or_problems(data):
    for found in read_articles(["-"], stdin=io.BytesIO(data)):
        assert isinstance(found, Article | Problem)
        if isinstance(found, Article):
            found.text.encode("utf-8")
        else:
            assert "\n" not in plain(found.what)


@given(TEXTS)
def test_a_text_that_is_read_is_unchanged(text):
    data = text.encode("utf-8", "surrogatepass")
    [found] = read_articles(["-"], stdin=io.BytesIO(data))
    if isinstance(found, Article) and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        assert found.text == text


@given(st.lists(st.dictionaries(KEYS, st.one_of(VALUES, st.sampled_from(["https://example.org/", "2024-02-23", "Rain."]))), max_size=5))
def test_any_records_are_articles_or_problems(records):
    data = "".join(json.dumps(record) + "\n" for record in records).encode()
    found = list(read_articles(["-"], stdin=io.BytesIO(data)))
    articles = [one for one in found if isinstance(one, Article)]
    assert len(articles) + sum(one.skipped for one in found if isinstance(one, Problem)) == max(len(records), 1)
    for article in articles:
        json.dumps([article.id, article.title, article.url, article.publisher, article.authors], ensure_ascii=False).encode("utf-8")
