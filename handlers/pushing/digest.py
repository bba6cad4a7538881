"""今日待办: the one message of a morning. What presses most is named, and the rest is a press away."""

from collections import Counter
from typing import Final

from handlers.affair_cards import name_of as name_of_affair
from handlers.asking.listing import PAGE, Entry, Pager, list_card, show
from handlers.cards import MOST_BUTTONS, About, Button, Card, Subject, rows
from handlers.looking.agenda import LAST, WAITING, Task, agenda, described, opens
from handlers.pushing import bundle
from handlers.pushing.item_words import name_of
from handlers.pushing.notices import carried, matter
from handlers.pushing.notices_words import sentence
from handlers.pushing.office_morning import college_due, college_lines, morning_buttons
from handlers.reader import Reader
from handlers.registry import button
from handlers.turn import Turn
from services.affairs.waiting import waits_for
from storage import notices
from storage.notices import Notice
from storage.outbox import Out

NAMED: Final = 5
PARTS: Final = ("late", "today", "near", "waiting")
"""Why an item is in the digest, the most urgent first; an item counts under the first that holds."""

Pressing = tuple[str, Task]


def digest_card(reader: Reader, out: Out) -> Card | None:
    """A person's morning; None when there is nothing to say. What it says, it carries."""
    told = _carried(reader, out)
    pressing = _pressing(reader)
    if not told and not pressing and not waits_for(reader.work) and not any(college_due(reader)):
        return None
    return _card(reader, out.id, told, pressing, 0)


@button("digest.page")
def turn_page(turn: Turn, outbox_id: int, page: int) -> None:
    """More of what came in."""
    turn.edit(_card(turn, outbox_id, carried(turn, outbox_id), _pressing(turn), page))


@button("digest.ack")
def acknowledge(turn: Turn, outbox_id: int, page: int) -> None:
    """知悉, all of it."""
    bundle.acknowledge_each(turn, outbox_id)
    turn_page(turn, outbox_id, page)


@button("digest.list")
def listed(turn: Turn, page: int = 0) -> None:
    """All that presses, item by item."""
    found = _pressing(turn)
    pager = Pager("digest.list", (), page)
    shown = [
        Entry(_line(turn, task), *opens(task), heading=turn.say(f"digest.{part}"))
        for part, task in found[pager.start : pager.start + PAGE]
    ]
    if not shown:
        turn.toast("digest.none_left")
        return
    show(turn, list_card(turn, turn.say("digest.title"), shown, len(found), pager))


def _pressing(reader: Reader) -> list[Pressing]:
    """What is to be done now, the most urgent first, each topic and each measure once."""
    found = [(part, task) for task in agenda(reader) if (part := _part(reader, task))]
    found.sort(key=lambda one: (PARTS.index(one[0]), one[1].due or LAST))
    once: dict[tuple[int, int], Pressing] = {}
    for part, task in found:
        once.setdefault((task.topic.id, task.measure.id if task.measure else 0), (part, task))
    return list(once.values())


def _part(reader: Reader, task: Task) -> str:
    """Where a task belongs, in workdays as everywhere; "" when it can wait."""
    if task.due is not None:
        left = reader.dates.workdays_left(task.due)
        if task.due < reader.tx.now:
            return "late"
        if left <= reader.policy.near_days:
            return "near" if left > 0 else "today"
    return "waiting" if task.group in WAITING else ""


def _carried(reader: Reader, out: Out) -> list[Notice]:
    """What this message says of the waiting notices; those that no longer hold are dropped for good."""
    waiting = notices.waiting_digest(reader.tx, reader.actor.id, reader.tx.now)
    kept = bundle.still_true(reader, [*notices.of_outbox(reader.tx, out.id), *waiting])
    if kept:
        notices.attach(reader.tx, [notice.id for notice in kept], out.id)
    return kept


def _card(reader: Reader, outbox_id: int, told: list[Notice], pressing: list[Pressing], page: int) -> Card:
    further = _further(reader, outbox_id, told, page)
    room = min(NAMED, MOST_BUTTONS - len(further))
    named = pressing if len(pressing) <= room else pressing[: min(room, MOST_BUTTONS - len(further) - 1)]
    numbers = [Button(str(no), *opens(task)) for no, (_, task) in enumerate(named, 1)]
    rest = [reader.button("digest.list", label="digest_list")] if len(named) < len(pressing) else []
    return Card(
        title=reader.say("digest.title"),
        lines=(
            *_items(reader, pressing, named),
            *_affairs(reader),
            *college_lines(reader),
            *_told(reader, told, page, alone=not pressing),
        ),
        buttons=rows(*numbers, *rest, *further),
        about=About(Subject.DIGEST, outbox_id),
    )


def _items(reader: Reader, pressing: list[Pressing], named: list[Pressing]) -> list[str]:
    """How many there are of each kind, those that are named, and how many are left."""
    if not pressing:
        return []
    say, many = reader.say, Counter(part for part, _ in pressing)
    counts = say("common.listing").join(
        say(f"digest.count.{part}", count=many[part]) for part in PARTS if many[part]
    )
    lines = [say("digest.counts", date=reader.dates.short(reader.tx.now), counts=counts)]
    lines += [say("queries.line", no=no, text=_line(reader, task)) for no, (_, task) in enumerate(named, 1)]
    if len(named) < len(pressing):
        lines.append(say("digest.rest", count=len(pressing) - len(named)))
    return lines


def _affairs(reader: Reader) -> list[str]:
    """What else waits for this person, by name as far as there is room."""
    waiting = waits_for(reader.work)
    if not waiting:
        return []
    named = reader.say("common.listing").join(name_of_affair(reader, one) for one in waiting[:NAMED])
    return [reader.say("digest.affairs", count=len(waiting), names=named)]


def _line(reader: Reader, task: Task) -> str:
    """An item's number, short title and day; of a confidential one the number. What it waits for is added."""
    hidden = task.topic.confidential
    name = name_of(reader, task.topic, task.measure) if hidden else described(reader, task)
    if task.group not in WAITING:
        return name
    return reader.say("digest.waits", name=name, what=reader.say(f"digest.what.{task.group}"))


def _told(reader: Reader, told: list[Notice], page: int, *, alone: bool) -> list[str]:
    """A page of what came in since.

    What has become the same sentence is said once; the occurrences of a step never are one.
    """
    shown = told[page * bundle.LINES : (page + 1) * bundle.LINES]
    if not shown:
        return []
    heading = reader.say("digest.quiet" if alone else "digest.also", date=reader.dates.short(reader.tx.now))
    said = dict.fromkeys((sentence(reader, matter(reader.tx, one)), one.occurrence) for one in shown)
    return [heading, *(reader.say("digest.told", text=text) for text, _ in said)]


def _further(reader: Reader, outbox_id: int, told: list[Notice], page: int) -> list[Button]:
    """The way to more of what came in, 知悉 for all of it, and what an office does first of a morning."""
    found: list[Button] = []
    if len(told) > bundle.LINES:
        following = page + 1 if (page + 1) * bundle.LINES < len(told) else 0
        found.append(reader.button("digest.page", outbox_id, following, label="more"))
    if any(notice.wants_ack and notice.acknowledged_at is None for notice in told):
        found.append(reader.button("digest.ack", outbox_id, page, label="ack_all"))
    return [*found, *morning_buttons(reader)]
