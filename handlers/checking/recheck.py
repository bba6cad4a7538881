"""回头看: one press says that what was put right holds; a relapse asks for a reason and a new deadline."""

from datetime import date
from typing import Final

from handlers.affair_cards import affair_card, heard
from handlers.asking.addressed import here, numbered
from handlers.asking.finding import apart
from handlers.asking.listing import PAGE, Pager, alone, list_card, show
from handlers.asking.naming import spoken
from handlers.asking.previewing import ask
from handlers.asking.questions import read_date
from handlers.cards import Button, Card, fit
from handlers.checking.recheck_card import entry
from handlers.checking.relapse import ask_reason, relapse_said
from handlers.registry import answers, button, command
from handlers.turn import Turn
from services.affairs import rechecking
from services.affairs.recheck_planning import open_of
from storage import affairs
from storage.dialogues import Dialogue
from workflow.affair import Affair, AffairKind
from workflow.affair_table import AffairEvent
from workflow.errors import NotFound
from workflow.rechecks import planned
from workflow.roles import Role
from workflow.topic import Topic

LATER: Final = "recheck_later"


@command("recheck", Role.DISCIPLINE_SECRETARY, Role.CHIEF, Role.OFFICE)
def recheck_command(turn: Turn, rest: str) -> None:
    """`回头看`: those that are due; `回头看 017 巩固`, `回头看 017 反弹 台账又断档 9月18日前`."""
    if not alone(turn):
        return
    first, more = apart(rest)
    found = numbered(turn, first) if first else None
    if found is None:
        rechecks(turn)
        return
    _of_topic(turn, here(turn, found[0]), more)


@button("rechecks")
def rechecks(turn: Turn, page: int = 0) -> None:
    """Those that are called for, then those to come."""
    found = rechecking.listed(turn.work)
    title = turn.say("rechecking.list")
    if not found:
        show(turn, Card(title, (turn.say("rechecking.empty", months=turn.policy.recheck_months),)))
        return
    pager = Pager("rechecks", (), page)
    shown = [entry(turn, one) for one in found[pager.start : pager.start + PAGE]]
    show(turn, list_card(turn, title, shown, len(found), pager))


@button("recheck.firm")
def firm(turn: Turn, affair_id: int) -> None:
    """巩固, with one press."""
    _firm(turn, affairs.get(turn.tx, affair_id))


@button("recheck.relapse")
def relapse(turn: Turn, affair_id: int) -> None:
    """反弹: the reason and the new deadline are asked for."""
    affair = affairs.get(turn.tx, affair_id)
    rechecking.may(turn.work, affair, AffairEvent.GIVE)
    ask_reason(turn, affair)


@button("recheck.later")
def later(turn: Turn, affair_id: int) -> None:
    """Put it off: a month from now is proposed."""
    affair = affairs.get(turn.tx, affair_id)
    rechecking.may(turn.work, affair, AffairEvent.EDIT)
    calendar = turn.policy.calendar
    latest = rechecking.latest_day(turn.work, affair)
    turn.keep(LATER, "date", {"affair": affair.id})
    usual = calendar.workday_on_or_before(min(planned(turn.dates.today, 1), latest))
    options: list[Button] = []
    if usual > turn.dates.today:
        label = fit(turn.dates.short(calendar.end_of(usual)))
        options = [Button(label, "recheck.later_to", (affair.id, usual.isoformat()))]
    title = turn.say("rechecking.until", latest=turn.dates.full(calendar.end_of(latest)))
    ask(turn, Card(title), *options)


@button("recheck.later_to")
def later_to(turn: Turn, affair_id: int, day: str) -> None:
    """The proposed day."""
    turn.done()
    _put_off(turn, affairs.get(turn.tx, affair_id), date.fromisoformat(day))


@answers(LATER)
def later_said(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """Another day."""
    affair = affairs.get(turn.tx, dialogue.draft["affair"])
    rechecking.may(turn.work, affair, AffairEvent.EDIT)
    if when := read_date(turn, text):
        _put_off(turn, affair, when.day)
        turn.done()


@heard(AffairKind.RECHECK)
def replied(turn: Turn, affair: Affair, text: str) -> None:
    """A plain reply to its card: 反弹 台账又断档 9月18日前."""
    _said(turn, affair, text)


def _of_topic(turn: Turn, topic: Topic, said: str) -> None:
    affair = open_of(turn.tx, topic)
    if affair is None:
        raise NotFound("no_recheck", number=topic.number)
    if said:
        rechecking.may(turn.work, affair, AffairEvent.GIVE)
    _said(turn, affair, said)


def _said(turn: Turn, affair: Affair, said: str) -> None:
    word, rest = _result(said)
    if word == "firm":
        _firm(turn, affair)
    elif word == "relapse":
        rechecking.may(turn.work, affair, AffairEvent.GIVE)
        relapse_said(turn, affair, rest) if rest else ask_reason(turn, affair)
    else:
        turn.reply(affair_card(turn, affair))


def _result(said: str) -> tuple[str, str]:
    """Whether words begin with one of the two conclusions, and what follows it."""
    for word in ("firm", "relapse"):
        for meant in spoken(f"rechecking.means_{word}"):
            if said.casefold().startswith(meant):
                return word, said[len(meant) :].strip(" ，,：:。")
    return "", said


def _firm(turn: Turn, affair: Affair) -> None:
    done = rechecking.firm(turn.work, affair)
    turn.toast("rechecking.firm_toast")
    turn.edit(affair_card(turn, done))


def _put_off(turn: Turn, affair: Affair, day: date) -> None:
    later_ = rechecking.put_off(turn.work, affair, day)
    turn.toast("rechecking.later_toast")
    turn.edit(affair_card(turn, later_))
