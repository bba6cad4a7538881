"""One of everything: a topic and a measure in every state, and whatever else can be pressed upon."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import insert

from services import (
    claiming,
    directory,
    extending,
    issuing,
    measuring,
    pressing,
    progress,
    standing_in,
    verifying,
)
from services.directory import Identity
from services.issuing import Draft
from services.measuring import Step
from storage import accounts, notices, outbox
from storage.store import Tx
from storage.tables_people import accounts as accounts_table
from tests.handlers.college import PEOPLE
from tests.handlers.conversation import Conversation
from workflow.measure import MeasureId, MeasureState
from workflow.topic import TopicId

ISSUER, CHIEF, OFFICE, OWNER = "党委书记", "院长", "党办主任", "外事副院长"
CO_OWNER, LEADER, DISCIPLINE = "副书记", "后勤副院长", "纪委书记"
LEAD, LIAISON, ASSIST, HEAD = "国际处处长", "国际处联络员", "财务处处长", "后勤处处长"
AIDE, DEPUTY, NEWCOMER = "代办人", "受托人", "新来的人"
EVERYBODY: Final = (*(title for title in PEOPLE if title != "审计处处长"), AIDE, DEPUTY)
TITLE, SECRET = "公开事项的标题", "保密事项的标题"
WORDS: Final = "报告里说的原话"
JUNE: Final = datetime(2026, 6, 30, 15, 59, 59, tzinfo=UTC)
JULY: Final = JUNE + timedelta(days=30)


@dataclass(slots=True)
class Town:
    """Ids by what they are: `topics` and `measures` by state, with a few more by name."""

    college: Conversation
    topics: dict[str, TopicId] = field(default_factory=dict)
    measures: dict[str, MeasureId] = field(default_factory=dict)
    others: dict[str, TopicId] = field(default_factory=dict)
    ids: dict[str, Any] = field(default_factory=dict)

    def do(self, who: str, act: Callable[..., Any], *args: Any, **more: Any) -> Any:
        """Somebody does something past the conversation."""
        return self.college.do(who, lambda work: act(work, *args, **more))


def build(college: Conversation) -> Town:
    """The college with one of everything."""
    town = Town(college)
    _people(town)
    _topics(town)
    _measures(town)
    _requests(town)
    _pushes(town)
    return town


def _people(town: Town) -> None:
    for no, title in enumerate((AIDE, DEPUTY, NEWCOMER), 1):
        made = town.do(OFFICE, directory.add_person, Identity(f"x{no}", title))
        account = {
            "messenger": "telegram",
            "sender": f"u{made.id}",
            "chat": f"c{made.id}",
            "person_id": made.id,
        }
        state = "pending" if title == NEWCOMER else "active"
        town.college.store.run_now(
            lambda tx, row={**account, "state": state}: tx.execute(
                insert(accounts_table), {**row, "bound_at": tx.now}
            )
        )
    person = town.college.id
    town.ids["aide"] = town.do(OWNER, standing_in.appoint_aide, person(OWNER), person(AIDE)).id
    since, until = town.college.clock.now(), JUNE
    town.do(ISSUER, standing_in.delegate, person(ISSUER), person(DEPUTY), since, until)
    newcomer = person(NEWCOMER)
    town.ids["account"] = town.college.ask(lambda tx: accounts.of_person(tx, newcomer)[0].id)


def _draft(town: Town, **more: Any) -> TopicId:
    values: dict[str, Any] = {
        "title": TITLE,
        "short_title": TITLE,
        "goal": "目标",
        "issuer_id": town.college.id(ISSUER),
        "owner_id": town.college.id(OWNER),
        "co_owners": (town.college.id(CO_OWNER),),
        "lead_units": (town.college.unit("国际处"),),
        "assist_units": (town.college.unit("财务处"),),
        "deadline": JUNE,
    }
    made: TopicId = town.do(OFFICE, issuing.draft, Draft(**values | more)).id
    return made


def _confirming(town: Town, **more: Any) -> TopicId:
    topic = _draft(town, **more)
    town.do(OFFICE, issuing.propose, topic)
    return topic


def _issued(town: Town, **more: Any) -> TopicId:
    topic = _confirming(town, **more)
    town.do(ISSUER, issuing.publish, topic)
    return topic


def _in_progress(town: Town, **more: Any) -> TopicId:
    topic = _issued(town, **more)
    town.do(OWNER, claiming.claim, topic)
    return topic


def _submitted(town: Town, **more: Any) -> TopicId:
    topic = _in_progress(town, **more)
    town.do(OWNER, verifying.submit, topic)
    return topic


def _topics(town: Town) -> None:
    both = (town.college.id(CO_OWNER), town.college.id(LEADER))
    closed, withdrawn = _submitted(town), _issued(town)
    town.do(DISCIPLINE, verifying.close, closed)
    town.do(ISSUER, issuing.withdraw, withdrawn, "重复")
    town.topics = {
        "draft": _draft(town),
        "confirming": _confirming(town),
        "issued": _issued(town),
        "eligible": _issued(town, owner_id=None, eligible=both, co_owners=()),
        "in_progress": _in_progress(town),
        "submitted": _submitted(town),
        "closed": closed,
        "withdrawn": withdrawn,
        "secret": _in_progress(town, title=SECRET, short_title=SECRET, confidential=True),
        "own": _submitted(town, co_owners=(town.college.id(DISCIPLINE),)),
    }


def _measures(town: Town) -> None:
    unit = town.college.unit
    step = Step("措施的内容", (unit("国际处"),), JUNE, (unit("财务处"),))
    town.others["measured"] = _in_progress(town)
    made = town.do(OWNER, measuring.decompose, town.others["measured"], [step] * len(MeasureState))
    for name, measure in zip(MeasureState, made, strict=True):
        town.measures[name] = measure.id
    for name in ("received", "returned", "reported_done", "confirmed"):
        town.do(LEAD, measuring.receive, town.measures[name])
    for name in ("returned", "reported_done", "confirmed"):
        town.do(LEAD, measuring.report_done, town.measures[name], "办好了")
    town.do(OWNER, measuring.send_back, town.measures["returned"], "缺材料")
    town.do(OWNER, measuring.confirm, town.measures["confirmed"])
    town.do(OWNER, measuring.withdraw, town.measures["withdrawn"])
    handed = _in_progress(town)
    town.measures["resting"] = town.do(OWNER, measuring.decompose, handed, [step])[0].id
    town.do(OWNER, verifying.submit, handed, "措施另行完成")
    town.measures["secret"] = town.do(OWNER, measuring.decompose, town.topics["secret"], [step])[0].id


def _requests(town: Town) -> None:
    asked, declined, inquired = _in_progress(town), _issued(town), _in_progress(town)
    ids = town.ids
    ids["extension"] = town.do(OWNER, extending.ask, asked, JULY, "等招标").id
    sooner = JUNE - timedelta(days=9)
    unit = (town.college.unit("国际处"),)
    other = _in_progress(town)
    short = town.do(OWNER, measuring.decompose, other, [Step("措施", unit, sooner)])[0].id
    ids["measure_extension"] = town.do(LEAD, extending.ask, other, JUNE, "等招标", short).id
    ids["reroute"] = town.do(OWNER, claiming.decline, declined, "不是我分管").id
    ids["inquiry"] = town.do(CHIEF, pressing.inquire, inquired, "为何没有动静").id
    ids["report"] = town.do(LEAD, progress.report, town.topics["in_progress"], WORDS)
    ids["secret_report"] = town.do(LEAD, progress.report, town.topics["secret"], WORDS)
    town.others |= {"asked": asked, "declined": declined, "inquired": inquired}


def _pushes(town: Town) -> None:
    """A message that carried a notice for the owner, as the digest or a bundle would."""
    nudge = {"kind": "nudged", "data": {"by": JUNE.isoformat()}, "wants_ack": True}
    town.ids["notice"], town.ids["outbox"] = _carried(town, OWNER, nudge)
    measure = {
        "kind": "assigned",
        "topic_id": town.others["measured"],
        "measure_id": town.measures["assigned"],
    }
    _, town.ids["handed_down"] = _carried(town, LEAD, measure)


def _carried(town: Town, who: str, values: Mapping[str, Any]) -> tuple[int, int]:
    person = town.college.id(who)

    def carried(tx: Tx) -> tuple[int, int]:
        owed = notices.owe(
            tx,
            {
                "dedupe": f"town:{person}",
                "person_id": person,
                "topic_id": town.topics["in_progress"],
                "by_id": person,
                "single": True,
                "due_at": tx.now,
                **values,
            },
        )
        out = outbox.enqueue(tx, messenger="telegram", chat=f"c{person}", person_id=person, kind="bundle")
        notices.attach(tx, [owed or 0], out)
        outbox.sent(tx, out, f"m-town-{person}", tx.now)
        return owed or 0, out

    return town.college.store.run_now(carried)
