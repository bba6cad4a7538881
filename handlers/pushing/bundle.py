"""Over a person's daily cap what is owed comes as one card: a line each, acknowledged alone or together."""

from collections.abc import Sequence
from typing import Final

from handlers.cards import About, Button, Card, Subject, rows
from handlers.pushing.assigned import assigned_card, handed_down
from handlers.pushing.notices import carried, holds, matter
from handlers.pushing.notices_card import notice_card
from handlers.pushing.notices_words import sentence
from handlers.reader import Reader
from handlers.registry import button
from handlers.turn import Turn
from services import pressing
from storage import notices
from storage.notices import Notice

LINES: Final = 4
"""Lines a page: each has its button, beside those for all of them and for the next page."""


def still_true(reader: Reader, owed: Sequence[Notice]) -> list[Notice]:
    """The notices that still hold; the others are void."""
    kept = [notice for notice in owed if holds(reader, matter(reader.tx, notice))]
    if gone := {notice.id for notice in owed} - {notice.id for notice in kept}:
        notices.void(reader.tx, gone)
        notices.attach(reader.tx, gone, None)
    return kept


def lines(reader: Reader, told: Sequence[Notice], before: int = 0) -> list[str]:
    """Numbered sentences."""
    return [
        reader.say("queries.line", no=number, text=sentence(reader, matter(reader.tx, notice)))
        for number, notice in enumerate(told, before + 1)
    ]


def bundle_card(reader: Reader, outbox_id: int, owed: Sequence[Notice], page: int = 0) -> Card | None:
    """Several notices on one card; a single one that is left gets its own."""
    if len(owed) == 1:
        return notice_card(reader, matter(reader.tx, owed[0]))
    if not owed:
        return None
    if handed_down(told := [matter(reader.tx, notice) for notice in owed]):
        return assigned_card(reader, outbox_id, told)
    first = page * LINES
    shown = owed[first : first + LINES]
    open_ = [(no, n) for no, n in enumerate(shown, first + 1) if n.acknowledged_at is None]
    buttons: list[Button | None] = [
        Button(reader.say("buttons.acknowledge_no", no=no), "bundle.ack", (n.id, outbox_id, page))
        for no, n in open_
    ]
    if any(notice.acknowledged_at is None for notice in owed):
        buttons.append(reader.button("bundle.ack_all", outbox_id, page, label="ack_all"))
    if len(owed) > LINES:
        following = page + 1 if first + LINES < len(owed) else 0
        buttons.append(reader.button("bundle.page", outbox_id, following, label="more"))
    return Card(
        title=reader.say("digest.bundle", count=len(owed)),
        lines=tuple(lines(reader, shown, first)),
        buttons=rows(*buttons, width=2),
        about=About(Subject.DIGEST, outbox_id),
    )


@button("bundle.page")
def turn_page(turn: Turn, outbox_id: int, page: int) -> None:
    """More of the same message."""
    card = bundle_card(turn, outbox_id, carried(turn, outbox_id), page)
    if card is not None:
        turn.edit(card)


@button("bundle.ack")
def acknowledge(turn: Turn, notice_id: int, outbox_id: int, page: int) -> None:
    """知悉, one line of it."""
    pressing.acknowledge(turn.work, notice_id)
    turn.toast("digest.acknowledged")
    turn_page(turn, outbox_id, page)


@button("bundle.ack_all")
def acknowledge_all(turn: Turn, outbox_id: int, page: int) -> None:
    """知悉, all of it."""
    acknowledge_each(turn, outbox_id)
    turn_page(turn, outbox_id, page)


def acknowledge_each(turn: Turn, outbox_id: int) -> None:
    """知悉 for everything a message carries that was not acknowledged yet."""
    told = [n for n in carried(turn, outbox_id) if n.acknowledged_at is None]
    for notice in told:
        pressing.acknowledge(turn.work, notice.id)
    turn.toast("digest.acknowledged_all", count=len(told))
