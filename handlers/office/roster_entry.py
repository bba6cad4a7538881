"""Entering words into the roster: somebody new, a new unit, another title, name or telephone."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from handlers.asking.whom import keeper
from handlers.cards import Card, rows
from handlers.office.roster_cards import person_card, unit_card
from handlers.office.roster_changes import identity, unit_identity
from handlers.registry import answers, button
from handlers.turn import Turn
from services import directory, directory_units
from services.administering import Act
from services.directory import Identity
from services.directory_units import UnitIdentity
from storage import people
from storage.dialogues import Dialogue
from workflow.errors import Missing, NotFound
from workflow.roles import PersonId, UnitId

ENTRY: Final = "entry"


@button("person_new")
def person_new(turn: Turn) -> None:
    """Somebody new."""
    entry(turn, "person_new", 0)


@button("unit_new")
def unit_new(turn: Turn) -> None:
    """A new unit."""
    entry(turn, "unit_new", 0)


@button("person_edit")
def person_edit(turn: Turn, person_id: PersonId) -> None:
    """What of a person may be written anew."""
    card = person_card(turn, person_id)
    ways = [
        turn.button("entry", name, person_id, label=f"edit_{name}")
        for name in ("title", "name", "code", "contact")
    ]
    turn.edit(Card(card.title, card.lines, rows(*ways, turn.button("person", person_id, label="back"))))


@button("entry")
def entry(turn: Turn, field: str, item: int) -> None:
    """Ask for the words."""
    keeper(turn, Act.PEOPLE)
    question = turn.say(f"roster.enter.{field}")
    turn.ask(
        ENTRY,
        "text",
        {"field": field, "item": item},
        Card(lines=(question,), buttons=rows(turn.button("cancel"))),
    )


@answers(ENTRY)
def entered(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """The words came: read them back before they count."""
    if not text:
        raise Missing("fields_missing", fields=())
    draft = {**dialogue.draft, "text": text}
    line = turn.say("roster.sure", field=turn.say(f"roster.entry.{draft['field']}"), text=text)
    turn.ask(
        ENTRY,
        "sure",
        draft,
        Card(lines=(line,), buttons=rows(turn.button("entry_yes", label="yes"), turn.button("cancel"))),
    )


@button("entry_yes")
def entry_yes(turn: Turn) -> None:
    """Write them down."""
    kept = turn.dialogue
    if kept is None or kept.name != ENTRY or kept.step != "sure":
        raise NotFound("unknown_button")
    draft = kept.draft
    card = ENTRIES[draft["field"]](turn, draft["item"], draft["text"])
    turn.done()
    turn.toast("roster.done")
    turn.edit(card)


def _new_person(turn: Turn, item: int, text: str) -> Card:
    title, code = _two(text)
    return person_card(turn, directory.add_person(turn.work, Identity(code, title)).id)


def _new_unit(turn: Turn, item: int, text: str) -> Card:
    name, code = _two(text)
    return unit_card(turn, directory_units.add_unit(turn.work, UnitIdentity(code, name)).id)


def _unit_name(turn: Turn, item: int, text: str) -> Card:
    unit = people.unit(turn.tx, UnitId(item))
    directory_units.change_unit(turn.work, unit.id, replace(unit_identity(unit), name=text))
    return unit_card(turn, unit.id)


def _of_person(field: str) -> Callable[[Turn, int, str], Card]:
    def write(turn: Turn, item: int, text: str) -> Card:
        who = PersonId(item)
        directory.change_person(turn.work, who, replace(identity(turn.work, who), **{field: text}))
        return person_card(turn, who)

    return write


def _two(text: str) -> tuple[str, str]:
    """A title and, behind a blank, a code; without one the title serves."""
    title, _, code = text.strip().rpartition(" ")
    return (title.strip(), code) if title else (code, code)


ENTRIES: Final[Mapping[str, Callable[[Turn, int, str], Card]]] = {
    "person_new": _new_person,
    "unit_new": _new_unit,
    "unit_name": _unit_name,
    **{field: _of_person(field) for field in ("title", "name", "code", "contact")},
}
