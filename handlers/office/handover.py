"""移交单: what a successor took over, with its dates; opened from the push that told of it."""

from collections.abc import Iterator
from datetime import datetime

from handlers import names
from handlers.affair_cards import name_of
from handlers.asking.addressed import called
from handlers.asking.listing import PAGE, Entry, Pager, list_card, show
from handlers.asking.whom import privately
from handlers.registry import button
from handlers.turn import Turn
from storage import affairs, measures, notices, requests, topics
from storage.notices import Notice
from workflow.errors import NoRight, NotFound
from workflow.measure import MeasureId
from workflow.roles import PersonId
from workflow.topic import TopicId


@button("handover")
def handover(turn: Turn, notice_id: int, page: int) -> None:
    """A page of the list, for whom it was written alone."""
    privately(turn)
    notice = notices.get(turn.tx, notice_id)
    if notice is None or notice.kind != "handed_over":
        raise NotFound("no_such_notice")
    if notice.person_id != turn.actor.id:
        raise NoRight("not_your_notice")
    entries = list(_entries(turn, notice))
    pager = Pager("handover", (notice_id,), page)
    person = names.titles(turn.tx, turn.say, [PersonId(notice.data["before"])])
    title = turn.say("leaving.note", person=person, date=turn.dates.full(notice.due_at), count=len(entries))
    show(turn, list_card(turn, title, entries[pager.start : pager.start + PAGE], len(entries), pager))


def _entries(turn: Turn, notice: Notice) -> Iterator[Entry]:
    """Topics, measures of the units, requests that wait, affairs: as they stand now."""
    tx, say, data = turn.tx, turn.say, notice.data
    for topic in topics.by_ids(tx, map(TopicId, data["topics"])):
        state = say(f"topic_state.{topic.state}")
        text = _dated(turn, f"{called(say, topic)} {state}", topic.deadline)
        yield Entry(text, "topic.open", (topic.id,), heading=say("leaving.heading.topics"))
    for measure in measures.by_ids(tx, map(MeasureId, data.get("measures", ()))):
        topic = topics.get(tx, measure.topic_id)
        state = say(f"measure_state.{measure.state}")
        text = _dated(turn, f"{called(say, topic, measure)} {state}", measure.deadline)
        yield Entry(text, "measure.open", (measure.id,), heading=say("leaving.heading.measures"))
    for request in (requests.get(tx, one) for one in data.get("requests", ())):
        topic = topics.get(tx, request.topic_id)
        text = say(f"leaving.request.{request.kind}", name=called(say, topic))
        yield Entry(
            _dated(turn, text, request.wanted), "request.open", (request.id,), say("leaving.heading.requests")
        )
    for affair in (affairs.get(tx, one) for one in data.get("affairs", ())):
        text = _dated(turn, name_of(turn, affair), affair.due_at)
        yield Entry(text, "affair.open", (affair.id,), heading=say("leaving.heading.affairs"))


def _dated(turn: Turn, text: str, at: datetime | None) -> str:
    return turn.say("queries.due", name=text, date=turn.dates.short(at)) if at else text
