"""Fault 47: secrets in logs. A canary sings in everything people say; at DEBUG no line repeats its song."""

import io
import logging
from collections.abc import Iterator

import pytest

from bot import logs
from bot.talk import HANDLERS
from storage.store import Tx
from tests.bot.test_process_evidence import PDF, hand_in
from tests.house import STRANGER, House, until

CANARY = "金丝雀canary唱歌"
SAID = [
    f"/claim {CANARY}",
    f"点题 {CANARY} 目标 {CANARY}",
    f"报进展 017 {CANARY}",
    f"问题线索 {CANARY}",
    CANARY,
    f"/{CANARY}",
]


@pytest.fixture
def stream(house: House) -> Iterator[io.StringIO]:
    """Everything that is logged, at its loudest; afterwards logging is as it was."""
    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    root.handlers.clear()
    written = io.StringIO()
    logs.start("debug", house.settings.secrets(), written)
    yield written
    logging.captureWarnings(False)
    root.handlers[:] = handlers
    root.setLevel(level)


async def test_f47_nothing_anybody_says_is_in_any_line(house: House, stream: io.StringIO) -> None:
    async with house.running(house.app(conversation=HANDLERS)) as app:
        for text in SAID:
            await house.say(text)
            await house.say(text, person=STRANGER)
        await hand_in(house, f"{CANARY}.pdf", PDF)
        await hand_in(house, f"{CANARY}.exe", b"MZ")
        await until(lambda: not house.telegram.pending())
        await app.quiet()

    assert "updates kept" in stream.getvalue()
    assert "canary" not in stream.getvalue()
    assert "金丝雀" not in stream.getvalue()
    assert house.telegram.token not in stream.getvalue()


async def test_f47_nor_when_it_breaks_in_the_middle(house: House, stream: io.StringIO) -> None:
    """The database's own errors quote the values they choked on."""

    def break_it(tx: Tx) -> None:
        tx.connection.exec_driver_sql("ALTER TABLE dialogues RENAME TO lost")

    async with house.running(house.app(conversation=HANDLERS)):
        house.store.run_now(break_it)
        await house.say(f"{CANARY}")
        await until(lambda: "Error" in stream.getvalue())

    assert "canary" not in stream.getvalue()
    assert house.telegram.token not in stream.getvalue()
