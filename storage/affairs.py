"""Affairs in the store: cases beside topics, with the persons asked and the items on them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, bindparam, delete, func, insert, select, update

from storage import upsert
from storage.among import among
from storage.rows import change
from storage.store import Tx
from storage.tables_affairs import affair_items, affair_people, affairs, topic_links
from workflow.affair import SETTLED, Affair, AffairId, AffairItem, AffairKind, AffairState, Part
from workflow.errors import NotFound
from workflow.roles import PersonId, UnitId
from workflow.topic import TopicId

_SELECT = select(*(affairs.c[name] for name in Affair.__slots__))
_GET = _SELECT.where(affairs.c.id == bindparam("id"))
_BY_NUMBER = _SELECT.where(affairs.c.number == bindparam("number"))
_OF_TOPIC = _SELECT.where(affairs.c.topic_id == bindparam("topic")).order_by(affairs.c.id)
_OF_PARENT = _SELECT.where(affairs.c.parent_id == bindparam("parent")).order_by(affairs.c.id)
_OF_KIND = _SELECT.where(affairs.c.kind == bindparam("kind"), among(affairs.c.state, "states")).order_by(
    affairs.c.id
)
_ASKING = (
    _SELECT.join(affair_people, affair_people.c.affair_id == affairs.c.id)
    .where(
        affair_people.c.person_id == bindparam("person"),
        affair_people.c.answered_at.is_(None),
        affairs.c.state.not_in(SETTLED),
    )
    .order_by(affairs.c.id)
)
_ABOUT = _SELECT.where(affairs.c.person_id == bindparam("person"), affairs.c.state.not_in(SETTLED)).order_by(
    affairs.c.id
)
_OF_UNIT = _SELECT.where(affairs.c.unit_id == bindparam("unit"), affairs.c.state.not_in(SETTLED)).order_by(
    affairs.c.id
)
_DUE = (
    _SELECT.where(affairs.c.next_at <= bindparam("now"))
    .order_by(affairs.c.next_at, affairs.c.id)
    .limit(bindparam("most"))
)
_LOOK = select(affairs.c.next_at).where(affairs.c.id == bindparam("id"))
_NEXT = select(func.min(affairs.c.next_at))
_ADD = insert(affairs).returning(affairs.c.id)
_SCHEDULE = update(affairs).where(affairs.c.id == bindparam("b_id")).values(next_at=bindparam("at"))
_PARTS = (
    select(*(affair_people.c[name] for name in Part.__slots__))
    .where(affair_people.c.affair_id == bindparam("affair"))
    .order_by(affair_people.c.person_id, affair_people.c.part)
)
_ASK = (
    upsert.insert(affair_people)
    .on_conflict_do_nothing(index_elements=["affair_id", "person_id", "part"])
    .returning(affair_people.c.person_id)
)
_OF_PART = (
    affair_people.c.affair_id == bindparam("of"),
    affair_people.c.person_id == bindparam("whose"),
    affair_people.c.part == bindparam("as_part"),
)
_ANSWER = (
    update(affair_people)
    .where(*_OF_PART)
    .values(answer=bindparam("said"), answered_at=bindparam("at"), words=bindparam("text"))
)
_PASS = update(affair_people).where(*_OF_PART).values(person_id=bindparam("heir"))
_TAKE = delete(affair_people).where(*_OF_PART)
_ITEMS = (
    select(*(affair_items.c[name] for name in AffairItem.__slots__))
    .where(affair_items.c.affair_id == bindparam("affair"))
    .order_by(affair_items.c.no)
)
_LAST_NO = select(func.max(affair_items.c.no)).where(affair_items.c.affair_id == bindparam("affair"))
_ADD_ITEM = insert(affair_items)
_LINK = upsert.insert(topic_links).on_conflict_do_nothing()
_LINKS = select(
    topic_links.c.topic_id, topic_links.c.relation, topic_links.c.other_id, topic_links.c.affair_id
)


def add(tx: Tx, values: Mapping[str, Any]) -> AffairId:
    """A new affair; `values` are columns."""
    return AffairId(tx.execute(_ADD, {"facts": {}, "words": {}, "title": "", **values}).scalar_one())


def get(tx: Tx, affair_id: int) -> Affair:
    """One affair. Raises NotFound."""
    return _one(tx, _GET, {"id": affair_id})


def by_number(tx: Tx, number: str) -> Affair:
    """The affair of a number. Raises NotFound."""
    return _one(tx, _BY_NUMBER, {"number": number})


def find(tx: Tx, *where: ColumnElement[bool]) -> list[Affair]:
    """Affairs under some conditions on `affairs.c`, oldest first."""
    return _affairs(tx.execute(_SELECT.where(*where).order_by(affairs.c.id)))


def of_topic(tx: Tx, topic_id: TopicId, *kinds: AffairKind) -> list[Affair]:
    """The affairs of a topic, of some kinds or of all, oldest first."""
    found = _affairs(tx.execute(_OF_TOPIC, {"topic": topic_id}))
    return [affair for affair in found if not kinds or affair.kind in kinds]


def of_parent(tx: Tx, parent_id: AffairId) -> list[Affair]:
    """Affairs that belong to another one, oldest first."""
    return _affairs(tx.execute(_OF_PARENT, {"parent": parent_id}))


def of_kind(tx: Tx, kind: AffairKind, *states: AffairState) -> list[Affair]:
    """Affairs of a kind in some states (none given: that have not ended), oldest first."""
    wanted = [str(state) for state in states or AffairState if states or state not in SETTLED]
    return _affairs(tx.execute(_OF_KIND, {"kind": kind, "states": wanted}))


def asking(tx: Tx, person_id: PersonId) -> list[Affair]:
    """Affairs that have not ended and in which this person owes an answer, oldest first."""
    return _affairs(tx.execute(_ASKING, {"person": person_id}))


def about(tx: Tx, person_id: PersonId) -> list[Affair]:
    """Affairs about this person (or presided by) that have not ended, oldest first."""
    return _affairs(tx.execute(_ABOUT, {"person": person_id}))


def of_unit(tx: Tx, unit_id: UnitId) -> list[Affair]:
    """Affairs of a unit that have not ended, oldest first."""
    return _affairs(tx.execute(_OF_UNIT, {"unit": unit_id}))


def save(tx: Tx, affair: Affair, values: Mapping[str, Any]) -> Affair:
    """Write some columns and raise the version. Raises Stale when somebody was faster."""
    change(tx, affairs, affair.id, affair.version, values)
    return get(tx, affair.id)


def schedule(tx: Tx, affair_id: AffairId, at: datetime | None) -> None:
    """Set when the sweep looks at it next."""
    tx.execute(_SCHEDULE, {"b_id": affair_id, "at": at})


def looked_at(tx: Tx, affair_id: AffairId) -> datetime | None:
    """When the sweep means to look at it."""
    found: datetime | None = tx.execute(_LOOK, {"id": affair_id}).scalar()
    return found


def due(tx: Tx, most: int) -> list[Affair]:
    """Affairs whose moment has come."""
    return _affairs(tx.execute(_DUE, {"now": tx.now, "most": most}))


def due_next(tx: Tx) -> datetime | None:
    """When the sweep must look at one next."""
    found: datetime | None = tx.execute(_NEXT).scalar()
    return found


def parts(tx: Tx, affair_id: AffairId, part: str = "") -> list[Part]:
    """The persons of an affair, in one part or in all."""
    found = [Part(*row) for row in tx.execute(_PARTS, {"affair": affair_id})]
    return [one for one in found if not part or one.part == part]


def ask(tx: Tx, affair_id: AffairId, person_id: PersonId, part: str) -> bool:
    """Give a person a part; False when it was given before."""
    row = {"affair_id": affair_id, "person_id": person_id, "part": part, "answer": "", "words": ""}
    return tx.execute(_ASK, row).scalar() is not None


def answer(tx: Tx, part: Part) -> None:
    """Write a part's answer; the latest counts, the trail keeps every one."""
    bound = {"of": part.affair_id, "whose": part.person_id, "as_part": part.part}
    tx.execute(_ANSWER, {**bound, "said": part.answer, "at": part.answered_at, "text": part.words})


