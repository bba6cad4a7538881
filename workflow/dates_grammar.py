"""The date phrases we read, as one table: how a phrase looks, and the reader that says what it means.

Libraries understood a half of what offices write, ignored days off, or silently answered "now". A small
grammar that refuses what it does not know is safer, since every date is echoed and confirmed. In these
patterns a blank is optional white space; what follows 内, 底, 前 and 后 is looked at: 年内控制度 is no date.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from workflow import dates_reading as reading
from workflow.dates_clock import CLOCK, DIGITS, NUMBER, NUMERALS
from workflow.dates_reading import Asked, Hit, Said


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and its reader. `deadline`: the very form of the phrase says that something ends there."""

    pattern: re.Pattern[str]
    read: Callable[[Asked, Said], Hit]
    deadline: bool = False


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of this grammar, its blanks made optional white space within the line."""
    return re.compile(pattern.replace(" ", r"[^\S\n]{0,2}"))


def _any(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


BEFORE = r"(?:[之以]?前(?![后往期置提台沿景来去])夕?|止)"
_INNER = "内(?![控部容外设审涵地网参务训宣])"
_WITHIN = rf"(?:[之以]?{_INNER})"
_AFTER = r"(?:[之以]?后(?![续勤备期台果方面]))"
_FLOOR = "底(?![数线层稿账])"
_END = rf"(?:{_FLOOR}|末(?![端位尾])|{_INNER})"

_OPEN = rf"(?<![0-9{NUMERALS}每第])(?<![0-9]\.)"
_OPEN_CODE = r"(?<![0-9a-z./:-])"
_OPEN_SPAN = rf"(?<![近去前续])(?<![0-9{NUMERALS}][-~至到])"
_OPEN_BARE = r"(?<![几数多近每个逐按整度年月])"
_OPEN_WORD = r"(?<![a-z])"
_CLOSE = r"(?![^\W上下中早晚凌傍清前之以])(?![-/.:][0-9])"
_NO_QUANTITY = r"(?! [%‰℃×*+=万亿千百十元倍个项条次分人台件年米吨])"
_STOP = r"(?!\w| 前)"
_CLOSE_CODE = r"(?![-/.]?[0-9])"
_CLOSE_WORD = r"(?![a-z])"

_YEAR = rf"(?:(?P<year>[0-9]{{4}}|[0-9]{{2}}(?! 年度?内)|[{DIGITS}]{{4}}) 年|(?P<year_word>[今本当明后去])年)"
_MONTH = rf"(?:(?:{_YEAR} )?(?P<month>{NUMBER}) 月份?|(?P<month_word>本|当|这个?|下下个?|下个?|上个?)月)"
_HOLIDAY = rf"(?P<holiday>{_any(reading.HOLIDAYS)})"
_WEEK = r"(?:周|星期|礼拜)"
_SIGN = "(?P<weekday>[一二三四五六日天])"
_MONTH_NAME = rf"(?P<month_name>{_any([*reading.MONTHS, 'sept', *(name[:3] for name in reading.MONTHS)])})\.?"
_WEEKDAY_NAME = _any([*reading.WEEKDAYS, *(name[:3] for name in reading.WEEKDAYS)])
_ORDINAL_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_ANY_CLOCK = re.sub(r"\?P<\w+>", "?:", f"(?:{CLOCK})")

LEAD = compiled(
    r"(?:(?:截止|截至)(?:时间|日期|期限)?|(?:(?:完成|整改|办结)?[时期]限)|最[迟晚]|不[迟晚]于|限期?"
    rf"|{_OPEN_WORD}(?:by|before|until|due|deadline)) [:于到至在为]? \Z"
)
TAIL = compiled(
    rf"(?: \(? {_WEEK}{_SIGN} \)?| \( (?P<weekday_name>{_WEEKDAY_NAME}) \))?"
    rf"(?:(?: [t,])? (?:{CLOCK}))?(?: (?P<before>{BEFORE}))?"
)

_Row = tuple[str, Callable[[Asked, Said], Hit]]

_COUNT = rf"{_OPEN_SPAN}(?P<count>{NUMBER}) 个?"
_IN = rf"{_OPEN_WORD}(?:in|within)\s(?P<count>[0-9]{{1,3}})\s"
_END_OF = rf"{_OPEN_WORD}end\sof\s"
_DATED = r"(?P<month>[0-9]{1,2})(?P=dash)(?P<day>[0-9]{1,2})"
_DOTTED = r"(?P<month>0?[1-9]|1[0-2])\.(?P<day>0[1-9]|[12][0-9]|3[01]|[1-9](?= ?[日号前之以止]))[日号]?"
"""3.20, and 3.5前 but not 3.5, which is a quantity."""
_SLASHED = r"(?P<month>0?[1-9]|1[0-2])[-/](?P<day>0?[1-9]|[12][0-9]|3[01])"
_YEAR_NAME = r"(?:,?\s(?P<year>20[0-9]{2}))?(?![0-9a-z])"

_DAYS: tuple[_Row, ...] = (
    (rf"(?P<word>大?后天|[今明昨][天日]|前天|[今明](?={_ANY_CLOCK}))(?: {_WITHIN})?", reading.word),
    (rf"(?<![双单隔周上下])(?P<week>下下个?|[下上本这]个?)? {_WEEK}{_SIGN}", reading.weekday),
    (rf"{_MONTH} (?P<day>{NUMBER})(?: [日号](?:{_FLOOR})?|{_CLOSE})", reading.month_day),
    (rf"(?<![月〕\]])(?P<day>{NUMBER}) [日号](?:(?= {_ANY_CLOCK})|{_CLOSE})", reading.day_of_month),
    (rf"(?<![天日晚周])(?={_ANY_CLOCK} {BEFORE})|\A(?={_ANY_CLOCK}\Z)", reading.today),
    (rf"{_OPEN_CODE}(?P<year>[0-9]{{4}})(?P<dash>[-/.]){_DATED}{_CLOSE_CODE}", reading.month_day),
    (rf"{_OPEN_CODE}(?P<year>20[0-9]{{2}})(?P<dash>)(?=[0-9]{{4}}{_CLOSE}){_DATED}", reading.month_day),
    (rf"{_OPEN_CODE}{_SLASHED}{_CLOSE}", reading.month_day),
    (rf"{_OPEN_CODE}{_DOTTED}{_CLOSE}{_NO_QUANTITY}", reading.month_day),
    (rf"{_OPEN_WORD}(?P<word>today|tomorrow|day\safter\stomorrow|yesterday){_CLOSE_WORD}", reading.word),
    (rf"{_OPEN_WORD}(?:(?P<week>next|this)\s)?(?P<weekday>{_WEEKDAY_NAME}){_CLOSE_WORD}", reading.weekday),
    (rf"{_OPEN_WORD}{_MONTH_NAME}\s{_ORDINAL_DAY}{_YEAR_NAME}", reading.month_day),
    (rf"{_OPEN_CODE}{_ORDINAL_DAY}\s{_MONTH_NAME}{_YEAR_NAME}", reading.month_day),
)

_DEADLINES: tuple[_Row, ...] = (
    (rf"(?P<week>下下个?|[下本这]个?) {_WEEK} {_END}|{_OPEN_BARE}周末", reading.week_end),
    (rf"(?:{_MONTH} 月?|{_OPEN_BARE}月) {_END}", reading.month_end),
    (rf"{_MONTH} (?P<third>[上中下])旬(?: (?P<before>{BEFORE}))?", reading.month_third),
    (rf"(?:{_YEAR} )?第? (?P<quarter>[一二三四1-4]) 季度? {_END}", reading.quarter_end),
    (rf"(?:(?P<quarter_word>下下个?|[下上本这]个?|当)|{_OPEN_BARE}) 季度? {_END}", reading.quarter_end),
    (rf"(?:{_YEAR} )?(?P<half>[上下])半年 {_END}", reading.half_end),
    (rf"(?:{_YEAR} 年?|{_OPEN_BARE}年)度? {_END}", reading.year_end),
    (rf"(?:{_YEAR} )?{_HOLIDAY}节? (?:放假|长?假期?)?{BEFORE}", reading.before_holiday),
    (rf"{_COUNT} 工作日(?: {_WITHIN}| {_AFTER}|{_STOP})", reading.workdays),
    (rf"{_COUNT} (?P<unit>天|日|周|星期|礼拜|(?<=个)月|年) (?:{_WITHIN}|{_AFTER})", reading.span),
    (rf"{_COUNT} (?P<unit>天|周|星期|礼拜|(?<=个)月){_STOP}", reading.span),
    (rf"(?<![上下近大多前后])半(?:个 (?P<unit>月)|年)(?: {_WITHIN}| {_AFTER}|{_STOP})", reading.half_span),
    (rf"{_END_OF}(?:(?P<month_word>the|this|next)\s)?month{_CLOSE_WORD}", reading.month_end),
    (rf"{_END_OF}(?:(?P<quarter_word>the|this|next)\s)?quarter{_CLOSE_WORD}", reading.quarter_end),
    (rf"{_END_OF}(?:(?P<year_word>the|this|next)\s)?year{_CLOSE_WORD}", reading.year_end),
    (rf"{_IN}(?:work(?:ing)?|business)\s?days?{_CLOSE_WORD}", reading.workdays),
    (rf"{_IN}(?P<unit>day|week|month|year)s?{_CLOSE_WORD}", reading.span),
)


@cache
def rules() -> tuple[Rule, ...]:
    """The table, compiled when the first date is read: that takes longer than loading most rooms."""
    return tuple(
        Rule(compiled(f"{_OPEN}(?:{pattern})"), read, deadline=rows is _DEADLINES)
        for rows in (_DAYS, _DEADLINES)
        for pattern, read in rows
    )


def named_rule(names: Iterable[str]) -> Rule:
    """The rule for the college's own named dates, such as 学期末; `names` must not be empty."""
    return Rule(re.compile(f"(?P<name>{_any(names)})"), reading.named, deadline=True)
