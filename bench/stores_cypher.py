"""Each question of ``bench.stores_queries``, written by hand in Cypher, asked by the driver alone."""

import json
from typing import Any

import neo4j

from graph.store.neo4j_address import Address
from tests import neo4j_server

Rows = list[list[Any]]

SUMS = "count(e) AS events, sum(e.mention_count) AS mentions, round(avg(e.tone), 6) AS tone"
OWN = """
MATCH (a:Actor) WHERE a.id = $actor OR a.country = $actor
MATCH (a)<-[:INITIATED_BY|DIRECTED_AT]-(e:Event) WITH DISTINCT e
"""
WINDOW = "MATCH (e:Event) WHERE e.last_day >= $first AND e.first_day <= $last"
MONTH = "e.first_day.year AS year, e.first_day.month AS month"
EVENT = """
RETURN e.id, e.type, e.mode, e.modality, e.reciprocal, toString(e.first_day), toString(e.last_day), e.day_basis,
       e.day_cue, e.place, e.mention_count, e.article_count, e.publisher_count, e.origin_count, e.score, e.tone,
       toString(e.first_reported), e.initiators, e.recipients, e.mentions, e.quote,
       COLLECT { MATCH (e)-[r:INITIATED_BY]->(a) RETURN a.name ORDER BY r.position },
       COLLECT { MATCH (e)-[r:DIRECTED_AT]->(a) RETURN a.name ORDER BY r.position }
ORDER BY e.first_day, e.last_day, e.id
"""
PAGE = "WITH e ORDER BY e.first_day, e.last_day, e.id SKIP $offset LIMIT 25"
PAIRS = """
MATCH (i:Actor)<-[:INITIATED_BY]-(e)-[:DIRECTED_AT]->(r:Actor)
RETURN i.id AS one, r.id AS other, i.country, r.country, count(e) AS events, sum(e.mention_count) AS mentions,
       avg(e.tone) AS tone, toString(min(e.first_day)), toString(max(e.first_day))
"""


