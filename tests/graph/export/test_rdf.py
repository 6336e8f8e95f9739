"""RDF: four syntaxes of the same statements, in the graphs where they belong."""

import io
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from rdflib import RDF, SKOS, Dataset, Graph, URIRef
from rdflib.compare import isomorphic

from graph.errors import InvalidInput
from graph.export import ExportOptions, export
from graph.export.rdf_concepts import ontology_text
from graph.export.rdf_terms import cameo, own, plover
from graph.model import EventQuery
from tests.graph.export.conftest import COPY, FIRST, NOWHERE, VIENNA, Shelf

PREFIXES = """
PREFIX :       <https://w3id.org/diurna/ontology#>
PREFIX cameo:  <https://w3id.org/diurna/cameo#>
PREFIX dct:    <http://purl.org/dc/terms/>
PREFIX geo:    <http://www.opengis.net/ont/geosparql#>
PREFIX oa:     <http://www.w3.org/ns/oa#>
PREFIX owl:    <http://www.w3.org/2002/07/owl#>
PREFIX plv:    <https://w3id.org/diurna/plover#>
PREFIX prov:   <http://www.w3.org/ns/prov#>
PREFIX r:      <https://diurna.example/id/>
PREFIX g:      <https://diurna.example/graph/>
PREFIX schema: <https://schema.org/>
PREFIX sem:    <http://semanticweb.cs.vu.nl/2009/11/sem/>
PREFIX skos:   <http://www.w3.org/2004/02/skos/core#>
PREFIX time:   <http://www.w3.org/2006/time#>
PREFIX void:   <http://rdfs.org/ns/void#>
"""
PLAIN = ExportOptions(vocabulary=False)


def written(shelf: Shelf, format: str, options: ExportOptions = PLAIN) -> bytes:
    out = io.BytesIO()
    report = export(shelf, EventQuery(), format=format, out=out, options=options)
    assert report.bytes == len(out.getvalue())
    return out.getvalue()


def read(shelf: Shelf, format: str, options: ExportOptions = PLAIN) -> Dataset:
    syntax = {"jsonld": "json-ld"}.get(format, format)
    dataset = Dataset()
    dataset.parse(data=written(shelf, format, options), format=syntax)
    return dataset


def quads(dataset: Dataset) -> set[tuple[object, ...]]:
    return {(s, p, o, g) for s, p, o, g in dataset.quads()}


def ask(dataset: Dataset | Graph, query: str) -> list[tuple[str, ...]]:
    return sorted(tuple(str(value) for value in row) for row in dataset.query(PREFIXES + query))  # type: ignore[union-attr]


@pytest.mark.parametrize("format", ["trig", "jsonld"])
@pytest.mark.parametrize("options", [PLAIN, ExportOptions(quote_length=9, base="urn:x:")])
def test_named_graph_formats_say_the_same(shelf: Shelf, format: str, options: ExportOptions) -> None:
    assert quads(read(shelf, format, options)) == quads(read(shelf, "nquads", options))


def test_all_formats_say_the_same_with_the_vocabulary(shelf: Shelf) -> None:
    expected = read(shelf, "nquads", ExportOptions())
    assert quads(read(shelf, "jsonld", ExportOptions())) == quads(expected)
    turtle = Graph().parse(data=written(shelf, "turtle", ExportOptions()), format="turtle")
    union = Graph()
    for s, p, o, _ in expected.quads():
        union.add((s, p, o))
    assert isomorphic(turtle, union)


def test_no_statement_is_written_twice_and_all_are_counted(shelf: Shelf) -> None:
    out = io.BytesIO()
    report = export(shelf, EventQuery(), format="nquads", out=out)
    lines = out.getvalue().decode().split("\n")[:-1]
    assert len(lines) == len(set(lines)) == report.written["statements"]
    of_dataset = [line for line in lines if line.endswith("graph/dataset> .")]
    told = [line for line in of_dataset if "void#triples" in line]
    assert f'"{len(lines) - len(of_dataset)}"' in told[0]


def test_nothing_is_a_blank_node(shelf: Shelf) -> None:
    assert b"_:" not in written(shelf, "nquads", ExportOptions())


def test_every_own_term_is_defined(shelf: Shelf) -> None:
    dataset = read(shelf, "nquads", ExportOptions())
    ontology = Graph().parse(data=ontology_text(), format="turtle")
    namespaces = {URIRef(known.namespace) for known in (own, plover, cameo)}
    described = {s for s, _, _, _ in dataset.quads()}
    for quad in dataset.quads():
        for term in quad[:3]:
            if term in namespaces:  # void:vocabulary
                continue
            if isinstance(term, URIRef) and str(term).startswith(own.namespace):
                assert (term, None, None) in ontology, term
            if isinstance(term, URIRef) and str(term).startswith((plover.namespace, cameo.namespace)):
                assert term in described, term


