"""The command line: what an operator types is done or refused in a plain sentence, with an exit code."""

import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from typer.testing import CliRunner, Result

from bot.cli.app import program
from bot.lock import only_one
from tests.posted import free_port

pytestmark = pytest.mark.sqlite("the command line as it is without any setting: on a file")

Lingti = Callable[..., Result]
TOKEN = "1234567:" + "x" * 35


@pytest.fixture
def logging_as_before() -> Iterator[None]:
    """A command that starts logging starts it for the whole process."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    logging.captureWarnings(False)
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def lingti(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, logging_as_before: None) -> Lingti:
    """`lingti …` in an empty folder."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("LINGTI_")]:
        monkeypatch.delenv(name)

    def run(*arguments: str, **env: str) -> Result:
        return CliRunner().invoke(program(), arguments, env=env)

    return run


def test_help_teaches(lingti: Lingti) -> None:
    told = lingti("--help")
    assert told.exit_code == 0
    for command in (
        "run",
        "sandbox",
        "check",
        "migrate",
        "invite",
        "import-roster",
        "import-topics",
        "verify",
    ):
        assert command in told.output


def test_check_says_what_it_found(lingti: Lingti) -> None:
    told = lingti("check")
    assert (told.exit_code, "设置无误" in told.output) == (0, True)
    english = lingti("check", LINGTI_LANGUAGE="en")
    assert "The settings are fine" in english.output


def test_every_fault_of_the_settings_is_named_at_once(lingti: Lingti, tmp_path: Path) -> None:
    Path("config.toml").write_text('[reminders]\ncapp = 3\n[telegram]\npoll_seconds = "often"\n')
    told = lingti("check")
    assert told.exit_code == 2
    assert "reminders.capp" in told.output
    assert "telegram.poll_seconds" in told.output


def test_run_needs_a_token(lingti: Lingti) -> None:
    told = lingti("run")
    assert (told.exit_code, "LINGTI_TELEGRAM__TOKEN" in told.output) == (2, True)


def test_run_asks_for_a_confirmation_and_starts_nothing_without(lingti: Lingti) -> None:
    told = lingti("run", LINGTI_TELEGRAM__TOKEN=TOKEN)
    assert told.exit_code == 2
    assert "虚构数据" in told.output
    assert "--confirm-trial" in told.output


def test_the_sandbox_does_not_run_beside_a_real_token(lingti: Lingti) -> None:
    told = lingti("sandbox", "--no-browser", LINGTI_TELEGRAM__TOKEN=TOKEN)
    assert (told.exit_code, "真实" in told.output) == (2, True)


def test_a_busy_port_is_refused(lingti: Lingti, busy_port: int) -> None:
    told = lingti("sandbox", "--no-browser", "--port", str(busy_port))
    assert (told.exit_code, str(busy_port) in told.output) == (2, True)


def test_a_data_folder_that_is_a_file_is_refused(lingti: Lingti) -> None:
    Path("taken").write_text("")
    told = lingti("sandbox", "--no-browser", "--port", "0", "--data", "taken")
    assert (told.exit_code, "不可写" in told.output) == (2, True)


def test_a_start_that_is_no_time_is_refused(lingti: Lingti) -> None:
    told = lingti("sandbox", "--no-browser", "--start", "next spring")
    assert (told.exit_code, "next spring" in told.output) == (2, True)


def test_an_unknown_scenario_is_refused(lingti: Lingti) -> None:
    assert lingti("sandbox", "--no-browser", "--scenario", "tragedy").exit_code == 2


def test_a_folder_in_use_is_refused(lingti: Lingti) -> None:
    with only_one(Path("lingti-data")):
        told = lingti("migrate")
    assert (told.exit_code, str(os.getpid()) in told.output) == (2, True)


def test_a_database_of_a_newer_version_is_left_alone(lingti: Lingti) -> None:
    assert lingti("migrate").exit_code == 0
    engine = create_engine("sqlite:///lingti-data/lingti.db")
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'm9999'"))
    engine.dispose()

    for command in (("migrate",), ("verify",), ("invite", "somebody")):
        told = lingti(*command)
        assert (told.exit_code, "m9999" in told.output) == (2, True)


def test_an_older_database_is_to_be_migrated_first(lingti: Lingti) -> None:
    Path("lingti-data").mkdir()
    Path("lingti-data/lingti.db").touch()
    for command in (("verify",), ("backup",)):
        told = lingti(*command)
        assert (told.exit_code, "lingti migrate" in told.output) == (2, True)


