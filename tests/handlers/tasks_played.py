"""Every daily task as a person plays it: from a card that came unasked, a digest, or a word of one's own."""

import hashlib
from datetime import UTC, datetime

from handlers.incoming import Fetched
from services import claiming, extending, measuring, verifying
from services.measuring import Step
from storage import affairs, measures, notices, people, reports, requests, topics
from tests.handlers.conversation import Shown
from tests.handlers.handing import CHECK, ROOMS, SAID, TRAVEL, sheet
from tests.handlers.tasks import Hand, task
from workflow.affair import AffairKind, AffairState
from workflow.measure import MeasureState
from workflow.roles import Role
from workflow.topic import Topic, TopicState
from workflow.transitions import Event

CHIEF, OFFICE, LEADER, HEAD, LIAISON = "党委书记", "党办主任", "外事副院长", "国际处处长", "国际处联络员"
SECRETARY, DEPUTY, ADMIN = "纪委书记", "副书记", "系统管理员"
MAY = datetime(2026, 5, 29, 15, 59, 59, tzinfo=UTC)
JULY = datetime(2026, 7, 31, 15, 59, 59, tzinfo=UTC)

# What a task starts from: the college as far as it has come, and nothing counted.


def claimed(hand: Hand, **more: object) -> Topic:
    topic = hand.college.issued(**more)
    return hand.college.do(LEADER, lambda work: claiming.claim(work, topic.id))


def decomposed(hand: Hand) -> Topic:
    topic = claimed(hand)
    step = Step("修订办法", (hand.college.unit("国际处"),), MAY)
    hand.college.do(LEADER, lambda work: measuring.decompose(work, topic.id, [step]))
    return topic


def submitted(hand: Hand) -> Topic:
    topic = claimed(hand)
    hand.college.do(LEADER, lambda work: verifying.submit(work, topic.id))
    return topic


def morning(hand: Hand, at: datetime) -> Shown:
    """The digest of a day."""
    hand.college.pass_to(at)
    return [one for one in hand.college.pushed(hand.who) if one.kind == "digest"][-1]


def now(hand: Hand, topic: Topic) -> Topic:
    return hand.college.ask(lambda tx: topics.get(tx, topic.id))


def measure_of(hand: Hand, topic: Topic) -> MeasureState:
    [measure] = hand.college.ask(lambda tx: measures.of_topic(tx, topic.id))
    return measure.state


def said(hand: Hand, topic: Topic) -> list[str]:
    return [one.text for one in hand.college.ask(lambda tx: reports.of_topic(tx, topic.id))]


# 书记、院长


@task("书记、院长", "看今日待办")
def digest(hand: Hand) -> None:
    hand.sits(CHIEF)
    claimed(hand)
    assert "【已领题】" in morning(hand, datetime(2026, 3, 3, 1, tzinfo=UTC)).text


@task("书记、院长", "点题", messages=1, taps=1)
def issue(hand: Hand) -> None:
    hand.sits(CHIEF).write("点题 完善采购验收制度 @后勤副院长 目标 验收留痕 11月30日前")
    hand.tap("发布")
    [topic] = hand.college.ask(topics.find)
    assert topic.state is TopicState.ISSUED


@task("书记、院长", "批延期", taps=1)
def grant(hand: Hand) -> None:
    topic = claimed(hand)
    hand.college.do(LEADER, lambda work: extending.ask(work, topic.id, JULY, "招标流程较长"))
    hand.sits(CHIEF).tap("同意延期", hand.push("延期"))
    assert now(hand, topic).deadline == JULY


@task("书记、院长", "改派", taps=2)
def reroute(hand: Hand) -> None:
    topic = hand.college.issued()
    hand.college.do(LEADER, lambda work: claiming.decline(work, topic.id, "属财务工作"))
    hand.sits(CHIEF).tap("改派", hand.push("提请调整"))
    hand.tap(DEPUTY)
    assert now(hand, topic).owner_id == hand.college.id(DEPUTY)


# 联席会议办公室


@task("办公室", "代拟点题", messages=1, taps=1)
def draft(hand: Hand) -> None:
    hand.sits(OFFICE).write("点题 规范公务接待台账 @后勤副院长 以书记名义 目标 账实一致 月底")
    hand.tap("送确认")
    [topic] = hand.college.ask(topics.find)
    assert topic.state is TopicState.CONFIRMING


@task("办公室", "批量催办", taps=2)
def nudge_all(hand: Hand) -> None:
    topic = claimed(hand)
    hand.sits(OFFICE).tap("批量催办", morning(hand, datetime(2026, 6, 25, 1, tzinfo=UTC)))
    hand.tap("批量催办")
    assert [one.event for one in hand.college.ask(lambda tx: reports.of_topic(tx, topic.id))] == [Event.NUDGE]


@task("办公室", "出督办单", taps=2)
def slip(hand: Hand) -> None:
    claimed(hand)
    hand.sits(OFFICE).tap("出督办单", morning(hand, datetime(2026, 7, 8, 1, tzinfo=UTC)))
    hand.tap("2026-001")
    assert [name for name in hand.college.files if name.endswith(".docx")]


@task("办公室", "导入反馈批次", files=1, taps=1)
def batch(hand: Hand) -> None:
    content = sheet(TRAVEL, CHECK, ROOMS)
    digest = hashlib.sha256(content).hexdigest()
    (hand.folder / digest).write_bytes(content)
    sent = Fetched(digest, "反馈.xlsx", "application/xlsx", len(content))
    hand.files += 1
    hand.college.say(OFFICE, SAID, files=[sent])
    hand.sits(OFFICE).tap("导入")
    assert hand.college.ask(lambda tx: affairs.of_kind(tx, AffairKind.BATCH, *AffairState))


