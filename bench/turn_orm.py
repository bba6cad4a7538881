"""The idiom most bots are written in: ConversationHandler, async SQLAlchemy ORM, aiosqlite or asyncpg.

Same updates, same tables, same rows in the end: it keeps the update, reads the seats the rule needs once,
writes report, topic, journal, notices, card and outbox, and settles the update. Presses and replies are owed
in the outbox, as on our side, so nothing is sent here either.
"""

import json
import secrets
import warnings
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import URL, event, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from telegram import Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    filters,
)

from bench import town
from bench.orm_models import (
    Account,
    Card,
    Dialogue,
    Inbox,
    Journal,
    JournalHead,
    Member,
    Notice,
    Outbox,
    Person,
    Report,
    Role,
    Salt,
    StandIn,
    Topic,
    TopicPerson,
    TopicUnit,
)
from bench.wire import Canned

REPORTING: Final = 1
Context = ContextTypes.DEFAULT_TYPE


class Orm:
    """A bot as the handbooks show it, around one database."""

    def __init__(self, url: URL) -> None:
        driver = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}[url.get_backend_name()]
        self._engine = create_async_engine(url.set(drivername=driver))
        if driver.startswith("sqlite"):
            event.listen(self._engine.sync_engine, "connect", _durable)
        self._session = async_sessionmaker(self._engine, expire_on_commit=False)
        wire = Canned()
        self._app = (
            Application.builder()
            .token("1:bench")
            .request(wire)
            .get_updates_request(wire)
            .updater(None)
            .build()
        )
        claim: Any = CallbackQueryHandler(self._claim)
        report: Any = MessageHandler(filters.TEXT & filters.REPLY, self._report)
        with warnings.catch_warnings(action="ignore"):  # that presses are not tracked for each message
            dialogue = ConversationHandler(
                [claim, report], {REPORTING: [claim, report]}, [], per_message=False
            )
        self._app.add_handler(dialogue)

    async def __aenter__(self) -> "Orm":
        await self._app.initialize()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._app.shutdown()
        await self._engine.dispose()

    async def feed(self, wave: Sequence[str]) -> None:
        """Keep a poll's updates in one commit, then process them one by one, as PTB does by default."""
        async with self._session() as session, session.begin():
            for raw in wave:
                told = json.loads(raw)
                lane = str(told.get("message", told.get("callback_query"))["from"]["id"])
                session.add(
                    Inbox(
                        messenger=town.MESSENGER,
                        event_id=str(told["update_id"]),
                        lane=lane,
                        raw=raw,
                        received_at=town.MONDAY,
                        state="new",
                    )
                )
        for raw in wave:
            await self._app.process_update(Update.de_json(json.loads(raw), self._app.bot))

    async def _claim(self, update: Update, _: Context) -> int:
        query = update.callback_query
        assert query
        assert query.data
        async with self._session() as session, session.begin():
            row, person = await _begin(session, update)
            card = await session.get_one(Card, query.data.partition(":")[0])
            topic, eligible = await _topic(session, card.subject_id)
            if (
                topic.state != "issued"
                or person.id != topic.owner_id
                or not await _seats(session, person, topic)
            ):
                raise PermissionError
            topic.state, topic.claimed_at, topic.owner_id = "in_progress", town.MONDAY, person.id
            topic.anchor, topic.anchored_at, topic.version = topic.anchor + 1, town.MONDAY, topic.version + 1
            for one in eligible:
                await session.delete(one)
            card.superseded_at = town.MONDAY
            heads = await session.scalars(
                select(Member.person_id)
                .join(TopicUnit, TopicUnit.unit_id == Member.unit_id)
                .where(TopicUnit.topic_id == topic.id)
            )
            text = f"{topic.number} {topic.title} {topic.problem} {topic.goal}"
            await _answer(session, person, "edit", text, topic.id)
            for head in heads:
                await _tell(session, head, "claimed", topic, None, single=True)
            await _tell(session, topic.issuer_id, "claimed", topic, None, single=False)
            await _record(session, "claim", topic, person, {"state": topic.state}, "")
            row.state, row.raw = "done", None
        return REPORTING

    async def _report(self, update: Update, _: Context) -> int:
        message = update.message
        assert message
        assert message.reply_to_message
        text = message.text or ""
        async with self._session() as session, session.begin():
            row, person = await _begin(session, update)
            card = await session.scalar(
                select(Card)
                .where(
                    Card.chat == str(message.chat_id),
                    Card.message_id == str(message.reply_to_message.message_id),
                )
                .order_by(Card.created_at.desc())
            )
            assert card
            topic, _eligible = await _topic(session, card.subject_id)
            if topic.state != "in_progress" or not await _seats(session, person, topic):
                raise PermissionError
            report = _said(person, topic, message.chat_id, message.message_id, text)
            session.add(report)
            await session.flush()
            topic.last_report_at, topic.percent, topic.version = (
                town.MONDAY,
                report.percent,
                topic.version + 1,
            )
            await _tell(session, topic.owner_id, "reported", topic, report.id, single=False)
            await _answer(
                session, person, "card", f"{topic.number} {topic.short_title} {report.percent}%", topic.id
            )
            await _record(session, "report", topic, person, {"report": report.id}, text)
            row.state, row.raw = "done", None
        return REPORTING


