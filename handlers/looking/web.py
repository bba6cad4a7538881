"""网页: a personal link to the web board, made as it is sent, gone from the chat when it opens no more."""

from typing import Final

from handlers.asking.listing import alone
from handlers.cards import Card, rows
from handlers.reader import Reader
from handlers.registry import button, command
from handlers.turn import Turn
from services import web_links
from storage import outbox

WEB: Final = "web"
LINK: Final = "web_link"
"""A message of this kind is drawn when it is sent: the secret in it stands in no row, not even on its way."""


@command(WEB)
def web_command(turn: Turn, rest: str) -> None:
    """`网页`."""
    if not alone(turn):
        return
    if not turn.policy.web:
        turn.tell("web.off")
        return
    outbox.enqueue(
        turn.tx,
        messenger=turn.incoming.messenger,
        chat=turn.incoming.chat.id,
        person_id=turn.actor.id,
        kind=LINK,
        body="",
    )


@button("web.end")
def end(turn: Turn) -> None:
    """Whoever sits at a page in this person's name is out, wherever that is."""
    ended = web_links.end(turn.tx, turn.actor.id, turn.actor.id)
    turn.toast("web.ended" if ended else "web.none_open")


def link_card(reader: Reader) -> Card:
    """The link, for whoever asked."""
    link = web_links.offer(reader.tx, reader.policy, reader.actor.id)
    minutes = int(reader.policy.web_link.total_seconds() // 60)
    return Card(
        reader.say("web.link"),
        (link, reader.say("web.link_terms", minutes=minutes)),
        rows(reader.button("web.end", label="web_end")),
        vanish=reader.policy.web_link,
    )
