"""What is told of a node of the graph: the records that `kg.graph.explain` gives."""

from dataclasses import dataclass

from kg.graph.passages import Passage
from kg.graph.reading import Publication
from kg.records import Span

__all__ = ["Explanation", "Fact", "Naming", "Reason", "Software"]


@dataclass(frozen=True, slots=True)
class Reason:
    """What decided: a rule or model, what it looks at ("" if no list explains it), and how likely it is right, from 0 to 1."""

    rule: str
    explanation: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Naming:
    """Words that name an agent.

    Attributes:
        agent: the agent's name.
        words: those in the text; span: where they stand.
        form: name, pronoun or description.
    """

    agent: str
    words: str
    span: Span
    form: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Fact:
    """Something told of a node: what it is called, in words, and the IRI it leads to, "" if to none."""

    label: str
    words: str
    iri: str = ""


@dataclass(frozen=True, slots=True)
class Software:
    """A piece of software that had a part in reading the article: pipeline, attribution or kg, with its name and version."""

    part: str
    version: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a node of the graph is and why it is there.

    Attributes:
        kind: statement, claim, role, part, agreement, figure, words, article, extraction, concept, term, or the kind of an agent.
        meaning: what the node says, in one sentence.
        article: the article it belongs to; None for what belongs to none.
        facts: more about it, in a fixed order.
        reason: what decided; None for what nothing decided.
        passages: the words it rests on, marked in their context.
        namings: for a statement, the words of the source phrase that name its speaker; for an agent, those kept in the graph: its first
            by name and those of its source phrases; for what joins two agents, the first of each.
        software: that read the article.
    """

    iri: str
    kind: str
    meaning: str
    article: Publication | None
    facts: tuple[Fact, ...]
    reason: Reason | None
    passages: tuple[Passage, ...]
    namings: tuple[Naming, ...]
    software: tuple[Software, ...]
