"""出督办单, 督办通报, 年终材料 and whatever else an office prints: ordered here, drawn after the turn."""

from collections.abc import Iterable, Mapping
from typing import Final

from handlers import printing
from handlers.asking.finding import apart, by_number, candidates
from handlers.asking.listing import alone
from handlers.cards import Button, Card, rows
from handlers.office import blanks
from handlers.papers.writing import circular_name
from handlers.reader import Reader
from handlers.registry import button, command
from handlers.topic_beside import offered
from handlers.turn import Turn
from services import papers
from services.papers import COLOURED, Slip
from storage import topics
from workflow.dates_period import parse_period, year_of
from workflow.roles import Role
from workflow.topic import Topic, TopicId
from workflow.transitions import Event

HEADS: Final = (Role.OFFICE, Role.DISCIPLINE_SECRETARY, Role.CHIEF)
MOST: Final = 5
A_SECOND: Final = 12
"""So many papers are made in a second, at least."""
MEANT: Final = ""
"""The colour the ladder means."""


@command("slip", *HEADS)
def slip_command(turn: Turn, rest: str) -> None:
    """`出督办单 017`."""
    if not alone(turn):
        return
    papers.require(turn.work)
    if rest.strip():
        slip(turn, by_number(turn, rest.split()[0]).id, Slip.PLAIN)
    else:
        _which(turn, candidates(turn, Event.NUDGE), "papers.which_topic", "papers.nothing_open", Slip.PLAIN)


@command("warning", *HEADS)
def warning_command(turn: Turn, rest: str) -> None:
    """`出预警单 017`, `出预警单 017 橙色`: by hand, or the colour the reminders have come to."""
    if not alone(turn):
        return
    papers.require(turn.work)
    first, said = apart(rest)
    if not first:
        found, now = candidates(turn, Event.NUDGE), turn.tx.now
        late = [topic for topic in found if topic.overdue(now) or papers.behind(turn.tx, topic)]
        _which(turn, late, "papers.which_overdue", "papers.nothing_overdue", MEANT)
        return
    topic, colour = by_number(turn, first), _colour(turn, said)
    if colour is None:
        turn.tell("papers.no_colour", text=said)
    else:
        slip(turn, topic.id, colour)


@button("slip")
def slip(turn: Turn, topic_id: int, paper: str = Slip.PLAIN) -> None:
    """Number it and draw it; for what is overdue the coloured papers are offered beside."""
    if not alone(turn):
        return
    topic = topics.get(turn.tx, TopicId(topic_id))
    wanted = Slip(paper) if paper else papers.warned(turn.tx, topic).paper or Slip.YELLOW
    number = papers.slip(turn.work, topic, wanted)
    name = turn.say(f"papers.name.{wanted}", number=topic.number)
    others = [one for one in COLOURED if one is not wanted and topic.overdue(turn.tx.now)]
    buttons = [turn.button("slip", topic.id, one, label=f"slip_{one}") for one in others]
    answer = Card(lines=(turn.say("papers.ordered", name=name),), buttons=rows(*buttons))
    args = (str(topic.id), wanted, str(number.year), str(number.no), number.at.isoformat())
    _order(turn, "slip", *args, answer=answer, facts={"topic": topic.id, "kind": wanted})


@offered
def slip_offered(reader: Reader, topic: Topic) -> Iterable[Button]:
    """On the card of a topic that may be pressed, for the office and the discipline secretary."""
    if reader.actor.roles & {Role.OFFICE, Role.DISCIPLINE_SECRETARY} and papers.may_press(reader.work, topic):
        yield reader.button("slip", topic.id)


