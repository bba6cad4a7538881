"""送达: the office reads each morning what was owed and what arrived, and asks why not."""

from datetime import UTC, datetime, timedelta

import pytest

from services import delivering
from storage import notices
from storage.store import Tx
from tests.handlers.conversation import Conversation

OFFICE = "党办主任"
TUESDAY = datetime(2026, 3, 3, 0, 30, tzinfo=UTC)  # 08:30 in the college


def close_the_day(college: Conversation) -> None:
    """The first sweep of a day owes the account of the days before."""
    college.store.run_now(lambda tx: delivering.report(tx, college.policy))


def morning(college: Conversation, at: datetime = TUESDAY) -> list[str]:
    """What the office's digest says of deliveries when the day comes."""
    college.pass_to(at - timedelta(hours=1))
    close_the_day(college)
    close_the_day(college)
    college.pass_to(at)
    said = [line for shown in college.pushed(OFFICE) for line in shown.text.splitlines()]
    return [line[line.index("【送达】") :] for line in said if "【送达】" in line]


def breaks(college: Conversation, *sql: str) -> None:
    for one in sql:
        assert college.store.run_now(lambda tx, one=one: tx.connection.exec_driver_sql(one).rowcount), one


def asked(college: Conversation, text: str, who: str = OFFICE) -> list[str]:
    return college.say(who, text).text.splitlines()


def stood_still(college: Conversation, since: datetime, until: datetime) -> None:
    college.store.run_now(lambda tx: tx.record("outage", facts={"since": since, "until": until}))


def test_all_that_was_owed_has_arrived(college: Conversation) -> None:
    college.issued()
    assert morning(college) == ["【送达】3月2日应发提醒1条，全部送达。"]
    assert asked(college, "送达") == ["【送达】3月2日", "应发1条：实发1条，未达0条，待定0条。"]


def test_a_quiet_day_needs_no_line(college: Conversation) -> None:
    assert morning(college) == []
    assert asked(college, "送达") == ["【送达】3月2日", "没有应发的提醒。"]


def test_the_account_does_not_count_itself(college: Conversation) -> None:
    college.issued()
    assert len(morning(college)) == 1
    assert asked(college, "送达 今天")[1] == "没有应发的提醒。"


def test_what_did_not_arrive_is_told_with_its_reasons(college: Conversation) -> None:
    for owner in ("外事副院长", "副书记", "后勤副院长", "纪委书记"):
        college.issued(owner=owner)
    breaks(
        college,
        "UPDATE notices SET state = 'owed', sent_at = NULL WHERE id < 4",
        "UPDATE outbox SET state = 'dead' WHERE id = (SELECT outbox_id FROM notices WHERE id = 1)",
        "UPDATE outbox SET state = 'held' WHERE id = (SELECT outbox_id FROM notices WHERE id = 2)",
        "UPDATE outbox SET state = 'uncertain' WHERE id = (SELECT outbox_id FROM notices WHERE id = 3)",
    )
    assert morning(college) == [
        "【送达】3月2日应发提醒4条：实发1、未达1、待定2。发“送达”看原因。",
    ]
    assert asked(college, "送达") == [
        "【送达】3月2日",
        "应发4条：实发1条，未达1条，待定2条。",
        "未达：通讯平台拒收1条。涉及外事副院长。",
        "待定：送达存疑、待办公室放行1条、是否送达正在核实1条。涉及副书记、后勤副院长。",
    ]


def test_whoever_cannot_be_written_to_is_told_apart(college: Conversation) -> None:
    breaks(college, "UPDATE accounts SET state = 'revoked' WHERE chat = 'c4'")
    college.issued(owner="外事副院长")
    college.issued(owner="副书记")
    breaks(
        college,
        "UPDATE notices SET state = 'unreached' WHERE person_id = 5",
        "UPDATE outbox SET state = 'dead' WHERE person_id = 5",
    )
    college.pass_to(TUESDAY)
    assert asked(college, "送达")[1:3] == [
        "应发2条：实发0条，未达2条，待定0条。",
        "未达：没有可用的账号1条、本人已停用机器人1条。涉及外事副院长、副书记。",
    ]


def test_what_waits_is_told_apart(college: Conversation) -> None:
    college.issued()
    breaks(
        college,
        "UPDATE notices SET state = 'owed', sent_at = NULL",
        "UPDATE outbox SET state = 'pending', not_before = '2026-04-01 00:00:00' WHERE kind = 'notice'",
    )
    owed = {"kind": "vacancy", "state": "owed", "data": {}, "single": False}
    college.store.run_now(lambda tx: line(tx, college.id("院长"), owed))
    breaks(college, "UPDATE accounts SET state = 'revoked' WHERE chat = 'c2'")
    assert asked(college, "送达 今天") == ["【送达】3月2日", *WAITS]
    breaks(college, "UPDATE accounts SET state = 'active' WHERE chat = 'c2'")
    assert asked(college, "送达 今天")[2] == "待定：排队待发1条、待列入每日待办1条。涉及院长、外事副院长。"


