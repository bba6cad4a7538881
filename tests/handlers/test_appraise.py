"""评议: set down by the office, counted at once or line by line, corrected in the open, never ranked."""

from datetime import date

import pytest

from services.affairs import appraising
from storage import affairs, journal
from tests.handlers.conversation import Conversation
from tests.handlers.handed import handed
from workflow.affair import Affair, AffairItem, AffairKind, AffairState
from workflow.ballots import Count
from workflow.errors import Invalid, Missing

OFFICE, CHIEF, LEADER, OTHER = "党办主任", "党委书记", "外事副院长", "副书记"
ROWS = """政治纪律 50 5 1 0
管党治党 好48 较好6 一般2 差0
党风廉政 50 5 1 0 0
廉洁纪律 52 3 0 0
总体评价 50 5 1 0"""
WHOLE = f"评议 外事副院长 实到58 发出58 收回57 有效56\n{ROWS}"


def appraisal(college: Conversation) -> Affair:
    return college.ask(lambda tx: affairs.of_kind(tx, AffairKind.APPRAISAL, *AffairState))[-1]


def items(college: Conversation) -> dict[int | None, AffairItem]:
    found = college.ask(lambda tx: affairs.items(tx, appraisal(college).id))
    return {item.person_id: item for item in found}


def scheduled(college: Conversation, whom: str = " 副书记、外事副院长") -> Affair:
    college.say(OFFICE, f"评议 12月28日 教职工代表60人{whom}")
    assert college.press(OFFICE, "安排") == "已安排，已告知评议对象"
    return appraisal(college)


def counted(college: Conversation, text: str = WHOLE) -> str:
    college.say(OFFICE, text)
    return college.press(OFFICE, "确认")


def test_it_is_set_down_after_one_look_and_those_appraised_are_told(college: Conversation) -> None:
    shown = college.say(OFFICE, "评议 12月28日 教职工代表60人 副书记、外事副院长")
    assert "2026年12月28日（周一）进行，教职工代表60人，评议对象2人" in shown.text
    assert "评议对象（按席次）：外事副院长、副书记" in shown.text
    assert college.ask(lambda tx: affairs.of_kind(tx, AffairKind.APPRAISAL)) == []
    college.press(OFFICE, "安排")
    assert "已录入0人，共2人" in college.last(OFFICE).text
    college.settle()
    (told,) = [s.text for s in college.pushed(LEADER) if "【评议】" in s.text]
    assert told == "【评议】12月28日述责述廉并接受评议，请对照四个方面准备报告。（第二十一条）"
    assert "述责述廉评议" not in college.say(LEADER, "我的").text
    shown = college.say(LEADER, "评议")
    assert "2026年述责述廉评议" in shown.text
    assert shown.labels == []


def test_without_names_it_is_everybody_of_the_leadership_in_the_order_of_seats(college: Conversation) -> None:
    shown = college.say(OFFICE, "评议 12月28日 教职工代表60人")
    assert "党委书记、院长、外事副院长、副书记、后勤副院长、纪委书记" in shown.text
    assert "评议对象1人" in college.say(OFFICE, "12月29日 共50名 副书记").text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("评议 教职工代表60人", "请写明评议日期"),
        ("评议 2026年1月5日 教职工代表60人", "请写明评议日期"),
        ("评议 2月30日 教职工代表60人", "没有“2月30日”这一天"),
        ("评议 12月28日", "请写明教职工代表人数"),
        ("评议 12月28日 0人", "请写明教职工代表人数"),
        ("评议 12月28日 60人 张三丰", "没有找到“张三丰”"),
    ],
)
def test_what_is_lacking_is_said_and_nothing_is_opened(college: Conversation, said: str, told: str) -> None:
    assert told in college.say(OFFICE, said).text
    assert college.ask(lambda tx: affairs.of_kind(tx, AffairKind.APPRAISAL)) == []


def test_the_way_to_begin_says_that_no_vote_is_cast_here(college: Conversation) -> None:
    assert "只录入票数，不提供网上投票" in college.say(OFFICE, "评议").text
    assert "述责述廉评议：只录票数，不投票" in college.say(OFFICE, "帮助 监督评议").text


