"""申请容错, 申请澄清: a reason, and which of the three 区分开来 it rests on."""

from collections.abc import Mapping
from typing import Any, Final

from handlers.asking.addressed import called
from handlers.asking.finding import apart, by_number
from handlers.asking.naming import spoken
from handlers.asking.previewing import MARK, agreed, ask, dated, lines_of, screen
from handlers.cards import Card
from handlers.registry import answers, button, command
from handlers.tolerating.card import distinctions, plea_card
from handlers.turn import Turn
from services.affairs import tolerating
from services.affairs.seating import Frame, authorise
from services.affairs.tolerating import DISTINCTIONS
from storage import topics
from storage.dialogues import Dialogue
from workflow.affair import AffairKind
from workflow.affair_table import AffairEvent
from workflow.errors import Barred, Missing
from workflow.roles import Role
from workflow.topic import Topic, TopicId

DIALOGUES: Final[Mapping[AffairKind, str]] = {
    AffairKind.TOLERANCE: "tolerance",
    AffairKind.CLARIFICATION: "clarify",
}
"""Named like the commands, so that saying one anew begins anew."""
REASON, WHICH = "reason", "which"


@command("tolerance", Role.LEADER, Role.UNIT_HEAD, Role.LIAISON)
def tolerance_command(turn: Turn, rest: str) -> None:
    """`申请容错 017 试点中先行先试`."""
    _ask(turn, AffairKind.TOLERANCE, rest)


@command("clarify", Role.LEADER, Role.UNIT_HEAD, Role.LIAISON)
def clarify_command(turn: Turn, rest: str) -> None:
    """`申请澄清 017 情况不实`."""
    _ask(turn, AffairKind.CLARIFICATION, rest)


@button("plea.as")
def chosen(turn: Turn, mark: str, distinction: int) -> None:
    """The distinction was chosen: the request goes to who decides it."""
    name = turn.dialogue.name if turn.dialogue and turn.dialogue.name in DIALOGUES.values() else REASON
    draft = agreed(turn, name, mark)
    if draft is None:
        return
    kind, topic_id = AffairKind(draft["kind"]), TopicId(draft["topic"])
    affair = tolerating.begin(turn.work, kind, topic_id, draft["reason"], distinction)
    turn.toast("tolerating.asked_toast")
    turn.edit(plea_card(turn, affair, headline=turn.say("tolerating.asked", number=affair.number)))


@answers("tolerance")
@answers("clarify")
def answered(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """The reason came, or 1, 2, 3; any other words are a better reason."""
    draft = dialogue.draft
    topic = topics.get(turn.tx, TopicId(draft["topic"]))
    kind = AffairKind(draft["kind"])
    _may(turn, kind, topic)
    picked = next((no for no in DISTINCTIONS if text.strip() in (str(no), *_labels(no))), None)
    if dialogue.step == WHICH and picked:
        chosen(turn, draft[MARK], picked)
        return
    if not text.strip():
        raise Missing("reason_missing")
    _which(turn, kind, topic, {**draft, "reason": text.strip()})


def _ask(turn: Turn, kind: AffairKind, rest: str) -> None:
    """Ask for what is lacking, in private: a plea concerns a person. Raises Barred in a group."""
    if not turn.private:
        raise Barred("private_only")
    number, reason = apart(rest)
    if not number:
        turn.tell(f"tolerating.example_{kind}")
        return
    topic = by_number(turn, number)
    _may(turn, kind, topic)
    tolerating.check(turn.work, kind, topic)
    draft = {"kind": kind, "topic": topic.id, "reason": reason}
    if reason:
        _which(turn, kind, topic, draft)
        return
    turn.keep(DIALOGUES[kind], REASON, draft)
    ask(turn, screen(turn, topic, "", turn.say("tolerating.why", topic=called(turn.say, topic))))


def _which(turn: Turn, kind: AffairKind, topic: Topic, draft: Mapping[str, Any]) -> None:
    mark = turn.incoming.event_id
    turn.keep(DIALOGUES[kind], WHICH, {**dated(turn, draft), MARK: mark})
    lines = lines_of(
        turn.say("tolerating.of_topic", topic=called(turn.say, topic)),
        turn.say("tolerating.reason", text=draft["reason"]),
        [turn.say(f"tolerating.numbered.d{no}") for no in DISTINCTIONS],
    )
    title = turn.say("tolerating.which", kind=turn.say(f"tolerating.kind.{kind}"))
    shown = screen(turn, topic, title, *lines)
    ask(turn, Card(shown.title, shown.lines, vanish=shown.vanish), *distinctions(turn, mark))


def _may(turn: Turn, kind: AffairKind, topic: Topic) -> None:
    authorise(turn.work, Frame(kind, topic.id, None, topic.owner_id), None, AffairEvent.BEGIN)


def _labels(no: int) -> tuple[str, ...]:
    return spoken(f"tolerating.label.d{no}")
