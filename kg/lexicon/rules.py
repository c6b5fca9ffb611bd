"""What the names of rules mean, in plain words: of each decision that the extraction makes."""

from functools import cache
from typing import Literal

from kg.lexicon.load import load_table

__all__ = ["Stage", "explain_rule"]

type Stage = Literal[
    "attribution",
    "mention",
    "role",
    "part",
    "agreement",
    "figure",
    "topic",
    "said_on",
    "valid",
    "claim_kind",
    "modality",
    "certainty",
    "polarity",
    "tense",
    "cue_stance",
    "readable",
    "identity",
]


def explain_rule(rule: str, *, stage: Stage) -> str:
    """What a rule looks at, as a phrase without a full stop, with an example; "" for a rule that no list explains.

    Args:
        rule: the name that a decision carries.
        stage: what was decided; two stages may use one name for different rules.

    >>> explain_rule("runs-on", stage="attribution")
    'a quotation right behind a statement, without a cue of its own'
    >>> explain_rule("apposition", stage="role")
    'a post behind the name, set off from it, as in "Ada Brandt, a chemist at Northlight"'
    >>> explain_rule("no-such-rule", stage="role")
    ''
    """
    return _explanations().get((stage, rule), "")


@cache
def _explanations() -> dict[tuple[str, str], str]:
    found = {("attribution", row["rule"]): row["explanation"] for row in load_table("attribution_rules", columns=("rule", "explanation"))}
    for row in load_table("decision_rules", columns=("rule", "stage", "explanation", "example")):
        found[row["stage"], row["rule"]] = f'{row["explanation"]}, as in "{row["example"]}"'
    return found
