"""Preview, then agree: what was understood is shown before it counts, and a press agrees to exactly that.

A press on an older preview than the one that is open agrees to nothing.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from handlers.asking.keeping import KEPT, pack, unpack
from handlers.cards import Button, Card, rows
from handlers.registry import button
from handlers.topic_card import topic_card
from handlers.turn import Turn
from storage import topics
from workflow.topic import Topic, TopicId

AGREE: Final = "agree"
MARK: Final = "mark"


def preview(
    turn: Turn,
    dialogue: str,
    draft: Mapping[str, Any],
    shown: Card,
    verb: str,
    *others: Button,
    label: str = "",
) -> None:
    """Show what was understood, with a button `verb` that agrees to it."""
    mark = turn.incoming.event_id
    turn.keep(dialogue, AGREE, {KEPT: pack(turn.work.said), **draft, MARK: mark})
    ask(turn, shown, turn.button(verb, mark, label=label), *others)


def ask(turn: Turn, question: Card, *options: Button, width: int = 3) -> None:
    """Put a question where it was caused: over the pressed card, or as an answer to a message."""
    turn.edit(
        Card(
            question.title,
            question.lines,
            rows(*options, turn.button("cancel"), width=width),
            vanish=question.vanish,
        )
    )


def agreed(turn: Turn, dialogue: str, mark: str) -> Mapping[str, Any] | None:
    """The draft a press agrees to, with its words as if said now; None when it is no longer the open one."""
    open_ = turn.dialogue
    if open_ is None or open_.name != dialogue or open_.draft.get(MARK) != mark:
        turn.toast("refusals.unknown_button", alert=True)
        return None
    turn.work.said = unpack(open_.draft[KEPT])
    turn.done()
    return open_.draft


def screen(turn: Turn, topic: Topic, title: str, *lines: str) -> Card:
    """A card about a topic that shows its content only as long as the topic's secrecy allows."""
    vanish = turn.policy.vanish if topic.confidential else None
    return Card(title, lines, vanish=vanish)


def dated(turn: Turn, draft: Mapping[str, Any]) -> dict[str, Any]:
    """A draft that remembers the message it came from, unless it already remembers one."""
    return {KEPT: pack(turn.work.said), **draft}


def lines_of(*lines: str | Sequence[str]) -> tuple[str, ...]:
    """Lines and groups of lines, the empty ones left out."""
    flat = [one for line in lines for one in ((line,) if isinstance(line, str) else line)]
    return tuple(line for line in flat if line)


@button("topic.back")
def back_to_topic(turn: Turn, topic_id: TopicId) -> None:
    """Nothing was agreed to: the topic's card again, in the same place."""
    turn.done()
    turn.edit(topic_card(turn, topics.get(turn.tx, topic_id)))