class Cypher:
    """A database, asked by the driver alone, each question in a reading transaction of its own."""

    def __init__(self, url: str) -> None:
        self.driver = neo4j_server.driver(url)
        self.session = self.driver.session(
            database=Address.of(url).database, default_access_mode=neo4j.READ_ACCESS, fetch_size=2000
        )

    def close(self) -> None:
        self.session.close()
        self.driver.close()

    def ask(self, cypher: str, **values: object) -> Rows:
        return self.asked((cypher,), **values)[0]

    def asked(self, statements: tuple[str, ...], **values: object) -> list[Rows]:
        def work(transaction: neo4j.ManagedTransaction) -> list[Rows]:
            return [transaction.run(one, values).values() for one in statements]

        return self.session.execute_read(work)

    def held(self) -> Rows:
        labels = ("Article", "EventMention", "Event", "Actor", "Place", "Publisher")
        counts = "".join(
            f"CALL {{ MATCH (n:{label}) RETURN count(n) AS k{n} }} " for n, label in enumerate(labels)
        )
        return self.ask(
            counts + "CALL { MATCH (n:Article) RETURN count(DISTINCT n.origin) AS o } CALL { MATCH (n:Event)"
            " RETURN toString(min(n.first_day)) AS f, toString(max(n.last_day)) AS l }"
            " RETURN k0, k1, k2, k3, k4, k5, o, f, l"
        )

    def counted(self, **draw: object) -> Rows:
        return self.ask(f"{WINDOW} AND e.type = $type RETURN {SUMS}", **draw)

    def months(self) -> Rows:
        return self.ask(f"MATCH (e:Event) RETURN {MONTH}, e.type, {SUMS}")

    def months_of(self, **draw: object) -> Rows:
        return self.ask(f"{OWN} RETURN {MONTH}, {SUMS}", **draw)

    def pairs(self, **draw: object) -> Rows:
        where = " WHERE e.last_day >= $first AND e.first_day <= $last" if draw else ""
        return self.ask(
            f"MATCH (i:Actor)<-[:INITIATED_BY]-(e:Event)-[:DIRECTED_AT]->(r:Actor){where}"
            f" RETURN i.id AS one, r.id AS other, {SUMS} ORDER BY events DESC, one, other LIMIT 100",
            **draw,
        )

    def page(self, **draw: object) -> Rows:
        return self.ask(f"{WINDOW} AND e.type = $type {PAGE} {EVENT}", **draw)

    def page_of(self, **draw: object) -> Rows:
        return self.ask(f"{OWN} {PAGE} {EVENT}", **draw)

    def found(self, **draw: object) -> Rows:
        return self.ask(
            "CALL { CALL db.index.fulltext.queryNodes('mention_words', $word) YIELD node MATCH (node)-[:OF]->(e)"
            " RETURN e UNION CALL db.index.fulltext.queryNodes('article_words', 'title_words:' + $word)"
            " YIELD node MATCH (node)-[:REPORTS]->()-[:OF]->(e) RETURN e }"
            f" WITH DISTINCT e ORDER BY e.first_day, e.last_day, e.id LIMIT 25 {EVENT}",
            **draw,
        )

    def actors_and_types(self) -> Rows:
        return self.ask(
            "MATCH (a:Actor)<-[:INITIATED_BY|DIRECTED_AT]-(e:Event) WITH DISTINCT a, e"
            f" RETURN a.id AS id, e.type AS type, {SUMS} ORDER BY events DESC, id, type"
        )

    def busiest(self, **draw: object) -> Rows:
        source = "MATCH (a:Actor)<-[:INITIATED_BY|DIRECTED_AT]-(e:Event)"
        if draw:
            source = f"{WINDOW} MATCH (e)-[:INITIATED_BY|DIRECTED_AT]->(a:Actor)"
        return self.ask(
            f"{source} WITH DISTINCT a, e RETURN a.id AS id, {SUMS} ORDER BY events DESC, id LIMIT 20", **draw
        )

    def outlets(self) -> Rows:
        return self.ask(
            f"MATCH (e:Event) UNWIND e.publishers AS name RETURN name, {SUMS} ORDER BY events DESC, name LIMIT 20"
        )

    def card(self, **draw: object) -> Rows:
        event, told, place = self.asked(
            (
                f"MATCH (e:Event {{id: $id}}) {EVENT}",
                (
                    "MATCH (a:Article)-[:REPORTS]->(m:EventMention)-[r:OF]->(:Event {id: $id})"
                    " RETURN m.told, a.id, r.reason, m.id ORDER BY m.rank"
                ),
                (
                    "MATCH (:Event {id: $id})-[:AT]->(p:Place)"
                    " RETURN p.id, p.name, p.country, p.latitude, p.longitude, p.precision, p.admin1"
                ),
            ),
            **draw,
        )
        return [*event, *([json.loads(row[0]), *row[1:]] for row in told), *place]

    def profile(self, **draw: object) -> Rows:
        total, types, places, months, outlets, pairs = self.asked(
            (
                f"{OWN} WITH {SUMS} RETURN 'total', null, events, mentions, tone",
                f"{OWN} RETURN 'type', e.type, {SUMS}",
                (
                    f"{OWN} WITH e WHERE e.place IS NOT NULL RETURN 'place', e.place AS place, {SUMS}"
                    " ORDER BY events DESC, toString(place) LIMIT 20"
                ),
                f"{OWN} RETURN 'month', {MONTH}, {SUMS}",
                (
                    f"{OWN} UNWIND e.publishers AS name RETURN 'publisher', name, {SUMS}"
                    " ORDER BY events DESC, name LIMIT 20"
                ),
                f"{OWN} {PAIRS}",
            ),
            **draw,
        )
        named = [["month", f"{row[1]:04d}-{row[2]:02d}", *row[3:]] for row in months]
        return [*total, *types, *places, *named, *outlets, *pairs]

    def neighbours(self, **draw: object) -> Rows:
        return self.ask(f"{OWN} {PAIRS}", **draw)
