"""A proposed admonition: the facts by their dates, and where it stands; never a word of a talk.

Only those who watch over it and those asked see it; whom it is about sees the dates once they are registered.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final

from handlers import names
from handlers.affair_cards import affair_about, choices, drawn, lasting, name_of
from handlers.asking.previewing import lines_of
from handlers.cards import Button, Card
from handlers.pushing.item_words import name_of as topic_name
from handlers.reader import Reader
from handlers.topic_beside import Word, told
from services.affairs import admonishing
from services.affairs.seating import ASKED, frame_of, open_to, seats
from storage import affairs, topics
from workflow.affair import Affair, AffairKind, AffairState
from workflow.affair_table import AffairEvent, AffairSeat
from workflow.errors import NotFound

WATCHING: Final = frozenset(
    {
        AffairSeat.ASKED,
        AffairSeat.OPENER,
        AffairSeat.OFFICE,
        AffairSeat.DISCIPLINE,
        AffairSeat.CHIEF,
    }
)
BUTTONS: Final = (
    (AffairEvent.APPROVE, "talk.approve"),
    (AffairEvent.RECORD, "talk.date"),
    (AffairEvent.FINISH, "talk.result"),
    (AffairEvent.DROP, "talk.drop"),
)
MOST: Final = 6
"""Dates of a kind that are written out; the rest are counted."""


@drawn(AffairKind.ADMONITION)
def talk_card(reader: Reader, affair: Affair, *, headline: str = "") -> Card:
    """What its reader may know of it. Raises NotFound for whom it does not concern."""
    held = seats(reader.work, frame_of(affair))
    title, dates = headline or name_of(reader, affair), _registered(reader, affair)
    if AffairSeat.SUBJECT in held or not held & WATCHING:
        if AffairSeat.SUBJECT not in held or not dates:
            raise NotFound("no_such_affair")
        return Card(title, dates, about=affair_about(affair))
    say = reader.say
    lines = lines_of(
        say("admonishing.about", person=names.titles(reader.tx, say, [affair.person_id])),
        say("admonishing.of_topic", topic=_topic(reader, affair)),
        fact_lines(reader, affair.facts["dates"], affair.facts["reminders"]),
        say("admonishing.asked", people=_asked(reader, affair)),
        say("admonishing.state_line", state=say(f"admonishing.state.{affair.state}")),
        say("admonishing.paused") if _paused(reader, affair) else "",
        dates,
    )
    buttons = choices(reader, _buttons(reader, affair))
    return Card(title, lines, buttons, about=affair_about(affair), vanish=lasting(reader, affair))


@told(AffairKind.ADMONITION)
def beside(reader: Reader, affair: Affair) -> Word | None:
    """A line on the topic's card, for who watches over it; never for whom it is about."""
    held = seats(reader.work, frame_of(affair))
    if AffairSeat.SUBJECT in held or not held & WATCHING:
        return None
    key = "paused_short" if _paused(reader, affair) else f"state.{affair.state}"
    state = reader.say(f"admonishing.{key}")
    text = reader.say("admonishing.beside", number=affair.number, state=state)
    return Word(affair.opened_at, text, not affair.settled)


def fact_lines(reader: Reader, dates: dict[str, list[str]], unheeded: int) -> tuple[str, ...]:
    """How often and when: facts, and no judgement."""
    say = reader.say
    lines = [
        say(f"admonishing.fact.{name}", count=len(days), dates=_spelt(reader, days))
        for name, days in dates.items()
        if days
    ]
    return (*lines, say("admonishing.fact.unheeded", count=unheeded))


def _spelt(reader: Reader, days: Iterable[str]) -> str:
    listed = list(days)
    shown = reader.say("common.listing").join(_short(reader, day) for day in listed[:MOST])
    return reader.say("admonishing.and_more", dates=shown) if len(listed) > MOST else shown


def _short(reader: Reader, day: str) -> str:
    return reader.dates.short(reader.policy.calendar.end_of(date.fromisoformat(day)))


def _registered(reader: Reader, affair: Affair) -> tuple[str, ...]:
    """The dates and codes that were entered."""
    say, facts = reader.say, affair.facts
    if not facts.get("talked_on"):
        return ()
    form = say(f"admonishing.form.{facts['form']}")
    talked = say("admonishing.talked", date=_short(reader, facts["talked_on"]), form=form)
    follow, result = facts.get("follow_up"), facts.get("result")
    return lines_of(
        talked,
        say("admonishing.follow", date=_short(reader, follow)) if follow else "",
        say("admonishing.result_line", result=say(f"admonishing.result.{result}")) if result else "",
    )


def _topic(reader: Reader, affair: Affair) -> str:
    return topic_name(reader, topics.get(reader.tx, affair.topic_id)) if affair.topic_id else ""


def _asked(reader: Reader, affair: Affair) -> str:
    parts = affairs.parts(reader.tx, affair.id, ASKED)
    return names.titles(reader.tx, reader.say, [p.person_id for p in parts if not p.answered_at])


def _paused(reader: Reader, affair: Affair) -> bool:
    topic = admonishing.topic_of(affair)
    return affair.state is AffairState.OPEN and admonishing.paused(reader.tx, reader.policy, topic)


def _buttons(reader: Reader, affair: Affair) -> list[Button]:
    allowed = open_to(reader.work, affair)
    stopped = {AffairEvent.APPROVE} if _paused(reader, affair) else set()
    return [
        reader.button(verb, affair.id) for event, verb in BUTTONS if event in allowed and event not in stopped
    ]
