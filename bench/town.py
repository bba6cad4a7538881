"""A college to measure on: as many leaders, units and issued topics as there are lanes, and its updates."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, insert

from bot import settings
from bot.policy import policy_of
from handlers.cards import Button, Card, Subject, dump, rows
from handlers.stamps import stamp
from services import issuing
from services.issuing import Draft
from services.policy import Policy
from services.work import Said, Work
from storage import cards, migrate, people
from storage.cards import Posted
from storage.engine import sqlite_url
from storage.store import Store, Tx
from storage.tables_people import accounts, in_charge, members, roles, units
from storage.tables_people import people as people_table
from workflow.roles import PersonId, Role, UnitId
from workflow.topic import Topic

MONDAY: Final = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)  # 09:30 in the college
MESSENGER: Final = "telegram"
CARD: Final = 100  # the message that shows the topic, in every chat
CHIEF, CLERK, SECRETARY, FIRST = 1, 2, 3, 4


class StillClock:
    """It is always the same Monday morning."""

    def now(self) -> datetime:
        """That moment, aware, UTC."""
        return MONDAY


def policy() -> Policy:
    """What a college has that sets nothing."""
    return policy_of(settings.load(None, {}))


def found(file: Path, lanes: int) -> Path:
    """A file in which each of `lanes` leaders has one topic to claim, and a unit head to report on it."""
    fill(sqlite_url(file), lanes)
    return file


def fill(url: URL, lanes: int) -> None:
    """The same in any database."""
    migrate.upgrade(url)
    store = Store(url, StillClock())
    store.run_now(lambda tx: _people(tx, lanes))
    for lane in range(lanes):
        store.run_now(partial(_topic, lane=lane))
    store.close()


def updates(lanes: int, reports: int) -> Iterator[list[dict[str, Any]]]:
    """Waves of raw updates, one a lane: every leader claims, then every unit head reports `reports` times."""
    for wave in range(reports + 1):
        yield [_press(wave, lane) if wave == 0 else _report(wave, lane, lanes) for lane in range(lanes)]


def leader(lane: int) -> PersonId:
    """Who claims in a lane."""
    return PersonId(FIRST + 2 * lane)


def head(lane: int) -> PersonId:
    """Who reports in a lane."""
    return PersonId(FIRST + 2 * lane + 1)


def _people(tx: Tx, lanes: int) -> None:
    given = [(CHIEF, "书记", "secretary", Role.CHIEF), (CLERK, "主任", "", Role.OFFICE)]
    given += [(SECRETARY, "纪委书记", "", Role.DISCIPLINE_SECRETARY)]
    for lane in range(lanes):
        given += [
            (leader(lane), f"副院长{lane}", "", Role.LEADER),
            (head(lane), f"处长{lane}", "", Role.UNIT_HEAD),
        ]
    tables = {
        people_table: [
            {"id": i, "code": f"p{i}", "title": title, "post": post} for i, title, post, _ in given
        ],
        roles: [{"person_id": i, "role": role} for i, _, _, role in given],
        accounts: [_account(i) | {"state": "active", "bound_at": tx.now} for i, *_ in given],
        units: [{"id": n + 1, "code": f"d{n}", "name": f"处室{n}"} for n in range(lanes)],
        members: [{"unit_id": n + 1, "person_id": head(n), "role": Role.UNIT_HEAD} for n in range(lanes)],
        in_charge: [{"leader_id": leader(n), "unit_id": n + 1, "relation": "charge"} for n in range(lanes)],
    }
    for one, filled in tables.items():
        tx.execute(insert(one), filled)


def _account(person: int) -> dict[str, Any]:
    return {"messenger": MESSENGER, "sender": f"{person}", "chat": f"{person}", "person_id": person}


def _topic(tx: Tx, lane: int) -> None:
    chief = people.get(tx, PersonId(CHIEF))
    work = Work(tx, policy(), chief, Said(tx.now))
    draft = Draft(
        title=f"因公出国管理内控制度不完善之{lane}",
        short_title=f"因公出国内控{lane}",
        problem="制度不闭环",
        goal="闭环管理",
        owner_id=leader(lane),
        lead_units=(UnitId(lane + 1),),
        deadline=MONDAY + timedelta(days=120),
    )
    topic = issuing.publish(work, issuing.draft(work, draft).id)
    for person, button in ((leader(lane), "topic.claim"), (head(lane), "topic.report")):
        _post(tx, topic, person, Button(button, button, (topic.id,)))


def _post(tx: Tx, topic: Topic, person: PersonId, button: Button) -> None:
    posted = Posted(
        key=f"k{person}",
        messenger=MESSENGER,
        chat=f"{person}",
        person_id=person,
        body=dump(Card(buttons=rows(button))),
        created_at=tx.now,
        subject=Subject.TOPIC,
        subject_id=topic.id,
        version=stamp(topic),
        message_id=f"{CARD}",
    )
    cards.add(tx, posted)


def _press(wave: int, lane: int) -> dict[str, Any]:
    person = leader(lane)
    shown = {"message_id": CARD, "date": _said(), "chat": _chat(person), "text": "题"}
    press = {"id": f"{wave}-{lane}", "from": _user(person), "message": shown, "chat_instance": "1"}
    return {"update_id": lane + 1, "callback_query": press | {"data": f"k{person}:0"}}


def _report(wave: int, lane: int, lanes: int) -> dict[str, Any]:
    person = head(lane)
    number = wave * lanes + lane + 1
    card = {"message_id": CARD, "date": _said(), "chat": _chat(person), "text": "题"}
    message = {
        "message_id": 1000 + number,
        "date": _said(),
        "chat": _chat(person),
        "from": _user(person),
        "text": f"已完成制度修订第{wave}稿，进度{wave % 100}%",
        "reply_to_message": card,
    }
    return {"update_id": number, "message": message}


def _chat(person: int) -> dict[str, Any]:
    return {"id": person, "type": "private", "first_name": "某"}


def _user(person: int) -> dict[str, Any]:
    return {"id": person, "is_bot": False, "first_name": "某", "language_code": "zh-hans"}


def _said() -> int:
    return int(MONDAY.timestamp())


def text(raw: dict[str, Any]) -> str:
    """An update as it comes over the wire."""
    return json.dumps(raw)
