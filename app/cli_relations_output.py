"""What the commands on relations print: tables for people, CSV and JSON for programs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, fields

from rich.text import Text

from app import cli_output as output
from app.cli_filters import Output
from app.workspace import Workspace
from graph.analysis.neighbours import Partner
from graph.analysis.paths import Path, Step
from graph.analysis.profile import Profile
from graph.analysis.relations import Relation
from graph.model import Count, Event

Row = dict[str, object]


def relations(workspace: Workspace, found: Sequence[Relation], shown: Output) -> None:
    """Print who acts on whom."""
    names = output.names_of(workspace, [i for r in found for i in (r.initiator, r.recipient)])
    rows: list[Row] = [
        {**asdict(r), "initiator_name": names[r.initiator], "recipient_name": names[r.recipient]}
        for r in found
    ]
    columns = ["initiator", "initiator_name", "recipient", "recipient_name", "events", "mentions", "tone"]
    if for_programs(shown, rows, columns):
        return
    table = output.new_table(["who", "whom"], ["events", "mentions", "tone"])
    for r in found:
        counts = (f"{r.events}", f"{r.mentions}")
        table.add_row(Text(names[r.initiator]), Text(names[r.recipient]), *counts, output.tone(r.tone))
    if found:
        output.show(table)
    else:
        output.remark("no relations")


def neighbours(workspace: Workspace, actor: str, found: Sequence[Partner], shown: Output) -> None:
    """Print the partners of an actor."""
    names = output.names_of(workspace, [actor, *(partner.actor for partner in found)])
    rows = [_partner(partner, names) for partner in found]
    columns = ["actor", "name", "events", *(f.name for f in fields(Partner) if f.name != "actor")]
    if for_programs(shown, rows, columns):
        return
    if not found:
        output.remark("no partners")
        return
    _partners_table(found, names, names[actor])


def _partner(partner: Partner, names: Mapping[str, str]) -> Row:
    return {**asdict(partner), "name": names[partner.actor], "events": partner.events}


def _partners_table(found: Sequence[Partner], names: Mapping[str, str], about: str) -> None:
    numbers = ["events", "tone", "→", "tone →", "←", "tone ←", "first day", "last day"]
    table = output.new_table(["with"], numbers)
    for partner in found:
        table.add_row(
            Text(names[partner.actor]),
            f"{partner.events}",
            output.tone(partner.tone),
            f"{partner.acted_on}",
            output.tone(partner.tone_acted_on),
            f"{partner.acting}",
            output.tone(partner.tone_acting),
            *(str(day or "unknown") for day in (partner.first_day, partner.last_day)),
        )
    output.show(table)
    output.remark(f"→ {about} acts on them, ← they act on {about}")


def profile(workspace: Workspace, found: Profile, shown: Output) -> None:
    """Print an actor at a glance."""
    names = output.names_of(workspace, [partner.actor for partner in found.partners])
    places = {
        str(place.id): place.name
        for place in workspace.places([int(count.key[0] or 0) for count in found.places])
    }
    if shown is Output.JSON:
        output.print_json(
            {
                "actor": asdict(found.actor) if found.actor else None,
                **_sums(found.total),
                "partners": [_partner(partner, names) for partner in found.partners],
                "types": [{"type": count.key[0], **_sums(count)} for count in found.types],
                "places": [
                    {"geonames_id": int(id), "name": places.get(id), **_sums(count)}
                    for count in found.places
                    if (id := count.key[0]) is not None
                ],
                "publishers": [{"publisher": count.key[0], **_sums(count)} for count in found.publishers],
                "months": [bucket._asdict() for bucket in found.months],
            }
        )
        return
    if shown is Output.CSV:
        columns = ["section", "key", "name", "events", "mentions", "tone"]
        output.print_csv(columns, _profile_rows(found, names, places))
        return
    _describe(found)
    parts: list[tuple[str, list[tuple[str, Count]]]] = [
        ("types", [(str(count.key[0]).lower(), count) for count in found.types]),
        ("places", [(places.get(count.key[0] or "", "unknown"), count) for count in found.places]),
        ("outlets", [(count.key[0] or "unknown", count) for count in found.publishers]),
    ]
    if found.partners:
        output.say("")
        _partners_table(found.partners, names, found.actor.name if found.actor else "it")
    for title, counts in parts:
        if counts:
            table = output.new_table([title], ["events", "tone"])
            for name, count in counts:
                table.add_row(Text(name), f"{count.events}", output.tone(count.tone))
            output.say("")
            output.show(table)
    if found.months:
        output.say("")
        output.bars(found.months)


def _describe(found: Profile) -> None:
    actor, total = found.actor, found.total
    if actor is not None:
        about = [actor.kind.value, *([actor.country] if actor.country else []), *actor.sectors]
        output.show(Text(actor.name, style="bold").append(f"  {actor.id} · {' '.join(about)}", style="dim"))
        if actor.aliases:
            output.remark(f"also called {', '.join(actor.aliases[:8])}")
    line = Text(f"{total.events} events, {total.mentions} mentions")
    if total.tone is not None:
        line.append(", mean tone ").append_text(output.tone(total.tone))
    output.show(line)


def _sums(count: Count) -> Row:
    return {"events": count.events, "mentions": count.mentions, "tone": count.tone}


def _profile_rows(found: Profile, names: Mapping[str, str], places: Mapping[str, str]) -> Iterator[Row]:
    actor = found.actor
    yield {
        "section": "all", "key": actor.id if actor else None, "name": actor.name if actor else None,
        **_sums(found.total),
    }  # fmt: skip
    for partner in found.partners:
        yield {"section": "partner", "key": partner.actor, **_partner(partner, names)}
    for count in found.types:
        yield {"section": "type", "key": count.key[0], **_sums(count)}
    for count in found.places:
        yield {
            "section": "place",
            "key": count.key[0],
            "name": places.get(count.key[0] or ""),
            **_sums(count),
        }
    for count in found.publishers:
        yield {"section": "publisher", "key": count.key[0], **_sums(count)}
    for bucket in found.months:
        yield {"section": "month", **bucket._asdict()}


def paths(
    workspace: Workspace, found: Sequence[Path], ends: tuple[str, str], most_steps: int, shown: Output
) -> None:
    """Print how two actors hang together."""
    names = output.names_of(workspace, [*ends, *(id for path in found for id in path.actors)])
    if shown is Output.JSON:
        output.print_json(
            {
                "start": {"id": ends[0], "name": names[ends[0]]},
                "end": {"id": ends[1], "name": names[ends[1]]},
                "paths": [
                    {
                        "actors": [{"id": id, "name": names[id]} for id in path.actors],
                        "steps": [
                            {**_step(step, names), "told": [_event(event) for event in step.told]}
                            for step in path.steps
                        ],
                    }
                    for path in found
                ],
            }
        )
        return
    if shown is Output.CSV:
        step_columns = ["one", "one_name", "other", "other_name", "events", "forth", "back", "tone"]
        event_columns = [f"event_{name}" for name in _EVENT_FIELDS]
        output.print_csv(["path", "step", *step_columns, *event_columns], _path_rows(found, names))
        return
    if not found:
        output.remark(
            f"{names[ends[0]]} and {names[ends[1]]} do not hang together by at most {most_steps} steps"
            " in these events"
        )
    for path in found:
        output.show(Text(" – ".join(names[id] for id in path.actors), style="bold"))
        for step in path.steps:
            _show_step(step, names)


def _step(step: Step, names: Mapping[str, str]) -> Row:
    return {
        "one": step.one, "one_name": names[step.one], "other": step.other, "other_name": names[step.other],
        "events": step.events, "forth": step.forth, "back": step.back, "tone": step.tone,
    }  # fmt: skip


_EVENT_FIELDS = ("id", "first", "last", "type", "mode", "modality", "origins", "mentions", "summary", "quote")


def _event(event: Event) -> Row:
    first, last = (event.day.first, event.day.last) if event.day else (None, None)
    values = (
        event.id, first, last, event.type, event.mode, event.modality.value, event.origin_count,
        event.mention_count, event.summary, event.quote,
    )  # fmt: skip
    return dict(zip(_EVENT_FIELDS, values, strict=True))


def _path_rows(found: Sequence[Path], names: Mapping[str, str]) -> Iterator[Row]:
    for number, path in enumerate(found, 1):
        for place, step in enumerate(path.steps, 1):
            about = {"path": number, "step": place, **_step(step, names)}
            if not step.told:
                yield about
            for event in step.told:
                yield {**about, **{f"event_{name}": value for name, value in _event(event).items()}}


def _show_step(step: Step, names: Mapping[str, str]) -> None:
    line = Text(f"{names[step.one]} – {names[step.other]}: {_events(step.events)}")
    line.append(f" (→ {step.forth}, ← {step.back})")
    if step.tone is not None:
        line.append(", tone ").append_text(output.tone(step.tone))
    output.show(line, indent=2)
    table = output.new_table(["", "", "", "", ""])
    table.show_header = False
    for event in step.told:
        origins = f"{event.origin_count} origin{'s' if event.origin_count != 1 else ''}"
        summary = event.summary.rsplit(" · ", 1)[0]
        table.add_row(
            Text(output.days(event.day)),
            Text(output.act(event), style=output.tone_style(event.tone)),
            Text(summary),
            Text(origins, style="dim"),
            Text(event.id, style="dim", no_wrap=True),
        )
    if step.told:
        output.show(table, indent=4)


def _events(count: int) -> str:
    return f"{count} event{'s' if count != 1 else ''}"


def for_programs(shown: Output, rows: Sequence[Row], columns: Sequence[str]) -> bool:
    """Print rows as CSV or JSON if that is asked for; tell whether it was."""
    if shown is Output.JSON:
        output.print_json(rows)
    elif shown is Output.CSV:
        output.print_csv(columns, rows)
    return shown is not Output.TABLE
