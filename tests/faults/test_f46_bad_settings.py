"""Fault 46: bad settings. All of them are told at once, each with its key's path, before anything starts."""

import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
BAD = """
lannguage = "en"
timezone = "Asia/Shanghia"
[reminders]
cap = 0
[health]
port = "loud"
heartbeat_url = "gopher://somewhere"
[telegram]
token = "not-a-token-but-still-a-secret"
"""
PATHS = ("lannguage", "timezone", "reminders.cap", "health.port", "health.heartbeat_url", "telegram.token")


@pytest.mark.parametrize("command", ["check", "run", "migrate", "verify"])
def test_f46_everything_wrong_is_said_at_once_and_nothing_begins(command: str, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(BAD, "utf-8")
    told = subprocess.run(
        [sys.executable, "-m", "bot", command, "--config", str(config)],
        cwd=HOUSE,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "", "PYTHONPATH": str(HOUSE), "HOME": str(tmp_path)},
    )
    said = told.stdout + told.stderr

    assert told.returncode != 0
    assert [path for path in PATHS if path not in said] == []
    assert "Traceback" not in said
    assert "still-a-secret" not in said
    assert [path.name for path in tmp_path.iterdir()] == ["config.toml"]
