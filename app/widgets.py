"""The selection in the sidebar, and its way into the URL and back."""

from datetime import date

import streamlit as st

from app import selection, session, words
from app.workspace import Workspace
from graph.model import Axis, EventQuery, Modality
from graph.ontology import codebook

_LIST = 2000
"""Actors offered in the list: those with most events."""

_KEY = "filter_"

_NEXT = "_next_filters"

_EARLIEST = date(1000, 1, 1)


def sidebar(source: Workspace) -> EventQuery:
    """Show the filters, unless there is nothing to filter; return the selection.

    URL and filters always say the same.

    Streamlit's own binding of widgets to the URL is not used: a bound parameter cannot be set when a page
    is switched, and addresses of events and articles carry the selection with them.
    """
    if not source.store.count_articles():
        return selection.of_parameters(_parameters())
    _seed()
    with st.sidebar:
        st.text_input("Words", key=_KEY + "text", placeholder="in a sentence or headline")
        actors = _actors(source)
        types = list(codebook.types())
        st.multiselect(
            "Kind of act",
            types,
            format_func=words.type_label,
            key=_KEY + "types",
            placeholder="any",
            help="PLOVER event types; the name in capitals is the manual's.",
        )
        st.pills(
            "Told as",
            [m.value for m in Modality],
            selection_mode="multi",
            format_func=lambda m: words.MODALITIES[Modality(m)][0],
            key=_KEY + "modality",
            help="At first only what is told as having happened is shown. Choose none for everything.",
        )
        left, right = st.columns(2)
        with left:
            st.date_input(
                "From", key=_KEY + "first_day", format="DD/MM/YYYY", min_value=_EARLIEST, max_value=date.max
            )
        with right:
            st.date_input(
                "Until", key=_KEY + "last_day", format="DD/MM/YYYY", min_value=_EARLIEST, max_value=date.max
            )
        _places(source)
        outlets = [name for name, _ in source.publishers()]
        st.multiselect(
            "Outlets", _with(outlets, _KEY + "publishers"), key=_KEY + "publishers", placeholder="any"
        )
        st.slider("Independent origins, at least", 1, 10, key=_KEY + "min_origins")
        st.slider("Certainty, at least", 0.0, 1.0, step=0.05, key=_KEY + "min_score", format="percent")
        st.button("Clear all filters", on_click=_clear, width="stretch")
    query = _read(actors)
    _show_in_url(query)
    return query


def _actors(source: Workspace) -> dict[str, str]:
    known: dict[str, str] = {actor.id: actor.name for actor in source.actors(limit=_LIST)}
    chosen = [id for id in st.session_state.get(_KEY + "actors", []) if id not in known]
    known |= {id: id for id in chosen}
    known |= {actor.id: actor.name for actor in source.actors(chosen)} if chosen else {}
    st.multiselect(
        "Actors",
        list(known),
        format_func=lambda id: known[id] if known[id] == id else f"{known[id]} · {id}",
        key=_KEY + "actors",
        placeholder="anyone",
        help="A country also stands for its bodies and people.",
    )
    two = len(st.session_state[_KEY + "actors"]) == 2
    st.toggle(
        "Only between these two",
        key=_KEY + "between",
        disabled=not two,
        help="Choose exactly two actors: shows what one did towards the other, in either direction.",
    )
    return known


def _places(source: Workspace) -> None:
    counted = source.count(EventQuery(), Axis.COUNTRY, limit=300)
    codes = [count.key[0] for count in counted if count.key and count.key[0]]
    names = session.countries(source, codes)
    options = _with([code for code in codes if code], _KEY + "country")
    st.selectbox(
        "Country where it happened",
        options,
        index=None,
        format_func=lambda code: names.get(code, code),
        key=_KEY + "country",
        placeholder="anywhere",
    )


def _with(options: list[str], key: str) -> list[str]:
    """Return the options with those chosen already: a chosen one that is not offered would be dropped."""
    chosen = st.session_state.get(key)
    chosen = [chosen] if isinstance(chosen, str) else list(chosen or ())
    return [*options, *(value for value in chosen if value not in options)]


def _seed() -> None:
    """Fill the filters from the URL when the session begins, and keep them afterwards."""
    if _NEXT in st.session_state:
        _fill(st.session_state.pop(_NEXT))
    elif _KEY + "actors" not in st.session_state:
        _fill(selection.of_parameters(_parameters()))


def _fill(query: EventQuery) -> None:
    state = st.session_state
    state[_KEY + "text"] = query.text or ""
    state[_KEY + "actors"] = list(query.between or query.actors)
    state[_KEY + "between"] = query.between is not None
    state[_KEY + "types"] = list(query.types)
    state[_KEY + "modality"] = list(query.modality)
    state[_KEY + "first_day"] = query.first_day
    state[_KEY + "last_day"] = query.last_day
    state[_KEY + "country"] = query.country
    state[_KEY + "publishers"] = list(query.publishers)
    state[_KEY + "min_origins"] = min(10, query.min_origins)
    state[_KEY + "min_score"] = round(20 * query.min_score) / 20


def _clear() -> None:
    _fill(selection.default())


def set_filters(query: EventQuery) -> None:
    """Set the filters when the page is drawn next: those on the page cannot be changed any more."""
    st.session_state[_NEXT] = query


def _read(actors: dict[str, str]) -> EventQuery:
    state = st.session_state
    chosen = tuple(id for id in state[_KEY + "actors"] if id in actors)
    between = (chosen[0], chosen[1]) if state[_KEY + "between"] and len(chosen) == 2 else None
    return EventQuery(
        actors=() if between else chosen,
        between=between,
        types=tuple(state[_KEY + "types"]),
        modality=tuple(state[_KEY + "modality"] or ()),
        first_day=state[_KEY + "first_day"],
        last_day=state[_KEY + "last_day"],
        country=state[_KEY + "country"],
        publishers=tuple(state[_KEY + "publishers"]),
        text=state[_KEY + "text"].strip() or None,
        min_origins=int(state[_KEY + "min_origins"]),
        min_score=float(state[_KEY + "min_score"]),
    )


def _parameters() -> list[tuple[str, str]]:
    return [(name, value) for name in st.query_params for value in st.query_params.get_all(name)]


def _show_in_url(query: EventQuery) -> None:
    told = _parameters()
    others = [(name, value) for name, value in told if name not in selection.FIELDS]
    wanted = [*selection.to_parameters(query), *others]
    if sorted(wanted) != sorted(told):
        st.query_params.from_dict(wanted)
