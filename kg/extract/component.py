"""Attributions as a spaCy component, for anyone's pipeline: `nlp.add_pipe("kg_attributions")`.

>>> import spacy
>>> from kg.extract.parse import load_pipeline
>>> nlp = load_pipeline()
>>> _ = nlp.add_pipe("kg_attributions", config={"engine": "rules"})
>>> doc = nlp("It will rain, said Ada Brandt.")
>>> [(span.text, span.label_) for name in ("kg_source", "kg_cue", "kg_content") for span in doc.spans[name]]
[('Ada Brandt', '1'), ('said', '1'), ('It will rain', '1')]
>>> doc._.kg_attributions[0].lemma
'say'
"""

from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.attribution import Engine, FoundAttribution, find_attributions, load_engine
from kg.records import AttributionKind, Said, Span, SpeechMode

if TYPE_CHECKING:
    from spacy.tokens import Span as SpacySpan

__all__ = ["Attributions", "make_attributions"]

KEY = "kg_attributions"
"""Where the results lie in `Doc.user_data`, as plain lists: a record there would break `Doc.to_bytes` and `nlp.pipe(n_process=2)`."""


@Language.factory(
    "kg_attributions",
    default_config={"engine": "model"},
    assigns=["doc._.kg_attributions", "doc.spans"],
    requires=["token.dep", "token.head", "token.tag", "token.lemma", "token.ent_type"],
)
def make_attributions(nlp: Language, name: str, engine: str) -> "Attributions":  # noqa: ARG001  what spaCy calls a factory with
    """The component. `engine` is `model` or `rules`; the rules serve too where the model is not installed."""
    return Attributions(name, engine)


class Attributions:
    """Finds attributions and writes them to the `Doc`: span groups `kg_source`, `kg_cue`, `kg_content`, labelled by number from 1,
    and `Doc._.kg_attributions`, a tuple of `FoundAttribution` with code-point offsets into `doc.text`.
    """

    def __init__(self, name: str, engine: str) -> None:
        self.name = name
        self._engine_name = engine
        self._engine: Engine | None = None  # loaded by the process that uses it: a model does not survive a fork
        if not Doc.has_extension(KEY):
            Doc.set_extension(KEY, getter=_read)

    def __call__(self, doc: Doc) -> Doc:
        """The same document with its attributions."""
        if self._engine is None:
            self._engine = load_engine(self._engine_name)
        found = find_attributions(doc, engine=self._engine)
        doc.user_data[KEY] = [_plain(one) for one in found]
        for part in ("source", "cue", "content"):
            doc.spans[f"kg_{part}"] = [
                tokens
                for number, one in enumerate(found, start=1)
                for span in getattr(one, part)
                if (tokens := _tokens(doc, span, str(number))) is not None
            ]
        return doc


def _tokens(doc: Doc, span: Span, label: str) -> "SpacySpan | None":
    return doc.char_span(span.start, span.end, label=label, alignment_mode="expand")


def _plain(one: FoundAttribution) -> list[Any]:
    spans = [[[span.start, span.end] for span in part] for part in (one.source, one.cue, one.content)]
    kinds = [one.mode.value, one.kind.value, one.said.value]
    return [*spans, one.anchor, one.lemma, *kinds, one.rule, one.confidence, one.continues]


def _read(doc: Doc) -> tuple[FoundAttribution, ...]:
    found = []
    for source, cue, content, anchor, lemma, mode, kind, said, rule, confidence, continues in doc.user_data.get(KEY, ()):
        found.append(
            FoundAttribution(
                source=_spans(source),
                cue=_spans(cue),
                content=_spans(content),
                anchor=anchor,
                lemma=lemma,
                mode=SpeechMode(mode),
                kind=AttributionKind(kind),
                said=Said(said),
                rule=rule,
                confidence=confidence,
                continues=continues,
            )
        )
    return tuple(found)


def _spans(pairs: list[list[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)
