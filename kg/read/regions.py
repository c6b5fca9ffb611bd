"""What in an article is no running text: site furniture, headline, byline, caption, dateline. Marked, never cut."""

import re
from collections.abc import Iterator
from functools import cache

from kg.lexicon import load_table
from kg.records import Region, RegionKind, Span

__all__ = ["find_regions"]

# How many lines with words at either end count as the edge of an article.
_EDGE = 6
# A longer line is prose whatever it starts with.
_LONGEST_FURNITURE = 400

_STOPS = frozenset(".!?…:;,\"'”’»)")
_LINE = re.compile(r"[^\r\n\u2028\u2029]+")

_DASH = r"(?:--?|[–—])"
_AGENCY = r"\([A-Z][\w.&/ ]{1,30}\)"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?"
_PLACE = r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}"
_CAPITALS = r"[A-ZÀ-ÖØ-Þ]{3}[A-ZÀ-ÖØ-Þ.'’-]*(?:[ /-][A-ZÀ-ÖØ-Þ.'’]{2,}){0,3}"
_OPENING = r"(?=[\"“‘'«\dA-ZÀ-ÖØ-Þ])"
# A dateline opens the first paragraph and ends in a dash before a capital, a digit or a quotation mark.
# Matches "LONDON (Reuters) - ", "BEIJING, Aug. 3 (Xinhua) -- ", "SAN JOSE, Calif. — ", "Paris (AFP) – ".
# Not "NATO - which has 32 members - said" (small letter), "OPEC - Saudi Arabia above all - cut" (one hyphen without agency or date).
_DATELINE = re.compile(
    rf"(?:{_CAPITALS}(?:, {_PLACE})?(?:, {_DAY})? ?{_AGENCY} ?{_DASH}"
    rf"|{_CAPITALS}(?:, {_PLACE})?, {_DAY} ?{_DASH}"
    rf"|{_CAPITALS}(?:, {_PLACE})? (?:--|[–—])"
    rf"|{_PLACE}(?:, {_PLACE})?(?:, {_DAY})? \((?:AFP|ANI|ANSA|AP|Bloomberg|CNN|dpa|EFE|IANS|Kyodo|PTI|Reuters|TASS|UPI|Xinhua|Yonhap)\) ?{_DASH})"
    rf"\s*{_OPENING}"
)

_PARTICLE = r"(?:de|del|della|der|di|du|da|dos|van|von|den|bin|ibn|al|el|la|le|ten|ter|y)"
_NAME = rf"[A-ZÀ-ÖØ-Þ][\w.'’-]*(?: {_PARTICLE}){{0,2}}(?: [A-ZÀ-ÖØ-Þ][\w.'’-]*(?: {_PARTICLE}){{0,2}}){{1,3}}"
# A byline is a line of its own near the top. Matches "By Jane Roe", "BY JANE ROE AND JOHN DOE", "By Jane Roe in Rome | Example News".
# Not "By John Roe's count, the town had lost half its homes." (no line of names alone), "By Friday" (one word).
_BYLINE = re.compile(
    rf"(?:By|BY|Written by|Story by|Text by) {_NAME}(?:(?:, | and | AND | & |, and ){_NAME})*(?: in {_PLACE})?(?: ?[,|–—-] ?[\w ,'&|:./-]{{2,60}}(?<!\.))?"
)
# A caption ends in a picture credit or starts as one. Matches "A farmer in his field. [Photo/Example Agency]", "FILE PHOTO: A mast on a hill."
# Not "She sent him a photo (Jones still has it)." (no credit).
_CAPTION = re.compile(
    r"(?:FILE PHOTO|FILE|PHOTO|Photo|File photo|Image|Caption|Pictured) ?: .+"
    r"|.*[\[(](?:Photo|PHOTO|Picture|Image|Photograph|File photo|Illustration)(?: ?[/:] ?| by | courtesy (?:of )?| provided )[^\])]{2,80}[\])]\.?"
    r"|.*(?:Photo(?:graph)?|Picture|Image|Credit): [^.!?]{2,60}"
    r"|.*\b(?:REUTERS|AP Photo|Getty Images|AFP)/[A-Z][\w .'-]{2,60}"
)
# A caption is a sentence or two; a paragraph of prose may hold a credit's words by chance.
_LONGEST_CAPTION = 300


