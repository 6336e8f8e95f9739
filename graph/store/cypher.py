"""All Cypher of the Neo4j store. Values come as parameters only; what is put together are our own words.

The graph::

    (:Article)-[:PUBLISHED_BY]->(:Publisher)      (:Article)-[:COPY_OF]->(:Article)
    (:Article)-[:REPORTS]->(:EventMention)-[:OF {reason}]->(:Event)
    (:EventMention)-[:NAMES_INITIATOR|NAMES_RECIPIENT {text}]->(:Actor)
    (:EventMention)-[:NAMES_PLACE]->(:Place)
    (:Event)-[:INITIATED_BY|DIRECTED_AT]->(:Actor)
    (:Event)-[:AT]->(:Place)-[:IN]->(:Place)
    (:Article)-[:SAME_TEXT]-(:Article)            pairs of copies, from which COPY_OF follows
    (:Judgement {left, right, verdict})           what people said of two actors
    (:DiurnaStore {schema})                       marks the database as ours

A plan is made from counts that are of yesterday in a store that is being filled, and it is kept: so
nothing is left to it. Each look-up names the index that it seeks in (without ``SEEK`` a scan of the whole
index would do), and what may be there or not is asked for by ``[… | …]``: OPTIONAL MATCH can become a join
with all nodes of a label.

Days and moments of rows come as text, which the server reads: the driver takes longer over one of its own
types than over ten texts.
"""

from graph.store.cypher_rows import Rows, map_of_row

_ARTICLE = map_of_row(
    "id title publisher url published published_as_given language file text characters mention_count origin"
    " annotation digest sketch title_words text_words"
)
_MENTION = map_of_row(
    "id name type mode contexts cameo modality reciprocal first_day last_day day_basis day_cue place quantities"
    " quote words score coder rule position told block link_first link_last link_day link_from unit rank"
    " statement told_by alias"
)
_EVENT = map_of_row(
    "id type mode modality reciprocal first_day last_day day_basis day_cue week place mention_count"
    " article_count publisher_count origin_count score tone quote first_reported initiators recipients"
    " publishers mentions fingerprint name"
)
_NAMED = map_of_row("position text start end")

# --- writing: taking out ---------------------------------------------------------------------------------

READ_DIGESTS = """
UNWIND $ids AS id
MATCH (a:Article {id: id}) USING INDEX SEEK a:Article(id)
RETURN a.id, a.digest
"""

READ_ARTICLES_TO_TAKE_OUT = """
UNWIND $ids AS id MATCH (a:Article {id: id}) USING INDEX SEEK a:Article(id)
RETURN a.id, a.origin, a.annotation, a.publisher, COLLECT { MATCH (a)-[:SAME_TEXT]-(b:Article) RETURN b.id }
"""

READ_MENTIONS_OF_ARTICLES = """
UNWIND $ids AS id MATCH (a:Article {id: id})-[:REPORTS]->(m:EventMention) USING INDEX SEEK a:Article(id)
RETURN a.id, m.id, m.rank, m.block, m.link_first, m.link_last, m.unit, m.told_by, m.statement,
       head([(m)-[:OF]->(e:Event) | e.id])
"""

DELETE_ARTICLES = """
UNWIND $ids AS id MATCH (a:Article {id: id}) USING INDEX SEEK a:Article(id)
FOREACH (m IN [(a)-[:REPORTS]->(m:EventMention) | m] | DETACH DELETE m)
DETACH DELETE a
"""

# --- writing: putting in ---------------------------------------------------------------------------------

READ_KNOWN_MENTIONS = """
UNWIND $ids AS id
MATCH (m:EventMention {id: id}) USING INDEX SEEK m:EventMention(id)
RETURN m.id
"""

CREATE_ARTICLES = Rows(f"UNWIND $rows AS row CREATE (a:Article) SET a = {_ARTICLE}")

