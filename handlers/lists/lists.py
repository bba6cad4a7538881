"""清单: the three lists of one ledger, their present version, and what has changed since it was fixed.

`清单 定版 理由` fixes a version; batches and campaigns do so of themselves. `清单 版本 2` shows an old one.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeVar

from handlers import names
from handlers.asking.listing import PAGE, Entry, Pager, alone, list_card, show
from handlers.asking.naming import spoken
from handlers.asking.previewing import lines_of
from handlers.asking.questions import reason_wanted
from handlers.cards import Card, rows
from handlers.lists.duties_card import duty_line, seen_duties
from handlers.looking.ledger import line as topic_line
from handlers.looking.seeing import sees_all, visible
from handlers.pushing.item_words import name_of
from handlers.reader import Reader
from handlers.registry import answers, button, command
from handlers.turn import Turn
from services.affairs import listing
from services.affairs.listing import Version
from services.affairs.seating import may_begin
from storage import listings, measures, topics
from storage.dialogues import Dialogue
from workflow.affair import Affair, AffairKind
from workflow.errors import NotFound
from workflow.listing import Difference
from workflow.measure import Measure, MeasureState
from workflow.topic import OPEN, Topic, TopicId

T = TypeVar("T")
FIX: Final = "lists_fix"
SHOWN: Final = 8
DUTIES, TOPICS, MEASURES = "duties", "topics", "measures"


@command("lists")
def lists_command(turn: Turn, rest: str) -> None:
    """`清单`, `清单 定版 季度分析会`, `清单 版本`, `清单 版本 2`."""
    if not alone(turn):
        return
    word, _, more = rest.partition(" ")
    if word in spoken("lists.word.fix"):
        _fix(turn, more.strip())
    elif word in spoken("lists.word.version"):
        _version_said(turn, more.strip())
    elif found := next((name for name in _PAGES if word in spoken(f"lists.word.{name}")), ""):
        _PAGES[found](turn, 0)
    elif word:
        turn.tell("lists.usage")
    else:
        turn.reply(overview(turn))


def overview(reader: Reader) -> Card:
    """The three lists with their counts, the version they had last and what is different by now."""
    say, last = reader.say, listings.last(reader.tx)
    found = _topics(reader)
    steps = _measures(reader, found)
    open_, done = sum(t.open for t in found), sum(m.state is MeasureState.CONFIRMED for m in steps)
    lines = lines_of(
        say("lists.duties", count=len(seen_duties(reader))),
        say("lists.topics", count=len(found), open=open_),
        say("lists.measures", count=len(steps), done=done),
        say("lists.version", **_named(reader, last)) if last else say("lists.no_version"),
        _since(reader, listing.since_last(reader.tx)) if last else "",
    )
    fix = reader.button("list.fix") if may_begin(reader.work, AffairKind.LISTING) else None
    buttons = rows(
        *(reader.button(f"list.{name}", 0) for name in (DUTIES, TOPICS, MEASURES)),
        reader.button("list.risks", 0),
        reader.button("list.versions", 0) if last else None,
        fix,
    )
    return Card(say("lists.title"), lines, buttons)


@button("list.duties")
def duties(turn: Turn, page: int) -> None:
    """责任清单: standing duties of the seats this person may see."""
    found = seen_duties(turn)
    if not found:
        show(turn, Card(turn.say("lists.of_duties"), (turn.say("lists.no_duties"),)))
        return
    pager = Pager("list.duties", (), page)
    shown = [Entry(duty_line(turn, one), "affair.open", (one.id,)) for one in _page(found, pager)]
    show(turn, list_card(turn, turn.say("lists.of_duties"), shown, len(found), pager))


@button("list.topics")
def problems(turn: Turn, page: int) -> None:
    """风险(问题)清单."""
    found, pager = _topics(turn), Pager("list.topics", (), page)
    if not found:
        show(turn, Card(turn.say("lists.of_topics"), (turn.say("lists.no_topics"),)))
        return
    shown = [topic_line(turn, topic) for topic in _page(found, pager)]
    show(turn, list_card(turn, turn.say("lists.of_topics"), shown, len(found), pager))


@button("list.measures")
def steps(turn: Turn, page: int) -> None:
    """措施清单."""
    found = _topics(turn)
    of = {topic.id: topic for topic in found}
    listed, pager = _measures(turn, found), Pager("list.measures", (), page)
    if not listed:
        show(turn, Card(turn.say("lists.of_measures"), (turn.say("lists.no_measures"),)))
        return
    shown = [_step(turn, of[measure.topic_id], measure) for measure in _page(listed, pager)]
    show(turn, list_card(turn, turn.say("lists.of_measures"), shown, len(listed), pager))


_PAGES: Final[Mapping[str, Callable[[Turn, int], None]]] = {
    DUTIES: duties,
    TOPICS: problems,
    MEASURES: steps,
}


@button("list.versions")
def versions(turn: Turn, page: int) -> None:
    """历次版本, the newest first."""
    if not alone(turn):
        return
    found = listing.versions(turn.tx)[::-1]
    if not found:
        turn.tell("lists.no_version")
        return
    pager = Pager("list.versions", (), page)
    shown = [
        Entry(turn.say("lists.version", **_named(turn, one)), "list.version", (int(one.facts["no"]),))
        for one in _page(found, pager)
    ]
    show(turn, list_card(turn, turn.say("lists.of_versions"), shown, len(found), pager))


@button("list.version")
def version(turn: Turn, no: int) -> None:
    """One version: how many it held, and what it changed, as far as its reader may see the topics."""
    found = listing.version(turn.tx, no)
    turn.reply(Card(turn.say("lists.version_title", no=no), _version_lines(turn, found)))


@button("list.fix")
def fix(turn: Turn) -> None:
    """定版: why?"""
    _fix(turn, "")


@answers(FIX)
def fix_because(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """The reason came."""
    made = listing.fix(turn.work, text)
    turn.done()
    turn.tell("lists.fixed", no=made.facts["no"])


def _fix(turn: Turn, reason: str) -> None:
    if reason or not may_begin(turn.work, AffairKind.LISTING):
        turn.tell("lists.fixed", no=listing.fix(turn.work, reason).facts["no"])
    else:
        reason_wanted(turn, FIX, {}, turn.say("lists.why"))


def _version_said(turn: Turn, said: str) -> None:
    figures = "".join(sign for sign in said if sign.isdigit())
    if not said:
        versions(turn, 0)
    elif not figures:
        raise NotFound("no_such_version", no=said[:10])
    else:
        version(turn, int(figures[:6]))


def _version_lines(reader: Reader, found: Version) -> tuple[str, ...]:
    say, seen = reader.say, {topic.id: topic for topic in _topics(reader)}
    held = [one for one in found.snapshot if TopicId(int(one)) in seen]
    open_ = sum(found.snapshot[one][0] in OPEN for one in held)
    changed = [line for part, ids in found.since.parts().items() for line in _part(reader, part, ids, seen)]
    return lines_of(
        say("lists.version", **_named(reader, found.affair)),
        say("lists.held", count=len(held), open=open_),
        changed or say("lists.unchanged"),
    )


def _part(reader: Reader, part: str, ids: Sequence[TopicId], seen: Mapping[TopicId, Topic]) -> list[str]:
    """What happened to which topics, eight of them by name."""
    count = len(_seen(reader, ids))
    found = [seen[one] for one in ids if one in seen][:SHOWN]
    if not count:
        return []
    listed = reader.say("common.listing").join(name_of(reader, topic) for topic in found)
    key = "lists.changed_more" if count > len(found) else "lists.changed"
    return [reader.say(key, what=reader.say(f"lists.change.{part}"), count=count, topics=listed)]


def _since(reader: Reader, found: Difference) -> str:
    """What is different since the last version, in numbers."""
    say = reader.say
    told = [
        say("importing.state", state=say(f"lists.change.{part}"), count=count)
        for part, ids in found.parts().items()
        if (count := len(_seen(reader, ids)))
    ]
    return say("lists.since", changes=say("common.listing").join(told)) if told else say("lists.unchanged")


def _seen(reader: Reader, ids: Sequence[TopicId]) -> Sequence[TopicId]:
    if sees_all(reader):
        return ids
    mine = {topic.id for topic in _topics(reader)}
    return [one for one in ids if one in mine]


def _named(reader: Reader, one: Affair) -> dict[str, str]:
    reason = one.words.get("reason", "")
    cause = reader.say("lists.cause") if one.parent_id is not None else ""
    by = names.titles(reader.tx, reader.say, [one.opened_by])
    return {
        "no": str(one.facts["no"]),
        "date": reader.dates.short(one.opened_at),
        "why": reason or cause or reader.say("common.none"),
        "by": by,
    }


def _topics(reader: Reader) -> list[Topic]:
    return topics.find(reader.tx, *visible(reader))


def _measures(reader: Reader, found: Sequence[Topic]) -> list[Measure]:
    listed = measures.of_topics(reader.tx, [topic.id for topic in found])
    return [one for one in listed if one.state is not MeasureState.WITHDRAWN]


def _step(reader: Reader, topic: Topic, one: Measure) -> Entry:
    number = reader.say("measures.heading", number=topic.number, no=one.no)
    text = reader.say(
        "lists.step",
        number=number,
        text="" if topic.confidential else one.text[:20],
        units="" if topic.confidential else names.units(reader.tx, reader.say, one.lead_units),
        date=reader.dates.short(one.deadline),
        state=reader.say(f"measure_state.{one.state}"),
    )
    return Entry(text, "measure.open", (one.id,))


def _page(found: Sequence[T], pager: Pager) -> Sequence[T]:
    return found[pager.start : pager.start + PAGE]
