"""Files go both ways within Telegram's limits, and only to the bot they were meant for."""

import io
import struct
import zlib
from typing import Any

import aiohttp
import pytest

from bot.sandbox import acts
from bot.sandbox.depot import MEGABYTE
from bot.sandbox.errors import ApiError
from bot.sandbox.params import Upload
from tests.sandbox.local_telegram import DEAN, SECRETARY, Refused, Sandbox


def png(width: int = 2, height: int = 3) -> bytes:
    """A picture a browser would show."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\xff\0\0" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


async def hand_in(sandbox: Sandbox, *files: tuple[str, bytes], **more: str) -> Any:
    form = aiohttp.FormData(more, quote_fields=False)
    for name, content in files:
        form.add_field("file", io.BytesIO(content), filename=name)
    return await sandbox.ask("POST", f"/people/{DEAN}/messages", data=form)


async def send(sandbox: Sandbox, kind: str, content: bytes, name: str = "台账.xlsx", **more: str) -> Any:
    form = aiohttp.FormData({"chat_id": str(DEAN), **more})
    form.add_field(kind, io.BytesIO(content), filename=name)
    url = f"{sandbox.url}/bot{sandbox.telegram.token}/send{kind.title()}"
    async with sandbox.http.post(url, data=form) as response:
        body = await response.json()
    if not body["ok"]:
        raise Refused(body)
    return body["result"]


async def fetch(sandbox: Sandbox, path: str, token: str | None = None) -> tuple[int, bytes]:
    url = f"{sandbox.url}/file/bot{token or sandbox.telegram.token}/{path}"
    async with sandbox.http.get(url) as response:
        return response.status, await response.read()


async def test_a_photo_with_its_caption_reaches_the_bot(sandbox: Sandbox) -> None:
    status, said = await hand_in(sandbox, ("现场.png", png()), caption="整改现场", **{"as": "photo"})
    assert (status, said["text"], said["files"][0]["mime"]) == (200, "整改现场", "image/png")
    message = (await sandbox.next_update())["message"]
    assert message["caption"] == "整改现场"
    assert (message["photo"][-1]["width"], message["photo"][-1]["height"]) == (2, 3)
    file = await sandbox.call("getFile", file_id=message["photo"][-1]["file_id"])
    assert await fetch(sandbox, file["file_path"]) == (200, png())


async def test_several_files_are_one_album(sandbox: Sandbox) -> None:
    papers = [("一.pdf", b"%PDF-1.4 1"), ("二.pdf", b"%PDF-1.4 2")]
    status, said = await hand_in(sandbox, *papers, caption="佐证", reply_to="")
    assert status == 200
    assert [each["files"][0]["name"] for each in said["album"]] == ["一.pdf", "二.pdf"]
    first, second = [update["message"] for update in await sandbox.updates()]
    assert first["media_group_id"] == second["media_group_id"]
    assert (first["caption"], "caption" in second) == ("佐证", False)
    assert first["document"]["mime_type"] == "application/pdf"


async def test_what_is_no_picture_goes_as_a_document(sandbox: Sandbox) -> None:
    await hand_in(sandbox, ("骗.png", b"not a picture"), **{"as": "photo"})
    assert (await sandbox.next_update())["message"]["document"]["file_name"] == "骗.png"


async def test_an_empty_file_is_refused(sandbox: Sandbox) -> None:
    status, answer = await hand_in(sandbox, ("空.txt", b""))
    assert (status, answer) == (400, {"error": "refused", "message": "File must be non-empty."})


async def test_more_than_20_mb_can_be_sent_but_not_fetched(sandbox: Sandbox) -> None:
    dean, paper = sandbox.telegram.registry.person(DEAN), Upload("大.zip", bytes(20 * MEGABYTE + 1))
    room = acts.room_of(sandbox.telegram, dean, sandbox.telegram.bot)
    acts.upload(sandbox.telegram, dean, room, [paper])
    sent = (await sandbox.next_update())["message"]["document"]
    assert sent["file_size"] == 20 * MEGABYTE + 1
    with pytest.raises(Refused, match="400 Bad Request: file is too big"):
        await sandbox.call("getFile", file_id=sent["file_id"])


async def test_more_than_50_mb_is_too_much_for_a_bot(sandbox: Sandbox) -> None:
    with pytest.raises(ApiError, match="Request Entity Too Large"):
        sandbox.telegram.depot.keep_sent(
            sandbox.telegram.bot.id, "document", "大.zip", bytes(50 * MEGABYTE + 1)
        )


async def test_a_bot_sends_a_document_and_sends_it_again_by_its_id(sandbox: Sandbox) -> None:
    sent = await send(sandbox, "document", b"PK\3\4 ledger", caption="<b>台账</b>", parse_mode="HTML")
    again = await sandbox.call("sendDocument", chat_id=SECRETARY, document=sent["document"]["file_id"])
    assert again["document"] == sent["document"]
    [shown] = await sandbox.messages(DEAN)
    async with sandbox.http.get(f"{sandbox.url}{shown['files'][0]['url']}") as response:
        assert await response.read() == b"PK\3\4 ledger"
        assert response.headers["Content-Disposition"].startswith("attachment;")
        assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_an_attached_file_is_found_by_its_name(sandbox: Sandbox) -> None:
    form = aiohttp.FormData({"chat_id": str(DEAN), "photo": "attach://chart"})
    form.add_field("chart", png(), filename="chart.png")
    async with sandbox.http.post(
        f"{sandbox.url}/bot{sandbox.telegram.token}/sendPhoto", data=form
    ) as response:
        assert (await response.json())["result"]["photo"][0]["width"] == 2


@pytest.mark.parametrize(
    ("kind", "content", "words"),
    [
        ("document", b"", "400 Bad Request: file must be non-empty"),
        ("photo", b"text", "400 Bad Request: IMAGE_PROCESS_FAILED"),
        ("photo", png(1, 30), "400 Bad Request: PHOTO_INVALID_DIMENSIONS"),
        ("photo", b"x" * (10 * MEGABYTE + 1), "bytes is too big for a photo"),
    ],
    ids=["empty", "no picture", "too thin", "too big"],
)
async def test_what_a_bot_sends_is_checked(sandbox: Sandbox, kind: str, content: bytes, words: str) -> None:
    with pytest.raises(Refused) as refusal:
        await send(sandbox, kind, content)
    assert words in str(refusal.value)


async def test_an_id_is_no_use_to_another_bot_or_as_another_kind(sandbox: Sandbox) -> None:
    sent = await send(sandbox, "document", b"%PDF-1.4")
    id = sent["document"]["file_id"]
    with pytest.raises(Refused, match="can't use file of type Document as Photo"):
        await sandbox.call("sendPhoto", chat_id=DEAN, photo=id)
    with pytest.raises(Refused, match="wrong file identifier/HTTP URL specified"):
        await sandbox.call("sendDocument", chat_id=DEAN, document="BQACinvented")
    with pytest.raises(Refused, match="there is no document in the request"):
        await sandbox.call("sendDocument", chat_id=DEAN)
    path = (await sandbox.call("getFile", file_id=id))["file_path"]
    other = await sandbox.post("/bots", {"username": "other_bot"})
    with pytest.raises(Refused, match="invalid file_id"):
        await sandbox.call("getFile", token=other["token"], file_id=id)
    assert (await fetch(sandbox, path, other["token"]))[0] == 404
    assert (await fetch(sandbox, path, "1:unknown"))[0] == 401


async def test_a_caption_has_its_own_limit(sandbox: Sandbox) -> None:
    with pytest.raises(Refused, match="400 Bad Request: message caption is too long"):
        await send(sandbox, "document", b"%PDF-1.4", caption="题" * 1025)
    sent = await send(sandbox, "document", b"%PDF-1.4", caption="题")
    where = {"chat_id": DEAN, "message_id": sent["message_id"]}
    assert (await sandbox.call("editMessageCaption", **where, caption="新"))["caption"] == "新"
    with pytest.raises(Refused, match="there is no text in the message to edit"):
        await sandbox.call("editMessageText", **where, text="新")
