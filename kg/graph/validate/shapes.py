"""The shapes of `ontology/shapes.ttl` compiled to functions: what `kg build` asks of each article, in milliseconds where pySHACL takes tenths of a second.

It knows the part of SHACL that our shapes use (https://www.w3.org/TR/shacl/) and fails closed: a construct that it does not know is an
error when the shapes are compiled, not a check left out. The verdict is pySHACL's; a test compares the two on hundreds of damaged graphs.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from decimal import Decimal
from functools import cache

import pyoxigraph as ox
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple
from rdflib.namespace import RDF, RDFS, SDO, SH, XSD

from kg.errors import ValidationFailed
from kg.graph.ontology import ontology_file
from kg.graph.terms import OA

__all__ = ["Shapes", "compile_shapes", "our_shapes", "quick_faults"]

type Term = NamedNode | BlankNode | Literal | Triple
type _Check = Callable[["_Data", Term], bool]
type _Path = Callable[["_Data", Term], Iterable[Term]]
type _Facts = dict[NamedNode, list[Term]]


def _node(term: object) -> NamedNode:
    return NamedNode(str(term))


_TYPE, _START, _BODY, _SUBCLASS = _node(RDF.type), _node(OA.start), _node(SDO.articleBody), _node(RDFS.subClassOf)
_PATH, _MESSAGE = _node(SH.path), _node(SH.message)
_NUMERIC = {_node(XSD.decimal): re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)"), _node(XSD.integer): re.compile("[+-]?[0-9]+")}
# Datatypes whose literals can be ill-formed, and those of which any string will do.
_LEXICAL = {**_NUMERIC, _node(XSD.boolean): re.compile("true|false|1|0")}
_ANY_STRING = {_node(XSD.string), _node(XSD.anyURI)}
# In the queries of constraints: declared prefixes, prefixed names, a variable where a predicate stands.
_PREFIX = re.compile(r"PREFIX (\w+): <([^>]*)>")
_NAME = re.compile(r"\b(\w+):(\w+)")
_ANY_PREDICATE = re.compile(r"([?$]\w+|;)\s+[?$]\w+\s+[^\s(){}]+\s*[.;}]")
_SAYS_NOTHING = {_MESSAGE, _TYPE, _node(SH.name), _node(SH.description)}
_TARGETS = {_node(SH.targetClass), _node(SH.targetSubjectsOf), _node(SH.targetObjectsOf)}
_KINDS: dict[NamedNode, tuple[type, ...]] = {_node(SH.IRI): (NamedNode,), _node(SH.Literal): (Literal,)}


def quick_faults(quads: Iterable[Quad]) -> tuple[str, ...]:
    """What is wrong with one article's quads, as `kg.graph.validate.validate_graph` would find it, in fewer words and in no time.

    Args:
        quads: one article's graph with its provenance and concepts, each quad once.
    """
    data = _Data(quads)
    return (*data.faults, *our_shapes().faults(data))


@cache
def our_shapes() -> "Shapes":
    """The package's own shapes, compiled once a process."""
    return compile_shapes(ontology_file("shapes.ttl").read_text(encoding="utf-8"))


def compile_shapes(turtle: str) -> "Shapes":
    """Shapes from Turtle.

    Raises:
        ValidationFailed: if they use a construct of SHACL that is not known here, naming it.

    >>> compile_shapes("@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> a sh:NodeShape ; sh:targetClass <urn:c> ; sh:maxLength 4 .")
    Traceback (most recent call last):
    kg.errors.ValidationFailed: shapes.ttl: sh:maxLength is not known to the checker. Teach it to kg/graph/validate/shapes.py
    """
    facts: dict[Term, _Facts] = {}
    for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE):
        facts.setdefault(quad.subject, {}).setdefault(quad.predicate, []).append(quad.object)
    return Shapes(facts)


