"""催办: a person's own push, now. A press asks for an answer within two workdays; a message may say more."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from handlers import names
from handlers.asking.addressed import addressed, begun, begun_measure
from handlers.asking.phrases import with_date
from handlers.asking.questions import date_notes, end_of
from handlers.registry import button, command
from handlers.topic_card import measure_card, topic_card
from handlers.turn import Turn
from services import pressing
from services.telling import opening
from storage import measures, people, topics
from workflow.dates import DateNote
from workflow.errors import Invalid
from workflow.measure import Measure, MeasureId
from workflow.roles import PersonId, Role
from workflow.topic import Topic, TopicId
from workflow.transitions import Event

USUAL: Final = 2  # workdays
FAR: Final = timedelta(days=183)
"""A day gone by that would come round so late was a slip: nobody is nudged half a year ahead."""


@command("nudge", Role.DISCIPLINE_SECRETARY, Role.OFFICE, Role.CHIEF, Role.LEADER)
def nudge_command(turn: Turn, rest: str) -> None:
    """`催办 017 请先报清理进度 6月5日前`; 017-2 for a measure."""
    found = addressed(turn, rest, Event.NUDGE)
    if found is None:
        return
    said = with_date(turn, found.rest)
    if said.problem:
        turn.tell("nudging.again", why=said.problem)
        return
    by = end_of(turn, said.when) if said.when else usual(turn)
    if said.when and DateNote.PAST in said.when.notes:
        raise Invalid("deadline_past", deadline=by)
    if said.when and DateNote.ROLLED in said.when.notes and by - turn.tx.now > FAR:
        turn.tell("nudging.again", why=turn.say("nudging.rolled", date=turn.dates.full(by)))
        return
    notes = date_notes(turn, said.when) if said.when else ()
    _nudge(turn, found.topic, found.measure, by, said.rest, notes)


@button("topic.nudge")
def nudge(turn: Turn, topic_id: TopicId) -> None:
    """催办, by one press."""
    _nudge(turn, begun(turn, topic_id, Event.NUDGE), None, usual(turn))


@button("measure.nudge")
def nudge_measure(turn: Turn, measure_id: MeasureId) -> None:
    """The units of one measure, by one press."""
    _nudge(turn, *begun_measure(turn, measure_id, Event.NUDGE), usual(turn))


def usual(turn: Turn) -> datetime:
    """Until when an answer is asked for if nothing else is said."""
    calendar = turn.policy.calendar
    return calendar.end_of(calendar.add_workdays(turn.dates.today, USUAL))


def opens(turn: Turn, whom: Iterable[PersonId]) -> str:
    """When a push that goes out now reaches the last of them; "" when nobody is to be left in peace."""
    last = max(opening(turn.work, person) for person in people.many(turn.tx, whom).values())
    return turn.dates.clock(last) if last > turn.tx.now else ""


def _nudge(
    turn: Turn,
    topic: Topic,
    measure: Measure | None,
    by: datetime,
    text: str = "",
    notes: tuple[str, ...] = (),
) -> None:
    whom = pressing.nudge(turn.work, topic.id, by, text, measure.id if measure else None)
    told = names.titles(turn.tx, turn.say, whom)
    date, at = turn.dates.full(by) + "".join(notes), opens(turn, whom)
    key = "nudging.headline_later" if at else "nudging.headline"
    headline = turn.say(key, whom=told, date=date, at=at)
    turn.toast("nudging.toast_later" if at else "nudging.toast", at=at)
    now = topics.get(turn.tx, topic.id)
    if measure:
        turn.edit(measure_card(turn, now, measures.get(turn.tx, measure.id), headline=headline))
    else:
        turn.edit(topic_card(turn, now, headline=headline))
