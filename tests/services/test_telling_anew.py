"""What was reported can be taken back for a while, told anew, or grow by a picture; a decision cannot."""

from datetime import timedelta

import pytest

from services import claiming, measuring, progress, verifying
from services.measuring import Step
from services.work import EnteredFor
from storage import measures, reports, topics
from storage.reports import Evidence, Report, ReportId
from tests.services.conftest import World
from workflow.errors import Invalid, NoRight
from workflow.measure import Measure
from workflow.topic import Topic

PICTURE = Evidence("ab" * 32, "照片.jpg", "image/jpeg", 1_000)
TABLE = Evidence("cd" * 32, "台账.xlsx", "application/xlsx", 2_000)


@pytest.fixture
def topic(world: World) -> Topic:
    """A topic its leader works on."""
    issued = world.issued("foreign")
    return world.do("foreign", lambda work: claiming.claim(work, issued.id))


def now(world: World, topic: Topic) -> Topic:
    return world.ask(lambda tx: topics.get(tx, topic.id))


def standing(world: World, topic: Topic) -> list[Report]:
    return world.do("foreign", lambda work: progress.standing(work, topic.id))


def test_what_is_taken_back_counts_no_more(world: World, topic: Topic) -> None:
    first = world.do("foreign", lambda work: progress.report(work, topic.id, "一半", percent=50))
    world.later(minutes=1)
    world.do("foreign", lambda work: progress.take_back(work, first))
    world.do("foreign", lambda work: progress.take_back(work, first))
    assert (now(world, topic).percent, now(world, topic).last_report_at) == (None, None)
    assert world.trail().count("take_back") == 1


def test_a_measures_report_is_taken_back_from_the_measure_too(world: World, topic: Topic) -> None:
    step = Step("核对台账", (world.unit("intl"),), world.clock.now() + timedelta(days=10))
    [made] = world.do("foreign", lambda work: measuring.decompose(work, topic.id, [step]))

    def report(text: str, percent: int) -> ReportId:
        return world.do(
            "intl-head",
            lambda work: progress.report(work, topic.id, text, measure_id=made.id, percent=percent),
        )

    def look() -> Measure:
        return world.ask(lambda tx: measures.get(tx, made.id))

    report("一半", 50)
    second = report("全部", 100)
    assert look().percent == 100
    world.do("intl-head", lambda work: progress.take_back(work, second))
    assert look().percent == 50


def test_nothing_is_taken_back_once_it_was_decided_upon(world: World, topic: Topic) -> None:
    said = world.do("foreign", lambda work: progress.report(work, topic.id, "已办结"))
    world.do("foreign", lambda work: verifying.submit(work, topic.id))
    world.do("discipline", lambda work: verifying.close(work, topic.id))
    with pytest.raises(Invalid, match="undo_settled"):
        world.do("foreign", lambda work: progress.take_back(work, said))


def test_an_edited_message_is_a_new_version(world: World, topic: Topic) -> None:
    here = {"chat": "c", "message_id": "m"}
    world.do("foreign", lambda work: progress.report(work, topic.id, "一半", percent=50), **here)
    world.do("foreign", lambda work: progress.correct(work, "c", "m", "一大半", 70), **here)
    assert [(r.text, r.percent) for r in standing(world, topic)] == [("一大半", 70)]
    assert now(world, topic).percent == 70
    world.do("foreign", lambda work: progress.correct(work, "c", "m", "一大半了", 70), **here)
    assert [r.text for r in standing(world, topic)] == ["一大半了"]


def test_what_was_entered_for_somebody_stays_theirs_when_it_is_corrected(world: World, topic: Topic) -> None:
    head, here = world.id("intl-head"), {"chat": "c", "message_id": "m"}
    entered = EnteredFor(head, "电话")
    world.do(
        "clerk", lambda work: progress.report(progress.enter_for(work, entered), topic.id, "已核"), **here
    )
    world.do("clerk", lambda work: progress.correct(work, "c", "m", "已核对"), **here)
    [report] = standing(world, topic)
    assert (report.text, report.entered_for_id, report.entry_source) == ("已核对", head, "电话")


def test_pictures_of_an_album_join_the_report_it_began(world: World, topic: Topic) -> None:
    album = {"chat": "c", "album": "a"}
    assert world.do("foreign", progress.join, files=(PICTURE,), **album) is None
    said = world.do(
        "foreign", lambda work: progress.report(work, topic.id, "见附件"), files=(PICTURE,), **album
    )
    joined = world.do("foreign", progress.join, files=(TABLE,), **album)
    assert joined is not None
    assert joined.id == said
    assert world.ask(lambda tx: reports.evidence_of(tx, [said])) == {said: [PICTURE, TABLE]}
    assert world.do("deputy", progress.join, files=(TABLE,), **album) is None


def test_a_report_holds_so_many_files(world: World, topic: Topic) -> None:
    many = (PICTURE,) * (world.policy.most_files + 1)
    with pytest.raises(Invalid, match="too_many_files"):
        world.do("foreign", lambda work: progress.report(work, topic.id, "见附件"), files=many)


def test_nobody_takes_back_what_somebody_else_said(world: World, topic: Topic) -> None:
    said = world.do("foreign", lambda work: progress.report(work, topic.id, "已部署"))
    with pytest.raises(NoRight, match="not_your_report"):
        world.do("deputy", lambda work: progress.take_back(work, said))
