"""The sandbox's narrator: acts through the chats alone, stumbles where a person would, goes on later."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.sandbox.run import Opened, Wish, sandbox
from bot.sandbox.story import Narrator, Scene, Stumble, presses, replies, says
from bot.settings import load
from bot.talk import HANDLERS
from storage import topics
from workflow.topic import TopicState
from workflow.workdays import SHANGHAI

START = datetime(2026, 1, 5, 8, tzinfo=SHANGHAI)
SCENES = (
    Scene(
        "2026-01-12T09:00",
        "issued",
        (
            says(
                "党委书记",
                "点题 因公出国内控 @外事副院长 目标 闭环 牵头 国际处 6月30日前",
                expects="点题预览",
            ),
            presses("党委书记", "发布", on="因公出国"),
        ),
    ),
    Scene("2026-01-12T10:30", "claimed", (presses("外事副院长", "领题", on="2026-001", expects="已领题"),)),
)


@pytest.fixture
async def opened(tmp_path: Path) -> AsyncIterator[Opened]:
    async with sandbox(load(None, {}), Wish(tmp_path, START, 0, "empty"), HANDLERS) as it:
        yield it


def narrator(it: Opened) -> Narrator:
    return Narrator(it.telegram, it.play, it.app.store)


async def test_a_scene_is_played_at_its_moment_and_only_once(opened: Opened) -> None:
    told: list[str] = []
    for _ in range(2):
        await narrator(opened).tell(SCENES, lambda no, scene: told.append(scene.title))

    assert told == [scene.title for scene in SCENES]
    assert opened.play.now() >= SCENES[1].moment
    found = await opened.app.store.read(lambda tx: topics.find(tx))
    assert [(topic.number, topic.state) for topic in found] == [("2026-001", TopicState.IN_PROGRESS)]


@pytest.mark.parametrize(
    ("step", "problem"),
    [
        (presses("党委书记", "领题"), "no card"),
        (replies("党委书记", "2026-009", "已办"), "no card"),
        (says("校工会主席", "帮助"), "nobody is called"),
        (says("党委书记", "我的", expects="催办"), "expected"),
    ],
    ids=["button", "card", "person", "answer"],
)
async def test_what_a_person_could_not_do_stops_the_story(opened: Opened, step: object, problem: str) -> None:
    scene = Scene("2026-01-06T09:00", "x", (step,))  # type: ignore[arg-type]
    with pytest.raises(Stumble, match=problem):
        await narrator(opened).tell([scene])


async def test_a_story_goes_on_after_the_step_it_was_stopped_at(opened: Opened) -> None:
    first, second = SCENES[0].steps
    broken = Scene(SCENES[0].at, "issued", (first, presses("党委书记", "领题"), second))
    with pytest.raises(Stumble, match="no card"):
        await narrator(opened).tell([broken])
    mended = Scene(SCENES[0].at, "issued", (first, second))
    await narrator(opened).tell([mended, SCENES[1]])

    found = await opened.app.store.read(lambda tx: topics.find(tx))
    assert [topic.state for topic in found] == [TopicState.IN_PROGRESS], "said once"