def test_every_term_of_the_ontology_is_documented() -> None:
    ontology = Graph().parse(data=ontology_text(), format="turtle")
    terms = {s for s in ontology.subjects() if str(s).startswith(own.namespace)}
    assert len(terms) > 80
    for term in terms:
        for told in ("label", "comment", "isDefinedBy"):
            assert (term, URIRef(f"http://www.w3.org/2000/01/rdf-schema#{told}"), None) in ontology, (
                term,
                told,
            )


def test_the_query_of_the_design_returns_the_quote(shelf: Shelf) -> None:
    shelf.told[1] = replace(shelf.told[1], origin_count=2)
    rows = ask(
        read(shelf, "nquads"),
        """SELECT ?event ?article ?quote WHERE {
             GRAPH g:reconciled { ?event :independentOrigins ?n FILTER(?n >= 2) }
             GRAPH ?ga { ?m :mentionOf ?event }
             GRAPH g:provenance { ?ga prov:wasDerivedFrom ?article .
               ?an oa:hasBody ?m ; oa:hasTarget/oa:hasSelector/oa:exact ?quote } }""",
    )
    event = f"https://diurna.example/id/event-{shelf.told[1].id}"
    quote = 'Russia and the OSCE held "frank" talks in Vienna on Thursday, an aide said\\.'
    assert rows == sorted(
        (event, f"https://diurna.example/id/article-{article.id}", quote) for article in (FIRST, COPY)
    )


def test_every_span_quotes_its_text(shelf: Shelf) -> None:
    rows = ask(
        read(shelf, "nquads"),
        """SELECT ?article ?start ?end ?exact (COALESCE(?p, "") AS ?prefix) (COALESCE(?s, "") AS ?suffix) WHERE {
             GRAPH g:provenance { ?an oa:hasTarget ?t . ?t oa:hasSource ?article ; oa:hasSelector ?at, ?as .
               ?at oa:start ?start ; oa:end ?end . ?as oa:exact ?exact
               OPTIONAL { ?as oa:prefix ?p } OPTIONAL { ?as oa:suffix ?s } } }""",
    )
    texts = {f"https://diurna.example/id/article-{c.article.id}": c.article.text for c in shelf.articles}
    assert len(rows) == 6 + 6 + 5 + 3  # sentence, trigger, participants, day, place, quantity
    for article, start, end, exact, prefix, suffix in rows:
        text = texts[article].replace("\ud800", "\ufffd")
        assert text[int(start) : int(end)] == exact
        assert text[: int(start)].endswith(prefix)
        assert text[int(end) :].startswith(suffix)


def test_each_part_leads_to_what_it_tells(shelf: Shelf) -> None:
    mention = shelf.told[0].mention_ids[0]
    rows = ask(
        read(shelf, "nquads"),
        f"""SELECT ?part ?body ?exact WHERE {{ GRAPH g:provenance {{
              ?an :evidences r:mention-{mention} ; :evidencePart ?part ; oa:hasBody ?body ;
                  oa:hasTarget/oa:hasSelector/oa:exact ?exact }} }}""",
    )
    id_ = "https://diurna.example/id/"
    found = {part.split("#")[1]: (body, exact) for part, body, exact in rows}
    assert found["SentencePart"][0] == f"{id_}mention-{mention}"
    assert found["TriggerPart"] == ("https://w3id.org/diurna/plover#ASSAULT", "shelled")
    assert found["InitiatorPart"] == (f"{id_}mention-{mention}-initiator-1", "Russian troops")
    assert found["PlacePart"] == (f"{id_}place-{NOWHERE.id}", "Somewhere")
    assert found["QuantityPart"] == (f"{id_}mention-{mention}-quantity-1", "more than 12 people")


def test_an_article_graph_holds_its_mentions_and_no_other(shelf: Shelf) -> None:
    dataset = read(shelf, "nquads")
    rows = ask(dataset, "SELECT ?g ?m WHERE { GRAPH ?g { ?m a :EventMention } }")
    expected = {
        (f"https://diurna.example/graph/article-{c.article.id}", f"https://diurna.example/id/mention-{m.id}")
        for c in shelf.articles
        for m in c.mentions
    }
    assert set(rows) == expected
    assert not ask(dataset, "SELECT ?m WHERE { GRAPH ?g { ?m a :EventMention , sem:Event } }")


def test_provenance_leads_from_graph_to_article_to_coder(shelf: Shelf) -> None:
    rows = ask(
        read(shelf, "nquads"),
        """SELECT ?article ?label WHERE { GRAPH g:provenance {
             ?g prov:wasDerivedFrom ?article ; prov:wasGeneratedBy ?run .
             ?run a prov:Activity ; prov:used ?article ; prov:wasAssociatedWith ?coder .
             ?coder schema:softwareVersion ?version ; <http://www.w3.org/2000/01/rdf-schema#label> ?label
             FILTER(?version = "0.1") } }""",
    )
    assert {row[0].rsplit("-", 1)[1] for row in rows} == {FIRST.id, COPY.id}
    assert {row[1] for row in rows} == {"rules 0.1"}


