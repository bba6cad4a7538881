"""Updates as Telegram sends them, in its documented shapes."""

from datetime import UTC, datetime
from typing import Any

RECEIVED_AT = datetime(2026, 3, 2, 0, 0, 30, tzinfo=UTC)
SAID_AT = 1772409600  # 2026-03-02 00:00 UTC

LI: dict[str, Any] = {"id": 7001, "is_bot": False, "first_name": "李", "language_code": "zh-hans"}
US: dict[str, Any] = {"id": 1000001, "is_bot": True, "first_name": "Lingti", "username": "Lingti_Bot"}
ANONYMOUS: dict[str, Any] = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
SERVICE: dict[str, Any] = {"id": 777000, "is_bot": False, "first_name": "Telegram"}

PRIVATE: dict[str, Any] = {"id": 7001, "type": "private", "first_name": "李"}
GROUP: dict[str, Any] = {"id": -1001, "type": "supergroup", "title": "整改工作群", "is_forum": True}


def update(kind: str, body: Any, id: int = 42) -> dict[str, Any]:
    """One update."""
    return {"update_id": id, kind: body}


def said(chat: dict[str, Any] = PRIVATE, **more: Any) -> dict[str, Any]:
    """A message's body; without a `from` when it is given as None."""
    body = {"message_id": 9, "date": SAID_AT, "chat": chat, "from": LI, **more}
    return {key: value for key, value in body.items() if value is not None}


def pressed(**more: Any) -> dict[str, Any]:
    """A press on one of our messages."""
    ours = {"message_id": 8, "date": SAID_AT, "chat": PRIVATE, "from": US, "text": "题 2026-001"}
    body = {"id": "4711", "from": LI, "message": ours, "chat_instance": "1", "data": "k1:0", **more}
    return {key: value for key, value in body.items() if value is not None}


def standing(old: str, new: str, chat: dict[str, Any] = PRIVATE, **member: Any) -> dict[str, Any]:
    """A change of our own standing."""
    return {
        "chat": chat,
        "from": LI,
        "date": SAID_AT,
        "old_chat_member": {"user": US, "status": old},
        "new_chat_member": {"user": US, "status": new, **member},
    }


REAL = [
    update("message", said(text="/start")),
    update("message", said(GROUP, text="已整改", is_topic_message=True, message_thread_id=3)),
    update("message", said(reply_to_message={"message_id": 5, "chat": PRIVATE}, text="进展")),
    update(
        "message", said(photo=[{"file_id": "s", "width": 9, "height": 9, "file_size": 1}], caption="现场")
    ),
    update("message", said(document={"file_id": "d", "file_name": "台账.xlsx"}, media_group_id="77")),
    update("message", said(GROUP, new_chat_members=[US])),
    update("message", said(GROUP, migrate_to_chat_id=-1002)),
    update("edited_message", said(text="更正", edit_date=SAID_AT + 60)),
    update("callback_query", pressed()),
    update("my_chat_member", standing("member", "kicked")),
]
