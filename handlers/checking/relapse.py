"""反弹: the reason and the new deadline in one message, a look at both, and the same topic goes on."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from handlers.asking import phrases
from handlers.asking.addressed import called
from handlers.asking.previewing import agreed, ask, dated, lines_of, preview, screen
from handlers.asking.questions import date_notes, end_of, read_date
from handlers.checking.recheck_card import topic_of
from handlers.registry import answers, button
from handlers.topic_card import topic_card
from handlers.turn import Turn
from services.affairs import rechecking
from storage import affairs
from storage.dialogues import Dialogue
from workflow.affair import Affair
from workflow.affair_table import AffairEvent
from workflow.dates import DateNote
from workflow.errors import Missing
from workflow.transitions import Event

RELAPSE: Final = "recheck_relapse"
REASON, DATE = "reason", "date"


def ask_reason(turn: Turn, affair: Affair) -> None:
    """Ask what has come back, and until when."""
    turn.keep(RELAPSE, REASON, {"affair": affair.id})
    topic = topic_of(turn, affair)
    title = turn.say("rechecking.relapse_ask", name=called(turn.say, topic))
    ask(turn, screen(turn, topic, title, *turn.say("rechecking.relapse_how").splitlines()))


def relapse_said(turn: Turn, affair: Affair, text: str) -> None:
    """The reason, with or without the date."""
    said = phrases.with_last_date(turn, text)
    reason = said.rest.strip()
    if not reason:
        raise Missing("reason_missing", event=Event.REOPEN)
    draft = dated(turn, {"affair": affair.id, "reason": reason})
    if said.when and DateNote.PAST not in said.when.notes:
        by = end_of(turn, said.when).isoformat()
        _preview(turn, affair, {**draft, "by": by, "notes": list(date_notes(turn, said.when))})
        return
    turn.keep(RELAPSE, DATE, draft)
    past = turn.say("verifying.past", date=turn.dates.full(end_of(turn, said.when))) if said.when else ""
    lines = lines_of(said.problem, past)
    ask(turn, screen(turn, topic_of(turn, affair), turn.say("rechecking.relapse_by"), *lines))


@answers(RELAPSE)
def answered(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """The reason, or the date alone; while a preview is open: all anew."""
    affair = affairs.get(turn.tx, dialogue.draft["affair"])
    rechecking.may(turn.work, affair, AffairEvent.GIVE)
    if dialogue.step != DATE:
        relapse_said(turn, affair, text)
    elif when := read_date(turn, text):
        by, notes = end_of(turn, when).isoformat(), list(date_notes(turn, when))
        _preview(turn, affair, {**dialogue.draft, "by": by, "notes": notes})


@button("recheck.relapse_now")
def relapse_now(turn: Turn, mark: str) -> None:
    """The preview was right."""
    draft = agreed(turn, RELAPSE, mark)
    if draft is None:
        return
    affair, by = affairs.get(turn.tx, draft["affair"]), datetime.fromisoformat(draft["by"])
    topic = rechecking.relapse(turn.work, affair, draft["reason"], by)
    turn.toast("rechecking.relapse_toast")
    headline = turn.say("rechecking.relapse_headline", number=topic.number, date=turn.dates.full(by))
    turn.edit(topic_card(turn, topic, headline=headline))


def _preview(turn: Turn, affair: Affair, draft: Mapping[str, Any]) -> None:
    topic, say = topic_of(turn, affair), turn.say
    by = turn.dates.full(datetime.fromisoformat(draft["by"])) + "".join(draft["notes"])
    title = say("rechecking.relapse_preview", name=called(say, topic))
    card = screen(turn, topic, title, draft["reason"], say("verifying.by", date=by))
    again = turn.button("recheck.relapse", affair.id, label="amend")
    preview(turn, RELAPSE, draft, card, "recheck.relapse_now", again, label="recheck.relapse")