def test_a_copy_names_its_origin_and_a_former_id_its_event(shelf: Shelf) -> None:
    dataset = read(shelf, "nquads")
    id_ = "https://diurna.example/id/"
    assert ask(dataset, "SELECT ?a ?b WHERE { GRAPH ?g { ?a :syndicatedFrom ?b } }") == [
        (f"{id_}article-{COPY.id}", f"{id_}article-{FIRST.id}")
    ]
    event = shelf.told[1].id
    assert ask(
        dataset, "SELECT ?a ?b WHERE { GRAPH ?g { ?a dct:isReplacedBy ?b . ?b dct:replaces ?a } }"
    ) == [(f"{id_}event-{shelf.replaced[event][0]}", f"{id_}event-{event}")]


def test_time_has_interval_edtf_basis_and_cue(shelf: Shelf) -> None:
    rows = ask(
        read(shelf, "nquads"),
        """SELECT ?first ?last ?edtf ?basis (COALESCE(?c, "") AS ?cue) WHERE { GRAPH g:reconciled {
             ?e sem:hasTime ?t ; sem:hasBeginTimeStamp ?first ; sem:hasEndTimeStamp ?last .
             ?t a time:Interval ; time:hasBeginning/time:inXSDDate ?first ; time:hasEnd/time:inXSDDate ?last ;
                :edtf ?edtf ; :dayBasis ?basis OPTIONAL { ?t :timeCue ?c } } }""",
    )
    own_ = "https://w3id.org/diurna/ontology#"
    assert rows == [
        ("2022-01-10", "2022-01-14", "2022-01-10/2022-01-14", f"{own_}Publication", ""),
        ("2022-01-13", "2022-01-13", "2022-01-13", f"{own_}Relative", "on Thursday"),
    ]


def test_only_places_with_coordinates_have_a_point(shelf: Shelf) -> None:
    rows = ask(
        read(shelf, "nquads"),
        """SELECT ?place ?precision ?same (COALESCE(?w, "") AS ?wkt) WHERE { GRAPH g:reconciled {
             ?place a sem:Place , geo:Feature ; :geoPrecision ?precision ; owl:sameAs ?same
             OPTIONAL { ?place geo:hasGeometry/geo:asWKT ?w } } }""",
    )
    own_, id_ = "https://w3id.org/diurna/ontology#", "https://diurna.example/id/place-"
    names = "https://sws.geonames.org/"
    assert rows == [
        (f"{id_}{VIENNA.id}", f"{own_}City", f"{names}{VIENNA.id}/", "POINT(16.372080 48.208490)"),
        (f"{id_}{NOWHERE.id}", f"{own_}Unknown", f"{names}{NOWHERE.id}/", ""),
    ]


def test_an_actor_is_close_to_but_never_the_same_as_something_else(shelf: Shelf) -> None:
    dataset = read(shelf, "nquads")
    assert ask(dataset, "SELECT ?o WHERE { GRAPH ?g { r:actor-RUS skos:closeMatch ?o } }") == [
        ("https://www.wikidata.org/wiki/Q159",)
    ]
    assert not ask(dataset, "SELECT ?a WHERE { GRAPH ?g { ?a a sem:Actor ; owl:sameAs ?o } }")


def test_codes_without_a_code_list_are_coined_under_the_base(shelf: Shelf) -> None:
    rows = ask(
        read(shelf, "nquads"),
        "SELECT ?term ?label WHERE { GRAPH g:vocabulary { ?term skos:prefLabel ?label } }",
    )
    assert rows == [
        (f"https://diurna.example/id/{term}", label)
        for term, label in [
            ("cameo-9999", "9999"),
            ("mode-X%20TYPE-odd%20mode", "X TYPE-odd mode"),
            ("quantity-cattle%20lost", "cattle lost"),
            ("sector-XYZ", "XYZ"),
            ("type-X%20TYPE", "X TYPE"),
        ]
    ]


def test_code_lists_are_linked_both_ways(shelf: Shelf) -> None:
    vocabulary = read(shelf, "nquads", ExportOptions()).graph(
        URIRef("https://diurna.example/graph/vocabulary")
    )
    pairs = ask(vocabulary, "SELECT ?c ?p WHERE { ?c skos:broadMatch ?p . ?p skos:narrowMatch ?c }")
    assert len(pairs) == len(set(vocabulary.subject_objects(SKOS.broadMatch))) > 200
    assert ("https://w3id.org/diurna/cameo#0311", "https://w3id.org/diurna/plover#AGREE") in pairs
    for concept in vocabulary.subjects(RDF.type, SKOS.Concept):
        if str(concept).startswith(plover.namespace):
            assert (concept, SKOS.prefLabel, None) in vocabulary
            assert (concept, SKOS.broader, None) in vocabulary or (
                concept,
                SKOS.topConceptOf,
                None,
            ) in vocabulary


