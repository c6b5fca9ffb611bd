"""The frozen records that walk through the house: `Article` into `Extraction`.

Every offset is a half-open Unicode code-point offset into the exact `Article.text`, so `article.text[span.start:span.end]` gives the words.
Collections are tuples, sorted by offset where they have one; two records are equal if all their fields are.
"""

import hashlib
import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from kg.spans import Region, RegionKind, Span

__all__ = [
    "Agent",
    "AgentKind",
    "Agreement",
    "AgreementBasis",
    "AgreementRelation",
    "Article",
    "Aspect",
    "Attribution",
    "AttributionKind",
    "Certainty",
    "ClaimKind",
    "CorrectedAspect",
    "CueStance",
    "Extraction",
    "Judgement",
    "Mention",
    "MentionForm",
    "ModelVersions",
    "Overruled",
    "PartOf",
    "Polarity",
    "Problem",
    "Quantity",
    "Region",
    "RegionKind",
    "Role",
    "Said",
    "Span",
    "SpeechMode",
    "Tense",
    "TopicConcept",
    "TopicLabel",
]


# --------------------------------------------------------------------------- what comes in


@dataclass(frozen=True, slots=True)
class Article:
    """A news article as read.

    Attributes:
        id: the input's own id, else the url, else the text's sha256.
        text: the text exactly as decoded; all offsets are into it.
        source_name: file name or feed it came from, without the path; None if unknown.
        title, url, publisher: as given by the input.
        published: ISO 8601 date or date-time, as given; None if unknown.
        authors: names as printed, in order.
        regions: sorted by offset, not overlapping.
        given_id: whether `id` is the input's own.

    Raises:
        ValueError: if the text is empty or a region leaves the text.
    """

    id: str
    text: str
    source_name: str | None = None
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()
    regions: tuple[Region, ...] = ()
    given_id: bool = False

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("an article without text")
        for region in self.regions:
            if region.span.end > len(self.text):
                raise ValueError(f"region {region} leaves the text of {len(self.text)} characters")
        if list(self.regions) != sorted(self.regions):
            raise ValueError("regions are not sorted")

    @property
    def sha256(self) -> str:
        """Hex digest of the UTF-8 text."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()

    @property
    def key(self) -> str:
        """What makes two inputs the same article: url, else source name and the input's own id, else the text's sha256."""
        if self.url:
            return f"url:{self.url}"
        if self.given_id:
            return f"id:{self.source_name or ''}:{self.id}"
        return f"sha256:{self.sha256}"

    @property
    def version(self) -> str:
        """Hex sha256 of text and metadata: the same key with another version replaces the article."""
        parts = (self.sha256, self.title, self.url, self.publisher, self.published, *self.authors)
        return hashlib.sha256("\x1f".join(part or "" for part in parts).encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class Problem:
    """A source, or a record in one, that could not be used; the run went on without it.

    Attributes:
        where: file, or file and line.
        what: one line for a person: what is wrong and what to do.
        skipped: False if the article was read all the same (a warning).
    """

    where: str
    what: str
    skipped: bool = True


# --------------------------------------------------------------------------- who is in it


class AgentKind(StrEnum):
    """What speaks or is spoken of."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    WORK = "work"
    GROUP = "group"
    UNNAMED = "unnamed"


class MentionForm(StrEnum):
    """How a mention refers."""

    NAME = "name"
    PRONOUN = "pronoun"
    DESCRIPTION = "description"


