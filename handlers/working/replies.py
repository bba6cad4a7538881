"""Plain messages: a reply to a card belongs to its item; what fits nowhere is kept and asked about."""

from collections.abc import Sequence
from typing import Any, Final

from handlers import affair_cards, verbs
from handlers.asking.addressed import called, numbered, short_number
from handlers.asking.finding import candidates
from handlers.asking.keeping import KEPT, pack, unpack, with_files
from handlers.asking.previewing import lines_of
from handlers.cards import Button, Card, Subject, fit, rows
from handlers.help import hint
from handlers.issuing import inquire
from handlers.registry import answers, button
from handlers.said import is_nod
from handlers.topic_card import measure_card, topic_card
from handlers.turn import Turn
from handlers.working.reporting import about, percent_in
from services import progress
from storage import affairs, measures, notices, reports, requests, topics
from storage.cards import Posted
from storage.dialogues import Dialogue
from storage.reports import ReportId
from storage.requests import RequestId
from workflow.errors import WorkflowError
from workflow.measure import MeasureId
from workflow.topic import Topic, TopicId
from workflow.transitions import Event

UNPLACED: Final = "unplaced"
MOST: Final = 5


def to_card(turn: Turn, card: Posted, text: str) -> None:
    """A reply to a card is about that card's item, whatever else is going on."""
    if _nodded(turn, text):
        return
    if card.subject == Subject.MEASURE and card.subject_id is not None:
        measure = measures.get(turn.tx, MeasureId(card.subject_id))
        about(turn, topics.get(turn.tx, measure.topic_id), text, measure.id)
    elif card.subject == Subject.TOPIC and card.subject_id is not None:
        about(turn, topics.get(turn.tx, TopicId(card.subject_id)), text)
    elif card.subject == Subject.REPORT and card.subject_id is not None:
        report = reports.get(turn.tx, ReportId(card.subject_id))
        about(turn, topics.get(turn.tx, report.topic_id), text, report.measure_id)
    elif card.subject == Subject.REQUEST and card.subject_id is not None:
        inquire.replied(turn, requests.get(turn.tx, RequestId(card.subject_id)), text)
    elif card.subject == Subject.AFFAIR and card.subject_id is not None:
        affair_cards.hear(turn, affairs.get(turn.tx, card.subject_id), text)
    else:
        unplaced(turn, text, _carried(turn, card))


def joins_album(turn: Turn, text: str) -> bool:
    """Whether this part of an album joins the report its first part made; words of its own make another."""
    said = turn.work.said
    earlier = reports.by_album(turn.tx, said.chat, said.album) if said.album else None
    if earlier is None or earlier.author_id != turn.actor.id:
        return False
    if text:
        about(turn, topics.get(turn.tx, earlier.topic_id), text, earlier.measure_id)
    else:
        progress.join(turn.work)
    return True


def unplaced(turn: Turn, text: str, among: Sequence[Topic] = ()) -> None:
    """Keep what was said and ask what it belongs to."""
    if not text and not turn.work.said.files:
        turn.tell("reports.nothing_to_keep")
        return
    if _nodded(turn, text) or _numbered(turn, text):
        return
    found = among or candidates(turn, Event.REPORT)
    if not found:
        turn.reply(Card(lines=lines_of(turn.say("reports.no_place"), hint(turn, text))))
    elif turn.private:
        _ask(turn, found, {"text": text, KEPT: pack(turn.work.said), "among": [topic.id for topic in among]})


@button("place")
def place(turn: Turn, topic_id: TopicId) -> None:
    """What was kept is a report on this topic."""
    kept = turn.dialogue
    if kept is None or kept.name != UNPLACED:
        turn.toast("refusals.unknown_button", alert=True)
        return
    topic = topics.get(turn.tx, topic_id)
    _place(turn, kept, topic)
    turn.edit(Card(lines=(turn.say("reports.placed", name=called(turn.say, topic)),)))


