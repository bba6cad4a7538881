"""常规题: the college's recurring topics, kept once, set by themselves, seen whole before."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from handlers import verbs
from handlers.affair_cards import affair_card, name_of
from handlers.asking.keeping import KEPT, pack
from handlers.asking.listing import PAGE, Entry, Pager, list_card, show
from handlers.asking.previewing import MARK, agreed, ask, lines_of
from handlers.asking.whom import privately
from handlers.cards import Card, rows
from handlers.issuing.card import form_lines
from handlers.issuing.form import Form, dump, load
from handlers.issuing.reading import REST, issuers
from handlers.recurring.card import rhythm_words, template_lines
from handlers.recurring.kinds import OWN, PRESETS, first, named
from handlers.recurring.reading import PROBLEMS, template, understood
from handlers.registry import answers, button, command
from handlers.turn import Turn
from services import issuing
from services.affairs import campaigning, recurring
from services.affairs.acting import LETTERS
from services.affairs.recurring import rhythm_of, running
from services.affairs.seating import concerned
from services.issuing import Draft
from storage import affairs
from storage.dialogues import Dialogue
from workflow.affair import Affair, AffairId, AffairKind
from workflow.errors import NotFound
from workflow.roles import Role

RECURRING: Final = "recurring"
FORM: Final = "form"
PROPOSED: Final = ("title", "goal", "source")


@command("recurring", Role.OFFICE, Role.CHIEF)
def recurring_command(turn: Turn, rest: str) -> None:
    """`常规题`: what there is and the kinds offered; `常规题 集体学习 @副书记 每季度3月1日 期限20天`."""
    privately(turn)
    issuing.require_draft(turn.work)
    if rest.upper().startswith(LETTERS[AffairKind.TEMPLATE]) and rest[1:2].isdigit():
        turn.reply(affair_card(turn, affairs.by_number(turn.tx, rest.upper().strip())))
    elif rest:
        sort, text = named(rest)
        _preview(turn, understood(turn, _begun(turn, sort), text, REST if sort != OWN else "title"))
    else:
        _offer(turn)


@button("recurring.new")
def new(turn: Turn, sort: str) -> None:
    """One of the kinds: what it proposes, to be changed by writing."""
    privately(turn)
    issuing.require_draft(turn.work)
    if sort not in PRESETS:
        raise NotFound("unknown_button")
    _preview(turn, understood(turn, _begun(turn, sort), "", REST))


@answers(RECURRING)
def corrected(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """A correction such as `每季度3月5日`, `期限20天` or `牵头 组织处`; a first line is the title.

    The whole command said again begins anew.
    """
    if (said := verbs.read(text)) and said.name == RECURRING and said.rest:
        turn.done()
        recurring_command(turn, said.rest)
        return
    issuing.require_draft(turn.work)
    untitled = not load(dialogue.draft["form"]).given.title
    _preview(turn, understood(turn, dialogue.draft, text, "title" if untitled else REST))


@button("recurring.begin")
def begin(turn: Turn, mark: str) -> None:
    """Keep it as it was shown."""
    draft = agreed(turn, RECURRING, mark)
    if draft is None:
        return
    affair = recurring.begin(turn.work, template(turn, draft))
    turn.toast("recurring.kept_toast")
    shown = affair_card(turn, affair)
    turn.edit(replace(shown, title=turn.say("recurring.kept", number=affair.number, title=affair.title)))


@button("recurring.list")
def listed(turn: Turn, page: int = 0) -> None:
    """Every template that has not ended."""
    privately(turn)
    issuing.require_draft(turn.work)
    found = affairs.of_kind(turn.tx, AffairKind.TEMPLATE)
    pager = Pager("recurring.list", (), page)
    shown = [
        Entry(_line(turn, affair), "affair.open", (affair.id,))
        for affair in found[pager.start : pager.start + PAGE]
    ]
    show(turn, list_card(turn, turn.say("recurring.all", count=len(found)), shown, len(found), pager))


@button("recurring.pause")
def pause(turn: Turn, affair_id: AffairId) -> None:
    """It rests until it is resumed."""
    _redraw(turn, recurring.pause(turn.work, _of(turn, affair_id)), "recurring.paused_toast")


@button("recurring.resume")
def resume(turn: Turn, affair_id: AffairId) -> None:
    """It goes on."""
    _redraw(turn, recurring.resume(turn.work, _of(turn, affair_id)), "recurring.resumed_toast")


@button("recurring.end")
def end(turn: Turn, affair_id: AffairId) -> None:
    """Ask once more: what has ended is not begun again."""
    affair = _of(turn, affair_id)
    sure = turn.button("recurring.end_now", affair.id, label="yes")
    back = turn.button("affair.open", affair.id, label="back")
    turn.edit(
        Card(lines=(turn.say("recurring.end_sure", name=name_of(turn, affair)),), buttons=rows(sure, back))
    )


@button("recurring.end_now")
def end_now(turn: Turn, affair_id: AffairId) -> None:
    """It sets nothing any more."""
    _redraw(turn, recurring.end(turn.work, _of(turn, affair_id)), "recurring.ended_toast")


@button("recurring.publish")
def publish(turn: Turn, affair_id: AffairId) -> None:
    """全部发布: everything it set and that waits for this chief, by one tap."""
    affair = _of(turn, affair_id)
    mine = [t for t in recurring.waiting(turn.tx, affair) if campaigning.publishable(turn.work, t)]
    done, failed = campaigning.publish_each(turn.work, mine)
    turn.toast("recurring.published_toast", count=len(done))
    said = turn.say("recurring.published", count=len(done), left=len(failed))
    turn.edit(replace(affair_card(turn, affair), title=said))


def _begun(turn: Turn, sort: str) -> dict[str, Any]:
    """A kind's draft: whose name it is in, and what it proposes."""
    own = turn.policy.may_issue(turn.actor)
    issuer = turn.actor.id if own else next((person.id for person in issuers(turn)), None)
    given = Draft(issuer_id=issuer, duty=PRESETS[sort].duty)
    if sort != OWN:
        title, goal, source = (turn.say(f"recurring.preset.{sort}.{name}") for name in PROPOSED)
        given = replace(given, title=title, goal=goal, source=source)
    else:
        given = replace(given, source=turn.say("recurring.source"))
    return {**first(sort), "form": dump(Form(given))}


