"""The topics of the college's first joint meeting, as the secretary sets them."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from bot.sandbox.cast import BRANCHES
from services.issuing import Draft
from workflow.roles import PersonId, UnitId
from workflow.topic import Cycle, Duty, Kind
from workflow.workdays import Calendar

MEETING: Final = "第一次联席会议"
LEAST_WORKDAYS: Final = 10
QUARTERS: Final = ((3, 31), (6, 30), (9, 30), (12, 31))

Cast = Mapping[str, PersonId]
Units = Mapping[str, UnitId]


def first_meeting(calendar: Calendar, today: date, cast: Cast, units: Units) -> list[Draft]:
    """Topics 001 to 003, their deadlines after `today`."""
    midyear, quarter = _next_midyear(today), _quarter_end(calendar, today)
    return [
        _abroad(calendar, midyear, cast, units),
        _branch_life(cast, units),
        _joint_supervision(calendar, quarter, cast, units),
    ]


def _abroad(calendar: Calendar, deadline: date, cast: Cast, units: Units) -> Draft:
    return Draft(
        title="因公出国管理内控制度不完善",
        short_title="因公出国内控",
        problem="因公出国（境）申报、经费与证照管理各管一段，没有形成闭环。",
        goal="形成审批、经费、证照闭环管理",
        source=MEETING,
        category="system",
        duty=Duty.MAIN,
        owner_id=cast["外事副院长"],
        lead_units=(units["国际处"],),
        assist_units=(units["财务处"],),
        deadline=calendar.end_of(deadline),
    )


def _branch_life(cast: Cast, units: Units) -> Draft:
    return Draft(
        title="支部组织生活质量不高",
        short_title="支部组织生活",
        problem="部分支部组织生活流于形式，记录不全。",
        goal="组织生活常态规范、记录齐全",
        source="书记点题",
        category="party",
        duty=Duty.MAIN,
        kind=Kind.STANDING,
        cycle=Cycle.MONTHLY,
        owner_id=cast["副书记"],
        lead_units=(units["组织处"],),
        assist_units=tuple(units[branch] for branch in BRANCHES),
    )


def _joint_supervision(calendar: Calendar, deadline: date, cast: Cast, units: Units) -> Draft:
    return Draft(
        title="各监督主体合力不足",
        short_title="监督合力",
        problem="纪检、审计、财务等监督信息不共享，问题移交没有规则。",
        goal="建立会商制度，监督信息共享",
        source=MEETING,
        category="supervision",
        duty=Duty.INTEGRITY,
        owner_id=cast["纪委书记"],
        lead_units=(units["审计处"],),
        deadline=calendar.end_of(deadline),
    )


def _next_midyear(today: date) -> date:
    midyear = date(today.year, 6, 30)
    return midyear if midyear > today else midyear.replace(year=today.year + 1)


def _quarter_end(calendar: Calendar, today: date) -> date:
    """The first end of a quarter that leaves time to work."""
    ends = (date(year, month, day) for year in (today.year, today.year + 1) for month, day in QUARTERS)
    return next(end for end in ends if calendar.workdays_between(today, end) >= LEAST_WORKDAYS)
