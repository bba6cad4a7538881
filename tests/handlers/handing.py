"""Feedback batches as the office would hand them in, and what became of them."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from handlers.incoming import Fetched
from storage import affairs, topics
from storage.replay import differences
from tests.handlers.conversation import Conversation, Shown
from tests.services.sheets import xlsx
from workflow.affair import Affair, AffairKind, AffairState
from workflow.topic import Topic

OFFICE, CHIEF, PRESIDENT = "党办主任", "党委书记", "院长"
FOREIGN, DEPUTY, HEAD, FINANCE, LOGISTICS = "外事副院长", "副书记", "国际处处长", "财务处处长", "后勤处处长"
HEADINGS = (
    *("问题编号", "问题概述", "问题内容", "整改目标", "责任领导", "牵头单位", "完成时限"),
    *("具体措施", "措施牵头单位", "措施时限", "成果形式"),
)
JUNE, MAY = date(2026, 6, 30), date(2026, 5, 29)
TRAVEL = (
    1,
    "因公出国内控不完善",
    "审批不闭环",
    "闭环管理",
    None,
    "国际处",
    JUNE,
    "修订办法",
    None,
    MAY,
    "办法",
)
CHECK = (None, None, None, None, None, None, None, "核对证照台账", "财务处", None, None)
ROOMS = (
    2,
    "公房台账不清",
    "账实不符",
    "账实相符",
    "后勤副院长",
    "后勤处",
    "2026年9月30日",
    None,
    None,
    None,
    None,
)
SAID = "反馈批次 巡察 校党委第三轮巡察反馈"

Row = Sequence[object]
Handing = Callable[..., Shown]


def handing(college: Conversation, folder: Path) -> Handing:
    """Somebody, usually the office, sends a file under a caption; kept as delivery would."""
    college.policy = replace(college.policy, kept=folder.joinpath)

    def send(content: bytes, said: str = SAID, who: str = OFFICE, name: str = "反馈.xlsx") -> Shown:
        digest = hashlib.sha256(content).hexdigest()
        (folder / digest).write_bytes(content)
        return college.say(who, said, files=[Fetched(digest, name, "application/xlsx", len(content))])

    return send


def sheet(*rows: Row, merge: Sequence[str] = ()) -> bytes:
    return xlsx(("反馈清单", [HEADINGS, *rows]), merge=merge)


def batches(college: Conversation) -> list[Affair]:
    return college.ask(lambda tx: affairs.of_kind(tx, AffairKind.BATCH, *AffairState))


def brought(college: Conversation) -> list[Topic]:
    return sorted(college.ask(topics.find), key=lambda topic: topic.id)


def trail_is_whole(college: Conversation) -> bool:
    return college.ask(differences) == []


def imported(college: Conversation, hand: Handing) -> Affair:
    hand(sheet(TRAVEL, CHECK, ROOMS))
    college.press(OFFICE, "导入")
    return batches(college)[0]


def claimed(college: Conversation, hand: Handing) -> Topic:
    imported(college, hand)
    college.press(CHIEF, "全部发布")
    college.press(FOREIGN, "领题")
    return brought(college)[0]
