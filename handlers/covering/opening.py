"""补漏补缺: the office or the discipline secretary sees whom it concerns, and that person hears first."""

from collections.abc import Iterable
from typing import Final

from handlers import names
from handlers.asking.addressed import called, numbered
from handlers.asking.choosing import Option, choose
from handlers.asking.finding import apart
from handlers.asking.naming import spoken
from handlers.asking.previewing import agreed, lines_of, preview
from handlers.asking.whom import persons, privately
from handlers.cards import Button, Card, rows
from handlers.covering.card import cover_card, status, step_name
from handlers.reader import Reader
from handlers.registry import answers, button, command
from handlers.topic_beside import offered
from handlers.turn import Turn
from services.affairs import covering
from services.affairs.seating import Frame, authorise, may_begin
from services.telling import opening
from storage import affairs, measures, people, topics
from storage.dialogues import Dialogue
from workflow.affair import AffairKind
from workflow.affair_table import AffairEvent
from workflow.errors import Missing
from workflow.measure import Measure, MeasureId
from workflow.roles import PersonId, Role
from workflow.supervision import CoverStep, answer_term, likely_step
from workflow.topic import Topic, TopicId, TopicState

COVER: Final = "cover"
MOST: Final = 3


@command(COVER, Role.OFFICE, Role.DISCIPLINE_SECRETARY)
def cover_command(turn: Turn, rest: str) -> None:
    """`补漏补缺 017 整改落实`; 017-2 for a measure; without a number, what is overdue."""
    privately(turn)
    _may(turn, None, None)
    number, word = apart(rest)
    found = numbered(turn, number) if number else None
    if found is None:
        _which(turn)
        return
    topic, measure = found
    covering.require_open(topic)
    step = _step(word)
    if word and step is None:
        _choose_step(turn, topic, measure)
    else:
        _propose(turn, topic, measure, step or likely_step(topic, measure))


@button("cover.topic")
def cover_topic(turn: Turn, topic_id: TopicId) -> None:
    """The same from a topic's card."""
    privately(turn)
    topic = topics.get(turn.tx, topic_id)
    late = [] if topic.overdue(turn.tx.now) else _late_measures(turn, topic)
    measure = late[0] if late else None
    _propose(turn, topic, measure, likely_step(topic, measure))


@button("cover.step")
def cover_step(turn: Turn, topic_id: TopicId, measure_id: MeasureId) -> None:
    """Another step."""
    topic = topics.get(turn.tx, topic_id)
    _may(turn, topic, None)
    _choose_step(turn, topic, measures.get(turn.tx, measure_id) if measure_id else None)


@button("cover.as")
def cover_as(turn: Turn, topic_id: TopicId, measure_id: MeasureId, step: str, person: int = 0) -> None:
    """The step, or the person, was chosen."""
    topic = topics.get(turn.tx, topic_id)
    measure = measures.get(turn.tx, measure_id) if measure_id else None
    _propose(turn, topic, measure, CoverStep(step), PersonId(person) if person else None)


@button("cover.now")
def cover_now(turn: Turn, mark: str) -> None:
    """告知本人: the person concerned hears now."""
    draft = agreed(turn, COVER, mark)
    if draft is None:
        return
    measure = MeasureId(draft["measure"]) if draft["measure"] else None
    affair = covering.begin(
        turn.work, TopicId(draft["topic"]), PersonId(draft["person"]), CoverStep(draft["step"]), measure
    )
    turn.toast("covering.begun_toast")
    turn.edit(cover_card(turn, affair, headline=turn.say("covering.begun", number=affair.number)))


