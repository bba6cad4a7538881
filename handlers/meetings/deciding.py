"""议定事项: said by reply to the meeting's card, a line each; shown as understood, written by one press."""

from typing import Final

from handlers import names
from handlers.affair_cards import affair_card, name_of
from handlers.asking.addressed import called
from handlers.asking.previewing import agreed, lines_of, preview
from handlers.cards import Card, rows
from handlers.meetings.reading import Line, lines
from handlers.registry import answers, button
from handlers.turn import Turn
from services.affairs import meetings_decisions
from services.affairs.meetings_decisions import Decision
from storage import affairs, people, topics
from storage.dialogues import Dialogue
from workflow.affair import Affair

DECIDE: Final = "meeting_decide"


@button("meeting.note")
def how(turn: Turn, affair_id: int) -> None:
    """记议定: asks for the decisions, and says how they may be written."""
    affair = affairs.get(turn.tx, affair_id)
    meetings_decisions.may_note(turn.work, affair)
    turn.keep(DECIDE, "text", {"meeting": affair.id})
    told = (turn.say("meetings.decide_how"), turn.say("meetings.decide_more"))
    title = turn.say("meetings.ask_decisions", name=name_of(turn, affair))
    turn.edit(Card(title, told, rows(turn.button("cancel"))))


@answers(DECIDE)
def said(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """What was decided; said again, it takes the place of what was shown."""
    show(turn, affairs.get(turn.tx, dialogue.draft["meeting"]), text)


def show(turn: Turn, affair: Affair, text: str) -> None:
    """What was understood, before any of it counts."""
    meetings_decisions.may_note(turn.work, affair)
    found = lines(turn, affair, text)
    good = [line for line in found if line.decision]
    shown = lines_of(
        [_shown(turn, line.decision) for line in good if line.decision],
        [turn.say("meetings.not_read", text=line.said[:30]) for line in found if line.decision is None],
        [problem for line in found for problem in line.problems],
        turn.say("meetings.decide_again"),
    )
    title = turn.say("meetings.decide_preview", name=name_of(turn, affair), count=len(good))
    draft = {"meeting": affair.id, "text": "\n".join(line.said for line in good)}
    if good:
        preview(turn, DECIDE, draft, Card(title, shown), "meeting.decide")
        return
    turn.keep(DECIDE, "text", {"meeting": affair.id})
    turn.edit(Card(title, shown, rows(turn.button("cancel"))))


@button("meeting.decide")
def decide(turn: Turn, mark: str) -> None:
    """记入: write them down, and do what can be done at once."""
    draft = agreed(turn, DECIDE, mark)
    if draft is None:
        return
    affair = affairs.get(turn.tx, draft["meeting"])
    read: list[Line] = lines(turn, affair, draft["text"])
    noted = meetings_decisions.note(turn.work, affair, [line.decision for line in read if line.decision])
    turn.toast("meetings.noted_toast", count=len(noted))
    turn.edit(affair_card(turn, affairs.get(turn.tx, affair.id)))


def _shown(turn: Turn, decision: Decision) -> str:
    say = turn.say
    draft = decision.draft
    person = draft.owner_id if draft else decision.person
    due = draft.deadline if draft else decision.due
    known = {unit.id: unit.name for unit in people.all_units(turn.tx)}
    found = [*(draft.lead_units if draft else ()), *((decision.unit,) if decision.unit else ())]
    parts = (
        names.title(turn.tx, person) if person else "",
        *(known[unit] for unit in found),
        turn.dates.full(due) if due else "",
    )
    who = say("common.listing").join(part for part in parts if part)
    topic = topics.get(turn.tx, decision.topic) if decision.topic else None
    name = called(say, topic) if topic else ""
    item = " ".join(part for part in (name, decision.words) if part)
    text = say(f"meetings.decision.{decision.act}", item=item)
    missing = [say(f"field.{name}") for name in draft.missing()] if draft else []
    lacking = say("meetings.lacking", fields=say("common.listing").join(missing)) if missing else ""
    line = say("meetings.shown", text=text, who=who) if who else say("meetings.offered_line", item=text)
    return line + lacking
