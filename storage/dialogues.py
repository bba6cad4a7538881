"""Open dialogues: a row per person, chat and thread, so that a question survives a restart at any step."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select

from storage.store import Tx
from storage.tables_messages import dialogues
from storage.upsert import insert
from workflow.roles import PersonId


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Where someone is in which dialogue. `version` is that of the draft's form."""

    person_id: PersonId
    chat: str
    thread: str
    name: str
    step: str
    version: int
    draft: Mapping[str, Any]
    updated_at: datetime


_NAMES = tuple(field.name for field in fields(Dialogue))
_KEY = ("person_id", "chat", "thread")
_HERE = tuple(dialogues.c[name] == bindparam(f"k_{name}") for name in _KEY)
_GET = select(*(dialogues.c[name] for name in _NAMES)).where(*_HERE)
_DROP = delete(dialogues).where(*_HERE)
_DRAFTS = select(dialogues.c.draft)
_INSERT = insert(dialogues)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=_KEY,
    set_={name: _INSERT.excluded[name] for name in _NAMES if name not in _KEY},
)


def get(tx: Tx, person_id: PersonId, chat: str, thread: str = "") -> Dialogue | None:
    """The open dialogue of a person in a chat, if there is one."""
    row = tx.execute(_GET, _key(person_id, chat, thread)).one_or_none()
    return Dialogue(*row) if row is not None else None


def put(tx: Tx, dialogue: Dialogue) -> None:
    """Open a dialogue or move it on; it replaces whatever was open there."""
    tx.execute(_PUT, dict(zip(_NAMES, astuple(dialogue), strict=True)))


def drop(tx: Tx, person_id: PersonId, chat: str, thread: str = "") -> bool:
    """Close a dialogue; False when none was open."""
    return tx.execute(_DROP, _key(person_id, chat, thread)).rowcount == 1


def mentioned(tx: Tx, words: Iterable[str]) -> set[str]:
    """Which of these (ASCII) words stand in an open draft: files nobody has accepted yet, for one."""
    drafts = [json.dumps(draft) for (draft,) in tx.execute(_DRAFTS)]
    return {word for word in words if any(word in draft for draft in drafts)}


def _key(person_id: PersonId, chat: str, thread: str) -> dict[str, Any]:
    return {"k_person_id": person_id, "k_chat": chat, "k_thread": thread}
