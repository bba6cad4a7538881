"""Time passes only when told to, only forwards, and the answer comes when all of it has been dealt with."""

from typing import Any

import pytest

from tests.sandbox.local_telegram import DEAN, Process, Sandbox

WAYS = [
    ({"advance": "PT1H"}, "2026-03-02T09:00:00+08:00"),
    ({"advance": "P1D"}, "2026-03-03T08:00:00+08:00"),
    ({"advance": "P1W"}, "2026-03-09T08:00:00+08:00"),
    ({"advance": "P1M"}, "2026-04-02T08:00:00+08:00"),
    ({"advance": "P1Y2M3DT4H5M6S"}, "2027-05-05T12:05:06+08:00"),
    ({"to": "2026-03-09T08:30"}, "2026-03-09T08:30:00+08:00"),
    ({"to": "2026-03-09T08:30:00Z"}, "2026-03-09T16:30:00+08:00"),
    ({"to": "2026-03-09"}, "2026-03-09T00:00:00+08:00"),
    ({"to": "next-workday"}, "2026-03-02T08:30:00+08:00"),
]


@pytest.mark.parametrize(("wish", "then"), WAYS)
async def test_the_clock_goes_where_it_is_told(sandbox: Sandbox, wish: dict[str, str], then: str) -> None:
    assert await sandbox.post("/clock", wish) == {"now": then, "delivered": 0}
    assert (await sandbox.get("/state"))["now"] == then


async def test_the_next_workday_jumps_over_days_off(sandbox: Sandbox) -> None:
    await sandbox.post("/clock", {"to": "2026-04-30T12:00"})
    assert (await sandbox.post("/clock", {"to": "next-workday"}))["now"] == "2026-05-06T08:30:00+08:00"
    await sandbox.post("/clock", {"to": "2026-05-08T12:00"})
    assert (await sandbox.post("/clock", {"to": "next-workday"}))["now"] == "2026-05-09T08:30:00+08:00"


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"to": "2026-03-01T08:00"}, "clock_backwards"),
        ({"to": "someday"}, "bad_clock"),
        ({"advance": "P"}, "bad_clock"),
        ({"advance": "PT"}, "bad_clock"),
        ({"advance": "P9999Y"}, "bad_clock"),
        ({"advance": "-P1D"}, "bad_clock"),
        ({}, "bad_clock"),
        ({"advance": "P1D", "to": "2026-03-09"}, "bad_clock"),
        ([], "bad_json"),
    ],
)
async def test_it_does_not_go_elsewhere(sandbox: Sandbox, wish: Any, code: str) -> None:
    status, answer = await sandbox.ask("POST", "/clock", json=wish)
    assert (status, answer["error"]) == (400, code)
    assert (await sandbox.get("/state"))["now"] == "2026-03-02T08:00:00+08:00"


async def test_what_was_delivered_on_the_way_is_counted(sandbox: Sandbox, process: Process) -> None:
    async def remind() -> None:
        await sandbox.call("sendMessage", chat_id=DEAN, text="催办")

    process.on_move = remind
    assert (await sandbox.post("/clock", {"advance": "P1D"}))["delivered"] == 1
    [reminder] = await sandbox.messages(DEAN)
    assert reminder["date"] == "2026-03-03T08:00:00+08:00"


async def test_the_ladders_list_can_be_read_from_anywhere_on(sandbox: Sandbox) -> None:
    for _ in range(2):
        await sandbox.post("/clock", {"advance": "P1D"})
    first, second = await sandbox.get("/events")
    assert (first["seq"], first["text_zh"], first["text_en"], first["item"]) == (1, "催办", "nudge", 17)
    assert await sandbox.get("/events?after=1") == [second]
