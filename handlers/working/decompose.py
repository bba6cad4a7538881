"""分解: the owner breaks a topic into measures, in one message; nothing is assigned until a press agrees."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from handlers.asking import naming
from handlers.asking.addressed import addressed, begun, called
from handlers.asking.keeping import KEPT, pack
from handlers.asking.naming import Unclear
from handlers.asking.previewing import agreed, ask, lines_of, preview, screen
from handlers.asking.questions import read_date
from handlers.cards import Button, fit
from handlers.registry import answers, button, command
from handlers.topic_card import topic_card
from handlers.turn import Turn
from handlers.working import measure_lines
from handlers.working.measure_lines import Line
from services import measuring
from storage import people, topics
from storage.dialogues import Dialogue
from workflow.roles import Role, UnitId
from workflow.topic import Topic, TopicId
from workflow.transitions import Event

DECOMPOSE: Final = "decompose"
LINES, UNIT, DATE = "lines", "unit", "date"


@command("decompose", Role.LEADER)
def decompose_command(turn: Turn, rest: str) -> None:
    """`分解 017`, alone or with the measures below, one a line."""
    if found := addressed(turn, rest, Event.DECOMPOSE):
        topic = begun(turn, found.topic.id, Event.DECOMPOSE)
        if found.rest:
            _given(turn, topic, found.rest)
        else:
            _ask_lines(turn, topic)


@button("topic.decompose")
def decompose(turn: Turn, topic_id: TopicId) -> None:
    """Ask for the measures."""
    _ask_lines(turn, begun(turn, topic_id, Event.DECOMPOSE))


@answers(DECOMPOSE)
def answered(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """The measures, or the one thing a single measure still lacks."""
    topic = begun(turn, TopicId(dialogue.draft["topic"]), Event.DECOMPOSE)
    if dialogue.step == UNIT:
        _unit_said(turn, topic, dialogue, text)
    elif dialogue.step == DATE:
        if when := read_date(turn, text):
            _date_said(turn, topic, dialogue, measure_lines.due(turn, topic, _single(dialogue), when))
    else:
        _given(turn, topic, text)


@button("decompose.unit")
def unit_chosen(turn: Turn, unit: UnitId) -> None:
    """The lead unit of a single measure, by button."""
    if (open_ := _open(turn, UNIT)) is not None:
        topic = begun(turn, TopicId(open_.draft["topic"]), Event.DECOMPOSE)
        _next(turn, topic, [replace(_single(open_), lead=(unit,))], open_.draft[KEPT])


@button("decompose.by")
def date_chosen(turn: Turn, by: str) -> None:
    """The deadline of a single measure, by button."""
    if (open_ := _open(turn, DATE)) is not None:
        topic = begun(turn, TopicId(open_.draft["topic"]), Event.DECOMPOSE)
        line = replace(_single(open_), deadline=datetime.fromisoformat(by))
        _next(turn, topic, [line], open_.draft[KEPT])


@button("decompose.assign")
def assign(turn: Turn, mark: str) -> None:
    """下达: the previewed measures are assigned."""
    draft = agreed(turn, DECOMPOSE, mark)
    if draft is None:
        return
    steps = [measure_lines.unpack(kept).step() for kept in draft["lines"]]
    topic_id = TopicId(draft["topic"])
    made = measuring.decompose(turn.work, topic_id, steps)
    turn.toast("measuring.assigned", count=len(made))
    topic = topics.get(turn.tx, topic_id)
    headline = turn.say("measuring.assigned_headline", number=topic.number, count=len(made))
    turn.edit(topic_card(turn, topic, headline=headline))


def _ask_lines(turn: Turn, topic: Topic) -> None:
    turn.keep(DECOMPOSE, LINES, {"topic": topic.id})
    title = turn.say("measuring.ask", name=called(turn.say, topic))
    ask(turn, screen(turn, topic, title, *turn.say("measuring.ask_how").splitlines()))


def _given(turn: Turn, topic: Topic, text: str) -> None:
    lines = measure_lines.read(turn, topic, text)
    if not lines:
        turn.tell("measuring.nothing")
    elif len(lines) > measure_lines.MOST:
        turn.tell("measuring.too_many", count=len(lines), most=measure_lines.MOST)
    else:
        _next(turn, topic, lines, pack(turn.work.said))


def _next(turn: Turn, topic: Topic, lines: Sequence[Line], kept: dict[str, Any]) -> None:
    """Ask what a single measure lacks; show several, or a complete one."""
    draft = {"topic": topic.id, "lines": [measure_lines.pack(line) for line in lines], KEPT: kept}
    alone = lines[0] if len(lines) == 1 and not lines[0].faults else None
    if alone and not alone.lead:
        turn.keep(DECOMPOSE, UNIT, draft)
        ask(turn, screen(turn, topic, turn.say("measuring.ask_unit"), alone.text), *_units(turn, topic))
    elif alone and not alone.deadline:
        turn.keep(DECOMPOSE, DATE, draft)
        ask(turn, screen(turn, topic, turn.say("measuring.ask_date"), alone.text), *_dates(turn, topic))
    else:
        _preview(turn, topic, lines, draft)


def _preview(turn: Turn, topic: Topic, lines: Sequence[Line], draft: dict[str, Any]) -> None:
    title = turn.say("measuring.preview", name=called(turn.say, topic), count=len(lines))
    shown = [measure_lines.spelt(turn, no, line) for no, line in enumerate(lines, 1)]
    again = turn.button("topic.decompose", topic.id, label="amend")
    if all(line.ready for line in lines):
        hint = turn.say("measuring.preview_hint")
        card = screen(turn, topic, title, *lines_of(*shown, hint))
        preview(turn, DECOMPOSE, draft, card, "decompose.assign", again, label="assign")
    else:
        turn.keep(DECOMPOSE, LINES, {"topic": topic.id})
        hint = turn.say("measuring.mend")
        ask(turn, screen(turn, topic, title, *lines_of(*shown, hint)))


def _unit_said(turn: Turn, topic: Topic, dialogue: Dialogue, text: str) -> None:
    picked = naming.units(turn.tx).pick(text)
    if picked.unclear or not picked.found:
        wrong = picked.unclear[0] if picked.unclear else Unclear(text, ())
        turn.reply(screen(turn, topic, "", measure_lines.not_a_unit(turn, wrong)))
        return
    line = replace(_single(dialogue), lead=naming.as_units(picked.found))
    _next(turn, topic, [line], dialogue.draft[KEPT])


def _date_said(turn: Turn, topic: Topic, dialogue: Dialogue, line: Line) -> None:
    if line.faults:
        ask(turn, screen(turn, topic, line.faults[-1]), *_dates(turn, topic))
    else:
        _next(turn, topic, [line], dialogue.draft[KEPT])


def _units(turn: Turn, topic: Topic) -> list[Button]:
    """The topic's own units, as the likely answers."""
    own = (*topic.lead_units, *topic.assist_units)[:5]
    known = {unit.id: unit.name for unit in people.all_units(turn.tx)}
    return [Button(fit(known[unit]), "decompose.unit", (unit,)) for unit in own]


def _dates(turn: Turn, topic: Topic) -> list[Button]:
    """The topic's own deadline, else a month from now, as the likely answer."""
    calendar = turn.policy.calendar
    later = calendar.end_of(calendar.add_workdays(turn.dates.today, 20))
    by = topic.deadline if topic.deadline and topic.deadline > turn.tx.now else later
    return [Button(fit(turn.dates.short(by)), "decompose.by", (by.isoformat(),))]


def _single(dialogue: Dialogue) -> Line:
    return measure_lines.unpack(dialogue.draft["lines"][0])


def _open(turn: Turn, step: str) -> Dialogue | None:
    open_ = turn.dialogue
    if open_ is not None and (open_.name, open_.step) == (DECOMPOSE, step):
        return open_
    turn.toast("refusals.unknown_button", alert=True)
    return None
