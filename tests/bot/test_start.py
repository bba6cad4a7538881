"""A start loads what a life needs, and not what somebody else's life would need."""

import subprocess
import sys
from pathlib import Path
from typing import Final

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
    "bot.sandbox",
    "httpx",
    "openpyxl",
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
