"""出文书 四书 017: a blank of the college's own, by its file's name; 文书模板 lists what there is."""

from handlers import printing
from handlers.asking.addressed import here
from handlers.asking.finding import by_number
from handlers.cards import Card
from handlers.papers.writing import called
from handlers.turn import Turn
from reports.papers.blank import names
from services import papers

BLANK = "blank"


def blank_named(turn: Turn, rest: str) -> tuple[str, str] | None:
    """The blank that a text begins with, the longest name first, and what follows it; None of none."""
    said = rest.strip()
    for name in sorted(names(turn.policy.templates), key=len, reverse=True):
        head, behind = said[: len(name)], said[len(name) :]
        if head.casefold() == name.casefold() and (not behind or behind[0].isspace()):
            return name, behind.strip()
    return None


def order_blank(turn: Turn, name: str, number: str) -> None:
    """Order it, with a topic's fields where a number was given. Raises NoRight and NotFound."""
    papers.require(turn.work)
    topic = here(turn, by_number(turn, number)) if number else None
    papers.note(turn.work, BLANK, {"topic": topic.id if topic else None})
    answer = Card(lines=(turn.say("papers.ordered", name=called(turn, name, topic)),))
    printing.order(turn, BLANK, name, str(topic.id) if topic else "", answer=answer)


def listed(turn: Turn) -> str:
    """A line of the blanks there are, or how to have some."""
    found = names(turn.policy.templates)
    if not found:
        return turn.say("papers.blank.none")
    return turn.say("papers.blank.list", names=turn.say("common.listing").join(found), name=found[0])
