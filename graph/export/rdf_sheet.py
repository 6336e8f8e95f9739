"""The sheet that statements are written on, and the codes that stand in them as terms."""

from functools import cache

from graph.export.rdf_terms import Names, cameo, literal, local, own, plover, rdf, rdfs, skos
from graph.export.source import ExportOptions
from graph.ontology import codebook

QUANTITIES = (
    "killed",
    "injured",
    "hostages",
    "arrested",
    "released",
    "years",
    "troops",
    "protesters",
    "displaced",
    "refugees",
    "money",
)
"""What the ontology has a term for; other quantities get a term under the base."""


@cache
def known_codes() -> frozenset[str]:
    """Return the terms that the vocabulary graph describes, out of PLOVER, CAMEO and the quantities."""
    types = codebook.types()
    return frozenset(
        [plover[local(name)] for name in types]
        + [plover[local(f"{name}-{mode}")] for name, known in types.items() for mode in known.modes]
        + [plover[local(f"context-{context}")] for context in codebook.contexts()]
        + [plover[local(f"sector-{sector}")] for sector in codebook.sectors()]
        + [cameo[local(code)] for code in codebook.cameo()]
        + [own[what] for what in QUANTITIES]
    )


class Sheet:
    """Statements gathered until they are taken, as lines of N-Quads.

    Attributes:
        names: The IRIs under the exporter's base.
        options: What the exporter was told.
        coined: Terms under the base for codes that the vocabulary does not have, with their labels.
    """

    def __init__(self, options: ExportOptions) -> None:
        self.names = Names(options.base)
        self.options = options
        self.coined: dict[str, str] = {}
        self._lines: list[str] = []
        self._terms: dict[tuple[str, str], str] = {}

    def put(self, graph: str, subject: str, *pairs: tuple[str, str | None]) -> None:
        """Write one statement a pair of predicate and object; pairs without an object are left out."""
        write = self._lines.append
        for predicate, value in pairs:
            if value is not None:
                write(f"{subject} {predicate} {value} {graph} .\n")

    def take(self) -> list[str]:
        """Return the lines written so far, one statement each, and begin anew."""
        lines, self._lines = self._lines, []
        return lines

    def term(self, kind: str, code: str) -> str:
        """Return the term of a code.

        Args:
            kind: ``type``, ``mode`` (``CONSULT-visit``), ``context``, ``sector``, ``cameo``, ``quantity``.
            code: A code of the codebook. Any other gets a term under the base and is kept in ``coined``.
        """
        term = self._terms.get((kind, code))
        if term is None:
            term = self._terms[kind, code] = self._new_term(kind, code)
        return term

    def _new_term(self, kind: str, code: str) -> str:
        match kind:
            case "type" | "mode":
                term = plover[local(code)]
            case "cameo":
                term = cameo[local(code)]
            case "quantity":
                term = own[local(code)]
            case _:
                term = plover[local(f"{kind}-{code}")]
        if term not in known_codes():
            term = self.names.thing(kind, code)
            self.coined[term] = code
        return term

    def put_coined(self) -> None:
        """Describe the coined terms in the vocabulary graph."""
        for term, label in sorted(self.coined.items()):
            self.put(
                self.names.vocabulary,
                term,
                (rdf.type, skos.Concept),
                (skos.prefLabel, literal(label)),
                (rdfs.comment, literal("A code that came with the data; no published code list has it.")),
            )
