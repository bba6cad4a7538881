"""What a recognised date phrase means, counted from the day on which it is said.

Every reader takes the named groups of its pattern and raises ValueError or OverflowError for a day that does
not exist.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from workflow.dates_answer import DateFault, DateNote, DateProblem
from workflow.dates_clock import number, year_number
from workflow.workdays import Calendar

Said = Mapping[str, str | None]

WORDS = {
    "前天": -2,
    "昨天": -1,
    "昨日": -1,
    "yesterday": -1,
    "今天": 0,
    "今日": 0,
    "今": 0,
    "today": 0,
    "明天": 1,
    "明日": 1,
    "明": 1,
    "tomorrow": 1,
    "day after tomorrow": 2,
    "后天": 2,
    "大后天": 3,
}
HOLIDAYS = {  # as said: how a table of days off may call it
    "元旦": ("元旦",),
    "春节": ("春节",),
    "清明": ("清明",),
    "五一": ("劳动", "五一"),
    "劳动": ("劳动", "五一"),
    "端午": ("端午",),
    "中秋": ("中秋",),
    "十一": ("国庆", "十一"),
    "国庆": ("国庆", "十一"),
}
MONTHS = ["january", "february", "march", "april", "may", "june"]
MONTHS += ["july", "august", "september", "october", "november", "december"]
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_WEEKDAY_SIGNS = "一二三四五六日天"
_OFFSETS = {"去": -1, "上": -1, "今": 0, "本": 0, "当": 0, "这": 0, "the": 0, "this": 0}
_OFFSETS |= {"明": 1, "下": 1, "next": 1, "后": 2, "下下": 2}
_ROLLED = (DateNote.ROLLED,)
_UNSURE = (DateNote.AMBIGUOUS,)


@dataclass(frozen=True, slots=True)
class Asked:
    """Where the speaker stands; `named` are the dates the college calls by a name, such as 学期末."""

    today: date
    calendar: Calendar
    named: Mapping[str, date]


@dataclass(frozen=True, slots=True)
class Hit:
    """The day a phrase means; `counted` when workdays were counted to reach it."""

    day: date
    notes: tuple[DateNote, ...] = ()
    counted: bool = False


def weekday_number(sign: str) -> int:
    """0 for 一 or Monday … 6 for 日, 天 or Sunday; English by its first three letters."""
    if sign.isascii():
        return [name[:3] for name in WEEKDAYS].index(sign[:3])
    return min(_WEEKDAY_SIGNS.index(sign), 6)


def today(asked: Asked, _: Said) -> Hit:
    """Only a time was said."""
    return Hit(asked.today)


def word(asked: Asked, said: Said) -> Hit:
    """今天, 后天, tomorrow."""
    return Hit(asked.today + timedelta(days=WORDS[" ".join((said["word"] or "").split())]))


def weekday(asked: Asked, said: Said) -> Hit:
    """下周五 is Friday of next week; a bare 周五 that has passed rolls to the next."""
    offset = _offset(said["week"])
    ahead = weekday_number(said["weekday"] or "") - asked.today.weekday()
    day = asked.today + timedelta(days=ahead + 7 * offset)
    if said["week"] is None and ahead < 0:
        return Hit(day + timedelta(days=7), _ROLLED)
    return Hit(day, _UNSURE if said["week"] == "next" and ahead > 0 else ())


def week_end(asked: Asked, said: Said) -> Hit:
    """本周内: the week's last workday, though Sunday may be meant."""
    sunday = asked.today + timedelta(days=6 - asked.today.weekday() + 7 * _offset(said["week"]))
    return Hit(asked.calendar.workday_on_or_before(sunday), _UNSURE, counted=True)


def month_day(asked: Asked, said: Said) -> Hit:
    """11月30日, 明年3月1日, 本月15日, 30 Nov."""
    year, month = _month(asked, said)
    day = number(said["day"] or "")
    year, notes = _upcoming(asked, year, month, day)
    return Hit(date(year, month, day), notes)


def day_of_month(asked: Asked, said: Said) -> Hit:
    """15日: of this month, or of the next once it has passed."""
    day = number(said["day"] or "")
    passed = day < asked.today.day
    first = _later(asked.today.replace(day=1), int(passed))
    return Hit(first.replace(day=day), _ROLLED if passed else ())


def month_end(asked: Asked, said: Said) -> Hit:
    """月底, 11月末, 下月内."""
    return _end_of(asked, *_month(asked, said))


