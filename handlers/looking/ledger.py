"""台账: the topics one may see, by state, lateness, kind, year or one's own, page by page.

A filter is a word a person says or presses; between presses it is kept as a code.
"""

from collections.abc import Iterable
from typing import Any, Final

from handlers import names
from handlers.asking.listing import PAGE, Entry, Pager, alone, list_card, show
from handlers.cards import Button, Card, fit, rows
from handlers.looking.seeing import concerning, visible
from handlers.pushing.notices_words import name_of
from handlers.reader import Reader
from handlers.registry import button, command
from handlers.topic_card import state_of
from handlers.turn import Turn
from services.telling import responsible
from storage import topics
from workflow.topic import Topic, TopicState

ALL, LATE, OWN = "all", "late", "own"
STATES: Final = (TopicState.ISSUED, TopicState.IN_PROGRESS, TopicState.SUBMITTED, TopicState.CLOSED)
CATEGORY: Final = "category:"


@command("list")
def list_command(turn: Turn, rest: str) -> None:
    """`台账`, `台账 整改中`, `台账 逾期 2026 本人`."""
    if not alone(turn):
        return
    codes = [_code(turn, word) for word in rest.split()]
    unknown = [word for word, code in zip(rest.split(), codes, strict=True) if not code]
    if unknown:
        turn.tell("queries.unknown_filter", words=turn.say("common.listing").join(unknown))
    elif codes:
        ledger(turn, " ".join(codes))
    else:
        turn.reply(_overview(turn))


@button("ledger")
def ledger(turn: Turn, codes: str, page: int = 0) -> None:
    """One page of the ledger under some filters."""
    where = (*visible(turn), *(_condition(turn, code) for code in codes.split() if code != ALL))
    total = topics.count(turn.tx, *where)
    words = turn.say("common.listing").join(_word(turn, code) for code in codes.split())
    title = turn.say("queries.ledger_of", words=words)
    if not total:
        show(turn, Card(title, (turn.say("queries.ledger_empty"),)))
        return
    pager = Pager("ledger", (codes,), page)
    shown = [line(turn, topic) for topic in topics.find(turn.tx, *where, limit=PAGE, offset=pager.start)]
    show(turn, list_card(turn, title, shown, total, pager))


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
    return Card(turn.say("queries.ledger"), (*lines, turn.say("queries.ledger_hint")), rows(*buttons))


def _count(turn: Turn, code: str) -> int:
    more = () if code == ALL else (_condition(turn, code),)
    return topics.count(turn.tx, *visible(turn), *more)


def _condition(turn: Turn, code: str) -> Any:
    if code == LATE:
        return topics.past_deadline(turn.tx.now)
    if code == OWN:
        return concerning(turn)
    if code.isdigit():
        return topics.issued_in(int(code))
    if code.startswith(CATEGORY):
        return topics.of_category(code.removeprefix(CATEGORY))
    return topics.in_states(TopicState(code))


def _code(turn: Turn, word: str) -> str:
    """The code of a filter's word in any language; "" for an unknown one."""
    folded = word.casefold()
    if folded.removesuffix(turn.say("queries.year_sign")).isdigit() and len(folded.strip()) >= len("2026"):
        return folded[:4]
    listed = [*STATES, TopicState.WITHDRAWN, LATE, OWN, ALL]
    for code in (*listed, *(f"{CATEGORY}{c}" for c in turn.policy.categories)):
        if folded in _spellings(turn, code):
            return str(code)
    return ""


def _spellings(turn: Turn, code: str) -> Iterable[str]:
    if code.startswith(CATEGORY):
        category = turn.policy.categories[code.removeprefix(CATEGORY)]
        return (category.name.casefold(), category.code.casefold())
    known = turn.say.words(f"queries.filter.{code}")
    return [word.casefold() for word in known]


def _word(turn: Turn, code: str) -> str:
    if code.isdigit():
        return code
    if code.startswith(CATEGORY):
        return turn.policy.categories[code.removeprefix(CATEGORY)].name
    return turn.say.words(f"queries.filter.{code}")[0]
