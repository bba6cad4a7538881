"""Dates as people say them, read and written: 下周五, 11月30日前, 三个工作日内; 2026年11月30日（周一）.

A reading is never a silent guess. What lies in the past, falls on a day off or was rolled into the next year
comes with a note for the dialogue to raise; what cannot be or is not understood is a `DateProblem`. Deadline
words such as 前 and 内 include the day itself.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from workflow.dates_answer import DateFault, DateNote, DateProblem, Found, When
from workflow.dates_clock import read_clock
from workflow.dates_grammar import LEAD, TAIL, Rule, named_rule, rules
from workflow.dates_reading import MONTHS, WEEKDAYS, Asked, Hit, weekday_number
from workflow.workdays import Calendar

__all__ = [
    "DateFault",
    "DateNote",
    "DateProblem",
    "Found",
    "When",
    "find_when",
    "parse_when",
    "spell",
    "spell_en",
    "spell_short",
    "spell_short_en",
]

_NO_NAMES: Mapping[str, date] = {}
_LONGEST_LEAD = 16
_LIFETIME = 50
"""Years. A date further away is a slip of the pen, and at the calendar's end no ladder can be reckoned."""
_FRINGE = re.compile(r"\A\s*(?:[在到至于]\s*)?|[\s。.！!,;；]+\Z")


@dataclass(frozen=True, slots=True)
class _Phrase:
    start: int
    end: int
    core: re.Match[str]
    tail: re.Match[str]
    rule: Rule

    @property
    def explicit(self) -> bool:
        """Whether it looks like a deadline rather than any date."""
        return self.rule.deadline or bool(self.tail["before"]) or self.start < self.core.start()

    @property
    def text(self) -> str:
        return self.core.string[self.start : self.end]


def parse_when(text: str, now: datetime, calendar: Calendar, named: Mapping[str, date] = _NO_NAMES) -> When:
    """The day, and time if said, that `text` means when said at `now`. Raises DateProblem.

    `named` are the college's own dates, such as {"学期末": date(2026, 7, 3)}.
    """
    plain = _FRINGE.sub("", _plain(text))
    for phrase in _phrases(plain, named):
        if phrase.text == plain:
            return _settle(phrase, now, calendar, named)
    raise DateProblem(DateFault.NOT_UNDERSTOOD, text)


def find_when(
    text: str, now: datetime, calendar: Calendar, named: Mapping[str, date] = _NO_NAMES
) -> Found | None:
    """The date phrase in a longer text: the last that looks like a deadline, else the last date to come.

    Raises DateProblem when that phrase names no possible day.
    """
    apart = _without_overlaps(_phrases(_plain(text), named))
    for phrase in sorted(apart, key=lambda phrase: (phrase.explicit, phrase.start), reverse=True):
        when = _settle(phrase, now, calendar, named)
        if phrase.explicit or DateNote.PAST not in when.notes:
            return Found(when, phrase.start, phrase.end)
    return None


def spell(day: date, clock: time | None = None) -> str:
    """2026年11月30日（周一） 17:00."""
    return f"{day.year}年{day.month}月{day.day}日（周{'一二三四五六日'[day.weekday()]}）{_clock(clock)}"


def spell_short(day: date, today: date) -> str:
    """11月30日, with the year if it is not this one."""
    return f"{f'{day.year}年' if day.year != today.year else ''}{day.month}月{day.day}日"


def spell_en(day: date, clock: time | None = None) -> str:
    """30 Nov 2026 (Mon) 17:00."""
    return f"{_english(day)} {day.year} ({WEEKDAYS[day.weekday()][:3].title()}){_clock(clock)}"


def spell_short_en(day: date, today: date) -> str:
    """30 Nov, with the year if it is not this one."""
    return f"{_english(day)}{f' {day.year}' if day.year != today.year else ''}"


def _clock(clock: time | None) -> str:
    return f" {clock:%H:%M}" if clock else ""


def _english(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3].title()}"


def _plain(text: str) -> str:
    """Half-width and lower case, sign by sign, so that positions stay those of the original."""
    folded = ((sign, unicodedata.normalize("NFKC", sign).lower()) for sign in text)
    return "".join(plain if len(plain) == 1 else sign for sign, plain in folded)


def _phrases(plain: str, named: Mapping[str, date]) -> Iterator[_Phrase]:
    own = (named_rule(map(_plain, named)),) if named else ()
    for rule in (*own, *rules()):
        for core in rule.pattern.finditer(plain):
            lead = LEAD.search(plain, max(0, core.start() - _LONGEST_LEAD), core.start())
            tail = TAIL.match(plain, core.end())
            assert tail is not None, "every part of a tail is optional"
            yield _Phrase(lead.start() if lead else core.start(), tail.end(), core, tail, rule)


def _without_overlaps(phrases: Iterator[_Phrase]) -> Iterator[_Phrase]:
    """Of phrases that overlap the one that begins first, of those the longest."""
    reached = 0
    for phrase in sorted(phrases, key=lambda phrase: (phrase.start, -phrase.end)):
        if phrase.start >= reached:
            yield phrase
            reached = phrase.end


def _settle(phrase: _Phrase, now: datetime, calendar: Calendar, named: Mapping[str, date]) -> When:
    local = now.astimezone(calendar.tz)
    asked = Asked(local.date(), calendar, {_plain(name): day for name, day in named.items()})
    try:
        hit = phrase.rule.read(asked, phrase.core.groupdict())
        clock, doubts = read_clock(phrase.tail.groupdict(), calendar.start, calendar.end)
    except (ValueError, OverflowError) as error:
        raise DateProblem(DateFault.IMPOSSIBLE, phrase.text) from error
    except DateProblem as problem:
        raise DateProblem(problem.code, phrase.text) from problem
    if abs(hit.day.year - asked.today.year) > _LIFETIME:
        raise DateProblem(DateFault.IMPOSSIBLE, phrase.text)
    past = (hit.day, clock or time.max) < (asked.today, local.time())
    known = calendar.is_known(asked.today) and calendar.is_known(hit.day)
    raised = {
        *hit.notes,
        *doubts,
        *((DateNote.PAST,) if past else ()),
        *((DateNote.AMBIGUOUS,) if _contradicts(phrase.tail, hit) else ()),
        *((DateNote.DAY_OFF,) if not calendar.is_workday(hit.day) else ()),
    }
    notes = tuple(note for note in DateNote if note in raised)
    return When(hit.day, clock, provisional=hit.counted and not known, notes=notes)


def _contradicts(tail: re.Match[str], hit: Hit) -> bool:
    """Whether a weekday was added that is not that day's."""
    weekday = tail["weekday"] or tail["weekday_name"]
    return weekday is not None and weekday_number(weekday) != hit.day.weekday()
