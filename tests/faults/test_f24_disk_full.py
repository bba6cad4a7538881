"""Fault 24: the disk is full. What was not kept is not confirmed; senders are told; it resumes by itself."""

import pytest

from storage.store import Tx
from tests.house import DEAN, House, until

NOT_SAVED = "系统暂时无法保存"


def fill(tx: Tx) -> None:
    """No page more than there is; SQLite then fails as on a full disk."""
    pages = tx.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    tx.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


def free(tx: Tx) -> None:
    tx.connection.exec_driver_sql("PRAGMA max_page_count = 1073741823")


@pytest.mark.sqlite("the disk is filled by means of its own")
async def test_what_cannot_be_kept_is_not_confirmed_and_comes_again(house: House) -> None:
    long = "x" * 4000
    async with house.running() as app:
        house.store.run_now(fill)
        for _ in range(8):
            await house.say(long)
        await until(lambda: any(NOT_SAVED in text for text in house.seen_by(DEAN)))
        assert house.telegram.pending()

        house.store.run_now(free)
        await until(lambda: len(house.parrot.heard) == 8 and not house.telegram.pending())
        await app.quiet()

    told = [text for text in house.seen_by(DEAN) if NOT_SAVED in text]
    answers = [text for text in house.seen_by(DEAN) if text.startswith("heard")]
    assert 1 <= len(told) <= 8
    assert len(answers) == 8