@answers(UNPLACED)
def more_unplaced(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """A number chooses; anything else joins what is kept, words and files."""
    draft = dict(dialogue.draft)
    if topic := _chosen(turn, draft, text):
        _place(turn, dialogue, topic)
        return
    draft["text"] = "\n".join(part for part in (draft["text"], text) if part)
    draft[KEPT] = with_files(draft[KEPT], turn.work.said)
    _ask(turn, _among(turn, draft), draft)


def edited(turn: Turn, text: str) -> None:
    """Somebody changed what they had sent: still unplaced, on record, or used for something that is over."""
    open_, message = turn.dialogue, turn.incoming.message_id
    if open_ and open_.draft.get(KEPT, {}).get("message") == message:
        if open_.name == UNPLACED:
            turn.keep(UNPLACED, open_.step, {**open_.draft, "text": text})
        turn.tell("reports.still_unplaced" if open_.name == UNPLACED else "reports.send_again")
        return
    words = _said(text)
    made = progress.correct(turn.work, turn.incoming.chat.id, message, words, percent_in(words))
    if made is not None:
        turn.tell("reports.corrected")
    elif turn.private:
        turn.tell("reports.send_again")


def _ask(turn: Turn, found: Sequence[Topic], draft: dict[str, Any]) -> None:
    shown = found[:MOST]
    lines = [called(turn.say, topic) for topic in shown]
    if len(found) > MOST:
        lines.append(turn.say("reports.or_number"))
    buttons = [Button(fit(short_number(topic)), "place", (topic.id,)) for topic in shown]
    title = turn.say("reports.which")
    turn.ask(
        UNPLACED,
        "which",
        draft,
        Card(title, lines_of(*lines, hint(turn, str(draft["text"]))), rows(*buttons, turn.button("cancel"))),
    )


def _nodded(turn: Turn, text: str) -> bool:
    """好的 alone is no report: it is said so, and nothing is recorded."""
    nod = is_nod(text) and not turn.work.said.files
    if nod:
        turn.tell("reports.nod")
    return nod


def _numbered(turn: Turn, text: str) -> bool:
    """`017 已完成八成` says itself what it belongs to; a number alone asks to see it."""
    said = verbs.itemised(text)
    named = numbered(turn, said[0]) if said and turn.private else None
    if said is None or named is None:
        return False
    topic, measure = named
    if said[1] or turn.work.said.files:
        about(turn, topic, said[1], measure.id if measure else None)
    else:
        turn.reply(measure_card(turn, topic, measure) if measure else topic_card(turn, topic))
    return True


def _place(turn: Turn, kept: Dialogue, topic: Topic) -> None:
    """Timeliness is judged by the message, not by the choice."""
    turn.work.said = unpack(kept.draft[KEPT])
    turn.done()
    about(turn, topic, str(kept.draft["text"]))


def _chosen(turn: Turn, draft: dict[str, Any], text: str) -> Topic | None:
    """The topic a bare number names, if it is one that could be meant; else it was words."""
    if turn.work.said.files:
        return None
    try:
        named = numbered(turn, text)
    except WorkflowError:
        return None
    return named[0] if named and named[0].id in {t.id for t in _among(turn, draft)} else None


def _among(turn: Turn, draft: dict[str, Any]) -> list[Topic]:
    listed = [TopicId(topic) for topic in draft.get("among", ())]
    return topics.by_ids(turn.tx, listed) if listed else candidates(turn, Event.REPORT)


def _carried(turn: Turn, card: Posted) -> list[Topic]:
    """The topics a digest or bundle spoke of."""
    if card.subject != Subject.DIGEST or card.subject_id is None:
        return []
    owed = [one for one in notices.of_outbox(turn.tx, card.subject_id) if one.person_id == turn.actor.id]
    return topics.by_ids(turn.tx, {TopicId(one.topic_id) for one in owed if one.topic_id is not None})


def _said(text: str) -> str:
    """The report in an edited message: without the command that introduced it."""
    named = verbs.read(text)
    if named is None or named.name != "report":
        return text
    first, *rest = named.rest.split(None, 1) or [""]
    return rest[0] if rest and any(sign.isdigit() for sign in first) else named.rest
