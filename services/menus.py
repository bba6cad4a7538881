"""A command menu follows its person's roles and language: whoever changes those owes a new one."""

from typing import Final

from storage import outbox, outbox_asked, people
from storage.store import Tx
from workflow.roles import PersonId

MENU: Final = "menu"


def owe(tx: Tx, person_id: PersonId) -> None:
    """Owe a person's menu, once however much changes; what it says is decided when it is sent."""
    account = people.reach(tx, person_id)
    if account is None or outbox_asked.waits(tx, account.chat, MENU):
        return
    outbox.enqueue(tx, messenger=account.messenger, chat=account.chat, person_id=person_id, kind=MENU)
