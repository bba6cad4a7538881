"""Drawing what is pushed, at the moment it is sent: is it still true, for whose eyes, in whose language."""

from handlers.cards import Card
from services.policy import Policy
from storage.outbox import Out
from storage.store import Tx


def render(tx: Tx, policy: Policy, out: Out) -> Card | None:
    """The card of a notice, a bundle or a digest; None when nothing of it holds any more."""
    return None