def month_third(asked: Asked, said: Said) -> Hit:
    """上旬 ends on the 10th, 中旬 the 20th, 下旬 with its month; 中旬前 may also mean before it begins."""
    year, month = _month(asked, said)
    unsure = _UNSURE if said["before"] else ()
    if said["third"] == "下":
        end = _end_of(asked, year, month)
        return Hit(end.day, end.notes + unsure)
    day = {"上": 10, "中": 20}[said["third"] or ""]
    year, notes = _upcoming(asked, year, month, day)
    return Hit(date(year, month, day), notes + unsure)


def quarter_end(asked: Asked, said: Said) -> Hit:
    """本季度末, 二季度末, 明年第一季度内."""
    if quarter := said.get("quarter"):
        return _end_of(asked, _year(asked, said), 3 * number(quarter))
    this = asked.today.replace(month=(asked.today.month + 2) // 3 * 3, day=1)
    end = _later(this, 3 * _offset(said.get("quarter_word")))
    return _end_of(asked, end.year, end.month)


def half_end(asked: Asked, said: Said) -> Hit:
    """上半年底, 下半年内."""
    return _end_of(asked, _year(asked, said), {"上": 6, "下": 12}[said["half"] or ""])


def year_end(asked: Asked, said: Said) -> Hit:
    """年底, 明年年底, 今年内."""
    return _end_of(asked, _year(asked, said), 12)


def workdays(asked: Asked, said: Said) -> Hit:
    """20个工作日, 5个工作日后: today is not counted, the last one is."""
    return Hit(asked.calendar.add_workdays(asked.today, number(said["count"] or "")), counted=True)


def span(asked: Asked, said: Said) -> Hit:
    """3天内, 两周后, 一个月内, in 2 weeks."""
    count, unit = number(said["count"] or ""), said["unit"] or ""
    months = {"月": 1, "month": 1, "年": 12, "year": 12}.get(unit)
    if months:
        return Hit(_later(asked.today, months * count))
    return Hit(asked.today + timedelta(days=count * (1 if unit in ("天", "日", "day") else 7)))


def half_span(asked: Asked, said: Said) -> Hit:
    """半个月 is fifteen days, 半年 six months."""
    return Hit(asked.today + timedelta(days=15) if said["unit"] == "月" else _later(asked.today, 6))


def before_holiday(asked: Asked, said: Said) -> Hit:
    """The last workday before the holiday's days off begin."""
    name, year = said["holiday"] or "", _year(asked, said)
    after = asked.today if year is None else date(year - 1, 12, 25)
    start = asked.calendar.holiday(HOLIDAYS[name], after)
    if start is None:
        raise DateProblem(DateFault.HOLIDAY_UNKNOWN, name)
    return Hit(asked.calendar.add_workdays(start, -1))


def named(asked: Asked, said: Said) -> Hit:
    """A date of the college's own table."""
    return Hit(asked.named[said["name"] or ""])


def _offset(word: str | None) -> int:
    return _OFFSETS[word.rstrip("个")] if word else 0


def _year(asked: Asked, said: Said) -> int | None:
    if digits := said.get("year"):
        return year_number(digits)
    year_word = said.get("year_word")
    return asked.today.year + _offset(year_word) if year_word else None


def _month(asked: Asked, said: Said) -> tuple[int | None, int]:
    """The month meant, with its year where the words settle it; this month when nothing was said."""
    if digits := said.get("month"):
        return _year(asked, said), number(digits)
    if name := said.get("month_name"):
        return _year(asked, said), [month[:3] for month in MONTHS].index(name[:3]) + 1
    first = _later(asked.today.replace(day=1), _offset(said.get("month_word")))
    return first.year, first.month


def _upcoming(asked: Asked, year: int | None, month: int, day: int) -> tuple[int, tuple[DateNote, ...]]:
    """The year said; else this one, or the next if that day has passed."""
    if year is not None:
        return year, ()
    passed = (month, day) < (asked.today.month, asked.today.day)
    return asked.today.year + passed, _ROLLED if passed else ()


def _end_of(asked: Asked, year: int | None, month: int) -> Hit:
    year, notes = _upcoming(asked, year, month, 31)
    return Hit(date(year, month, monthrange(year, month)[1]), notes)


def _later(day: date, months: int) -> date:
    """The same day some months on, or that month's last."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