def find_regions(text: str, *, title: str | None = None) -> tuple[Region, ...]:
    r"""The regions of a text, sorted, not overlapping; each a whole line without the white space around it, a dateline the start of one.

    Args:
        text: an article's text exactly as read; the regions' spans are code-point offsets into it.
        title: the headline, if known: a first line that repeats it is marked.

    The rules are careful: a line in doubt is running text, since words marked here are not looked at for what people say.

    >>> text = "By Jane Roe\nROME (Reuters) - Rain fell.\nGo to Forum >>0 Comment(s)\n"
    >>> [(region.kind.value, region.span.of(text)) for region in find_regions(text)]
    [('byline', 'By Jane Roe'), ('dateline', 'ROME (Reuters) -'), ('boilerplate', 'Go to Forum >>0 Comment(s)')]
    """
    return tuple(_regions(text, title))


def _regions(text: str, title: str | None) -> Iterator[Region]:
    lines = [_stripped(match) for match in _LINE.finditer(text) if match[0].strip()]
    opened = False  # whether running text has begun
    for number, span in enumerate(lines):
        line = " ".join(span.of(text).split())
        near_top = number < _EDGE and not opened
        edge = near_top or number < _EDGE or number >= len(lines) - _EDGE
        kind = _kind(line, first=number == 0, near_top=near_top, edge=edge, title=title)
        if kind:
            yield Region(span, kind)
            continue
        if near_top and (dateline := _DATELINE.match(text, span.start, span.end)):
            yield Region(Span(span.start, span.start + len(dateline[0].rstrip())), RegionKind.DATELINE)
        # A line without a stop may be a headline: byline and dateline can still follow.
        opened = opened or line[-1] in _STOPS


def _stripped(match: re.Match[str]) -> Span:
    words = match[0].strip()
    start = match.start() + match[0].index(words)
    return Span(start, start + len(words))


def _kind(line: str, *, first: bool, near_top: bool, edge: bool, title: str | None) -> RegionKind | None:
    if first and _is_title(line, title):
        return RegionKind.HEADLINE
    if near_top and len(line) <= 150 and _BYLINE.fullmatch(line):
        return RegionKind.BYLINE
    if len(line) <= _LONGEST_CAPTION and _CAPTION.fullmatch(line):
        return RegionKind.CAPTION
    if len(line) <= _LONGEST_FURNITURE and any(pattern.fullmatch(line) for pattern in _furniture(edge=edge)):
        return RegionKind.BOILERPLATE
    return None


def _is_title(line: str, title: str | None) -> bool:
    if line.startswith("# ") and line[2:].strip():  # a Markdown heading of the first level
        return True
    return bool(title and title.strip()) and _plain(line) == _plain(title or "")


def _plain(line: str) -> str:
    return " ".join(line.lstrip("#").split()).rstrip(" .").casefold()


@cache
def _furniture(*, edge: bool) -> tuple[re.Pattern[str], ...]:
    """The patterns of boilerplate.tsv that count in the middle of an article, or with `edge` all of them."""
    rows = load_table("boilerplate", columns=("pattern", "place", "example", "source"))
    wrong = [row["place"] for row in rows if row["place"] not in {"any", "edge"}]
    if wrong:
        raise ValueError(f"boilerplate.tsv: place {wrong[0]!r} is neither any nor edge")
    return tuple(re.compile(row["pattern"], re.IGNORECASE) for row in rows if edge or row["place"] == "any")