CREATE_PUBLISHED = Rows("""
UNWIND $rows AS row MATCH (a:Article {id: row.article}) USING INDEX SEEK a:Article(id)
MERGE (p:Publisher {name: row.publisher}) CREATE (a)-[:PUBLISHED_BY]->(p)
""")

CREATE_MENTIONS = Rows(f"""
UNWIND $rows AS row MATCH (a:Article {{id: row.article}}) USING INDEX SEEK a:Article(id)
CREATE (a)-[:REPORTS]->(m:EventMention) SET m = {_MENTION}
""")

_CREATE_NAMED = f"""
UNWIND $rows AS row MATCH (m:EventMention {{id: row.mention}}) USING INDEX SEEK m:EventMention(id)
MATCH (a:Actor {{id: row.actor}}) USING INDEX SEEK a:Actor(id)
CREATE (m)-[r:NAMES_SIDE]->(a) SET r = {_NAMED}
"""
CREATE_INITIATORS = Rows(_CREATE_NAMED.replace("SIDE", "INITIATOR"))
CREATE_RECIPIENTS = Rows(_CREATE_NAMED.replace("SIDE", "RECIPIENT"))

CREATE_MENTION_PLACES = Rows("""
UNWIND $rows AS row MATCH (m:EventMention {id: row.mention}) USING INDEX SEEK m:EventMention(id)
MATCH (p:Place {id: row.place}) USING INDEX SEEK p:Place(id)
CREATE (m)-[:NAMES_PLACE]->(p)
""")

FIND_SKETCHES = """
UNWIND $searches AS search
CALL db.index.fulltext.queryNodes('article_sketch', search) YIELD node
RETURN DISTINCT node.id, node.sketch
"""

COUNT_ARTICLES = "MATCH (a:Article) RETURN count(a)"

READ_SKETCHES = """
MATCH (a:Article) WHERE a.id > $last
RETURN a.id, a.sketch ORDER BY a.id LIMIT $limit
"""

READ_TEXTS = """
UNWIND $ids AS id
MATCH (a:Article {id: id}) USING INDEX SEEK a:Article(id)
RETURN a.id, a.text
"""

CREATE_COPIES = Rows("""
UNWIND $rows AS row MATCH (one:Article {id: row.one}) USING INDEX SEEK one:Article(id)
MATCH (other:Article {id: row.other}) USING INDEX SEEK other:Article(id)
CREATE (one)-[:SAME_TEXT]->(other)
""")

DELETE_UNUSED_PUBLISHERS = """
UNWIND $names AS name MATCH (p:Publisher {name: name}) USING INDEX SEEK p:Publisher(name) WHERE NOT (p)<-[:PUBLISHED_BY]-() DELETE p
"""

# --- writing: origins and statements ---------------------------------------------------------------------

READ_COPIES = """
UNWIND $ids AS id MATCH (a:Article {id: id}) USING INDEX SEEK a:Article(id)
RETURN a.id, a.published_as_given, a.origin, COLLECT { MATCH (a)-[:SAME_TEXT]-(b:Article) RETURN b.id }
"""

WRITE_ORIGINS = Rows("""
UNWIND $rows AS row MATCH (a:Article {id: row.article}) USING INDEX SEEK a:Article(id)
SET a.origin = row.origin
FOREACH (old IN [(a)-[old:COPY_OF]->() | old] | DELETE old)
WITH a, row WHERE row.origin <> row.article
MATCH (origin:Article {id: row.origin}) USING INDEX SEEK origin:Article(id)
CREATE (a)-[:COPY_OF]->(origin)
""")

READ_STATEMENTS = Rows("""
UNWIND $rows AS row
MATCH (a:Article) USING INDEX SEEK a:Article(origin) WHERE a.origin = row.origin
MATCH (a)-[:REPORTS]->(m:EventMention) WHERE m.statement IN row.statements
RETURN a.origin, m.statement, m.told_by, m.id, m.rank, m.block, m.link_first, m.link_last, m.unit
ORDER BY m.rank
""")

