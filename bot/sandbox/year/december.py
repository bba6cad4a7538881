"""December: what is left is closed, the year is accounted for, appraised and packed."""

from typing import Final

from bot.sandbox.story import Scene, Step, presses, replies, says, sends
from bot.sandbox.year.files import evidence

LEADERS: Final = (*("院长", "外事副院长", "后勤副院长", "科研副院长", "教学副院长", "副书记", "纪委书记"),)
APPRAISED: Final = ("外事副院长", "后勤副院长", "副书记")


def counts(who: str, good: int) -> tuple[Step, ...]:
    """One person's ballots, in one message, and the press that keeps them."""
    rows = "\n".join(
        f"{heading} {good} {56 - good - 1} 1 0"
        for heading in ("政治纪律", "管党治党", "党风廉政", "廉洁纪律", "总体评价")
    )
    return (
        says("党办主任", f"评议 {who} 实到58 发出58 收回57 有效56\n{rows}", expects="有效票56"),
        presses("党办主任", "确认", on=who),
    )


DECEMBER: Final = (
    Scene(
        "2026-12-08T10:00",
        "013、012办结；安排述责述廉评议",
        (
            sends("财务处处长", evidence("督办台账"), "报进展 013 督办台账已建立"),
            says("院长", "申请销号 013"),
            presses("院长", "申请销号", on="2026-013"),
            says("纪委书记", "核验 013"),
            presses("纪委书记", "销号", on="2026-013"),
            says("组织处处长", "报办结 012-4 书面报告已提交", expects="已报办结"),
            presses("副书记", "确认办结", on="2026-012《政治生态分析研判》措施4"),
            says("副书记", "申请销号 012"),
            presses("副书记", "申请销号", on="2026-012"),
            says("纪委书记", "核验 012"),
            presses("纪委书记", "销号", on="2026-012"),
            says("党办主任", f"评议 12月22日 教职工代表60人 {'、'.join(APPRAISED)}", expects="评议对象3人"),
            presses("党办主任", "安排", on="评议"),
        ),
    ),
    Scene(
        "2026-12-14T10:00",
        "002年度抽查办结；发起民主生活会；述责述廉草稿",
        (
            says("组织处处长", "报办结 002-1 全年抽查12次", expects="已报办结"),
            presses("副书记", "确认办结", on="2026-002《支部组织生活》措施1"),
            says("党办主任", "会议 民主生活会 12月25日 9:00 行政楼301"),
            presses("党办主任", "发起会议", on="【会议】"),
            says("党委书记", "我的述责述廉", expects="述责述廉"),
            says("外事副院长", "我的述责述廉", expects="述责述廉"),
        ),
    ),
    Scene(
        "2026-12-22T15:00",
        "评议计票、办结、结果表",
        (
            *counts("外事副院长", 50),
            *counts("后勤副院长", 44),
            *counts("副书记", 52),
            presses("党办主任", "办结", on="评议", expects="已办结"),
            says("党办主任", "出文书 E2026-01", expects="评议结果表"),
            presses("外事副院长", "查看", on="【评议结果】"),
        ),
    ),
    Scene(
        "2026-12-24T10:00",
        "民主生活会：议程、邀请",
        (
            says("党办主任", "拟定议程"),
            replies("党办主任", "M2026-04", "加 通报年度整改情况\n加 开展批评和自我批评"),
            presses("党办主任", "送审", on="M2026-04"),
            presses("党委书记", "同意", on="议程待审"),
            says("党办主任", "会议 4"),
            presses("党办主任", "邀请", on="M2026-04"),
            presses("党办主任", "邀请", on="【邀请】"),
            *(presses(who, "参加", on="M2026-04") for who in (*LEADERS, "党办主任")),
        ),
    ),
    Scene(
        "2026-12-25T12:00",
        "民主生活会：到会、纪要",
        (
            says("党办主任", "会议 4"),
            presses("党办主任", "登记到会", on="M2026-04"),
            replies("党办主任", "M2026-04", "班子整改措施1月底前报党办 @党委书记 党办 2027年1月29日"),
            presses("党办主任", "记入", on="【记议定】"),
            says("党办主任", "会议 4"),
            presses("党办主任", "生成纪要", on="M2026-04"),
            presses("党委书记", "确认纪要", on="纪要待确认"),
            says("党办主任", "登记 会议 12月25日", expects="已登记"),
        ),
    ),
    Scene(
        "2026-12-30T10:00",
        "年终：清单定版、通报、台账、看板、时间线、日历、年终材料",
        (
            says("组织处处长", "报进展 002 12月抽查完成，全年小结已交"),
            says("党办主任", "清单 定版 年终", expects="第4版"),
            says("党办主任", "督办通报 2026年", expects="督办通报"),
            says("党办主任", "导出台账"),
            says("党办主任", "看板"),
            says("党委书记", "时间线 004"),
            presses("党委书记", "图", on="004"),
            says("教学副院长", "日历"),
            says("党办主任", "年终材料 2026", expects="年终材料"),
            says("党委书记", "台账"),
            says("党委书记", "网页"),
        ),
    ),
)
