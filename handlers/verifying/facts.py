"""What a verifier looks at: goal, measures, reports, evidence that opens at a press, and opinions."""

from collections.abc import Sequence
from typing import Final

from handlers import names
from handlers.asking.previewing import lines_of
from handlers.cards import MOST_BUTTONS, Button, Card, rows
from handlers.stamps import about
from handlers.topic_card import deadline_of, measure_lines
from handlers.turn import Turn
from services import progress
from storage import measures, reports
from storage.reports import Evidence, Report
from workflow.measure import SETTLED
from workflow.topic import Topic
from workflow.transitions import Event

Proof = tuple[Report, list[Evidence]]
LONGEST: Final = 200


def account(turn: Turn, topic: Topic) -> tuple[str, ...]:
    """A topic in a few lines: until when, what was done, how often it was reported, with what proof."""
    said = progress.standing(turn.work, topic.id)
    all_ = measures.of_topic(turn.tx, topic.id)
    settled = sum(measure.state in SETTLED for measure in all_)
    told = sum(report.event in (Event.REPORT, Event.REPORT_DONE) for report in said)
    files = sum(len(found) for _, found in proofs(turn, topic))
    say = turn.say
    return lines_of(
        _field(turn, "goal", topic.goal),
        _field(turn, "deadline", deadline_of(turn, topic)),
        say("verifying.measures", done=settled, open=len(all_) - settled) if all_ else "",
        say("verifying.reports", count=told, files=files),
    )


def facts_card(turn: Turn, topic: Topic, title: str, *buttons: Button, verb: str, page: int = 0) -> Card:
    """Everything there is to judge by; `verb` turns the page of the evidence."""
    found = proofs(turn, topic)
    owner = [topic.owner_id, *topic.co_owners]
    lines = lines_of(
        _field(turn, "owner", names.titles(turn.tx, turn.say, owner)),
        account(turn, topic),
        measure_lines(turn, topic),
        [_proof(turn, no, proof) for no, proof in enumerate(found, 1)] or turn.say("verifying.no_evidence"),
        _handed_in(turn, topic),
        _opinions(turn, topic),
    )
    vanish = turn.policy.vanish if topic.confidential else None
    shown = (*buttons, *_paged(turn, topic, found, MOST_BUTTONS - len(buttons), verb, page))
    return Card(title, lines, rows(*shown), about=about(topic), vanish=vanish)


def proofs(turn: Turn, topic: Topic) -> list[Proof]:
    """The reports that carry files, oldest first."""
    said = progress.standing(turn.work, topic.id)
    files = reports.evidence_of(turn.tx, [report.id for report in said])
    return [(report, files[report.id]) for report in said if report.id in files]


def _field(turn: Turn, name: str, value: str) -> str:
    return turn.say("topics.field", name=turn.say(f"field.{name}"), value=value) if value else ""


def _proof(turn: Turn, no: int, proof: Proof) -> str:
    report, files = proof
    listed = turn.say("common.listing").join(file.name for file in files)
    by = names.spoken_by(turn.tx, turn.say, report.author_id, report.principal_id)
    return turn.say("verifying.proof", no=no, by=by, date=turn.dates.short(report.sent_at), files=listed)


def _handed_in(turn: Turn, topic: Topic) -> str:
    """When it was handed in, and with what words."""
    handed = [r for r in progress.standing(turn.work, topic.id) if r.event == Event.SUBMIT]
    if topic.submitted_at is None or not handed:
        return ""
    key = "verifying.handed_in_because" if handed[-1].text else "verifying.handed_in"
    return turn.say(key, date=turn.dates.full(topic.submitted_at), reason=_cut(handed[-1].text))


def _opinions(turn: Turn, topic: Topic) -> list[str]:
    """What advisers said of this submission; silence in words is consent."""
    since = topic.submitted_at
    given = [r for r in progress.standing(turn.work, topic.id) if r.event == Event.OPINE]
    passed = turn.say("verifying.passed")
    return [
        turn.say("verifying.opinion", by=names.title(turn.tx, r.author_id), opinion=_cut(r.text) or passed)
        for r in given
        if since is None or r.sent_at >= since
    ]


def _paged(
    turn: Turn, topic: Topic, found: Sequence[Proof], room: int, verb: str, page: int
) -> tuple[Button, ...]:
    """As many evidence buttons as there is room for; the last leads to the next ones."""
    labelled = [
        Button(turn.say("verifying.proof_label", no=no), "report.view", (report.id,))
        for no, (report, _) in enumerate(found, 1)
    ]
    if len(labelled) <= room:
        return tuple(labelled)
    room -= 1
    following = page + 1 if (page + 1) * room < len(labelled) else 0
    shown = labelled[page * room : (page + 1) * room]
    return (*shown, turn.button(verb, topic.id, following, label="more"))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
