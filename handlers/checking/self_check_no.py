"""否: what is wrong, what is done about it, until when; asked for as far as one message did not say it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from handlers.affair_cards import affair_card
from handlers.asking import phrases
from handlers.asking.previewing import ask, lines_of
from handlers.asking.questions import end_of
from handlers.cards import Card
from handlers.checking.self_check_card import question
from handlers.registry import answers, button
from handlers.turn import Turn
from services.affairs import self_checking
from services.affairs.seating import authorise, frame_of
from storage import affairs
from storage.dialogues import Dialogue
from workflow.affair import Affair
from workflow.affair_table import AffairEvent
from workflow.dates import DateNote
from workflow.errors import NotFound

AMISS: Final = "self_check_no"
WANTED: Final = ("problem", "measure", "by")


@button("self_check.yes")
def yes(turn: Turn, affair_id: int, no: int) -> None:
    """是: the next question comes by itself."""
    affair = affairs.get(turn.tx, affair_id)
    self_checking.clear(turn.work, affair, no)
    turn.edit(affair_card(turn, affair))


@button("self_check.no")
def no_(turn: Turn, affair_id: int, no: int) -> None:
    """否: the problem is asked for."""
    _ask(turn, _may(turn, affair_id), {"affair": affair_id, "no": no}, "")


@answers(AMISS)
def answered(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """Problem, measure and date, in one message or one after the other; nothing said is lost."""
    draft = dict(dialogue.draft)
    affair = _may(turn, draft["affair"])
    said = phrases.with_last_date(turn, text)
    points = phrases.points(said.rest)
    if "problem" not in draft and points:
        draft["problem"] = points.pop(0)
    if "measure" not in draft and points:
        draft["measure"] = "\n".join(points)
    problem = said.problem
    if said.when and DateNote.PAST in said.when.notes:
        problem = turn.say("verifying.past", date=turn.dates.full(end_of(turn, said.when)))
    elif said.when:
        draft["by"] = end_of(turn, said.when).isoformat()
    if any(name not in draft for name in WANTED):
        _ask(turn, affair, draft, problem)
        return
    by = datetime.fromisoformat(draft["by"])
    self_checking.amiss(turn.work, affair, draft["no"], draft["problem"], draft["measure"], by)
    turn.done()
    turn.reply(affair_card(turn, affair))


def _ask(turn: Turn, affair: Affair, draft: Mapping[str, Any], problem: str) -> None:
    item = next((one for one in self_checking.questions(turn.work, affair) if one.no == draft["no"]), None)
    if item is None:
        raise NotFound("not_on_the_list")
    lacking = next(name for name in WANTED if name not in draft)
    turn.keep(AMISS, lacking, draft)
    how = turn.say(f"self_checking.ask_{lacking}").splitlines()
    ask(turn, Card(question(turn, item), lines_of(problem, how)))


def _may(turn: Turn, affair_id: int) -> Affair:
    affair = affairs.get(turn.tx, affair_id)
    authorise(turn.work, frame_of(affair), affair.state, AffairEvent.ADD)
    return affair
