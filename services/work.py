"""A piece of work: one person's act, inside one transaction, under the college's policy."""

from dataclasses import dataclass, field
from datetime import datetime

from services.policy import Policy
from storage.people import Person
from storage.reports import Evidence
from storage.store import Tx
from workflow.roles import PersonId


@dataclass(frozen=True, slots=True)
class Said:
    """Where the act's words came from. `sent_at` is the messenger's time; timeliness is judged by it."""

    sent_at: datetime
    chat: str = ""
    message_id: str = ""
    album: str = ""
    files: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class EnteredFor:
    """代录: whose words the office enters, and how they reached it (telephone, paper …)."""

    person_id: PersonId
    source: str


@dataclass(slots=True)
class Work:
    """What every use case is given. `told` collects those who are owed a push when the turn ends."""

    tx: Tx
    policy: Policy
    actor: Person
    said: Said
    entered_for: EnteredFor | None = None
    told: set[PersonId] = field(default_factory=set)

    @property
    def now(self) -> datetime:
        """The moment of this transaction."""
        return self.tx.now