def pass_on(tx: Tx, part: Part, heir: PersonId) -> None:
    """Somebody else has a part from now on; whoever has it already keeps one's own, and the other ends."""
    bound = {"of": part.affair_id, "whose": part.person_id, "as_part": part.part}
    if any(one.person_id == heir for one in parts(tx, part.affair_id, part.part)):
        tx.execute(_TAKE, bound)
    else:
        tx.execute(_PASS, {**bound, "heir": heir})


def items(tx: Tx, affair_id: AffairId, *kinds: str) -> list[AffairItem]:
    """The items of an affair, of some kinds or of all, in order."""
    found = [AffairItem(*row) for row in tx.execute(_ITEMS, {"affair": affair_id})]
    return [item for item in found if not kinds or item.kind in kinds]


def next_no(tx: Tx, affair_id: AffairId) -> int:
    """The number the next item will bear."""
    return int(tx.execute(_LAST_NO, {"affair": affair_id}).scalar() or 0) + 1


def add_item(tx: Tx, item: AffairItem) -> None:
    """One more item."""
    tx.execute(_ADD_ITEM, {name: getattr(item, name) for name in AffairItem.__slots__})


def save_item(tx: Tx, item: AffairItem) -> None:
    """Write an item anew, by its affair and number."""
    values = {name: getattr(item, name) for name in AffairItem.__slots__ if name not in ("affair_id", "no")}
    same = affair_items.c.affair_id == item.affair_id, affair_items.c.no == item.no
    tx.execute(update(affair_items).where(*same).values(**values))


