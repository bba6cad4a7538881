"""The card of what one seat asks of another: an extension, an adjustment, an answer to an inquiry."""

from typing import Final

from handlers import names
from handlers.cards import About, Button, Card, Subject, rows
from handlers.reader import Reader
from handlers.topic_card import deadline_of
from services.authorising import authorise, open_events
from storage import measures, reports, requests, topics
from storage.requests import Request, RequestKind, RequestState
from workflow.errors import NotFound, WorkflowError
from workflow.measure import Measure
from workflow.topic import Topic, TopicState
from workflow.transitions import Event

OPENS: Final = {
    RequestKind.EXTENSION: (Event.GRANT_EXTENSION,),
    RequestKind.REROUTE: (Event.REROUTE, Event.KEEP),
    RequestKind.INQUIRY: (Event.ANSWER,),
}


def request_card(reader: Reader, request: Request, *, headline: str = "") -> Card:
    """A request as its reader may see it, with what its reader may answer."""
    topic, measure = items(reader, request)
    if not may_see(reader, topic):
        raise NotFound("no_such_request")
    hidden = topic.confidential and not reader.private
    heading = reader.say(
        "topics.number_only" if hidden else "topics.heading", number=topic.number, title=topic.title
    )
    lines = (heading, *(() if hidden else _lines(reader, request, topic, measure)))
    outcome = _outcome(reader, request, measure or topic)
    return Card(
        title=headline or reader.say(f"deciding.{request.kind}"),
        lines=(*lines, outcome) if outcome else lines,
        buttons=rows(
            *(_buttons(reader, request, topic, measure)),
            reader.button("topic.view", topic.id, label="topic"),
        ),
        about=request_about(request),
        vanish=reader.policy.vanish if topic.confidential and reader.private else None,
    )


def request_about(request: Request) -> About:
    """The card of a request; once it is decided, older ones are stale."""
    return About(Subject.REQUEST, request.id, int(request.state is not RequestState.OPEN))


def may_answer(reader: Reader, request: Request) -> bool:
    """Whether it waits for this reader."""
    topic, measure = items(reader, request)
    if request.state is not RequestState.OPEN or request.asker_id == reader.actor.id:
        return False
    if measure and topic.state is not TopicState.IN_PROGRESS:
        return False
    return bool({*OPENS[request.kind]} & {*open_events(reader.work, topic, measure)})


def items(reader: Reader, request: Request) -> tuple[Topic, Measure | None]:
    """What it is about."""
    topic = topics.get(reader.tx, request.topic_id)
    return topic, measures.get(reader.tx, request.measure_id) if request.measure_id else None


def may_see(reader: Reader, topic: Topic) -> bool:
    """Whether the topic exists for this reader."""
    try:
        authorise(reader.work, topic, Event.VIEW)
    except WorkflowError:
        return False
    return True


def _lines(reader: Reader, request: Request, topic: Topic, measure: Measure | None) -> tuple[str, ...]:
    say = reader.say
    report = reports.get(reader.tx, request.report_id) if request.report_id else None
    asker = names.spoken_by(reader.tx, say, request.asker_id, report.principal_id if report else None)
    extending = request.kind is RequestKind.EXTENSION
    fields = {
        "measure": f"{measure.no}. {measure.text}" if measure else "",
        "inquirer" if request.kind is RequestKind.INQUIRY else "asker": asker,
        "deadline": deadline_of(reader, measure or topic),
        "wanted": reader.dates.full(request.wanted) if extending and request.wanted else "",
        "question" if request.kind is RequestKind.INQUIRY else "reason": report.text if report else "",
    }
    return tuple(
        say("topics.field", name=say(f"field.{name}"), value=value) for name, value in fields.items() if value
    )


def _outcome(reader: Reader, request: Request, item: Topic | Measure) -> str:
    """What was decided; of the extension that holds, until when."""
    if request.state is RequestState.OPEN:
        return ""
    who = names.title(reader.tx, request.decided_by) if request.decided_by else reader.say("common.none")
    at = reader.dates.short(request.decided_at) if request.decided_at else ""
    said = reader.say(f"deciding.was_{request.state}", title=who, date=at)
    if item.deadline is None or not _holds(reader, request):
        return said
    return said + reader.say("deciding.until", until=reader.dates.full(item.deadline))


def _holds(reader: Reader, request: Request) -> bool:
    """Whether it is the extension granted last."""
    granted = [
        other.id
        for other in requests.of_topic(reader.tx, request.topic_id)
        if other.kind is RequestKind.EXTENSION
        and other.state is RequestState.GRANTED
        and other.measure_id == request.measure_id
    ]
    return granted[-1:] == [request.id]


def _buttons(reader: Reader, request: Request, topic: Topic, measure: Measure | None) -> list[Button]:
    if not may_answer(reader, request):
        return []
    if request.kind is RequestKind.INQUIRY:
        return [reader.button("answer", request.id)]
    if request.kind is RequestKind.EXTENSION:
        return [
            reader.button("request.grant", request.id, label="grant"),
            reader.button("request.other", request.id, label="other_date"),
            reader.button("request.refuse", request.id, label="refuse"),
        ]
    allowed = open_events(reader.work, topic, measure)
    verbs = (("request.reroute", "reroute", Event.REROUTE), ("request.keep", "keep", Event.KEEP))
    return [reader.button(verb, request.id, label=label) for verb, label, event in verbs if event in allowed]
