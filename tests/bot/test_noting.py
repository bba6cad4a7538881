"""What became of messages may be written down twice: after a commit nobody heard of, nobody knows."""

from datetime import timedelta

from bot.messengers.base import Outgoing
from bot.sending.drawing import Drawn
from bot.sending.failures import ErrorTable
from bot.sending.noting import Ended, note
from handlers.cards import Card
from storage import outbox, outbox_asked
from storage.store import Tx
from tests.house import House


def test_what_must_vanish_is_to_be_deleted_once(house: House) -> None:
    table = ErrorTable(house.app().policy, lambda _chat: False)
    told = {"messenger": "telegram", "chat": "1", "person_id": None, "kind": "card"}

    def owe(tx: Tx) -> Ended:
        made = outbox.get(tx, outbox.enqueue(tx, **told))  # type: ignore[arg-type]
        return Ended(Drawn(made, Outgoing(Card(), "")), message_id="7", vanish=timedelta(minutes=5))

    ended = house.store.run_now(owe)
    for _ in range(2):
        house.store.run_now(lambda tx: note(tx, table, [ended]))

    assert house.store.read_now(outbox_asked.counts) == {"pending": 1}
