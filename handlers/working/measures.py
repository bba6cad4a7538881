"""措施: a topic's measures and what one press does to them: received, confirmed, withdrawn."""

from typing import Final

from handlers.asking.addressed import addressed, begun_measure, called, here, measure_addressed
from handlers.cards import Button, Card, rows
from handlers.registry import button, command
from handlers.stamps import about
from handlers.topic_card import measure_card, measure_lines
from handlers.turn import Turn
from services import measuring
from services.authorising import authorise
from storage import measures, topics
from workflow.measure import Measure, MeasureId, MeasureState
from workflow.roles import Role
from workflow.topic import Topic, TopicId
from workflow.transitions import Event

PER_PAGE: Final = 4


@command("measures", Role.LEADER, Role.UNIT_HEAD, Role.LIAISON, Role.OFFICE)
def measures_command(turn: Turn, rest: str) -> None:
    """`措施 017`, or `措施 017-2` for one of them."""
    found = addressed(turn, rest, Event.VIEW)
    if found and found.measure:
        turn.reply(measure_card(turn, found.topic, found.measure))
    elif found:
        turn.reply(_list(turn, found.topic, 0))


@button("measures")
def measures_press(turn: Turn, topic_id: TopicId, page: int = 0) -> None:
    """The list, one button each."""
    topic = here(turn, topics.get(turn.tx, topic_id))
    turn.edit(_list(turn, topic, page))


@button("measure.view")
def view(turn: Turn, measure_id: MeasureId) -> None:
    """One measure."""
    topic, measure = begun_measure(turn, measure_id, Event.VIEW)
    turn.edit(measure_card(turn, topic, measure))


@command("receive", Role.UNIT_HEAD, Role.LIAISON)
def receive_command(turn: Turn, rest: str) -> None:
    """`收到 017-2`, or the only one that waits to be received."""
    if (found := measure_addressed(turn, rest, Event.RECEIVE)) and found.measure:
        _received(turn, found.measure.id)


@button("measure.receive")
def receive(turn: Turn, measure_id: MeasureId) -> None:
    """收到."""
    begun_measure(turn, measure_id, Event.RECEIVE)
    _received(turn, measure_id)
    turn.toast("measuring.received")


@command("confirm_done", hidden=True)
def confirm_done_command(turn: Turn, rest: str) -> None:
    """`确认办结 017-2`, or the only one that waits for it."""
    if (found := measure_addressed(turn, rest, Event.CONFIRM_DONE)) and found.measure:
        begun_measure(turn, found.measure.id, Event.CONFIRM_DONE)
        _show(turn, measuring.confirm(turn.work, found.measure.id), "confirmed")


@button("measure.confirm_done")
def confirm_done(turn: Turn, measure_id: MeasureId) -> None:
    """确认办结."""
    begun_measure(turn, measure_id, Event.CONFIRM_DONE)
    _show(turn, measuring.confirm(turn.work, measure_id), "confirmed")
    turn.toast("measuring.confirmed")


@button("measure.withdraw")
def withdraw(turn: Turn, measure_id: MeasureId) -> None:
    """Ask whether it is really to be dropped."""
    topic, measure = begun_measure(turn, measure_id, Event.WITHDRAW)
    turn.edit(
        Card(
            title=turn.say("measuring.withdraw_ask", name=called(turn.say, topic, measure)),
            lines=(measure.text, turn.say("measuring.withdraw_told")),
            buttons=rows(
                turn.button("measure.withdraw_now", measure_id, label="withdraw_measure"),
                turn.button("measure.view", measure_id, label="back"),
            ),
            about=about(measure),
            vanish=turn.policy.vanish if topic.confidential else None,
        )
    )


@button("measure.withdraw_now")
def withdraw_now(turn: Turn, measure_id: MeasureId) -> None:
    """It is."""
    begun_measure(turn, measure_id, Event.WITHDRAW)
    _show(turn, measuring.withdraw(turn.work, measure_id), "withdrawn")
    turn.toast("measuring.withdrawn")


def _received(turn: Turn, measure_id: MeasureId) -> None:
    _show(turn, measuring.receive(turn.work, measure_id), "received")


def _show(turn: Turn, measure: Measure, done: str) -> None:
    topic = topics.get(turn.tx, measure.topic_id)
    turn.edit(measure_card(turn, topic, measure, headline=turn.say(f"measuring.{done}_headline")))


def _list(turn: Turn, topic: Topic, page: int) -> Card:
    authorise(turn.work, topic, Event.VIEW)
    found = [m for m in measures.of_topic(turn.tx, topic.id) if m.state is not MeasureState.WITHDRAWN]
    title = turn.say("measuring.list", name=called(turn.say, topic), count=len(found))
    lines = measure_lines(turn, topic) or (turn.say("measuring.list_empty"),)
    more = (page + 1) % -(-len(found) // PER_PAGE) if found else 0
    buttons = (
        *(_one(turn, measure) for measure in found[page * PER_PAGE : (page + 1) * PER_PAGE]),
        turn.button("measures", topic.id, more, label="more") if len(found) > PER_PAGE else None,
        turn.button("topic.view", topic.id, label="topic"),
    )
    vanish = turn.policy.vanish if topic.confidential else None
    return Card(title=title, lines=lines, buttons=rows(*buttons), about=about(topic), vanish=vanish)


def _one(turn: Turn, measure: Measure) -> Button:
    return Button(turn.say("measuring.one", no=measure.no), "measure.view", (measure.id,))
