"""Replaying what belongs to affairs: who was asked, what they answered, and what stands on each line.

Words are not replayed, as everywhere. A row of the trail that was forged so that it cannot be read leaves
a difference behind.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any, Final

from sqlalchemy import select

from storage.affair_plans import MEASURE, PLANNED, TAKEN
from storage.store import Tx
from storage.tables_affairs import affair_items, affair_people

ASKED: Final = "affair_ask"
ANSWERED: Final = "affair_answer"
UNANSWERED: Final = "affair_unanswered"
ITEM: Final = "affair_item"
PLAN: Final = "affair_plan"
PLAN_TAKEN: Final = "affair_plan_taken"

PartKey = tuple[int, int, str]
ItemKey = tuple[int, int]
Told = tuple[str, int, str, Any, Any]
"""A difference: table, affair, what of it, what the trail says, what the table has."""

_PARTS = select(
    affair_people.c.affair_id,
    affair_people.c.person_id,
    affair_people.c.part,
    affair_people.c.answer,
    affair_people.c.answered_at,
).order_by(affair_people.c.affair_id, affair_people.c.person_id, affair_people.c.part)
_ITEMS = select(
    affair_items.c.affair_id,
    affair_items.c.no,
    affair_items.c.kind,
    affair_items.c.state,
    affair_items.c.topic_id,
    affair_items.c.unit_id,
    affair_items.c.person_id,
    affair_items.c.facts,
).order_by(affair_items.c.affair_id, affair_items.c.no)


@dataclass(slots=True)
class Beside:
    """What the rows read so far make of parts and items."""

    parts: dict[PartKey, tuple[Any, Any]] = field(default_factory=dict)
    items: dict[ItemKey, tuple[Any, ...]] = field(default_factory=dict)

    def add(self, event: str, topic: int | None, facts: Mapping[str, Any]) -> None:
        """Fold in one row."""
        try:
            self._add(event, topic, facts)
        except (KeyError, TypeError):
            return

    def differences(self, tx: Tx) -> Iterator[Told]:
        """Everything in which the tables differ from it."""
        found = {(a, p, part): (answer, _iso(at)) for a, p, part, answer, at in tx.execute(_PARTS)}
        for affair, person, part in sorted({*self.parts, *found}):
            key = (affair, person, part)
            if self.parts.get(key) != found.get(key):
                yield "affair_people", affair, f"{part}:{person}", self.parts.get(key), found.get(key)
        stand = {(affair, no): tuple(rest) for affair, no, *rest in tx.execute(_ITEMS)}
        for affair, no in sorted({*self.items, *stand}):
            said, stands = self.items.get((affair, no)), stand.get((affair, no))
            if said != stands:
                yield "affair_items", affair, str(no), said, stands

    def _add(self, event: str, topic: int | None, facts: Mapping[str, Any]) -> None:
        if event == ASKED:
            self._asked(facts)
        elif event == ANSWERED:
            key = (facts["affair"], facts["person"], facts["part"])
            if key in self.parts:
                self.parts[key] = (facts["answer"], facts["sent_at"])
        elif event == UNANSWERED:
            same = facts["affair"], facts["part"]
            for key in [one for one in self.parts if (one[0], one[2]) == same]:
                self.parts[key] = ("", None)
        elif event == ITEM:
            named = (facts[name] for name in ("kind", "state", "item_topic", "item_unit", "item_person"))
            self.items[facts["affair"], facts["item"]] = (*named, facts["facts"])
        elif event == PLAN:
            for one in facts["items"]:
                lead = one["facts"]["lead"][0]
                self.items[facts["affair"], one["item"]] = (MEASURE, PLANNED, topic, lead, None, one["facts"])
        elif event == PLAN_TAKEN:
            for place, item in self.items.items():
                if item[:3] == (MEASURE, PLANNED, topic):
                    self.items[place] = (MEASURE, TAKEN, *item[2:])

    def _asked(self, facts: Mapping[str, Any]) -> None:
        affair, part = facts["affair"], facts["part"]
        if "instead" in facts:
            self.parts.pop((affair, facts["instead"], part), None)
        for person in facts["asked"]:
            self.parts.setdefault((affair, person, part), ("", None))


def _iso(at: Any) -> str | None:
    return at.astimezone(UTC).isoformat() if at is not None else None
