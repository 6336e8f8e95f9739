"""A mention in RDF: what one sentence of one article says, and where in the text it says so."""

import math
from collections.abc import Sequence
from itertools import product

from graph.export.rdf_sheet import Sheet
from graph.export.rdf_terms import (
    TRUE,
    day,
    decimal,
    integer,
    literal,
    oa,
    owl_time,
    own,
    part,
    prov,
    rdf,
    schema,
    sem,
)
from graph.export.source import unique
from graph.model import ActorId, DateRange, DayBasis, EventMention, Modality, Span

AROUND = 32
"""Characters before and after a quote that help to find it again in a text that has changed."""

MODALITY = {modality: own[modality.value.capitalize()] for modality in Modality}
BASIS = {basis: own[basis.value.capitalize()] for basis in DayBasis}


def put_day(sheet: Sheet, graph: str, whole: str, when: DateRange) -> None:
    """Write the days of a mention or an event: two plain dates, and an interval with EDTF, basis and cue."""
    interval = part(whole, "time")
    begin, end = part(whole, "begin"), part(whole, "end")
    first, last = day(when.first), day(when.last)
    sheet.put(
        graph,
        whole,
        (sem.hasBeginTimeStamp, first),
        (sem.hasEndTimeStamp, last),
        (sem.hasTime, interval),
    )
    sheet.put(
        graph,
        interval,
        (rdf.type, owl_time.Interval),
        (owl_time.hasBeginning, begin),
        (owl_time.hasEnd, end),
        (own.edtf, literal(when.edtf)),
        (own.dayBasis, BASIS[when.basis]),
        (own.timeCue, literal(when.cue) if when.cue else None),
    )
    sheet.put(graph, begin, (rdf.type, owl_time.Instant), (owl_time.inXSDDate, first))
    sheet.put(graph, end, (rdf.type, owl_time.Instant), (owl_time.inXSDDate, last))


def put_roles(
    sheet: Sheet, graph: str, whole: str, side: str, actors: Sequence[ActorId], texts: Sequence[str] = ()
) -> None:
    """Write one role node for each actor of a side (``initiator`` or ``recipient``), numbered from 1."""
    role_type = own[side.capitalize()]
    for index, actor in enumerate(actors):
        role = part(whole, f"{side}-{index + 1}")
        sheet.put(graph, whole, (own.role, role))
        sheet.put(
            graph,
            role,
            (rdf.type, sem.Role),
            (sem.roleType, role_type),
            (own.filledBy, sheet.names.thing("actor", actor)),
            (own.namedAs, literal(texts[index]) if texts and texts[index] else None),
        )


def put_mention(sheet: Sheet, mention: EventMention, event: str, coder: str) -> None:
    """Write a mention into the graph of its article."""
    names = sheet.names
    graph = names.graph(mention.article_id)
    subject = names.thing("mention", mention.id)
    initiators = [participant.actor for participant in mention.initiators]
    recipients = [participant.actor for participant in mention.recipients]
    sheet.put(
        graph,
        subject,
        (rdf.type, own.EventMention),
        (own.mentionOf, event),
        (sem.eventType, sheet.term("type", mention.type)),
        (own.mode, sheet.term("mode", f"{mention.type}-{mention.mode}") if mention.mode else None),
        *[(own.context, sheet.term("context", context)) for context in unique(mention.contexts)],
        (own.cameoCode, sheet.term("cameo", mention.cameo) if mention.cameo else None),
        (own.modality, MODALITY[mention.modality]),
        (own.reciprocal, TRUE if mention.reciprocal else None),
        *[(sem.hasActor, names.thing("actor", actor)) for actor in unique(initiators + recipients)],
        (sem.hasPlace, None if mention.place is None else names.thing("place", str(mention.place))),
        (own.confidence, decimal(mention.score)),
        (prov.wasAttributedTo, coder),
        (own.rule, literal(mention.rule) if mention.rule else None),
    )
    put_roles(sheet, graph, subject, "initiator", initiators, [p.text for p in mention.initiators])
    put_roles(sheet, graph, subject, "recipient", recipients, [p.text for p in mention.recipients])
    if mention.day is not None:
        put_day(sheet, graph, subject, mention.day)
    for index, quantity in enumerate(mention.quantities):
        count = part(subject, f"quantity-{index + 1}")
        sheet.put(graph, subject, (own.reportedCount, count))
        sheet.put(
            graph,
            count,
            (own.quantity, sheet.term("quantity", quantity.what)),
            (schema.minValue, decimal(quantity.low) if math.isfinite(quantity.low) else None),
            (schema.maxValue, decimal(quantity.high) if math.isfinite(quantity.high) else None),
        )
    if sheet.options.rdf_version == "1.2":
        _put_reified(sheet, graph, subject, mention.type, initiators, recipients)


