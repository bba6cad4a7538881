"""批量催办: the office pushes everything overdue or nearly due, after one look at the list."""

from collections.abc import Sequence
from typing import Final

from handlers.asking.addressed import called
from handlers.asking.previewing import agreed, lines_of, preview
from handlers.cards import Button, Card, rows
from handlers.registry import answers, button, command
from handlers.turn import Turn
from handlers.verifying.nudge import opens, usual
from services import pressing
from services.authorising import open_events
from storage import measures, notices, topics
from storage.dialogues import Dialogue
from workflow.errors import NoRight, WorkflowError
from workflow.measure import Measure, MeasureId
from workflow.roles import PersonId, Role
from workflow.topic import Topic, TopicId, TopicState
from workflow.transitions import Event

NUDGE_ALL: Final = "nudge_all"
SHOWN: Final = 20

Item = tuple[Topic, Measure | None]


@command("nudge_all", Role.OFFICE)
def nudge_all_command(turn: Turn, rest: str) -> None:
    """`批量催办`: the list, and one press."""
    if Role.OFFICE not in turn.actor.roles:
        raise NoRight("no_right", event=Event.NUDGE, needed=(Role.OFFICE,))
    found = _due(turn)
    if not found:
        turn.tell("nudging.nothing_due", days=turn.policy.near_days)
        return
    draft = {
        "topics": [topic.id for topic, measure in found if measure is None],
        "measures": [measure.id for _, measure in found if measure],
    }
    title = turn.say("nudging.all", count=len(found), date=turn.dates.full(usual(turn)))
    left = len(found) - SHOWN
    rest_ = turn.say("nudging.and_more", count=left) if left > 0 else ""
    lines = lines_of([_line(turn, *item) for item in found[:SHOWN]], rest_)
    preview(turn, NUDGE_ALL, draft, Card(title, lines), "nudge_all.now", label="nudge_all")


@button("nudge_all.now")
def nudge_all(turn: Turn, mark: str) -> None:
    """Push what the list showed, as far as it still may be pushed."""
    draft = agreed(turn, NUDGE_ALL, mark)
    if draft is None:
        return
    of_topics = [(TopicId(topic), None) for topic in draft["topics"]]
    shown = [MeasureId(measure) for measure in draft["measures"]]
    of_measures = [(measure.topic_id, measure.id) for measure in measures.by_ids(turn.tx, shown)]
    before = notices.last(turn.tx)
    told = [_one(turn, *item) for item in (*of_topics, *of_measures)]
    pushed = [whom for whom in told if whom]
    reached = {person for whom in pushed for person in whom}
    said = turn.say("nudging.all_done", count=len(pushed), people=len(reached), left=len(told) - len(pushed))
    undo_: Button | None = None
    if reached and (at := opens(turn, reached)):
        said += turn.say("nudging.later", at=at)
        undo_ = turn.button("nudge_all.undo", before, label="take_back")
    elif reached:
        said += turn.say("nudging.sent")
    turn.toast("nudging.all_toast", count=len(pushed))
    turn.edit(Card(lines=(said,), buttons=rows(undo_)))


@button("nudge_all.undo")
def undo(turn: Turn, before: int) -> None:
    """撤回, while it is quiet and nobody has heard of it."""
    count = pressing.take_back(turn.work, before)
    turn.toast("nudging.undone_toast")
    turn.edit(Card(lines=(turn.say("nudging.undone", count=count),)))


@answers(NUDGE_ALL)
def not_a_press(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """Words instead of the press."""
    turn.tell("nudging.press")


def _due(turn: Turn) -> list[Item]:
    """What is overdue or due within the college's "near", the most urgent first."""
    calendar = turn.policy.calendar
    near = calendar.end_of(calendar.add_workdays(turn.dates.today, turn.policy.near_days))
    live = topics.find(turn.tx, topics.in_states(TopicState.ISSUED, TopicState.IN_PROGRESS))
    of = {topic.id: topic for topic in live}
    steps = [(of[m.topic_id], m) for m in measures.of_topics(turn.tx, of)]
    items: Sequence[Item] = [*((topic, None) for topic in live), *steps]
    due = [(at, item) for item in items if (at := (item[1] or item[0]).deadline) and at <= near]
    urgent = [item for _, item in sorted(due, key=lambda pair: pair[0])]
    return [item for item in urgent if Event.NUDGE in open_events(turn.work, *item)]


def _one(turn: Turn, topic_id: TopicId, measure_id: MeasureId | None) -> list[PersonId]:
    """Whom a push reached; nobody when it is no longer due to anybody."""
    try:
        with turn.tx.attempt():
            return pressing.nudge(turn.work, topic_id, usual(turn), measure_id=measure_id)
    except WorkflowError:
        return []


def _line(turn: Turn, topic: Topic, measure: Measure | None) -> str:
    at = (measure or topic).deadline
    name, left = called(turn.say, topic, measure), turn.dates.workdays_left(at) if at else 0
    if (measure or topic).overdue(turn.tx.now):
        return turn.say("nudging.overdue", name=name, days=max(1, -left))
    if at and turn.policy.calendar.day(at) == turn.dates.today:
        return turn.say("nudging.today", name=name)
    return turn.say("nudging.near", name=name, days=left)
