"""A button in the hands of somebody it was never drawn for: what the press is answered."""

from handlers import router
from handlers.cards import Button, Card, dump
from handlers.incoming import Chat, Incoming, Kind, Press
from storage import cards
from storage.cards import Posted
from storage.store import Tx
from tests.handlers.conversation import Conversation


def handed(college: Conversation, who: str, verb: str, *args: int | str) -> str:
    """Press it; the toast."""
    person = college.id(who)
    chat = Chat(f"c{person}", private=True)

    def turn(tx: Tx) -> str:
        body = dump(Card(buttons=((Button("x", verb, args),),)))
        posted = Posted(cards.new_key(), "telegram", chat.id, person, body, tx.now, "", None, 0, "m0")
        cards.add(tx, posted)
        now, press = tx.now, Press("p", f"{posted.key}:0")
        event = f"handed-{posted.key}"
        incoming = Incoming(
            "telegram", event, Kind.PRESS, f"u{person}", chat, now, now, message_id="m0", press=press
        )
        return router.take(tx, college.policy, incoming).toast

    toast = college.store.run_now(turn)
    college.deliver()
    return toast
