"""What a person sent and has not yet agreed to: kept in the dialogue, with when it was said and its files.

Timeliness is judged by that message, not by the press that follows it; parts of an album that arrive later
join what is kept.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from handlers.turn import Turn
from services.work import Said
from storage.reports import Evidence

KEPT: Final = "said"


def pack(said: Said) -> dict[str, Any]:
    """What a message was, for a draft."""
    return {
        "sent_at": said.sent_at.isoformat(),
        "chat": said.chat,
        "message": said.message_id,
        "album": said.album,
        "files": [[f.sha256, f.name, f.mime, f.size] for f in said.files],
    }


def unpack(kept: Mapping[str, Any]) -> Said:
    """The message a draft keeps."""
    return Said(
        datetime.fromisoformat(kept["sent_at"]),
        kept["chat"],
        kept["message"],
        kept["album"],
        tuple(Evidence(*file) for file in kept["files"]),
    )


def with_files(kept: Mapping[str, Any], said: Said) -> dict[str, Any]:
    """What is kept, with the files of one more message."""
    return {**kept, "files": [*kept["files"], *pack(said)["files"]]}


def joins(turn: Turn, text: str) -> bool:
    """Whether a wordless part of an album belongs to what the open dialogue keeps; then it is kept too."""
    open_, said = turn.dialogue, turn.work.said
    kept = open_.draft.get(KEPT) if open_ else None
    if open_ is None or not kept or text or kept["album"] != said.album:
        return False
    turn.keep(open_.name, open_.step, {**open_.draft, KEPT: with_files(kept, said)})
    return True