@dataclass(frozen=True, slots=True)
class Agent:
    """Who or what one article speaks of: its own "Wang", whoever that is in the world.

    Attributes:
        id: `a1`, `a2`, ... in the order of the first mention; local to the extraction.
        name: the most complete name in the article, or the description ("a spokesperson").
        aliases: the other names in the article, sorted.
        identifier: who it is in the user's own list of names; None without one.
    """

    id: str
    kind: AgentKind
    name: str
    aliases: tuple[str, ...] = ()
    identifier: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that refer to an agent."""

    span: Span
    form: MentionForm
    agent: str
    rule: str
    confidence: float

    def __post_init__(self) -> None:
        _check_confidence(self.confidence)


@dataclass(frozen=True, slots=True)
class Role:
    """A role as printed in this article: "researcher at the Beijing Academy of Social Sciences".

    Attributes:
        agent: id of the person.
        title: the words of the post, singular; None if the article names only the organisation.
        organisation: id of the organisation; None if none is named.
        former: printed as former, ex-, then, retired or the like.
        evidence: the words it rests on, sorted.
    """

    agent: str
    title: str | None
    organisation: str | None
    former: bool
    evidence: tuple[Span, ...]
    rule: str
    confidence: float

    def __post_init__(self) -> None:
        _check_confidence(self.confidence)
        if not self.evidence:
            raise ValueError("a role without evidence")
        if self.title is None and self.organisation is None:
            raise ValueError("a role without title and organisation")


@dataclass(frozen=True, slots=True)
class PartOf:
    """One organisation is part of another: "Center at University's School"."""

    organisation: str
    within: str
    evidence: tuple[Span, ...]
    rule: str
    confidence: float

    def __post_init__(self) -> None:
        _check_confidence(self.confidence)


# --------------------------------------------------------------------------- what is said


class AttributionKind(StrEnum):
    """How the words are given."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class SpeechMode(StrEnum):
    """What the attribution is: words, a belief, or a stand taken towards something."""

    SPEECH = "speech"
    THOUGHT = "thought"
    ATTITUDE = "attitude"


class Said(StrEnum):
    """Whether the attribution itself takes place ("did not say", "would say")."""

    ASSERTED = "asserted"
    NEGATED = "negated"
    HYPOTHETICAL = "hypothetical"


class Polarity(StrEnum):
    """Whether the claim's main clause is negated."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class ClaimKind(StrEnum):
    """What a claim puts forward."""

    FACT = "fact"
    PREDICTION = "prediction"
    EVALUATION = "evaluation"
    RECOMMENDATION = "recommendation"


class CueStance(StrEnum):
    """How the journalist's cue presents the words."""

    NEUTRAL = "neutral"
    ASSERTIVE = "assertive"
    SUPPORTIVE = "supportive"
    DISTANCING = "distancing"


class Certainty(StrEnum):
    """How sure the claim's own words make it."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    DOUBTFUL = "doubtful"


class Tense(StrEnum):
    """When, seen from the speaker, the claim's main clause holds."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"


class Aspect(StrEnum):
    """A field of an attribution that somebody or something decided."""

    CLAIM_KIND = "claim_kind"
    MODALITY = "modality"
    CERTAINTY = "certainty"
    POLARITY = "polarity"
    TENSE = "tense"
    CUE_STANCE = "cue_stance"
    SAID_ON = "said_on"
    VALID = "valid"
    READABLE = "readable"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True, order=True)
class Judgement:
    """How one field of an attribution was decided: by which rule or model, and how likely it is right."""

    aspect: Aspect
    rule: str
    confidence: float

    def __post_init__(self) -> None:
        _check_confidence(self.confidence)


