"""延期: whoever does the work asks for a later date with a reason; the seat above decides elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from handlers.asking.addressed import addressed, begun, begun_measure, called
from handlers.asking.phrases import with_date
from handlers.asking.previewing import agreed, ask, dated, lines_of, preview, screen
from handlers.asking.questions import date_notes, end_of, read_date
from handlers.refusals import words
from handlers.registry import answers, button, command
from handlers.turn import Turn
from services import extending
from storage.dialogues import Dialogue
from workflow.dates import When
from workflow.errors import WorkflowError
from workflow.measure import Measure, MeasureId
from workflow.roles import Role
from workflow.topic import Topic, TopicId
from workflow.transitions import Event

EXTEND: Final = "extend"
DATE, REASON = "date", "reason"


@dataclass(frozen=True, slots=True)
class _Asked:
    """The item an extension is asked for, and what was said so far."""

    topic: Topic
    measure: Measure | None
    draft: dict[str, Any]


@command("extend", Role.LEADER, Role.UNIT_HEAD, Role.LIAISON)
def extend_command(turn: Turn, rest: str) -> None:
    """`延期 017 12月20日前 等待招标结果`; 017-2 for a measure."""
    found = addressed(turn, rest, Event.ASK_EXTENSION)
    if found is None:
        return
    said = with_date(turn, found.rest)
    asked = _begin(turn, found.topic, found.measure, said.rest)
    if said.when:
        _dated(turn, asked, said.when)
    else:
        _ask_date(turn, asked, said.problem)


@button("topic.ask_extension")
def topic_extension(turn: Turn, topic_id: TopicId) -> None:
    """Ask until when."""
    _ask_date(turn, _begin(turn, begun(turn, topic_id, Event.ASK_EXTENSION), None, ""))


@button("measure.ask_extension")
def measure_extension(turn: Turn, measure_id: MeasureId) -> None:
    """The same for a measure."""
    _ask_date(turn, _begin(turn, *begun_measure(turn, measure_id, Event.ASK_EXTENSION), ""))


@answers(EXTEND)
def answered(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """A date, a reason, or both at once."""
    asked = _open(turn, dialogue.draft)
    if dialogue.step == DATE:
        said = with_date(turn, text)
        if said.when is None:
            read_date(turn, text)
            return
        asked.draft["reason"] = said.rest or asked.draft["reason"]
        _dated(turn, asked, said.when)
    else:
        _reasoned(turn, asked, text)


@button("extend.ask")
def ask_now(turn: Turn, mark: str) -> None:
    """The preview was right: the request goes to whoever decides."""
    draft = agreed(turn, EXTEND, mark)
    if draft is None:
        return
    asked, wanted = _open(turn, draft), datetime.fromisoformat(draft["wanted"])
    measure_id = asked.measure.id if asked.measure else None
    extending.ask(turn.work, asked.topic.id, wanted, draft["reason"], measure_id)
    turn.toast("extending.asked")
    name = called(turn.say, asked.topic, asked.measure)
    done = turn.say("extending.asked_headline", name=name, date=turn.dates.full(wanted))
    turn.edit(screen(turn, asked.topic, done, turn.say("extending.until_decided")))


def _begin(turn: Turn, topic: Topic, measure: Measure | None, reason: str) -> _Asked:
    extending.may_ask(turn.work, topic, measure)
    draft = dated(turn, {"topic": topic.id, "measure": measure.id if measure else None, "reason": reason})
    return _Asked(topic, measure, draft)


def _open(turn: Turn, draft: Mapping[str, Any]) -> _Asked:
    """What was asked about, if its asker still may."""
    if draft["measure"]:
        topic, measure = begun_measure(turn, MeasureId(draft["measure"]), Event.ASK_EXTENSION)
        return _Asked(topic, measure, dict(draft))
    return _Asked(begun(turn, TopicId(draft["topic"]), Event.ASK_EXTENSION), None, dict(draft))


def _ask_date(turn: Turn, asked: _Asked, problem: str = "") -> None:
    turn.keep(EXTEND, DATE, asked.draft)
    due = (asked.measure or asked.topic).deadline
    name = called(turn.say, asked.topic, asked.measure)
    now = turn.say("extending.now", date=turn.dates.full(due)) if due else ""
    ask(turn, screen(turn, asked.topic, turn.say("extending.until", name=name), *lines_of(problem, now)))


def _dated(turn: Turn, asked: _Asked, when: When) -> None:
    """A date that is no extension asks for another; what else was said stays."""
    wanted = end_of(turn, when)
    try:
        extending.check(turn.work, asked.topic, asked.measure, wanted)
    except WorkflowError as refused:
        _ask_date(turn, asked, words(turn, refused))
        return
    asked.draft.update(wanted=wanted.isoformat(), notes=list(date_notes(turn, when)))
    if asked.draft["reason"]:
        _preview(turn, asked)
        return
    turn.keep(EXTEND, REASON, asked.draft)
    until = turn.say("extending.wanted", date=turn.dates.full(wanted))
    ask(turn, screen(turn, asked.topic, turn.say("extending.why"), until))


def _reasoned(turn: Turn, asked: _Asked, text: str) -> None:
    if not text:
        turn.tell("refusals.reason_missing")
        return
    asked.draft["reason"] = text
    _preview(turn, asked)


def _preview(turn: Turn, asked: _Asked) -> None:
    say, item, draft = turn.say, asked.measure or asked.topic, asked.draft
    wanted = datetime.fromisoformat(draft["wanted"])
    lines = lines_of(
        say("extending.now", date=turn.dates.full(item.deadline)) if item.deadline else "",
        say("extending.wanted", date=turn.dates.full(wanted) + "".join(draft["notes"])),
        say("extending.count", no=item.extensions + 1),
        say("extending.reason", reason=draft["reason"]),
    )
    title = say("extending.preview", name=called(say, asked.topic, asked.measure))
    preview(turn, EXTEND, draft, screen(turn, asked.topic, title, *lines), "extend.ask", label="hand_in")
