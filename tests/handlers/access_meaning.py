"""What every button and command means, said once more and independently: which right it takes, on what.

A button or command that is not here fails the matrix: whoever adds one says here whose it is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from services.administering import Act
from tests.handlers.access_town import AIDE, CHIEF, ISSUER, JULY, JUNE, LEADER, NEWCOMER, OWNER, Town
from workflow.roles import Role
from workflow.transitions import Event as E

Args = tuple[int | str, ...]
More = Callable[[Town], Args]


def _none(_: Town) -> Args:
    return ()


@dataclass(frozen=True, slots=True)
class OnItem:
    """A press about a topic or a measure, whose id comes first: one of these events must be open."""

    events: tuple[E, ...]
    more: More = _none


@dataclass(frozen=True, slots=True)
class OnRequest:
    """A press about a request of the town. VIEW: its topic's; else whoever may answer it."""

    request: str
    events: tuple[E, ...]
    more: More = _none


@dataclass(frozen=True, slots=True)
class OnDirectory:
    """A press that looks after the directory: one of these acts, and nobody reading along.

    `missing`: what it is about is not there, so that it comes to nothing for anybody.
    """

    acts: tuple[Act, ...]
    args: More
    missing: bool = False


def _leader(town: Town) -> Args:
    return (town.college.id(LEADER),)


def _page(_: Town) -> Args:
    return (0,)


VIEW: Final = OnItem((E.VIEW,))
TOPIC: Final[Mapping[str, OnItem]] = {
    "amend.plain": OnItem((E.AMEND,)),
    "amend.self": OnItem((E.AMEND,)),
    "close_now": OnItem((E.CLOSE,)),
    "measures": VIEW,
    "opine_pass": OnItem((E.OPINE,)),
    "opine_words": OnItem((E.OPINE,)),
    "co_owners_now": OnItem((E.REASSIGN,), _leader),
    "reassign_now": OnItem((E.REASSIGN,), _leader),
    "reassign_to": OnItem((E.REASSIGN,), _leader),
    "reroute.page": OnItem((E.REROUTE,), _page),
    "reroute.to": OnItem((E.REROUTE,), _leader),
    "submit_now": OnItem((E.SUBMIT,)),
    "timeline": VIEW,
    "topic.amend": OnItem((E.AMEND,)),
    "topic.ask_extension": OnItem((E.ASK_EXTENSION,)),
    "topic.back": VIEW,
    "topic.claim": OnItem((E.CLAIM,)),
    "topic.close": OnItem((E.CLOSE,)),
    "topic.confirm": OnItem((E.CONFIRM, E.ISSUE, E.PROPOSE)),
    "topic.decline": OnItem((E.DECLINE,)),
    "topic.decompose": OnItem((E.DECOMPOSE,)),
    "topic.edit": OnItem((E.EDIT,)),
    "topic.inquire": OnItem((E.INQUIRE,)),
    "topic.issue": OnItem((E.CONFIRM, E.ISSUE, E.PROPOSE)),
    "topic.more": OnItem((E.VIEW,), _page),
    "topic.nudge": OnItem((E.NUDGE,)),
    "topic.open": VIEW,
    "topic.opine": OnItem((E.OPINE,)),
    "topic.propose": OnItem((E.CONFIRM, E.ISSUE, E.PROPOSE)),
    "topic.reassign": OnItem((E.REASSIGN,)),
    "topic.recall": OnItem((E.RECALL,)),
    "topic.reopen": OnItem((E.REOPEN,)),
    "topic.report": OnItem((E.REPORT,)),
    "topic.reroute": OnItem((E.REROUTE,)),
    "topic.return": OnItem((E.RETURN,)),
    "topic.submit": OnItem((E.SUBMIT,)),
    "topic.view": VIEW,
    "topic.withdraw": OnItem((E.WITHDRAW,)),
}
MEASURE: Final[Mapping[str, OnItem]] = {
    "measure.ask_extension": OnItem((E.ASK_EXTENSION,)),
    "measure.confirm_done": OnItem((E.CONFIRM_DONE,)),
    "measure.done_now": OnItem((E.REPORT_DONE,)),
    "measure.nudge": OnItem((E.NUDGE,)),
    "measure.open": VIEW,
    "measure.receive": OnItem((E.RECEIVE,)),
    "measure.report": OnItem((E.REPORT,)),
    "measure.report_done": OnItem((E.REPORT_DONE,)),
    "measure.return_done": OnItem((E.RETURN_DONE,)),
    "measure.view": VIEW,
    "measure.withdraw": OnItem((E.WITHDRAW,)),
    "measure.withdraw_now": OnItem((E.WITHDRAW,)),
}
GRANT: Final = (E.GRANT_EXTENSION,)
REQUEST: Final[Mapping[str, tuple[OnRequest, ...]]] = {
    "answer": (OnRequest("inquiry", (E.ANSWER,)),),
    "request.grant": (OnRequest("extension", GRANT), OnRequest("measure_extension", GRANT)),
    "request.grant_to": (OnRequest("extension", GRANT, lambda town: (JULY.isoformat(),)),),
    "request.keep": (OnRequest("reroute", (E.KEEP,)),),
    "request.open": tuple(OnRequest(name, (E.VIEW,)) for name in ("extension", "reroute", "inquiry")),
    "request.other": (OnRequest("extension", GRANT),),
    "request.refuse": (OnRequest("extension", GRANT), OnRequest("measure_extension", GRANT)),
    "request.refuse_now": (OnRequest("extension", (E.REFUSE_EXTENSION,)),),
    "request.reroute": (OnRequest("reroute", (E.REROUTE,)),),
    "request.view": tuple(OnRequest(name, (E.VIEW,)) for name in ("extension", "reroute", "inquiry")),
}
"""Presses of the wrong kind of request are nobody's: `keep` an extension, `grant` an inquiry."""


