"""The terms of the Expert Opinion Ontology. Made by scripts/make_vocab.py from ontology/expert-opinion.ttl: edit that."""

from rdflib.namespace import DefinedNamespace, Namespace
from rdflib.term import URIRef

__all__ = ["EO"]


class EO(DefinedNamespace):
    """The namespace `eo:`, closed: a term that the ontology does not coin raises AttributeError."""

    _fail = True
    _NS = Namespace("https://w3id.org/expert-opinion#")

    # Classes
    Attitude: URIRef  # An attribution of a stand towards something: a relation to its content, neither words nor a belief. It makes no claim.
    Attribution: URIRef  # A place in an article where the journalist attributes words, a thought or a stand to somebody. Who is attributed is given by prov:wasAttributedTo: the journalist's assertion, not the software's. It always has one of the subclasses.
    Belief: URIRef  # An attribution of a thought, an expectation or a hope.
    Correction: URIRef  # A person overruled what the software found in an article: of which thing (eo:corrects) which property (eo:overrules; rdf:type where it was taken out or put in), and what the software had found (eo:formerValue). The corrected value stands in the article's graph; rdfs:comment gives the reason. It stands in the graph `provenance`.
    Decision: URIRef  # Anything found by software or decided by a person that could be wrong, and therefore carries its rule, its confidence and the words it rests on.
    ExtractedGraph: URIRef  # All that one run of the software asserts about one article: the contents of the named graph that bears the article's IRI, less what the publisher printed about the article itself.
    IdentityDecision: URIRef  # Why several articles' agents are taken to be one entity (eo:concerns): the weakest rule that joined them, or a person. It stands in the graph `identity`.
    Judgement: URIRef  # A way in which a field of a claim or an attribution is decided: the field (eo:aspect), the rule or model and how often it is right. One node serves all that are decided in that way, in the graph `concepts`.
    ReportedAgent: URIRef  # Who speaks or is spoken of, as far as one article tells. It is not the person in the world: that is what it denotes.
    Span: URIRef  # A stretch of an article's text, half-open, in Unicode code points: oa:start is the first character, oa:end the one after the last, from 0. Its IRI is the article's with an RFC 5147 fragment. Spans are not typed in the data: every range of eo:evidence and every subject of oa:start is one.
    StanceLink: URIRef  # The software infers, without the article saying so, that one statement agrees or disagrees with another. It never stands as a direct triple between the attributions.
    StatedStance: URIRef  # An article says itself that one statement agrees or disagrees with others. cito:hasCitingEntity takes the stand, cito:hasCitedEntity is what it is about, cito:hasCitationCharacterization is cito:agreesWith or cito:disagreesWith; the same stands as a direct triple between the attributions.
    Utterance: URIRef  # An attribution of spoken or written words. Only direct and mixed ones are schema:Quotation as well, since only they give the words themselves.

    # Properties
    agentKind: URIRef  # Whether the agent is a person, an organisation, a place, a work, a group or unnamed.
    asExtracted: URIRef  # All that the software found in an article that people corrected, in the extraction format without the article itself, so that corrections can be taken back without reading the article again.
    aspect: URIRef  # The property whose value a judgement decides.
    certainty: URIRef  # How sure the claim's own words make it. A claim without it is put as certain.
    claimKind: URIRef  # What the claim puts forward.
    concerns: URIRef  # The entity that an identity decision is about.
    confidence: URIRef  # How likely the decision is right, from 0 to 1.
    contentSpan: URIRef  # Words of the statement itself, quotation marks included. A statement in several pieces has several.
    correctedBy: URIRef  # A correction that a person made in what the software found in an article.
    corrects: URIRef  # What a correction is about: an attribution, a role or an agent; the article, where something was taken out.
    cueLemma: URIRef  # The dictionary form of the words that attribute.
    cueSpan: URIRef  # The words that attribute. Absent in a quotation that runs on.
    cueStance: URIRef  # How the journalist's cue presents the words.
    denotes: URIRef  # The entity in the world that an article's agent is taken to be. It stands in the graph `identity` alone, so that merging and splitting changes no article.
    evidence: URIRef  # A span that a decision rests on.
    former: URIRef  # Whether the role is printed as one no longer held.
    formerValue: URIRef  # What the software had found in the place of what a person decided: a node of the article, a concept, or words. Absent where it had found nothing.
    judgedBy: URIRef  # How one field of the claim or the attribution was decided.
    measure: URIRef  # What is measured, verbatim.
    mentionForm: URIRef  # Whether the words are a name, a pronoun or a description.
    modality: URIRef  # The modal that governs the claim: must, should, will, can or might. A claim without it has none.
    overrules: URIRef  # The property whose value a person decided: prov:wasAttributedTo, eo:contentSpan, schema:roleName and so on; rdf:type where a thing was taken out or put in.
    period: URIRef  # The time a figure is for, verbatim; schema:temporalCoverage holds it resolved against the article's date.
    polarity: URIRef  # Whether the main clause of the claim is negated.
    quantity: URIRef  # A figure that stands in the claim, in the content of an attitude or elsewhere in the article.
    quantityKind: URIRef  # Whether the figure is a level or the size of a change.
    quotationType: URIRef  # Whether the words are given directly, indirectly or both.
    readable: URIRef  # The claim in a form that stands alone, made by the software where it is sure whom each word means. Never a substitute for schema:text.
    refersTo: URIRef  # The words of this span refer to that agent.
    regionKind: URIRef  # What a marked stretch of the text is, other than running text.
    rule: URIRef  # Name of the rule or model that made a decision.
    said: URIRef  # Whether the attribution itself takes place.
    sourceSpan: URIRef  # The phrase that names the source, with its apposition. Absent in a quotation that runs on.
    tense: URIRef  # When, seen from the speaker, the main clause of the claim holds.

    # Concept schemes
    AgentKinds: URIRef  # What speaks or is spoken of. skos:notation is the word the extraction format uses.
    Certainties: URIRef  # How sure a claim's words make it. skos:notation is the word the extraction format uses.
    ClaimKinds: URIRef  # What a claim puts forward. skos:notation is the word the extraction format uses.
    CueStances: URIRef  # How a cue presents the words. skos:notation is the word the extraction format uses.
    MentionForms: URIRef  # How a mention refers. skos:notation is the word the extraction format uses.
    Polarities: URIRef  # Whether a claim's main clause is negated. skos:notation is the word the extraction format uses.
    QuantityKinds: URIRef  # What a figure measures. skos:notation is the word the extraction format uses.
    QuotationTypes: URIRef  # How words are given. skos:notation is the word the extraction format uses.
    RegionKinds: URIRef  # What a stretch of the text is, other than running text. skos:notation is the word the extraction format uses.
    RoleTitles: URIRef  # The posts that roles name, one concept a normalised title. Members are made from articles and stand in the graph `concepts`.
    SaidStatuses: URIRef  # Whether an attribution takes place. skos:notation is the word the extraction format uses.
    Tenses: URIRef  # When a claim's main clause holds. skos:notation is the word the extraction format uses.
    Topics: URIRef  # What claims are about. Members are made from articles and stand in the graph `concepts`.

    # Concepts
    Asserted: URIRef  # The article says that it took place.
    AssertiveCue: URIRef  # As put forward with force.
    Boilerplate: URIRef  # Text of the site, not of the article.
    Byline: URIRef  # Who wrote the article.
    Caption: URIRef  # Words under a picture.
    Certain: URIRef  # Put as sure.
    Change: URIRef  # How much it changed.
    Dateline: URIRef  # Where and when it was written.
    Description: URIRef  # By a description.
    Direct: URIRef  # In quotation marks throughout.
    DistancingCue: URIRef  # As doubtful.
    Doubtful: URIRef  # Put as unlikely.
    Evaluation: URIRef  # A judgement.
    Fact: URIRef  # Something that is or was the case.
    FutureTense: URIRef  # After it is said.
    Group: URIRef  # Several that are not named one by one.
    Headline: URIRef  # A headline inside the text.
    Hypothetical: URIRef  # The article says that it might or would.
    Indirect: URIRef  # Reported in the journalist's words.
    Level: URIRef  # How much there is.
    Mixed: URIRef  # Reported, with some words in quotation marks.
    Name: URIRef  # By name or a part of it.
    Negated: URIRef  # The article says that it did not.
    NegativePolarity: URIRef  # Negated.
    NeutralCue: URIRef  # Without a view on them.
    Organisation: URIRef  # A named organisation.
    PastTense: URIRef  # Before it is said.
    Person: URIRef  # A named person.
    Place: URIRef  # A country, region or city that speaks.
    PositivePolarity: URIRef  # Not negated.
    Possible: URIRef  # Put as possible.
    Prediction: URIRef  # Something that will be the case.
    PresentTense: URIRef  # While it is said, or always.
    Probable: URIRef  # Put as likely.
    Pronoun: URIRef  # By a pronoun.
    Recommendation: URIRef  # Something that ought to be done.
    SupportiveCue: URIRef  # As true.
    Unnamed: URIRef  # One that is described and never named.
    Work: URIRef  # A document, poll or report as a source.
