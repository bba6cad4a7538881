"""`lingti export`: the ledger as a file, whole or as one person may see it; what cannot be done is said."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import URL
from typer.testing import CliRunner, Result

from bot.cli.app import program
from services import issuing
from services.issuing import Draft
from services.work import Said, Work
from storage import people
from storage.store import Store, Tx
from tests.fakes import HandClock
from tests.handlers.college import MONDAY, found, policy
from workflow.roles import UnitId

Export = Callable[..., Result]


@pytest.fixture
def college(database: URL) -> URL:
    """A college with two topics, each another leader's."""
    store = Store(found(database), HandClock(MONDAY))
    for leader, unit in (("外事副院长", 1), ("后勤副院长", 3)):
        store.run_now(lambda tx, leader=leader, unit=unit: issue(tx, leader, UnitId(unit)))
    store.close()
    return database


@pytest.fixture
def export(college: URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Export:
    for name in [name for name in os.environ if name.startswith("LINGTI_")]:
        monkeypatch.delenv(name)

    def run(*arguments: str) -> Result:
        env = {"LINGTI_DATA": str(tmp_path), "LINGTI_DATABASE": college.render_as_string(hide_password=False)}
        return CliRunner().invoke(program("export"), ["export", *arguments], env=env)

    return run


def issue(tx: Tx, leader: str, unit: UnitId) -> None:
    [chief], [owner] = people.by_title(tx, "党委书记"), people.by_title(tx, leader)
    work = Work(tx, policy(), chief, Said(tx.now))
    due = policy().calendar.end_of(policy().calendar.day(tx.now))
    draft = Draft(title="台账不全", goal="账实一致", owner_id=owner.id, lead_units=(unit,), deadline=due)
    issuing.publish(work, issuing.draft(work, draft).id)


def numbers(file: Path) -> list[object]:
    return [row[1] for row in load_workbook(file)["问题台账"].iter_rows(min_row=2, values_only=True)]


def test_the_whole_ledger(export: Export, tmp_path: Path) -> None:
    file = tmp_path / "ledger.xlsx"
    told = export("--ledger", str(file))
    assert (told.exit_code, "已导出 2 个议题" in told.output) == (0, True), told.output
    assert numbers(file) == ["2026-001", "2026-002"]

    again = export("--ledger", str(file))
    assert (again.exit_code, "已经存在" in again.output) == (2, True)


def test_as_one_person_may_see_it(export: Export, tmp_path: Path) -> None:
    file = tmp_path / "ledger.xlsx"
    assert export("--ledger", str(file), "--for", "p6").exit_code == 0
    assert numbers(file) == ["2026-002"]
    admin = export("--ledger", str(tmp_path / "other.xlsx"), "--for", "p10")
    assert (admin.exit_code, "点题后再试" in admin.output) == (2, True)
    nobody = export("--ledger", str(tmp_path / "other.xlsx"), "--for", "p99")
    assert (nobody.exit_code, "p99" in nobody.output) == (2, True)
    assert not (tmp_path / "other.xlsx").exists()


def test_what_is_asked_wrongly_is_said(export: Export, tmp_path: Path) -> None:
    for arguments, said in (
        ((), "--ledger 文件.xlsx"),
        (("--ledger", str(tmp_path / "ledger.doc")), ".xlsx"),
        (("--ledger", str(tmp_path / "nowhere" / "ledger.xlsx")), "文件夹"),
    ):
        told = export(*arguments)
        assert (told.exit_code, said in told.output) == (2, True), told.output


def test_a_trail_that_cannot_be_written_is_said(export: Export, tmp_path: Path) -> None:
    told = export("--trail", str(tmp_path / "nowhere" / "trail.zip"))
    assert told.exit_code == 2
    assert "不能写到这里" in told.stderr


def test_both_at_once(export: Export, tmp_path: Path) -> None:
    told = export("--ledger", str(tmp_path / "ledger.xlsx"), "--trail", str(tmp_path / "trail"))
    assert told.exit_code == 0, told.output
    assert (tmp_path / "trail").is_dir()
