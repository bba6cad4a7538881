"""退回补正与重启: sent back with points and a date, or opened again; one message is enough for both."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from handlers.asking import phrases
from handlers.asking.addressed import addressed, begun, called
from handlers.asking.phrases import Said
from handlers.asking.previewing import agreed, ask, dated, lines_of, preview, screen
from handlers.asking.questions import date_notes, end_of, read_date
from handlers.cards import Button, fit
from handlers.registry import answers, button, command
from handlers.topic_card import topic_card
from handlers.turn import Turn
from services import verifying
from storage.dialogues import Dialogue
from workflow.dates import DateNote
from workflow.errors import Invalid, Missing
from workflow.roles import Role
from workflow.topic import Topic, TopicId
from workflow.transitions import Event

SEND_BACK: Final = "send_back"
POINTS, DATE = "points", "date"
USUAL: Final = 5  # workdays


@command("return", Role.DISCIPLINE_SECRETARY, Role.CHIEF)
def return_command(turn: Turn, rest: str) -> None:
    """`退回 017`, with the points and the date below it if they are at hand."""
    _command(turn, rest, Event.RETURN)


@command("reopen", Role.DISCIPLINE_SECRETARY, Role.CHIEF)
def reopen_command(turn: Turn, rest: str) -> None:
    """`重启 017 问题反弹 6月20日前`."""
    _command(turn, rest, Event.REOPEN)


@button("topic.return")
def return_(turn: Turn, topic_id: TopicId) -> None:
    """Ask for the points."""
    _ask_points(turn, begun(turn, topic_id, Event.RETURN), Event.RETURN)


@button("topic.reopen")
def reopen(turn: Turn, topic_id: TopicId) -> None:
    """Ask for the reason."""
    _ask_points(turn, begun(turn, topic_id, Event.REOPEN), Event.REOPEN)


@answers(SEND_BACK)
def answered(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """The points, with or without a date; or the date alone. While a preview is open: all anew."""
    event = Event(dialogue.draft["event"])
    topic = begun(turn, TopicId(dialogue.draft["topic"]), event)
    if dialogue.step != DATE:
        _said(turn, topic, event, text)
    elif when := read_date(turn, text):
        notes = date_notes(turn, when)
        _preview(turn, topic, {**dialogue.draft, "by": end_of(turn, when).isoformat(), "notes": list(notes)})


@button("send_back.by")
def date_chosen(turn: Turn, by: str) -> None:
    """The proposed date, by button."""
    open_ = turn.dialogue
    if open_ is None or (open_.name, open_.step) != (SEND_BACK, DATE):
        turn.toast("refusals.unknown_button", alert=True)
        return
    topic = begun(turn, TopicId(open_.draft["topic"]), Event(open_.draft["event"]))
    _preview(turn, topic, {**open_.draft, "by": by, "notes": []})


@button("send_back.now")
def send_back(turn: Turn, mark: str) -> None:
    """The preview was right."""
    draft = agreed(turn, SEND_BACK, mark)
    if draft is None:
        return
    topic_id, by, event = TopicId(draft["topic"]), datetime.fromisoformat(draft["by"]), Event(draft["event"])
    begun(turn, topic_id, event)
    if event is Event.RETURN:
        topic = verifying.send_back(turn.work, topic_id, draft["points"], by)
    else:
        topic = verifying.reopen(turn.work, topic_id, "\n".join(draft["points"]), by)
    turn.toast(f"verifying.{event}_toast")
    headline = turn.say(f"verifying.{event}_headline", number=topic.number, date=turn.dates.full(by))
    turn.edit(topic_card(turn, topic, headline=headline))


def _command(turn: Turn, rest: str, event: Event) -> None:
    if found := addressed(turn, rest, event):
        topic = begun(turn, found.topic.id, event)
        if found.rest:
            _said(turn, topic, event, found.rest)
        else:
            _ask_points(turn, topic, event)


def _ask_points(turn: Turn, topic: Topic, event: Event) -> None:
    turn.keep(SEND_BACK, POINTS, {"topic": topic.id, "event": event})
    title = turn.say(f"verifying.{event}_ask", name=called(turn.say, topic))
    ask(turn, screen(turn, topic, title, *turn.say(f"verifying.{event}_how").splitlines()))


def _said(turn: Turn, topic: Topic, event: Event, text: str) -> None:
    said = phrases.with_last_date(turn, text)
    points = phrases.points(said.rest)
    if not points:
        raise Missing("points_missing" if event is Event.RETURN else "reason_missing", event=event)
    if sum(map(len, points)) > turn.policy.longest_text:
        raise Invalid("text_too_long", longest=turn.policy.longest_text)
    draft = dated(turn, {"topic": topic.id, "event": event, "points": points})
    _with_date(turn, topic, draft, said)


def _with_date(turn: Turn, topic: Topic, draft: Mapping[str, Any], said: Said) -> None:
    when = said.when
    if when and DateNote.PAST not in when.notes:
        notes = list(date_notes(turn, when))
        _preview(turn, topic, {**draft, "by": end_of(turn, when).isoformat(), "notes": notes})
        return
    past = turn.say("verifying.past", date=turn.dates.full(end_of(turn, when))) if when else ""
    turn.keep(SEND_BACK, DATE, draft)
    calendar = turn.policy.calendar
    usual = calendar.end_of(calendar.add_workdays(turn.dates.today, USUAL))
    title = turn.say("verifying.until", days=USUAL, date=turn.dates.full(usual))
    proposal = Button(fit(turn.dates.short(usual)), "send_back.by", (usual.isoformat(),))
    ask(turn, screen(turn, topic, title, *lines_of(said.problem, past)), proposal)


def _preview(turn: Turn, topic: Topic, draft: Mapping[str, Any]) -> None:
    event, say = Event(draft["event"]), turn.say
    points = draft["points"]
    listed = [f"{no}. {point}" for no, point in enumerate(points, 1)] if event is Event.RETURN else points
    by = turn.dates.full(datetime.fromisoformat(draft["by"])) + "".join(draft["notes"])
    lines = lines_of(listed, say("verifying.by", date=by))
    title = say(f"verifying.{event}_preview", name=called(say, topic), count=len(points))
    card = screen(turn, topic, title, *lines)
    again = turn.button(f"topic.{event}", topic.id, label="amend")
    preview(turn, SEND_BACK, draft, card, "send_back.now", again, label=event)