def _said(person: Any, topic: Any, chat: int, message: int, text: str) -> Any:
    return Report(
        topic_id=topic.id,
        event="report",
        author_id=person.id,
        text=text,
        percent=int("".join(sign for sign in text.partition("进度")[2] if sign.isdigit()) or 0),
        sent_at=town.MONDAY,
        recorded_at=town.MONDAY,
        chat=str(chat),
        message_id=str(message),
    )


async def _begin(session: AsyncSession, update: Update) -> tuple[Any, Any]:
    """The inbox row, and whose it is: account, person, open dialogue."""
    row = await session.scalar(
        select(Inbox).where(Inbox.event_id == str(update.update_id), Inbox.state == "new")
    )
    assert update.effective_user
    account = await session.scalar(select(Account).where(Account.sender == str(update.effective_user.id)))
    assert row
    assert account
    person = await session.get_one(Person, account.person_id)
    await session.scalar(select(Dialogue).where(Dialogue.person_id == person.id))
    return row, person


async def _topic(session: AsyncSession, topic_id: int) -> tuple[Any, Sequence[Any]]:
    topic = await session.get_one(Topic, topic_id)
    people = await session.scalars(select(TopicPerson).where(TopicPerson.topic_id == topic_id))
    return topic, people.all()


async def _seats(session: AsyncSession, person: Any, topic: Any) -> bool:
    """The same questions our rule asks: roles, stand-ins, units, verifiers."""
    roles = (await session.scalars(select(Role).where(Role.person_id == person.id))).all()
    await session.scalars(select(StandIn).where(StandIn.deputy_id == person.id, StandIn.ended_at.is_(None)))
    units = (await session.scalars(select(Member.unit_id).where(Member.person_id == person.id))).all()
    leads = (await session.scalars(select(TopicUnit.unit_id).where(TopicUnit.topic_id == topic.id))).all()
    verifiers = await session.scalars(select(Role.person_id).where(Role.role == topic.verifier))
    seated = person.id == topic.owner_id or bool(set(units) & set(leads)) or person.id in verifiers.all()
    return bool(roles) and seated


async def _tell(
    session: AsyncSession, whom: int, kind: str, topic: Any, report: int | None, *, single: bool
) -> None:
    """Owe a notice, and its message when it is to be one of its own."""
    person = await session.get_one(Person, whom)
    notice = Notice(
        dedupe=f"{kind}:{topic.id}.{topic.version}::{report or ''}:{person.id}",
        kind=kind,
        person_id=person.id,
        topic_id=topic.id,
        report_id=report,
        anchor=topic.anchor,
        data={},
        single=single,
        due_at=town.MONDAY,
        state="owed",
    )
    session.add(notice)
    if single:
        account = await session.scalar(select(Account).where(Account.person_id == person.id))
        assert account
        message = _out(account.chat, person.id, "notice", "", "")
        session.add(message)
        await session.flush()
        notice.outbox_id = message.id


async def _answer(session: AsyncSession, person: Any, kind: str, text: str, topic: int) -> None:
    key = secrets.token_urlsafe(9)
    session.add(
        Card(
            key=key,
            messenger=town.MESSENGER,
            chat=str(person.id),
            person_id=person.id,
            subject="topic",
            subject_id=topic,
            body="[]",
            created_at=town.MONDAY,
        )
    )
    session.add(_out(str(person.id), person.id, kind, json.dumps({"text": text}), key))


def _out(chat: str, person: int, kind: str, body: str, key: str) -> Any:
    return Outbox(
        messenger=town.MESSENGER,
        chat=chat,
        person_id=person,
        kind=kind,
        body=body,
        card_key=key,
        state="pending",
        not_before=town.MONDAY,
        created_at=town.MONDAY,
    )


async def _record(session: AsyncSession, event: str, topic: Any, person: Any, facts: Any, text: str) -> None:
    """One chained row, its head advanced."""
    head = await session.get_one(JournalHead, 1)
    head.seq += 1
    salt = secrets.token_bytes(16)
    told = {**facts, "text": sha256(salt + text.encode()).hexdigest()}
    body = json.dumps([head.seq, datetime.now(UTC).isoformat(), event, topic.id, person.id, told]).encode()
    head.hash = sha256(head.hash + body).digest()
    row = {"seq": head.seq, "at": town.MONDAY, "event": event, "topic_id": topic.id, "actor_id": person.id}
    session.add(Journal(**row, body=body, hash=head.hash))
    session.add(Salt(seq=head.seq, salt=salt))


def _durable(connection: Any, _record: Any) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
