"""标记 017 亲自过问: a mark on one's own part in a topic, in one message or two presses; dates, no words."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from handlers import names
from handlers.affair_cards import affair_about
from handlers.asking.addressed import called, here
from handlers.asking.finding import apart, by_number
from handlers.asking.naming import spoken
from handlers.asking.past import past_day
from handlers.asking.whom import privately
from handlers.cards import Button, Card, rows
from handlers.pushing.item_words import name_of
from handlers.reader import Reader
from handlers.registry import button, command
from handlers.topic_beside import Word, told
from handlers.turn import Turn
from services.affairs import marking
from services.affairs.marking import SORT, Mark
from services.affairs.seating import open_to
from storage import affairs, topics
from workflow.affair import Affair, AffairKind, AffairState
from workflow.affair_table import AffairEvent
from workflow.dates import DateProblem
from workflow.errors import NoRight
from workflow.roles import Role
from workflow.topic import Topic, TopicId

MARK: Final = "mark"


@command(MARK, Role.CHIEF, Role.LEADER, Role.DISCIPLINE_SECRETARY)
def mark_command(turn: Turn, rest: str) -> None:
    """`标记 017 亲自过问`, `标记 017 同步检查 3月1日`; `标记 017` asks which."""
    privately(turn)
    number, said = apart(rest)
    if not number:
        turn.tell("marking.how")
        return
    topic = here(turn, by_number(turn, number))
    word, day = apart(said)
    what = next((one for one in Mark if word in spoken(f"marking.words.{one}")), None)
    on = _day(turn, day) if what else None
    if what and on:
        _mark(turn, topic, what, on)
    elif said:
        turn.tell("marking.date_only")
    else:
        _which(turn, topic)


@button("mark.now")
def pressed(turn: Turn, topic_id: int, what: str) -> None:
    """The mark was chosen: of today."""
    _mark(turn, topics.get(turn.tx, TopicId(topic_id)), Mark(what), turn.dates.today)


@button("mark.undo")
def undone(turn: Turn, affair_id: int) -> None:
    """撤回, within the minutes the college allows."""
    affair = marking.take_back(turn.work, affairs.get(turn.tx, affair_id))
    turn.edit(mark_card(turn, affair, headline=turn.say("marking.taken_back", number=affair.number)))


def mark_card(reader: Reader, affair: Affair, *, headline: str = "") -> Card:
    """One mark; while it is fresh its author takes it back, later it is struck out with a reason."""
    topic = topics.get(reader.tx, TopicId(affair.topic_id or 0))
    lines = [name_of(reader, topic), _said(reader, affair)]
    if reason := affair.words.get("reason", ""):
        lines.append(reader.say("registering.void", reason=reason))
    verb = "mark.undo" if marking.fresh(reader.work, affair) else "register.annul"
    label = "take_back" if verb == "mark.undo" else verb
    allowed = AffairEvent.ANNUL in open_to(reader.work, affair)
    buttons = rows(reader.button(verb, affair.id, label=label) if allowed else None)
    title = headline or reader.say("marking.title", number=affair.number)
    return Card(title, tuple(lines), buttons, about=affair_about(affair))


@told(AffairKind.REGISTER)
def beside(reader: Reader, affair: Affair) -> Word | None:
    """A line of the topic's history while the mark stands; no other register belongs to a topic."""
    if affair.facts["sort"] != SORT or affair.state is AffairState.VOID:
        return None
    return Word(affair.opened_at, _said(reader, affair), live=False)


def _mark(turn: Turn, topic: Topic, what: Mark, on: date) -> None:
    affair = marking.mark(turn.work, topic, what, on)
    turn.reply(mark_card(turn, affair, headline=turn.say("marking.marked", number=affair.number)))


def _which(turn: Turn, topic: Topic) -> None:
    """Which of the marks that fit; a press marks it for today."""
    found: Iterable[Mark] = marking.fitting(turn.work, topic)
    if not found:
        raise NoRight("mark_not_yours")
    buttons = [Button(turn.say(f"marking.mark.{one}"), "mark.now", (topic.id, str(one))) for one in found]
    turn.reply(Card(turn.say("marking.which", name=called(turn.say, topic)), (), rows(*buttons)))


def _said(reader: Reader, affair: Affair) -> str:
    on = reader.policy.calendar.end_of(date.fromisoformat(affair.facts["on"]))
    return reader.say(
        "marking.line",
        person=names.titles(reader.tx, reader.say, [affair.person_id]),
        mark=reader.say(f"marking.mark.{affair.facts['mark']}"),
        date=reader.dates.full(on),
    )


def _day(turn: Turn, text: str) -> date | None:
    """The day that was named, today where none was; None for any other words."""
    if not text:
        return turn.dates.today
    try:
        return past_day(turn, text)
    except DateProblem:
        return None
