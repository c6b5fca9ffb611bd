"""The cue lexicon: which words attribute, and what they take."""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.lexicon.load import load_table
from kg.records import CueStance, SpeechMode

__all__ = ["Cue", "Frame", "cue_table", "verb_readings"]

if TYPE_CHECKING:
    from spacy.tokens import Token

type Frame = str
FRAMES = frozenset({"clause", "quote", "inf", "gerund", "as", "of", "object", "objcomp", "addressee", "topic"})


@dataclass(frozen=True, slots=True)
class Cue:
    """One reading of a cue word.

    Attributes:
        pos: verb, noun, adj or adv.
        frames: what it takes as content: `clause` (that ...), `quote`, `inf` (to ...), `gerund`, `as` (dismissed it as ...), `of` (accused
            her of ...), `topic` (spoke about the war), `object` (backed the plan), `objcomp` (called it a mistake); `addressee` says that its object is who is told.
    """

    lemma: str
    pos: str
    mode: SpeechMode
    stance: CueStance
    frames: frozenset[Frame]


@cache
def cue_table() -> dict[tuple[str, str], tuple[Cue, ...]]:
    """(lemma, pos) to its readings, speech before thought before attitude.

    >>> [cue.mode.value for cue in cue_table()["criticise", "verb"]]
    ['speech', 'attitude']
    """
    table: dict[tuple[str, str], list[Cue]] = {}
    for row in load_table("cues"):
        frames = frozenset(row["frames"].split(","))
        if frames - FRAMES:
            raise ValueError(f"cues.tsv: {row['lemma']}: unknown frame {sorted(frames - FRAMES)}")
        cue = Cue(row["lemma"], row["pos"], SpeechMode(row["mode"]), CueStance(row["stance"]), frames)
        table.setdefault((cue.lemma, cue.pos), []).append(cue)
    order = list(SpeechMode)
    return {key: tuple(sorted(cues, key=lambda cue: order.index(cue.mode))) for key, cues in table.items()}


def verb_readings(token: "Token") -> tuple[Cue, ...]:
    """The readings of a verb; none if it is no cue.

    Lemmas come from rules that lose a final e now and then ("hopes" to "hop"), so the form with an e is tried as well.
    """
    table, lemma = cue_table(), token.lemma_.lower()
    if token.lower_ in {f"{lemma}es", f"{lemma}ed", f"{lemma}ing"} and (f"{lemma}e", "verb") in table:
        return table[f"{lemma}e", "verb"]
    return table.get((lemma, "verb"), ())
