"""A query's parameters as people write them, and its values as text."""

import json
from collections.abc import Iterable, Mapping

from graph.errors import InvalidInput


def parameters_of(lines: Iterable[str]) -> dict[str, object]:
    """Return the parameters that lines ``name=value`` give.

    A value that is JSON (``5``, ``true``, ``["RUS", "UKR"]``, ``"5"``) is that value; any other is text.

    Raises:
        InvalidInput: If a line is not of this form, or a name is given twice.
    """
    found: dict[str, object] = {}
    for line in lines:
        if not line.strip():
            continue
        name, equals, value = line.partition("=")
        name = name.strip().removeprefix("$")
        if not equals or not name.isidentifier():
            raise InvalidInput(f"{line.strip()!r} is no parameter: write name=value")
        if name in found:
            raise InvalidInput(f"the parameter {name} is given twice")
        found[name] = _value(value.strip())
    return found


def _value(text: str) -> object:
    try:
        return json.loads(text, parse_constant=_refused)
    except ValueError:
        return text


def _refused(constant: str) -> object:
    raise ValueError(f"{constant} is a word")  # NaN and Infinity


def flat(value: object) -> object:
    """Return a value for one cell: numbers and days as they are, everything else as text.

    A node is its name, a relationship its type, a path the one after the other.
    """
    if isinstance(value, Mapping):
        if "nodes" in value and "relationships" in value:
            names = [caption(node) for node in value["nodes"]]
            types = [str(relationship["type"]) for relationship in value["relationships"]]
            return "".join([*(f"{n} –{t}– " for n, t in zip(names, types, strict=False)), *names[-1:]])
        if "labels" in value and "properties" in value:
            return caption(value)
        if "type" in value and "properties" in value:
            return str(value["type"])
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, (list, tuple)):
        return "; ".join("" if one is None else str(flat(one)) for one in value)
    return value


def caption(node: Mapping[str, object]) -> str:
    """Return what a node is called: its name, title or id."""
    properties = node["properties"]
    assert isinstance(properties, Mapping)
    for key in ("name", "title", "id"):
        if properties.get(key):
            return str(properties[key])
    labels = node["labels"]
    return ", ".join(labels) if isinstance(labels, list) else "node"