def link(
    tx: Tx,
    topic_id: TopicId,
    relation: str,
    *,
    other_id: TopicId | None = None,
    affair_id: AffairId | None = None,
) -> None:
    """Note how a topic hangs together with another topic or with an affair."""
    row = {"topic_id": topic_id, "relation": relation, "other_id": other_id, "affair_id": affair_id}
    tx.execute(_LINK, {**row, "at": tx.now})


def unlink(tx: Tx, topic_id: TopicId, relation: str) -> None:
    """Take back what a topic was linked by."""
    gone = topic_links.c.topic_id == topic_id, topic_links.c.relation == relation
    tx.execute(delete(topic_links).where(*gone))


def links_of(tx: Tx, topic_id: TopicId) -> list[tuple[TopicId, str, TopicId | None, AffairId | None]]:
    """Every link from or to a topic: (from, relation, to, affair)."""
    own = (topic_links.c.topic_id == topic_id) | (topic_links.c.other_id == topic_id)
    return [tuple(row) for row in tx.execute(_LINKS.where(own).order_by(topic_links.c.id))]


def raised_by(tx: Tx, affair_id: AffairId) -> list[TopicId]:
    """The topics an affair gave rise to, oldest first."""
    wanted = _LINKS.where(topic_links.c.affair_id == affair_id).order_by(topic_links.c.id)
    return [row.topic_id for row in tx.execute(wanted)]


def highest(tx: Tx) -> int:
    """The last affair's id; 0 where there is none."""
    return int(tx.execute(select(func.max(affairs.c.id))).scalar() or 0)


def _one(tx: Tx, query: Any, bound: Mapping[str, Any]) -> Affair:
    found = _affairs(tx.execute(query, bound))
    if not found:
        raise NotFound("no_such_affair")
    return found[0]


def _affairs(rows: Iterable[Any]) -> list[Affair]:
    return [_affair(row) for row in rows]


def _affair(row: Any) -> Affair:
    values = dict(zip(Affair.__slots__, row, strict=True))
    return Affair(**{**values, "kind": AffairKind(row.kind), "state": AffairState(row.state)})


COLUMNS: Final = affairs.c
"""For conditions handed to `find`."""
