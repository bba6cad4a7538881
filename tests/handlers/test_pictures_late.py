"""Between an order and its picture the world goes on: what was lost meanwhile is not shown, and said."""

from pathlib import Path
from typing import Final

import pytest

from handlers import printing
from handlers.printing import Paper
from storage import outbox
from storage.outbox import Out
from storage.store import Tx
from tests.handlers.conversation import Conversation

CHIEF, STRANGER = "党委书记", "后勤处处长"
PLACE: Final = {"messenger": "telegram", "chat": "c", "kind": "paper"}


def drawn(college: Conversation, who: str, body: str, folder: Path) -> Paper | None:
    person = college.id(who)

    def order(tx: Tx) -> Out:
        return outbox.get(tx, outbox.enqueue(tx, **PLACE, person_id=person, body=body))

    out = college.store.run_now(order)
    return college.ask(lambda tx: printing.draw(tx, college.policy, out, folder))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('["board", ""]', "生成图片时已没有您能看到的议题。"),
        ('["calendar"]', "目前没有您名下的时限。"),
    ],
)
def test_where_nothing_is_left_a_line_says_so(
    college: Conversation, tmp_path: Path, body: str, said: str
) -> None:
    paper = drawn(college, STRANGER, body, tmp_path)
    assert paper
    assert paper.card.files == ()
    assert paper.card.lines[0].startswith(said)


def test_a_right_lost_meanwhile_is_lost(college: Conversation, tmp_path: Path) -> None:
    topic = college.issued()
    assert drawn(college, STRANGER, f'["timeline_picture", "{topic.id}"]', tmp_path) is None
    assert drawn(college, CHIEF, f'["timeline_picture", "{topic.id}"]', tmp_path)