WRITE_TELLERS = Rows("""
UNWIND $rows AS row
MATCH (m:EventMention {id: row.mention}) USING INDEX SEEK m:EventMention(id)
SET m.told_by = row.teller
""")

# --- writing: what linking asks --------------------------------------------------------------------------

_UNIT = "m.id, m.rank, m.block, m.link_first, m.link_last, m.unit"

ASK_ONE_DAY = f"""
UNWIND $asked AS ask
MATCH (m:EventMention) USING INDEX SEEK m:EventMention(block, link_day)
WHERE m.block = ask.block AND m.link_day >= ask.first AND m.link_day <= ask.last AND m.told_by = m.id
RETURN ask.number, {_UNIT}
"""

ASK_RANGES_TOUCHING = f"""
UNWIND $asked AS ask
MATCH (m:EventMention) USING INDEX SEEK m:EventMention(block, link_from)
WHERE m.block = ask.block AND m.link_from >= ask.first - $longest AND m.link_from <= ask.last
  AND m.link_last >= ask.first AND m.link_last - m.link_first < $longest AND m.told_by = m.id
RETURN ask.number, {_UNIT}
"""

ASK_SAME_RANGE = f"""
UNWIND $asked AS ask
MATCH (m:EventMention) USING INDEX SEEK m:EventMention(block, link_from)
WHERE m.block = ask.block AND m.link_from = ask.first AND m.link_last = ask.last AND m.told_by = m.id
RETURN ask.number, {_UNIT}
"""

ASK_UNDATED = f"""
UNWIND $asked AS ask
MATCH (a:Article) USING INDEX SEEK a:Article(origin) WHERE a.origin = ask.origin
MATCH (a)-[:REPORTS]->(m:EventMention)
WHERE m.block = ask.block AND m.link_first IS NULL AND m.told_by = m.id
RETURN ask.number, {_UNIT}
"""

# --- writing: events -------------------------------------------------------------------------------------

READ_ASSIGNED = """
UNWIND $ids AS id MATCH (m:EventMention {id: id}) USING INDEX SEEK m:EventMention(id)
WITH m, head([(m)-[r:OF]->(e:Event) | [e.id, r.reason]]) AS told
RETURN m.id, told[0], told[1]
"""

READ_FOLLOWERS = """
UNWIND $tellers AS teller
MATCH (m:EventMention) USING INDEX SEEK m:EventMention(told_by) WHERE m.told_by = teller AND m.id <> teller
WITH m, teller, head([(m)-[r:OF]->(e:Event) | [e.id, r.reason]]) AS told
RETURN m.id, teller, told[0], told[1]
"""

READ_KNOWN_EVENTS = """
UNWIND $ids AS id
MATCH (e:Event {id: id}) USING INDEX SEEK e:Event(id)
RETURN e.id
"""

CREATE_EVENTS = Rows(f"UNWIND $rows AS row CREATE (e:Event) SET e = {_EVENT}")

CREATE_EVENT_IDS = "UNWIND $ids AS id CREATE (:Event {id: id})"

UNASSIGN = """
UNWIND $ids AS id
MATCH (m:EventMention {id: id})-[r:OF]->() USING INDEX SEEK m:EventMention(id)
DELETE r
"""

ASSIGN = Rows("""
UNWIND $rows AS row MATCH (m:EventMention {id: row.mention}) USING INDEX SEEK m:EventMention(id)
MATCH (e:Event {id: row.event}) USING INDEX SEEK e:Event(id)
CREATE (m)-[:OF {reason: row.reason}]->(e)
""")

READ_TOLD = """
UNWIND $ids AS id
MATCH (e:Event {id: id})<-[:OF]-(m:EventMention)<-[:REPORTS]-(a:Article) USING INDEX SEEK e:Event(id)
RETURN id, m.id, m.told, a.id, a.origin, a.publisher, a.published_as_given, m.rank, m.quote, m.unit
"""

READ_FINGERPRINTS = """
UNWIND $ids AS id
MATCH (e:Event {id: id}) USING INDEX SEEK e:Event(id)
RETURN e.id, e.fingerprint
"""

