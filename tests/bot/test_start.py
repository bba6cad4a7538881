"""A start loads what a life needs, and not what somebody else's life would need."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from tests.house import door

ROOT: Final = Path(__file__).parents[2]
LOADED: Final = """
import sys
from bot.cli.app import main
try:
    main()
finally:
    print(*sys.modules, file=sys.stderr)
"""
UNUSED: Final = {
    "alembic",
    "bot.board",
    "bot.sandbox",
    "docx",
    "docxtpl",
    "httpx",
    "icalendar",
    "jinja2",
    "lxml",
    "openpyxl",
    "reports.drawing",
    "reports.figures",
    "reports.papers.draft",
    "reports.workbook",
    "resvg_py",
    "sqlalchemy.dialects.postgresql",
    "sqlalchemy.orm",
    "telegram.ext",
    "xlsxwriter",
}


def test_serving_loads_nothing_it_does_not_use() -> None:
    command = (sys.executable, "-c", LOADED, "run", "--help")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)

    loaded = set(done.stderr.split())
    assert {"bot.bootstrap", "bot.messengers.telegram", "handlers.router"} <= loaded
    assert not UNUSED & loaded


def test_told_to_stop_while_it_starts_it_stops_in_order(tmp_path: Path) -> None:
    with door() as (listener, url):
        listener.close()  # nobody is there: the messenger cannot be reached
    settings = {"DATA": f"{tmp_path}", "TELEGRAM__TOKEN": "1:none", "TELEGRAM__API": url, "HEALTH__PORT": "0"}
    environment = {**os.environ, **{f"LINGTI_{name}": value for name, value in settings.items()}}
    command = (sys.executable, "-m", "bot", "run", "--confirm-trial")
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if "cannot be reached" in line:
                process.terminate()
        assert process.wait(60) == 0
