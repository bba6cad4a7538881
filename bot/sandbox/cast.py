"""Who plays: the seats of an invented mid-sized college, by their titles, and who is in charge of what."""

from dataclasses import dataclass
from typing import Final

from workflow.roles import Role


@dataclass(frozen=True, slots=True)
class Seat:
    """One player. `charge`: units this leader is in charge of (分管); `heads`, `liaises`: units served."""

    title: str
    roles: tuple[Role, ...] = ()
    post: str = ""
    charge: tuple[str, ...] = ()
    heads: str = ""
    liaises: str = ""


BRANCHES: Final = ("第一党总支", "第二党总支", "第三党总支")
DISCIPLINE: Final = "纪委办"
UNITS: Final = (
    "党办",
    "组织处",
    "宣传部",
    "学工处",
    "国际处",
    "财务处",
    "审计处",
    "国资处",
    "后勤处",
    "科研处",
    "教务处",
    "信息中心",
    DISCIPLINE,
    *BRANCHES,
)

CAST: Final = (
    Seat("党委书记", (Role.CHIEF,), post="secretary", charge=("党办",)),
    Seat("院长", (Role.CHIEF,), post="president", charge=("财务处",)),
    Seat("外事副院长", (Role.LEADER,), charge=("国际处",)),
    Seat("后勤副院长", (Role.LEADER,), charge=("国资处", "后勤处")),
    Seat("科研副院长", (Role.LEADER,), charge=("科研处",)),
    Seat("教学副院长", (Role.LEADER,), charge=("教务处", "信息中心")),
    Seat("副书记", (Role.LEADER,), charge=("组织处", "宣传部", "学工处", *BRANCHES)),
    Seat("纪委书记", (Role.DISCIPLINE_SECRETARY, Role.LEADER), charge=(DISCIPLINE, "审计处")),
    Seat("纪委工作人员", (Role.DISCIPLINE_STAFF,)),
    Seat("党委委员", (Role.COMMITTEE_MEMBER,)),
    Seat("党办主任", (Role.OFFICE,), heads="党办"),
    Seat("国际处处长", heads="国际处"),
    Seat("国际处联络员", liaises="国际处"),
    Seat("组织处处长", heads="组织处"),
    Seat("组织处联络员", liaises="组织处"),
    Seat("财务处处长", heads="财务处"),
    Seat("财务处联络员", liaises="财务处"),
    Seat("审计处处长", heads="审计处"),
    Seat("国资处处长", heads="国资处"),
    Seat("后勤处处长", heads="后勤处"),
    Seat("科研处处长", heads="科研处"),
    Seat("教务处处长", heads="教务处"),
    Seat("学工处处长", heads="学工处"),
    Seat("宣传部部长", heads="宣传部"),
    Seat("信息中心主任", heads="信息中心"),
    *(Seat(f"{branch}书记", heads=branch) for branch in BRANCHES),
    Seat("系统管理员", (Role.ADMIN,)),
)
