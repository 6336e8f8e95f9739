"""SHACL: what is written conforms to the shapes that are shipped, and broken data does not."""

import io
from collections.abc import Callable

import pyshacl
import pytest
from rdflib import OWL, RDF, RDFS, Graph, Literal, Namespace, URIRef

from graph.export import ExportOptions, export
from graph.export.rdf_concepts import ontology_text
from graph.model import EventQuery
from tests.graph.export.conftest import FIRST, NOWHERE, VIENNA, Shelf, made_shelf

OWN = Namespace("https://w3id.org/diurna/ontology#")
R = Namespace("https://diurna.example/id/")
SEM = Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")
OA = Namespace("http://www.w3.org/ns/oa#")
GEO = Namespace("http://www.opengis.net/ont/geosparql#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")  # rdflib's own warns when pytest looks into it
MISSING = URIRef("https://x.test/missing")


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(data=ontology_text("shapes.ttl"), format="turtle")


@pytest.fixture(scope="module")
def sound() -> Graph:
    out = io.BytesIO()
    export(made_shelf(), EventQuery(), format="turtle", out=out)
    return Graph().parse(data=out.getvalue(), format="turtle")


@pytest.fixture
def data(sound: Graph) -> Graph:
    copy = Graph()
    for triple in sound:
        copy.add(triple)
    return copy


def violations(data: Graph, shapes: Graph) -> str:
    conforms, _, text = pyshacl.validate(data, shacl_graph=shapes)
    return "" if conforms else str(text)


def test_the_shapes_are_shapes(shapes: Graph) -> None:
    conforms, _, text = pyshacl.validate(Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, text


def test_what_is_written_conforms(data: Graph, shapes: Graph) -> None:
    assert violations(data, shapes) == ""


def test_data_without_quotes_conforms(shelf: Shelf, shapes: Graph) -> None:
    out = io.BytesIO()
    export(shelf, EventQuery(), format="turtle", out=out, options=ExportOptions(quote_length=0))
    assert violations(Graph().parse(data=out.getvalue(), format="turtle"), shapes) == ""


def event(shelf: Shelf) -> URIRef:
    return R[f"event-{shelf.told[1].id}"]


def mention(shelf: Shelf) -> URIRef:
    return R[f"mention-{shelf.told[1].mention_ids[0]}"]


def sentence(shelf: Shelf) -> URIRef:
    return R[f"evidence-{shelf.told[1].mention_ids[0]}-sentence"]


BROKEN: dict[str, Callable[[Graph, Shelf], object]] = {
    "no type": lambda g, s: g.remove((event(s), SEM.eventType, None)),
    "two types": lambda g, s: g.add((event(s), SEM.eventType, MISSING)),
    "ends before it begins": lambda g, s: g.set(
        (event(s), SEM.hasEndTimeStamp, Literal("2021-01-01", datatype=XSD.date))
    ),
    "score above one": lambda g, s: g.set((mention(s), OWN.confidence, Literal("1.5", datatype=XSD.decimal))),
    "score of another datatype": lambda g, s: g.set((mention(s), OWN.confidence, Literal(0.5))),
    "no mention": lambda g, s: g.remove((None, OWN.mentionOf, event(s))),
    "a mention that is an event": lambda g, s: g.add((mention(s), RDF.type, SEM.Event)),
    "mention of nothing": lambda g, s: g.set((mention(s), OWN.mentionOf, MISSING)),
    "unknown modality": lambda g, s: g.set((mention(s), OWN.modality, OWN.Stated)),
    "no coder": lambda g, s: g.remove(
        (mention(s), URIRef("http://www.w3.org/ns/prov#wasAttributedTo"), None)
    ),
    "a role without an actor": lambda g, s: g.remove((mention(s) + "-initiator-1", OWN.filledBy, None)),
    "an interval without a basis": lambda g, s: g.remove((mention(s) + "-time", OWN.dayBasis, None)),
    "an article without a hash": lambda g, s: g.remove((R[f"article-{FIRST.id}"], OWN.contentHash, None)),
    "an actor without a name": lambda g, s: g.remove((R["actor-RUS"], RDFS.label, None)),
    "an actor that is a place": lambda g, s: g.add((R["actor-RUS"], OWL.sameAs, MISSING)),
    "a country of two letters": lambda g, s: g.set((R["actor-RUS"], OWN.country, Literal("RU"))),
    "a point of an unknown place": lambda g, s: g.add(
        (R[f"place-{NOWHERE.id}"], GEO.hasGeometry, R[f"place-{VIENNA.id}-point"])
    ),
    "a place without precision": lambda g, s: g.remove((R[f"place-{VIENNA.id}"], OWN.geoPrecision, None)),
    "an annotation without a body": lambda g, s: g.remove((sentence(s), OA.hasBody, None)),
    "an annotation without a position": lambda g, s: g.remove((sentence(s) + "-position", None, None)),
    "a span that ends before it begins": lambda g, s: g.set((sentence(s) + "-position", OA.end, Literal(1))),
    "an empty quote": lambda g, s: g.set((sentence(s) + "-quote", OA.exact, Literal(""))),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_broken_data_does_not_conform(fault: str, shelf: Shelf, data: Graph, shapes: Graph) -> None:
    before = set(data)
    BROKEN[fault](data, shelf)
    assert set(data) != before, "the fault changed nothing"
    assert violations(data, shapes) != ""
