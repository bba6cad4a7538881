"""A person gets everything the house holds about them, and only that."""

import json

import pytest

from services import accessing, claiming, exporting, progress, web_links
from services.work import Work
from tests.services.conftest import World
from workflow.errors import NotFound


def test_a_person_gets_everything_that_is_kept_about_them(world: World) -> None:
    world.bound("foreign")
    topic = world.issued("foreign")

    def work(given: Work) -> None:
        claiming.claim(given, topic.id)
        progress.report(given, topic.id, "初稿已完成")

    world.do("foreign", work)
    foreign = world.id("foreign")
    world.run(lambda tx: web_links.offer(tx, world.policy, foreign))

    told = world.do("operator", lambda given: exporting.person(given, foreign))

    assert json.loads(json.dumps(told)) == told
    assert told["person"]["title"] == "外事副院长"
    assert [account["chat"] for account in told["accounts"]] == ["c-foreign"]
    assert [report["text"] for report in told["reports"]] == ["初稿已完成"]
    assert [own["number"] for own in told["topics"]] == [topic.number]
    assert {seat["name"] for seat in told["in_charge"]} == {"国际处", "财务处"}
    assert "claim" in {act["event"] for act in told["acts"]}
    assert "digest" not in told["invitations"][0]
    assert [link["part"] for link in told["web_links"]] == ["link"]
    assert "digest" not in told["web_links"][0]
    assert world.trail()[-1] == "person_exported"


def test_who_was_shown_a_confidential_topic_is_told_in_order(world: World) -> None:
    topic = world.issued("foreign", confidential=True)
    foreign, clerk = world.id("foreign"), world.id("clerk")
    world.run(lambda tx: accessing.note(tx, foreign, topic.id))
    world.later(hours=1)
    world.run(lambda tx: accessing.note(tx, clerk, topic.id))

    seen = world.ask(lambda tx: accessing.of_topic(tx, topic.number))

    assert [sight.title for sight in seen] == ["外事副院长", "党办主任"]
    assert seen[0].at < seen[1].at
    with pytest.raises(NotFound):
        world.ask(lambda tx: accessing.of_topic(tx, "1999-001"))
