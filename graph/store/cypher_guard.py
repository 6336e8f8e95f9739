"""Whether a user's Cypher reads and does nothing else, told from its words before anything runs.

The first of three barriers; behind it stand the server's own (access mode, query type) and the snapshot,
which is opened read only in a process of its own. It is needed: opened read only, an embedded engine
still writes files (``COPY … TO``), reads any file (``LOAD FROM``) and loads extensions, and Neo4j runs
administrative procedures in reading transactions.

The rules are narrow on purpose. A query begins with a reading clause, is one statement, has no word of
a writing clause outside names, texts and comments, and calls only procedures listed here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.errors import InvalidInput

BEGINNINGS = frozenset({"MATCH", "OPTIONAL", "WITH", "UNWIND", "RETURN", "CALL"})
"""First words of queries that read."""

REFUSED = frozenset(
    "CREATE INSERT MERGE DELETE DETACH NODETACH SET REMOVE FOREACH LOAD COPY DROP ALTER USE IMPORT EXPORT"
    " ATTACH INSTALL TRANSACTIONS".split()
)
"""Words of clauses that write, leave the store or read files; not as property, label or key."""

PROCEDURES = frozenset(
    "db.labels db.relationshipTypes db.propertyKeys db.schema.visualization db.schema.nodeTypeProperties"
    " db.schema.relTypeProperties db.index.fulltext.queryNodes db.index.fulltext.queryRelationships"
    " db.index.fulltext.listAvailableAnalyzers show_tables table_info show_functions db_version".split()
)
"""Procedures that only read, of Neo4j and of the snapshot's engine."""

LONGEST = 100_000
"""Characters of a query."""

_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<comment>//[^\r\n]*|/\*.*?\*/)
      | (?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
      | (?P<quoted>`(?:[^`]|``)*`)
      | (?P<parameter>\$(?:\w+|`(?:[^`]|``)*`))
      | (?P<number>\d+(?:\.\d+)?\w*)
      | (?P<word>\w+)
      | (?P<mark>\.\.|.)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A part of a query.

    Attributes:
        kind: space, comment, text, quoted, parameter, number, word or mark.
        text: As written; joined, the tokens are the query.
    """

    kind: str
    text: str

    @property
    def word(self) -> str:
        """The word in capitals, ``""`` for what is none.

        Letters that a server's case folding could take for others (long s, dotless i, the Kelvin sign)
        are folded too.
        """
        return self.text.casefold().upper() if self.kind == "word" else ""


def tokens(query: str) -> list[Token]:
    """Return the parts of a query."""
    return [Token(str(found.lastgroup), found.group()) for found in _TOKEN.finditer(query)]


def check_reading(query: str, parameters: Mapping[str, object]) -> None:
    """Refuse a query that does anything but read, or asks for a parameter that is not given.

    Raises:
        InvalidInput: With the word or procedure that is refused, or the parameter that is missing.
    """
    if len(query) > LONGEST:
        raise InvalidInput(f"a query has at most {LONGEST} characters")
    if re.search(r"\\[uU]", query):
        # Neo4j reads \u0027 as a quote even inside a text: what is text and what is not would differ.
        raise InvalidInput(
            r"\u escapes are not taken: write the character itself, or hand it in as a parameter"
        )
    told = [token for token in tokens(query) if token.kind not in ("space", "comment")]
    while told and told[-1].text == ";":
        told.pop()
    if not told:
        raise InvalidInput("there is no query: write, for example, MATCH (e:Event) RETURN e.name LIMIT 10")
    if told[0].word not in BEGINNINGS:
        raise InvalidInput(
            f"queries only read: one begins with {', '.join(sorted(BEGINNINGS))}, not with {told[0].text[:40]!r}"
        )
    for number, token in enumerate(told):
        _check_mark(token)
        if token.word in REFUSED and not _is_name(told, number):
            raise InvalidInput(
                f"queries only read: {token.word} is refused. A name that only looks like it goes into "
                f"backticks: `{token.text}`"
            )
        if token.word == "CALL" and not _is_name(told, number):
            _check_call(told[number + 1 :])
    missing = sorted(set(_parameters(told)) - set(parameters))
    if missing:
        raise InvalidInput(f"the query asks for ${missing[0]}, which is not given")


def _check_mark(token: Token) -> None:
    if token.kind != "mark":
        return
    if token.text == ";":
        raise InvalidInput("one query at a time: there is a ; before the end")
    if token.text in ("'", '"', "`"):
        raise InvalidInput(f"a {token.text} is opened and not closed")
    if token.text == "\\":
        raise InvalidInput("a \\ stands outside a text")


def _is_name(told: Sequence[Token], number: int) -> bool:
    """Tell whether a word is no clause's: ``e.set``, ``(:Set)``, ``{set: 1}``, ``count(set)``, ``set.name``.

    No clause begins after a colon or ends where it began.
    """
    before = told[number - 1].text if number else ""
    if before == "." and number > 1:
        return told[number - 2].kind != "number"
    after = told[number + 1].text if number + 1 < len(told) else ""
    return before == ":" or after in (":", ".", ",", ")", "]")


def _check_call(rest: Sequence[Token]) -> None:
    if rest and rest[0].text in ("{", "("):
        return  # a subquery: its words are checked like all others
    name = ""
    for token in rest:
        if token.kind != "word" and token.text != ".":
            break
        if token.kind == "word" and name and not name.endswith("."):
            break
        name += token.text
    if name not in PROCEDURES:
        called = name or "".join(token.text for token in rest[:1])
        raise InvalidInput(
            f"queries only read: CALL {called} is refused; what can be called is a subquery, or "
            f"{', '.join(sorted(PROCEDURES))}"
        )


def _parameters(told: Iterable[Token]) -> Iterator[str]:
    for token in told:
        if token.kind == "parameter":
            name = token.text[1:]
            yield name[1:-1].replace("``", "`") if name.startswith("`") else name