def test_a_database_out_of_reach_is_said(lingti: Lingti) -> None:
    told = lingti("migrate", LINGTI_DATABASE=f"postgresql+psycopg://x:secret@127.0.0.1:{free_port()}/db")
    assert told.exit_code == 2
    assert told.stderr.startswith("数据库连接不上")
    assert "secret" not in told.stderr


def test_a_database_nobody_speaks_is_a_fault_of_the_settings(lingti: Lingti) -> None:
    told = lingti("check", LINGTI_DATABASE="oracle://x:secret@here/db")
    assert told.exit_code == 2
    assert "database: a database is postgresql" in told.stderr
    assert "secret" not in told.stderr


def test_in_the_wrong_folder_nothing_is_verified_and_nothing_left(lingti: Lingti) -> None:
    for command in (("verify",), ("backup",), ("release",), ("export", "--ledger", "x.xlsx")):
        told = lingti(*command)
        assert (told.exit_code, "没有数据库" in told.output) == (2, True)
    assert list(Path().iterdir()) == []


def test_what_could_be_no_head_verifies_nothing(lingti: Lingti) -> None:
    lingti("migrate")
    for head in ("0:", "-5:ab", "3:ab", "0:" + "0" * 64, "x", "1:" + "0" * 63):
        told = lingti("verify", "--head", head)
        assert (told.exit_code, "--head 应写成" in told.output) == (2, True)


def test_a_port_that_is_none_is_refused(lingti: Lingti) -> None:
    assert lingti("sandbox", "--port", "99999", "--no-browser").exit_code == 2


ROSTER = "编号,职务,角色\n001,外事副院长,分管领导\n002,党办主任,党办\n"


def test_a_roster_comes_in_and_its_people_are_invited(lingti: Lingti) -> None:
    lingti("migrate")
    Path("roster.csv").write_text(ROSTER)

    rehearsed = lingti("import-roster", "roster.csv", "--dry-run")
    assert (rehearsed.exit_code, "试运行" in rehearsed.output) == (0, True)
    assert lingti("invite", "党办主任").exit_code == 2
    came = lingti("import-roster", "roster.csv")
    assert (came.exit_code, "已导入" in came.output) == (0, True)
    invited = lingti("invite", "党办主任")
    assert (invited.exit_code, "邀请码" in invited.output) == (0, True)


def test_a_roster_with_faults_is_refused_cell_by_cell(lingti: Lingti) -> None:
    lingti("migrate")
    Path("roster.csv").write_text(ROSTER + "001,再来一个,分管领导\n,没有编号,分管领导\n")
    told = lingti("import-roster", "roster.csv")
    assert told.exit_code == 1
    assert "A4" in told.output
    assert "A5" in told.output


def test_what_is_no_table_is_refused(lingti: Lingti) -> None:
    lingti("migrate")
    Path("notes.txt").write_text("notes")
    told = lingti("import-topics", "notes.txt")
    assert (told.exit_code, "notes.txt" in told.output) == (1, True)


def test_the_trail_is_verified(lingti: Lingti) -> None:
    lingti("migrate")
    Path("roster.csv").write_text(ROSTER)
    lingti("import-roster", "roster.csv")

    fine = lingti("verify")
    assert (fine.exit_code, "记录完整" in fine.output) == (0, True)

    engine = create_engine("sqlite:///lingti-data/lingti.db")
    with engine.begin() as connection:
        for (trigger,) in connection.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        ).all():
            connection.execute(text(f"DROP TRIGGER {trigger}"))
        connection.execute(text("UPDATE journal SET event = 'other' WHERE seq = 2"))
    engine.dispose()
    broken = lingti("verify")
    assert (broken.exit_code, "第 2 条" in broken.output) == (1, True)


def test_a_token_telegram_refuses_ends_it_at_once(lingti: Lingti, unauthorised: str) -> None:
    env = {"LINGTI_TELEGRAM__TOKEN": TOKEN, "LINGTI_TELEGRAM__API": unauthorised, "LINGTI_HEALTH__PORT": "0"}
    told = lingti("run", "--confirm-trial", **env)
    assert (told.exit_code, "不接受这个令牌" in told.output) == (2, True)
    assert "已确认并记录" in told.output
    again = lingti("run", **env)
    assert "已确认并记录" not in again.output
    assert "不接受这个令牌" in again.output


def test_a_busy_health_port_is_refused(lingti: Lingti, busy_port: int) -> None:
    env = {"LINGTI_TELEGRAM__TOKEN": TOKEN, "LINGTI_HEALTH__PORT": str(busy_port)}
    told = lingti("run", "--confirm-trial", **env)
    assert (told.exit_code, str(busy_port) in told.output) == (2, True)