def _preview(turn: Turn, draft: Mapping[str, Any]) -> None:
    """Show it, with what it lacks or the button that keeps it."""
    mark = turn.incoming.event_id
    turn.keep(RECURRING, FORM, {KEPT: pack(turn.work.said), **draft, MARK: mark})
    known = template(turn, draft)
    missing = known.missing()
    listed_ = turn.say("common.listing").join(turn.say(f"field.{name}") for name in missing)
    lines = lines_of(
        draft.get(PROBLEMS, []),
        form_lines(turn, load(draft["form"])),
        template_lines(turn, known),
        turn.say("recurring.missing", fields=listed_) if missing else turn.say("recurring.ready"),
    )
    keep = () if missing else (turn.button("recurring.begin", mark),)
    ask(turn, Card(turn.say("recurring.preview"), lines), *keep)


def _offer(turn: Turn) -> None:
    found = affairs.of_kind(turn.tx, AffairKind.TEMPLATE)
    lines = [_line(turn, affair) for affair in found[:PAGE]] or [turn.say("recurring.none")]
    kinds = [turn.button("recurring.new", sort, label=f"recurring_sort_{sort}") for sort in PRESETS]
    more = turn.button("recurring.list", label="recurring_list") if found else None
    title = turn.say("recurring.all", count=len(found))
    turn.reply(Card(title, (*lines, turn.say("recurring.offer")), rows(*kinds, more)))


def _line(turn: Turn, affair: Affair) -> str:
    rhythm = rhythm_words(turn, rhythm_of(affair))
    key = "recurring.listed" if running(affair) else "recurring.listed_paused"
    return turn.say(key, name=name_of(turn, affair), rhythm=rhythm)


def _redraw(turn: Turn, affair: Affair, toast: str) -> None:
    turn.toast(toast)
    turn.edit(affair_card(turn, affair))


def _of(turn: Turn, affair_id: AffairId) -> Affair:
    affair = affairs.get(turn.tx, affair_id)
    if affair.kind is not AffairKind.TEMPLATE or not concerned(turn.work, affair):
        raise NotFound("no_such_affair")
    return affair
