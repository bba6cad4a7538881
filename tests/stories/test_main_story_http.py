"""点题 → 领题 → 整改 → 核验 → 销号, as a college lives it, over HTTP: one story, told in both languages."""

from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.sandbox.run import in_sandbox
from bot.settings import load
from storage import journal, replay
from storage.store import Store
from tests.stories.player import number_in, playing

pytestmark = pytest.mark.sqlite("the sandbox has a file of its own")

CHIEF, OWNER, HEAD, LIAISON = "党委书记", "外事副院长", "国际处处长", "国际处联络员"
DISCIPLINE = "纪委书记"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF"

SAID = {
    "zh": {
        "issue": "点题 完善因公出国内控制度 @外事副院长 目标 审批、经费、证照闭环 牵头 国际处 3月20日前",
        "measure": "修订因公出国管理办法；国际处；3月13日前",
        "progress": "办法已完成初稿 60%",
        "minutes": "会商纪要",
        "done": "办法已印发",
        "points": "缺少培训佐证\n3月31日前",
        "mended": "培训签到表已补",
        "verdict": "已逐项核对佐证",
    },
    "en": {
        "issue": "/new Close the loop on travel abroad @外事副院长 goal: approvals, money, passports "
        "lead: 国际处 2026-03-20",
        "measure": "Revise the rules; 国际处; 2026-03-13",
        "progress": "First draft is ready 60%",
        "minutes": "minutes of the meeting",
        "done": "The rules are in force",
        "points": "No evidence of the training\n2026-03-31",
        "mended": "The attendance list is here",
        "verdict": "Checked against the evidence",
    },
}


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_topic_from_the_meeting_to_its_closing(tmp_path: Path, language: str) -> None:
    said = SAID[language]
    async with playing(tmp_path, language) as play:
        await play.say(CHIEF, said["issue"])
        number = number_in(await play.press(CHIEF, "issue"))
        assert number in await play.last(OWNER)

        assert number in await play.press(OWNER, "claim")
        await play.press(OWNER, "decompose")
        assert "1" in await play.say(OWNER, said["measure"])
        await play.press(OWNER, "assign")
        await play.press(HEAD, "receive")

        card = await play.card(LIAISON, "report")
        assert number in await play.say(LIAISON, said["progress"], reply_to=card["message_id"])
        assert number in await play.hand_in(LIAISON, "minutes.pdf", PDF, said["minutes"], card["message_id"])

        await play.until("2026-03-24T09:30")
        steps = [step for _, step in await play.steps(number)]
        assert steps.index("due-7") < steps.index("due-3") < steps.index("overdue")
        assert ("2026-03-23", "overdue") in await play.steps(number)
        escalated = await play.card(DISCIPLINE, "nudge")
        assert number in escalated["text"]
        await play.press(DISCIPLINE, "nudge")
        assert number in await play.last(OWNER)

        await play.press(HEAD, "report_done")
        await play.say(HEAD, said["done"])
        await play.press(OWNER, "confirm_done")
        await play.press(OWNER, "submit")
        await play.press(OWNER, "submit")
        assert number in await play.last(DISCIPLINE)

        await play.press(DISCIPLINE, "return")
        await play.say(DISCIPLINE, said["points"])
        await play.press(DISCIPLINE, "return")
        assert number in await play.last(OWNER)
        await play.press(OWNER, "submit")
        await play.press(OWNER, "submit")

        assert "minutes.pdf" in await play.press(DISCIPLINE, "close")
        await play.press(DISCIPLINE, "close_now")
        closed = play.word("topic_state.closed")
        assert closed in await play.say(CHIEF, f"/topic {number}")
        assert number in await play.last(OWNER)

    assert_the_trail_explains_everything(tmp_path)


def assert_the_trail_explains_everything(data: Path) -> None:
    """The chain is whole, and replaying it gives the ledger as it stands."""
    store = Store(in_sandbox(load(None, {}), data).database_url(), SystemClock())
    verdict = store.read_now(lambda tx: journal.verify(tx.connection))
    assert (verdict.problem, verdict.bad) == ("", None)
    assert store.read_now(replay.differences) == []
    store.close()
