"""A list on a card: five lines a page, a numbered button for each, and one for the next page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from handlers.cards import Button, Card, rows
from handlers.reader import Reader
from handlers.turn import Turn

PAGE: Final = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """A line and what its number opens; `heading` is written above the first of a group."""

    text: str
    verb: str = ""
    args: tuple[int | str, ...] = ()
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Pager:
    """Where in a list one is, and the press that shows another page: its arguments, then the page."""

    verb: str
    args: tuple[int | str, ...] = ()
    page: int = 0

    @property
    def start(self) -> int:
        """How many entries come before this page."""
        return self.page * PAGE

    def turn_to(self, reader: Reader, total: int) -> Button | None:
        """The next page's button, from the last page back to the first; None where one page holds all."""
        if total <= PAGE:
            return None
        following = self.page + 1 if self.start + PAGE < total else 0
        return reader.button(self.verb, *self.args, following, label="more")


def list_card(reader: Reader, title: str, shown: Sequence[Entry], total: int, pager: Pager) -> Card:
    """One page of a list: `shown` are the entries on it, `total` counts all."""
    lines: list[str] = []
    buttons: list[Button | None] = []
    heading = ""
    for number, entry in enumerate(shown, pager.start + 1):
        if entry.heading != heading:
            heading = entry.heading
            lines.append(heading)
        lines.append(reader.say("queries.line", no=number, text=entry.text))
        buttons.append(Button(str(number), entry.verb, entry.args) if entry.verb else None)
    if total > PAGE:
        pages = -(-total // PAGE)
        lines.append(reader.say("queries.page", page=pager.page + 1, pages=pages, total=total))
    return Card(title=title, lines=tuple(lines), buttons=rows(*buttons, pager.turn_to(reader, total)))


def alone(turn: Turn) -> bool:
    """Whether nobody reads along; in a group the person is asked to come to the private chat."""
    if not turn.private:
        turn.tell("queries.private_only")
    return turn.private


def show(turn: Turn, card: Card) -> None:
    """Turn the page on the list that was pressed; anything else is answered by a new card."""
    if turn.pressed is not None and turn.pressed.subject_id is None:
        turn.edit(card)
    else:
        turn.reply(card)
