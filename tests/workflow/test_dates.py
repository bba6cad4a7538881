"""Monday 2 March 2026, eight in the morning: what people write, and the day it means."""

from contextlib import suppress
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.dates import (
    DateFault,
    DateNote,
    DateProblem,
    When,
    find_when,
    parse_when,
    spell,
    spell_en,
    spell_short,
    spell_short_en,
)
from workflow.workdays import SHANGHAI, Calendar

CHINA = Calendar()
MONDAY = datetime(2026, 3, 2, 8, tzinfo=SHANGHAI)
SILVESTER = datetime(2026, 12, 30, 9, tzinfo=SHANGHAI)
SATURDAY = datetime(2026, 5, 30, 9, tzinfo=SHANGHAI)
AUTUMN = datetime(2026, 10, 20, 9, tzinfo=SHANGHAI)

PAST, OFF, ROLLED, UNSURE = DateNote.PAST, DateNote.DAY_OFF, DateNote.ROLLED, DateNote.AMBIGUOUS

PHRASES = Path(__file__).parent / "data" / "date_phrases.txt"

LATER = [
    (SILVESTER, "三个工作日内", When(date(2027, 1, 4), provisional=True)),
    (SILVESTER, "2天内", When(date(2027, 1, 1))),
    (SILVESTER, "1月15日", When(date(2027, 1, 15), notes=(ROLLED,))),
    (SILVESTER, "下月底", When(date(2027, 1, 31), notes=(OFF,))),
    (SILVESTER, "下季度末", When(date(2027, 3, 31))),
    (SILVESTER, "下周一", When(date(2027, 1, 4))),
    (SILVESTER, "年底", When(date(2026, 12, 31))),
    (SILVESTER, "二季度末", When(date(2027, 6, 30), notes=(ROLLED,))),
    (SILVESTER, "15日前", When(date(2027, 1, 15), notes=(ROLLED,))),
    (SATURDAY, "周五", When(date(2026, 6, 5), notes=(ROLLED,))),
    (SATURDAY, "本周五", When(date(2026, 5, 29), notes=(PAST,))),
    (SATURDAY, "三个工作日内", When(date(2026, 6, 3))),
    (SATURDAY, "下午5点", When(date(2026, 5, 30), time(17), notes=(OFF,))),
    (SATURDAY.replace(day=31), "下月底", When(date(2026, 6, 30))),
    (SATURDAY.replace(month=1, day=31), "一个月内", When(date(2026, 2, 28))),
]

IMPOSSIBLE = """
2月30日 2月29日 13月1日 13月底 2026-02-30 20261301 32日 25点 今天25点 今天下午25点 明天10:60
0000年1月1日 9998年后 9999年12月31日 60年后
"""
UNKNOWN = """
尽快 学期末 年初 下周 二三天内 3-5天内 几个月内 多年内 每周五 每月底 11月30日前后 12月 两周前 3个工作日前
周五或周六 下下下周五 next 12345678901234567890 11月30日前完成
"""
RESEMBLING = """
完善2026年内部审计 2026年内控制度建设 整改要求3点 完成1/2任务 第15号文 〔2026〕15号 15号楼漏水 每周五例会
每周周五 每月底盘点 每月月底 每年年底 一周三次 近三天内发现 以前天津校区 三天后勤保障 开展两周排查
昨天会议要求整改 每天下班前检查 文号20261130号 账号底数不清 岗位3-5人
增长2.5 提高到3.20万元 升级3.11版 占3.20% 落实3.15行动 见1.2.3 服务器10.10.1.5
"""


def as_written(row: str) -> tuple[str, When]:
    phrase, moment, notes = (cell.strip(" ") for cell in row.split("|"))
    day, _, clock = moment.partition("T")
    doubts = tuple(DateNote(note) for note in notes.split())
    return phrase, When(date.fromisoformat(day), time.fromisoformat(clock) if clock else None, notes=doubts)


@pytest.mark.parametrize(
    ("phrase", "meant"), [as_written(row) for row in PHRASES.read_text("utf-8").splitlines()[1:]]
)
def test_a_phrase_means_a_day(phrase: str, meant: When) -> None:
    assert parse_when(phrase, MONDAY, CHINA) == meant


@pytest.mark.parametrize(("now", "phrase", "meant"), LATER)
def test_the_same_words_mean_another_day_when_said_later(now: datetime, phrase: str, meant: When) -> None:
    assert parse_when(phrase, now, CHINA) == meant


@pytest.mark.parametrize("phrase", [*IMPOSSIBLE.split(), "feb 30"])
def test_an_impossible_date_is_a_problem(phrase: str) -> None:
    with pytest.raises(DateProblem) as problem:
        parse_when(phrase, MONDAY, CHINA)
    assert (problem.value.code, problem.value.text) == (DateFault.IMPOSSIBLE, phrase)


@pytest.mark.parametrize("phrase", ["", *UNKNOWN.split(), "3天 前"])
def test_what_is_not_understood_is_not_guessed(phrase: str) -> None:
    with pytest.raises(DateProblem) as problem:
        parse_when(phrase, MONDAY, CHINA)
    assert (problem.value.code, problem.value.text) == (DateFault.NOT_UNDERSTOOD, phrase)


@pytest.mark.parametrize(
    ("now", "phrase"), [(MONDAY, "春节前"), (MONDAY, "明年五一前"), (MONDAY, "元旦前"), (AUTUMN, "国庆前")]
)
def test_a_holiday_not_yet_published_is_said_to_be_unknown(now: datetime, phrase: str) -> None:
    with pytest.raises(DateProblem) as problem:
        parse_when(phrase, now, CHINA)
    assert (problem.value.code, problem.value.text) == (DateFault.HOLIDAY_UNKNOWN, phrase)


