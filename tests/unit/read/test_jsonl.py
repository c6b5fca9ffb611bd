"""A JSON Lines record, field by field."""

import pytest

from kg.errors import BadRecord, TooLong
from kg.read.jsonl import article_from_record, parse_record

TEXT = "Rain is likely, said Ann Lee."


def read(record, *, max_chars=1000):
    return article_from_record(record, where="a.jsonl, line 1", source_name="a.jsonl", max_chars=max_chars)


def test_every_field():
    article, warnings = read(
        {
            "id": "n1",
            "text": TEXT,
            "title": " Rain ",
            "url": "https://example.org/rain",
            "published": "2024-02-23",
            "publisher": "Example Daily",
            "authors": ["Jo Roe", "jo roe", " ", "Al Doe"],
            "gold": {"attributions": []},
            "source": {"doc": "x"},
        }
    )
    assert warnings == ()
    assert (article.id, article.given_id, article.text, article.source_name) == ("n1", True, TEXT, "a.jsonl")
    assert (article.title, article.url, article.published) == ("Rain", "https://example.org/rain", "2024-02-23")
    assert (article.publisher, article.authors) == ("Example Daily", ("Jo Roe", "Al Doe"))


@pytest.mark.parametrize(
    "record, expected, given",
    [
        ({"id": "n1", "url": "https://example.org/"}, "n1", True),  # its own id first
        ({"url": "https://example.org/"}, "https://example.org/", False),  # else the address
        ({"id": "", "url": "https://example.org/"}, "https://example.org/", False),  # an empty id is none
        ({"id": 7}, "7", True),  # numbers are common
        ({}, "sha256", False),  # else the text's hash
    ],
)
def test_id(record, expected, given):
    article, warnings = read({"text": TEXT} | record)
    assert (article.id, article.given_id, warnings) == (article.sha256 if expected == "sha256" else expected, given, ())


@pytest.mark.parametrize(
    "value, expected",
    [
        ("2024-02-23", "2024-02-23"),  # a day
        ("2024-02-23T10:00:00Z", "2024-02-23T10:00:00Z"),  # a moment, as given
        ("2024-02-23T10:00:00.5+08:00", "2024-02-23T10:00:00.5+08:00"),
        ("2024-02-23 10:00", "2024-02-23T10:00:00"),  # ISO, but XML Schema wants a T and seconds
        ("", None),  # nothing given
        (None, None),
    ],
)
def test_published(value, expected):
    article, warnings = read({"text": TEXT, "published": value})
    assert (article.published, warnings) == (expected, ())


@pytest.mark.parametrize(
    "value", ["23 Feb 2024", "2024-02-30", "20240223", "2024", "2024-02-23T99:00", 20240223, ["2024-02-23"], "2024-02-23x"]
)
def test_a_date_that_is_none_is_left_out_with_a_warning(value):
    article, warnings = read({"text": TEXT, "published": value})
    assert article.published is None
    assert len(warnings) == 1
    assert warnings[0].startswith(f"published {value!r} is no")


@pytest.mark.parametrize(
    "value, expected",
    [
        ("http://example.org:8080/a?b=1#c", "http://example.org:8080/a?b=1#c"),
        ("https://example.org/a b|c[1]", "https://example.org/a%20b%7Cc%5B1%5D"),  # no IRI may hold these
        ("https://example.org/100%", "https://example.org/100%25"),  # a percent sign that starts no escape
        ("https://example.org/a%20b", "https://example.org/a%20b"),  # one that does
        ("https://example.org/中国", "https://example.org/中国"),  # an IRI holds more than ASCII
        ("https://[::1]/a", "https://[::1]/a"),
    ],
)
def test_url(value, expected):
    article, warnings = read({"text": TEXT, "url": value})
    assert (article.url, warnings) == (expected, ())


@pytest.mark.parametrize(
    "value",
    [
        "javascript:alert(1)",  # would run on a page
        "ftp://example.org/a",
        "file:///etc/passwd",
        "//example.org/a",  # no scheme
        "https://",  # no host
        "https://[::1/a",  # no address at all
        "https://user:secret@example.org/",  # a password is nobody's source
        "https://example.org/\na",
        'https://exa"mple.org/',
        7,
    ],
)
def test_an_address_that_is_none_is_left_out_with_a_warning(value):
    article, warnings = read({"text": TEXT, "url": value})
    assert article.url is None
    assert len(warnings) == 1


@pytest.mark.parametrize(
    "field, value", [("title", 7), ("publisher", ["x"]), ("authors", {"name": "Jo"}), ("authors", ["Jo", 3]), ("id", True)]
)
def test_a_field_of_another_type_is_left_out_with_a_warning(field, value):
    article, warnings = read({"text": TEXT, field: value})
    assert not getattr(article, "given_id" if field == "id" else field)
    assert len(warnings) == 1


def test_one_author_as_a_string():
    assert read({"text": TEXT, "authors": "Jo Roe"})[0].authors == ("Jo Roe",)


@pytest.mark.parametrize(
    "record, fault",
    [
        ({}, "no text"),
        ({"text": None}, "no text"),
        ({"text": 7}, "text is a JSON int"),
        ({"text": " \n\u00a0\ufeff"}, "no words in the text"),
        ({"text": "half a pair \ud800"}, "text holds half a surrogate pair"),  # would break every UTF-8 file written later
        ({"text": "a NUL \x00"}, "a NUL"),
        ({"text": TEXT, "title": "\udfff"}, "title holds half"),
        ({"text": TEXT, "id": "\ud800"}, "id holds half"),
        ({"text": TEXT, "authors": ["\ud800"]}, "authors holds half"),
        ({"text": TEXT, "url": "https://example.org/\ud800"}, "url holds half"),
    ],
)
def test_a_record_that_is_no_article(record, fault):
    with pytest.raises(BadRecord, match=fault) as caught:
        read(record)
    assert str(caught.value).startswith("a.jsonl, line 1: ")
    str(caught.value).encode()


def test_a_text_over_the_limit():
    with pytest.raises(TooLong, match=r"29 characters, over the limit of 28\. Give --max-chars 29 or split it\."):
        read({"text": TEXT}, max_chars=28)
    assert read({"text": TEXT}, max_chars=29)[0].text == TEXT


@pytest.mark.parametrize(
    "line, fault",
    [
        ("{", "no JSON"),
        ("[1]", "a JSON list, not an object"),
        ('"text"', "a JSON str, not an object"),
        ("[" * 100_000, "nested too deep"),
        ('{"n": ' + "1" * 5000 + "}", "no JSON"),  # more digits than Python turns into a number
    ],
)
def test_a_line_that_is_no_record(line, fault):
    with pytest.raises(BadRecord, match=fault):
        parse_record(line, where="a.jsonl, line 1")
