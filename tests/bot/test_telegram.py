"""The Telegram messenger against the sandbox's Bot API, which is as strict as the real one."""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.messengers.base import (
    Conflict,
    Gone,
    Malformed,
    Outgoing,
    Rates,
    Raw,
    Refused,
    Unauthorised,
    Unreachable,
)
from bot.messengers.telegram import Telegram
from bot.sandbox import acts
from bot.sandbox.api import BotApi
from bot.sandbox.model import Telegram as Sandbox
from bot.sandbox.params import Upload
from bot.sandbox.shapes import Message, Person
from bot.sandbox.world import private
from handlers.cards import Attachment, Button, Card, rows
from handlers.incoming import Incoming, Kind, Membership

TOPIC = Card(
    title="题 2026-001",
    fields=(("期限", "2026年11月30日（周一）"),),
    lines=("完善因公出国内控制度 & 流程",),
    buttons=rows(Button("领题", "claim", (1,)), Button("提请调整", "decline", (1,))),
)


class Noon:
    """A clock that stands still."""

    def now(self) -> datetime:
        return datetime(2026, 3, 2, 4, tzinfo=UTC)


class Office:
    """A sandbox, somebody in it, and our messenger."""

    def __init__(self, sandbox: Sandbox, li: Person, telegram: Telegram) -> None:
        self.sandbox, self.li, self.telegram = sandbox, li, telegram
        self.room = private(sandbox.bot.id, li.id)

    @property
    def chat(self) -> str:
        return str(self.li.id)

    def shown(self, message_id: str) -> Message:
        found = self.sandbox.rooms.find(self.room, int(message_id))
        assert found
        return found

    async def heard(self, offset: int | None = None) -> list[Incoming]:
        return [self.read(raw) for raw in await self.telegram.receive(offset)]

    def read(self, raw: Raw) -> Incoming:
        incoming = self.telegram.parse(raw, Noon().now())
        assert incoming
        return incoming


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """Everything real, and small."""
    sandbox = Sandbox(Noon(), tmp_path / "sandbox")
    app = web.Application()
    BotApi(sandbox).add_to(app)
    server = TestServer(app)
    await server.start_server()
    address = str(server.make_url("")).rstrip("/")
    telegram = Telegram(
        sandbox.token,
        base_url=f"{address}/bot",
        base_file_url=f"{address}/file/bot",
        poll_seconds=0,
        rates=Rates(),
    )
    await telegram.open()
    yield Office(sandbox, sandbox.add_person(7001, "分管副院长"), telegram)
    await telegram.close()
    await server.close()
    sandbox.close()


async def test_it_knows_who_it_is(office: Office) -> None:
    assert office.telegram.account.username == office.sandbox.bot.username
    assert office.telegram.account.id == office.sandbox.bot.id


async def test_what_is_said_arrives_once_and_is_confirmed_by_the_next_offset(office: Office) -> None:
    acts.say(office.sandbox, office.li, office.room, "我的")
    acts.say(office.sandbox, office.li, office.room, "帮助")
    raws = await office.telegram.receive(None)
    first, second = map(office.read, raws)
    assert (first.text, first.sender, first.chat.id, first.sent_at) == ("我的", "7001", "7001", Noon().now())
    assert (second.text, second.kind) == ("帮助", Kind.MESSAGE)
    assert {office.telegram.lane(raw) for raw in raws} == {"7001"}
    assert [office.telegram.event_id(raw) for raw in raws] == [first.event_id, second.event_id]
    assert await office.heard(office.telegram.offset_after(raws)) == []


async def test_an_update_nobody_understands_holds_up_no_other(office: Office) -> None:
    office.sandbox.mail(office.sandbox.bot.id).put("message", {"message_id": "seven", "date": []})
    acts.say(office.sandbox, office.li, office.room, "我的")
    broken, good = await office.telegram.receive(None)
    with pytest.raises(Malformed):
        office.telegram.parse(broken, Noon().now())
    assert office.read(good).text == "我的"
    assert await office.heard(office.telegram.offset_after([broken, good])) == []


async def test_a_card_is_sent_pressed_answered_and_redrawn(office: Office) -> None:
    sent = await office.telegram.send(office.chat, Outgoing(TOPIC, key="k1"))
    shown = office.shown(sent)
    assert shown.text == "题 2026-001\n期限：2026年11月30日（周一）\n完善因公出国内控制度 & 流程"
    assert [dict(entity) for entity in shown.entities] == [{"type": "bold", "offset": 0, "length": 10}]
    assert [[button["text"] for button in row] for row in shown.rows()] == [["领题", "提请调整"]]

    acts.press(office.sandbox, office.li, shown, acts.labelled(shown, "提请调整"))
    (press,) = await office.heard()
    assert press.press
    assert (press.press.token, press.message_id, press.sender) == ("k1:1", sent, "7001")
    assert TOPIC.pressed(int(press.press.token.rpartition(":")[2])) == TOPIC.buttons[0][1]
    await office.telegram.answer(press.press.id, "已提请调整" * 50, alert=True)
    with pytest.raises(Gone):
        await office.telegram.answer(press.press.id, "再答一次")

    done = Outgoing(replace(TOPIC, lines=("待点题人决定",), buttons=()), key="k2")
    await office.telegram.edit(office.chat, sent, done)
    await office.telegram.edit(office.chat, sent, done)
    assert office.shown(sent).text.endswith("待点题人决定")
    assert office.shown(sent).rows() == []


