"""A plain reply to a meeting's card: an item, a change, a reason, who was there, what was decided."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from handlers import names
from handlers.affair_cards import affair_about, affair_card, heard
from handlers.asking.naming import as_people, roll_of
from handlers.cards import Card
from handlers.meetings import answering, begin, closing, deciding, inviting, proposing
from handlers.meetings.agenda import agenda_card
from handlers.meetings.form import is_change, of, read
from handlers.meetings.saying import clauses, leading, numbers
from handlers.refusals import words
from handlers.turn import Turn
from handlers.working.measure_lines import unnumbered
from services.affairs import meetings, meetings_agenda, meetings_decisions
from services.affairs.seating import open_to
from storage import affairs, people
from workflow.affair import Affair, AffairKind, AffairState
from workflow.affair_table import AffairEvent
from workflow.errors import Invalid, WorkflowError

_NO_WORDS: Final = re.compile(r"[\d\W_]+")
"""A number alone means an item, and is none."""


@heard(AffairKind.MEETING)
def hear(turn: Turn, affair: Affair, text: str) -> None:
    """What it means depends on how far the meeting is, and on who speaks."""
    may = open_to(turn.work, affair)
    if AffairEvent.EDIT in may and is_change(text):
        begin.show(turn, read(turn, of(affair), text))
    elif affair.state is AffairState.OPEN and AffairEvent.EDIT in may:
        _arrange(turn, affair, text)
    elif AffairEvent.ADD in may:
        proposing.give(turn, affair, text)
    elif affair.state in (AffairState.WAITING, AffairState.GIVEN) and AffairEvent.SEND_BACK in may:
        closing.send_back(turn, affair, text)
    elif _may_call(affair, may) and inviting.is_change(text):
        inviting.named(turn, affair, text)
    elif affair.state is AffairState.CALLED and AffairEvent.ANSWER in may:
        answering.said(turn, affair, text)
    elif AffairEvent.NOTE in may:
        _held(turn, affair, text)
    else:
        _not_heard(turn, affair)


def _may_call(affair: Affair, may: Sequence[AffairEvent]) -> bool:
    """Whether the speaker says who is called: once the agenda stands, and once people were called."""
    wanted = {AffairState.APPROVED: AffairEvent.CALL, AffairState.CALLED: AffairEvent.EDIT}
    return wanted.get(affair.state) in may


def _not_heard(turn: Turn, affair: Affair) -> None:
    """The words have no place now: that is said, with what may be done instead."""
    card = affair_card(turn, affair)
    key = "meetings.press_instead" if card.buttons else "meetings.no_words"
    turn.reply(card.with_lines(turn.say(key, state=turn.say(f"meetings.state.{affair.state}"))))


def _arrange(turn: Turn, affair: Affair, text: str) -> None:
    """Every line of it; what went wrong is said, the rest is done."""
    problems: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        try:
            with turn.tx.attempt():
                _one(turn, affairs.get(turn.tx, affair.id), line)
        except WorkflowError as refused:
            problems.append(turn.say("meetings.line_problem", text=line[:20], why=words(turn, refused)))
    card = agenda_card(turn, affairs.get(turn.tx, affair.id))
    turn.reply(card.with_lines(*problems))


def _one(turn: Turn, affair: Affair, line: str) -> None:
    name, said = leading(line, "strike", "shift", "reporter", "length", "add")
    found = numbers(said)
    if name == "strike" and found:
        for place in sorted(set(found), reverse=True):
            meetings_agenda.strike(turn.work, affairs.get(turn.tx, affair.id), place)
    elif name == "shift" and len(found) == 2:
        meetings_agenda.reorder(turn.work, affair, found[0], found[1])
    elif name == "length" and len(found) == 2:
        meetings_agenda.allot(turn.work, affair, found[0], found[1])
    elif name == "reporter" and found:
        _reporter(turn, affair, found[0], said)
    elif name in ("strike", "shift", "length", "reporter") or _NO_WORDS.fullmatch(said):
        raise Invalid("meeting_say_number")
    else:
        proposing.give_one(turn, affair, unnumbered(said))


def _reporter(turn: Turn, affair: Affair, place: int, said: str) -> None:
    name = said.removeprefix(str(place)).strip()
    picked = roll_of(people.active(turn.tx)).pick(name)
    if len(picked.found) != 1:
        raise Invalid("meeting_one_person", text=name[:20])
    meetings_agenda.entrust(turn.work, affair, place, as_people(picked.found)[0])


def _held(turn: Turn, affair: Affair, text: str) -> None:
    """到会, 缺席 and 删 put the record right, a line each; every other line was decided."""
    decided: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        name, said = leading(line, "present", "away", "strike")
        if name in ("present", "away"):
            _attendance(turn, affair, line)
        elif name == "strike" and numbers(said):
            _strike(turn, affair, numbers(said))
        else:
            decided.append(line)
    if decided:
        deciding.show(turn, affairs.get(turn.tx, affair.id), "\n".join(decided))


def _strike(turn: Turn, affair: Affair, places: Iterable[int]) -> None:
    for place in sorted(set(places), reverse=True):
        meetings_decisions.strike(turn.work, affairs.get(turn.tx, affair.id), place)
    turn.reply(affair_card(turn, affairs.get(turn.tx, affair.id)))


def _attendance(turn: Turn, affair: Affair, line: str) -> None:
    """`缺席 副书记；到会 审计处处长`: each part to its own people."""
    roll, noted = roll_of(people.active(turn.tx)), affairs.get(turn.tx, affair.id)
    told: list[str] = []
    unclear: list[str] = []
    for name, said in clauses(line, "present", "away"):
        picked = roll.pick(said)
        unclear += [turn.say("meetings.nobody", text=one.word[:20]) for one in picked.unclear]
        if whom := as_people(picked.found):
            noted = meetings.attend(turn.work, noted, whom, present=name == "present")
            key = "meetings.now_present" if name == "present" else "meetings.now_away"
            told.append(turn.say(key, who=names.titles(turn.tx, turn.say, whom)))
    if told:
        turn.reply(affair_card(turn, noted).with_lines(*told, *unclear))
        return
    lines = tuple(unclear) or (turn.say("meetings.who_was"),)
    turn.reply(Card(lines=lines, about=affair_about(noted)))
