"""Questions left open by somebody who may no longer ask them: what a dialogue kept gives nobody a right."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from handlers.asking.keeping import KEPT, pack
from handlers.asking.naming import Unclear
from handlers.issuing import form as issue_form
from services.administering import Act
from services.issuing import Draft
from services.work import Said
from tests.handlers.access_rules import Rules, may_act, roles
from tests.handlers.access_town import JULY, JUNE, LEAD, LEADER, NEWCOMER, SECRET, Town
from workflow.roles import Role
from workflow.transitions import Event as E

Kept = tuple[str, str, Mapping[str, Any]]
SENT: Final = {KEPT: pack(Said(datetime.fromisoformat("2026-03-02T00:00:00+00:00")))}
MARK: Final = {"mark": "m"}
WORD: Final = "因为有新的情况"


@dataclass(frozen=True, slots=True)
class Left:
    """An open dialogue: about which item, what right its answer takes, and the answer: words or a press.

    `about` names a topic, a measure or a request of the town; without events it is a right of `offices`, of
    whoever keeps the directory (`acts`), or of whoever may draft.
    """

    about: str
    events: tuple[E, ...]
    kept: Callable[[Town, int], Kept]
    words: str = ""
    args: tuple[int | str, ...] = ()
    acts: tuple[Act, ...] = ()
    drafting: bool = False
    with_item: bool = False

    def open(self, town: Town) -> Kept:
        """The dialogue as it stands."""
        return self.kept(town, self._item(town))

    def presses(self, town: Town) -> tuple[int | str, ...]:
        """The button's arguments."""
        return (self._item(town), *self.args) if self.with_item else self.args

    def may(self, rules: Rules, who: str) -> bool:
        """Whether somebody may answer it now."""
        town = rules.town
        if self.drafting:
            return bool(roles(who) & {Role.CHIEF, Role.OFFICE})
        if self.acts:
            return may_act(who, *self.acts)
        if self.about in town.ids:
            return rules.answers(who, town.ids[self.about], self.events)
        if self.about in town.measures and self.about not in town.topics:
            measure = town.measures[self.about]
            return rules.allowed(who, self.events, rules.measure(measure).topic_id, measure)
        return rules.allowed(who, self.events, town.topics[self.about])

    def sees(self, rules: Rules, who: str) -> bool:
        """Whether the topic it is about is somebody's to read."""
        topic = rules.town.topics.get(self.about)
        return topic is not None and rules.views(who, topic)

    def _item(self, town: Town) -> int:
        for known in (town.topics, town.measures, town.ids):
            if self.about in known:
                return int(known[self.about])
        return 0


def _on(name: str, step: str, **more: Any) -> Callable[[Town, int], Kept]:
    return lambda town, item: (name, step, {"topic": item, **more})


def _of(field: str, name: str, step: str, **more: Any) -> Callable[[Town, int], Kept]:
    return lambda town, item: (name, step, {field: item, **more})


def _line(town: Town, lead: bool = True, by: bool = True) -> dict[str, Any]:
    unit = [town.college.unit("国际处")] if lead else []
    until = JUNE.isoformat() if by else None
    return {"text": "措施", "lead": unit, "assist": [], "by": until, "deliverable": "", "notes": []}


def _decomposing(step: str, *, lead: bool = True, by: bool = True) -> Callable[[Town, int], Kept]:
    def kept(town: Town, item: int) -> Kept:
        return "decompose", step, {"topic": item, "lines": [_line(town, lead, by)], **SENT, **MARK}

    return kept


def _form(town: Town, item: int) -> Kept:
    given = Draft(
        title=SECRET,
        goal="目标",
        issuer_id=town.college.id("党委书记"),
        owner_id=town.college.id(LEADER),
        deadline=JUNE,
    )
    return "issue", "preview", issue_form.dump(issue_form.Form(given, rev=1))


def _asking(field: str) -> Callable[[Town, int], Kept]:
    """The form while one of its fields is asked for anew."""

    def kept(town: Town, item: int) -> Kept:
        name, _, draft = _form(town, item)
        form = issue_form.load(draft)
        return name, field, issue_form.dump(replace(form, todo=(field,)))

    return kept


def _unclear(town: Town, item: int) -> Kept:
    name, _, draft = _form(town, item)
    half = issue_form.Half("owner", Unclear("副院长", (town.college.id(LEADER),)))
    return name, "which", issue_form.dump(replace(issue_form.load(draft), halves=(half,)))


def _editing(town: Town, item: int) -> Kept:
    name, step, draft = _form(town, item)
    return name, step, {**draft, "topic": item}


def _entering(step: str, *without: str) -> Callable[[Town, int], Kept]:
    def kept(town: Town, item: int) -> Kept:
        who = town.college.id(LEAD)
        draft = {
            "topic": item,
            "measure": None,
            "who": who,
            "source": "电话",
            "text": WORD,
            **SENT,
            **MARK,
        }
        return "enter_for", step, {name: value for name, value in draft.items() if name not in without}

    return kept


def _entry(town: Town, item: int) -> Kept:
    return "entry", "sure", {"field": "title", "item": town.college.id(NEWCOMER), "text": "新职务"}


def _choice(town: Town, item: int) -> Kept:
    options = [[town.college.id(LEADER), LEADER, ""]]
    draft = {"question": "?", "verb": "reassign_to", "args": [item], "last": "cancel", "options": options}
    return "choice", "one", draft


