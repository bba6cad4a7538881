"""What Telegram has accepted it does not lose, be it killed or started again on the same folder."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.sandbox.errors import SandboxError
from bot.sandbox.model import Telegram
from tests.sandbox.local_telegram import DEAN, Process, Sandbox, opened

LIVES_AND_DIES = """
import os, signal, sys
from pathlib import Path
from bot.sandbox import acts
from bot.sandbox.model import Telegram
from tests.sandbox.local_telegram import Process

telegram = Telegram(Process(), Path(sys.argv[1]), token="1000001:fixed")
dean = telegram.add_person(12, "外事副院长", ["LEADER"])
acts.say(telegram, dean, acts.room_of(telegram, dean, telegram.bot), "点题")
os.kill(os.getpid(), signal.SIGKILL)
"""


async def test_kill_9_loses_nothing(tmp_path: Path, process: Process) -> None:
    died = subprocess.run([sys.executable, "-c", LIVES_AND_DIES, str(tmp_path)], check=False, timeout=30)
    assert died.returncode == -9
    telegram = Telegram(process, tmp_path)
    assert telegram.token == "1000001:fixed"
    async with opened(telegram, process) as sandbox:
        assert (await sandbox.get("/state"))["people"][0]["roles"] == ["LEADER"]
        [shown] = await sandbox.messages(DEAN)
        update = await sandbox.next_update()
        assert (shown["text"], update["message"]["text"]) == ("点题", "点题")
        assert await sandbox.card(DEAN, "领题") == 2


async def play(sandbox: Sandbox) -> int:
    """Everything that is to be remembered; answers with the last update's id."""
    await sandbox.card(DEAN, "领题")
    group = (await sandbox.post("/groups", {"title": "群", "members": [DEAN]}))["id"]
    await sandbox.say(DEAN, "/bind", chat=group)
    await sandbox.post(f"/people/{DEAN}/read")
    await sandbox.call("setMyCommands", commands=[{"command": "start", "description": "开始"}])
    await sandbox.post(f"/people/{DEAN}/presses?wait=0", {"message_id": 1, "button": "领题"})
    await sandbox.post(f"/people/{DEAN}/block")
    updates = await sandbox.updates()
    await sandbox.updates(offset=updates[-1]["update_id"])
    return int(updates[-1]["update_id"])


async def test_a_restart_remembers_everything(tmp_path: Path, process: Process) -> None:
    async with opened(Telegram(process, tmp_path), process) as sandbox:
        sandbox.telegram.add_person(DEAN, "外事副院长")
        last = await play(sandbox)
        before = [await sandbox.messages(DEAN), await sandbox.get("/state"), await sandbox.updates()]
    async with opened(Telegram(process, tmp_path), process) as sandbox:
        assert [await sandbox.messages(DEAN), await sandbox.get("/state"), await sandbox.updates()] == before
        assert await sandbox.updates(offset=last + 1) == []
    async with opened(Telegram(process, tmp_path), process) as sandbox:
        await sandbox.post(f"/people/{DEAN}/unblock")
        assert (await sandbox.next_update())["update_id"] == last + 1
        assert len(await sandbox.get(f"/commands?person={DEAN}")) == 1


def test_one_folder_serves_one_sandbox(tmp_path: Path, process: Process) -> None:
    telegram = Telegram(process, tmp_path)
    with pytest.raises(SandboxError, match="is not mine to use"):
        Telegram(process, tmp_path)
    telegram.close()
    Telegram(process, tmp_path).close()
