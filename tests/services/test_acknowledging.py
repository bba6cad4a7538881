"""知悉: who has it says so; where the one who owes the work says so, nobody above is called for silence."""

from datetime import timedelta

import pytest

from services import claiming, measuring, pressing
from services.informing import inform
from services.measuring import Step
from storage.notices import Notice
from tests.services.conftest import World
from tests.services.sweeping import owed, pass_days, steps
from workflow.errors import NoRight, NotFound
from workflow.topic import Topic


@pytest.fixture
def overdue(world: World) -> Topic:
    """Claimed, and two workdays late."""
    topic = world.issued("foreign", deadline=world.clock.now() + timedelta(days=11))
    world.do("foreign", lambda work: claiming.claim(work, topic.id))
    pass_days(world, 15)
    return topic


def newest(world: World, who: str, step: str) -> Notice:
    return [notice for notice in owed(world, who) if notice.step == step][-1]


def acknowledge(world: World, who: str, notice: Notice) -> Topic | None:
    return world.do(who, lambda work: pressing.acknowledge(work, notice.id))


def test_silence_calls_the_chiefs_early(world: World, overdue: Topic) -> None:
    pass_days(world, 4)
    assert "overdue-unheeded" in steps(world, "secretary")


def test_an_owner_who_answered_is_given_time(world: World, overdue: Topic) -> None:
    about = acknowledge(world, "foreign", newest(world, "foreign", "overdue"))
    assert about is not None
    assert about.id == overdue.id
    pass_days(world, 4)
    assert "overdue-unheeded" not in steps(world, "secretary")
    pass_days(world, 10)
    assert "overdue-unheeded" in steps(world, "secretary")


def test_it_counts_once_and_from_the_receiver_only(world: World, overdue: Topic) -> None:
    notice = newest(world, "foreign", "overdue")
    with pytest.raises(NoRight, match="not_your_notice"):
        acknowledge(world, "deputy", notice)
    acknowledge(world, "foreign", notice)
    acknowledge(world, "foreign", notice)
    assert world.trail().count("acknowledge") == 1
    with pytest.raises(NotFound):
        world.do("foreign", lambda work: pressing.acknowledge(work, 10_000))


def test_a_supervisor_who_has_it_answers_for_nobody(world: World, overdue: Topic) -> None:
    acknowledge(world, "discipline", newest(world, "discipline", "overdue"))
    pass_days(world, 4)
    assert "overdue-unheeded" in steps(world, "secretary")


def test_a_unit_answers_for_its_measure(world: World) -> None:
    topic = world.issued("foreign")
    world.do("foreign", lambda work: claiming.claim(work, topic.id))
    step = Step("核对台账", (world.unit("intl"),), world.clock.now() + timedelta(days=4))
    [made] = world.do("foreign", lambda work: measuring.decompose(work, topic.id, [step]))
    pass_days(world, 8)

    notice = newest(world, "intl-head", "measure-overdue")
    assert notice.measure_id == made.id
    assert acknowledge(world, "intl-head", notice) is not None
    with pytest.raises(NoRight):
        acknowledge(world, "intl-liaison", notice)


def test_news_of_the_system_is_about_no_topic(world: World) -> None:
    clerk = world.id("clerk")
    world.run(lambda tx: inform(tx, world.policy, [clerk], "away", "once"))
    [news] = [notice for notice in owed(world, "clerk") if notice.kind == "away"]
    assert acknowledge(world, "clerk", news) is None