def test_one_message_enters_a_count(college: Conversation) -> None:
    scheduled(college)
    shown = college.say(OFFICE, WHOLE)
    assert "实到58，发出票58，收回票57，有效票56" in shown.text
    assert "政治纪律和政治规矩：好50（89.3%） 较好5（8.9%） 一般1（1.8%） 差0 弃权0" in shown.text
    assert "廉洁纪律：好52（92.9%） 较好3（5.4%） 一般0 差0 弃权1（1.8%）" in shown.text
    assert items(college)[college.id(LEADER)].state == ""
    assert college.press(OFFICE, "确认") == "已录入"
    item = items(college)[college.id(LEADER)]
    assert (item.state, item.facts["rows"]["responsibility"]) == ("valid", [48, 6, 2, 0, 0])
    assert "已录入1人，共2人" in college.last(OFFICE).text


def test_line_by_line_the_next_is_asked_for(college: Conversation) -> None:
    scheduled(college)
    college.say(OFFICE, "评议")
    college.press(OFFICE, "录入票数")
    assert "外事副院长评议计票\n请发送实到、发出票、收回票、有效票" in college.last(OFFICE).text
    assert "没看懂“实到、发出、收回、有效”" in college.say(OFFICE, "58 58 57").text
    assert "请发送“政治纪律和政治规矩”" in college.say(OFFICE, "58 58 57 56").text
    assert "没看懂“政治纪律和政治规矩”" in college.say(OFFICE, "50 5").text
    assert "请发送“管党治党责任”" in college.say(OFFICE, "50 5 1 0").text
    assert "请发送“总体评价”" in college.say(OFFICE, "48 6 2 0\n50 5 1 0\n50 5 1 0").text
    assert "没看懂“总体评价”" in college.say(OFFICE, "总体").text
    assert "没看懂“实到”" in college.say(OFFICE, "实到 若干").text
    assert "未划票的按弃权计" in college.say(OFFICE, "50 5 1 0").text
    assert "没看懂“多出的数”" in college.say(OFFICE, "3 4 5 6").text
    assert "总体评价：好40" in college.say(OFFICE, "总体 40 15 1 0").text
    college.press(OFFICE, "确认")
    assert items(college)[college.id(LEADER)].facts["rows"]["overall"] == [40, 15, 1, 0, 0]


@pytest.mark.parametrize(
    ("first", "then", "told"),
    [
        ("实到58", "实到61", "“实到”比教职工代表人数多1，请核对。\n请重发“实到”"),
        ("发出58", "发出60", "“发出票”比实到人数多2，请核对"),
        ("有效56", "有效58", "“有效票”比收回票多1，请核对"),
        ("政治纪律 50 5 1 0", "政治纪律 50 9 1 0", "“政治纪律和政治规矩”各项相加比有效票多4"),
        ("党风廉政 50 5 1 0 0", "党风廉政 50 4 1 0 0", "“党风廉政建设和反腐败”各项相加比有效票少1"),
    ],
)
def test_the_line_that_does_not_add_up_is_named_and_the_rest_is_kept(
    college: Conversation, first: str, then: str, told: str
) -> None:
    scheduled(college)
    assert told in college.say(OFFICE, WHOLE.replace(first, then)).text
    assert items(college)[college.id(LEADER)].state == ""
    assert "未划票的按弃权计" in college.say(OFFICE, first).text
    assert college.press(OFFICE, "确认") == "已录入"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("-1", "没看懂“实到、发出、收回、有效”"),
        ("六十", "没看懂“实到”这一行，请写整数"),
        ("58.5 58 57 57", "没看懂“实到、发出、收回、有效”"),
        ("实到58 发出58 收回-57 有效56", "没看懂“收回票”这一行，请写整数"),
        ("实到 9999999", "没看懂“实到”"),
        ("58 58 57 56\n50.5 5 1", "没看懂“政治纪律和政治规矩”"),
        ("58 58 57 56\n-50 5 1 0", "没看懂“政治纪律和政治规矩”"),
        ("58 58 57 56\n政治纪律 好 -50 较好 5", "没看懂“政治纪律和政治规矩”"),
    ],
)
def test_what_is_no_count_of_people_is_refused(college: Conversation, said: str, told: str) -> None:
    scheduled(college)
    college.say(OFFICE, "评议")
    college.press(OFFICE, "录入票数")
    assert told in college.say(OFFICE, said).text
    assert items(college)[college.id(LEADER)].state == ""


