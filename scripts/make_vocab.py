"""Write `kg/graph/vocab.py` from `ontology/expert-opinion.ttl`, or check that the two agree.

python scripts/make_vocab.py            write it
python scripts/make_vocab.py --check    exit 1 if it is not what would be written
"""

import argparse
import sys
from pathlib import Path

from rdflib import RDF, RDFS, SKOS, Graph, URIRef

ROOT = Path(__file__).resolve().parent.parent
ONTOLOGY = ROOT / "ontology" / "expert-opinion.ttl"
VOCAB = ROOT / "kg" / "graph" / "vocab.py"
NAMESPACE = "https://w3id.org/expert-opinion#"

HEAD = '''"""The terms of the Expert Opinion Ontology. Made by scripts/make_vocab.py from ontology/expert-opinion.ttl: edit that."""

from rdflib.namespace import DefinedNamespace, Namespace
from rdflib.term import URIRef

__all__ = ["EO"]


class EO(DefinedNamespace):
    """The namespace `eo:`, closed: a term that the ontology does not coin raises AttributeError."""

    _fail = True
    _NS = Namespace("https://w3id.org/expert-opinion#")
'''
KINDS = (RDFS.Class, RDF.Property, SKOS.ConceptScheme, SKOS.Concept)
TITLES = ("Classes", "Properties", "Concept schemes", "Concepts")


def vocabulary(ontology: Path = ONTOLOGY) -> str:
    """The text of `vocab.py`; the same ontology gives the same text.

    Raises:
        ValueError: if a term is of no known kind or has no definition.
    """
    graph = Graph().parse(ontology, format="turtle")
    terms = {term for term in graph.subjects() if isinstance(term, URIRef) and term.startswith(NAMESPACE)}
    parts = [HEAD]
    seen = set()
    for kind, title in zip(KINDS, TITLES, strict=True):
        members = sorted(term for term in terms if (term, RDF.type, kind) in graph)
        seen |= set(members)
        parts.append(f"\n    # {title}\n")
        for term in members:
            comment = graph.value(term, RDFS.comment) or graph.value(term, SKOS.definition)
            if comment is None:
                raise ValueError(f"{term} has no definition")
            parts.append(f"    {term.removeprefix(NAMESPACE)}: URIRef  # {comment}\n")
    if terms - seen:
        raise ValueError(f"terms of no known kind: {', '.join(sorted(terms - seen))}")
    return "".join(parts)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if vocab.py is out of date")
    options = parser.parse_args(arguments)
    wanted = vocabulary()
    if not options.check:
        VOCAB.write_text(wanted, encoding="utf-8")
    elif not VOCAB.is_file() or VOCAB.read_text(encoding="utf-8") != wanted:
        print(f"{VOCAB} is not what {ONTOLOGY.name} says: run python scripts/make_vocab.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
