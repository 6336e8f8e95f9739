"""RDF terms as N-Triples writes them: IRIs in angle brackets, literals in quotes, always escaped.

Terms of the ontology, of PLOVER and of CAMEO stand under ``https://w3id.org/diurna/`` and end in a hash
and a name, whoever exports. Instances stand under the exporter's own base (``Names``): ``<base>id/…`` for
things and ``<base>graph/…`` for named graphs.

Nothing is a blank node: what others leave without a name (a role, an interval, a selector) is named
after what it belongs to, ``mention-m12-initiator-1``. So the same store gives the same bytes, two exports
can be compared line by line, and loading one twice changes nothing.
"""

import math
import re
from datetime import UTC, date, datetime
from urllib.parse import quote


class Vocabulary:
    """Terms of one namespace: ``sem.Event`` is ``<http://…/sem/Event>``."""

    def __init__(self, namespace: str) -> None:
        self.namespace = namespace

    def __getattr__(self, name: str) -> str:
        if name.startswith("__"):
            raise AttributeError(name)
        return self[name]

    def __getitem__(self, name: str) -> str:
        term = self.__dict__[name] = f"<{self.namespace}{name}>"
        return term


rdf = Vocabulary("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
rdfs = Vocabulary("http://www.w3.org/2000/01/rdf-schema#")
owl = Vocabulary("http://www.w3.org/2002/07/owl#")
xsd = Vocabulary("http://www.w3.org/2001/XMLSchema#")
skos = Vocabulary("http://www.w3.org/2004/02/skos/core#")
dct = Vocabulary("http://purl.org/dc/terms/")
prov = Vocabulary("http://www.w3.org/ns/prov#")
oa = Vocabulary("http://www.w3.org/ns/oa#")
schema = Vocabulary("https://schema.org/")
sem = Vocabulary("http://semanticweb.cs.vu.nl/2009/11/sem/")
owl_time = Vocabulary("http://www.w3.org/2006/time#")
geo = Vocabulary("http://www.opengis.net/ont/geosparql#")
sf = Vocabulary("http://www.opengis.net/ont/sf#")
void = Vocabulary("http://rdfs.org/ns/void#")
dcat = Vocabulary("http://www.w3.org/ns/dcat#")
own = Vocabulary("https://w3id.org/diurna/ontology#")
plover = Vocabulary("https://w3id.org/diurna/plover#")
cameo = Vocabulary("https://w3id.org/diurna/cameo#")

PREFIXES = {
    "": own.namespace,
    "cameo": cameo.namespace,
    "dcat": dcat.namespace,
    "dct": dct.namespace,
    "geo": geo.namespace,
    "oa": oa.namespace,
    "owl": owl.namespace,
    "plv": plover.namespace,
    "prov": prov.namespace,
    "rdf": rdf.namespace,
    "rdfs": rdfs.namespace,
    "schema": schema.namespace,
    "sem": sem.namespace,
    "sf": sf.namespace,
    "skos": skos.namespace,
    "time": owl_time.namespace,
    "void": void.namespace,
    "xsd": xsd.namespace,
}
"""The prefixes of pretty formats, beside ``r:`` and ``g:`` for things and graphs under the base."""

_needs_escape = re.compile('["\\\\\x00-\x1f\x7f\ud800-\udfff]').search
_ESCAPES = {code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F)}
_ESCAPES |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_ESCAPES |= {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 0x22: '\\"', 0x5C: "\\\\"}
_FORBIDDEN_IN_IRI = re.compile('[\\s\x00-\x20<>"{}|\\\\^`\x7f-\x9f\ud800-\udfff]')
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:.")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")

TRUE = f'"true"^^{xsd.boolean}'


def literal(text: str) -> str:
    """Return a plain literal. A lone surrogate, which RDF cannot hold, becomes U+FFFD: offsets stay."""
    return f'"{text.translate(_ESCAPES)}"' if _needs_escape(text) else f'"{text}"'


def in_language(text: str, language: str | None) -> str:
    """Return a literal with a language tag, or a plain one when the language is not known."""
    return f"{literal(text)}@{language}" if language and _LANGUAGE.fullmatch(language) else literal(text)


def integer(number: int) -> str:
    """Return an xsd:integer."""
    return f'"{number}"^^{xsd.integer}'


def decimal(number: float) -> str:
    """Return an xsd:decimal in its canonical form, with at most six digits after the point.

    Raises:
        ValueError: If the number is not finite.
    """
    if not math.isfinite(number):
        raise ValueError(f"not a decimal: {number}")
    digits = f"{number:.6f}".rstrip("0")
    digits += "0" if digits.endswith(".") else ""
    return f'"{"0.0" if digits == "-0.0" else digits}"^^{xsd.decimal}'


def day(value: date) -> str:
    """Return an xsd:date."""
    return f'"{value.isoformat()}"^^{xsd.date}'


def moment(value: datetime) -> str:
    """Return an xsd:dateTime in UTC."""
    return f'"{value.astimezone(UTC).replace(tzinfo=None).isoformat()}Z"^^{xsd.dateTime}'


def iri(address: str) -> str | None:
    """Return an absolute IRI, what it may not contain percent-encoded; ``None`` for what is none."""
    address = address.strip()
    if not _ABSOLUTE.match(address):
        return None
    return f"<{_FORBIDDEN_IN_IRI.sub(lambda found: quote(found[0], safe='', errors='replace'), address)}>"


def local(text: str) -> str:
    """Return the text percent-encoded, fit to stand as the last step of any IRI."""
    return quote(text, safe="", errors="replace")


class Names:
    """IRIs of things and graphs under a base."""

    def __init__(self, base: str) -> None:
        self.things = f"{base}id/"
        self.graphs = f"{base}graph/"
        self.provenance = f"<{self.graphs}provenance>"
        self.reconciled = f"<{self.graphs}reconciled>"
        self.vocabulary = f"<{self.graphs}vocabulary>"
        self.dataset_graph = f"<{self.graphs}dataset>"
        self.dataset = f"<{self.things}dataset>"

    def graph(self, article_id: str) -> str:
        """Return the graph of what an article says."""
        return f"<{self.graphs}article-{local(article_id)}>"

    def thing(self, kind: str, key: str) -> str:
        """Return the IRI of an article, a mention, an event, an actor, a place, a publisher…"""
        return f"<{self.things}{kind}-{local(key)}>"


def part(whole: str, name: str) -> str:
    """Return the IRI of a part: of ``<…mention-m12>`` and ``time`` it makes ``<…mention-m12-time>``, say."""
    return f"{whole[:-1]}-{name}>"
