"""批量延期: several items to one date, seen before, agreed to by one press, taken back while it is fresh."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from handlers.asking import naming
from handlers.asking.addressed import called, here, numbered
from handlers.asking.naming import either, spoken
from handlers.asking.phrases import with_date
from handlers.asking.previewing import agreed, lines_of, preview
from handlers.asking.questions import date_notes, end_of
from handlers.asking.whom import privately
from handlers.cards import Card, rows
from handlers.registry import answers, button, command
from handlers.turn import Turn
from services import extending_many
from services.authorising import open_events
from services.extending_many import Item
from storage import measures, topics
from storage.dialogues import Dialogue
from workflow.dates import DateNote
from workflow.errors import Invalid
from workflow.measure import MeasureId
from workflow.roles import Role
from workflow.topic import Topic, TopicId, TopicState
from workflow.transitions import Event

EXTEND_ALL: Final = "extend_all"
SHOWN: Final = 20
_BREAKS: Final = re.compile(r"[\s、,，;；]+")


@command(EXTEND_ALL, Role.CHIEF, Role.OFFICE, Role.LEADER)
def extend_all_command(turn: Turn, rest: str) -> None:
    """`批量延期 001、003 到7月31日 等待上级批复`; 逾期, 近期 or a unit instead of the numbers."""
    privately(turn)
    said = with_date(turn, rest)
    if said.problem or said.when is None:
        turn.tell("extending_all.date_wanted", why=said.problem)
        return
    until = end_of(turn, said.when)
    if DateNote.PAST in said.when.notes:
        raise Invalid("deadline_past", deadline=until)
    found, reason = _meant(turn, said.rest)
    if not found or not reason:
        turn.tell("extending_all.reason_wanted" if found else "extending_all.which")
        return
    sorted_ = extending_many.sort(turn.work, found, until)
    barred = [
        turn.say(
            "extending_all.barred", name=called(turn.say, *item), why=turn.say(f"extending_all.why.{code}")
        )
        for item, code in sorted_.barred
    ]
    if not sorted_.ready:
        turn.reply(Card(lines=lines_of(turn.say("extending_all.nothing"), barred[:SHOWN])))
        return
    date = turn.dates.full(until) + "".join(date_notes(turn, said.when))
    _preview(turn, sorted_.ready, barred, until, date, reason)


def _preview(
    turn: Turn, ready: Sequence[Item], barred: list[str], until: datetime, date: str, reason: str
) -> None:
    more = max(0, len(ready) - SHOWN) + max(0, len(barred) - SHOWN)
    lines = lines_of(
        [_line(turn, item) for item in ready[:SHOWN]],
        barred[:SHOWN],
        turn.say("nudging.and_more", count=more) if more else "",
        turn.say("extending_all.because", reason=reason),
    )
    draft = {
        "until": until.isoformat(),
        "reason": reason,
        "items": [[topic.id, measure.id if measure else 0] for topic, measure in ready],
    }
    title = turn.say("extending_all.preview", count=len(ready), date=date)
    preview(turn, EXTEND_ALL, draft, Card(title, lines), "extend_all.now", label="grant")


@button("extend_all.now")
def extend_now(turn: Turn, mark: str) -> None:
    """Extend what the list showed, as far as it still may be."""
    draft = agreed(turn, EXTEND_ALL, mark)
    if draft is None:
        return
    items = [
        (topics.get(turn.tx, TopicId(topic)), measures.get(turn.tx, MeasureId(measure)) if measure else None)
        for topic, measure in draft["items"]
    ]
    until = datetime.fromisoformat(draft["until"])
    done = extending_many.extend(turn.work, items, until, draft["reason"])
    turn.toast("extending_all.toast", count=len(done))
    left = len(items) - len(done)
    key = "extending_all.done" if left else "extending_all.done_all"
    line = turn.say(key, count=len(done), date=turn.dates.full(until), left=left)
    turn.edit(Card(lines=(line,), buttons=rows(turn.button("extend_all.undo", label="take_back"))))


@button("extend_all.undo")
def undo(turn: Turn) -> None:
    """撤回: the dates from before."""
    count = extending_many.take_back(turn.work)
    turn.toast("extending_all.undone_toast")
    turn.edit(Card(lines=(turn.say("extending_all.undone", count=count),)))


@answers(EXTEND_ALL)
def not_a_press(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """Words instead of the press."""
    turn.tell("extending_all.press")


def _meant(turn: Turn, text: str) -> tuple[list[Item], str]:
    """The items the first words name, one by one or by a filter, and the rest: the reason."""
    words = [word for word in _BREAKS.split(text) if word]
    found: dict[tuple[int, int], Item] = {}
    while words:
        if _until().fullmatch(words[0]):
            words.pop(0)
            continue
        items = _named(turn, words[0])
        if items is None:
            break
        words.pop(0)
        found |= {(topic.id, measure.id if measure else 0): (topic, measure) for topic, measure in items}
    return list(found.values()), " ".join(words)


def _named(turn: Turn, word: str) -> list[Item] | None:
    """What a word means: a number, 逾期, 近期, a unit; None when it is none of these."""
    if (one := numbered(turn, word)) is not None:
        here(turn, one[0])
        return [one]
    live = topics.find(turn.tx, topics.in_states(TopicState.IN_PROGRESS, TopicState.SUBMITTED))
    mine = [topic for topic in live if topic.deadline and Event.VIEW in open_events(turn.work, topic)]
    if word in spoken("extending_all.words.overdue"):
        return [(topic, None) for topic in mine if topic.overdue(turn.tx.now)]
    if word in spoken("extending_all.words.near"):
        return [(topic, None) for topic in mine if _near(turn, topic)]
    unit = naming.units(turn.tx).pick(word)
    if len(unit.found) != 1 or unit.unclear:
        return None
    return [(topic, None) for topic in mine if unit.found[0] in (*topic.lead_units, *topic.assist_units)]


def _near(turn: Turn, topic: Topic) -> bool:
    left = turn.dates.workdays_left(topic.deadline) if topic.deadline else -1
    return 0 <= left <= turn.policy.near_days and not topic.overdue(turn.tx.now)


def _line(turn: Turn, item: Item) -> str:
    one = item[1] or item[0]
    was = turn.dates.short(one.deadline) if one.deadline else ""
    return turn.say("extending_all.line", name=called(turn.say, *item), was=was, times=one.extensions + 1)


def _until() -> re.Pattern[str]:
    return re.compile(either(spoken("extending_all.words.until")), re.IGNORECASE)
