"""静音 017, 取消静音 017, and 稍后 on a reminder: what rests is said in the digest alone."""

from collections.abc import Iterable

from handlers.asking.addressed import here
from handlers.asking.finding import by_number
from handlers.asking.phrases import with_date
from handlers.asking.questions import end_of
from handlers.asking.whom import privately
from handlers.cards import Button, Card, rows
from handlers.reader import Reader
from handlers.registry import button, command
from handlers.topic_beside import offered, pushed
from handlers.topic_card import topic_card
from handlers.turn import Turn
from services import quieting
from storage import rests, topics
from storage.notices import Notice
from workflow.roles import Role
from workflow.topic import Topic, TopicId


@command("mute", *(role for role in Role if role is not Role.ADMIN))
def mute_command(turn: Turn, rest: str) -> None:
    """`静音 017`, `静音 017 到3月6日`."""
    privately(turn)
    number, *more = rest.split(None, 1) or [""]
    if not number:
        turn.tell("quieting.which", days=turn.policy.rest_days)
        return
    topic = here(turn, by_number(turn, number))
    said = with_date(turn, more[0] if more else "")
    if said.problem:
        turn.tell("quieting.again", why=said.problem)
        return
    until = quieting.mute(turn.work, topic.id, end_of(turn, said.when) if said.when else None)
    line = turn.say("quieting.muted", number=topic.number, date=turn.dates.full(until))
    turn.reply(Card(lines=(line,), buttons=rows(turn.button("topic.unmute", topic.id, label="unmute"))))


@command("unmute", hidden=True)
def unmute_command(turn: Turn, rest: str) -> None:
    """`取消静音 017`."""
    if not rest.split():
        turn.tell("quieting.which_unmute")
        return
    topic = by_number(turn, rest.split()[0])
    quieting.unmute(turn.work, topic.id)
    turn.tell("quieting.unmuted", number=topic.number)


@button("topic.unmute")
def unmute(turn: Turn, topic_id: TopicId) -> None:
    """取消静音, by a press."""
    quieting.unmute(turn.work, topic_id)
    turn.toast("quieting.unmuted_toast")
    topic = topics.get(turn.tx, topic_id)
    turn.edit(topic_card(turn, topic, headline=turn.say("quieting.unmuted", number=topic.number)))


@button("notice.later")
def later(turn: Turn, notice_id: int) -> None:
    """稍后: the same reminder on the next workday."""
    at = quieting.put_off(turn.work, notice_id)
    turn.toast("quieting.later_toast", at=turn.dates.clock(at))
    turn.edit(Card(lines=(turn.say("quieting.later", at=turn.dates.clock(at)),)))


@offered
def _unmute(reader: Reader, topic: Topic) -> Iterable[Button]:
    if rests.until(reader.tx, reader.actor.id, topic.id) is not None:
        yield reader.button("topic.unmute", topic.id, label="unmute")


@pushed
def _later(reader: Reader, notice: Notice, topic: Topic) -> Iterable[Button]:
    if quieting.may_put_off(reader.work, notice):
        yield reader.button("notice.later", notice.id, label="later")
