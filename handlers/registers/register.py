"""登记: an opinion answered, a talk held, a matter reported, a meeting held; who and when, no more."""

import re
from datetime import date
from typing import Final

from handlers import names
from handlers.affair_cards import affair_about, drawn, heard
from handlers.asking.finding import apart
from handlers.asking.listing import PAGE, Entry, Pager, list_card, show
from handlers.asking.naming import spoken
from handlers.asking.past import past_day
from handlers.asking.previewing import lines_of
from handlers.asking.questions import reason_wanted
from handlers.asking.whom import privately
from handlers.cards import Card, rows
from handlers.reader import Reader
from handlers.registers.marking import mark_card
from handlers.registry import answers, button, command
from handlers.turn import Turn
from services.affairs import registering
from services.affairs.marking import SORT as MARK
from services.affairs.registering import SORTS
from services.affairs.seating import Frame, authorise, frame_of, open_to
from storage import affairs, people
from storage.dialogues import Dialogue
from workflow.affair import Affair, AffairKind, AffairState
from workflow.affair_table import AffairEvent
from workflow.dates import DateProblem
from workflow.roles import PersonId, Role, UnitId

REGISTER: Final = "register"
ANNUL: Final = "register_annul"
_YEAR: Final = re.compile(r"(?P<year>20\d\d)\u5e74?")
_APART: Final = re.compile(r"[\s,，、;；。:：]+")


@command(REGISTER, Role.DISCIPLINE_SECRETARY, Role.DISCIPLINE_STAFF, Role.OFFICE, Role.CHIEF)
def register_command(turn: Turn, rest: str) -> None:
    """`登记 谈话 3月5日 国际处处长`; `登记`, `登记 2025`, `登记 谈话`: the list of a year."""
    privately(turn)
    authorise(turn.work, Frame(AffairKind.REGISTER), None, AffairEvent.BEGIN)
    word, said = apart(rest)
    sort = next((one for one in SORTS if word in spoken(f"registering.words.{one}")), None)
    if sort and said:
        _enter(turn, sort, said)
    elif year := _YEAR.fullmatch(word):
        _list(turn, int(year["year"]), "", 0)
    elif sort or not word:
        _list(turn, turn.dates.today.year, sort or "", 0)
    else:
        turn.tell("registering.how")


@button("register.list")
def more(turn: Turn, year: int, sort: str, page: int) -> None:
    """Another page."""
    authorise(turn.work, Frame(AffairKind.REGISTER), None, AffairEvent.BEGIN)
    _list(turn, year, sort, page)


@drawn(AffairKind.REGISTER)
def register_card(reader: Reader, affair: Affair, *, headline: str = "") -> Card:
    """One entry; who may strike it out has the button."""
    if affair.facts["sort"] == MARK:
        return mark_card(reader, affair, headline=headline)
    say = reader.say
    reason = affair.words.get("reason", "")
    lines = lines_of(
        _line(reader, affair),
        say("registering.by", person=names.titles(reader.tx, say, [affair.opened_by])),
        say("registering.void", reason=reason) if affair.state is AffairState.VOID else "",
    )
    allowed = AffairEvent.ANNUL in open_to(reader.work, affair)
    buttons = rows(reader.button("register.annul", affair.id) if allowed else None)
    title = headline or say("registering.title", number=affair.number)
    return Card(title, lines, buttons, about=affair_about(affair))


@button("register.annul")
def annul(turn: Turn, affair_id: int) -> None:
    """Ask why."""
    affair = affairs.get(turn.tx, affair_id)
    authorise(turn.work, frame_of(affair), affair.state, AffairEvent.ANNUL)
    reason_wanted(turn, ANNUL, {"affair": affair_id}, turn.say("registering.why", number=affair.number))


@answers(ANNUL)
def annulled(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """The reason came."""
    affair = registering.annul(turn.work, affairs.get(turn.tx, dialogue.draft["affair"]), text)
    turn.done()
    turn.reply(register_card(turn, affair, headline=turn.say("registering.annulled", number=affair.number)))


@heard(AffairKind.REGISTER)
def reply(turn: Turn, affair: Affair, text: str) -> None:
    """Nothing is added to an entry."""
    turn.tell("registering.date_only")


def _enter(turn: Turn, sort: str, said: str) -> None:
    found = _dated(turn, said)
    who = _who(turn, found[1]) if found else None
    if found is None or who is None:
        turn.tell("registering.date_only")
        return
    person, unit = who
    affair = registering.enter(turn.work, sort, found[0], person_id=person, unit_id=unit)
    turn.reply(register_card(turn, affair, headline=turn.say("registering.entered", number=affair.number)))


def _dated(turn: Turn, said: str) -> tuple[date, str] | None:
    """The day, before or behind whom it concerns; None without a day."""
    words = _APART.split(said.strip())
    for size in (1, 2):
        for day, rest in ((words[:size], words[size:]), (words[-size:], words[:-size])):
            try:
                return past_day(turn, " ".join(day)), " ".join(rest)
            except DateProblem:
                continue
    return None


def _who(turn: Turn, word: str) -> tuple[PersonId | None, UnitId | None] | None:
    """Whom a title means, or a unit; nobody where nothing was said; None for any other words."""
    if not word:
        return None, None
    if len(found := people.by_title(turn.tx, word)) == 1:
        return found[0].id, None
    unit = people.unit_named(turn.tx, word)
    return (None, unit.id) if unit else None


def _list(turn: Turn, year: int, sort: str, page: int) -> None:
    found = registering.of_year(turn.tx, year, (sort,) if sort else SORTS)
    title = turn.say("registering.list", year=year, count=sum(1 for one in found if not one.settled))
    if not found:
        show(turn, Card(title, (turn.say("registering.none"), turn.say("registering.how"))))
        return
    pager = Pager("register.list", (year, sort), page)
    shown = [Entry(_line(turn, one), "affair.open", (one.id,)) for one in found[pager.start :][:PAGE]]
    show(turn, list_card(turn, title, shown, len(found), pager))


def _line(reader: Reader, affair: Affair) -> str:
    tx, say, facts = reader.tx, reader.say, affair.facts
    who = names.titles(tx, say, [affair.person_id]) if affair.person_id else ""
    who = names.units(tx, say, [affair.unit_id]) if affair.unit_id else who
    day = reader.policy.calendar.end_of(date.fromisoformat(facts["on"]))
    key = "registering.line_void" if affair.state is AffairState.VOID else "registering.line"
    sort = say(f"registering.sort.{facts['sort']}")
    return say(key, sort=sort, date=reader.dates.full(day), who=who).rstrip()