DELETE_EVENTS = """
UNWIND $ids AS id
MATCH (e:Event {id: id}) USING INDEX SEEK e:Event(id)
DETACH DELETE e
"""

UNRELATE_EVENTS = """
UNWIND $ids AS id MATCH (e:Event {id: id})-[r:INITIATED_BY|DIRECTED_AT|AT]->() USING INDEX SEEK e:Event(id)
DELETE r
"""

WRITE_EVENTS = Rows(f"""
UNWIND $rows AS row
MATCH (e:Event {{id: row.id}}) USING INDEX SEEK e:Event(id)
SET e = {_EVENT}
""")

_RELATE_ACTORS = """
UNWIND $rows AS row MATCH (e:Event {id: row.event}) USING INDEX SEEK e:Event(id)
MATCH (a:Actor {id: row.actor}) USING INDEX SEEK a:Actor(id)
CREATE (e)-[:SIDE {position: row.position}]->(a)
"""
RELATE_INITIATORS = Rows(_RELATE_ACTORS.replace("SIDE", "INITIATED_BY"))
RELATE_RECIPIENTS = Rows(_RELATE_ACTORS.replace("SIDE", "DIRECTED_AT"))

RELATE_PLACES = Rows("""
UNWIND $rows AS row MATCH (e:Event {id: row.event}) USING INDEX SEEK e:Event(id)
MATCH (p:Place {id: row.place}) USING INDEX SEEK p:Place(id)
CREATE (e)-[:AT]->(p)
""")

READ_EVENTS_OF_PLACES = """
UNWIND $ids AS id MATCH (p:Place {id: id})<-[:NAMES_PLACE]-(:EventMention)-[:OF]->(e:Event) USING INDEX SEEK p:Place(id)
RETURN DISTINCT e.id
"""

READ_EVENTS_OF_ACTORS = """
UNWIND $ids AS id MATCH (a:Actor {id: id})<-[:INITIATED_BY|DIRECTED_AT]-(e:Event) USING INDEX SEEK a:Actor(id)
RETURN DISTINCT e.id, e.type, e.reciprocal, e.initiators, e.recipients
"""

NAME_EVENTS = Rows("""
UNWIND $rows AS row
MATCH (e:Event {id: row.id}) USING INDEX SEEK e:Event(id)
SET e.name = row.name
""")

# --- writing: actors and places --------------------------------------------------------------------------

READ_ACTOR_DESCRIPTIONS = """
UNWIND $ids AS id MATCH (n:Actor {id: id}) USING INDEX SEEK n:Actor(id)
RETURN n.id, n.descriptions, n.description_uses, n.name
"""
READ_PLACE_DESCRIPTIONS = """
UNWIND $ids AS id MATCH (n:Place {id: id}) USING INDEX SEEK n:Place(id)
RETURN n.id, n.descriptions, n.description_uses, n.country
"""
_WRITE_USES = """
UNWIND $rows AS row MATCH (n:{label} {{id: row.id}}) USING INDEX SEEK n:{label}(id)
SET n.description_uses = row.description_uses
"""
WRITE_ACTOR_USES = Rows(_WRITE_USES.format(label="Actor"))
WRITE_PLACE_USES = Rows(_WRITE_USES.format(label="Place"))
WRITE_ACTORS = "UNWIND $rows AS row MERGE (n:Actor {id: row.id}) SET n = row"
WRITE_PLACES = """
UNWIND $rows AS row MERGE (n:Place {id: row.id}) SET n = row
SET n.location = CASE WHEN -90.0 <= row.latitude <= 90.0 AND -180.0 <= row.longitude <= 180.0
                      THEN point({latitude: toFloat(row.latitude), longitude: toFloat(row.longitude)}) END
"""
DELETE_ACTORS = """
UNWIND $ids AS id
MATCH (n:Actor {id: id}) USING INDEX SEEK n:Actor(id)
DETACH DELETE n
"""
DELETE_PLACES = """
UNWIND $ids AS id
MATCH (n:Place {id: id}) USING INDEX SEEK n:Place(id)
DETACH DELETE n
"""

