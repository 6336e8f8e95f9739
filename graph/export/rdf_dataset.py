"""The dataset graph: what was exported, how much it is, and under which terms (VoID and DCAT)."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from importlib.metadata import PackageNotFoundError, version

from graph.export.rdf_sheet import Sheet
from graph.export.rdf_terms import (
    PREFIXES,
    dcat,
    dct,
    in_language,
    integer,
    iri,
    literal,
    moment,
    own,
    part,
    prov,
    rdf,
    rdfs,
    schema,
    sem,
    void,
)
from graph.export.rdf_terms import day as day_literal
from graph.model import EventQuery

RIGHTS = (
    "The statements are facts read from the articles named in the provenance graph. "
    "Headlines and quotes belong to their publishers."
)
CLASSES = {
    "events": sem.Event,
    "mentions": own.EventMention,
    "articles": schema.NewsArticle,
    "actors": sem.Actor,
    "places": sem.Place,
}
NO_VOCABULARIES = ("rdf", "rdfs", "owl", "xsd")


def software_version() -> str:
    """Return the version of the installed distribution, or ``"unknown"`` when there is none."""
    try:
        return version("diurna")
    except PackageNotFoundError:
        return "unknown"


def put_dataset(
    sheet: Sheet, query: EventQuery, written: Mapping[str, int], first: date | None, last: date | None
) -> None:
    """Describe the data set.

    Args:
        sheet: What to write on.
        query: What was selected.
        written: How many items of each kind were written; ``statements`` counts those of all other graphs.
        first: First day of the earliest event, or ``None``.
        last: Last day of the latest event, or ``None``.
    """
    names, options = sheet.names, sheet.options
    graph, dataset = names.dataset_graph, names.dataset
    software = names.thing("software", f"diurna-{software_version()}")
    temporal = part(dataset, "temporal") if first and last else None
    things = sum(written[kind] for kind in CLASSES)
    sheet.put(
        graph,
        dataset,
        (rdf.type, void.Dataset),
        (rdf.type, dcat.Dataset),
        (dct.title, in_language(options.title, "en")),
        (dct.description, in_language(_description(written), "en")),
        (dct.license, iri(options.licence) if options.licence else None),
        (dct.rights, in_language(RIGHTS, "en")),
        (dct.issued, moment(options.issued) if options.issued else None),
        (dct.temporal, temporal),
        (dcat.version, literal(software_version())),
        (own.selection, literal(selection(query))),
        (prov.wasAttributedTo, software),
        (void.uriSpace, literal(names.things)),
        (void.triples, integer(written["statements"])),
        (void.entities, integer(things)),
        *[
            (void.vocabulary, f"<{namespace}>")
            for prefix, namespace in PREFIXES.items()
            if prefix not in NO_VOCABULARIES
        ],
        *[(void.classPartition, part(dataset, kind)) for kind in CLASSES],
    )
    for kind, term in CLASSES.items():
        sheet.put(graph, part(dataset, kind), (void["class"], term), (void.entities, integer(written[kind])))
    sheet.put(
        graph,
        software,
        (rdf.type, prov.SoftwareAgent),
        (rdfs.label, literal("Diurna")),
        (schema.softwareVersion, literal(software_version())),
    )
    if temporal and first and last:
        sheet.put(
            graph,
            temporal,
            (rdf.type, dct.PeriodOfTime),
            (dcat.startDate, day_literal(first)),
            (dcat.endDate, day_literal(last)),
        )


def _description(written: Mapping[str, int]) -> str:
    return (
        f"{written['events']} events told by {written['mentions']} mentions in {written['articles']} articles, "
        "each with the sentence it stands in."
    )


def selection(query: EventQuery) -> str:
    """Return the selection as JSON with sorted keys: what differs from an empty query, and nothing else."""
    plain = asdict(EventQuery())
    fields = {key: value for key, value in asdict(query).items() if value != plain[key]}
    return json.dumps(fields, default=str, ensure_ascii=False, sort_keys=True)
