"""Every kind of push can be said, in both languages, of topics and measures, within its length."""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from handlers.pushing.notices import Matter, matter
from handlers.pushing.notices_words import sentence
from handlers.reader import reader
from handlers.texts import LANGUAGES, catalogue
from services import claiming, measuring
from services.measuring import Step
from storage import notices, people
from storage.store import Tx
from tests.handlers.conversation import Conversation
from workflow.ladder import Audience
from workflow.ladder_words import TRIGGERS
from workflow.topic import Cycle

OWNER, CLERK = "外事副院长", "党办主任"
MAY = datetime(2026, 5, 20, 15, 59, 59, tzinfo=UTC)
DATE = "2026-03-09T15:59:59+00:00"
VARIANTS = {"notices.late", "notices.delivery_all"}
KINDS = sorted(
    key.removeprefix("notices.")
    for key in catalogue("zh").names()
    if key.startswith("notices.") and key.count(".") == 1 and key not in VARIANTS
)


@pytest.fixture
def busy(college: Conversation) -> Conversation:
    """A topic with the longest short title there can be, claimed, with a measure."""
    topic = college.issued(short_title="因公出国境管理内控制度建", cycle=Cycle.MONTHLY)
    college.do(OWNER, lambda work: claiming.claim(work, topic.id))
    step = Step("修订办法", (college.unit("国际处"),), MAY)
    college.do(OWNER, lambda work: measuring.decompose(work, topic.id, [step]))
    return college


def owed(tx: Tx, college: Conversation, kind: str, **more: Any) -> Matter:
    data = {"by": DATE, "until": DATE, "since": DATE, "points": 3, "items": 12, "year": 2027, "topics": [1]}
    data |= {"owed": 7, "sent": 5, "missed": 1, "open": 1, "away": 0}
    persons = {"person": 1, "principal": 2, "deputy": 3, "before": 4, "after": 5}
    row = {
        "dedupe": f"test:{kind}:{uuid4().hex}",
        "kind": kind,
        "person_id": college.id(CLERK),
        "by_id": college.id(OWNER),
        "topic_id": 1,
        "level": 3,
        "audience": "unit_heads",
        "single": True,
        "due_at": tx.now,
        "data": data | persons,
        **more,
    }
    made = notices.owe(tx, row)
    assert made is not None
    return matter(tx, notices.get_many(tx, [made])[0])


def said(college: Conversation, kind: str, **more: Any) -> Iterator[tuple[str, str]]:
    """The sentence in each language."""

    def both(tx: Tx) -> list[tuple[str, str]]:
        found = owed(tx, college, kind, **more)
        clerk = people.get(tx, college.id(CLERK))
        eyes = {each: reader(tx, college.policy, replace(clerk, language=each)) for each in LANGUAGES}
        return [(each, sentence(eyes[each], found)) for each in LANGUAGES]

    yield from college.store.run_now(both)


def fits(text: str) -> bool:
    wide = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
    return wide <= 180


def whole(text: str) -> bool:
    return not any(sign in text for sign in "{}") and "None" not in text


def test_every_kind_has_its_sentence(busy: Conversation) -> None:
    for kind in KINDS:
        for measure in (None, 1):
            for language, text in said(busy, kind, measure_id=measure):
                assert whole(text), text
                assert fits(text), text
                assert ("\u4e00" <= text[1] <= "\u9fff") is (language == "zh")


@pytest.mark.parametrize("why", sorted(trigger.__name__ for trigger in TRIGGERS))
def test_every_reason_is_said_to_every_seat(busy: Conversation, why: str) -> None:
    for audience in (*Audience, "unit:国际处"):
        for measure in (None, 1):
            more = {"audience": str(audience), "measure_id": measure, "occurrence": 24314}
            for language, text in said(busy, "ladder", data={"why": why, "due": DATE}, **more):
                assert whole(text), text
                assert fits(text), text
                assert ("（提醒第3级）" if language == "zh" else "(step 3)") in text


def test_a_late_one_says_so(busy: Conversation) -> None:
    (_, zh), (_, en) = said(busy, "ladder", data={"why": "Before"}, late=True)
    assert zh.endswith("（提醒第3级）（迟发）")
    assert en.endswith("(step 3) (sent late)")


def test_a_paper_names_its_colour(busy: Conversation) -> None:
    (_, zh), _ = said(busy, "ladder", data={"why": "ShareLeft", "paper": "orange"}, audience="owner")
    assert zh.startswith("【橙色预警】")


def test_a_vacant_seat_is_named(busy: Conversation) -> None:
    (_, zh), (_, en) = said(busy, "vacancy", audience="unit:国际处")
    assert "应提醒的“国际处”负责人席位无人，已跳过" in zh
    assert "nobody sits as head of “国际处”" in en
