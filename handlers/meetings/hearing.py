"""A plain reply to a meeting's card: an item, a change, a reason, who was there, what was decided."""

from handlers import names
from handlers.affair_cards import affair_card, heard
from handlers.asking.naming import as_people, roll_of
from handlers.cards import Card
from handlers.meetings import answering, closing, deciding, proposing
from handlers.meetings.agenda import agenda_card
from handlers.meetings.saying import leading, numbers
from handlers.refusals import words
from handlers.turn import Turn
from services.affairs import meetings, meetings_agenda, meetings_decisions
from services.affairs.meetings import LEAVE
from services.affairs.seating import ASKED, open_to
from storage import affairs, people
from workflow.affair import Affair, AffairKind, AffairState
from workflow.affair_table import AffairEvent
from workflow.errors import Invalid, WorkflowError


@heard(AffairKind.MEETING)
def hear(turn: Turn, affair: Affair, text: str) -> None:
    """What it means depends on how far the meeting is, and on who speaks."""
    may = open_to(turn.work, affair)
    if affair.state is AffairState.OPEN and AffairEvent.EDIT in may:
        _arrange(turn, affair, text)
    elif AffairEvent.ADD in may:
        proposing.give(turn, affair, text)
    elif affair.state in (AffairState.WAITING, AffairState.GIVEN) and AffairEvent.SEND_BACK in may:
        closing.send_back(turn, affair, text)
    elif affair.state is AffairState.CALLED and AffairEvent.ANSWER in may:
        _excuse(turn, affair, text)
    elif AffairEvent.NOTE in may:
        _held(turn, affair, text)
    else:
        turn.tell("meetings.no_words", state=turn.say(f"meetings.state.{affair.state}"))


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
    elif name in ("strike", "shift", "length", "reporter"):
        raise Invalid("meeting_say_number")
    else:
        proposing.give_one(turn, affair, said)


def _reporter(turn: Turn, affair: Affair, place: int, said: str) -> None:
    name = said.removeprefix(str(place)).strip()
    picked = roll_of(people.active(turn.tx)).pick(name)
    if len(picked.found) != 1:
        raise Invalid("meeting_one_person", text=name[:20])
    meetings_agenda.entrust(turn.work, affair, place, as_people(picked.found)[0])


def _excuse(turn: Turn, affair: Affair, text: str) -> None:
    """请假 with its reason; after a leave, any words are the reason."""
    name, said = leading(text, "leave")
    own = [p for p in affairs.parts(turn.tx, affair.id, ASKED) if p.person_id == turn.actor.id]
    if name or (own and own[0].answer == LEAVE):
        answering.reason(turn, affair, said)
    else:
        turn.tell("meetings.answer_how")


def _held(turn: Turn, affair: Affair, text: str) -> None:
    """到会, 缺席 and 删 put the record right; everything else was decided."""
    name, said = leading(text, "present", "away", "strike")
    if name in ("present", "away"):
        _attendance(turn, affair, said, present=name == "present")
    elif name == "strike" and numbers(said):
        for place in sorted(set(numbers(said)), reverse=True):
            meetings_decisions.strike(turn.work, affairs.get(turn.tx, affair.id), place)
        turn.reply(affair_card(turn, affairs.get(turn.tx, affair.id)))
    else:
        deciding.show(turn, affair, text)


def _attendance(turn: Turn, affair: Affair, said: str, *, present: bool) -> None:
    picked = roll_of(people.active(turn.tx)).pick(said)
    unclear = tuple(turn.say("meetings.nobody", text=one.word[:20]) for one in picked.unclear)
    if not picked.found:
        turn.reply(Card(lines=unclear or (turn.say("meetings.who_was"),)))
        return
    whom = as_people(picked.found)
    noted = meetings.attend(turn.work, affair, whom, present=present)
    key = "meetings.now_present" if present else "meetings.now_away"
    done = turn.say(key, who=names.titles(turn.tx, turn.say, whom))
    turn.reply(affair_card(turn, noted).with_lines(done, *unclear))