READ_PLACES_OF_COUNTRIES = """
UNWIND $countries AS country
MATCH (p:Place) USING INDEX SEEK p:Place(country) WHERE p.country = country
RETURN p.id, p.name, p.country, p.precision, p.admin1, head([(p)-[:IN]->(outer:Place) | outer.id])
"""
LEAVE_PLACES = """
UNWIND $ids AS id
MATCH (p:Place {id: id})-[r:IN]->() USING INDEX SEEK p:Place(id)
DELETE r
"""
ENTER_PLACES = Rows("""
UNWIND $rows AS row MATCH (p:Place {id: row.place}) USING INDEX SEEK p:Place(id)
MATCH (o:Place {id: row.outer}) USING INDEX SEEK o:Place(id)
CREATE (p)-[:IN]->(o)
""")

# --- judgements ------------------------------------------------------------------------------------------

READ_JUDGEMENTS = """
MATCH (j:Judgement) RETURN j.left, j.right, j.verdict, j.judge, j.at_as_given ORDER BY j.left, j.right
"""
WRITE_JUDGEMENT = """
MERGE (j:Judgement {left: $left, right: $right})
SET j.verdict = $verdict, j.judge = $judge, j.at = $at, j.at_as_given = $at_as_given
"""
DELETE_JUDGEMENT = "MATCH (j:Judgement {left: $left, right: $right}) DELETE j RETURN count(*)"

# --- reading ---------------------------------------------------------------------------------------------

