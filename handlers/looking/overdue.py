"""逾期: what is past its deadline, the longest first; facts and days, and no judgement."""

from collections.abc import Iterator
from dataclasses import dataclass

from handlers import names
from handlers.asking.listing import PAGE, Entry, Pager, alone, list_card, show
from handlers.cards import Card
from handlers.looking.seeing import visible
from handlers.pushing.item_words import name_of
from handlers.registry import button, command
from handlers.turn import Turn
from services.telling import responsible
from storage import measures, topics
from workflow.measure import Measure
from workflow.roles import Role
from workflow.topic import Topic, TopicState


@dataclass(frozen=True, slots=True)
class Late:
    """A topic or a measure past its deadline; `days` are workdays, at least one."""

    topic: Topic
    measure: Measure | None
    days: int


@command("overdue", Role.DISCIPLINE_SECRETARY, Role.DISCIPLINE_STAFF, Role.CHIEF, Role.OFFICE, Role.LEADER)
def overdue_command(turn: Turn, rest: str) -> None:
    """Everything overdue one may see: all of it for those who watch, one's own for everybody else."""
    if alone(turn):
        overdue(turn)


@button("overdue")
def overdue(turn: Turn, page: int = 0) -> None:
    """One page of it."""
    late = sorted(_late(turn), key=lambda one: (-one.days, one.topic.number, bool(one.measure)))
    title = turn.say("queries.overdue")
    if not late:
        show(turn, Card(title, (turn.say("queries.overdue_empty"),)))
        return
    pager = Pager("overdue", (), page)
    shown = [_line(turn, one) for one in late[pager.start : pager.start + PAGE]]
    show(turn, list_card(turn, title, shown, len(late), pager))


def _late(turn: Turn) -> Iterator[Late]:
    tx, now = turn.tx, turn.tx.now
    seen = topics.find(tx, *visible(turn), topics.in_states(TopicState.ISSUED, TopicState.IN_PROGRESS))
    for topic in seen:
        if topic.deadline and topic.overdue(now):
            yield Late(topic, None, max(1, -turn.dates.workdays_left(topic.deadline)))
    known = {topic.id: topic for topic in seen if topic.state is TopicState.IN_PROGRESS}
    for measure in measures.of_topics(tx, known):
        if measure.overdue(now):
            days = max(1, -turn.dates.workdays_left(measure.deadline))
            yield Late(known[measure.topic_id], measure, days)


def _line(turn: Turn, one: Late) -> Entry:
    topic, measure = one.topic, one.measure
    if measure:
        who = names.units(turn.tx, turn.say, measure.lead_units)
    else:
        who = names.titles(turn.tx, turn.say, responsible(topic))
    name = name_of(turn, topic, measure)
    text = turn.say("queries.late", name=name, days=one.days, who=who)
    return Entry(text, *(("measure.open", (measure.id,)) if measure else ("topic.open", (topic.id,))))