def test_an_administrators_table_makes_next_years_holidays_known() -> None:
    table = {date(2027, 1, 1): "元旦", **{date(2027, 2, day): "春节" for day in range(5, 12)}}
    informed = Calendar(extra_off=table)
    assert parse_when("春节前", MONDAY, informed).day == date(2027, 2, 4)
    assert parse_when("明年元旦前", MONDAY, informed).day == date(2026, 12, 31)
    assert parse_when("3个工作日", SILVESTER, informed) == When(date(2027, 1, 5))


def test_the_college_may_name_dates_of_its_own() -> None:
    named = {"学期末": date(2026, 7, 10), "期末": date(2026, 7, 3)}
    assert parse_when("学期末前", MONDAY, CHINA, named) == When(date(2026, 7, 10))
    found = find_when("合同备案 学期末完成", MONDAY, CHINA, named)
    assert found is not None
    assert (found.when.day, found.start, found.end) == (date(2026, 7, 10), 5, 8)


@pytest.mark.parametrize(
    ("text", "phrase", "day"),
    [
        ("点题 完善因公出国内控制度 @外事副院长 目标… 11月30日前", "11月30日前", "2026-11-30"),
        ("3月1日印发的通知，6月底前完成整改", "6月底前", "2026-06-30"),
        ("采购验收不规范 20个工作日 @后勤副院长", "20个工作日", "2026-03-30"),
        ("新媒体账号底数不清，5月底前摸清", "5月底前", "2026-05-31"),
        ("请于下周五 下午5点前报送", "下周五 下午5点前", "2026-03-13"),
        ("整改时限：６月３０日。责任到人", "整改时限：６月３０日", "2026-06-30"),
        ("11月1日至11月30日集中整治", "11月30日", "2026-11-30"),
        ("11月30日前完成1/2，3月5日例会", "11月30日前", "2026-11-30"),
        ("tidy the register by Nov 30 please", "by Nov 30", "2026-11-30"),
        ("清理消防通道\n两周内\n后勤处", "两周内", "2026-03-16"),
        ("整改 11/30，请知悉", "11/30", "2026-11-30"),
    ],
)
def test_the_deadline_in_a_sentence_can_be_cut_out(text: str, phrase: str, day: str) -> None:
    found = find_when(text, MONDAY, CHINA)
    assert found is not None
    assert text[found.start : found.end] == phrase
    assert found.when.day == date.fromisoformat(day)


@pytest.mark.parametrize("text", RESEMBLING.split())
def test_what_only_resembles_a_date_is_left_alone(text: str) -> None:
    assert find_when(text, MONDAY, CHINA) is None


def test_an_impossible_deadline_in_a_sentence_is_questioned() -> None:
    with pytest.raises(DateProblem) as problem:
        find_when("完善内控 2月30日前", MONDAY, CHINA)
    assert (problem.value.code, problem.value.text) == (DateFault.IMPOSSIBLE, "2月30日前")


def test_dates_are_always_echoed_in_full() -> None:
    day, today = date(2026, 11, 30), date(2026, 3, 2)
    assert spell(day) == "2026年11月30日（周一）"
    assert spell(day, time(17)) == "2026年11月30日（周一） 17:00"
    assert spell_en(day, time(9, 5)) == "30 Nov 2026 (Mon) 09:05"
    assert (spell_short(day, today), spell_short_en(day, today)) == ("11月30日", "30 Nov")
    assert spell_short(day, date(2025, 1, 1)) == "2026年11月30日"
    assert spell_short_en(day, date(2025, 1, 1)) == "30 Nov 2026"


clocks = st.none() | st.times().map(lambda clock: clock.replace(second=0, microsecond=0))


@settings(deadline=None)
@given(day=st.dates(date(2000, 1, 1), date(2076, 12, 31)), clock=clocks)
def test_what_we_spell_we_read(day: date, clock: time | None) -> None:
    for spelt in (spell(day, clock), spell_en(day, clock), f"截至{spell(day, clock)}前"):
        when = parse_when(spelt, MONDAY, CHINA)
        assert (when.day, when.clock) == (day, clock)
        assert UNSURE not in when.notes


@settings(deadline=None)
@given(day=st.dates(date(2026, 3, 2), date(2030, 12, 31)))
def test_a_spelt_date_is_found_in_a_sentence(day: date) -> None:
    text = f"整改清单 {spell(day)}前 报送"
    found = find_when(text, MONDAY, CHINA)
    assert found is not None
    assert (found.when.day, text[: found.start] + text[found.end :]) == (day, "整改清单  报送")


PIECES = [
    *"0123456789一二三十百半年月日号天周季度底末旬内前后上中下本今明个点时分:：/-. T（）",
    "工作日",
    "星期",
]
PIECES += ["下午", "国庆", "截止", "next ", "friday", "in ", "Nov ", "days", "pm", "２", "㏠", "İ"]


@settings(deadline=None)
@given(text=st.text() | st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_any_text_is_a_date_a_problem_or_nothing(text: str) -> None:
    for now in (MONDAY, SILVESTER):
        with suppress(DateProblem):
            parse_when(text, now, CHINA)
        with suppress(DateProblem):
            found = find_when(text, now, CHINA)
            assert found is None or 0 <= found.start < found.end <= len(text)
