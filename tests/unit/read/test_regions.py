"""What is marked as no running text, and above all what is not."""

import itertools

import pytest

from kg.lexicon import load_table
from kg.read import find_regions

BODY = "The rain will last, said Ann Lee, a forecaster at Example Weather.\n" * 8


def marked(text, *, title=None):
    return [(region.kind.value, region.span.of(text)) for region in find_regions(text, title=title)]


@pytest.mark.parametrize("row", load_table("boilerplate"), ids=lambda row: row["example"])
def test_each_pattern_marks_its_example(row):
    assert ("boilerplate", row["example"]) in marked(f"{BODY}{row['example']}\n")
    inside = marked(f"{BODY}{row['example']}\n{BODY}")
    assert bool(inside) == (row["place"] == "any")


# Sentences of news prose that begin or end like furniture. None may ever be marked, wherever it stands.
PROSE = [
    "Share prices fell after the talks, the ministry said.",  # starts like a share button
    "Share this burden with us, she told the ministers.",
    "Read more books, the minister told the children.",
    "More than 40 people read more about the plan, he said.",
    "Related costs rose by 3 percent, said Ann Lee.",
    "Comments are welcome until May, the agency said.",
    "Comments by the minister drew criticism.",
    "Advertisement spending rose 4 percent, said Example Research.",
    "Advertising is dead, said Jo Roe.",
    "Sign up for war, the poster said.",
    "Subscribe to the view that rates will fall, and the rest follows, Lee argued.",
    "Get the vaccine now, the minister urged.",
    "Copyright law must change, said Ann Lee.",
    "Copyright 2024 was the motto of the fair, Lee said.",
    "All rights reserved to the states remain with them, the court said.",
    "Follow the money, said the prosecutor.",
    "Follow him on his journey through Europe, the film promised.",
    "Support our troops, he said.",
    "Contact the embassy, the ministry advised.",
    "Reporting by the agency showed that the dam was weak.",
    "Edited by Jo Roe, the book argues that rates will fall.",
    "Updated rules will apply from May, the agency said.",
    "Published in 2024, the study found no effect.",
    "Video shows the bridge falling, police said.",
    "Video unavailable to the court was shown on television.",
    "Image is everything, she said.",
    "Home is where the heart is, he said.",
    "News of the deal spread quickly, traders said.",
    "Print is not dead, said the publisher.",
    "Previous governments failed, Lee said.",
    "Next week will be dry, said Ann Lee.",
    "Terms of the deal were not disclosed.",
    "About us and without us, she said, nothing is decided.",
    "Our standards: we do not pay for interviews, the editor said, and we never have.",
    "Watch this space, the minister said.",
    "Trending down since May, prices may recover, said Lee.",
    "Click here and you lose everything, the expert warned.",
    "This article is wrong, the ministry said.",
    "Thank you for the rain, the farmer said.",
    "3 minutes ago he was alive, the witness said.",
    "Enter your password nowhere, the police warned.",
    "Log in to the future, the slogan said.",
    "Most popular were the parties of the left, the poll found.",
    "By John Roe's count, the town had lost half its homes.",
    "By Friday Night the rain had stopped, said Ann Lee.",
    "By Jane Roe, who lives there.",
    "She sent him a photo (Jones still has it).",
    "Credit: that is what the firms lack, said Ann Lee of Example Bank. They want more.",
    '"Go home," said the minister.',
    "“Read more,” he said.",
    "NATO — the alliance of 32 states — said it would help.",
    "OPEC - Saudi Arabia above all - cut output.",
    "He — Ann Lee said — was right.",
    "Jones (R-Texas) — the author — said so.",
]


@pytest.mark.parametrize("sentence", PROSE)
def test_prose_is_never_marked(sentence):
    alone = marked(sentence)
    first = marked(f"{sentence}\n{BODY}")
    last = marked(f"{BODY}{sentence}")
    middle = marked(f"{BODY}{sentence}\n{BODY}")
    assert [alone, first, last, middle] == [[], [], [], []]


def test_only_whole_lines_are_furniture():
    assert marked(f"{BODY}The page said Read more: and nothing else.\n") == []


@pytest.mark.parametrize(
    "start, dateline",
    [
        ("LONDON (Reuters) - The bank", "LONDON (Reuters) -"),
        ("LONDON, Aug 3 (Reuters) - The bank", "LONDON, Aug 3 (Reuters) -"),
        ("BEIJING, Aug. 3 — The bank", "BEIJING, Aug. 3 —"),
        ("BEIJING, Aug. 3 (Xinhua) -- The bank", "BEIJING, Aug. 3 (Xinhua) --"),
        ("SAN JOSE, Calif. — “The bank", "SAN JOSE, Calif. —"),
        ("NEW YORK (AP) — 40 people", "NEW YORK (AP) —"),
        ("ZÜRICH – The bank", "ZÜRICH –"),
        ("Paris (AFP) – The bank", "Paris (AFP) –"),
    ],
)
def test_datelines(start, dateline):
    text = f"{start} is safe, said Ann Lee.\n{BODY}"
    assert marked(text) == [("dateline", dateline)]
    assert marked(f"A Headline of Some Kind\nBy Jane Roe\n{text}") == [("byline", "By Jane Roe"), ("dateline", dateline)]


def test_a_dateline_opens_the_first_paragraph_only():
    assert marked(f"{BODY}LONDON (Reuters) - The bank is safe.") == []


@pytest.mark.parametrize(
    "line",
    [
        "By Jane Roe",
        "BY JANE ROE",
        "By Jane Roe and John Doe",
        "By Jane Roe, John Doe and Al B. Coe",
        "By Jane van der Roe | Example News",
        "Written by Jane Roe",
    ],
)
def test_bylines_near_the_top(line):
    assert marked(f"{line}\n{BODY}") == [("byline", line)]
    assert marked(f"{BODY}{line}\n{BODY}") == []


@pytest.mark.parametrize(
    "line",
    [
        "FILE PHOTO: A mast on a hill.",
        "A farmer in his field. [Photo/Example Agency]",
        "A farmer (Photo by Jo Roe/Example)",
        "A farmer. Credit: Jo Roe",
    ],
)
def test_captions(line):
    assert marked(f"{BODY}{line}\n{BODY}") == [("caption", line)]


def test_a_first_line_that_repeats_the_title_is_the_headline():
    assert marked(f"  Rain  puts harvest at RISK\n{BODY}", title="Rain puts harvest at risk.") == [
        ("headline", "Rain  puts harvest at RISK")
    ]
    assert marked(f"{BODY}Rain\n{BODY}", title="Rain") == []
    assert marked(f"# Rain\n{BODY}") == [("headline", "# Rain")]


def test_spans_leave_out_white_space_and_know_every_end_of_line():
    text = f"Share this \r\n\t{BODY}\rRead more >>\u2028 ***  "
    assert marked(text) == [("boilerplate", "Share this"), ("boilerplate", "Read more >>"), ("boilerplate", "***")]


def test_regions_are_sorted_and_do_not_overlap():
    regions = find_regions(f"By Jane Roe\nROME (AP) — Rain.\n{BODY}Share\nComments\n")
    assert len(regions) == 4
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(regions))
