"""Questions in Cypher: examples, an editor, and the answer as a table, a network or a timeline."""

import time
from collections.abc import Callable, Mapping

import streamlit as st

from app import session, words
from app.charts import query_result
from app.charts.legend import quads
from app.components.network import network
from app.components.node import node
from app.components.prose import prose
from app.components.timeline import timeline
from app.query_examples import EXAMPLES
from app.query_text import parameters_of
from app.workspace import Workspace
from graph.errors import DiurnaError
from graph.model import EventQuery, QueryResult
from graph.store.cypher_query import DEFAULT_LIMIT, DEFAULT_TIMEOUT
from graph.store.snapshot_schema import HIDDEN, NODES, RELATIONSHIPS

_TEXT, _PARAMETERS, _EXAMPLE = "query_text", "query_parameters", "query_example"
_ANSWER, _SHOWN = "query_answer", "query_shown"
_ADDRESS = "cypher"

_ACTORS = 5000
"""Actors known by name when columns of actors are looked for: those with most events."""

_VIEWS = {"table": "Table", "network": "Network", "timeline": "Timeline"}

_STYLE = "<style>.st-key-query_text textarea { font-family: var(--st-code-font, monospace); font-size: .9rem; }</style>"


def render(workspace: Workspace, query: EventQuery) -> None:
    """Show the page."""
    st.title("Query")
    prose(
        node(
            "p",
            "Any question about the graph, in Cypher. Queries only read; the filters on the left do not count here.",
            cls="soft",
        ),
        key="about",
    )
    _seed()
    st.html(_STYLE)
    st.selectbox(
        "Start from an example",
        range(len(EXAMPLES)),
        index=None,
        format_func=lambda number: EXAMPLES[number].title,
        placeholder="choose a question",
        key=_EXAMPLE,
        on_change=_take,
    )
    chosen = st.session_state[_EXAMPLE]
    if chosen is not None:
        st.caption(EXAMPLES[chosen].about)
    asked = _form()
    _vocabulary()
    if asked is not None:
        _run(workspace, *asked)
    answer = st.session_state.get(_ANSWER)
    if answer is not None:
        _show(workspace, query, *answer)


def _seed() -> None:
    """Fill the editor when the page is opened: from the address, else with the first example."""
    if _TEXT in st.session_state:
        return
    st.session_state[_TEXT] = st.query_params.get(_ADDRESS) or EXAMPLES[0].query
    st.session_state[_PARAMETERS] = ""


def _take() -> None:
    """Put the example that was chosen into the editor."""
    number = st.session_state[_EXAMPLE]
    if number is not None:
        example = EXAMPLES[number]
        st.session_state[_TEXT], st.session_state[_PARAMETERS] = example.query, example.parameters
        st.session_state[_SHOWN] = example.shown
        st.session_state.pop(_ANSWER, None)


def _form() -> tuple[str, str, float, int] | None:
    """Show the editor; return query, parameters, time-out and limit when it was sent."""
    with st.form("query", border=False):
        text = st.text_area("Cypher", key=_TEXT, height=230, help="Ctrl and Enter run it.")
        left, middle, right = st.columns([2, 1, 1])
        given = left.text_area(
            "Parameters",
            key=_PARAMETERS,
            height=80,
            placeholder="name=value, one a line",
            help="Values of $name in the query: text, or JSON such as 5 or [1, 2].",
        )
        timeout = middle.number_input(
            "Seconds at most", 1.0, 3600.0, DEFAULT_TIMEOUT, step=10.0, format="%.0f"
        )
        limit = right.number_input("Rows at most", 1, 100_000, DEFAULT_LIMIT, step=500)
        sent = st.form_submit_button("Run", type="primary", icon=":material/play_arrow:")
    return (text, given, float(timeout), int(limit)) if sent else None


def _vocabulary() -> None:
    with st.expander("What can be asked for"):
        st.dataframe(
            {
                "Node": list(NODES),
                "Properties": [
                    ", ".join(name for name in kinds if name not in HIDDEN.get(label, ()))
                    for label, kinds in NODES.items()
                ],
            },
            hide_index=True,
        )
        st.dataframe(
            {
                "Relationship": list(RELATIONSHIPS),
                "From": [start for start, _, _ in RELATIONSHIPS.values()],
                "To": [end for _, end, _ in RELATIONSHIPS.values()],
                "Properties": [", ".join(kinds) for _, _, kinds in RELATIONSHIPS.values()],
            },
            hide_index=True,
        )


def _run(workspace: Workspace, text: str, given: str, timeout: float, limit: int) -> None:
    """Run the query and keep its answer, or say in place what is wrong."""
    st.session_state.pop(_ANSWER, None)
    bar = st.empty()
    try:
        parameters = parameters_of(given.splitlines())
        workspace.store.cypher.prepare(_progress(bar.progress))
        bar.empty()
        begun = time.monotonic()
        with st.spinner("Asking …"):
            result = workspace.store.cypher.run(text, parameters, timeout=timeout, limit=limit)
        st.session_state[_ANSWER] = (result, time.monotonic() - begun)
        st.query_params[_ADDRESS] = text
    except DiurnaError as error:
        bar.empty()
        st.error(words.plain(str(error), 1000))


def _progress(show: Callable[..., object]) -> Callable[[int, int], None]:
    def tell(done: int, total: int) -> None:
        show(min(1.0, done / total) if total else 1.0, text="Preparing what the store holds for queries …")

    return tell


def _show(workspace: Workspace, query: EventQuery, result: QueryResult, seconds: float) -> None:
    shown = words.count(len(result.rows), "row") + f" in {seconds:.1f} s"
    if result.truncated:
        shown = f"The first {shown}; there are more: raise the number of rows, or use LIMIT and SKIP"
    if not result.rows:
        prose(node("p", "The query found nothing.", cls="empty"), key="nothing")
        return
    graph = query_result.graph(result, _actors(workspace, result))
    drawn = query_result.timeline(result)
    offered = ["table", *(["network"] if graph else []), *(["timeline"] if drawn else [])]
    if st.session_state.get(_SHOWN) not in offered:
        st.session_state[_SHOWN] = "table"
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    with left:
        view = st.segmented_control(
            "Show as", offered, format_func=_VIEWS.__getitem__, key=_SHOWN, required=True
        )
    right.download_button(
        "Download as CSV",
        lambda: query_result.csv_bytes(result),
        "answer.csv",
        "text/csv",
        icon=":material/download:",
        width="stretch",
    )
    if view == "network" and graph is not None:
        _network(query, graph)
    elif view == "timeline" and drawn is not None:
        answer = timeline(drawn, key="query_timeline")
        prose(quads(), key="legend")
        if answer.opened:
            session.go("evidence", query, event=answer.opened)
    else:
        st.dataframe(query_result.table(result), hide_index=True)
    st.caption(words.plain(shown))


def _actors(workspace: Workspace, result: QueryResult) -> Mapping[str, str]:
    """Return names and ids of actors → id, when the answer may have two columns of them."""
    if len(result.columns) < 2:
        return {}
    found = workspace.actors(limit=_ACTORS)
    return {actor.name: actor.id for actor in reversed(found)} | {actor.id: actor.id for actor in found}


def _network(query: EventQuery, graph: query_result.Graph) -> None:
    answer = network(query_result.graph_payload(graph), key="query_network")
    if answer.actor and answer.actor in graph.pages:
        page, id = graph.pages[answer.actor]
        session.go("evidence", query, **{page: id})
