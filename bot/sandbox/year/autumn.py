"""September to November: rechecks, a relapse, an extension, the third list, self-checks, tolerance."""

from typing import Final

from bot.sandbox.story import Scene, Step, presses, says, sends
from bot.sandbox.year.files import evidence


def checks(who: str, lacking: str = "") -> tuple[Step, ...]:
    """自查: yes to the four questions, or no to the last with what is lacking; then handed in."""
    answered = [presses(who, "是", on=f"{no}. ") for no in range(1, 4 if lacking else 5)]
    if lacking:
        answered += [presses(who, "否", on="4. "), says(who, lacking)]
    return (says(who, "自查自纠"), *answered, presses(who, "提交", on="自查"))


def inspects(who: str, no: int, last: str = "他查：是") -> tuple[Step, ...]:
    """他查: a line of the list is opened and looked into, question after question."""
    answers = (presses(who, answer, on="自查自纠") for answer in (*("他查：是",) * 3, last))
    return (says(who, "自查自纠"), presses(who, str(no), on="自查自纠"), *answers)


def finishes(who: str, count: int) -> tuple[Step, ...]:
    """办结 of every self-check that was handed in: the first of the list, until none is left."""
    one = (says(who, "自查自纠"), presses(who, "1", on="自查自纠"), presses(who, "办结", on="自查自纠"))
    return one * count


