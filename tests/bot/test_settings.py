"""Given a settings file written by a busy person, all that is wrong with it is said at once."""

from collections.abc import Mapping
from datetime import date, time
from pathlib import Path

import pytest

from bot.settings import BadSettings, Settings, load


def given(folder: Path, text: str, env: Mapping[str, str] | None = None) -> Settings:
    """Settings from a file of this text."""
    path = folder / "config.toml"
    path.write_text(text, "utf-8")
    return load(path, env or {})


def faults(folder: Path, text: str, env: Mapping[str, str] | None = None) -> dict[str, str]:
    """What is wrong with them: key to message."""
    with pytest.raises(BadSettings) as bad:
        given(folder, text, env)
    return {problem.path: f"{problem.code}: {problem.message}" for problem in bad.value.problems}


def test_nothing_needs_to_be_set() -> None:
    settings = load(None, {})
    assert settings.language == "zh"
    assert settings.reminders.at == time(9)
    assert settings.database_url() == "sqlite:///lingti-data/lingti.db"


def test_the_file_overrules_the_defaults_and_the_environment_the_file(tmp_path: Path) -> None:
    text = '[college]\nname = "海滨学院"\nshort = "院"\n[reminders]\ncap = 3\n'
    settings = given(tmp_path, text, {"LINGTI_COLLEGE__SHORT": "校", "LINGTI_REMINDERS__CAP": "5"})
    assert (settings.college.name, settings.college.short) == ("海滨学院", "校")
    assert settings.reminders.cap == 5


def test_an_empty_variable_says_nothing(tmp_path: Path) -> None:
    assert given(tmp_path, 'language = "en"', {"LINGTI_LANGUAGE": ""}).language == "en"


def test_lists_come_from_the_environment_as_toml(tmp_path: Path) -> None:
    env = {"LINGTI_COLLEGE__ISSUERS": '["president"]', "LINGTI_CALENDAR__NAMED": '{"学期末" = 2026-07-03}'}
    settings = given(tmp_path, "", env)
    assert settings.college.issuers == ("president",)
    assert settings.calendar.named == {"学期末": date(2026, 7, 3)}


def test_what_is_ours_but_no_setting_is_left_alone() -> None:
    load(None, {"LINGTI_REQUIRE_ALL": "1", "LINGTI_CONFIG": "config.toml", "HOME": "elsewhere"})


def test_the_data_folder_counts_from_the_file(tmp_path: Path) -> None:
    settings = given(tmp_path, 'data = "records"')
    assert settings.data == tmp_path / "records"
    assert settings.database_url() == f"sqlite:///{tmp_path}/records/lingti.db"


def test_a_database_that_is_set_is_the_database(tmp_path: Path) -> None:
    url = "postgresql+psycopg://lingti@localhost/lingti"
    assert given(tmp_path, f'database = "{url}"').database_url() == url


def test_a_file_saved_by_notepad_is_read(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('language = "en"', "utf-8-sig")
    assert load(path, {}).language == "en"


def test_every_fault_is_told_at_once_and_with_its_path(tmp_path: Path) -> None:
    told = faults(
        tmp_path,
        """
        lannguage = "en"
        timezone = "Asia/Shanghia"
        log = "loud"
        [college]
        issuers = []
        [reminders]
        cap = 0
        claim_workdays = 3
        [calendar]
        named = {"学期末" = "soon"}
        [[topics.category]]
        code = "safety"
        verifer = "chief"
        """,
        {"LINGTI_HEALTH__PRT": "80", "LINGTI_TELEGRAM__CONNECTIONS": "many"},
    )
    assert told["lannguage"] == "unknown: there is no such key; did you mean language?"
    assert told["timezone"].startswith("invalid")
    assert told["log"].startswith("choice")
    assert told["college.issuers"] == "invalid: name at least one"
    assert told["reminders.cap"].startswith("range")
    assert told["reminders.claim_workdays"].endswith("did you mean topics.claim_workdays?")
    assert "calendar.named.学期末" in told
    assert told["topics.category[0].verifer"].endswith("did you mean topics.category.verifier?")
    assert told["topics.category[0].name"].startswith("missing")
    assert told["health.prt"].endswith("did you mean health.port?")
    assert told["telegram.connections"].startswith("type")


def test_a_key_like_no_other_gets_no_suggestion(tmp_path: Path) -> None:
    assert faults(tmp_path, "zzz = 1") == {"zzz": "unknown: there is no such key"}


def test_hours_and_days_must_agree_with_each_other(tmp_path: Path) -> None:
    late = faults(tmp_path, "[calendar]\nwork_start = 18:00:00\nwork_end = 08:00:00\n")
    assert "before work_end" in late["calendar"]
    both = faults(tmp_path, "[calendar]\nextra_off = [2026-05-05]\nextra_work = [2026-05-05]\n")
    assert "2026-05-05" in both["calendar"]


def test_a_category_has_one_meaning(tmp_path: Path) -> None:
    row = '[[topics.category]]\ncode = "safety"\nname = "安全"\nverifier = "office"\n'
    assert "safety" in faults(tmp_path, row * 2)["topics"]


def test_the_ladder_is_checked_step_by_step(tmp_path: Path) -> None:
    told = faults(
        tmp_path,
        """
        log = "loud"
        [[ladder.step]]
        key = "yellow"
        level = 1
        on = "topic"
        wehn = [{ before = 5 }]
        to = ["ownr"]
        [[ladder.step]]
        key = "red"
        level = "high"
        on = "topic"
        when = [{ after = 0 }, { silent = 5, before = 3 }]
        to = ["chief"]
        """,
    )
    assert told["ladder.step[0].wehn"] == "unknown: there is no such key; did you mean ladder.step.when?"
    assert told["ladder.step[0].when"].startswith("missing")
    assert told["ladder.step[0].to[0]"].startswith("choice")
    assert told["ladder.step[1].level"].startswith("type")
    assert told["ladder.step[1].when[0].after"].startswith("range")
    assert told["ladder.step[1].when[1]"].startswith("invalid")
    assert told["log"].startswith("choice")


def test_the_ladder_keeps_the_hours_of_the_reminders(tmp_path: Path) -> None:
    ladder = given(tmp_path, "[reminders]\nat = 10:00:00\nfreeze_days = 1\n").new_ladder()
    assert (ladder.at, ladder.freeze_days) == (time(10), 1)
    assert ladder.steps


def test_a_table_where_a_value_belongs_and_the_reverse(tmp_path: Path) -> None:
    told = faults(tmp_path, 'ladder = "steep"\ntelegram = "on"\n[language]\nname = "zh"\n')
    assert set(told) == {"ladder", "telegram", "language"}


def test_a_list_in_the_environment_that_is_no_toml(tmp_path: Path) -> None:
    assert set(faults(tmp_path, "", {"LINGTI_COLLEGE__ISSUERS": "[president"})) == {"college.issuers"}


def test_what_is_not_toml_is_told_with_its_line(tmp_path: Path) -> None:
    assert "line 2" in faults(tmp_path, 'language = "zh"\ntimezone = Asia\n')["config.toml"]


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes('[college]\nname = "海滨学院"'.encode("gb18030"))
    with pytest.raises(BadSettings, match="UTF-8"):
        load(path, {})


def test_a_file_that_is_not_there_and_a_folder_in_its_place(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="no such file"):
        load(tmp_path / "nowhere.toml", {})
    with pytest.raises(BadSettings, match="cannot be read"):
        load(tmp_path, {})


def test_settings_cannot_change_once_they_are_read() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load(None, {}).reminders.cap = 100