def _newcomer(town: Town) -> Args:
    return (town.college.id(NEWCOMER),)


def _unit(town: Town) -> Args:
    return (town.college.unit("国际处"),)


def _offered(kind: str) -> More:
    return lambda town: (kind, "0" * 64, "名册.xlsx", 0, "")


def _changed(name: str, what: str) -> More:
    return lambda town: (name, what, town.college.id(NEWCOMER), town.college.unit("国际处"))


PEOPLE: Final = (Act.PEOPLE,)
DIRECTORY: Final[Mapping[str, OnDirectory]] = {
    "account.confirm": OnDirectory((Act.CONFIRM,), lambda town: (town.ids["account"],)),
    "account.refuse": OnDirectory((Act.CONFIRM,), lambda town: (town.ids["account"],)),
    "change": OnDirectory(PEOPLE, _changed("seat", "liaison")),
    "change_now": OnDirectory((Act.UNITS,), _changed("seat", "liaison")),
    "change_of_person": OnDirectory(
        PEOPLE, lambda town: ("seat", "liaison", town.college.unit("国际处"), *_newcomer(town))
    ),
    "change_of_role": OnDirectory(PEOPLE, lambda town: ("grant", *_newcomer(town), Role.LEADER.value)),
    "entry": OnDirectory(PEOPLE, lambda town: ("title", *_newcomer(town))),
    "import": OnDirectory((Act.ROSTER,), lambda town: ("import_roster",)),
    "import_for": OnDirectory((Act.LEDGER,), _offered("import_topics"), missing=True),
    "import_let_pass": OnDirectory((Act.LEDGER,), _offered("import_topics")),
    "import_now": OnDirectory((Act.LEDGER,), _offered("import_topics"), missing=True),
    "invite": OnDirectory((Act.INVITE,), _newcomer),
    "leave": OnDirectory((Act.LEAVE,), _newcomer),
    "leave_heir": OnDirectory((Act.LEAVE,), _newcomer),
    "leave_now": OnDirectory((Act.LEAVE,), lambda town: (*_newcomer(town), 0)),
    "leave_to": OnDirectory((Act.LEAVE,), lambda town: (*_newcomer(town), *_leader(town))),
    "person": OnDirectory(PEOPLE, _newcomer),
    "person_charge": OnDirectory(PEOPLE, _newcomer),
    "person_edit": OnDirectory(PEOPLE, _newcomer),
    "person_new": OnDirectory(PEOPLE, _none),
    "person_post": OnDirectory(PEOPLE, _newcomer),
    "person_role": OnDirectory(PEOPLE, lambda town: ("grant", *_newcomer(town))),
    "person_roles": OnDirectory(PEOPLE, _newcomer),
    "person_unit": OnDirectory(PEOPLE, lambda town: ("seat", "liaison", *_newcomer(town))),
    "person_units": OnDirectory(PEOPLE, _newcomer),
    "stand_in_whose": OnDirectory((Act.STAND_IN,), lambda town: ("aide",)),
    "unit": OnDirectory((Act.UNITS,), _unit),
    "unit_charge": OnDirectory((Act.UNITS,), _unit),
    "unit_new": OnDirectory((Act.UNITS,), _none),
    "unit_seat": OnDirectory((Act.UNITS,), lambda town: ("liaison", *_unit(town))),
    "unit_unseat": OnDirectory((Act.UNITS,), _unit),
}


