"""A reply that says what a button of its card says is a press of it: 领题, 收到, 同意延期; so is a mere nod.

A nod (好的) means 知悉 or 收到 where the card asks for one. It is never a report.
"""

from typing import Final

from handlers.asking.naming import spoken
from handlers.cards import Button, load
from handlers.turn import Turn

NODDED: Final = ("acknowledge", "measure.receive", "measures.receive")
_ENDS: Final = " \t\r\n,，。.;；!！~～"


def button_said(turn: Turn, text: str) -> Button | None:
    """The button of the card replied to that the reply speaks, or None."""
    if turn.replied is None or turn.work.said.files or turn.replied.person_id not in (None, turn.actor.id):
        return None
    buttons = [button for row in load(turn.replied.body).buttons for button in row]
    named = next((button for button in buttons if button.label.casefold() == _bare(text)), None)
    if named is None and is_nod(text):
        return next((button for button in buttons if button.verb in NODDED), None)
    return named


def is_nod(text: str) -> bool:
    """Whether a text says no more than that it was read."""
    return _bare(text) in {word.casefold() for word in spoken("phrases.nod")}


def _bare(text: str) -> str:
    return text.strip(_ENDS).casefold()