async def test_a_long_card_arrives_in_parts_with_the_buttons_under_the_last(office: Office) -> None:
    long = replace(TOPIC, lines=tuple(f"{n}. " + "整改👍" * 20 for n in range(200)))
    last = await office.telegram.send(office.chat, Outgoing(long, key="k1"))
    parts = [office.shown(str(id)) for id in range(int(last) - 4, int(last) + 1)]
    assert [bool(part.rows()) for part in parts] == [False, False, False, False, True]


async def test_a_reply_to_a_card_and_a_card_in_reply(office: Office) -> None:
    card = await office.telegram.send(office.chat, Outgoing(TOPIC, key="k1"))
    acts.say(office.sandbox, office.li, office.room, "已完成初稿", int(card))
    (report,) = await office.heard()
    assert report.reply_to == card
    echo = await office.telegram.send(
        office.chat, Outgoing(Card(title="已收到"), key="k2", reply_to=report.message_id)
    )
    assert office.shown(echo).reply_to == int(report.message_id)
    lost = await office.telegram.send(office.chat, Outgoing(Card(title="已收到"), key="k3", reply_to="999"))
    assert office.shown(lost).reply_to is None


async def test_a_deleted_card_cannot_be_redrawn(office: Office) -> None:
    card = await office.telegram.send(office.chat, Outgoing(TOPIC, key="k1"))
    await office.telegram.delete(office.chat, card)
    await office.telegram.delete(office.chat, card)
    with pytest.raises(Gone):
        await office.telegram.edit(office.chat, card, Outgoing(Card(title="x"), key="k2"))


async def test_evidence_comes_and_goes(office: Office, tmp_path: Path) -> None:
    paper = b"%PDF-1.7 " + bytes(200_000)
    acts.upload(office.sandbox, office.li, office.room, [Upload("会议 纪要.pdf", paper)], "佐证")
    (sent,) = await office.heard()
    assert sent.text == "佐证"
    (file,) = sent.files
    assert (file.name, file.size) == ("会议 纪要.pdf", len(paper))

    kept = tmp_path / "kept"
    assert await office.telegram.fetch(file.id, kept, 20 * 2**20) == len(paper)
    assert kept.read_bytes() == paper

    sha = hashlib.sha256(paper).hexdigest()
    card = Card(title="核验", files=(Attachment(sha, "会议 纪要.pdf", "application/pdf"),))
    text = await office.telegram.send(office.chat, Outgoing(card, key="k1", paths={sha: kept}))
    document = office.shown(str(int(text) + 1))
    stored = office.sandbox.depot.find(document.file or "")
    assert stored
    assert (stored.name, stored.size) == ("会议 纪要.pdf", len(paper))


async def test_a_file_too_large_or_unknown_leaves_nothing_behind(office: Office, tmp_path: Path) -> None:
    acts.upload(office.sandbox, office.li, office.room, [Upload("big.pdf", bytes(5000))])
    (sent,) = await office.heard()
    into = tmp_path / "kept" / "file"
    into.parent.mkdir()
    for id, limit in ((sent.files[0].id, 4999), ("no such file", 9999)):
        with pytest.raises(Refused):
            await office.telegram.fetch(id, into, limit)
    assert list(into.parent.iterdir()) == []


async def test_who_blocks_us_cannot_be_reached(office: Office) -> None:
    acts.block(office.sandbox, office.li, office.sandbox.bot)
    (told,) = await office.heard()
    assert (told.kind, told.membership) == (Kind.MEMBERSHIP, Membership.BLOCKED)
    with pytest.raises(Unreachable):
        await office.telegram.send(office.chat, Outgoing(TOPIC, key="k1"))


async def test_a_chat_has_its_own_menu_in_each_language(office: Office) -> None:
    await office.telegram.set_menu(office.chat, [("new", "点题"), ("mine", "我的")], "")
    await office.telegram.set_menu(office.chat, [("start", "Start")], "en-GB")
    with pytest.raises(Refused):
        await office.telegram.set_menu(office.chat, [("点题", "not a command name")], "")


async def test_a_wrong_token_and_a_webhook_are_told_apart(office: Office) -> None:
    office.sandbox.faults.add({"method": "getUpdates", "kind": "409"})
    with pytest.raises(Conflict):
        await office.telegram.receive(None)
    office.sandbox.faults.add({"method": "getUpdates", "kind": "401"})
    with pytest.raises(Unauthorised):
        await office.telegram.receive(None)
