"""Whose eyes a card is drawn for: everybody sees the college from a seat, in a language, alone or not.

A turn's speaker is one; so is whoever a push goes to, who has not spoken at all.
"""

from dataclasses import dataclass

from handlers import texts
from handlers.cards import Button
from handlers.dates import Dates
from handlers.texts import Catalogue
from services.policy import Policy
from services.work import Said, Work
from storage.people import Person
from storage.store import Tx


@dataclass(slots=True)
class Reader:
    """What drawing a card needs. `private`: nobody else reads along."""

    work: Work
    say: Catalogue
    private: bool

    @property
    def tx(self) -> Tx:
        """The transaction."""
        return self.work.tx

    @property
    def policy(self) -> Policy:
        """What the college has set."""
        return self.work.policy

    @property
    def actor(self) -> Person:
        """Who reads, and may press."""
        return self.work.actor

    @property
    def dates(self) -> Dates:
        """Dates in the reader's language and the college's zone."""
        return Dates(self.say, self.policy.calendar, self.tx.now)

    def button(self, verb: str, *args: int | str, label: str = "") -> Button:
        """A button labelled in the reader's language; the label's name is the verb unless given."""
        return Button(self.say(f"buttons.{label or verb}"), verb, args)


def reader(tx: Tx, policy: Policy, person: Person, *, private: bool = True) -> Reader:
    """Somebody who reads without having spoken."""
    say = texts.catalogue(person.language or policy.language)
    return Reader(Work(tx, policy, person, Said(tx.now)), say, private)