def _pair(town: Town) -> Args:
    return town.college.id(OWNER), town.college.id(LEADER)


def _absence(town: Town) -> Args:
    return (*_pair(town), town.college.clock.now().isoformat(), JUNE.isoformat())


OF_ONE: Final[Mapping[str, tuple[tuple[str, ...], bool, More]]] = {
    "absence_deputy": ((OWNER,), True, _pair),
    "absence_now": ((OWNER,), True, _absence),
    "acknowledge": ((OWNER,), False, lambda town: (town.ids["notice"],)),
    "aide_deputy": ((OWNER,), True, _pair),
    "aide_now": ((OWNER,), True, _pair),
    "bundle.ack": ((OWNER,), False, lambda town: (town.ids["notice"], town.ids["outbox"], 0)),
    "bundle.ack_all": ((OWNER,), False, lambda town: (town.ids["outbox"], 0)),
    "bundle.page": ((OWNER,), False, lambda town: (town.ids["outbox"], 0)),
    "digest.ack": ((OWNER,), False, lambda town: (town.ids["outbox"], 0)),
    "digest.page": ((OWNER,), False, lambda town: (town.ids["outbox"], 0)),
    "authority": ((CHIEF, ISSUER), False, lambda town: (1,)),
    "measures.receive": (("国际处处长",), False, lambda town: (town.ids["handed_down"],)),
    "stand_in_end": ((OWNER, AIDE), True, lambda town: (town.ids["aide"],)),
    "stand_in_new": ((OWNER,), True, lambda town: ("aide", town.college.id(OWNER))),
    "stand_in_of": ((OWNER,), True, lambda town: ("aide", town.college.id(OWNER))),
    "take_back": (("国际处处长",), False, lambda town: (town.ids["report"],)),
}
"""Whose they are by name, and whether the office may as well."""

EVERYBODYS: Final[Mapping[str, More]] = {
    "cancel": _none,
    "digest.list": lambda town: (),
    "export": lambda town: ("all",),
    "find": lambda town: ("标题",),
    "ledger": lambda town: ("all",),
    "mine": _none,
    "overdue": _none,
    "request.list": _page,
    "settings": _none,
    "settings.ask": lambda town: ("digest",),
    "settings.set": lambda town: ("digest", "08:00"),
}
"""Everybody's own lists and settings: never refused, and showing nobody more than the table does."""
