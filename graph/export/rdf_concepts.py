"""The vocabulary graph: the ontology of ``vocabulary.ttl``, and PLOVER and CAMEO as SKOS.

The code lists are made from ``graph.ontology.codebook``. CAMEO's tree is kept by ``skos:broader``, PLOVER's
quad classes stand above its types and the types above their modes; each CAMEO code that PLOVER has a
counterpart for points to it by ``skos:broadMatch``, and is pointed to by ``skos:narrowMatch``.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from graph.export.rdf_sheet import Sheet
from graph.export.rdf_terms import (
    cameo,
    dct,
    decimal,
    in_language,
    iri,
    literal,
    local,
    own,
    plover,
    rdf,
    rdfs,
    sem,
    skos,
)
from graph.export.source import ExportOptions, unique
from graph.ontology import codebook

PLOVER_MANUAL = "https://github.com/openeventdata/PLOVER"
CAMEO_MANUAL = "http://eventdata.parusanalytics.com/data.dir/cameo.html"


def ontology_text(name: str = "vocabulary.ttl") -> str:
    """Return the ontology (``vocabulary.ttl``) or the SHACL shapes (``shapes.ttl``) as Turtle."""
    return files("graph.export").joinpath(name).read_text(encoding="utf-8")


@cache
def vocabulary_lines(graph: str) -> tuple[str, ...]:
    """Return the vocabulary graph as sorted lines of N-Quads."""
    return tuple(sorted(_ontology_lines(graph) + _concept_lines(graph)))


def _ontology_lines(graph: str) -> list[str]:
    ontology = Graph().parse(data=ontology_text(), format="turtle")
    return [f"{_term(s)} {_term(p)} {_term(o)} {graph} .\n" for s, p, o in ontology]


def _term(node: Node) -> str:
    if isinstance(node, URIRef):
        return f"<{node}>"
    if not isinstance(node, Literal):
        raise TypeError(f"the ontology has a node without a name: {node!r}")
    if node.language:
        return in_language(str(node), node.language)
    return literal(str(node)) + (f"^^<{node.datatype}>" if node.datatype else "")


def _concept_lines(graph: str) -> list[str]:
    sheet = Sheet(ExportOptions())
    _put_schemes(sheet, graph)
    _put_types(sheet, graph)
    _put_flat(sheet, graph, "context", {name: name.replace("_", " ") for name in codebook.contexts()})
    _put_flat(sheet, graph, "sector", codebook.sectors())
    _put_cameo(sheet, graph)
    return sheet.take()


def _scheme(name: str) -> str:
    return cameo[name] if name == "codes" else plover[name]


def _put_schemes(sheet: Sheet, graph: str) -> None:
    for name, title, source in (
        ("types", "PLOVER event types and modes", PLOVER_MANUAL),
        ("contexts", "PLOVER contexts", PLOVER_MANUAL),
        ("sectors", "PLOVER actor sectors", PLOVER_MANUAL),
        ("codes", "CAMEO event codes", CAMEO_MANUAL),
    ):
        sheet.put(
            graph,
            _scheme(name),
            (rdf.type, skos.ConceptScheme),
            (dct.title, in_language(title, "en")),
            (rdfs.label, in_language(title, "en")),
            (dct.source, iri(source)),
        )


def _put_concept(
    sheet: Sheet,
    graph: str,
    concept: str,
    scheme: str,
    *,
    code: str,
    label: str,
    definition: str = "",
    broader: str | None = None,
) -> None:
    sheet.put(
        graph,
        concept,
        (rdf.type, skos.Concept),
        (skos.inScheme, _scheme(scheme)),
        (skos.notation, literal(code)),
        (skos.prefLabel, in_language(label, "en")),
        (skos.definition, in_language(definition, "en") if definition else None),
        (skos.broader, broader),
        (skos.topConceptOf, _scheme(scheme) if broader is None else None),
    )
    if broader is None:
        sheet.put(graph, _scheme(scheme), (skos.hasTopConcept, concept))
    else:
        sheet.put(graph, broader, (skos.narrower, concept))


def _put_types(sheet: Sheet, graph: str) -> None:
    types = codebook.types()
    for quad in unique(known.quad for known in types.values()):
        _put_concept(sheet, graph, _quad(quad), "types", code=quad, label=quad)
    for name, known in types.items():
        concept = sheet.term("type", name)
        _put_concept(
            sheet,
            graph,
            concept,
            "types",
            code=name,
            label=name.lower(),
            definition=known.description,
            broader=_quad(known.quad),
        )
        sheet.put(graph, concept, (rdf.type, sem.EventType), (own.tone, decimal(known.score)))
        for mode in known.modes.values():
            in_mode = sheet.term("mode", f"{name}-{mode.name}")
            _put_concept(
                sheet,
                graph,
                in_mode,
                "types",
                code=mode.name,
                label=f"{name.lower()}, {mode.name}",
                definition=mode.description,
                broader=concept,
            )
            sheet.put(graph, in_mode, (own.tone, None if mode.score is None else decimal(mode.score)))


def _quad(name: str) -> str:
    return plover[local(f"quad-{name.replace(' ', '-')}")]


def _put_flat(sheet: Sheet, graph: str, kind: str, labels: Mapping[str, str]) -> None:
    for code, label in labels.items():
        _put_concept(sheet, graph, sheet.term(kind, code), f"{kind}s", code=code, label=label)


def _put_cameo(sheet: Sheet, graph: str) -> None:
    codes = codebook.cameo()
    for code, known in codes.items():
        concept = sheet.term("cameo", code)
        above = next(
            (code[:length] for length in range(len(code) - 1, 1, -1) if code[:length] in codes), None
        )
        _put_concept(
            sheet,
            graph,
            concept,
            "codes",
            code=code,
            label=known.name.capitalize() if known.name.isupper() else known.name,
            broader=sheet.term("cameo", above) if above else None,
        )
        sheet.put(
            graph,
            concept,
            (own.goldstein, None if known.goldstein is None else decimal(known.goldstein)),
            (skos.relatedMatch, sheet.term("context", known.context) if known.context else None),
        )
        if known.type:
            kind, name = ("mode", f"{known.type}-{known.mode}") if known.mode else ("type", known.type)
            counterpart = sheet.term(kind, name)
            sheet.put(graph, concept, (skos.broadMatch, counterpart))
            sheet.put(graph, counterpart, (skos.narrowMatch, concept))