def test_the_totals_may_be_sent_again_as_a_whole(college: Conversation) -> None:
    scheduled(college)
    college.say(OFFICE, "评议")
    college.press(OFFICE, "录入票数")
    assert "请重发“实到”" in college.say(OFFICE, "99 58 57 56").text
    assert "请发送“政治纪律和政治规矩”" in college.say(OFFICE, "58 58 57 56").text


def test_more_ballots_back_than_out_are_void(college: Conversation) -> None:
    scheduled(college)
    shown = college.say(OFFICE, "评议 外事副院长 实到58 发出58 收回60 有效58")
    assert "收回比发出多2张，作废，须重新投票" in shown.text
    college.press(OFFICE, "确认")
    item = items(college)[college.id(LEADER)]
    assert (item.state, item.facts["rows"]) == ("void", {})


def test_a_correction_keeps_the_former_count_on_the_trail(college: Conversation) -> None:
    scheduled(college)
    counted(college)
    college.say(OFFICE, "评议")
    college.press(OFFICE, "名单")
    assert "1. 外事副院长：已录入\n2. 副书记：未录入" in college.last(OFFICE).text
    college.press(OFFICE, "1")
    college.press(OFFICE, "更正")
    college.say(OFFICE, f"58 58 56 56\n{ROWS}")
    college.press(OFFICE, "确认")
    item = items(college)[college.id(LEADER)]
    assert (item.facts["returned"], item.facts["corrected"]) == (56, 1)
    trail = college.ask(
        lambda tx: [row.body for row in journal.read(tx.connection) if row.event == "affair_item"]
    )
    assert sum(b'"returned":57' in body for body in trail) == 1
    college.say(OFFICE, "评议")
    college.press(OFFICE, "名单")
    college.press(OFFICE, "1")
    assert "已更正1次，原数留有记录" in college.last(OFFICE).text


def test_another_persons_count_may_begin_at_any_time(college: Conversation) -> None:
    scheduled(college)
    college.say(OFFICE, "评议 外事副院长 实到58 发出58 收回57 有效56")
    shown = college.say(OFFICE, WHOLE.replace(LEADER, OTHER))
    assert "副书记评议计票" in shown.text
    assert "不在本次评议对象之列" in college.say(OFFICE, "评议 后勤副院长 58 58 57 56").text


def test_the_result_is_each_ones_own_and_in_the_order_of_seats(college: Conversation) -> None:
    scheduled(college)
    counted(college, WHOLE.replace(LEADER, OTHER).replace("总体评价 50 5 1 0", "总体评价 56 0 0 0"))
    assert "办结" not in college.say(OFFICE, "评议").labels
    assert "评议内容" in college.say(LEADER, "评议").text
    counted(college)
    assert college.press(OFFICE, "办结") == "已办结，结果已告知本人"
    college.settle()
    (told,) = [s.text for s in college.pushed(LEADER) if "【评议结果】" in s.text]
    assert "您本人的结果请点“查看”" in told
    shown = college.say(LEADER, "评议")
    assert "总体评价：好50" in shown.text
    assert "好56" not in shown.text
    shown = college.say(CHIEF, "评议")
    college.press(CHIEF, "名单", shown)
    assert "1. 外事副院长：已录入\n2. 副书记：已录入" in college.last(CHIEF).text, "the order of seats"
    college.press(CHIEF, "2")
    assert "总体评价：好56（100.0%）" in college.last(CHIEF).text
    college.press(CHIEF, "返回")
    assert "已录入2人，共2人" in college.last(CHIEF).text