@command("circular", *HEADS)
def circular(turn: Turn, rest: str) -> None:
    """`督办通报 2026年3月`, `督办通报 上月`; of this month where nothing is said."""
    if not alone(turn):
        return
    papers.require(turn.work)
    today = turn.dates.today
    period = parse_period(rest or f"{today:%Y-%m}", today)
    if period is None:
        turn.tell("papers.no_period", text=rest.strip())
        return
    name = circular_name(turn, period)
    if period.first > today:
        turn.tell("papers.period_ahead", name=name)
        return
    dates = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    _ordered(turn, "circular", *dates.values(), name=name, facts=dates)


@command("year_end", *HEADS)
def year_end(turn: Turn, rest: str) -> None:
    """`年终材料 2026`."""
    if not alone(turn):
        return
    papers.require(turn.work)
    year = _year(turn, rest)
    if year is None:
        return
    count, name = papers.size(turn.tx), turn.say("papers.name.year_end", year=year)
    seconds = 1 + count // A_SECOND
    answer = Card(lines=(turn.say("papers.ordered_many", name=name, count=count, seconds=seconds),))
    _order(turn, "year_end", str(year), answer=answer, facts={"year": year, "count": count})


@command("own_draft", Role.CHIEF, Role.LEADER, Role.DISCIPLINE_SECRETARY)
def own_draft(turn: Turn, rest: str) -> None:
    """`我的述责述廉`, `我的述责述廉 2025`: one's own, and nobody else's."""
    if not alone(turn):
        return
    if not turn.actor.roles & {Role.CHIEF, Role.LEADER, Role.DISCIPLINE_SECRETARY}:
        turn.tell("papers.not_yours")
        return
    year = _year(turn, rest)
    if year is not None:
        name = turn.say("papers.name.own_draft", year=year)
        _ordered(turn, "own_draft", str(year), name=name, facts={"year": year})


@command("templates", Role.OFFICE)
def templates(turn: Turn, rest: str) -> None:
    """`文书模板`: what an office may edit in Word, and the blanks that are its own."""
    if not alone(turn):
        return
    papers.require(turn.work)
    said = turn.say("papers.ordered", name=turn.say("papers.name.templates"))
    _order(turn, "templates", answer=Card(lines=(said, blanks.listed(turn))), facts={})


def _which(turn: Turn, found: list[Topic], question: str, nothing: str, paper: str) -> None:
    """Which topic, where none was named: the most urgent ones, each a press."""
    shown = found[:MOST]
    lines = tuple(_line(turn, topic) for topic in shown)
    buttons = [Button(topic.number, "slip", (topic.id, paper)) for topic in shown]
    if shown:
        turn.reply(Card(turn.say(question), lines, rows(*buttons)))
    else:
        turn.tell(nothing)


def _line(turn: Turn, topic: Topic) -> str:
    key = "topics.number_only" if topic.confidential else "topics.heading"
    return turn.say(key, number=topic.number, title=topic.short_title)


def _colour(turn: Turn, said: str) -> str | None:
    """The paper of a colour; the ladder's own where none is said, None where it is not understood."""
    if not said:
        return MEANT
    word = said.strip().casefold()
    return next((one for one in COLOURED if word in turn.say.words(f"papers.colour.{one}")), None)


def _year(turn: Turn, rest: str) -> int | None:
    """The year somebody named, this one where nothing is said; else it is said that it was not understood."""
    today = turn.dates.today
    period = parse_period(rest or str(today.year), today)
    year = year_of(period) if period else None
    if year is None:
        turn.tell("papers.no_year", text=rest.strip())
        return None
    if year > today.year:
        turn.tell("papers.period_ahead", name=turn.say("papers.name.year_end", year=year))
        return None
    return year


def _ordered(turn: Turn, paper: str, *args: str, name: str, facts: Mapping[str, object]) -> None:
    """Order a paper, saying what is being made."""
    _order(turn, paper, *args, answer=Card(lines=(turn.say("papers.ordered", name=name),)), facts=facts)


def _order(turn: Turn, paper: str, *args: str, answer: Card, facts: Mapping[str, object]) -> None:
    papers.note(turn.work, paper, facts)
    printing.order(turn, paper, *args, answer=answer)
