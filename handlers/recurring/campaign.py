"""集中领题: January's claims. What is ready is seen whole, published by one tap, and claimed one by one."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from handlers.affair_cards import affair_card, choices, drawn, name_of
from handlers.asking.naming import either, spoken
from handlers.asking.previewing import agreed, lines_of, preview
from handlers.asking.whom import privately
from handlers.cards import Card, rows
from handlers.reader import Reader
from handlers.recurring.campaign_lines import failed_lines, item_lines, lacking_lines, progress_lines
from handlers.registry import answers, button, command
from handlers.turn import Turn
from services import issuing
from services.affairs import campaigning
from services.affairs.following import progress
from services.affairs.seating import concerned, open_to
from storage import affairs, topics
from storage.dialogues import Dialogue
from workflow.affair import Affair, AffairId, AffairKind
from workflow.affair_table import AffairEvent
from workflow.errors import Missing, NotFound, WorkflowError
from workflow.roles import Role
from workflow.topic import TopicId

CAMPAIGN: Final = "campaign"
_YEAR: Final = re.compile(r"\s*(?P<year>20\d\d)(?=$|\D)")
_DRAFT: Final = re.compile(r"[Dd]-?(?P<no>\d+)(?=$|[\s、,，;；])[\s、,，;；]*")
_MEETING: Final = re.compile(r"[Mm]\d{4}-\d+")


@command("campaign", Role.OFFICE, Role.CHIEF)
def campaign_command(turn: Turn, rest: str) -> None:
    """`集中领题 2026 会议:年度第一次专题会议 D-3 D-5`; alone, where the running one stands."""
    privately(turn)
    issuing.require_draft(turn.work)
    if not rest and (running := affairs.of_kind(turn.tx, AffairKind.CAMPAIGN)):
        turn.reply(affair_card(turn, running[-1]))
        return
    year, reference, named = _read(turn, rest)
    campaigning.check_year(turn.work, year)
    if not reference:
        turn.tell("campaign.reference_wanted", year=year)
        return
    meeting = _meeting(turn, reference)
    found = campaigning.choose(turn.work, named)
    if not found.ready:
        turn.reply(
            Card(lines=lines_of(turn.say("campaign.nothing_ready"), lacking_lines(turn, found.lacking)))
        )
        return
    said = turn.say("campaign.meeting", name=name_of(turn, meeting)) if meeting else reference
    lines = lines_of(
        turn.say("campaign.by", reference=said),
        item_lines(turn, found.ready),
        lacking_lines(turn, found.lacking),
        turn.say("campaign.ready"),
    )
    draft = {
        "year": year,
        "reference": meeting.title or meeting.number if meeting else reference,
        "meeting": meeting.id if meeting else 0,
        "topics": [topic.id for topic in found.ready],
    }
    now = all(campaigning.publishable(turn.work, topic) for topic in found.ready)
    title = turn.say("campaign.preview", year=year, count=len(found.ready))
    preview(
        turn, CAMPAIGN, draft, Card(title, lines), "campaign.begin", label="publish_all" if now else "propose"
    )


@answers(CAMPAIGN)
def not_a_press(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """Words instead of the press."""
    turn.tell("campaign.press")


@button("campaign.begin")
def begin(turn: Turn, mark: str) -> None:
    """Open it; what the presser may publish is published at once, every other chief is asked."""
    draft = agreed(turn, CAMPAIGN, mark)
    if draft is None:
        return
    meeting = affairs.get(turn.tx, draft["meeting"]) if draft["meeting"] else None
    chosen = [TopicId(topic) for topic in draft["topics"]]
    affair = campaigning.begin(turn.work, draft["year"], draft["reference"], chosen, meeting)
    if campaigning.own(turn.work, affair):
        _publish(turn, affair)
        return
    turn.toast("campaign.sent_toast")
    turn.edit(replace(affair_card(turn, affair), title=turn.say("campaign.sent", year=draft["year"])))


@button("campaign.publish")
def publish(turn: Turn, affair_id: AffairId) -> None:
    """全部发布: the chief's one tap."""
    _publish(turn, _of(turn, affair_id))


