"""Faults 12 to 14: nobody knows whether a message arrived: killed during a send, killed after it, no answer.

What is done again does no harm (an edit), says that it may be a repeat (a person's card), or waits for the
office (an announcement). Never is there a third copy.
"""

import pytest

from storage.outbox import Out
from tests.faults.killing import killed_at, process
from tests.house import DEAN, GROUP, House, until

REPEAT = "\n（可能重复：上一次发送未得到确认）"


def settled(house: House, out_id: int) -> Out | None:
    """The message, once nobody works on it."""
    out = house.out(out_id)
    return out if out.state not in ("pending", "sending") else None


async def test_f12_killed_during_a_send(house: House) -> None:
    await house.fail("sendMessage", "late")
    card = house.owe()
    async with process(house) as victim:
        await until(lambda: house.seen_by(DEAN))
        victim.kill()

    async with house.running():
        await until(lambda: settled(house, card))

    assert house.seen_by(DEAN) == ["news", f"news{REPEAT}"]


async def test_f13_killed_after_the_send_before_the_mark(house: House) -> None:
    card = house.owe()

    await killed_at(house, "send.after")
    assert house.out(card).state == "sending"

    async with house.running():
        await until(lambda: settled(house, card))
    assert house.seen_by(DEAN) == ["news", f"news{REPEAT}"]


@pytest.mark.parametrize("kind", ["late", "drop"])
async def test_f14_no_answer_after_it_was_accepted(house: House, kind: str) -> None:
    await house.fail("sendMessage", kind)
    card = house.owe()

    async with house.running():
        await until(lambda: settled(house, card))

    assert house.seen_by(DEAN) == ["news", f"news{REPEAT}"]
    assert house.out(card).state == "sent"


async def test_a_card_in_doubt_twice_waits_for_the_office(house: House) -> None:
    await house.fail("sendMessage", "drop", times=9)
    card = house.owe()

    async with house.running():
        await until(lambda: settled(house, card))

    assert len(house.seen_by(DEAN)) == 2
    assert house.out(card).state == "held"


async def test_an_announcement_in_doubt_is_held(house: House) -> None:
    await house.fail("sendMessage", "drop")
    news = house.owe(chat=GROUP)

    async with house.running():
        await until(lambda: settled(house, news))

    assert house.seen_by(GROUP) == ["news"]
    assert house.out(news).state == "held"


async def test_an_edit_in_doubt_is_done_again(house: House) -> None:
    async with house.running():
        first = house.owe()
        await until(lambda: settled(house, first))
        await house.fail("editMessageText", "drop")
        edit = house.owe("edit", '{"lines":["fresh news"]}', target="1")
        await until(lambda: settled(house, edit))

    assert house.seen_by(DEAN) == ["fresh news"]
    assert house.out(edit).state == "sent"
