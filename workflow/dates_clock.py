"""Numbers and times of day as people write them: 十七, 下午5点半, 17:30, 5pm, 下班前."""

from datetime import time

from workflow.dates_answer import DateNote

_ONES = "一二两三四五六七八九"
DIGITS = f"零〇{_ONES}"
NUMERALS = f"{DIGITS}十百"
NUMBER = rf"[0-9]{{1,4}}|[{_ONES}]百(?:零[{_ONES}]|[{_ONES}]十[{_ONES}]?)?|[{_ONES}]?十[{_ONES}]?|[{DIGITS}]"

_VALUES = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_SCALES = {"十": 10, "百": 100}

_PARTS = {  # the hours, on the 24-hour clock, that each part of the day may mean
    "凌晨": range(7),
    "清晨": range(5, 12),
    "早晨": range(5, 12),
    "早上": range(5, 12),
    "早": range(5, 12),
    "上午": range(6, 13),
    "中午": range(11, 15),
    "下午": range(12, 20),
    "傍晚": range(16, 21),
    "晚上": range(17, 25),
    "晚": range(17, 25),
    "am": range(12),
    "pm": range(12, 24),
}

CLOCK = (
    rf"(?:at )?(?P<part>{'|'.join(name for name in _PARTS if name not in ('am', 'pm'))})? (?P<hour>{NUMBER})"
    rf"(?: (?P<spoken>[点时])(?: (?P<fraction>半|[一三]刻)| (?P<minute>{NUMBER}) 分?| [整钟])?"
    r"|:(?P<digits>[0-9]{2})(?::(?P<seconds>[0-9]{2}))?(?: (?P<meridiem>[ap]m))?"
    r"| (?P<meridiem_only>[ap]m))"
    r"|(?P<alone>上午|中午|(?:下午)?下班|下午)"
)

Reading = tuple[time | None, tuple[DateNote, ...]]
_UNSURE = (DateNote.AMBIGUOUS,)


def number(text: str) -> int:
    """The value of ASCII digits or of a Chinese numeral below 1000."""
    if text.isascii():
        return int(text)
    total = pending = 0
    for sign in text:
        if scale := _SCALES.get(sign):
            total, pending = total + (pending or 1) * scale, 0
        else:
            pending = _VALUES[sign]
    return total + pending


def year_number(text: str) -> int:
    """The value of 2026, 26 or 二〇二六."""
    value = int("".join(str(_VALUES.get(sign, sign)) for sign in text))
    return value + 2000 if len(text) == 2 else value


def read_clock(said: dict[str, str | None], opens: time, closes: time) -> Reading:
    """The time said by the groups of CLOCK; None when none was said, or 24:00, the day's end.

    A bare 5点 outside working hours is taken into them and marked ambiguous. Raises ValueError for 25点.
    """
    if alone := said["alone"]:
        clock = time(12) if alone in ("上午", "中午") else closes
        return clock, _UNSURE if alone in ("上午", "下午") else ()
    if said["hour"] is None:
        return None, ()
    hour, notes = _hour(said, number(said["hour"]), opens, closes)
    minute = _minute(said)
    if (hour, minute) == (24, 0):
        return None, notes
    return time(hour, minute, int(said["seconds"] or 0)), notes


def _hour(
    said: dict[str, str | None], hour: int, opens: time, closes: time
) -> tuple[int, tuple[DateNote, ...]]:
    if part := said["part"] or said["meridiem"] or said["meridiem_only"]:
        readings = (12, 24, 0) if hour == 12 else (hour, hour + 12)
        fitting = [reading for reading in readings if reading in _PARTS[part]]
        if not fitting:
            raise ValueError(f"no {hour} o'clock in {part}")
        return fitting[0], ()
    if said["spoken"] and 1 <= hour < opens.hour:
        return hour + 12 if hour + 12 <= closes.hour else hour, _UNSURE
    return hour, ()


def _minute(said: dict[str, str | None]) -> int:
    if fraction := said["fraction"]:
        return {"半": 30, "一刻": 15, "三刻": 45}[fraction]
    return number(said["minute"] or said["digits"] or "0")
