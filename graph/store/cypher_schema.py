"""The Cypher that makes a database into a store, marks it, locks it and empties it."""

SCHEMA = """
CREATE CONSTRAINT diurna_store IF NOT EXISTS FOR (n:DiurnaStore) REQUIRE n.name IS UNIQUE;
CREATE CONSTRAINT article_id IF NOT EXISTS FOR (n:Article) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT mention_id IF NOT EXISTS FOR (n:EventMention) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT event_id IF NOT EXISTS FOR (n:Event) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT actor_id IF NOT EXISTS FOR (n:Actor) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT place_id IF NOT EXISTS FOR (n:Place) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT publisher_name IF NOT EXISTS FOR (n:Publisher) REQUIRE n.name IS UNIQUE;
CREATE CONSTRAINT judgement_pair IF NOT EXISTS FOR (n:Judgement) REQUIRE (n.left, n.right) IS UNIQUE;
CREATE INDEX article_published IF NOT EXISTS FOR (n:Article) ON (n.published);
CREATE INDEX article_origin IF NOT EXISTS FOR (n:Article) ON (n.origin);
CREATE INDEX event_first_day IF NOT EXISTS FOR (n:Event) ON (n.first_day);
CREATE INDEX event_type IF NOT EXISTS FOR (n:Event) ON (n.type);
CREATE INDEX mention_alias IF NOT EXISTS FOR (n:EventMention) ON (n.alias);
CREATE INDEX mention_told_by IF NOT EXISTS FOR (n:EventMention) ON (n.told_by);
CREATE INDEX mention_day IF NOT EXISTS FOR (n:EventMention) ON (n.block, n.link_day);
CREATE INDEX mention_range IF NOT EXISTS FOR (n:EventMention) ON (n.block, n.link_from);
CREATE INDEX actor_country IF NOT EXISTS FOR (n:Actor) ON (n.country);
CREATE INDEX actor_name IF NOT EXISTS FOR (n:Actor) ON (n.name);
CREATE INDEX place_country IF NOT EXISTS FOR (n:Place) ON (n.country);
CREATE INDEX place_name IF NOT EXISTS FOR (n:Place) ON (n.name);
CREATE POINT INDEX place_location IF NOT EXISTS FOR (n:Place) ON (n.location);
CREATE FULLTEXT INDEX article_words IF NOT EXISTS FOR (n:Article) ON EACH [n.title_words, n.text_words]
    OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}};
CREATE FULLTEXT INDEX article_sketch IF NOT EXISTS FOR (n:Article) ON EACH [n.sketch]
    OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}};
CREATE FULLTEXT INDEX mention_words IF NOT EXISTS FOR (n:EventMention) ON EACH [n.words]
    OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}};
"""
"""Constraints and indexes, each of which can be made again without harm."""

SCHEMA_STATEMENTS = tuple(part.strip() for part in SCHEMA.split(";") if part.strip())
AWAIT_INDEXES = "CALL db.awaitIndexes(300)"
READ_SCHEMA = "MATCH (s:DiurnaStore) RETURN s.schema"
READ_UNFINISHED = "MATCH (s:DiurnaStore) WHERE s.created IS NULL RETURN 1"
"""Finds something in a store that an import has just made: see ``FINISH``."""
ANYTHING = "MATCH (n) RETURN 1 LIMIT 1"
MARK = """
MERGE (s:DiurnaStore {name: 'Diurna'})
ON CREATE SET s.schema = $schema, s.created = datetime(), s.writes = timestamp()
RETURN s.schema
"""
"""The count of writes begins with the milliseconds since 1970, so that it is never that of a store that was here
before."""
FILL_LISTS = """
MATCH (n:{label}) WHERE {missing}
CALL {{ WITH n SET {filled} }} IN TRANSACTIONS OF 5000 ROWS
"""


def _fill_lists(label: str, *names: str) -> str:
    return FILL_LISTS.format(
        label=label,
        missing=" OR ".join(f"n.{name} IS NULL" for name in names),
        filled=", ".join(f"n.{name} = coalesce(n.{name}, [])" for name in names),
    ).strip()


FINISH = (
    _fill_lists("EventMention", "contexts", "quantities"),
    _fill_lists("Event", "initiators", "recipients", "publishers", "mentions"),
    _fill_lists("Actor", "sectors", "aliases", "same_as"),
    *SCHEMA_STATEMENTS,
    "CALL db.awaitIndexes(86400)",
    "MATCH (s:DiurnaStore) SET s.created = coalesce(s.created, datetime())",
)
"""What a store lacks that ``neo4j-admin database import`` has made: empty lists, which no CSV file can
tell from none; constraints and indexes; and, last, the sign that it lacks nothing. Can be run again."""

LOCK = "MATCH (s:DiurnaStore) SET s.writes = coalesce(s.writes, 0) + 1 RETURN s.writes"
"""Taken first in every writing transaction: writers queue up, so that each sees what the last one did."""

CLEARS = tuple(
    f"MATCH {nodes} WITH n LIMIT $limit DETACH DELETE n RETURN count(*)"
    for nodes in ("(n:EventMention)", "(n:Event)", "(n:Article)", "(n) WHERE NOT n:DiurnaStore")
)
"""Run in this order, each until nothing is left: an actor with all its relationships could be more than the server
has memory for."""
UNMARK = "MATCH (s:DiurnaStore) DELETE s"
OUR_NAMES = tuple(statement.split(" IF NOT EXISTS")[0].rsplit(" ", 1)[1] for statement in SCHEMA_STATEMENTS)
DROPS = tuple(
    f"DROP {'CONSTRAINT' if statement.startswith('CREATE CONSTRAINT') else 'INDEX'} {name} IF EXISTS"
    for statement, name in zip(SCHEMA_STATEMENTS, OUR_NAMES, strict=True)
)
