"""How an owner writes a measure: `修订办法 牵头 国际处 配合 财务处 成果 制度文本`, or 国际处牵头、财务处配合.

Keywords and unit names may come in either order; whatever is neither is the measure's text. Dates have been
taken out before.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from handlers.asking.naming import Roll, Unclear, as_units, spoken
from workflow.roles import UnitId

LEAD, ASSIST, DELIVERABLE, TEXT = "lead", "assist", "deliverable", "text"
KINDS: Final = (LEAD, ASSIST, DELIVERABLE)
SHORTEST_NAME: Final = 2
_PIECES: Final = re.compile(r"([\s,，、;；。]+)")
_LISTING: Final = frozenset("、,，")
_EDGES: Final = " \t,，、;；。:：[]【】"


@dataclass(slots=True)
class Worded:
    """What a line says, and the unit names in it that name none, or several."""

    text: str = ""
    deliverable: str = ""
    lead: tuple[UnitId, ...] = ()
    assist: tuple[UnitId, ...] = ()
    unclear: tuple[Unclear, ...] = ()


def read(line: str, roll: Roll) -> Worded:
    """Take a line apart."""
    reading = _Reading(roll)
    pieces = ["", *_PIECES.split(line)]
    for sep, token in zip(pieces[::2], pieces[1::2], strict=True):
        if token:
            reading.take(sep, token)
    return reading.result()


@dataclass(slots=True)
class _Reading:
    roll: Roll
    into: str = TEXT
    pieces: dict[str, list[tuple[str, str]]] = field(
        default_factory=lambda: {kind: [] for kind in (TEXT, *KINDS)}
    )
    units: dict[str, list[UnitId]] = field(default_factory=lambda: {LEAD: [], ASSIST: []})

    def take(self, sep: str, token: str) -> None:
        match = _keyed().fullmatch(token)
        if match is None:
            self._keep(sep, token)
            return
        kind, head, tail = _kind(match["key"]), match["head"], match["tail"]
        names = kind != DELIVERABLE
        if not head and (not tail or match["colon"] or (names and self._begins(tail))):
            self.into = kind
            self._keep("", tail)
        elif names and (unit := self._unit(head)):
            self.units[kind] += [*self._listed_before(sep), unit]
            self.into = TEXT
            if tail:
                self.take("", tail)
        else:
            self._keep(sep, token)

    def result(self) -> Worded:
        unclear = [word for kind in (LEAD, ASSIST) for word in self._named(kind)]
        if not self.units[LEAD]:
            self._bare_name()
        text, deliverable = (_joined(self.pieces[kind]) for kind in (TEXT, DELIVERABLE))
        if unclear and not text and self.units[LEAD]:
            text, unclear = " ".join(one.word for one in unclear), []
        lead, assist = (tuple(dict.fromkeys(self.units[kind])) for kind in (LEAD, ASSIST))
        return Worded(text, deliverable, lead, tuple(u for u in assist if u not in lead), tuple(unclear))

    def _keep(self, sep: str, token: str) -> None:
        if token:
            self.pieces[self.into].append((sep, token))

    def _named(self, kind: str) -> tuple[Unclear, ...]:
        """Read what followed a keyword as unit names; what was not understood."""
        picked = self.roll.pick(_joined(self.pieces[kind]))
        self.units[kind] += as_units(picked.found)
        return picked.unclear

    def _listed_before(self, sep: str) -> list[UnitId]:
        """Names listed before the one that carries the keyword: 国际处、财务处牵头."""
        found: list[UnitId] = []
        text = self.pieces[TEXT]
        while text and set(sep) & _LISTING and (unit := self._unit(text[-1][1])):
            found.insert(0, unit)
            sep = text.pop()[0]
        return found

    def _bare_name(self) -> None:
        """Without any keyword, a unit's full name standing alone is the lead."""
        full = {name for name, _ in self.roll.names}
        bare = [piece for piece in self.pieces[TEXT] if piece[1] in full]
        if bare and len(bare) < len(self.pieces[TEXT]):
            self.pieces[TEXT].remove(bare[-1])
            self.units[LEAD] += as_units(self.roll.pick(bare[-1][1]).found)

    def _unit(self, name: str) -> UnitId | None:
        """The unit of a full name or of a beginning that only one has."""
        for word in spoken("measuring.by"):
            name = name.removeprefix(word)
        same = {id_ for full, id_ in self.roll.names if full == name}
        begun = {id_ for full, id_ in self.roll.names if full.startswith(name)}
        fitting = same or (begun if len(name) >= SHORTEST_NAME else set())
        return as_units(fitting)[0] if len(fitting) == 1 else None

    def _begins(self, name: str) -> bool:
        """Whether some unit's name begins like this."""
        return len(name) >= SHORTEST_NAME and any(full.startswith(name) for full, _ in self.roll.names)


@cache
def _keyed() -> re.Pattern[str]:
    words = sorted((word for kind in KINDS for word in spoken(f"measuring.{kind}")), key=len, reverse=True)
    keys = "|".join(map(re.escape, words))
    return re.compile(rf"[\[【]?(?P<head>.*?)(?P<key>{keys})(?P<colon>[:：]?)(?P<tail>.*)", re.IGNORECASE)


def _kind(key: str) -> str:
    return next(kind for kind in KINDS if key.casefold() in spoken(f"measuring.{kind}"))


def _joined(pieces: list[tuple[str, str]]) -> str:
    return "".join(part for piece in pieces for part in piece).strip(_EDGES)
