"""不漏人不缺项: what is empty or in the wrong hands, each with what to do about it."""

from typing import Final

from handlers import names
from handlers.asking.listing import PAGE, Entry, Pager, alone, list_card, show
from handlers.cards import Card
from handlers.pushing.item_words import name_of
from handlers.reader import Reader
from handlers.registry import button, command
from handlers.turn import Turn
from services.affairs.coverage import Found, Gap, gaps
from storage import people, topics
from workflow.errors import NoRight
from workflow.roles import Role, Seat

COVERAGE: Final = "coverage"
WATCHING: Final = (Role.OFFICE, Role.CHIEF, Role.DISCIPLINE_SECRETARY)


@command(COVERAGE, *WATCHING)
def coverage_command(turn: Turn, rest: str) -> None:
    """`不漏人不缺项`."""
    if alone(turn):
        coverage(turn, 0)


@button("coverage.page")
def coverage(turn: Turn, page: int) -> None:
    """One page of what is missing, in groups; each group says what to do. Raises NoRight."""
    if not turn.actor.roles & {*WATCHING}:
        raise NoRight("may_not_look", needed=(Seat.OFFICE, Seat.CHIEF, Seat.DISCIPLINE))
    found = gaps(turn.work)
    title = turn.say("coverage.title")
    if not found:
        show(turn, Card(title, (turn.say("coverage.whole"),)))
        return
    pager = Pager("coverage.page", (), page)
    shown = [_entry(turn, one) for one in found[pager.start : pager.start + PAGE]]
    show(turn, list_card(turn, title, shown, len(found), pager))


def _entry(reader: Reader, one: Found) -> Entry:
    heading = reader.say(f"coverage.do.{one.gap}")
    if one.topic_id is not None:
        return Entry(_item(reader, one), "topic.open", (one.topic_id,), heading)
    return Entry(_seat(reader, one), heading=heading)


def _item(reader: Reader, one: Found) -> str:
    [topic] = topics.by_ids(reader.tx, [one.topic_id] if one.topic_id is not None else [])
    if one.no:
        return reader.say("measures.heading", number=topic.number, no=one.no)
    return name_of(reader, topic)


def _seat(reader: Reader, one: Found) -> str:
    if one.unit_id is not None:
        return names.units(reader.tx, reader.say, [one.unit_id])
    if one.person_id is not None:
        return people.get(reader.tx, one.person_id).title
    if one.gap is Gap.VERIFIER:
        return reader.policy.categories[one.code].name
    return reader.say(f"role.{one.code}")
