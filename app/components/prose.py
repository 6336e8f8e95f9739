"""Typeset content whose parts can be clicked: lists of events, quotes with highlights, articles."""

from importlib.resources import files

import streamlit as st

from app.components.node import Node

_FOLDER = files("app.components")

_mount = st.components.v2.component(
    "diurna_prose",
    css=_FOLDER.joinpath("prose.css").read_text(encoding="utf-8"),
    js=_FOLDER.joinpath("prose.js").read_text(encoding="utf-8"),
)


def prose(content: Node, *, key: str) -> str | None:
    """Show a node; return what its clicked part reports (its ``open``), once, else ``None``."""
    result = _mount(key=key, data={"content": content}, on_open_change=lambda: None)
    clicked = result.get("open")
    return str(clicked) if clicked else None