@task("办公室", "导出台账", taps=1)
def ledger(hand: Hand) -> None:
    claimed(hand)
    hand.sits(OFFICE).tap("导出台账", morning(hand, datetime(2026, 6, 25, 1, tzinfo=UTC)))
    assert [name for name in hand.college.files if name.endswith(".xlsx")]


@task("办公室", "调整席位", taps=3)
def change_owner(hand: Hand) -> None:
    topic = claimed(hand)
    card = hand.college.say(OFFICE, "题 001")
    hand.sits(OFFICE).tap("调整席位", card)
    hand.tap(DEPUTY)
    hand.tap("确认")
    assert now(hand, topic).owner_id == hand.college.id(DEPUTY)


# 分管领导


@task("分管领导", "领题", taps=1)
def claim(hand: Hand) -> None:
    topic = hand.college.issued()
    hand.sits(LEADER).tap("领题", hand.push("【点题】"))
    assert now(hand, topic).state is TopicState.IN_PROGRESS


@task("分管领导", "分解措施", messages=1, taps=1)
def decompose(hand: Hand) -> None:
    topic = claimed(hand)
    hand.sits(LEADER).write("分解 001\n修订办法 牵头 国际处 5月29日前")
    hand.tap("下达")
    assert hand.college.ask(lambda tx: measures.of_topic(tx, topic.id))


@task("分管领导", "报进展", messages=1)
def report(hand: Hand) -> None:
    topic = claimed(hand)
    due = hand.sits(LEADER).college
    due.pass_to(datetime(2026, 6, 25, 1, tzinfo=UTC))
    hand.write("已完成修订，60%", reply_to=hand.push("001"))
    assert now(hand, topic).percent == 60


@task("分管领导", "申请销号", taps=1, messages=1)
def submit(hand: Hand) -> None:
    topic = decomposed(hand)
    hand.college.pass_to(datetime(2026, 6, 30, 1, tzinfo=UTC))
    hand.sits(LEADER).tap("申请销号", hand.push("今天（6月30日）到期"))
    hand.write("其余措施并入日常工作")
    assert now(hand, topic).state is TopicState.SUBMITTED


# 责任部门


@task("部门", "接收措施", taps=1)
def receive(hand: Hand) -> None:
    topic = decomposed(hand)
    hand.sits(LIAISON).tap("收到", hand.push("修订办法"))
    assert measure_of(hand, topic) is MeasureState.RECEIVED


@task("部门", "报进展", messages=1)
def unit_reports(hand: Hand) -> None:
    topic = decomposed(hand)
    hand.sits(HEAD).write("初稿已成", reply_to=hand.push("修订办法"))
    assert said(hand, topic) == ["初稿已成"]


@task("部门", "传佐证", messages=1)
def evidence(hand: Hand) -> None:
    decomposed(hand)
    hand.sits(HEAD)
    hand.messages += 1
    shown = hand.college.say(HEAD, reply_to=hand.push("修订办法"), files=["制度.pdf"])
    assert "已记录" in shown.text


@task("部门", "申请延期", messages=1, taps=1)
def extension(hand: Hand) -> None:
    decomposed(hand)
    hand.sits(HEAD).write("延期 001-1 6月25日 等待法务意见")
    hand.tap("提交申请")
    assert hand.college.ask(lambda tx: requests.awaiting(tx, [hand.college.id(LEADER)]))


# 纪委书记


def overdue(hand: Hand) -> Shown:
    claimed(hand)
    hand.sits(SECRETARY).college.pass_to(datetime(2026, 7, 20, 1, tzinfo=UTC))
    return hand.push("【逾期】")


@task("纪委书记", "知悉逾期", taps=1)
def acknowledge(hand: Hand) -> None:
    hand.tap("知悉", overdue(hand))
    told = hand.college.ask(lambda tx: notices.get_many(tx, range(100)))
    assert [one for one in told if one.acknowledged_at and one.person_id == hand.college.id(SECRETARY)]


@task("纪委书记", "催办", taps=1)
def nudge(hand: Hand) -> None:
    assert hand.tap("催办", overdue(hand)) == "已催办"


@task("纪委书记", "核验并销号", taps=2)
def verify(hand: Hand) -> None:
    topic = submitted(hand)
    hand.sits(SECRETARY).tap("核验通过", hand.push("申请销号"))
    hand.tap("销号")
    assert now(hand, topic).state is TopicState.CLOSED


@task("纪委书记", "退回补正", messages=1, taps=1)
def send_back(hand: Hand) -> None:
    topic = submitted(hand)
    hand.sits(SECRETARY).write("退回 001 缺审批单 6月20日前")
    hand.tap("退回补正")
    assert now(hand, topic).state is TopicState.IN_PROGRESS


# 系统管理员


@task("系统管理员", "邀请", taps=2)
def invite(hand: Hand) -> None:
    hand.college.say(ADMIN, "人员 财务处处长")
    hand.college.press(ADMIN, "解除账号")
    hand.college.press(ADMIN, "确认")
    greeting = hand.college.say(ADMIN, "开始")
    hand.sits(ADMIN).tap("邀请", greeting)
    hand.tap("财务处处长")
    assert "邀请码" in hand.last.text


@task("系统管理员", "调整席位", taps=3)
def change_seat(hand: Hand) -> None:
    unit = hand.college.say(ADMIN, "部门 国际处")
    hand.sits(ADMIN).tap("设负责人", unit)
    hand.tap(LIAISON)
    hand.tap("确认")
    members = hand.college.ask(lambda tx: people.members_of(tx, [hand.college.unit("国际处")]))
    assert hand.college.id(LIAISON) in [m.person_id for m in members if m.role is Role.UNIT_HEAD]