SEPTEMBER: Final = (
    Scene(
        "2026-09-03T10:00",
        "001回头看：巩固",
        (presses("纪委书记", "巩固", on="2026-001", expects="结论：巩固"),),
    ),
    Scene(
        "2026-09-16T10:00",
        "005申请延期获批；004回头看；第三版清单",
        (
            presses("纪委书记", "巩固", on="2026-004", expects="结论：巩固"),
            says("科研副院长", "延期 005 11月20日 财务系统升级排期至10月", expects="拟延至"),
            presses("科研副院长", "提交申请", on="005"),
            presses("党委书记", "同意延期", on="2026-005"),
            says("科研副院长", "题 005", expects="原定"),
            says("财务处处长", "延期 005-2 11月13日 随财务系统升级一并上线", expects="拟延至"),
            presses("财务处处长", "提交申请", on="005"),
            presses("科研副院长", "同意延期", on="措施2"),
            says("党办主任", "清单 定版 秋季学期", expects="第3版"),
            says("党办主任", "清单 版本 3", expects="第3版"),
            says(
                "党办主任",
                "常规题 政治生态分析 @副书记 牵头 组织处 每年10月12日 期限60天",
                expects="政治生态",
            ),
            presses("党办主任", "设为常规", on="政治生态"),
        ),
    ),
    Scene(
        "2026-09-28T10:00",
        "008回头看：反弹，重启",
        (
            presses("纪委书记", "反弹", on="2026-008"),
            says("纪委书记", "新签校企合同又有3份未备案 11月13日前", expects="拟认定反弹"),
            presses("纪委书记", "反弹", on="拟认定反弹"),
            says("组织处处长", "报进展 002 9月抽查完成"),
        ),
    ),
)
OCTOBER: Final = (
    Scene(
        "2026-10-12T10:00",
        "常规题012：政治生态分析；003回头看由书记复核",
        (
            presses("党委书记", "发布", on="政治生态"),
            presses("副书记", "领题", on="2026-012", expects="已领题"),
            presses("党委书记", "巩固", on="2026-003", expects="结论：巩固"),
        ),
    ),
    Scene(
        "2026-10-26T10:00",
        "院长过问005",
        (
            says("院长", "过问 005 系统校验何时上线"),
            says("科研副院长", "答复 005 11月10日上线试运行"),
            says("组织处处长", "报进展 002 10月抽查完成"),
            says("组织处处长", "报办结 012-1 分析报告已形成", expects="已报办结"),
            says("组织处处长", "报进展 012 推进方案已部署"),
        ),
    ),
)
NOVEMBER: Final = (
    Scene(
        "2026-11-05T10:00",
        "布置自查自纠",
        (
            says("党办主任", "自查自纠 国际处、财务处、国资处、后勤副院长 11月13日前", expects="拟开展"),
            presses("党办主任", "通知", on="自查自纠"),
        ),
    ),
    Scene(
        "2026-11-10T10:00",
        "自查、他查；005、008办结",
        (
            *checks("国际处处长"),
            *checks("国资处处长"),
            *checks("后勤副院长"),
            *checks("财务处处长", lacking="督办事项跟进无台账\n逐项建账、专人跟踪\n12月10日前"),
            sends("教务处处长", evidence("新签合同备案"), "报进展 008 新签合同已全部备案，流程已上线"),
            says("教学副院长", "申请销号 008"),
            presses("教学副院长", "申请销号", on="2026-008"),
            says("纪委书记", "核验 008"),
            presses("纪委书记", "销号", on="2026-008"),
            says("财务处处长", "报办结 005-2 系统校验已上线", expects="已报办结"),
            presses("科研副院长", "确认办结", on="2026-005《科研报销审核》措施2"),
            says("科研副院长", "申请销号 005"),
            presses("科研副院长", "申请销号", on="2026-005"),
            says("纪委书记", "核验 005"),
            presses("纪委书记", "销号", on="2026-005"),
        ),
    ),
    Scene(
        "2026-11-11T10:00",
        "他查、问题拟为议题",
        (
            *inspects("纪委工作人员", 1),
            *inspects("纪委工作人员", 2, last="他查：否"),
            *inspects("纪委工作人员", 3),
            *inspects("纪委工作人员", 4),
            says("党办主任", "自查自纠"),
            presses("党办主任", "2", on="自查自纠"),
            presses("党办主任", "拟为议题", on="财务处"),
            says("组织处处长", "报办结 012-2 方案已印发", expects="已报办结"),
            presses("副书记", "确认办结", on="2026-012《政治生态分析研判》措施1"),
            presses("副书记", "确认办结", on="2026-012《政治生态分析研判》措施2"),
        ),
    ),
    Scene(
        "2026-11-13T10:00",
        "自查自纠办结",
        (
            *finishes("党办主任", 4),
            says("党办主任", "题 D-13", expects="督办事项跟进无台账"),
            presses("党办主任", "送确认", on="D-13"),
            presses("党委书记", "发布", on="督办事项跟进"),
            presses("院长", "领题", on="2026-013", expects="已领题"),
            says("党办主任", "出文书 Z2026-02"),
        ),
    ),
    Scene(
        "2026-11-23T10:00",
        "催办009",
        (says("纪委书记", "催办 009 请报论证进展 11月25日前", expects="已催教学副院长"),),
    ),
    Scene(
        "2026-11-26T10:00",
        "009临近到期：约谈提醒建议",
        (
            says("组织处处长", "报进展 002 11月抽查完成"),
            says("组织处处长", "报办结 012-3 党委已复核", expects="已报办结"),
            presses("副书记", "确认办结", on="2026-012《政治生态分析研判》措施3"),
            says("纪委书记", "拟约谈 009", expects="对象：教学副院长"),
            presses("纪委书记", "提出建议", on="009"),
        ),
    ),
    Scene(
        "2026-11-27T10:00",
        "009申请容错，建议暂缓",
        (
            says("教学副院长", "申请容错 009 试点无先例，先行先试，方案已报备", expects="区分开来"),
            presses("教学副院长", "探索试验", on="009"),
            presses("党委书记", "查看", on="约谈提醒建议", expects="暂缓研定"),
        ),
    ),
    Scene(
        "2026-11-30T10:00",
        "同意容错，暂不约谈；009延期至明年",
        (
            presses("纪委书记", "同意", on="容错申请"),
            presses("党委书记", "暂不约谈", on="A2026-02"),
            says("教学副院长", "延期 009 2027年3月31日 试点评估放在下学期末", expects="拟延至"),
            presses("教学副院长", "提交申请", on="009"),
            presses("党委书记", "同意延期", on="2026-009"),
        ),
    ),
)
