"""Plain messages: a reply to a card belongs to its item; what fits nowhere is kept and asked about."""

from datetime import datetime
from typing import Final

from handlers.cards import Button, Card, Subject, rows
from handlers.finding import candidates
from handlers.registry import answers, button
from handlers.reporting import about
from handlers.turn import Turn
from services import progress
from services.work import Said
from storage import measures, reports, topics
from storage.cards import Posted
from storage.dialogues import Dialogue
from storage.reports import Evidence, ReportId
from workflow.measure import MeasureId
from workflow.topic import TopicId
from workflow.transitions import Event

UNPLACED: Final = "unplaced"


def to_card(turn: Turn, card: Posted, text: str) -> None:
    """A reply to a card is about that card's item, whatever else is going on."""
    if card.subject == Subject.MEASURE and card.subject_id is not None:
        measure = measures.get(turn.tx, MeasureId(card.subject_id))
        about(turn, topics.get(turn.tx, measure.topic_id), text, measure.id)
    elif card.subject == Subject.TOPIC and card.subject_id is not None:
        about(turn, topics.get(turn.tx, TopicId(card.subject_id)), text)
    elif card.subject == Subject.REPORT and card.subject_id is not None:
        report = reports.get(turn.tx, ReportId(card.subject_id))
        about(turn, topics.get(turn.tx, report.topic_id), text, report.measure_id)
    else:
        unplaced(turn, text)


def joins_album(turn: Turn) -> bool:
    """Whether this part of an album joins the report its first part made."""
    said = turn.work.said
    report = reports.by_album(turn.tx, said.chat, said.album)
    if report is None or report.author_id != turn.actor.id:
        return False
    progress.report(turn.work, report.topic_id, "", measure_id=report.measure_id)
    return True


def unplaced(turn: Turn, text: str) -> None:
    """Keep what was said and ask what it belongs to."""
    if not text and not turn.work.said.files:
        turn.tell("reports.nothing_to_keep")
        return
    found = candidates(turn, Event.REPORT)
    if not found:
        turn.tell("reports.no_place")
        return
    said = turn.work.said
    draft = {
        "text": text,
        "files": [[f.sha256, f.name, f.mime, f.size] for f in said.files],
        "album": said.album,
        "message": said.message_id,
        "sent_at": said.sent_at.isoformat(),
    }
    lines = [turn.say("topics.heading", number=t.number, title=t.short_title) for t in found[:5]]
    buttons = [Button(t.number, "place", (t.id,)) for t in found[:5]]
    card = Card(
        title=turn.say("reports.which"), lines=tuple(lines), buttons=rows(*buttons, turn.button("cancel"))
    )
    turn.ask(UNPLACED, "which", draft, card)


@button("place")
def place(turn: Turn, topic_id: TopicId) -> None:
    """What was kept is a report on this topic."""
    kept = turn.dialogue
    if kept is None or kept.name != UNPLACED:
        turn.toast("refusals.unknown_button", alert=True)
        return
    turn.work.said = _kept(turn, kept)
    turn.done()
    about(turn, topics.get(turn.tx, topic_id), str(kept.draft["text"]))


@answers(UNPLACED)
def more_unplaced(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """Another message instead of a choice: it joins what is kept."""
    kept = str(dialogue.draft["text"])
    unplaced(turn, f"{kept}\n{text}" if kept and text else kept or text)


def _kept(turn: Turn, kept: Dialogue) -> Said:
    """What was said when it was said: timeliness is judged by that message, not by this press."""
    draft, chat = kept.draft, turn.incoming.chat
    files = tuple(Evidence(*file) for file in draft["files"])
    sent = datetime.fromisoformat(str(draft["sent_at"]))
    return Said(sent, chat.id, str(draft["message"]), str(draft["album"]), files)
