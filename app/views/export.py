from app.workspace import Workspace
from graph.model import EventQuery


def render(workspace: Workspace, query: EventQuery) -> None:
    pass
