"""A cover notice as each seat may see it: the office all of it, the person the answer, others the step.

Whoever receives it reads the topic and the step, and never who fell short; nor do those who read along.
"""

from datetime import datetime
from typing import Final

from handlers import names
from handlers.affair_cards import affair_about, choices, drawn, lasting, name_of, worded
from handlers.asking.previewing import lines_of
from handlers.cards import Button, Card
from handlers.pushing.item_words import name_of as topic_name
from handlers.reader import Reader
from handlers.topic_beside import Word, told
from services.affairs import covering
from services.affairs.covering import FOLLOW
from services.affairs.seating import ASKED, frame_of, open_to, seats
from storage import affairs, topics
from workflow.affair import Affair, AffairKind, AffairState
from workflow.affair_table import AffairEvent, AffairSeat

WATCHING: Final = frozenset({AffairSeat.OFFICE, AffairSeat.DISCIPLINE, AffairSeat.CHIEF, AffairSeat.OPENER})
BUTTONS: Final = (
    (AffairEvent.GIVE, "cover.give"),
    (AffairEvent.RELEASE, "cover.release"),
    (AffairEvent.ANSWER, "cover.follow"),
    (AffairEvent.ANSWER, "cover.na"),
    (AffairEvent.FINISH, "cover.finish"),
    (AffairEvent.DROP, "cover.drop"),
)


@drawn(AffairKind.COVER)
def cover_card(reader: Reader, affair: Affair, *, headline: str = "") -> Card:
    """What its reader may know of it, and do."""
    say, held = reader.say, seats(reader.work, frame_of(affair))
    watching = reader.private and bool(held & WATCHING)
    own = reader.private and AffairSeat.SUBJECT in held
    lines = lines_of(
        say("covering.of_topic", topic=_topic(reader, affair)),
        say("covering.step_line", step=step_of(reader, affair)),
        say("covering.person", person=names.titles(reader.tx, say, [affair.person_id])) if watching else "",
        say(f"covering.state.{affair.state}", until=_until(reader, affair)) if watching or own else "",
        _answer(reader, affair) if watching or own else "",
        _tally(reader, affair) if watching else "",
        _own_part(reader, affair),
    )
    title = headline or name_of(reader, affair)
    buttons = choices(reader, _buttons(reader, affair))
    return Card(title, lines, buttons, about=affair_about(affair), vanish=lasting(reader, affair))


@worded(AffairKind.COVER)
def words(reader: Reader, affair: Affair) -> dict[str, str]:
    """The step, and until when the person concerned may answer."""
    return {"step": step_of(reader, affair), "until": _until(reader, affair)}


@told(AffairKind.COVER)
def beside(reader: Reader, affair: Affair) -> Word | None:
    """A line on the topic's card: for who keeps it, whom it concerns, and who received it."""
    held = seats(reader.work, frame_of(affair))
    if not held & (WATCHING | {AffairSeat.SUBJECT, AffairSeat.ASKED}):
        return None
    return Word(affair.opened_at, status(reader, affair), not affair.settled)


def status(reader: Reader, affair: Affair) -> str:
    """Where it stands, in a line."""
    state = reader.say(f"covering.short.{affair.state}")
    return reader.say("covering.beside", number=affair.number, step=step_of(reader, affair), state=state)


def step_of(reader: Reader, affair: Affair) -> str:
    """The step in words; of a measure with its number."""
    step = step_name(reader, str(affair.facts["step"]))
    no = affair.facts.get("measure")
    return reader.say("covering.of_measure", no=no, step=step) if no else step


def step_name(reader: Reader, code: str) -> str:
    """What a step is called."""
    return reader.say.words(f"covering.step.{code}")[0]


def _topic(reader: Reader, affair: Affair) -> str:
    return topic_name(reader, topics.get(reader.tx, affair.topic_id)) if affair.topic_id else ""


def _until(reader: Reader, affair: Affair) -> str:
    return reader.dates.clock(datetime.fromisoformat(affair.facts["until"]))


def _answer(reader: Reader, affair: Affair) -> str:
    said = affair.words.get("answer", "")
    return reader.say("covering.answered", text=said) if said else ""


def _tally(reader: Reader, affair: Affair) -> str:
    if affair.state not in (AffairState.RELEASED, AffairState.DONE):
        return ""
    count = covering.tally(reader.tx, affair)
    lacking = names.titles(reader.tx, reader.say, count.lacking)
    return reader.say(
        "covering.tally_lacking" if count.lacking else "covering.tally",
        asked=count.asked,
        answered=count.asked - len(count.lacking),
        follow=count.follow,
        na=count.not_concerned,
        lacking=lacking,
    )


def _own_part(reader: Reader, affair: Affair) -> str:
    mine = [p for p in affairs.parts(reader.tx, affair.id, ASKED) if p.person_id == reader.actor.id]
    if not mine or not mine[0].answered_at:
        return ""
    return reader.say("covering.mine_follow" if mine[0].answer == FOLLOW else "covering.mine_na")


def _buttons(reader: Reader, affair: Affair) -> list[Button]:
    allowed = open_to(reader.work, affair)
    return [reader.button(verb, affair.id) for event, verb in BUTTONS if event in allowed]