def _put_reified(
    sheet: Sheet,
    graph: str,
    mention: str,
    event_type: str,
    initiators: Sequence[ActorId],
    recipients: Sequence[ActorId],
) -> None:
    """Write, for each pair of the two sides, that the mention reifies initiator–type–recipient (RDF 1.2).

    The triple itself is not asserted: a mention may tell of what is planned, feared or denied.
    """
    predicate = sheet.term("type", event_type)
    for initiator, recipient in unique(product(initiators, recipients)):
        left, right = sheet.names.thing("actor", initiator), sheet.names.thing("actor", recipient)
        sheet.put(graph, mention, (rdf.reifies, f"<<( {left} {predicate} {right} )>>"))


def put_evidence(sheet: Sheet, mention: EventMention, text: str) -> None:
    """Write where the sentence and each part of a mention stand, as Web Annotations.

    The body of the sentence's annotation is the mention; the body of a part's is what that part tells:
    the type, the role, the interval, the place, the quantity. All lead to the mention by ``evidences``.
    """
    names = sheet.names
    subject = names.thing("mention", mention.id)
    evidence = mention.evidence
    if evidence is not None:
        _put_annotation(sheet, mention, text, "sentence", evidence.sentence, subject)
        _put_annotation(sheet, mention, text, "trigger", evidence.trigger, sheet.term("type", mention.type))
        if evidence.day is not None and mention.day is not None:
            _put_annotation(sheet, mention, text, "day", evidence.day, part(subject, "time"))
        if evidence.place is not None and mention.place is not None:
            place = names.thing("place", str(mention.place))
            _put_annotation(sheet, mention, text, "place", evidence.place, place)
    for side, participants in (("initiator", mention.initiators), ("recipient", mention.recipients)):
        for index, participant in enumerate(participants):
            if participant.span is not None:
                name = f"{side}-{index + 1}"
                _put_annotation(sheet, mention, text, name, participant.span, part(subject, name))
    for index, quantity in enumerate(mention.quantities):
        if quantity.span is not None:
            name = f"quantity-{index + 1}"
            _put_annotation(sheet, mention, text, name, quantity.span, part(subject, name))


def _put_annotation(sheet: Sheet, mention: EventMention, text: str, name: str, span: Span, body: str) -> None:
    graph = sheet.names.provenance
    annotation = sheet.names.thing("evidence", f"{mention.id}-{name}")
    target, position = part(annotation, "target"), part(annotation, "position")
    words = span.quote(text)
    exact = sheet.options.clip(words)
    quoted = part(annotation, "quote") if exact else None
    sheet.put(
        graph,
        annotation,
        (rdf.type, oa.Annotation),
        (oa.motivatedBy, oa.describing if name == "sentence" else oa.identifying),
        (oa.hasBody, body),
        (oa.hasTarget, target),
        (own.evidences, sheet.names.thing("mention", mention.id)),
        (own.evidencePart, own[f"{name.split('-')[0].capitalize()}Part"]),
    )
    sheet.put(
        graph,
        target,
        (rdf.type, oa.SpecificResource),
        (oa.hasSource, sheet.names.thing("article", mention.article_id)),
        (oa.hasSelector, position),
        (oa.hasSelector, quoted),
    )
    sheet.put(
        graph,
        position,
        (rdf.type, oa.TextPositionSelector),
        (oa.start, integer(span.start)),
        (oa.end, integer(span.end)),
    )
    if quoted is None:
        return
    before = after = ""
    if sheet.options.quote_length is None:
        before = text[max(0, span.start - AROUND) : span.start]
        after = text[span.end : span.end + AROUND]
    sheet.put(
        graph,
        quoted,
        (rdf.type, oa.TextQuoteSelector),
        (oa.exact, literal(exact)),
        (oa.prefix, literal(before) if before else None),
        (oa.suffix, literal(after) if after else None),
        (own.truncated, TRUE if len(exact) < len(words) else None),
    )
