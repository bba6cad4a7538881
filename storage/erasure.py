"""Where texts and identities lie, so that they can go: what is left are ids, dates, states and the trail.

The trail keeps salted digests of texts; without its salt a digest says nothing about anybody.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from pydantic_core import from_json
from sqlalchemy import ColumnElement, bindparam, delete, func, or_, select, update

from storage import journal, web_links
from storage.recall import forget
from storage.store import Tx
from storage.tables_affairs import affair_items, affair_people, affairs
from storage.tables_journal import journal as journal_table
from storage.tables_journal import salts
from storage.tables_messages import cards, dialogues, inbox, notices, outbox
from storage.tables_people import accounts, guesses, invitations, people
from storage.tables_work import evidence, measures, reports, topics
from workflow.affair import AffairState
from workflow.roles import PersonId
from workflow.topic import TopicState

GONE: Final = "—"
SETTLED: Final = ("sent", "void", "dead")
CLOSED: Final = (TopicState.CLOSED, TopicState.WITHDRAWN)
_ABOUT: Final = ("person", "leader", "deputy", "principal")

_BLANK = update(outbox).where(outbox.c.state.in_(SETTLED), outbox.c.created_at < bindparam("before"))
_WORDLESS = _BLANK.where(outbox.c.body != "").values(body="")
_UNREADABLE = (
    update(inbox)
    .where(
        inbox.c.state == "quarantined", inbox.c.received_at < bindparam("before"), inbox.c.raw.is_not(None)
    )
    .values(raw=None)
)
_SALTED = (
    select(journal_table.c.seq, journal_table.c.actor_id, journal_table.c.body)
    .join(salts, salts.c.seq == journal_table.c.seq)
    .where(journal_table.c.seq > bindparam("after"))
    .order_by(journal_table.c.seq)
    .limit(journal.SLICE)
)
_OVER = (
    select(topics.c.id)
    .where(
        topics.c.state.in_(CLOSED),
        func.coalesce(topics.c.closed_at, topics.c.last_report_at, topics.c.issued_at, topics.c.created_at)
        < bindparam("before"),
        topics.c.title != GONE,
    )
    .order_by(topics.c.id)
    .limit(bindparam("most"))
)


_ENDED = (
    select(affairs.c.id)
    .where(
        affairs.c.topic_id.is_(None),
        affairs.c.title != GONE,
        func.coalesce(affairs.c.settled_at, affairs.c.opened_at) < bindparam("before"),
        or_(affairs.c.settled_at.is_not(None), affairs.c.state == AffairState.RECORDED),
    )
    .order_by(affairs.c.id)
    .limit(bindparam("most"))
)


def blank_messages(tx: Tx, before: datetime) -> int:
    """Blank the words of messages settled, and of updates set aside, before a moment; how many."""
    return sum(tx.execute(blank, {"before": before}).rowcount for blank in (_WORDLESS, _UNREADABLE))


def topics_over(tx: Tx, before: datetime, most: int = 100) -> list[int]:
    """Closed or withdrawn topics that nothing was done to since a moment, and that still hold texts."""
    return [*tx.execute(_OVER, {"before": before, "most": most}).scalars()]


def forget_topic(tx: Tx, topic_id: int) -> None:
    """Remove every text of a topic: its own, its measures', what was said, the names of files, the salts."""
    forget(tx)
    run = tx.execute
    words = dict.fromkeys(("title", "short_title", "problem", "goal", "source"), GONE)
    run(update(topics).where(topics.c.id == topic_id).values(**words))
    run(update(measures).where(measures.c.topic_id == topic_id).values(text=GONE, deliverable=""))
    said = select(reports.c.id).where(reports.c.topic_id == topic_id)
    run(delete(evidence).where(evidence.c.report_id.in_(said)))
    run(update(reports).where(reports.c.topic_id == topic_id).values(text=GONE, entry_source=""))
    _wordless_affairs(tx, affairs.c.topic_id == topic_id)
    rows = select(journal_table.c.seq).where(journal_table.c.topic_id == topic_id)
    run(delete(salts).where(salts.c.seq.in_(rows)))


def affairs_over(tx: Tx, before: datetime, most: int = 100) -> list[int]:
    """Affairs of no topic that ended before a moment and still hold words."""
    return [*tx.execute(_ENDED, {"before": before, "most": most}).scalars()]