_ASKED: Final = _on(
    "extend", "agree", measure=None, reason=WORD, wanted=JULY.isoformat(), notes=[], **SENT, **MARK
)
_BACK: Final = {
    "event": "return",
    "points": ["第一点"],
    "by": JULY.isoformat(),
    "notes": [],
    **SENT,
    **MARK,
}
PRESSED: Final[Mapping[str, Left]] = {
    "decompose.assign": Left("in_progress", (E.DECOMPOSE,), _decomposing("agree"), args=("m",)),
    "decompose.by": Left(
        "in_progress", (E.DECOMPOSE,), _decomposing("date", by=False), args=(JUNE.isoformat(),)
    ),
    "decompose.unit": Left("in_progress", (E.DECOMPOSE,), _decomposing("unit", lead=False), args=(1,)),
    "enter_for.now": Left("in_progress", (), _entering("agree"), args=("m",), acts=(Act.LEDGER,)),
    "enter_for.source": Left(
        "in_progress", (), _entering("source", "source"), args=("电话",), acts=(Act.LEDGER,)
    ),
    "entry_yes": Left("", (), _entry, acts=(Act.PEOPLE,)),
    "extend.ask": Left("in_progress", (E.ASK_EXTENSION,), _ASKED, args=("m",)),
    "issue.ask": Left("", (), _form, args=(1, "goal"), drafting=True),
    "issue.back": Left("", (), _form, args=(1,), drafting=True),
    "issue.clear": Left("", (), _asking("goal"), args=(1,), drafting=True),
    "issue.fields": Left("", (), _form, args=(1, 0), drafting=True),
    "issue.page": Left("", (), _form, args=(1, 0), drafting=True),
    "issue.pick": Left("", (), _unclear, args=(1, 6), drafting=True),
    "issue.publish": Left("", (), _form, args=(1,), drafting=True),
    "issue.set": Left("", (), _form, args=(1, "confidential", "yes"), drafting=True),
    "issue.skip": Left("", (), _asking("goal"), args=(1,), drafting=True),
    "issue.sure": Left("", (), _form, args=(1,), drafting=True),
    "place": Left(
        "in_progress",
        (E.REPORT, E.COMMENT),
        _of("x", "unplaced", "which", text=WORD, among=[], **SENT),
        with_item=True,
    ),
    "send_back.by": Left(
        "submitted", (E.RETURN,), _on("send_back", "date", **_BACK), args=(JULY.isoformat(),)
    ),
    "send_back.now": Left("submitted", (E.RETURN,), _on("send_back", "agree", **_BACK), args=("m",)),
    "withdraw.sure": Left(
        "in_progress",
        (E.WITHDRAW,),
        _on("withdraw", "sure", reason=WORD, mark="m"),
        args=("m",),
        with_item=True,
    ),
}
"""Presses that need a dialogue. Without it they are nobody's."""

TYPED: Final[Mapping[str, Left]] = {
    "amend": Left("confirming", (E.AMEND,), _on("amend", "remark"), WORD),
    "answer": Left("inquiry", (E.ANSWER,), _of("request", "answer", "text"), WORD),
    "choice": Left("in_progress", (E.REASSIGN,), _choice, LEADER),
    "decide": Left("extension", (E.REFUSE_EXTENSION,), _of("request", "decide", "reason"), WORD),
    "decline": Left("issued", (E.DECLINE,), _on("decline", "text"), WORD),
    "decompose": Left("in_progress", (E.DECOMPOSE,), _decomposing("lines"), "国际处修订办法，6月10日前"),
    "enter_for": Left("in_progress", (), _entering("who", "who", "source", "text"), LEAD, acts=(Act.LEDGER,)),
    "entry": Left("", (), _entry, "另一个职务", acts=(Act.PEOPLE,)),
    "extend": Left(
        "in_progress",
        (E.ASK_EXTENSION,),
        _on("extend", "date", measure=None, reason=WORD, **SENT),
        "7月30日",
    ),
    "inquire": Left("in_progress", (E.INQUIRE,), _on("inquire", "text"), WORD),
    "issue": Left("draft", (E.EDIT,), _editing, "目标 改写过的目标"),
    "nudge_all": Left(
        "in_progress", (E.NUDGE,), _of("x", "nudge_all", "agree", topics=[], measures=[]), WORD
    ),
    "opinion": Left("submitted", (E.OPINE,), _on("opinion", "text"), WORD),
    "report": Left("in_progress", (E.REPORT, E.COMMENT), _on("report", "text"), WORD),
    "report_done": Left("received", (E.REPORT_DONE,), _of("measure", "report_done", "text"), WORD),
    "return_done": Left("reported_done", (E.RETURN_DONE,), _of("measure", "return_done", "text"), WORD),
    "send_back": Left(
        "submitted", (E.RETURN,), _on("send_back", "points", event="return"), "补充材料 7月30日前"
    ),
    "submit": Left("in_progress", (E.SUBMIT,), _on("submit", "reason"), WORD),
    "withdraw": Left("in_progress", (E.WITHDRAW,), _on("withdraw", "reason"), WORD),
}
"""Dialogues that end in an act. The others only look, or ask for a file."""

HARMLESS: Final = frozenset({"absence_term", "find", "import", "let_pass", "settings", "topic", "unplaced"})
