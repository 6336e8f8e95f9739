"""RDF in four syntaxes: N-Quads, streamed; TriG, Turtle and JSON-LD, through rdflib.

All four write the statements of ``graph.export.rdf_statements``. N-Quads needs little memory however many
events there are; the other three build the whole graph first, about 1 kB a statement.
"""

import io
import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, BinaryIO

from rdflib import OWL, RDF, RDFS, XSD, Dataset, Graph, Literal, URIRef
from rdflib.plugins.serializers.trig import TrigSerializer
from rdflib.term import Node

from graph.errors import InvalidInput
from graph.export.rdf_concepts import ontology_text
from graph.export.rdf_statements import Statements
from graph.export.rdf_terms import PREFIXES
from graph.export.source import ExportOptions, ExportSource
from graph.model import EventQuery

_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:\^\^<([^>]*)>|@([A-Za-z0-9-]+))?')
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ESCAPE = re.compile(r"\\(?:u([0-9A-F]{4})|(.))")
_UNESCAPED = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}


def write_nquads(
    source: ExportSource, query: EventQuery, out: BinaryIO, options: ExportOptions
) -> Mapping[str, int]:
    """Write one statement a line, as the events come."""
    statements = Statements(source, query, options)
    out.writelines(lines.encode() for lines in statements)
    return statements.written


def write_trig(
    source: ExportSource, query: EventQuery, out: BinaryIO, options: ExportOptions
) -> Mapping[str, int]:
    """Write every named graph as a block of Turtle."""
    dataset, written = _dataset(source, query, options)
    text = io.BytesIO()
    _SortedTrig(dataset).serialize(text, encoding="utf-8")
    out.write(_printable(text.getvalue()))
    return written


def write_turtle(
    source: ExportSource, query: EventQuery, out: BinaryIO, options: ExportOptions
) -> Mapping[str, int]:
    """Write the statements of all graphs as one graph."""
    statements = _statements(source, query, options)
    graph = Graph(bind_namespaces="none")
    _bind(graph, options)
    for lines in statements:
        for subject, predicate, value, _ in terms(lines):
            graph.add((subject, predicate, value))
    out.write(_printable(graph.serialize(format="turtle", encoding="utf-8")))
    return statements.written


def write_jsonld(
    source: ExportSource, query: EventQuery, out: BinaryIO, options: ExportOptions
) -> Mapping[str, int]:
    """Write compact JSON-LD 1.1 with its context inside, nodes and keys sorted."""
    dataset, written = _dataset(source, query, options)
    text = dataset.serialize(format="json-ld", context=context(options), indent=None)
    out.write(json.dumps(_sorted(json.loads(text)), ensure_ascii=False, indent=1).encode())
    out.write(b"\n")
    return written


class _SortedTrig(TrigSerializer):
    """rdflib's TriG with the graphs in alphabetical order; it writes them in the order of a hash table."""

    def __init__(self, store: Dataset) -> None:
        super().__init__(store)
        self.contexts.sort(key=lambda graph: str(graph.identifier))


def _printable(text: bytes) -> bytes:
    """Escape the control characters that rdflib leaves as they are: they can stand in literals only."""
    return _CONTROL.sub(lambda found: b"\\u%04X" % ord(found[0]), text)


def terms(lines: str) -> Iterable[tuple[URIRef, URIRef, Node, URIRef]]:
    """Read subject, predicate, object and graph from lines that ``Statements`` wrote."""
    for line in lines.split("\n"):
        if line:
            subject, predicate, rest = line.split(" ", 2)
            value, graph, _ = rest.rsplit(" ", 2)
            yield URIRef(subject[1:-1]), URIRef(predicate[1:-1]), _term(value), URIRef(graph[1:-1])


def _term(term: str) -> Node:
    if term.startswith("<"):
        return URIRef(term[1:-1])
    found = _LITERAL.fullmatch(term)
    if found is None:
        raise ValueError(f"not a term of N-Quads: {term}")
    text, datatype, language = found.groups()
    if "\\" in text:
        text = _ESCAPE.sub(lambda e: chr(int(e[1], 16)) if e[1] else _UNESCAPED[e[2]], text)
    return Literal(text, lang=language, datatype=URIRef(datatype) if datatype else None, normalize=False)


def _statements(source: ExportSource, query: EventQuery, options: ExportOptions) -> Statements:
    if options.rdf_version != "1.1":
        raise InvalidInput("RDF 1.2 can be written as nquads only")
    return Statements(source, query, options)


def _dataset(
    source: ExportSource, query: EventQuery, options: ExportOptions
) -> tuple[Dataset, Mapping[str, int]]:
    statements = _statements(source, query, options)
    dataset = Dataset()
    _bind(dataset, options)
    graphs: dict[URIRef, Graph] = {}
    for lines in statements:
        for subject, predicate, value, name in terms(lines):
            if name not in graphs:
                graphs[name] = dataset.graph(name)
            graphs[name].add((subject, predicate, value))
    return dataset, statements.written


def prefixes(options: ExportOptions) -> dict[str, str]:
    """Return the prefixes of pretty formats."""
    return PREFIXES | {"r": f"{options.base}id/", "g": f"{options.base}graph/"}


def _bind(graph: Graph, options: ExportOptions) -> None:
    for prefix, namespace in prefixes(options).items():
        graph.bind(prefix, namespace, override=True, replace=True)


def context(options: ExportOptions) -> dict[str, Any]:
    """Return the JSON-LD context: own properties without a prefix and with their types, others prefixed.

    The properties and their types are those of the ontology.
    """
    names = prefixes(options)
    del names[""]
    return {**dict(sorted(names.items())), **_properties()}


@cache
def _properties() -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    own = PREFIXES[""]
    ontology = Graph().parse(data=ontology_text(), format="turtle")
    for term in sorted(ontology.subjects(RDF.type, OWL.ObjectProperty), key=str):
        found[str(term).removeprefix(own)] = {"@id": str(term), "@type": "@id"}
    for term in sorted(ontology.subjects(RDF.type, OWL.DatatypeProperty), key=str):
        kind = ontology.value(term, RDFS.range)
        name = str(term).removeprefix(own)
        found[name] = str(term) if kind == XSD.string else {"@id": str(term), "@type": str(kind)}
    return found


def _sorted(value: Any) -> Any:
    """Sort keys and arrays, ``@`` before letters: no list in this graph is ordered."""
    if isinstance(value, dict):
        return {key: item if key == "@context" else _sorted(item) for key, item in sorted(value.items())}
    if isinstance(value, list):
        return sorted((_sorted(item) for item in value), key=lambda item: (_identity(item), json.dumps(item)))
    return value


def _identity(item: Any) -> str:
    return str(item.get("@id", "")) if isinstance(item, dict) else ""
