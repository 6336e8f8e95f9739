"""Networks: GraphML and GEXF read back as they were built."""

import io
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import networkx
import pytest

from graph.export import ExportOptions, export
from graph.export.networks import actor_network
from graph.model import DateRange, EventQuery
from tests.graph.export.conftest import NAMED, Shelf


def written(shelf: Shelf, format: str) -> bytes:
    out = io.BytesIO()
    report = export(shelf, EventQuery(), format=format, out=out)
    assert dict(report.written) == {"actors": 5, "relations": 3}
    assert report.bytes == len(out.getvalue())
    return out.getvalue()


def edges(network: "networkx.Graph[str]") -> dict[tuple[str, str, str], dict[str, object]]:
    return {(left, right, data["event_type"]): data for left, right, data in network.edges(data=True)}


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_networks_read_back(shelf: Shelf, format: str) -> None:
    data = io.BytesIO(written(shelf, format))
    if format == "graphml":
        network = networkx.read_graphml(data, force_multigraph=True)
    else:
        network = networkx.read_gexf(data, version="1.2draft")
    assert network.is_directed()
    assert network.nodes["RUS"]["label"] == "Russia"
    assert network.nodes["IGO-OSCE"]["kind"] == "organisation"
    assert "country" not in network.nodes["IGO-OSCE"]
    assert network.nodes["UKR"]["events"] == 2
    found = edges(network)
    assert set(found) == {
        ("RUS", "IGO-OSCE", "CONSULT"),
        ("RUS-MIL", "UKR", "ASSAULT"),
        (NAMED.id, "UKR", "X TYPE"),
    }
    talks = found["RUS", "IGO-OSCE", "CONSULT"]
    assert (talks["count"], talks["weight"], talks["mentions"], talks["tone"]) == (1, 1.0, 2, 4.0)
    assert (talks["first"], talks["last"]) == ("2022-01-13", "2022-01-13")
    assert "first" not in found[NAMED.id, "UKR", "X TYPE"]
    assert found[NAMED.id, "UKR", "X TYPE"]["asserted"] == 0


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_ids_are_unique_and_nothing_is_none(shelf: Shelf, format: str) -> None:
    tree = ElementTree.fromstring(written(shelf, format))
    ids = [element.get("id") for element in tree.iter() if element.tag.endswith("}edge")]
    assert len(ids) == len(set(ids)) == 3
    text = ElementTree.tostring(tree, encoding="unicode")
    assert ">None<" not in text
    assert '"None"' not in text


def test_events_of_one_type_between_two_actors_are_one_edge(shelf: Shelf) -> None:
    talks = shelf.told[1]
    days = [(1, 2), (3, 4), (9, 9), (9, 12)]
    shelf.told = [
        replace(talks, tone=float(first), day=DateRange(date(2022, 5, first), date(2022, 5, last)))
        for first, last in days
    ]
    shelf.told.append(replace(talks, type="SUPPORT"))
    shelf.told.append(replace(talks, initiators=talks.recipients, recipients=talks.initiators))
    network = actor_network(shelf, EventQuery(), ExportOptions(), dynamic=True)
    found = edges(network)
    assert len(found) == network.number_of_edges() == 3
    edge = found["RUS", "IGO-OSCE", "CONSULT"]
    assert (edge["count"], edge["tone"], edge["first"], edge["last"]) == (4, 5.5, "2022-05-01", "2022-05-12")
    assert edge["spells"] == [("2022-05-01", "2022-05-04"), ("2022-05-09", "2022-05-12")]


def test_gexf_is_dynamic_by_day_and_does_not_tell_when_it_was_written(shelf: Shelf) -> None:
    text = written(shelf, "gexf").decode()
    assert 'mode="dynamic"' in text
    assert 'timeformat="date"' in text
    assert '<spell start="2022-01-10" end="2022-01-14" />' in text
    assert "lastmodifieddate" not in text
    assert "networkx_key" not in text


def test_what_xml_cannot_hold_is_replaced(shelf: Shelf) -> None:
    shelf.known_actors[3] = replace(NAMED, name="a\x00b\x0b\ud800\ufffe&<\"'")
    for format in ("graphml", "gexf"):
        ElementTree.fromstring(written(shelf, format))
