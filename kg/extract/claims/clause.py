"""The main clause of a claim: of its first sentence, of coordinated clauses the first; "I think that ..." is passed over."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from kg.records import Span

__all__ = ["Clause", "main_clause"]

# Verbs in the first person, and "it looks like", that hold a claim without being it.
_FRAMES = frozenset(
    {"think", "believe", "guess", "suppose", "feel", "hope", "know", "say", "mean", "imagine", "suspect", "expect", "assume", "bet"}
)
_LOOKS = frozenset({"seem", "appear", "look", "sound"})
_QUOTES = frozenset("\"'“”‘’«»")
# What leads out of the main clause; the words under these belong to another.
_OTHER_CLAUSES = frozenset({"pcomp", "relcl", "advcl", "acl", "ccomp", "csubj", "csubjpass", "parataxis"})
_OBJECTS = frozenset({"dobj", "nsubjpass", "oprd"})
_CONTENT = frozenset({"VERB", "AUX"})


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause in the parse.

    Attributes:
        head: its predicate's main word: a verb, or the copula.
        frame: the verb of "I think" above it, None without.
        words: the tokens of the clause itself, without those of clauses in it, in text order.
    """

    head: "Token"
    frame: "Token | None"
    words: "tuple[Token, ...]"

    @property
    def predicate(self) -> "list[Token]":
        """The verbs of the predicate: the head, its auxiliaries, and what stands in infinitives under it."""
        return [token for token in self.words if token.pos_ in _CONTENT]


def main_clause(doc: "Doc", content: "tuple[Span, ...]") -> Clause | None:
    """The main clause of a statement; None where its words hold no word at all.

    Args:
        doc: the parsed article.
        content: half-open code-point offsets of the statement's pieces.
    """
    tokens = _first_sentence(doc, content)
    if not tokens:
        return None
    inside = {token.i for token in tokens}
    roots = [token for token in tokens if token.head.i not in inside or token.head == token]
    head = _best(roots)
    head = _first_conjunct(head, inside)
    frame = None
    while (held := _held(head, inside)) is not None:
        frame, head = head, held
    return Clause(head, frame, tuple(sorted(_own(head, inside), key=lambda token: token.i)))


def _first_sentence(doc: "Doc", content: "tuple[Span, ...]") -> "list[Token]":
    tokens: list[Token] = []
    for piece in content:
        span = doc.char_span(piece.start, piece.end, alignment_mode="expand")
        for token in span if span is not None else ():
            if token.is_space or (token.text in _QUOTES and not tokens):
                continue
            # A full stop ends the sentence, whatever the parser made of the quotation marks; so does its own boundary behind a few words.
            if (
                tokens
                and token.is_sent_start
                and any(one.pos_ in _CONTENT for one in tokens)
                and tokens[-1].text not in {",", "-", "–", "—"}
            ):
                return tokens
            tokens.append(token)
            if token.text in {".", "!", "?"} and len(tokens) > 2:
                return tokens
    return tokens


def _best(roots: "list[Token]") -> "Token":
    """Of the words that hang together with nothing else in the statement: the first verb with a subject, else the first verb, else the first word."""
    verbs = [token for token in roots if token.pos_ in _CONTENT]
    finite = [token for token in verbs if any(child.dep_ in {"nsubj", "nsubjpass", "expl", "csubj"} for child in token.children)]
    words = [token for token in roots if not token.is_punct]
    if (
        words
        and words[0].dep_ in _OBJECTS
        and words[0].pos_ in {"NOUN", "PROPN", "PRON"}
        and not any(one.dep_ in {"ccomp", "xcomp"} for one in verbs)
    ):
        return words[0]  # "likened [the deal] to ...", "labelled [her] a leader who ..."
    return (finite or verbs or words or roots)[0]


def _first_conjunct(head: "Token", inside: set[int]) -> "Token":
    # "The sun rose, and it rained" parsed with the second clause as the root
    for child in head.lefts:
        if child.dep_ in {"ccomp", "parataxis"} and child.i in inside and child.pos_ in _CONTENT and not _takes_clause(head, child):
            return child
    return head


def _takes_clause(head: "Token", child: "Token") -> bool:
    return head.lemma_ in _FRAMES | {"be"} and child.i > head.i


def _held(head: "Token", inside: set[int]) -> "Token | None":
    """What "I think", "it looks like" hold; None for any other verb."""
    lemma = head.lemma_.lower()
    subject = next((child for child in head.children if child.dep_ in {"nsubj", "nsubjpass"}), None)
    speaker = subject is None or subject.lower_ in {"i", "we"}
    clause = next((child for child in head.children if child.dep_ == "ccomp" and child.i in inside and child.pos_ in _CONTENT), None)
    if clause is not None and lemma in _FRAMES and speaker:
        return clause
    said = _fair_to_say(head, inside)
    if said is not None:
        return said
    if lemma in _LOOKS and subject is not None and subject.lower_ == "it":
        return next((child for child in head.children if child.dep_ in {"advcl", "ccomp"} and child.i in inside and child.i > head.i), None)
    return None


def _fair_to_say(head: "Token", inside: set[int]) -> "Token | None":
    """What "it is fair to say that" holds."""
    if head.lemma_ != "be":
        return None
    for quality in head.children:
        if quality.dep_ == "acomp" and quality.lower_ in {"fair", "safe"}:
            for verb in (*quality.children, *head.children):
                if verb.dep_ in {"xcomp", "ccomp"} and verb.lemma_ in {"say", "assume", "bet"}:
                    return next((one for one in verb.children if one.dep_ == "ccomp" and one.i in inside), None)
    return None


def _own(head: "Token", inside: set[int]) -> "Iterator[Token]":
    todo = [head]
    while todo:  # no recursion: ten thousand words may hang on one another
        token = todo.pop()
        yield token
        for child in token.children:
            clause = child.dep_ in _OTHER_CLAUSES or (child.dep_ == "conj" and child.pos_ in _CONTENT)
            if child.i in inside and not clause:
                todo.append(child)