class _Data:
    """Quads as triples, found by subject and by object; and what SHACL cannot ask of named graphs, in `faults`."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.out: dict[Term, _Facts] = {}
        self.into: dict[Term, _Facts] = {}  # but for types, which by_type has
        self.by_type: dict[Term, list[Term]] = {}
        self.having: dict[Term, list[Term]] = {}  # subjects by predicate, each once
        self.faults: list[str] = []
        self.quads = list(quads)
        articles: set[Term] = set()
        shared: set[Term] = set()  # subjects that stand outside the article's graph, too
        home = next((graph for _, predicate, _, graph in self.quads if predicate == _BODY), None)
        out, into, having = self.out, self.into, self.having
        for subject, predicate, value, graph in self.quads:
            if not isinstance(subject, NamedNode) or isinstance(value, BlankNode | Triple) or not isinstance(graph, NamedNode):
                self.faults.append(f"{subject} {predicate} {value}: every node has an IRI and stands in a named graph")
                continue
            own = out.setdefault(subject, {})
            if (facts := own.get(predicate)) is None:
                own[predicate] = [value]
                having.setdefault(predicate, []).append(subject)
            else:
                if value in facts:
                    self.faults.append(f"{subject} {predicate} {value}: stands twice")
                facts.append(value)
            if predicate == _TYPE:
                self.by_type.setdefault(value, []).append(subject)
            elif isinstance(value, NamedNode):
                into.setdefault(value, {}).setdefault(predicate, []).append(subject)
            if graph != home:
                shared.add(subject)
            if predicate == _BODY and subject == graph:
                articles.add(subject)
        if not self.quads:
            self.faults.append("the graph is empty: there is nothing to check")
        if len(articles) == 1:
            self._reach(next(iter(articles)), shared)
        elif articles:
            self.faults.append("more than one article: they are checked one by one")

    def _reach(self, article: Term, shared: set[Term]) -> None:
        """Note what stands in shared graphs though nothing leads there from the article, and nothing from there to it."""
        todo: list[Term] = [subject for subjects in self.into.get(article, {}).values() for subject in subjects if subject in shared]
        todo += [value for subject in self.out if subject not in shared for values in self.out[subject].values() for value in values]
        reached: set[Term] = set()
        while todo:
            subject = todo.pop()
            if subject in shared and subject not in reached:
                reached.add(subject)
                todo += [value for values in self.out[subject].values() for value in values]
        self.faults += [f"{subject}: no article leads to it" for subject in shared - reached]

    def store(self, predicates: AbstractSet[str]) -> ox.Store:
        """The quads with these predicates, where SPARQL can be asked."""
        store = ox.Store()
        store.extend(quad for quad in self.quads if quad.predicate.value in predicates)
        return store


class Shapes:
    """Compiled shapes. Made by `compile_shapes`."""

    def __init__(self, facts: Mapping[Term, _Facts]) -> None:
        self._facts = facts
        self._made: dict[Term, _Check] = {}
        self._known = {kind for properties in facts.values() for kind in properties.get(_node(SH.targetClass), ())}
        self._targets = [
            (shape, predicate, term, self._shape(shape))
            for shape, properties in facts.items()
            for predicate in sorted(_TARGETS & properties.keys(), key=str)
            for term in properties[predicate]
        ]
        for shape, properties in facts.items():
            strange = {kind for kind in properties.get(_TYPE, ()) if "shacl#" in str(kind)} - {
                _node(SH.NodeShape),
                _node(SH.PropertyShape),
                _node(SH.SPARQLConstraint),
            }
            if strange:
                raise _unknown(f"{shape} of the type {min(map(str, strange))}")
            if _node(SH.NodeShape) in properties.get(_TYPE, ()):
                self._shape(shape)  # without a target that is known, it would not be looked at

    def faults(self, data: _Data) -> tuple[str, ...]:
        """A line for each node that does not keep a shape, sorted."""
        found: set[str] = set()
        done: dict[Term, set[Term]] = {}
        for shape, predicate, term, check in self._targets:
            seen = done.setdefault(shape, set())
            for focus in self._focus(data, predicate, term):
                if focus not in seen:
                    seen.add(focus)
                    if not check(data, focus):
                        found.add(f"{focus}: does not keep {shape}")
        for subject, facts in data.out.items():
            if _START not in facts and not self._known.intersection(facts.get(_TYPE, ())):
                found.add(f"{subject}: is of no known type and no span; no shape checks it")
            if _SUBCLASS in facts:
                found.add(f"{subject}: classes belong to the ontology")
        return tuple(sorted(found))

    def _focus(self, data: _Data, predicate: NamedNode, term: Term) -> Iterable[Term]:
        if predicate == _node(SH.targetClass):
            return data.by_type.get(term, ())
        if predicate == _node(SH.targetSubjectsOf):
            return data.having.get(term, ())
        if not isinstance(term, NamedNode):
            return ()
        return [value for subject in data.having.get(term, ()) for value in data.out[subject][term]]

    # ----------------------------------------------------------------------- compiling

    def _shape(self, shape: Term) -> _Check:
        """Whether a focus node keeps a shape."""
        if shape not in self._made:
            properties = self._facts.get(shape, {})
            path = self._path(self._only(shape, _PATH)) if _PATH in properties else None
            checks: list[_Check] = []
            on_values: list[_Check] = []
            for predicate in sorted(properties.keys() - _SAYS_NOTHING - _TARGETS - {_PATH, _node(SH.ignoredProperties)}, key=str):
                if predicate in _ON_SETS:
                    checks.append(_ON_SETS[predicate](self, shape, path))
                elif predicate in _ON_VALUES:
                    on_values += [_ON_VALUES[predicate](self, value) for value in properties[predicate]]
                else:
                    raise _unknown(predicate.value.replace(str(SH), "sh:"))
            self._made[shape] = _joined(checks, on_values, path)
        return self._made[shape]

    def _only(self, shape: Term, predicate: NamedNode) -> Term:
        [value] = self._facts[shape][predicate]
        return value

    def _list(self, head: Term) -> list[Term]:
        items: list[Term] = []
        while head != _node(RDF.nil):
            items.append(self._only(head, _node(RDF.first)))
            head = self._only(head, _node(RDF.rest))
        return items

    def _path(self, path: Term) -> _Path:
        if isinstance(path, NamedNode):
            predicate = path
            return lambda data, focus: data.out.get(focus, {}).get(predicate, ())
        facts = self._facts[path]
        if facts.keys() == {_node(SH.inversePath)} and isinstance(inverse := self._only(path, _node(SH.inversePath)), NamedNode):
            if inverse == _TYPE:
                return lambda data, focus: data.by_type.get(focus, ())
            return lambda data, focus: data.into.get(focus, {}).get(inverse, ())
        if _node(RDF.first) in facts:
            steps = [self._path(step) for step in self._list(path)]

            def walk(data: _Data, focus: Term) -> Iterable[Term]:
                reached: set[Term] = {focus}
                for step in steps:
                    reached = {value for node in reached for value in step(data, node)}
                return reached

            return walk
        raise _unknown(f"the path {path}")

    # each makes a check of the focus node, given the shape and its path (None in a node shape)

    def _min_count(self, shape: Term, path: _Path | None) -> _Check:
        values, least = _needed(path), int(_text(self._only(shape, _node(SH.minCount))))
        return lambda data, focus: sum(1 for _ in values(data, focus)) >= least

    def _max_count(self, shape: Term, path: _Path | None) -> _Check:
        values, most = _needed(path), int(_text(self._only(shape, _node(SH.maxCount))))
        return lambda data, focus: sum(1 for _ in values(data, focus)) <= most

    def _less_than(self, shape: Term, path: _Path | None) -> _Check:
        values, others = _needed(path), self._path(self._only(shape, _node(SH.lessThan)))

        def less(data: _Data, focus: Term) -> bool:
            ends = [_number(other) for other in others(data, focus)]
            starts = [_number(value) for value in values(data, focus)]
            return all(start is not None and end is not None and start < end for start in starts for end in ends)

        return less

    def _equals(self, shape: Term, path: _Path | None) -> _Check:
        values, others = _needed(path), self._path(self._only(shape, _node(SH.equals)))
        return lambda data, focus: set(values(data, focus)) == set(others(data, focus))

    def _closed(self, shape: Term, path: _Path | None) -> _Check:
        if path is not None or _text(self._only(shape, _node(SH.closed))) != "true":
            raise _unknown("sh:closed in a property shape, or other than true")
        listed = [self._facts[one].get(_PATH, []) for one in self._facts[shape].get(_node(SH.property), ())]
        allowed = {each for paths in listed for each in paths if isinstance(each, NamedNode)}
        for ignored in self._facts[shape].get(_node(SH.ignoredProperties), ()):
            allowed.update(each for each in self._list(ignored) if isinstance(each, NamedNode))
        return lambda data, focus: data.out.get(focus, {}).keys() <= allowed

    def _sparql(self, shape: Term, path: _Path | None) -> _Check:
        if path is not None:
            raise _unknown("sh:sparql in a property shape")
        queries = [self._query(one) for one in self._facts[shape][_node(SH.sparql)]]
        this = ox.Variable("this")
        predicates = frozenset().union(*map(_predicates, queries))

        def ask(data: _Data, focus: Term) -> bool:
            store = data.store(predicates)
            for query in queries:
                answer = store.query(query, substitutions={this: focus}, use_default_graph_as_union=True)
                if any(True for _ in answer):  # type: ignore[union-attr]  # a SELECT's solutions
                    return False
            return True

        return ask

    def _query(self, constraint: Term) -> str:
        known = {_node(SH.select), _node(SH.prefixes), _MESSAGE, _TYPE}
        if strange := self._facts[constraint].keys() - known:
            raise _unknown(min(map(str, strange)))
        declared = [one for where in self._facts[constraint][_node(SH.prefixes)] for one in self._facts[where][_node(SH.declare)]]
        head = "".join(
            f"PREFIX {_text(self._only(one, _node(SH.prefix)))}: <{_text(self._only(one, _node(SH.namespace)))}>\n" for one in declared
        )
        return head + _text(self._only(constraint, _node(SH.select)))

    # each makes a check of one value node, given the parameter's value

    def _class(self, kind: Term) -> _Check:
        return lambda data, value: kind in data.out.get(value, {}).get(_TYPE, ())

    def _datatype(self, datatype: Term) -> _Check:
        if isinstance(datatype, NamedNode) and datatype in _LEXICAL:
            lexical = _LEXICAL[datatype]
            return lambda _, value: isinstance(value, Literal) and value.datatype == datatype and lexical.fullmatch(value.value) is not None
        if datatype not in _ANY_STRING:
            raise _unknown(f"sh:datatype {datatype}")
        return lambda _, value: isinstance(value, Literal) and value.datatype == datatype

    def _node_kind(self, kind: Term) -> _Check:
        if not isinstance(kind, NamedNode) or kind not in _KINDS:
            raise _unknown(f"sh:nodeKind {kind}")
        kinds = _KINDS[kind]
        return lambda _, value: isinstance(value, kinds)

    def _min_length(self, least: Term) -> _Check:
        length = int(_text(least))
        return lambda _, value: isinstance(value, Literal | NamedNode) and len(value.value) >= length

    def _min_inclusive(self, least: Term) -> _Check:
        bound = Decimal(_text(least))
        return lambda _, value: (number := _number(value)) is not None and number >= bound

    def _max_inclusive(self, most: Term) -> _Check:
        bound = Decimal(_text(most))
        return lambda _, value: (number := _number(value)) is not None and number <= bound

    def _pattern(self, pattern: Term) -> _Check:
        compiled = re.compile(_text(pattern))
        return lambda _, value: isinstance(value, Literal | NamedNode) and compiled.search(value.value) is not None

    def _in(self, members: Term) -> _Check:
        allowed = frozenset(self._list(members))
        return lambda _, value: value in allowed

    def _or(self, members: Term) -> _Check:
        shapes = [self._shape(one) for one in self._list(members)]
        return lambda data, value: any(check(data, value) for check in shapes)

    def _xone(self, members: Term) -> _Check:
        shapes = [self._shape(one) for one in self._list(members)]
        return lambda data, value: sum(check(data, value) for check in shapes) == 1

    def _not(self, shape: Term) -> _Check:
        check = self._shape(shape)
        return lambda data, value: not check(data, value)

    def _property(self, shape: Term) -> _Check:
        if _PATH not in self._facts.get(shape, {}):
            raise _unknown(f"a property shape without a path, {shape},")
        return self._shape(shape)


_ON_SETS: dict[NamedNode, Callable[[Shapes, Term, _Path | None], _Check]] = {
    _node(SH.minCount): Shapes._min_count,  # noqa: SLF001  the tables are part of the class
    _node(SH.maxCount): Shapes._max_count,  # noqa: SLF001
    _node(SH.lessThan): Shapes._less_than,  # noqa: SLF001
    _node(SH.equals): Shapes._equals,  # noqa: SLF001
    _node(SH.closed): Shapes._closed,  # noqa: SLF001
    _node(SH.sparql): Shapes._sparql,  # noqa: SLF001
}
_ON_VALUES: dict[NamedNode, Callable[[Shapes, Term], _Check]] = {
    _node(SH["class"]): Shapes._class,  # noqa: SLF001
    _node(SH.datatype): Shapes._datatype,  # noqa: SLF001
    _node(SH.nodeKind): Shapes._node_kind,  # noqa: SLF001
    _node(SH.minLength): Shapes._min_length,  # noqa: SLF001
    _node(SH.minInclusive): Shapes._min_inclusive,  # noqa: SLF001
    _node(SH.maxInclusive): Shapes._max_inclusive,  # noqa: SLF001
    _node(SH.pattern): Shapes._pattern,  # noqa: SLF001
    _node(SH["in"]): Shapes._in,  # noqa: SLF001
    _node(SH["or"]): Shapes._or,  # noqa: SLF001
    _node(SH.xone): Shapes._xone,  # noqa: SLF001
    _node(SH["not"]): Shapes._not,  # noqa: SLF001
    _node(SH.property): Shapes._property,  # noqa: SLF001
}


def _joined(checks: list[_Check], on_values: list[_Check], path: _Path | None) -> _Check:
    if path is None:
        every = (*checks, *on_values)

        def holds(data: _Data, focus: Term) -> bool:
            for check in every:  # noqa: SIM110  a third faster than all(): see below
                if not check(data, focus):
                    return False
            return True

        return holds

    def keeps(data: _Data, focus: Term) -> bool:  # plain loops, as this runs thousands of times an article
        for check in checks:
            if not check(data, focus):
                return False
        if on_values:
            for value in path(data, focus):
                for check in on_values:
                    if not check(data, value):
                        return False
        return True

    return keeps


def _needed(path: _Path | None) -> _Path:
    if path is None:
        raise _unknown("a count or comparison outside a property shape")
    return path


def _text(term: Term) -> str:
    if not isinstance(term, Literal):
        raise _unknown(f"{term} where a literal belongs")
    return term.value


def _number(value: Term) -> Decimal | None:
    """The value of a decimal or integer; None for anything else."""
    if not isinstance(value, Literal):
        return None
    lexical = _NUMERIC.get(value.datatype)
    return Decimal(value.value) if lexical is not None and lexical.fullmatch(value.value) else None


def _unknown(what: str) -> ValidationFailed:
    return ValidationFailed(f"{what} is not known to the checker", where="shapes.ttl", remedy="Teach it to kg/graph/validate/shapes.py")


def _predicates(query: str) -> frozenset[str]:
    """IRIs among which are the predicates of a query: all that its prefixed names stand for.

    Raises:
        ValidationFailed: if it has a variable for a predicate, so that any may matter.
    """
    head, _, body = query.partition("SELECT")
    if _ANY_PREDICATE.search(body.partition("WHERE")[2]):
        raise _unknown("a constraint whose query has a variable for a predicate")
    prefixes = dict(_PREFIX.findall(head))
    return frozenset(f"{prefixes[prefix]}{local}" for prefix, local in _NAME.findall(body) if prefix in prefixes) | {_TYPE.value}
