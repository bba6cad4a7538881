"""拟约谈: the discipline secretary or the office puts the facts before whoever may talk to that person."""

from collections.abc import Iterable
from typing import Final

from handlers import names
from handlers.admonishing.card import fact_lines, talk_card
from handlers.asking.addressed import called, numbered
from handlers.asking.choosing import choose
from handlers.asking.finding import apart
from handlers.asking.previewing import agreed, lines_of, preview, screen
from handlers.asking.whom import person as person_called
from handlers.asking.whom import persons, privately
from handlers.cards import Button, Card, rows
from handlers.reader import Reader
from handlers.registry import answers, button, command
from handlers.topic_beside import offered, pushed
from handlers.turn import Turn
from services.affairs import admonishing
from services.affairs.seating import Frame, authorise, may_begin
from services.reminding import LADDER
from services.seats import executors
from services.telling import responsible
from storage import affairs, measures, people, topics
from storage.dialogues import Dialogue
from storage.notices import Notice
from workflow.affair import AffairKind
from workflow.affair_table import AffairEvent
from workflow.errors import Missing, NotFound
from workflow.measure import Measure, MeasureId
from workflow.roles import PersonId, Role
from workflow.topic import Topic, TopicId

ADMONISH: Final = "admonish"
MOST: Final = 6
KEEPING: Final = frozenset({Role.DISCIPLINE_SECRETARY, Role.OFFICE})


@command(ADMONISH, Role.DISCIPLINE_SECRETARY, Role.OFFICE)
def admonish_command(turn: Turn, rest: str) -> None:
    """`拟约谈 017`, `拟约谈 017-2`, `拟约谈 017 国际处处长`; without a number, what is under way."""
    privately(turn)
    _may(turn, None, None)
    number, title = apart(rest)
    found = numbered(turn, number) if number else None
    if found is None:
        _under_way(turn)
        return
    topic, measure = found
    named = person_called(turn.tx, title).id if title else None
    _propose(turn, topic, [named] if named else _likely(turn, topic, measure))


@button("talk.topic")
def talk_topic(turn: Turn, topic_id: TopicId, person: int = 0) -> None:
    """The same from a topic's card or a push."""
    privately(turn)
    topic = topics.get(turn.tx, topic_id)
    _propose(turn, topic, [PersonId(person)] if person else _likely(turn, topic, None))


@button("talk.propose")
def propose(turn: Turn, mark: str) -> None:
    """提出建议: it goes to whoever may decide."""
    draft = agreed(turn, ADMONISH, mark)
    if draft is None:
        return
    affair = admonishing.propose(turn.work, TopicId(draft["topic"]), PersonId(draft["person"]))
    turn.toast("admonishing.proposed_toast")
    turn.edit(talk_card(turn, affair, headline=turn.say("admonishing.proposed", number=affair.number)))


@answers(ADMONISH)
def not_a_press(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """Words instead of the press: nothing of a talk is written here."""
    turn.tell("admonishing.press")


@offered
def offer(reader: Reader, topic: Topic) -> Iterable[Button]:
    """On a topic's card, after unheeded steps."""
    if not topic.open or not reader.actor.roles & KEEPING:
        return []
    return (
        [reader.button("talk.topic", topic.id)] if _due(reader, topic, _likely(reader, topic, None)) else []
    )


@pushed
def on_push(reader: Reader, notice: Notice, topic: Topic) -> Iterable[Button]:
    """On an escalation to the discipline secretary, after as many unheeded steps as the college has set."""
    escalated = notice.kind == LADDER and notice.data.get("upwards")
    if not escalated or Role.DISCIPLINE_SECRETARY not in reader.actor.roles:
        return []
    measure = measures.get(reader.tx, MeasureId(notice.measure_id)) if notice.measure_id else None
    whom = _likely(reader, topic, measure)
    return [reader.button("talk.topic", topic.id, whom[0])] if _due(reader, topic, whom) else []


def _due(reader: Reader, topic: Topic, whom: list[PersonId]) -> bool:
    """Whether enough went unheeded, and nothing stands against proposing it now."""
    if not whom or admonishing.paused(reader.tx, reader.policy, topic.id):
        return False
    frame = Frame(AffairKind.ADMONITION, topic.id, None, whom[0])
    if not may_begin(reader.work, AffairKind.ADMONITION, frame):
        return False
    if admonishing.under_way(reader.tx, topic.id, whom[0]):
        return False
    facts = admonishing.facts_about(reader.tx, reader.policy, topic, whom[0])
    return facts.unheeded >= reader.policy.unheeded_steps


def _likely(reader: Reader, topic: Topic, measure: Measure | None) -> list[PersonId]:
    """Who owes the item: the heads of a measure's units, or who owns the topic."""
    if measure is None:
        return responsible(topic)
    return executors(reader.tx, measure.lead_units, Role.UNIT_HEAD) or executors(
        reader.tx, measure.lead_units
    )


def _propose(turn: Turn, topic: Topic, whom: list[PersonId]) -> None:
    _may(turn, topic, None)
    if not whom:
        raise Missing("admonition_nobody", number=topic.number)
    if len(whom) > 1:
        options = persons(turn, people.many(turn.tx, whom).values())
        choose(turn, turn.say("admonishing.whom"), options, "talk.topic", topic.id)
        return
    about = whom[0]
    _may(turn, topic, about)
    talks = admonishing.talkers(turn.tx, turn.policy, about)
    facts = admonishing.check(turn.work, topic, about).stored()
    lines = lines_of(
        turn.say("admonishing.of_topic", topic=called(turn.say, topic)),
        fact_lines(turn, facts["dates"], facts["reminders"]),
        turn.say("admonishing.goes_to", people=names.titles(turn.tx, turn.say, talks)),
    )
    title = turn.say("admonishing.preview", person=names.title(turn.tx, about))
    draft = {"topic": topic.id, "person": about}
    preview(turn, ADMONISH, draft, screen(turn, topic, title, *lines), "talk.propose")


def _may(turn: Turn, topic: Topic | None, person: PersonId | None) -> None:
    frame = Frame(AffairKind.ADMONITION, topic.id if topic else None, None, person)
    authorise(turn.work, frame, None, AffairEvent.BEGIN)


def _under_way(turn: Turn) -> None:
    """What has been proposed and is not over, except what is about oneself."""
    found = [a for a in affairs.of_kind(turn.tx, AffairKind.ADMONITION) if a.person_id != turn.actor.id]
    if not found:
        raise NotFound("admonition_none")
    lines = tuple(
        turn.say("admonishing.beside", number=one.number, state=turn.say(f"admonishing.state.{one.state}"))
        for one in found[:MOST]
    )
    buttons = (Button(one.number, "affair.open", (one.id,)) for one in found[:MOST])
    turn.reply(Card(turn.say("admonishing.list"), lines, rows(*buttons, width=2)))
