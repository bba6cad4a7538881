"""Faults 15 to 20: the messenger says no, and each no means one thing."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.clock import real_now
from bot.sending.failures import LONGEST_PAUSE, pause
from handlers.cards import Attachment, Card
from handlers.printing import Paper
from services.policy import Policy
from storage import notices, people, people_changes
from storage.outbox import Out
from storage.store import Tx
from tests.fakes import Unplugged
from tests.faults.test_f12_to_f14_in_doubt import settled
from tests.house import CLERK, DEAN, GROUP, House, until
from tests.sandbox.browsing import PIXEL


async def test_f15_too_fast_for_one_chat_silences_only_that_chat(house: House) -> None:
    async with house.running() as app:
        await house.fail("sendMessage", "429", retry_after=3)
        slow = house.owe()
        await until(lambda: house.out(slow).state == "pending" and not house.telegram.faults.listed())
        quick = house.owe(chat=CLERK)
        app.delivery.wake()
        await until(lambda: settled(house, quick))
        assert house.seen_by(DEAN) == []
        await until(lambda: settled(house, slow))

    assert house.seen_by(DEAN) == ["news"]
    assert house.out(slow).tries == 0


async def test_f16_what_never_left_this_machine_is_tried_again(house: House) -> None:
    unplugged = Unplugged(house.messenger(), times=2)
    card = house.owe()

    async with house.running(house.app(unplugged)):
        await until(lambda: settled(house, card))

    assert house.seen_by(DEAN) == ["news"]
    assert house.out(card).tries == 2


def test_f16_the_pause_doubles_and_is_never_the_same() -> None:
    def longest(tries: int) -> float:
        return (pause(tries, lambda low, high: high) - real_now()).total_seconds()

    assert [round(longest(tries)) for tries in (0, 1, 2, 3)] == [1, 2, 4, 8]
    assert round(longest(99)) == LONGEST_PAUSE
    assert pause(5) != pause(5)


async def test_f17_whoever_blocked_us_is_the_offices_business(house: House) -> None:
    await house.post(f"/people/{DEAN}/block?settle=0")
    async with house.running() as app:
        lost = house.owe()
        app.delivery.wake()
        await until(lambda: settled(house, lost))
        other = house.owe(chat=CLERK)
        app.delivery.wake()
        await until(lambda: settled(house, other))

    assert house.out(lost).state == "dead"
    assert house.store.read_now(lambda tx: people.get(tx, house.dean)).unreachable_at
    told = house.store.read_now(lambda tx: notices.waiting_digest(tx, house.clerk, tx.now))
    assert [(notice.kind, notice.by_id) for notice in told] == [("unreachable", house.dean)]
    assert house.seen_by(CLERK) == ["news"]


async def test_f18_a_chat_that_moved_is_followed_once(house: House) -> None:
    moved = await house.post(f"/groups/{GROUP}/migrate")
    async with house.running() as app:
        news = [house.owe(chat=GROUP) for _ in range(3)]
        app.delivery.wake()
        await until(lambda: all(settled(house, out) for out in news))

    assert house.seen_by(moved["id"]) == ["news"] * 3
    assert {house.out(out).chat for out in news} == {str(moved["id"])}


async def test_f19_a_group_that_removed_us_is_lost_and_the_persons_are_not(house: House) -> None:
    await house.post(f"/groups/{GROUP}/bot", {"in": False})
    async with house.running() as app:
        announcement, card = house.owe(chat=GROUP), house.owe()
        app.delivery.wake()
        await until(lambda: settled(house, announcement) and settled(house, card))

    assert house.out(announcement).state == "dead"
    assert house.seen_by(DEAN) == ["news"]
    told = house.store.read_now(lambda tx: notices.waiting_digest(tx, house.clerk, tx.now))
    assert [notice.kind for notice in told] == ["group_lost"]


async def test_f20_an_edit_that_changes_nothing_is_done(house: House) -> None:
    async with house.running() as app:
        first = house.owe()
        app.delivery.wake()
        await until(lambda: settled(house, first))
        same = house.owe("edit", target="1")
        app.delivery.wake()
        await until(lambda: settled(house, same))

    assert house.out(same).state == "sent"
    assert house.seen_by(DEAN) == ["news"]


async def test_f20_a_card_whose_message_is_gone_is_posted_anew(house: House) -> None:
    async with house.running() as app:
        first = house.owe()
        app.delivery.wake()
        await until(lambda: settled(house, first))
        gone = house.owe("delete", target="1")
        fresh = house.owe("edit", '{"lines":["fresh news"]}', target="1")
        app.delivery.wake()
        await until(lambda: settled(house, fresh))

    assert house.out(gone).state == "sent"
    assert house.seen_by(DEAN) == ["fresh news"]


async def test_a_confidential_card_vanishes(house: House) -> None:
    async with house.running() as app:
        house.owe(body='{"lines":["secret"],"vanish":"PT5M"}')
        app.delivery.wake()
        await until(lambda: house.seen_by(DEAN) == ["secret"])
        await app.quiet()
        house.clock.advance(timedelta(minutes=6))
        await app.quiet()

    assert house.seen_by(DEAN) == []


async def test_a_confidential_picture_vanishes(house: House) -> None:
    """A paper is drawn on its way; how long it may stay is known only then."""

    def draw(tx: Tx, policy: Policy, out: Out, folder: Path) -> Paper:
        path = folder / "picture.png"
        path.write_bytes(PIXEL)
        file = Attachment(path.name, "picture.png", "image/png")
        return Paper(Card(files=(file,), vanish=timedelta(minutes=5)), {path.name: path})

    talk = replace(house.parrot.conversation, paper=draw)
    async with house.running(house.app(conversation=talk)) as app:
        house.owe("paper", '["picture"]')
        app.delivery.wake()
        await until(lambda: len(house.seen_by(DEAN)) == 1)
        await app.quiet()
        house.clock.advance(timedelta(minutes=6))
        await app.quiet()

    assert house.seen_by(DEAN) == []


async def test_confidential_content_leaves_an_old_message_alone_and_vanishes(house: House) -> None:
    async with house.running() as app:
        house.owe(body='{"lines":["a reminder"]}')
        app.delivery.wake()
        await until(lambda: house.seen_by(DEAN) == ["a reminder"])
        house.clock.advance(timedelta(days=3))
        house.owe("edit", '{"lines":["secret"],"vanish":"PT5M"}', target="1")
        app.delivery.wake()
        await until(lambda: house.seen_by(DEAN) == ["a reminder", "secret"])
        await app.quiet()
        house.clock.advance(timedelta(minutes=6))
        await app.quiet()

    assert house.seen_by(DEAN) == ["a reminder"]


async def test_what_is_too_old_to_be_taken_away_is_written_over(house: House) -> None:
    """We stood still for three days: the messenger deletes nothing older than two."""
    async with house.running() as app:
        house.owe(body='{"lines":["secret"],"vanish":"PT5M"}')
        app.delivery.wake()
        await until(lambda: house.seen_by(DEAN) == ["secret"])
        await app.quiet()
        house.clock.advance(timedelta(days=3))
        app.delivery.wake()
        await until(lambda: house.seen_by(DEAN) == ["（内容已收起）"])


async def test_a_card_for_somebody_who_has_left_is_not_sent(house: House) -> None:
    card = house.owe()
    house.store.run_now(lambda tx: people_changes.set_person(tx, house.dean, {"state": "left"}))
    async with house.running():
        await until(lambda: house.out(card).state == "void")

    assert house.seen_by(DEAN) == []