@dataclass(frozen=True, slots=True)
class TopicConcept:
    """A concept of the user's vocabulary: its IRI there, labels (`also` alternative, `hidden` never shown), IRIs of wider ones."""

    iri: str
    label: str
    also: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicLabel:
    """A topic of a claim.

    Attributes:
        label: the normalised noun phrase, or the preferred label of a vocabulary.
        evidence: the words it rests on.
        broader: labels of wider topics that are evident from this one.
        also: other labels, which it has wherever it is found.
        concept: its IRI in the user's vocabulary; None for a topic made from the words.
    """

    label: str
    evidence: tuple[Span, ...]
    rule: str = "classified-noun"
    confidence: float = 1.0
    broader: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    concept: str | None = None

    def __post_init__(self) -> None:
        _check_confidence(self.confidence)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure: exact (value = low = high), approximate (value alone), bounded (low or high alone) or a range (low and high).

    Attributes:
        unit: singular noun or ISO 4217 code; unit_code: UCUM or ISO 4217, where one exists.
        measure: what is measured, verbatim; period: when, verbatim.
        when: the period resolved against the article's date, ISO 8601: a year, a month, a day, or an interval of days ("2023-10-01/2023-12-31").
        change: the size of a change over time ("rose 3 percent").
    """

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str | None
    unit_code: str | None
    measure: str | None
    period: str | None
    change: bool
    evidence: tuple[Span, ...]
    rule: str
    confidence: float
    when: str | None = None

    def __post_init__(self) -> None:
        _check_confidence(self.confidence)
        if self.value is None and self.low is None and self.high is None:
            raise ValueError("a quantity without a number")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody says, thinks or takes a stand on something.

    Attributes:
        id: `c1`, `c2`, ... in the order of the first content offset; local to the extraction.
        source: the whole source phrase with its apposition; may be empty.
        cue: the words that attribute; may be empty (a quotation that runs on).
        content: the words of the statement, quotation marks included; may be in pieces; never empty.
        speaker: id of the agent; None where no one can be named with confidence.
        lemma: the cue's lemma; None without a cue.
        modality: the modal that governs the claim, as a lemma; certainty: how sure the words make it.
        said_on: when it was said, ISO 8601: a day, a month, a year or an interval; None if the article does not tell.
        valid: the time the claim is about, as `said_on`.
        readable: the claim in a form that stands alone, where resolution is sure; never a substitute for the content.
        judgements: how the fields from `polarity` on were decided, sorted; one for each that is set.
    """

    id: str
    kind: AttributionKind
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    speaker: str | None
    lemma: str | None
    mode: SpeechMode
    rule: str
    confidence: float
    said: Said = Said.ASSERTED
    polarity: Polarity | None = None
    modality: str | None = None
    claim_kind: ClaimKind | None = None
    cue_stance: CueStance | None = None
    said_on: str | None = None
    topics: tuple[TopicLabel, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    certainty: Certainty | None = None
    tense: Tense | None = None
    valid: str | None = None
    readable: str | None = None
    judgements: tuple[Judgement, ...] = ()

    def __post_init__(self) -> None:
        _check_confidence(self.confidence)
        if not self.content:
            raise ValueError(f"attribution {self.id} without content")
        for spans in (self.source, self.cue, self.content):
            if any(a.end > b.start for a, b in itertools.pairwise(spans)):
                raise ValueError(f"attribution {self.id}: pieces {spans} overlap or are not sorted")


class AgreementRelation(StrEnum):
    """Agreement or its contrary."""

    AGREES = "agrees"
    DISAGREES = "disagrees"


class AgreementBasis(StrEnum):
    """Whether the article states it or the software inferred it."""

    STATED = "stated"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True)
class Agreement:
    """One statement agrees or disagrees with others ("Pan's views were echoed by Dai, who said ...").

    Attributes:
        source: id of the attribution that takes the stand.
        targets: ids of the attributions it is about, in text order; never empty.
    """

    source: str
    targets: tuple[str, ...]
    relation: AgreementRelation
    basis: AgreementBasis
    evidence: tuple[Span, ...]
    rule: str
    confidence: float

    def __post_init__(self) -> None:
        _check_confidence(self.confidence)
        if not self.targets:
            raise ValueError("an agreement with nothing")


@dataclass(frozen=True, slots=True)
class ModelVersions:
    """What made an extraction: names with versions. `gazetteer` is that of the user's list of names, which changes with what the list holds."""

    pipeline: str
    attribution: str
    kg: str
    gazetteer: str = ""