@answers(COVER)
def not_a_press(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """A step instead of the press changes the step; anything else is told how to go on."""
    step, draft = _step(text.strip()), dialogue.draft
    if step is None:
        turn.tell("covering.press")
        return
    cover_as(turn, TopicId(draft["topic"]), MeasureId(draft["measure"]), step)


@offered
def offer(reader: Reader, topic: Topic) -> Iterable[Button]:
    """On the card of what is late, for who may open it, as long as none is under way."""
    if (
        topic.confidential
        or not topic.open
        or not reader.actor.roles & {Role.OFFICE, Role.DISCIPLINE_SECRETARY}
    ):
        return []
    if not may_begin(reader.work, AffairKind.COVER, Frame(AffairKind.COVER, topic.id)):
        return []
    if any(not one.settled for one in affairs.of_topic(reader.tx, topic.id, AffairKind.COVER)):
        return []
    late = topic.overdue(reader.tx.now) or _unclaimed(reader, topic) or _late_measures(reader, topic)
    return [reader.button("cover.topic", topic.id)] if late else []


def _propose(
    turn: Turn, topic: Topic, measure: Measure | None, step: CoverStep, person: PersonId | None = None
) -> None:
    _may(turn, topic, None)
    covering.require_open(topic)
    whom = covering.concerned_by(turn.tx, topic, step, measure)
    if not whom:
        raise Missing("cover_nobody", number=topic.number)
    no = measure.id if measure else MeasureId(0)
    if person is None and len(whom) > 1:
        options = persons(turn, people.many(turn.tx, whom).values())
        choose(turn, turn.say("covering.whom"), options, "cover.as", topic.id, no, step)
        return
    about = person or whom[0]
    _may(turn, topic, about)
    draft = {"topic": topic.id, "measure": no, "person": about, "step": step}
    other = turn.button("cover.step", topic.id, no)
    preview(turn, COVER, draft, _preview(turn, topic, measure, step, about), "cover.now", other)


def _preview(turn: Turn, topic: Topic, measure: Measure | None, step: CoverStep, about: PersonId) -> Card:
    say, policy = turn.say, turn.policy
    hears = opening(turn.work, people.get(turn.tx, about))
    until = turn.dates.clock(answer_term(policy.calendar, hears, policy.cover_workdays))
    lines = lines_of(
        say("covering.of_topic", topic=called(say, topic, measure)),
        say("covering.step_line", step=step_name(turn, step)),
        say("covering.first", until=until),
        say("covering.standing") if policy.cover_standing else say("covering.then"),
    )
    return Card(say("covering.preview", person=names.title(turn.tx, about)), lines)


def _may(turn: Turn, topic: Topic | None, person: PersonId | None) -> None:
    frame = Frame(AffairKind.COVER, topic.id if topic else None, None, person)
    authorise(turn.work, frame, None, AffairEvent.BEGIN)


def _step(word: str) -> CoverStep | None:
    return next((step for step in CoverStep if word and word in spoken(f"covering.step.{step}")), None)


def _choose_step(turn: Turn, topic: Topic, measure: Measure | None) -> None:
    options = [
        Option(step, step_name(turn, step), also=spoken(f"covering.step.{step}")) for step in CoverStep
    ]
    no = measure.id if measure else MeasureId(0)
    choose(turn, turn.say("covering.which_step", number=topic.number), options, "cover.as", topic.id, no)


def _which(turn: Turn) -> None:
    """What is under way, and what is overdue, to choose from."""
    live = affairs.of_kind(turn.tx, AffairKind.COVER)[:MOST]
    found = topics.find(turn.tx, topics.in_states(TopicState.ISSUED, TopicState.IN_PROGRESS))
    late = [topic for topic in found if topic.overdue(turn.tx.now) and not topic.confidential][:MOST]
    if not late and not live:
        turn.tell("covering.none_late")
        return
    lines = (*(status(turn, one) for one in live), *(called(turn.say, topic) for topic in late))
    buttons = (
        *(Button(one.number, "affair.open", (one.id,)) for one in live),
        *(Button(topic.number, "cover.topic", (topic.id,)) for topic in late),
    )
    turn.reply(Card(turn.say("covering.which"), lines, rows(*buttons, width=2)))


def _unclaimed(reader: Reader, topic: Topic) -> bool:
    late = topic.claim_by is not None and topic.claim_by < reader.tx.now
    return topic.state is TopicState.ISSUED and late


def _late_measures(reader: Reader, topic: Topic) -> list[Measure]:
    if topic.state is not TopicState.IN_PROGRESS:
        return []
    return [one for one in measures.of_topic(reader.tx, topic.id) if one.overdue(reader.tx.now)]