def test_quotes_can_be_cut_or_left_out(shelf: Shelf) -> None:
    cut = read(shelf, "nquads", ExportOptions(vocabulary=False, quote_length=9))
    rows = ask(cut, "SELECT DISTINCT ?exact WHERE { GRAPH ?g { ?q oa:exact ?exact ; :truncated true } }")
    assert ("Russia an",) in rows
    assert max(len(row[0]) for row in rows) == 9
    assert not ask(cut, "SELECT ?q WHERE { GRAPH ?g { ?q oa:prefix ?x } }")
    none = read(shelf, "nquads", ExportOptions(vocabulary=False, quote_length=0))
    assert not ask(none, "SELECT ?q WHERE { GRAPH ?g { ?q oa:exact ?x } }")
    assert len(ask(none, "SELECT ?q WHERE { GRAPH ?g { ?q oa:start ?x } }")) == 20


def test_the_data_set_describes_itself(shelf: Shelf) -> None:
    options = ExportOptions(
        vocabulary=False,
        licence="https://creativecommons.org/licenses/by/4.0/",
        issued=datetime(2024, 5, 1, tzinfo=UTC),
    )
    out = io.BytesIO()
    export(shelf, EventQuery(min_score=0.5), format="nquads", out=out, options=options)
    dataset = Dataset()
    dataset.parse(data=out.getvalue(), format="nquads")
    rows = ask(
        dataset,
        """SELECT ?licence ?issued ?selection ?n WHERE { GRAPH g:dataset { r:dataset a void:Dataset ;
             dct:license ?licence ; dct:issued ?issued ; :selection ?selection ; void:classPartition ?p .
             ?p void:class sem:Event ; void:entities ?n } }""",
    )
    assert rows == [(options.licence, "2024-05-01T00:00:00+00:00", '{"min_score": 0.5}', "2")]


def test_base_moves_instances_and_no_terms(shelf: Shelf) -> None:
    text = written(shelf, "nquads", ExportOptions(base="https://kg.test/d/", vocabulary=False)).decode()
    assert "diurna.example" not in text
    assert "<https://kg.test/d/id/actor-RUS>" in text
    assert "<https://kg.test/d/graph/provenance>" in text
    assert own.EventMention in text


def test_rdf_1_2_reifies_without_asserting_and_is_nquads_only(shelf: Shelf) -> None:
    options = ExportOptions(rdf_version="1.2", vocabulary=False)
    lines = written(shelf, "nquads", options).decode().split("\n")
    reifying = [line for line in lines if "#reifies>" in line]
    assert len(reifying) == 3
    assert all("<<( <https://diurna.example/id/actor-" in line and " )>> <" in line for line in reifying)
    plain = set(written(shelf, "nquads").decode().split("\n"))
    assert {line for line in plain.symmetric_difference(lines) if "void#triples" not in line} == set(reifying)
    for format in ("trig", "turtle", "jsonld"):
        with pytest.raises(InvalidInput, match="nquads"):
            written(shelf, format, options)


def test_jsonld_is_compact_and_carries_its_context(shelf: Shelf) -> None:
    document = json.loads(written(shelf, "jsonld"))
    assert set(document) == {"@context", "@graph"}
    graphs = {graph["@id"]: graph["@graph"] for graph in document["@graph"]}
    event = next(node for node in graphs["g:reconciled"] if node["@id"] == f"r:event-{shelf.told[1].id}")
    assert event["modality"] == own.Asserted[1:-1]
    assert event["confidence"] == "0.86"
    assert event["sem:hasActor"] == [{"@id": "r:actor-IGO-OSCE"}, {"@id": "r:actor-RUS"}]


def test_an_empty_selection_is_a_sound_data_set() -> None:
    dataset = read(Shelf(), "trig")
    assert ask(dataset, "SELECT ?n WHERE { GRAPH g:dataset { r:dataset void:entities ?n } }") == [("0",)]


def test_an_article_that_is_gone_leaves_positions(shelf: Shelf) -> None:
    lost = type("Lost", (Shelf,), {"article": lambda self, article_id: None})(**vars(shelf))
    dataset = read(lost, "nquads")
    assert len(ask(dataset, "SELECT ?q WHERE { GRAPH ?g { ?q oa:start ?x } }")) == 20
    assert not ask(dataset, "SELECT ?q WHERE { GRAPH ?g { ?q oa:exact ?x } }")
