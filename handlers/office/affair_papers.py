"""出文书: papers of meetings, admonitions, self-checks, appraisals; the college's own by their names."""

from typing import Final

from handlers import printing
from handlers.asking.finding import apart
from handlers.asking.listing import alone
from handlers.cards import Button, Card, rows
from handlers.office.blanks import blank_named, order_blank
from handlers.reader import Reader
from handlers.registry import button, command
from handlers.turn import Turn
from services import papers
from services.affairs.papers import offered, require
from services.affairs.seating import concerned
from storage import affairs
from workflow.affair import Affair, AffairState
from workflow.errors import NotFound
from workflow.roles import Role

PAPER: Final = "affair"
SORTS: Final = ("agenda", "minutes")


@command("paper", Role.OFFICE, Role.DISCIPLINE_SECRETARY, Role.CHIEF)
def paper_command(turn: Turn, rest: str) -> None:
    """`出文书 M2026-03`, `出文书 M2026-03 议程`: the only paper, or a card to choose from; `出文书 四书`."""
    if not alone(turn):
        return
    number, said = apart(rest)
    if not number:
        turn.tell("papers.affair_which")
        return
    if own := blank_named(turn, rest):
        order_blank(turn, *own)
        return
    affair = affairs.by_number(turn.tx, number.upper())
    if not concerned(turn.work, affair):
        raise NotFound("no_such_affair")
    found = offered(turn.work, affair)
    named = [one for one in SORTS if said.casefold() in turn.say.words(f"papers.sort.{one}")]
    if len(found) == 1 or named:
        affair_paper(turn, affair.id, (named or found)[0])
    elif found:
        turn.reply(Card(affair.number, buttons=rows(*(_button(turn, affair, one) for one in found))))
    else:
        turn.tell("papers.affair_none", name=affair.number)


@button("affair.paper")
def affair_paper(turn: Turn, affair_id: int, paper: str) -> None:
    """Draw one paper of an affair."""
    if not alone(turn):
        return
    affair = affairs.get(turn.tx, affair_id)
    require(turn.work, affair, paper)
    papers.note(turn.work, paper, {"affair": affair.id})
    name = turn.say(f"papers.name.{paper}", number=affair.number)
    answer = Card(lines=(turn.say("papers.ordered", name=name),))
    printing.order(turn, PAPER, str(affair.id), paper, answer=answer)


def paper_buttons(reader: Reader, affair: Affair) -> list[Button]:
    """A button for each paper its reader may have now; none while it is being filled in, but by command."""
    there = reader.private and affair.state is not AffairState.OPEN
    found = offered(reader.work, affair) if there else []
    return [_button(reader, affair, one) for one in found]


def _button(reader: Reader, affair: Affair, paper: str) -> Button:
    return reader.button("affair.paper", affair.id, paper, label=f"paper_{paper}")
