"""What an attribution is, by its cue and what the cue takes: words said, a thought, or a stand.

The cue's word gives its readings (the lexicon), the content decides between them: "dismissed the plan as a stunt" says something,
"attacked the plan" does not.
"""

import re
from typing import TYPE_CHECKING

from kg.extract.attribution.clauses import said_of
from kg.extract.attribution.complements import infinitive
from kg.extract.attribution.cues import Cue, cue_table, verb_readings
from kg.extract.text import text_of
from kg.records import Said, SpeechMode

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as SpacySpan

    from kg.records import Span

__all__ = ["cue_head", "cue_lemma", "mode_of", "particle", "said_by"]

# "did not say", "hasn't said", "never said", "cannot brag"; not "could not resist adding", "could not help asking", which took place
_NEGATIVE = re.compile(
    r"\b(?:not|never|nobody|no one|cannot)\b(?! (?:resist|help|only|just)\b)|n['’]t\b(?! (?:resist|help|only|just)\b)", re.IGNORECASE
)
# "refused to pledge", "declined to say": the words behind were not said
_REFUSED = re.compile(r"\b(?:refus|declin|fail)\w* to (?!comment|cooperate|respond|answer)\w+", re.IGNORECASE)
_HYPOTHETICAL = re.compile(r"\b(?:would|could|might|may|will|shall|if|must|should|can)\b|['’]ll\b", re.IGNORECASE)
_POS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj", "ADV": "adv"}
_QUOTED = frozenset('"“”„«»‘`')
# the tax "a fraud", her plan “crazy”; not "the tax", which she called
_OBJECT_THEN_QUOTED = re.compile(r"[^\"“”„«»‘`]+ [\"“„«‘`]")
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})


def readings(token: "Token") -> tuple[Cue, ...]:
    """The lexicon's readings of a word, whatever part of speech the tagger gives it."""
    table, pos = cue_table(), _POS.get(token.pos_)
    if token.lemma_ == "point" and token.i + 1 < len(token.doc) and token.nbor().lower_ == "out":
        return table["note", "verb"]
    if pos == "verb":
        return verb_readings(token) or table.get((token.lower_, "adj"), ())
    return table.get((token.lemma_.lower(), pos or ""), ()) or verb_readings(token)


def cue_head(cue: "SpacySpan") -> "Token":
    """The word that carries a cue of several words: its last verb that the lexicon knows, else its last known word, else its root."""
    known = [token for token in cue if readings(token)]
    verbs = [token for token in known if token.pos_ in {"VERB", "AUX"} and token.lemma_ not in {"be", "have", "do"}]
    return (verbs or known or [cue.root])[-1]


def particle(head: "Token") -> "Token | None":
    """The particle of a phrasal verb: "out" of "ruled out", "ruled it out"."""
    return next((child for child in head.rights if child.dep_ == "prt"), None)


def cue_lemma(cue: "SpacySpan") -> str:
    """The lemma of the word that carries a cue, with its particle: "rule out"."""
    head = cue_head(cue)
    word = particle(head)
    return f"{head.lemma_} {word.text}".lower() if word is not None else head.lemma_.lower()


def mode_of(doc: "Doc", cue: "SpacySpan | None", content: "tuple[Span, ...]") -> SpeechMode:
    """Speech, thought or attitude.

    Args:
        doc: the parse.
        cue: the cue's tokens; None for a quotation that runs on, which is speech.
        content: the statement's pieces; never empty.
    """
    if cue is None or not any(token.is_alpha for token in cue):
        return SpeechMode.SPEECH
    head = cue_head(cue)
    says = _says_something(doc, content)
    quoted = text_of(doc)[content[0].start] in _QUOTED
    known = readings(head)
    if head.lower_ in {"according", "per"}:
        return SpeechMode.SPEECH
    if head.lower_ == "known" and head.i + 1 < len(doc) and head.nbor().lower_ in {"as", "for", "by"}:
        return SpeechMode.ATTITUDE  # "was known as Red": what somebody or something is called, not what anyone thinks
    for reading in known:
        if reading.mode is SpeechMode.ATTITUDE:
            if not says:
                return reading.mode
        elif says or reading.frames & {"topic", "of"} or _says_of_its_object(doc, head, reading, content):
            return reading.mode
    if quoted and says:
        return SpeechMode.SPEECH
    if known:
        return SpeechMode.ATTITUDE if "object" in known[-1].frames or not known[0].frames & {"clause"} else known[0].mode
    # A cue unknown to the lexicon: a clause of its own is reported speech, "to" with a verb an intention
    opener = doc.char_span(content[0].start, content[0].start + 1, alignment_mode="expand")
    return SpeechMode.SPEECH if says and opener is not None and opener[0].lower_ != "to" else SpeechMode.ATTITUDE


def _says_something(doc: "Doc", content: "tuple[Span, ...]") -> bool:
    """Whether the content holds a clause: a finite verb, "to" and a verb, or opens with "as", "that", "whether", ..."""
    for piece in content:
        tokens = doc.char_span(piece.start, piece.end, alignment_mode="expand")
        if tokens is None:
            continue
        first = next((token for token in tokens if not token.is_punct and not token.is_space), None)
        if first is not None and first.lower_ in {"as", "that", "whether", "if", "to", "how", "why"}:
            return True
        if any(token.tag_ == "VB" and infinitive(token) and not tokens.start <= token.head.i < tokens.end for token in tokens):
            return True  # "urged the council to wait"
        if any(_is_clause(token) for token in tokens if token.head == token or not tokens.start <= token.head.i < tokens.end):
            return True
    return False


def _is_clause(token: "Token") -> bool:
    return token.pos_ in {"VERB", "AUX"} and (token.tag_ != "VBG" or any(child.tag_ in _FINITE for child in token.children))


def _says_of_its_object(doc: "Doc", head: "Token", reading: Cue, content: "tuple[Span, ...]") -> bool:
    """Whether the content says what something is: "painted Roe as a fraud", "called Roe a fraud", "called the tax “a fraud”"."""
    words = text_of(doc)[content[0].start : content[-1].end]
    if "objcomp" in reading.frames and any(child.dep_ in {"oprd", "ccomp", "acomp"} for child in head.children):
        return True
    if "objcomp" in reading.frames and _OBJECT_THEN_QUOTED.match(words):  # the marks hide the grammar from the parser
        return True
    return "as" in reading.frames and bool(re.search(r"\bas\b", words))


def said_by(cue: "SpacySpan | None") -> Said:
    """Whether the attribution takes place, by the words of the cue and the grammar of its head."""
    if cue is None:
        return Said.ASSERTED
    head = cue_head(cue)
    if _NEGATIVE.search(cue.text) or (_REFUSED.search(cue.text) and head.lemma_.lower() not in {"refuse", "decline"}):
        return Said.NEGATED
    if re.search(r"\bcould(?: not|n['’]t) (?:resist|help)\b", cue.text, re.IGNORECASE):
        return Said.ASSERTED
    by_grammar = said_of(head) if head.pos_ in {"VERB", "AUX"} else Said.ASSERTED
    return Said.HYPOTHETICAL if by_grammar is Said.ASSERTED and _HYPOTHETICAL.search(cue.text) else by_grammar
