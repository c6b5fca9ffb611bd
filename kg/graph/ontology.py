"""Where the ontology's files are, in an installed package and in a checkout."""

from pathlib import Path

from kg.errors import KgError

__all__ = ["ontology_file"]

_PACKAGE = Path(__file__).resolve().parent.parent
_PLACES = (_PACKAGE / "ontology", _PACKAGE.parent / "ontology")


def ontology_file(name: str) -> Path:
    """The path of one of the ontology's files: `expert-opinion.ttl` or `shapes.ttl`.

    A wheel carries them inside the package, a checkout beside it.

    Raises:
        KgError: if there is no such file in either place.

    >>> ontology_file("shapes.ttl").name
    'shapes.ttl'
    """
    for place in _PLACES:
        path = place / name
        if path.is_file():
            return path
    raise KgError("the ontology file is missing", where=name, remedy="Install the package again.")
