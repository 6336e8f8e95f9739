"""Articles, actors and places in RDF."""

import hashlib

from graph.export.rdf_sheet import Sheet
from graph.export.rdf_terms import (
    dct,
    geo,
    in_language,
    integer,
    iri,
    literal,
    moment,
    owl,
    own,
    part,
    prov,
    rdf,
    rdfs,
    schema,
    sem,
    sf,
    skos,
    xsd,
)
from graph.export.source import unique
from graph.model import Actor, ActorKind, Article, ArticleId, Place, Precision

GEONAMES = "https://sws.geonames.org/"

ACTOR_TYPE = {
    ActorKind.COUNTRY: own.CountryActor,
    ActorKind.ORGANISATION: own.OrganisationActor,
    ActorKind.GROUP: own.GroupActor,
    ActorKind.PERSON: own.PersonActor,
    ActorKind.ROLE: own.RoleActor,
    ActorKind.UNKNOWN: own.UnknownActor,
}
PRECISION = {precision: own[precision.value.capitalize()] for precision in Precision}


def put_article(sheet: Sheet, article: Article, origin: ArticleId) -> None:
    """Write what an article is, without its text, and that its graph comes from it."""
    names = sheet.names
    subject = names.thing("article", article.id)
    publisher = names.thing("publisher", article.publisher) if article.publisher else None
    address = None
    if article.url:
        address = iri(article.url) or f"{literal(article.url)}^^{xsd.anyURI}"
    sheet.put(
        names.provenance,
        subject,
        (rdf.type, schema.NewsArticle),
        (schema.headline, in_language(article.title, article.language) if article.title else None),
        (schema.url, address),
        (schema.publisher, publisher),
        (schema.inLanguage, literal(article.language) if article.language else None),
        (dct.issued, moment(article.published) if article.published else None),
        (own.contentHash, literal(f"sha256:{_sha256(article.text)}")),
        (own.characterCount, integer(len(article.text))),
        (own.syndicatedFrom, names.thing("article", origin) if origin != article.id else None),
    )
    sheet.put(
        names.provenance,
        names.graph(article.id),
        (rdf.type, prov.Entity),
        (prov.wasDerivedFrom, subject),
    )


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def put_publisher(sheet: Sheet, publisher: str) -> None:
    """Write what a publisher is."""
    sheet.put(
        sheet.names.provenance,
        sheet.names.thing("publisher", publisher),
        (rdf.type, schema.NewsMediaOrganization),
        (schema.name, literal(publisher)),
    )


def coder_iri(sheet: Sheet, coder: str) -> str:
    """Return the IRI of a coder: a program with its version."""
    return sheet.names.thing("coder", coder.replace(" ", "-") or "unknown")


def put_coder(sheet: Sheet, coder: str) -> None:
    """Write what a coder is; the last word of its name is its version."""
    _, _, version = coder.rpartition(" ")
    sheet.put(
        sheet.names.provenance,
        coder_iri(sheet, coder),
        (rdf.type, prov.SoftwareAgent),
        (rdfs.label, literal(coder or "unknown")),
        (schema.softwareVersion, literal(version) if version and version != coder else None),
    )


def put_coding(sheet: Sheet, article_id: ArticleId, coder: str) -> None:
    """Write that a coder read an article, and that this made the article's graph."""
    names = sheet.names
    agent = coder_iri(sheet, coder)
    coding = names.thing("coding", f"{article_id}-{coder.replace(' ', '-') or 'unknown'}")
    sheet.put(names.provenance, names.graph(article_id), (prov.wasGeneratedBy, coding))
    sheet.put(
        names.provenance,
        coding,
        (rdf.type, prov.Activity),
        (prov.used, names.thing("article", article_id)),
        (prov.wasAssociatedWith, agent),
    )


def put_actor(sheet: Sheet, actor: Actor) -> None:
    """Write who an actor is.

    An actor is never said to be ``owl:sameAs`` anything: a country that acts as its government is not the
    stretch of land of the same name, which GeoNames describes and ``put_place`` points to.
    """
    sheet.put(
        sheet.names.reconciled,
        sheet.names.thing("actor", actor.id),
        (rdf.type, sem.Actor),
        (rdfs.label, literal(actor.name or actor.id)),
        *[(skos.altLabel, literal(alias)) for alias in unique(actor.aliases) if alias != actor.name],
        (sem.actorType, ACTOR_TYPE[actor.kind]),
        (own.country, literal(actor.country) if actor.country else None),
        (own.international, own[actor.international.value] if actor.international else None),
        *[(own.sector, sheet.term("sector", sector)) for sector in unique(actor.sectors)],
        *[(skos.closeMatch, other) for other in unique(iri(same) for same in actor.same_as)],
        (dct.identifier, literal(actor.id)),
    )


def put_place(sheet: Sheet, place: Place) -> None:
    """Write where a place is; it has a point only when it has coordinates."""
    subject = sheet.names.thing("place", str(place.id))
    point = None
    if place.latitude is not None and place.longitude is not None:
        point = part(subject, "point")
    sheet.put(
        sheet.names.reconciled,
        subject,
        (rdf.type, sem.Place),
        (rdf.type, geo.Feature),
        (rdfs.label, literal(place.name or str(place.id))),
        (own.country, literal(place.country) if place.country else None),
        (own.admin1, literal(place.admin1) if place.admin1 else None),
        (own.geoPrecision, PRECISION[place.precision]),
        (owl.sameAs, f"<{GEONAMES}{place.id}/>" if place.id > 0 else None),
        (geo.hasGeometry, point),
    )
    if point is not None and place.latitude is not None and place.longitude is not None:
        wkt = f'"POINT({place.longitude:.6f} {place.latitude:.6f})"'
        sheet.put(
            sheet.names.reconciled,
            point,
            (rdf.type, sf.Point),
            (geo.asWKT, f"{wkt}^^{geo.wktLiteral}"),
        )
