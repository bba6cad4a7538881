"""导出台账: answered at once, sent as a file after the turn; what cannot be exported is said plainly."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

from handlers import printing
from services import claiming
from storage import outbox
from storage.outbox import Out
from storage.store import Tx
from tests.handlers.conversation import Conversation
from tests.reports.opened import Opened

CHIEF, OWNER, OFFICE = "党委书记", "外事副院长", "党办主任"


def sent(college: Conversation) -> list[str]:
    """The numbers in the file that was made last."""
    return [row["编号"] for row in Opened(BytesIO(college.files["ledger.xlsx"])).rows("问题台账")]


def test_two_taps_bring_the_whole_ledger(college: Conversation) -> None:
    college.issued()
    college.issued()
    overview = college.say(OFFICE, "台账")

    college.press(OFFICE, "导出台账", overview)

    ordered, brought = college.cards(OFFICE)[-2:]
    assert ordered.text == "【台账】全部，共2项，正在生成 Excel 文件，稍候发给您。"
    assert brought.text == "【台账】全部\n共2项。不公开的议题只列编号、责任领导和时限。"
    [file] = brought.card.files
    assert file.name.endswith("台账2026-03-02.xlsx")
    assert sent(college) == ["2026-001", "2026-002"]


def test_filters_go_with_it(college: Conversation) -> None:
    college.issued()
    topic = college.issued()
    college.do(OWNER, lambda work: claiming.claim(work, topic.id))

    assert college.say(OFFICE, "导出台账 整改中 2026").text.startswith("【台账】整改中、2026\n共1项")

    assert sent(college) == ["2026-002"]
    assert college.say(OFFICE, "/export 全部").card.files


def test_who_takes_the_ledger_out_is_in_the_trail(college: Conversation) -> None:
    college.issued()
    college.say(CHIEF, "导出台账")
    events = college.ask(
        lambda tx: [
            row[0]
            for row in tx.connection.exec_driver_sql("SELECT event FROM journal ORDER BY seq DESC LIMIT 1")
        ]
    )
    assert events == ["ledger_exported"]


def test_what_cannot_be_exported_is_said_with_what_to_do(college: Conversation) -> None:
    assert "点题后再试" in college.say(OFFICE, "导出台账").text
    college.issued()
    assert "没看懂“好看的”" in college.say(OFFICE, "导出台账 好看的").text
    assert "导出台账 整改中 2026" in college.say(OFFICE, "导出台账 已销号").text
    assert "还没有您能看到的议题" in college.say("系统管理员", "导出台账").text
    assert "私聊" in college.say(OFFICE, "导出台账", group=True).text
    assert not any(shown.card.files for shown in college.cards(OFFICE))


def test_what_is_gone_when_it_is_drawn_is_said(college: Conversation, tmp_path: Path) -> None:
    """Between the order and the file topics may go, and so may whoever ordered it."""
    person = college.id(OFFICE)

    def order(tx: Tx) -> Out:
        body = '["ledger", "closed"]'
        chat = {"messenger": "telegram", "chat": "c", "kind": "paper"}
        return outbox.get(tx, outbox.enqueue(tx, **chat, person_id=person, body=body))

    ordered = college.store.run_now(order)

    def drawn(out: Out) -> printing.Paper | None:
        return college.ask(lambda tx: printing.draw(tx, college.policy, out, tmp_path))

    emptied = drawn(ordered)
    assert emptied
    assert emptied.card.lines == ("导出时已没有符合条件的议题。",)
    assert (emptied.card.files, drawn(replace(ordered, person_id=None))) == ((), None)
