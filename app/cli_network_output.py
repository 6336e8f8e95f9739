"""What ``diurna network`` prints: tables for people, CSV and JSON for programs."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date

from rich.text import Text

from app import cli_output as output
from app.cli_filters import Output
from app.workspace import Workspace
from graph.analysis.balance import KINDS, Balance, Triad
from graph.analysis.change import Change, ChangeKind
from graph.analysis.network import Measure, Network, Standing

_COMMUNITIES = 8
"""Communities named in the table; all are in the JSON."""

_MEMBERS = 6
_STRAINED = 5

Row = dict[str, object]


def network(workspace: Workspace, found: Network, measure: Measure, limit: int | None, shown: Output) -> None:
    """Print the measures of a network."""
    ranked = found.ranked(measure)[:limit]
    names = output.names_of(workspace, [standing.actor for standing in found.standings])
    rows: list[Row] = [{"actor": s.actor, "name": names[s.actor], **asdict(s)} for s in ranked]
    if shown is Output.CSV:
        columns = [field.name for field in fields(Standing)]
        output.print_csv([columns[0], "name", *columns[1:]], rows)
        return
    if shown is Output.JSON:
        output.print_json(
            {
                "actors": rows,
                "actor_count": len(found.standings),
                "relations": found.relations,
                "ties": found.ties,
                "betweenness_pivots": found.pivots,
                "modularity": found.modularity,
                "communities": [
                    {"number": number, "actors": [{"id": id, "name": names[id]} for id in members]}
                    for number, members in enumerate(found.communities, 1)
                ],
                "balance": _balance(found.balance, names),
            }
        )
        return
    if not found.standings:
        output.remark("no two actors on opposite sides of an event")
        return
    titles = ["degree", "out", "in", "between", "pagerank", "community", "balanced", "unbalanced"]
    table = output.new_table(["actor"], titles)
    for standing in ranked:
        table.add_row(
            Text(names[standing.actor]),
            *(f"{n}" for n in (standing.degree, standing.weighted_out, standing.weighted_in)),
            f"{standing.betweenness:.3f}",
            f"{standing.pagerank:.3f}",
            *(f"{n}" for n in (standing.community, standing.balanced, standing.unbalanced)),
        )
    output.show(table)
    output.remark(
        f"{len(ranked)} of {len(found.standings)} actors; {found.ties} pairs of actors,"
        f" {found.relations} relations"
    )
    if found.pivots is not None:
        output.remark(f"betweenness is estimated from {found.pivots} actors")
    _show_communities(found, names)
    _show_balance(found.balance, names)


def _show_communities(found: Network, names: Mapping[str, str]) -> None:
    output.say("")
    output.say(f"{len(found.communities)} communities (Louvain), modularity {found.modularity:.2f}")
    for number, members in enumerate(found.communities[:_COMMUNITIES], 1):
        said = ", ".join(names[id] for id in members[:_MEMBERS])
        more = f" and {len(members) - _MEMBERS} more" if len(members) > _MEMBERS else ""
        output.show(Text(f"{number}  {said}{more}"), indent=2)
    if len(found.communities) > _COMMUNITIES:
        output.remark(f"  and {len(found.communities) - _COMMUNITIES} smaller ones")


def _show_balance(found: Balance, names: Mapping[str, str]) -> None:
    output.say("")
    if found.degree is None:
        output.say("no triads: no three actors have ties of a known tone to each other")
        return
    kinds = ", ".join(f"{kind} {found.kinds[kind]}" for kind in KINDS)
    output.say(
        f"{found.balanced + found.unbalanced} triads, {100 * found.degree:.0f} % balanced ({kinds});"
        " unbalanced, best told:"
    )
    for triad in found.strained[:_STRAINED]:
        output.show(_triad(triad, names), indent=2)


def _triad(triad: Triad, names: Mapping[str, str]) -> Text:
    """Return a triad as a round trip: "A +2.1 B -3.0 C +1.0 A"."""
    one, other, third = (names[id] for id in triad.actors)
    line = Text(one)
    sides = ((triad.tones[0], other), (triad.tones[2], third), (triad.tones[1], one))
    for tone, name in sides:
        line.append(" ").append_text(output.tone(tone)).append(f" {name}")
    return line


def _balance(found: Balance, names: Mapping[str, str]) -> Row:
    return {
        "balanced": found.balanced,
        "unbalanced": found.unbalanced,
        "degree": found.degree,
        "kinds": dict(found.kinds),
        "strained": [
            {
                "actors": [{"id": id, "name": names[id]} for id in triad.actors],
                "tones": triad.tones,
                "kind": triad.kind,
                "events": triad.events,
            }
            for triad in found.strained
        ],
    }


def changes(
    workspace: Workspace,
    found: Sequence[Change],
    windows: tuple[tuple[date, date], tuple[date, date]],
    limit: int | None,
    shown: Output,
) -> None:
    """Print what became of the ties between actors."""
    listed = found[:limit]
    names = output.names_of(workspace, [id for change in listed for id in (change.one, change.other)])
    rows: list[Row] = [
        {**asdict(change), "one_name": names[change.one], "other_name": names[change.other]}
        for change in listed
    ]
    kinds = Counter(change.kind for change in found)
    if shown is Output.JSON:
        before, after = ({"first": first, "last": last} for first, last in windows)
        output.print_json(
            {
                "before": before,
                "after": after,
                "kinds": {kind.value: kinds[kind] for kind in ChangeKind},
                "changes": rows,
            }
        )
        return
    sums = [f"{what}_{when}" for what in ("events", "tone") for when in ("before", "after")]
    if shown is Output.CSV:
        output.print_csv(["one", "one_name", "other", "other_name", "kind", *sums], rows)
        return
    table = output.new_table(["between", "and", "change"], ["events", "tone"])
    for change in listed:
        tones = [output.tone(tone) for tone in (change.tone_before, change.tone_after)]
        for tone in tones:
            if not tone.plain:
                tone.append("–")
        table.add_row(
            Text(names[change.one]),
            Text(names[change.other]),
            Text(change.kind.value),
            f"{change.events_before} → {change.events_after}",
            Text(" → ").join(tones),
        )
    if listed:
        output.show(table)
    said = ", ".join(f"{kinds[kind]} {kind.value}" for kind in ChangeKind)
    first, second = (f"{first} to {last}" for first, last in windows)
    output.remark(f"{first}, then {second}: {said}")