def test_the_rules_hold_past_the_conversation_too(college: Conversation) -> None:
    affair, day = scheduled(college), date(2026, 12, 30)
    wrong = Count(58, 58, 57, 58, {})
    with pytest.raises(Invalid, match="count_wrong"):
        college.do(OFFICE, lambda work: appraising.enter(work, affair, college.id(LEADER), wrong))
    with pytest.raises(Missing, match="nobody_appraised"):
        college.do(OFFICE, lambda work: appraising.schedule(work, "x", day, 60, []))
    with pytest.raises(Invalid, match="no_voters"):
        college.do(OFFICE, lambda work: appraising.schedule(work, "x", day, 0, [college.id(LEADER)]))
    assert len(college.ask(lambda tx: affairs.of_kind(tx, AffairKind.APPRAISAL))) == 1


def test_finishing_waits_for_every_count(college: Conversation) -> None:
    affair = scheduled(college)
    with pytest.raises(Missing, match="appraisal_incomplete"):
        college.do(OFFICE, lambda work: appraising.finish(work, affair))


def test_what_is_annulled_counts_no_more(college: Conversation) -> None:
    scheduled(college)
    college.say(OFFICE, "评议")
    college.press(OFFICE, "作废")
    college.press(OFFICE, "返回")
    college.press(OFFICE, "作废")
    assert "作废后不能恢复" in college.last(OFFICE).text
    assert college.press(OFFICE, "确认") == "已作废"
    assert appraisal(college).state is AffairState.VOID
    assert "教职工代表60人" in college.say(OFFICE, "评议").text


def test_only_the_office_sets_it_down_and_counts(college: Conversation) -> None:
    for who in (CHIEF, LEADER, "纪委书记", "国际处处长", "系统管理员"):
        assert "由联席会议办公室办理" in college.say(who, "评议 12月28日 60人").text, who
    assert "目前没有与您有关的评议" in college.say("国际处处长", "评议").text
    scheduled(college)
    before = items(college)
    for who in (CHIEF, "纪委书记", LEADER, "国际处处长"):
        assert "由联席会议办公室办理" in college.say(who, WHOLE).text, who
        assert not {"录入票数", "办结", "作废"} & {*college.say(who, "评议").labels}, who
    assert items(college) == before
    assert "目前没有与您有关的评议" in college.say("国际处处长", "评议").text


def test_a_press_passed_on_shows_nobody_elses_result(college: Conversation) -> None:
    """The buttons of the list, in the hands of somebody who is appraised, lead nowhere."""
    affair = scheduled(college)
    counted(college)
    for verb, args in (("appraise.list", (affair.id,)), ("appraise.person", (affair.id, college.id(LEADER)))):
        shown = handed(college, LEADER, verb, *args)
        assert "没有这件事务" in shown, verb
    for verb in ("appraise.enter", "appraise.finish", "appraise.annul", "appraise.annul_now"):
        args = (affair.id, college.id(LEADER)) if verb == "appraise.enter" else (affair.id,)
        assert "由联席会议办公室办理" in handed(college, CHIEF, verb, *args), verb
    for verb in ("appraise.now", "appraise.count_now"):
        assert "这个按钮已失效" in handed(college, CHIEF, verb, "no such preview"), verb
    assert appraisal(college).state is AffairState.OPEN


def test_it_is_done_in_english_too(college: Conversation) -> None:
    college.say(OFFICE, "设置 语言 English")
    assert "no vote on line" in college.say(OFFICE, "appraisal").text
    assert (
        "60 staff representative(s), 6 person(s)"
        in college.say(OFFICE, "appraisal 28 December 60 people").text
    )
    college.press(OFFICE, "Schedule")
    college.say(OFFICE, "appraisal 外事副院长 present 58 out 58 back 57 valid 56")
    college.say(OFFICE, "political 50 5 1 0\ngoverning good 48 fairly 6 fair 2\nclean conduct 50 5 1 0")
    shown = college.say(OFFICE, "integrity 50 5 1 0 0\noverall 56 0 0 0")
    assert "Governing the Party: good 48 (85.7%), fairly good 6 (10.7%), fair 2 (3.6%), poor 0" in shown.text
