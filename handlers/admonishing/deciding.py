"""拟约谈, 暂不约谈, and the register of a talk: its date, its form, its follow-up, its result; no content."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from handlers.admonishing.card import talk_card
from handlers.affair_cards import heard
from handlers.asking.naming import spoken
from handlers.asking.past import past_day
from handlers.asking.previewing import ask
from handlers.asking.questions import read_date
from handlers.cards import Card
from handlers.registry import answers, button
from handlers.turn import Turn
from services.affairs import admonishing
from services.affairs.seating import authorise, frame_of, open_to
from storage import affairs
from storage.dialogues import Dialogue
from workflow.affair import Affair, AffairKind
from workflow.affair_table import AffairEvent
from workflow.dates import DateProblem
from workflow.supervision import TalkForm, TalkResult

DATE: Final = "talk_date"
NONE: Final = "none"
_APART: Final = re.compile(r"[\s,，、;；。]+")


@button("talk.approve")
def approve(turn: Turn, affair_id: int) -> None:
    """拟约谈."""
    decided = admonishing.approve(turn.work, affairs.get(turn.tx, affair_id))
    turn.toast("admonishing.approved_toast")
    turn.edit(talk_card(turn, decided, headline=turn.say("admonishing.approved", number=decided.number)))


@button("talk.drop")
def drop(turn: Turn, affair_id: int) -> None:
    """暂不约谈."""
    decided = admonishing.drop(turn.work, affairs.get(turn.tx, affair_id))
    turn.toast("admonishing.dropped_toast")
    turn.edit(talk_card(turn, decided, headline=turn.say("admonishing.dropped", number=decided.number)))


@button("talk.date")
def enter(turn: Turn, affair_id: int) -> None:
    """登记日期: ask for the day of the talk."""
    affair = affairs.get(turn.tx, affair_id)
    authorise(turn.work, frame_of(affair), affair.state, AffairEvent.RECORD)
    _next(turn, {"affair": affair_id})


@button("talk.individual")
def individual(turn: Turn) -> None:
    """个别."""
    _filled(turn, form=TalkForm.INDIVIDUAL)


@button("talk.group")
def group(turn: Turn) -> None:
    """集体."""
    _filled(turn, form=TalkForm.GROUP)


@button("talk.later")
def without_follow_up(turn: Turn) -> None:
    """不设跟踪."""
    _filled(turn, follow=NONE)


@answers(DATE)
def answered(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """Dates and the form; anything else is refused, for nothing of a talk is kept."""
    _read(turn, dialogue.draft, text)


@heard(AffairKind.ADMONITION)
def reply(turn: Turn, affair: Affair, text: str) -> None:
    """A reply to its card is a date where one is waited for."""
    if AffairEvent.RECORD in open_to(turn.work, affair):
        _read(turn, {"affair": affair.id}, text)
    else:
        turn.tell("affairs.press")


@button("talk.result")
def result(turn: Turn, affair_id: int) -> None:
    """登记结果: one of three."""
    affair = affairs.get(turn.tx, affair_id)
    authorise(turn.work, frame_of(affair), affair.state, AffairEvent.FINISH)
    options = [turn.button(f"talk.{code}", affair_id) for code in TalkResult]
    ask(turn, Card(turn.say("admonishing.which_result", number=affair.number)), *options)


@button("talk.corrected")
def corrected(turn: Turn, affair_id: int) -> None:
    """已整改."""
    _finish(turn, affair_id, TalkResult.CORRECTED)


@button("talk.going")
def going(turn: Turn, affair_id: int) -> None:
    """正在整改."""
    _finish(turn, affair_id, TalkResult.GOING)


@button("talk.unheeded")
def unheeded(turn: Turn, affair_id: int) -> None:
    """未见改进."""
    _finish(turn, affair_id, TalkResult.UNHEEDED)


def _finish(turn: Turn, affair_id: int, found: TalkResult) -> None:
    done = admonishing.finish(turn.work, affairs.get(turn.tx, affair_id), found)
    turn.toast("admonishing.result_toast")
    turn.edit(talk_card(turn, done, headline=turn.say("admonishing.finished", number=done.number)))


def _filled(turn: Turn, **more: str) -> None:
    open_ = turn.dialogue
    if open_ is None or open_.name != DATE:
        turn.toast("refusals.unknown_button", alert=True)
        return
    _next(turn, {**open_.draft, **more})


def _read(turn: Turn, draft: Mapping[str, Any], text: str) -> None:
    found = dict(draft)
    for word in filter(None, _APART.split(_bare(text))):
        form = next((one for one in TalkForm if word in spoken(f"admonishing.form_words.{one}")), None)
        if form:
            found["form"] = form
        elif "on" not in found:
            day = _past(turn, word)
            if day is None:
                return
            found["on"] = day.isoformat()
        elif when := read_date(turn, word):
            found["follow"] = when.day.isoformat()
        else:
            return
    _next(turn, found)


def _bare(text: str) -> str:
    """Without the words that only say what a date is."""
    for word in sorted(spoken("admonishing.fillers"), key=len, reverse=True):
        text = text.replace(word, " ")
    return text


def _past(turn: Turn, word: str) -> date | None:
    try:
        return past_day(turn, word)
    except DateProblem:
        turn.tell("admonishing.date_only")
        return None


def _next(turn: Turn, draft: Mapping[str, Any]) -> None:
    """Ask for what is lacking; with everything there, enter it."""
    affair = affairs.get(turn.tx, draft["affair"])
    if "on" in draft and "form" in draft and "follow" in draft:
        follow = None if draft["follow"] == NONE else date.fromisoformat(draft["follow"])
        on, form = date.fromisoformat(draft["on"]), TalkForm(draft["form"])
        recorded = admonishing.record(turn.work, affair, on, form, follow)
        turn.done()
        turn.edit(talk_card(turn, recorded, headline=turn.say("admonishing.recorded", number=affair.number)))
        return
    turn.keep(DATE, "dates", draft)
    if "on" not in draft:
        ask(turn, Card(lines=(turn.say("admonishing.when", number=affair.number),)))
    elif "form" not in draft:
        forms = [turn.button(f"talk.{one}") for one in TalkForm]
        ask(turn, Card(lines=(turn.say("admonishing.which_form"),)), *forms)
    else:
        ask(turn, Card(lines=(turn.say("admonishing.when_follow"),)), turn.button("talk.later"))
