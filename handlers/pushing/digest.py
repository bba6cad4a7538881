"""今日待办: the one message of a morning, the way to what it counts, and the lists it leads to."""

from collections.abc import Callable
from typing import Final

from handlers.asking.listing import PAGE, Pager, list_card, show
from handlers.cards import MOST_BUTTONS, About, Button, Card, Subject, rows
from handlers.looking.agenda import WAITING, Task, agenda, entry
from handlers.pushing import bundle
from handlers.reader import Reader
from handlers.registry import button
from handlers.turn import Turn
from storage import notices
from storage.notices import Notice
from storage.outbox import Out

Part = Callable[[Reader, Task], bool]


def _left(reader: Reader, task: Task) -> int | None:
    """Workdays until it is due; None when it is overdue or has no day."""
    if task.due is None or task.due < reader.tx.now:
        return None
    return reader.dates.workdays_left(task.due)


def _today(reader: Reader, task: Task) -> bool:
    left = _left(reader, task)
    return left is not None and left <= 0


def _near(reader: Reader, task: Task) -> bool:
    left = _left(reader, task)
    return left is not None and 0 < left <= reader.policy.near_days


def _overdue(reader: Reader, task: Task) -> bool:
    return task.due is not None and task.due < reader.tx.now


def _waiting(reader: Reader, task: Task) -> bool:
    return task.group in WAITING


PARTS: Final[dict[str, Part]] = {
    "today": _today,
    "near": _near,
    "late": _overdue,
    "waiting": _waiting,
}


def digest_card(reader: Reader, out: Out) -> Card | None:
    """A person's morning; None when there is nothing to say. What it says, it carries."""
    told = _carried(reader, out)
    counts = _counts(reader)
    if not told and not any(counts.values()):
        return None
    return _card(reader, out.id, told, counts, 0)


@button("digest.page")
def turn_page(turn: Turn, outbox_id: int, page: int) -> None:
    """More of what came in."""
    turn.edit(_card(turn, outbox_id, bundle.carried(turn, outbox_id), _counts(turn), page))


@button("digest.ack")
def acknowledge(turn: Turn, outbox_id: int, page: int) -> None:
    """知悉, all of it."""
    bundle.acknowledge_each(turn, outbox_id)
    turn_page(turn, outbox_id, page)


@button("digest.list")
def listed(turn: Turn, name: str, page: int = 0) -> None:
    """One of the counts, item by item."""
    tasks = [task for task in agenda(turn) if PARTS[name](turn, task)]
    pager = Pager("digest.list", (name,), page)
    shown = [entry(turn, task) for task in tasks[pager.start : pager.start + PAGE]]
    if not shown:
        turn.toast("digest.none_left")
        return
    show(turn, list_card(turn, turn.say(f"digest.{name}"), shown, len(tasks), pager))


def _counts(reader: Reader) -> dict[str, int]:
    tasks = agenda(reader)
    return {name: sum(part(reader, task) for task in tasks) for name, part in PARTS.items()}


def _carried(reader: Reader, out: Out) -> list[Notice]:
    """What this message says of the waiting notices; those that no longer hold are dropped for good."""
    waiting = notices.waiting_digest(reader.tx, reader.actor.id, reader.tx.now)
    kept = bundle.still_true(reader, [*notices.of_outbox(reader.tx, out.id), *waiting])
    notices.attach(reader.tx, [notice.id for notice in kept], out.id)
    return kept


def _card(reader: Reader, outbox_id: int, told: list[Notice], counts: dict[str, int], page: int) -> Card:
    say, dates = reader.say, reader.dates
    today = dates.short(reader.tx.now)
    lines = [say("digest.counts" if any(counts.values()) else "digest.quiet", date=today, **counts)]
    shown = told[page * bundle.LINES : (page + 1) * bundle.LINES]
    lines += bundle.lines(reader, shown, page * bundle.LINES)
    buttons = [reader.button("digest.list", name, label=f"digest_{name}") for name, n in counts.items() if n]
    further: list[Button] = []
    if len(told) > bundle.LINES:
        following = page + 1 if (page + 1) * bundle.LINES < len(told) else 0
        further.append(reader.button("digest.page", outbox_id, following, label="more"))
    if any(notice.wants_ack and notice.acknowledged_at is None for notice in told):
        further.append(reader.button("digest.ack", outbox_id, page, label="ack_all"))
    return Card(
        title=say("digest.title"),
        lines=tuple(lines),
        buttons=rows(*buttons, *further[: MOST_BUTTONS - len(buttons)]),
        about=About(Subject.DIGEST, outbox_id),
    )
