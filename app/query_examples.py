"""Questions to start from: Cypher that runs on a Neo4j store and on an SQLite store alike."""

from typing import NamedTuple


class Example(NamedTuple):
    """A question.

    Attributes:
        title: The question in words.
        about: One sentence on what the answer tells.
        query: Cypher.
        parameters: Lines ``name=value``.
        shown: How the answer is best looked at: table, network or timeline.
    """

    title: str
    about: str
    query: str
    parameters: str = ""
    shown: str = "table"


EXAMPLES = (
    Example(
        "Who acts on whom?",
        "Each pair of actors with its number of events and their mean tone, from −10 (conflict) to 10.",
        """MATCH (one:Actor)<-[:INITIATED_BY]-(e:Event)-[:DIRECTED_AT]->(other:Actor)
WHERE e.modality = 'asserted' AND one.id <> other.id
RETURN one.name AS initiator, other.name AS recipient,
       count(e) AS events, avg(e.tone) AS tone
ORDER BY events DESC, initiator, recipient
LIMIT 50""",
    ),
    Example(
        "What happened, day by day?",
        "Every dated event that at least two independent origins tell, for the timeline.",
        """MATCH (e:Event)
WHERE e.first_day IS NOT NULL AND e.origin_count >= 2
RETURN e.first_day AS day, e.type AS type, e.name AS event,
       e.origin_count AS origins, e.id AS id
ORDER BY day, id
LIMIT 500""",
        shown="timeline",
    ),
    Example(
        "How do actors and events hang together?",
        "Actors, the events between them and the lines that join them, as one picture.",
        """MATCH p = (:Actor)<-[:INITIATED_BY]-(e:Event)-[:DIRECTED_AT]->(:Actor)
WHERE e.origin_count >= 2
RETURN p
LIMIT 60""",
        shown="network",
    ),
    Example(
        "Who both talks to and turns on the same other?",
        "Pairs in which one side holds talks with the other and also acts against it.",
        """MATCH (a:Actor)<-[:INITIATED_BY]-(talk:Event)-[:DIRECTED_AT]->(b:Actor)
WHERE talk.type = 'CONSULT' AND a.id <> b.id
MATCH (a)<-[:INITIATED_BY]-(act:Event)-[:DIRECTED_AT]->(b)
WHERE act.tone < 0
RETURN a.name AS initiator, b.name AS recipient,
       count(DISTINCT talk.id) AS talks, count(DISTINCT act.id) AS hostile
ORDER BY hostile DESC, talks DESC, initiator, recipient
LIMIT 50""",
    ),
    Example(
        "Which outlets tell the same stories?",
        "Pairs of outlets with the number of events that both report; copies of one text count too.",
        """MATCH (one:Publisher)<-[:PUBLISHED_BY]-(:Article)-[:REPORTS]->(:EventMention)-[:OF]->(e:Event)
MATCH (e)<-[:OF]-(:EventMention)<-[:REPORTS]-(:Article)-[:PUBLISHED_BY]->(other:Publisher)
WHERE one.name < other.name
RETURN one.name AS outlet, other.name AS other_outlet, count(DISTINCT e.id) AS events
ORDER BY events DESC, outlet, other_outlet
LIMIT 50""",
    ),
    Example(
        "In whose words?",
        "The sentences behind the events of one actor, each with its outlet and day.",
        """MATCH (a:Actor {id: $actor})<-[:NAMES_INITIATOR]-(m:EventMention)<-[:REPORTS]-(article:Article)
RETURN m.first_day AS day, m.type AS type, m.quote AS sentence,
       article.publisher AS outlet, m.score AS score
ORDER BY score DESC, sentence
LIMIT 50""",
        parameters="actor=RUS",
    ),
    Example(
        "Where does it happen?",
        "Countries with the number of events placed in them and how hostile these are on average.",
        """MATCH (e:Event)-[:AT]->(p:Place)
WHERE p.country IS NOT NULL
RETURN p.country AS country, count(DISTINCT e.id) AS events, avg(e.tone) AS tone,
       min(e.first_day) AS first, max(e.last_day) AS last
ORDER BY events DESC, country
LIMIT 50""",
    ),
    Example(
        "Which texts are reprinted most?",
        "First prints with the number of their copies: what looks like many voices and is one.",
        """MATCH (reprint:Article)-[:COPY_OF]->(original:Article)
RETURN original.title AS title, original.publisher AS outlet, original.published AS published,
       count(reprint) AS copies
ORDER BY copies DESC, title
LIMIT 50""",
    ),
)