ARTICLE_COLUMNS = (
    "a.id, a.title, a.publisher, a.url, a.published_as_given, a.language, a.origin, a.mention_count,"
    " a.characters"
)
ARTICLE_ORDER = " ORDER BY a.published IS NULL, a.published DESC, a.id "
READ_ARTICLE = """
MATCH (a:Article {id: $id}) USING INDEX SEEK a:Article(id)
RETURN a.id, a.text, a.title, a.publisher, a.url, a.published_as_given, a.language, a.file, a.annotation,
       COLLECT { MATCH (a)-[:REPORTS]->(m:EventMention) RETURN m.told ORDER BY m.position }
"""
READ_MENTIONS_OF_ARTICLE = """
MATCH (a:Article {id: $id})-[:REPORTS]->(m:EventMention) USING INDEX SEEK a:Article(id)
RETURN m.told, a.id ORDER BY m.position
"""
READ_MENTIONS_OF_EVENT = """
MATCH (a:Article)-[:REPORTS]->(m:EventMention)-[:OF]->(e:Event {id: $id}) USING INDEX SEEK e:Event(id)
RETURN m.told, a.id ORDER BY m.score DESC, m.rank
"""
READ_LINKS = """
MATCH (m:EventMention)-[r:OF]->(e:Event {id: $id}) USING INDEX SEEK e:Event(id)
RETURN m.id, e.id, r.reason ORDER BY m.alias <> e.id, m.rank
"""
READ_EVENT_OF_MENTION = """
MATCH (m:EventMention {id: $id})-[:OF]->(e:Event) USING INDEX SEEK m:EventMention(id)
RETURN e.id
"""
EVENT_OF_ID = """
MATCH (founder:EventMention {alias: $id})-[:OF]->(e:Event) USING INDEX SEEK founder:EventMention(alias)
"""
"""Binds ``e`` to the event that goes by an id now: an event's id is the alias of the mention that founded it,
which belongs to it."""
READ_EVENT_ID = f"{EVENT_OF_ID} RETURN e.id"
READ_DETAILS = f"""
{EVENT_OF_ID}
MATCH (a:Article)-[:REPORTS]->(m:EventMention)-[r:OF]->(e)
RETURN m.told, a.id, m.id, r.reason, m.alias <> e.id AS later, m.rank AS rank ORDER BY m.score DESC, rank
"""
READ_ORIGIN = "MATCH (a:Article {id: $id}) USING INDEX SEEK a:Article(id) RETURN a.origin"
READ_COPIES_OF = """
MATCH (a:Article {origin: $origin}) USING INDEX SEEK a:Article(origin)
RETURN a.id ORDER BY a.published IS NULL, a.published, a.id
"""
READ_EVENT = """
RETURN e.id, e.type, e.mode, e.modality, e.reciprocal, toString(e.first_day), toString(e.last_day),
       e.day_basis, e.day_cue, e.place, e.mention_count, e.article_count, e.publisher_count, e.origin_count,
       e.score, e.tone, e.quote, toString(e.first_reported), e.initiators, e.recipients, e.mentions,
       COLLECT { MATCH (e)-[:INITIATED_BY|DIRECTED_AT]->(a:Actor) RETURN [a.id, a.name] }
"""
READ_EVENTS = "UNWIND $ids AS id MATCH (e:Event {id: id}) USING INDEX SEEK e:Event(id)" + READ_EVENT
READ_ONE_EVENT = EVENT_OF_ID + READ_EVENT
READ_NAMES = """
UNWIND $ids AS id
MATCH (a:Actor {id: id}) USING INDEX SEEK a:Actor(id)
RETURN a.id, a.name
"""
READ_ACTORS = """
UNWIND $ids AS id MATCH (a:Actor {id: id}) USING INDEX SEEK a:Actor(id)
RETURN a.id, a.name, a.kind, a.country, a.international, a.sectors, a.aliases, a.same_as
"""
FIND_ACTORS = """
MATCH (a:Actor) WHERE $search IS NULL OR a.words CONTAINS $search
RETURN a.id,
       COUNT { MATCH (a)<-[:INITIATED_BY|DIRECTED_AT]-(e:Event) RETURN DISTINCT e } AS events
ORDER BY events DESC, a.id
"""
READ_COUNTRIES = """
UNWIND $ids AS id MATCH (a:Actor {id: id}) USING INDEX SEEK a:Actor(id) WHERE a.country IS NOT NULL RETURN a.id, a.country
"""
_PLACE = "p.id, p.name, p.country, p.latitude, p.longitude, p.precision, p.admin1"
READ_PLACES = f"UNWIND $ids AS id MATCH (p:Place {{id: id}}) USING INDEX SEEK p:Place(id) RETURN {_PLACE}"
LIST_PLACES = f"MATCH (p:Place) RETURN {_PLACE} ORDER BY p.name, p.id LIMIT $limit"
READ_PUBLISHERS = """
MATCH (p:Publisher)<-[:PUBLISHED_BY]-(a:Article) RETURN p.name, count(a) AS articles
ORDER BY articles DESC, p.name
"""
READ_COUNTS = """
CALL { MATCH (n:Article) RETURN count(n) AS articles }
CALL { MATCH (n:EventMention) RETURN count(n) AS mentions }
CALL { MATCH (n:Event) RETURN count(n) AS events }
CALL { MATCH (n:Actor) RETURN count(n) AS actors }
CALL { MATCH (n:Place) RETURN count(n) AS places }
CALL { MATCH (n:Publisher) RETURN count(n) AS publishers }
CALL { MATCH (n:Article) RETURN count(DISTINCT n.origin) AS origins }
CALL { MATCH (n:Event) RETURN toString(min(n.first_day)) AS first, toString(max(n.last_day)) AS last }
RETURN articles, mentions, events, actors, places, publishers, origins, first, last
"""
ACTED_ON = """
MATCH (one:Actor)<-[:INITIATED_BY]-(e:Event)-[:DIRECTED_AT]->(other:Actor)
RETURN one.name AS initiator, other.name AS recipient, count(e) AS events, avg(e.tone) AS tone
ORDER BY events DESC, initiator, recipient
"""
"""Who acted on whom, weighted: worked out when asked, never stored."""