@button("campaign.end")
def end(turn: Turn, affair_id: AffairId) -> None:
    """Ask once more: what is not claimed goes on by the ladder alone."""
    affair = _of(turn, affair_id)
    sure = turn.button("campaign.end_now", affair.id, label="yes")
    back = turn.button("affair.open", affair.id, label="back")
    turn.edit(
        Card(lines=(turn.say("campaign.end_sure", name=name_of(turn, affair)),), buttons=rows(sure, back))
    )


@button("campaign.end_now")
def end_now(turn: Turn, affair_id: AffairId) -> None:
    """Ended by hand."""
    affair = campaigning.end(turn.work, _of(turn, affair_id))
    turn.toast("campaign.ended_toast")
    turn.edit(affair_card(turn, affair))


@drawn(AffairKind.CAMPAIGN)
def campaign_card(reader: Reader, affair: Affair) -> Card:
    """Where it stands: how many are claimed, and whose turn it is, in seat order."""
    may, say = open_to(reader.work, affair), reader.say
    mine = campaigning.own(reader.work, affair) if not affair.settled else []
    stand = progress(reader.tx, affair)
    buttons = choices(
        reader,
        (
            reader.button("campaign.publish", affair.id, label="publish_all") if mine else None,
            reader.button("campaign.end", affair.id, label="end") if AffairEvent.FINISH in may else None,
        ),
    )
    lines = lines_of(
        say("campaign.by", reference=affair.words["reference"]),
        say("campaign.claimed", claimed=len(stand.claimed), total=stand.total),
        progress_lines(reader, stand),
        item_lines(reader, mine),
        say("campaign.ended") if affair.settled else "",
    )
    title = say("campaign.title", number=affair.number, year=affair.facts["year"])
    return Card(title, lines, buttons)


def _publish(turn: Turn, affair: Affair) -> None:
    made = campaigning.publish(turn.work, affair)
    turn.toast("campaign.published_toast", count=len(made.done))
    key = "campaign.published_part" if made.waiting else "campaign.published"
    head = turn.say(key, count=len(made.done), waiting=made.waiting)
    shown = affair_card(turn, affairs.get(turn.tx, affair.id))
    turn.edit(replace(shown, title=head, lines=(*failed_lines(turn, made.failed), *shown.lines)))


def _read(turn: Turn, rest: str) -> tuple[int, str, list[TopicId]]:
    """The year, the meeting's reference, and the drafts named."""
    year = turn.dates.today.year
    if found := _YEAR.match(rest):
        year, rest = int(found["year"]), rest[found.end() :]
    named = [_draft(turn, match["no"]) for match in _DRAFT.finditer(rest)]
    rest = _DRAFT.sub("", rest)
    cited = _reference().search(rest)
    return year, cited["said"].strip() if cited else "", named


def _draft(turn: Turn, no: str) -> TopicId:
    number = f"D-{int(no)}"
    topic = topics.by_number(turn.tx, number)
    if topic.id not in _seen(turn, [topic.id]):
        raise NotFound("no_such_number", number=number)
    return topic.id


def _seen(turn: Turn, wanted: Sequence[TopicId]) -> set[TopicId]:
    found = campaigning.choose(turn.work, wanted)
    return {topic.id for topic in found.ready} | {topic.id for topic, _ in found.lacking}


def _meeting(turn: Turn, reference: str) -> Affair | None:
    """The meeting a number such as M2026-01 means; any other words are the reference themselves."""
    if not _MEETING.fullmatch(reference):
        return None
    try:
        found = affairs.by_number(turn.tx, reference.upper())
    except WorkflowError:
        raise Missing("no_such_meeting", number=reference.upper()) from None
    return found


@cache
def _reference() -> re.Pattern[str]:
    return re.compile(
        rf"{either(spoken('campaign.words.meeting'))}\s*[:：]?\s*(?P<said>.+)", re.DOTALL | re.IGNORECASE
    )


def _of(turn: Turn, affair_id: AffairId) -> Affair:
    affair = affairs.get(turn.tx, affair_id)
    if affair.kind is not AffairKind.CAMPAIGN or not concerned(turn.work, affair):
        raise NotFound("no_such_affair")
    return affair