class CorrectedAspect(StrEnum):
    """What a person may overrule of what was found in an article."""

    EXISTENCE = "existence"
    SPEAKER = "speaker"
    CONTENT = "content"
    QUOTATION = "quotation"
    MODE = "mode"
    CLAIM_KIND = "claim_kind"
    AGENT_KIND = "kind"
    HOLDER = "holder"
    TITLE = "title"
    ORGANISATION = "organisation"
    FORMER = "former"


@dataclass(frozen=True, slots=True)
class Overruled:
    """What a person decided against the software about one thing in an article.

    Attributes:
        target: id of the attribution or agent, or `r` and the place of the role among the roles; None for what is not there any more.
        aspect: what of it; existence where it was taken out, or put in.
        decision: id of the decision, as the decision files count.
        former: what the software found: a word (a kind, a title, `true`), "" for nothing; former_agent: id of the agent it found;
            former_spans: the words it found.
        why: the reason given.
    """

    target: str | None
    aspect: CorrectedAspect
    decision: str
    former: str = ""
    former_agent: str | None = None
    former_spans: tuple[Span, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one article. The only value that crosses from text to graph.

    Attributes:
        overruled: what people corrected in it; as_extracted: what the software found before, in the extraction format, where there is any.

    Raises:
        ValueError: if an id is unknown or used twice, an agent has no mention, or a span leaves the text.
    """

    article: Article
    model: ModelVersions
    agents: tuple[Agent, ...] = ()
    mentions: tuple[Mention, ...] = ()
    roles: tuple[Role, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    part_of: tuple[PartOf, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    quantities: tuple[Quantity, ...] = field(default=())
    overruled: tuple[Overruled, ...] = ()
    as_extracted: str = ""

    def __post_init__(self) -> None:
        agents = _unique("agent", (agent.id for agent in self.agents))
        attributions = _unique("attribution", (attribution.id for attribution in self.attributions))
        mentioned = {mention.agent for mention in self.mentions}
        _known("agent", mentioned, agents)
        _known("agent", (role.agent for role in self.roles), agents)
        _known("agent", (role.organisation for role in self.roles if role.organisation), agents)
        _known("agent", (a.speaker for a in self.attributions if a.speaker), agents)
        _known("agent", (end for part in self.part_of for end in (part.organisation, part.within)), agents)
        _known("attribution", (end for a in self.agreements for end in (a.source, *a.targets)), attributions)
        if agents - mentioned:
            raise ValueError(f"agents without a mention: {sorted(agents - mentioned)}")
        last = max((span.end for span in self.spans()), default=0)
        if last > len(self.article.text):
            raise ValueError(f"a span ends at {last}, the text at {len(self.article.text)}")

    def spans(self) -> Iterable[Span]:
        """Every span any record of the extraction rests on, in no order that means anything."""
        yield from (mention.span for mention in self.mentions)
        for role in self.roles:
            yield from role.evidence
        for attribution in self.attributions:
            yield from (*attribution.source, *attribution.cue, *attribution.content)
            yield from (span for topic in attribution.topics for span in topic.evidence)
            yield from (span for quantity in attribution.quantities for span in quantity.evidence)
        yield from (span for part in self.part_of for span in part.evidence)
        yield from (span for agreement in self.agreements for span in agreement.evidence)
        yield from (span for quantity in self.quantities for span in quantity.evidence)
        yield from (span for one in self.overruled for span in one.former_spans)


def _check_confidence(value: float) -> None:
    if not 0.0 <= value <= 1.0:
        raise ValueError(f"confidence {value} is not between 0 and 1")


def _unique(what: str, ids: Iterable[str]) -> frozenset[str]:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise ValueError(f"{what} {one!r} stands twice")
        seen.add(one)
    return frozenset(seen)


def _known(what: str, ids: Iterable[str], known: frozenset[str]) -> None:
    unknown = sorted(set(ids) - known)
    if unknown:
        raise ValueError(f"unknown {what} {', '.join(unknown)}")
