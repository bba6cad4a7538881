"""今日待办 each workday morning, and the bundle that keeps a full day readable."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from handlers.render import render
from services import claiming, directory_seats, issuing, preferences, pressing, pushing, verifying
from services.issuing import Draft
from services.work import Work
from storage import notices, outbox
from storage.processes import Epoch
from storage.store import Tx
from tests.handlers.conversation import Conversation, Shown
from workflow.topic import Topic

JUNE = datetime(2026, 6, 30, 15, 59, 59, tzinfo=UTC)

OWNER, UNIT, DISCIPLINE, CHIEF = "外事副院长", "国际处处长", "纪委书记", "党委书记"


def claimed(college: Conversation, **more: object) -> Topic:
    topic = college.issued(**more)
    return college.do(OWNER, lambda work: claiming.claim(work, topic.id))


def digests(college: Conversation, who: str) -> list[Shown]:
    return [shown for shown in college.pushed(who) if shown.kind == "digest"]


def together(college: Conversation, most: int, cap: int = 8) -> list[Topic]:
    """So many topics set for one leader in one turn, with such a daily cap."""
    college.policy = replace(college.policy, cap=cap)
    given = Draft(goal="闭环", owner_id=college.id(OWNER), deadline=JUNE)

    def set_all(work: Work) -> list[Topic]:
        drafts = [issuing.draft(work, replace(given, title=f"第{no}题")) for no in range(1, most + 1)]
        return [issuing.publish(work, topic.id) for topic in drafts]

    return college.do(CHIEF, set_all)


def test_nothing_to_say_is_not_said(college: Conversation) -> None:
    college.pass_(days=4)
    assert [shown for who in (OWNER, UNIT, CHIEF) for shown in college.pushed(who)] == []


def test_the_morning_counts_what_there_is_and_leads_to_it(college: Conversation) -> None:
    claimed(college)
    college.issued(short_title="另一题")
    college.pass_to(datetime(2026, 3, 4, 1, tzinfo=UTC))
    morning = digests(college, OWNER)[-1]
    assert morning.text.splitlines() == [
        "【今日待办】",
        "3月4日：今日到期1项。",
        "1. 2026-002《另一题》 3月4日 待领题",
    ]
    assert morning.labels == ["1"]

    college.press(OWNER, "1", morning)
    assert "领题" in college.last(OWNER).labels
    assert college.press(OWNER, "领题") == "已领题"


def test_the_five_most_urgent_are_named_each_once_and_the_rest_is_a_press_away(college: Conversation) -> None:
    late = claimed(college, short_title="已逾期", deadline=datetime(2026, 3, 4, 15, 59, 59, tzinfo=UTC))
    claimed(college, short_title="今天到期", deadline=datetime(2026, 3, 6, 15, 59, 59, tzinfo=UTC))
    college.do(CHIEF, lambda work: pressing.inquire(work, late.id, "进展如何"))
    college.pass_to(datetime(2026, 3, 5, 12, tzinfo=UTC))
    for no in range(3, 9):
        college.issued(short_title=f"第{no}题")
    college.pass_to(datetime(2026, 3, 6, 1, tzinfo=UTC))

    morning = digests(college, OWNER)[-1]

    assert morning.text.splitlines() == [
        "【今日待办】",
        "3月6日：逾期1项、今日到期1项、近期到期6项。",
        "1. 2026-001《已逾期》 3月4日（已逾期2个工作日）",
        "2. 2026-002《今天到期》 3月6日",
        "3. 2026-003《第3题》 3月9日 待领题",
        "4. 2026-004《第4题》 3月9日 待领题",
        "5. 2026-005《第5题》 3月9日 待领题",
        "其余3件，请点“逐项办理”。",
    ]
    assert morning.labels == ["1", "2", "3", "4", "5", "逐项办理"]

    college.press(OWNER, "逐项办理", morning)
    assert college.last(OWNER).text.splitlines()[:3] == [
        "【今日待办】",
        "〔逾期〕",
        "1. 2026-001《已逾期》 3月4日（已逾期2个工作日）",
    ]
    college.press(OWNER, "更多", college.last(OWNER))
    assert college.last(OWNER).labels == ["6", "7", "8", "更多"]


def test_a_confidential_item_is_its_number(college: Conversation) -> None:
    college.issued(confidential=True)
    college.pass_to(datetime(2026, 3, 3, 1, tzinfo=UTC))
    assert digests(college, OWNER)[-1].text.splitlines()[2:] == ["1. 2026-001 待领题"]


def test_what_is_not_urgent_waits_for_the_morning(college: Conversation) -> None:
    claimed(college)
    college.pass_to(datetime(2026, 3, 3, 1, tzinfo=UTC))
    assert digests(college, CHIEF)[-1].text.splitlines()[1:] == [
        "3月3日，请知悉以下事项：",
        "· 【已领题】2026-001《因公出国内控》由外事副院长领题，牵头部门：国际处，时限6月30日。",
    ]
    college.pass_(days=1)
    assert len(digests(college, CHIEF)) == 1, "what was said is not said again"


def test_a_long_morning_is_read_page_by_page(college: Conversation) -> None:
    for topic in together(college, 6):
        college.do(OWNER, lambda work, topic=topic: claiming.claim(work, topic.id))
    college.pass_to(datetime(2026, 3, 3, 1, tzinfo=UTC))
    first = digests(college, CHIEF)[-1]
    assert first.text.count("【已领题】") == 4

    college.press(CHIEF, "更多", first)

    second = college.last(CHIEF)
    assert second.message_id == first.message_id
    assert second.text.count("【已领题】") == 2


def test_a_digest_drawn_twice_says_the_same(college: Conversation) -> None:
    """It broke on the way: what it carries it carries again."""
    claimed(college)
    college.clock.advance(timedelta(days=1))
    college.store.run_now(lambda tx: pushing.digests(tx, college.policy))

    def drawn(tx: Tx) -> str:
        (out,) = (out for out in outbox.claim(tx, Epoch(1), 99, 60, tx.now, tx.now) if out.person_id == chief)
        twice = [render(tx, college.policy, out) for _ in range(2)]
        assert twice[0] == twice[1]
        return "\n".join(twice[0].lines) if twice[0] else ""

    chief = college.id(CHIEF)
    assert "【已领题】" in college.store.run_now(drawn)


def test_the_reader_chooses_the_hour(college: Conversation) -> None:
    college.do(CHIEF, lambda work: preferences.set_digest(work, "9:15"))
    claimed(college)
    college.pass_to(datetime(2026, 3, 3, 2, tzinfo=UTC))
    assert [f"{shown.at:%H:%M}" for shown in digests(college, CHIEF)] == ["01:15"]


def test_over_the_cap_a_day_comes_as_one_card(college: Conversation) -> None:
    together(college, 2)
    assert [shown.kind for shown in college.pushed(OWNER)] == ["notice", "notice"]
    together(college, 7)
    bundle = college.pushed(OWNER)[-1]
    assert (bundle.kind, bundle.card.title) == ("bundle", "【集中提醒】共7项")


def test_a_bundle_is_acknowledged_line_by_line_or_at_once(college: Conversation) -> None:
    together(college, 6, cap=2)
    bundle = college.last(OWNER)
    assert bundle.card.title == "【集中提醒】共6项"
    assert bundle.labels == ["知悉1", "知悉2", "知悉3", "知悉4", "全部知悉", "更多"]

    assert college.press(OWNER, "知悉2", bundle) == "已知悉"
    left = college.last(OWNER)
    assert left.labels == ["知悉1", "知悉3", "知悉4", "全部知悉", "更多"]
    college.press(OWNER, "更多", left)
    assert college.last(OWNER).labels == ["知悉5", "知悉6", "全部知悉", "更多"]
    assert college.press(OWNER, "全部知悉", college.last(OWNER)) == "已知悉5项"

    assert college.last(OWNER).labels == ["更多"]
    told = college.ask(lambda tx: notices.get_many(tx, range(1, 100)))
    assert all(one.acknowledged_at for one in told if one.person_id == college.id(OWNER))


def test_a_reply_to_a_bundle_asks_which(college: Conversation) -> None:
    together(college, 3, cap=0)
    answer = college.say(OWNER, "正在推进", reply_to=college.last(OWNER))
    assert answer.labels == ["001", "002", "003", "取消"]


def test_one_that_is_left_of_a_bundle_stands_alone(college: Conversation) -> None:
    """Two were owed after hours; by the morning one had gone to somebody else."""
    college.pass_(hours=12)
    kept, gone = together(college, 2, cap=0)
    college.do(CHIEF, lambda work: claiming.reroute(work, gone.id, college.id("副书记")))
    college.pass_(hours=13)
    (call,) = (shown for shown in college.pushed(OWNER) if "【点题】" in shown.text)
    assert kept.number in call.text
    assert gone.number not in call.text
    assert call.labels == ["领题", "提请调整", "看议题"]


def test_what_nobody_claims_is_reported_upwards_in_one_message(college: Conversation) -> None:
    together(college, 3, cap=20)
    college.pass_to(datetime(2026, 3, 6, 12, tzinfo=UTC))
    for who in (CHIEF, "党办主任"):
        (told,) = (shown for shown in college.pushed(who) if "【待领题】" in shown.text)
        assert told.card.title == "【集中提醒】共3项"
        assert told.labels == ["知悉1", "知悉2", "知悉3", "全部知悉"]
    own = [shown for shown in college.pushed(OWNER) if "待您领题" in shown.text and shown.kind == "notice"]
    assert len(own) >= 3, "whoever is to claim can do so on each"


def test_what_has_become_the_same_sentence_is_said_once(college: Conversation) -> None:
    topic = claimed(college)
    for leaders in (("后勤副院长",), ("后勤副院长", "副书记")):
        seated = tuple(map(college.id, leaders))
        college.do(
            "党办主任", lambda work, seated=seated: directory_seats.change_seat(work, topic.id, None, seated)
        )
    college.pass_(days=1)
    told = [line for line in digests(college, UNIT)[0].text.splitlines() if "【调整席位】" in line]
    assert len(told) == 1


def test_what_was_settled_the_same_day_is_not_told_as_open(college: Conversation) -> None:
    """Handed in, sent back, handed in again and closed: the units read that it is closed, no more."""
    topic = claimed(college)
    college.do(OWNER, lambda work: verifying.submit(work, topic.id))
    college.do(DISCIPLINE, lambda work: verifying.send_back(work, topic.id, ["缺审批单"], JUNE))
    college.do(OWNER, lambda work: verifying.submit(work, topic.id))
    college.do(DISCIPLINE, lambda work: verifying.close(work, topic.id))
    college.pass_(days=1)
    for who in (CHIEF, UNIT):
        told = " ".join(shown.text for shown in digests(college, who))
        assert "【申请销号】" not in told
        assert "【退回补正】" not in told


def test_the_office_hears_of_a_morning_how_much_is_due_anywhere(college: Conversation) -> None:
    claimed(college, deadline=JUNE)
    claimed(college, deadline=JUNE + timedelta(days=6))
    college.pass_to(datetime(2026, 7, 3, 1, tzinfo=UTC))
    morning = digests(college, "党办主任")[-1]
    assert morning.text == "【今日待办】\n全校议题：逾期1项、近期到期1项。"
    assert morning.labels == ["批量催办", "出督办单", "导出台账"]


def test_the_office_has_no_morning_when_nothing_is_due(college: Conversation) -> None:
    claimed(college, deadline=JUNE)
    college.pass_(days=20)
    assert digests(college, "党办主任") == []


def test_the_discipline_secretary_finds_what_is_overdue_a_press_away(college: Conversation) -> None:
    claimed(college, deadline=JUNE)
    college.pass_to(datetime(2026, 7, 8, 1, tzinfo=UTC))
    college.press(DISCIPLINE, "逾期", digests(college, DISCIPLINE)[-1])
    assert "2026-001" in college.last(DISCIPLINE).text
