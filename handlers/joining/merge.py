"""合并 008 入 003: what would become of both is shown first; within the undo time it can be taken back."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from handlers.asking.addressed import called, here
from handlers.asking.finding import by_number
from handlers.asking.naming import either, spoken
from handlers.asking.previewing import AGREE, MARK, agreed, ask, dated, lines_of
from handlers.cards import Button, Card, rows
from handlers.reader import Reader
from handlers.registry import answers, button, command
from handlers.topic_beside import pushed
from handlers.topic_card import topic_card
from handlers.turn import Turn
from services import joining
from services.authorising import open_events
from services.joining import Merger
from storage import topics
from storage.dialogues import Dialogue
from storage.notices import Notice
from workflow.errors import Stale
from workflow.roles import Role
from workflow.topic import Topic, TopicId, TopicState
from workflow.transitions import Event

MERGE: Final = "merge"
LONGEST: Final = 30


@command(MERGE, Role.CHIEF, Role.OFFICE)
def merge_command(turn: Turn, rest: str) -> None:
    """`合并 008 入 003`."""
    found = _two().fullmatch(rest.strip())
    if found is None:
        turn.tell("joining.which")
        return
    source, target = (here(turn, by_number(turn, found[name])) for name in ("source", "target"))
    _preview(turn, joining.plan(turn.work, source.id, target.id))


@answers(MERGE)
def not_a_press(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """Words instead of the press."""
    turn.tell("joining.press")


@button("merge.now")
def merge(turn: Turn, mark: str) -> None:
    """Merge, and leave the open measures behind."""
    _merge(turn, mark, move=False)


@button("merge.move")
def merge_with_measures(turn: Turn, mark: str) -> None:
    """Merge, and let the open measures go along."""
    _merge(turn, mark, move=True)


@button("merge.agree")
def agree(turn: Turn, source_id: TopicId, target_id: TopicId, move: int) -> None:
    """The issuer's one tap on what the office proposed."""
    source = topics.get(turn.tx, source_id)
    if Event.WITHDRAW not in open_events(turn.work, source):
        raise Stale("already_so")
    gone = joining.merge(turn.work, source_id, target_id, move=bool(move))
    _done(turn, gone, topics.get(turn.tx, target_id), source.state)


@button("merge.undo")
def undo(turn: Turn, source_id: TopicId, before: str) -> None:
    """撤回: as if it had not been merged."""
    back = joining.undo(turn.work, source_id, TopicState(before))
    turn.toast("joining.undone_toast")
    turn.edit(topic_card(turn, back, headline=turn.say("joining.undone", number=back.number)))


@pushed
def _agree(reader: Reader, notice: Notice, topic: Topic) -> Iterable[Button]:
    if notice.kind == "merge_wanted" and Event.WITHDRAW in open_events(reader.work, topic):
        move = int(bool(notice.data["move"]))
        yield reader.button("merge.agree", topic.id, notice.data["target"], move, label="merge")


def _preview(turn: Turn, planned: Merger) -> None:
    say, source, target = turn.say, planned.source, planned.target
    mark = turn.incoming.event_id
    draft = {"source": source.id, "target": target.id, MARK: mark}
    turn.keep(MERGE, AGREE, dated(turn, draft))
    steps = [
        say("joining.measure", no=m.no, text="" if source.confidential else m.text[:LONGEST])
        for m in planned.moves
    ]
    lines = lines_of(
        say("joining.gone", name=called(say, source)),
        say("joining.stays", name=called(say, target)),
        [say("joining.movable", count=len(steps)), *steps] if steps else "",
        say("joining.ready" if planned.now else "joining.ready_send"),
    )
    with_steps = (turn.button("merge.move", mark, label="merge_move"),) if steps else ()
    plain = turn.button("merge.now", mark, label="merge")
    ask(turn, Card(say("joining.preview"), lines), plain, *with_steps)


def _merge(turn: Turn, mark: str, *, move: bool) -> None:
    draft = agreed(turn, MERGE, mark)
    if draft is None:
        return
    before = topics.get(turn.tx, TopicId(draft["source"]))
    after = joining.merge(turn.work, before.id, TopicId(draft["target"]), move=move)
    if after.state is before.state:
        turn.toast("joining.sent_toast")
        turn.edit(Card(lines=(turn.say("joining.sent", name=called(turn.say, after)),)))
        return
    _done(turn, after, topics.get(turn.tx, TopicId(draft["target"])), before.state)


def _done(turn: Turn, gone: Topic, target: Topic, before: TopicState) -> None:
    line = turn.say("joining.done", source=called(turn.say, gone), target=called(turn.say, target))
    back = turn.button("merge.undo", gone.id, before, label="take_back")
    view = turn.button("topic.open", target.id, label="topic")
    turn.toast("joining.done_toast")
    turn.edit(Card(lines=(line,), buttons=rows(back, view)))


@cache
def _two() -> re.Pattern[str]:
    number = r"#?(?:\d{4}\s*[-\uff0d\u2014]\s*)?\d{1,4}\u53f7?"
    into = either(spoken("joining.words.into"))
    return re.compile(rf"(?P<source>{number})\s*{into}\s*(?P<target>{number})", re.IGNORECASE)
