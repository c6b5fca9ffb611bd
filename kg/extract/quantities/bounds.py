"""Words that make a number less than exact: "more than", "up to", "about", "or so", before it or behind."""

import re
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Bound", "Hedge", "hedge_before", "hedge_behind"]


class Bound(StrEnum):
    """What a number is under its hedge."""

    LOW = "low"
    HIGH = "high"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Hedge:
    """What the words make of the number, and the code point at which they start (before it) or end (behind it)."""

    bound: Bound
    at: int


_NOT = r"(?:no|not|n[’']t|never|nor)"
_HIGH = (
    rf"(?:{_NOT}\s+(?:to\s+|be\s+|last\s+)?(?:more|greater|higher|longer|larger|later)\s+than"
    rf"|{_NOT}\s+(?:to\s+)?(?:exceed(?:ing)?|surpass|top|go\s+(?:above|over|beyond)|rise\s+above)"
    r"|up\s+to|as\s+(?:many|much|high|long|tall|large|far|great|late)\s+as|at\s+(?:the\s+)?most|less\s+than|fewer\s+than|lower\s+than|smaller\s+than|under|below"
    r"|(?:a\s+)?maximum(?:\s+of)?|capped\s+at|(?:a\s+)?(?:cap|ceiling|limit)\s+of|no\s+later\s+than|not\s+even)"
)
_LOW = (
    rf"(?:{_NOT}\s+(?:(?:fall|drop|go|dip|be|sink|get)\s+)?(?:below|under)|{_NOT}\s+(?:less|fewer|lower|smaller)\s+than|more\s+than|greater\s+than|higher\s+than|larger\s+than|longer\s+than|better\s+than|in\s+excess\s+of"
    r"|at\s+(?:the\s+very\s+)?least|over|above|beyond|north\s+of|upwards?\s+of|exceed(?:s|ed|ing)?|topp(?:ed|ing)|tops|surpass(?:es|ed|ing)?|outstripp(?:ed|ing)"
    r"|(?:will|would|could|may|might|to|not|can|should|did|easily|’ll|'ll)\s+top|(?:a\s+)?minimum(?:\s+of)?|as\s+(?:few|little|low|thin|small|early)\s+as"
    r"|down\s+to|starting\s+at)"
)
_ABOUT = (
    r"(?:about|roughly|around|nearly|almost|some|approximately|close(?:r)?\s+to|approaching|near(?:ing)?|circa|something\s+like|(?:just\s+)?shy\s+of|virtually"
    r"|in\s+the\s+(?:neighbou?rhood|region|order|vicinity|range)\s+of|on\s+the\s+order\s+of|~|≈|more\s+or\s+less|practically)"
)
_BEFORE = re.compile(
    rf"(?:(?P<high>{_HIGH})|(?P<low>{_LOW})|(?P<about>{_ABOUT}))(?:\s+(?:an?\s+)?(?:total\s+of\s+|whopping\s+|staggering\s+|estimated\s+)?|(?<=[~≈]))$",
    re.IGNORECASE,
)
# "went up to 12", "came down to 5": where it ends, no bound.
_MOVED = re.compile(
    r"\b(?:go(?:es|ne|ing)?|went|edg\w+|shot|shoot\w*|mov\w+|inch\w+|cre(?:pt|ep\w*)|jump\w+|climb\w+|tick\w+|bump\w+|push\w+|ris\w+|rose|com(?:e|es|ing)|came|fall\w*|fell"
    r"|drop\w*|bring\w*|brought|cut\w*|pared?|whittl\w+|walk\w*|shows?|is|was|are|were|got|gets?|slow\w+|narrow\w+|boil\w+|back)\s+$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"(?P<low>-plus\b|\s?\+(?!\d)|\splus\b(?!\s+(?:or|\d))|,?\sor\s(?:more|higher|greater|above|over|better|longer|larger|older)\b|,?\sand\s(?:up(?!\s+to)|above|over|counting|more|older)\b"
    r"|,?\sat\s(?:the\svery\s)?least\b|\sminimum\b(?![\s-][a-z])|\supwards?\b)"
    r"|(?P<high>,?\sor\s(?:less|fewer|lower|below|under|younger|shorter|smaller)\b|,?\sat\s(?:the\s)?most\b|,?\s(?:tops|max|maximum)\b(?!\s[a-z]))"
    r"|(?P<about>,?\sor\sso\b|-odd\b|-ish\b|,?\sor\sthereabouts\b|,?\sgive\sor\stake\b|,?\smore\sor\sless\b)",
    re.IGNORECASE,
)


def hedge_before(text: str, start: int) -> Hedge | None:
    """The hedge that ends right before the number (or its currency mark) at `start`.

    >>> hedge_before("worth no more than 12", 19), hedge_before("it went up to 12", 14)
    (Hedge(bound=<Bound.HIGH: 'high'>, at=6), None)
    """
    low = max(0, start - 48)
    window = text[low:start]
    found = _BEFORE.search(window)
    if found is None or (found.start() and window[found.start() - 1].isalnum() and window[found.start()].isalnum()):
        return None
    bound = Bound(str(found.lastgroup))
    words = found[0].lower()
    if words.startswith(("up to", "down to")) and _MOVED.search(window[: found.start()]):
        return None
    at = low + found.start()
    lead = re.search(
        r"\b(?:just|only|little|slightly|well|far|much|a little|a bit|perhaps|maybe|probably|easily)\s+$",
        window[: found.start()],
        re.IGNORECASE,
    )
    return Hedge(bound, low + lead.start() if lead is not None and bound is Bound.ABOUT else at)


def hedge_behind(text: str, end: int) -> Hedge | None:
    """The hedge that starts right behind a number or its unit.

    >>> hedge_behind("12 or more of them", 2)
    Hedge(bound=<Bound.LOW: 'low'>, at=10)
    """
    found = _BEHIND.match(text, end)
    return Hedge(Bound(str(found.lastgroup)), found.end()) if found is not None else None
