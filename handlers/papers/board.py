"""The board as a picture, with the same facts in words; words alone where the machine has no Chinese font."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from handlers.cards import Card
from handlers.looking.board import scope_of
from handlers.looking.seeing import visible
from handlers.papers.pictures import pictured
from handlers.printing import Paper
from handlers.reader import Reader
from reports.drawing.board import Board, picture, sentences
from reports.figures import Scope, figures
from storage import people
from storage.people import Unit
from workflow.roles import Role, UnitId

TOLD: Final = frozenset({Role.CHIEF, Role.OFFICE, Role.DISCIPLINE_SECRETARY})
"""Who may know how many were admonished."""


def draw(reader: Reader, args: Sequence[str], folder: Path) -> Paper:
    """The picture of what the reader may see by now, of one unit's topics if an id is given."""
    unit = people.unit(reader.tx, UnitId(int(args[0]))) if args[0] else None
    shown = of_reader(reader, unit)
    if not shown.figures.total:
        return Paper(Card(lines=(reader.say("board.chat.gone"),)), {})
    name = reader.say("board.chat.file", today=reader.dates.today.isoformat())
    return pictured(reader, Card(lines=tuple(sentences(shown))), lambda: picture(shown), folder, name)


def of_reader(reader: Reader, unit: Unit | None = None) -> Board:
    """The board somebody may see, for whoever draws it: in a chat or on a page."""
    scope = Scope(visible(reader), unit.id if unit else None, admonitions=bool(reader.actor.roles & TOLD))
    found = figures(reader.tx, reader.policy, scope)
    return Board(found, scope_of(reader, unit), reader.say, reader.policy)