def forget_affairs(tx: Tx, ids: Collection[int]) -> None:
    """Remove what people wrote in these affairs, and the salts of the rows that tell of them."""
    _wordless_affairs(tx, affairs.c.id.in_(list(ids)))
    _drop_salts(tx, lambda actor, facts: facts.get("affair") in ids)


def forget_person(tx: Tx, person_id: PersonId, title: str) -> None:
    """Remove who somebody is and what they said; `title` is what lists show from now on."""
    _forget_chats(tx, person_id)
    _forget_words(tx, person_id)
    for table in (accounts, invitations, dialogues):
        tx.execute(delete(table).where(table.c.person_id == person_id))
    web_links.end(tx, person_id)
    nobody = dict.fromkeys(("name", "contact", "language", "digest_at", "quiet_from", "quiet_to", "post"), "")
    row = {"code": f"~{person_id}", "title": title, "state": "erased", "unreachable_at": None, **nobody}
    forget(tx)
    tx.execute(update(people).where(people.c.id == person_id).values(**row, next_digest_at=None))


def forget_salts(tx: Tx, person_id: PersonId) -> int:
    """Remove the salts of rows somebody wrote or is named in; how many."""
    return _drop_salts(tx, lambda actor, facts: actor == person_id or _names(facts, person_id))


def _drop_salts(tx: Tx, concerned: Callable[[int | None, Mapping[str, Any]], bool]) -> int:
    """Remove the salts of rows an actor and facts speak for; how many."""
    gone: list[int] = []
    after = 0
    while rows := tx.execute(_SALTED, {"after": after}).all():
        gone += [seq for seq, actor, body in rows if concerned(actor, from_json(body)[5])]
        after = rows[-1][0]
    for part in _parts(gone):
        tx.execute(delete(salts).where(salts.c.seq.in_(part)))
    return len(gone)


def _forget_words(tx: Tx, person_id: PersonId) -> None:
    own = or_(reports.c.author_id == person_id, reports.c.entered_for_id == person_id)
    said = select(reports.c.id).where(own)
    tx.execute(update(evidence).where(evidence.c.report_id.in_(said)).values(name=GONE))
    tx.execute(update(affair_people).where(affair_people.c.person_id == person_id).values(words=""))
    silent = {"text": GONE, "entry_source": "", "chat": "", "message_id": "", "album": ""}
    tx.execute(update(reports).where(own).values(**silent))


def _forget_chats(tx: Tx, person_id: PersonId) -> None:
    run = tx.execute
    bound = run(select(accounts).where(accounts.c.person_id == person_id)).all()
    chats = {account.chat for account in bound}
    run(delete(cards).where(or_(cards.c.person_id == person_id, cards.c.chat.in_(chats))))
    run(delete(inbox).where(inbox.c.lane.in_(chats), inbox.c.state != "new"))
    for account in bound:
        same = guesses.c.messenger == account.messenger, guesses.c.sender == account.sender
        run(delete(guesses).where(*same))
    their = or_(outbox.c.person_id == person_id, outbox.c.chat.in_(chats))
    waiting = outbox.c.state.not_in(SETTLED)
    run(update(outbox).where(their, waiting).values(state="void", owner=None, lease_until=None))
    run(update(outbox).where(their).values(chat="", body="", target="", message_id="", card_key=""))
    run(
        update(notices)
        .where(notices.c.person_id == person_id, notices.c.state == "owed")
        .values(state="void")
    )


def _wordless_affairs(tx: Tx, where: ColumnElement[bool]) -> None:
    """Their titles, words, answers and items."""
    these = select(affairs.c.id).where(where)
    tx.execute(update(affair_people).where(affair_people.c.affair_id.in_(these)).values(words=""))
    tx.execute(update(affair_items).where(affair_items.c.affair_id.in_(these)).values(words=""))
    tx.execute(update(affairs).where(where).values(title=GONE, words={}))


def _names(facts: Mapping[str, Any], person_id: PersonId) -> bool:
    return any(facts.get(name) == person_id for name in _ABOUT)


def _parts(ids: list[int]) -> Iterable[list[int]]:
    return (ids[first : first + 500] for first in range(0, len(ids), 500))