WAITS = [
    "应发2条：实发0条，未达1条，待定1条。",
    "未达：没有可用的账号1条。涉及院长。",
    "待定：排队待发1条。涉及外事副院长。",
]


def line(tx: Tx, person: int, values: dict[str, object]) -> None:
    """Owe a line of the morning's digest, an hour before it."""
    notices.owe(
        tx, {**values, "dedupe": f"line:{person}", "person_id": person, "due_at": tx.now - timedelta(hours=1)}
    )


def test_what_no_longer_held_is_told_and_not_counted(college: Conversation) -> None:
    college.issued()
    college.issued(owner="副书记")
    breaks(
        college,
        "UPDATE notices SET state = 'void' WHERE id = 1",
        "UPDATE notices SET state = 'owed', sent_at = NULL WHERE id = 2",
        "UPDATE outbox SET state = 'void' WHERE id = (SELECT outbox_id FROM notices WHERE id = 2)",
    )
    assert morning(college) == []
    assert asked(college, "送达")[1:] == [
        "应发0条：实发0条，未达0条，待定0条。",
        "另有2条到时情况已变，不再发送。",
    ]


def test_of_confidential_topics_only_the_counts_are_told(college: Conversation) -> None:
    college.issued(confidential=True)
    breaks(college, "UPDATE notices SET state = 'unreached'")
    college.pass_to(TUESDAY)
    assert asked(college, "送达")[2] == "未达：本人已停用机器人1条。"


def test_no_more_than_ten_are_named(college: Conversation) -> None:
    owed = {"kind": "vacancy", "state": "unreached", "data": {}, "single": False}
    college.store.run_now(lambda tx: [line(tx, person, owed) for person in range(1, 13)])
    told = asked(college, "送达 今天")[2]
    assert told.startswith("未达：没有可用的账号12条。涉及党委书记、院长、党办主任、")
    assert told.endswith("、系统管理员等12人。")


def test_after_a_standstill_the_account_says_so(college: Conversation) -> None:
    college.issued()
    since = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    stood_still(college, since - timedelta(days=9), since - timedelta(days=8))
    college.clock.advance(timedelta(minutes=90))
    stood_still(college, since, since + timedelta(hours=1))
    breaks(college, "UPDATE notices SET late = TRUE")
    assert morning(college) == ["【送达】3月2日应发提醒1条，全部送达。其间系统停机约60分钟。"]
    assert asked(college, "送达")[2:] == ["实发中有1条因系统停机迟发。", "其间系统停机约60分钟。"]
    assert len(asked(college, "送达 今天")) == 2


def test_days_of_silence_come_in_one_account(college: Conversation) -> None:
    college.issued()
    morning(college)
    college.clock.advance(timedelta(days=3))
    stood_still(college, TUESDAY, TUESDAY + timedelta(days=3))
    assert morning(college, TUESDAY + timedelta(days=6))[-1].startswith("【送达】3月3日至3月8日应发提醒")


def test_a_weekend_has_no_account_of_its_own(college: Conversation) -> None:
    college.pass_to(datetime(2026, 3, 6, 2, tzinfo=UTC))
    college.issued()
    college.pass_to(datetime(2026, 3, 7, 2, tzinfo=UTC))
    close_the_day(college)
    told = morning(college, datetime(2026, 3, 9, 0, 30, tzinfo=UTC))
    assert told == ["【送达】3月6日至3月8日应发提醒1条，全部送达。"]
    assert asked(college, "送达")[0] == "【送达】3月6日至3月8日"
    assert asked(college, "送达 上周六") == ["【送达】3月7日", "没有应发的提醒。"]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("送达 3月2日", "【送达】3月2日"),
        ("送达 2日", "【送达】3月2日"),
        ("送达 周一", "【送达】3月2日"),
        ("送达 昨天", "【送达】3月2日"),
        ("送达 12月31日", "【送达】2025年12月31日"),
        ("送达 明天", "这一天还没有到，请写今天或以前的日期。"),
        ("送达 2月30日", "没有“2月30日”这一天，请核对。"),
        ("送达 那天", "没看懂日期“那天”。请写成：11月30日、下周五、三个工作日内。"),
    ],
)
def test_a_day_is_asked_for_as_people_say_it(college: Conversation, said: str, answer: str) -> None:
    college.pass_to(TUESDAY)
    assert asked(college, said)[0] == answer


def test_the_discipline_secretary_may_ask_too_and_nobody_else(college: Conversation) -> None:
    assert asked(college, "送达", "纪委书记")[0].startswith("【送达】")
    assert asked(college, "送达", "外事副院长") == ["您没有“查看送达”的权限，请联系联席会议办公室。"]
    assert college.say(OFFICE, "送达", group=True).text == "请在与机器人的私聊中查询。"


def test_it_speaks_english(college: Conversation) -> None:
    breaks(college, "UPDATE people SET language = 'en' WHERE title = '党办主任'")
    college.issued()
    assert [s for s in (college.pass_to(TUESDAY), asked(college, "delivery yesterday")) if s] == [
        ["[Delivery] 2 Mar", "1 owed: 1 sent, 0 missed, 0 open."]
    ]
