"""台账: the topics one may see, by state, lateness, kind, unit, year or one's own, page by page.

A filter is a word a person says or presses; between presses it is kept as a code.
"""

from collections.abc import Iterable
from typing import Any, Final

from handlers import names
from handlers.asking.listing import PAGE, Entry, Pager, alone, list_card, show
from handlers.cards import MOST_BUTTONS, Button, Card, fit, rows
from handlers.looking.seeing import concerning, visible
from handlers.pushing.item_words import name_of
from handlers.reader import Reader
from handlers.registry import button, command
from handlers.topic_card import state_of
from handlers.turn import Turn
from services.telling import responsible
from storage import people, topics
from workflow.roles import UnitId
from workflow.topic import Topic, TopicState

ALL, LATE, OWN, SOON = "all", "late", "own", "soon"
STATES: Final = (TopicState.ISSUED, TopicState.IN_PROGRESS, TopicState.SUBMITTED, TopicState.CLOSED)
CATEGORY: Final = "category:"
UNIT: Final = "unit:"


@command("list")
def list_command(turn: Turn, rest: str) -> None:
    """`台账`, `台账 整改中`, `台账 逾期 2026 本人`."""
    if not alone(turn):
        return
    codes = filtered(turn, rest)
    if codes:
        ledger(turn, " ".join(codes))
    elif codes is not None:
        turn.reply(_overview(turn))


@button("ledger")
def ledger(turn: Turn, codes: str, page: int = 0) -> None:
    """One page of the ledger under some filters."""
    where = (*visible(turn), *conditions(turn, codes.split()))
    total = topics.count(turn.tx, *where)
    title = turn.say("queries.ledger_of", words=named(turn, codes.split()))
    if not total:
        show(turn, Card(title, (turn.say("queries.ledger_empty"),)))
        return
    pager = Pager("ledger", (codes,), page)
    shown = [line(turn, topic) for topic in topics.find(turn.tx, *where, limit=PAGE, offset=pager.start)]
    show(turn, list_card(turn, title, shown, total, pager))


def filtered(turn: Turn, words: str) -> list[str] | None:
    """The codes of the filters somebody named; None, and it is said, where one is not understood."""
    codes = [_code(turn, word) for word in words.split()]
    unknown = [word for word, code in zip(words.split(), codes, strict=True) if not code]
    if not unknown:
        return codes
    turn.tell("queries.unknown_filter", words=turn.say("common.listing").join(unknown))
    return None


def conditions(reader: Reader, codes: Iterable[str]) -> list[Any]:
    """What filters ask of a topic."""
    return [_condition(reader, code) for code in codes if code != ALL]


def named(reader: Reader, codes: Iterable[str]) -> str:
    """Filters in words."""
    return reader.say("common.listing").join(_word(reader, code) for code in codes)


def line(reader: Reader, topic: Topic) -> Entry:
    """A topic as a line of a list; a confidential one is its number."""
    text = reader.say(
        "queries.topic",
        name=name_of(reader, topic),
        state=state_of(reader, topic),
        owner=names.titles(reader.tx, reader.say, responsible(topic)),
    )
    return Entry(text, "topic.open", (topic.id,))


def _overview(turn: Turn) -> Card:
    """How many there are of each, and a button for each."""
    counts = {code: _count(turn, code) for code in (*STATES, LATE, ALL)}
    lines = [turn.say("queries.count", what=_word(turn, code), count=n) for code, n in counts.items() if n]
    buttons = [Button(fit(_word(turn, code)), "ledger", (code,)) for code, n in counts.items() if n]
    if not buttons:
        return Card(turn.say("queries.ledger"), (turn.say("queries.ledger_empty"),))
    shown = (*buttons[: MOST_BUTTONS - 1], turn.button("export", ALL))
    return Card(turn.say("queries.ledger"), (*lines, turn.say("queries.ledger_hint")), rows(*shown))


def _count(turn: Turn, code: str) -> int:
    more = () if code == ALL else (_condition(turn, code),)
    return topics.count(turn.tx, *visible(turn), *more)


def _condition(reader: Reader, code: str) -> Any:
    if code == LATE:
        return topics.past_deadline(reader.tx.now)
    if code == OWN:
        return concerning(reader)
    if code.isdigit():
        return topics.issued_in(int(code))
    if code.startswith(CATEGORY):
        return topics.of_category(code.removeprefix(CATEGORY))
    if code.startswith(UNIT):
        return topics.of_unit(UnitId(int(code.removeprefix(UNIT))))
    if code == SOON:
        calendar = reader.policy.calendar
        last = calendar.add_workdays(reader.dates.today, reader.policy.near_days)
        return topics.due_within(reader.tx.now, calendar.end_of(last))
    return topics.in_states(TopicState(code))


def _code(turn: Turn, word: str) -> str:
    """The code of a filter's word in any language; "" for an unknown one."""
    folded = word.casefold()
    if folded.removesuffix(turn.say("queries.year_sign")).isdigit() and len(folded.strip()) >= len("2026"):
        return folded[:4]
    listed = [*STATES, TopicState.WITHDRAWN, LATE, SOON, OWN, ALL]
    for code in (*listed, *(f"{CATEGORY}{c}" for c in turn.policy.categories)):
        if folded in _spellings(turn, code):
            return str(code)
    unit = people.unit_named(turn.tx, word)
    return f"{UNIT}{unit.id}" if unit else ""


def _spellings(turn: Turn, code: str) -> Iterable[str]:
    if code.startswith(CATEGORY):
        category = turn.policy.categories[code.removeprefix(CATEGORY)]
        return (category.name.casefold(), category.code.casefold())
    known = turn.say.words(f"queries.filter.{code}")
    return [word.casefold() for word in known]


def _word(reader: Reader, code: str) -> str:
    if code.isdigit():
        return code
    if code.startswith(CATEGORY):
        return reader.policy.categories[code.removeprefix(CATEGORY)].name
    if code.startswith(UNIT):
        return people.unit(reader.tx, UnitId(int(code.removeprefix(UNIT)))).name
    return reader.say.words(f"queries.filter.{code}")[0]
