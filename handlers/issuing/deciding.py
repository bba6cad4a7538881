"""待批: the requests that wait for a chief or an owner, and their decisions: extensions, adjustments."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from handlers import names
from handlers.asking.addressed import numbered
from handlers.asking.finding import apart, by_number
from handlers.asking.naming import spoken
from handlers.asking.questions import date_notes, end_of, read_date
from handlers.cards import MOST_BUTTONS, Button, Card, rows
from handlers.issuing import reroute
from handlers.issuing.deciding_card import OPENS, items, may_answer, request_card
from handlers.registry import answers, button, command
from handlers.turn import Turn
from services import claiming, extending
from services.authorising import authorise
from storage import requests
from storage.dialogues import Dialogue
from storage.requests import Request, RequestId, RequestKind, RequestState
from workflow.errors import Barred, Stale
from workflow.roles import Role
from workflow.topic import Topic

DECIDE: Final = "decide"
DATE, REASON = "date", "reason"


@command("decide", Role.CHIEF, Role.LEADER)
def decide_command(turn: Turn, rest: str) -> None:
    """`待批`; `待批 017`; `待批 017 同意`, `待批 017 同意 12月15日`, `待批 017 不同意 理由`."""
    number, said = apart(rest)
    topic = by_number(turn, number) if number else None
    found = waiting(turn, topic)
    if said and len(found) == 1:
        _decide(turn, found[0], said)
    elif len(found) == 1:
        turn.reply(request_card(turn, found[0]))
    else:
        turn.reply(_list(turn, found, 0))


@command("grant", hidden=True)
def grant_command(turn: Turn, rest: str) -> None:
    """`同意延期 017`, perhaps with another date; 017-2 for a measure."""
    _on_extension(turn, rest, lambda request, said: _agree(turn, request, said))


@command("refuse", hidden=True)
def refuse_command(turn: Turn, rest: str) -> None:
    """`不同意延期 017 理由`."""
    _on_extension(turn, rest, lambda request, said: _refused(turn, request.id, said))


def _on_extension(turn: Turn, rest: str, decide: Callable[[Request, str], None]) -> None:
    """Decide the extension that is named, or the only one that waits; else the list of what does."""
    word, said = apart(rest)
    named = numbered(turn, word) if word else None
    topic, measure = named or (None, None)
    found = [one for one in waiting(turn, topic) if one.kind is RequestKind.EXTENSION]
    if measure:
        found = [one for one in found if one.measure_id == measure.id]
    if len(found) == 1:
        decide(found[0], said if named else rest)
    else:
        turn.reply(_list(turn, found, 0))


def waiting(turn: Turn, topic: Topic | None = None) -> list[Request]:
    """Extensions and adjustments that wait for the actor, oldest first; of one topic if given."""
    kinds = (RequestKind.EXTENSION, RequestKind.REROUTE)
    found = [r for r in requests.all_open(turn.tx) if r.kind in kinds]
    return [r for r in found if (topic is None or r.topic_id == topic.id) and may_answer(turn, r)]


@button("request.list")
def more(turn: Turn, page: int) -> None:
    """Another page of the list."""
    turn.edit(_list(turn, waiting(turn), page))


@button("request.view")
def view(turn: Turn, request_id: RequestId) -> None:
    """One request of the list."""
    turn.edit(request_card(turn, requests.get(turn.tx, request_id)))


@button("request.grant")
def grant(turn: Turn, request_id: RequestId) -> None:
    """同意延期: to the date that was asked for."""
    _granted(turn, request_id, None)


@button("request.grant_to")
def grant_to(turn: Turn, request_id: RequestId, until: str) -> None:
    """To the other date, now that it was echoed."""
    _granted(turn, request_id, datetime.fromisoformat(until))


@button("request.other")
def other(turn: Turn, request_id: RequestId) -> None:
    """Ask for another date."""
    _open_question(turn, request_id, DATE)


@button("request.refuse")
def refuse(turn: Turn, request_id: RequestId) -> None:
    """不同意: a reason is welcome, not owed."""
    no_reason = turn.button("request.refuse_now", request_id, label="no_reason")
    _open_question(turn, request_id, REASON, no_reason)


@button("request.refuse_now")
def refuse_now(turn: Turn, request_id: RequestId) -> None:
    """Without a reason."""
    _refused(turn, request_id, "")


@button("request.keep")
def keep(turn: Turn, request_id: RequestId) -> None:
    """The topic stays with whom it was given to."""
    _kept(turn, request_id, "")


@button("request.reroute")
def choose_other(turn: Turn, request_id: RequestId) -> None:
    """Choose another leader."""
    topic, _ = items(turn, _answerable(turn, request_id))
    reroute.choose(turn, topic.id)


@answers(DECIDE)
def answered(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """Another date, to be confirmed; or the reason of a refusal."""
    request_id = RequestId(dialogue.draft["request"])
    if dialogue.step == REASON:
        _refused(turn, request_id, text)
    else:
        _offer(turn, _answerable(turn, request_id), text)


def _decide(turn: Turn, request: Request, said: str) -> None:
    """A decision said in words."""
    word, more_ = apart(said)
    if request.kind is RequestKind.EXTENSION and word in spoken("deciding.agree"):
        _agree(turn, request, more_)
    elif word in spoken("deciding.disagree"):
        (_refused if request.kind is RequestKind.EXTENSION else _kept)(turn, request.id, more_)
    else:
        turn.reply(request_card(turn, request))


def _agree(turn: Turn, request: Request, date: str) -> None:
    _offer(turn, request, date) if date else _granted(turn, request.id, None)


def _offer(turn: Turn, request: Request, text: str) -> None:
    """Echo the other date before it counts."""
    when = read_date(turn, text)
    if when is None:
        return
    until = end_of(turn, when)
    topic, _ = items(turn, request)
    notes = "".join(date_notes(turn, when))
    line = turn.say("deciding.sure", number=topic.number, date=turn.dates.full(until) + notes)
    sure = turn.button("request.grant_to", request.id, until.isoformat(), label="yes")
    turn.reply(Card(lines=(line,), buttons=rows(sure, turn.button("cancel"))))


def _granted(turn: Turn, request_id: RequestId, until: datetime | None) -> None:
    extending.grant(turn.work, request_id, until)
    _decided(turn, request_id)


def _refused(turn: Turn, request_id: RequestId, reason: str) -> None:
    extending.refuse(turn.work, request_id, reason)
    _decided(turn, request_id)


def _kept(turn: Turn, request_id: RequestId, reason: str) -> None:
    claiming.keep(turn.work, request_id, reason)
    _decided(turn, request_id)


def _decided(turn: Turn, request_id: RequestId) -> None:
    if turn.dialogue and turn.dialogue.name == DECIDE:
        turn.done()
    turn.toast("deciding.toast")
    turn.edit(request_card(turn, requests.get(turn.tx, request_id)))


def _open_question(turn: Turn, request_id: RequestId, step: str, *buttons: Button) -> None:
    request = _answerable(turn, request_id)
    topic, _ = items(turn, request)
    question = turn.say(f"deciding.ask_{step}", number=topic.number)
    card = Card(lines=(question,), buttons=rows(*buttons, turn.button("cancel")))
    turn.ask(DECIDE, step, {"request": request_id}, card)


def _answerable(turn: Turn, request_id: RequestId) -> Request:
    """A request the actor may decide. Raises what stands against it."""
    request = requests.get(turn.tx, request_id)
    if request.state is not RequestState.OPEN:
        raise Stale("already_decided")
    if request.asker_id == turn.actor.id:
        raise Barred("own_request")
    topic, measure = items(turn, request)
    authorise(turn.work, topic, OPENS[request.kind][0], measure)
    return request


def _list(turn: Turn, found: list[Request], page: int) -> Card:
    """What waits, a line and a button each."""
    if not found:
        return Card(lines=(turn.say("deciding.none"),))
    room = MOST_BUTTONS if len(found) <= MOST_BUTTONS else MOST_BUTTONS - 1
    first = page * room if page * room < len(found) else 0
    shown = list(enumerate(found, 1))[first : first + room]
    buttons = [Button(str(no), "request.view", (request.id,)) for no, request in shown]
    more_ = turn.button("request.list", first // room + 1, label="more") if len(found) > room else None
    title = turn.say("deciding.title", count=len(found))
    return Card(title, tuple(_line(turn, no, request) for no, request in shown), rows(*buttons, more_))


def _line(turn: Turn, no: int, request: Request) -> str:
    topic, measure = items(turn, request)
    hidden = topic.confidential and not turn.private
    heading = turn.say(
        "topics.number_only" if hidden else "topics.heading", number=topic.number, title=topic.short_title
    )
    item = turn.say("deciding.of_measure", topic=heading, no=measure.no) if measure else heading
    wanted = turn.dates.short(request.wanted) if request.wanted else ""
    asker = names.title(turn.tx, request.asker_id)
    return turn.say(f"deciding.line_{request.kind}", no=no, item=item, asker=asker, date=wanted)
