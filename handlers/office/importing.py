"""导入: a roster or a running ledger from a file, rehearsed first, then all of it or nothing.

Everything a press needs stands on its button: which file by hash, in whose name, and why the gate lets it
pass. So a preview agrees to exactly the file it showed.
"""

from typing import Final

from handlers.asking.whom import keeper, privately
from handlers.cards import Button, Card, fit, rows
from handlers.office.importing_words import GATED, NAMELESS, READERS, Offered, Preview, lines
from handlers.registry import answers, button, command
from handlers.turn import Turn
from services.administering import Act, may
from storage import people
from storage.dialogues import Dialogue
from workflow.errors import Missing, NotFound
from workflow.roles import PersonId, Role

IMPORT: Final = "import"
ROSTER: Final = "import_roster"
LEDGER: Final = "import_topics"
ACTS: Final = {ROSTER: Act.ROSTER, LEDGER: Act.LEDGER}


@command("import", Role.OFFICE, Role.ADMIN)
def import_command(turn: Turn, rest: str) -> None:
    """`导入`: which of the two."""
    privately(turn)
    kinds = [kind for kind, act in ACTS.items() if may(turn.actor, act)]
    if not kinds:
        keeper(turn, Act.ROSTER)
    buttons = [turn.button("import", kind, label=kind) for kind in kinds]
    turn.reply(Card(lines=(turn.say("importing.which"),), buttons=rows(*buttons)))


@command("import_roster", hidden=True)
def import_roster(turn: Turn, rest: str) -> None:
    """`导入名册` under a file, or before one."""
    wanted(turn, ROSTER)


@command("import_topics", hidden=True)
def import_topics(turn: Turn, rest: str) -> None:
    """`导入台账` under a file, or before one."""
    wanted(turn, LEDGER)


@button("import")
def wanted(turn: Turn, kind: str) -> None:
    """Look at the file that came along, or ask for one."""
    keeper(turn, ACTS[kind])
    if turn.work.said.files:
        _came(turn, kind)
        return
    turn.keep(IMPORT, "file", {"kind": kind})
    turn.edit(Card(lines=(turn.say(f"importing.send.{kind}"),), buttons=rows(turn.button("cancel"))))


@answers(IMPORT)
def given(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """The file came, or the reason; with anything else the question stays."""
    draft = dialogue.draft
    if turn.work.said.files:
        _came(turn, str(draft["kind"]))
    elif dialogue.step == "file":
        raise Missing("file_missing")
    else:
        _preview(turn, Offered(draft["kind"], draft["sha256"], draft["name"], draft["issuer"], text))
    turn.done()


@button("import_for")
def in_the_name_of(turn: Turn, *offered: int | str) -> None:
    """The chief in whose name the topics are was chosen."""
    _preview(turn, Offered.of(offered))


@button("import_let_pass")
def let_pass(turn: Turn, *offered: int | str) -> None:
    """Ask the office why the gate should let this file pass."""
    one = Offered.of(offered)
    keeper(turn, ACTS[one.kind])
    draft = {"kind": one.kind, "sha256": one.sha256, "name": one.name, "issuer": one.issuer}
    turn.ask(
        IMPORT, "reason", draft, Card(lines=(turn.say("importing.why"),), buttons=rows(turn.button("cancel")))
    )


@button("import_now")
def import_now(turn: Turn, *offered: int | str) -> None:
    """Write it, if it is still as it was rehearsed: with a problem nothing is written."""
    one = Offered.of(offered)
    found = _read(turn, one, dry_run=False)
    if found.problems:
        turn.toast("importing.refused", alert=True)
        turn.edit(_card(turn, one, found))
        return
    turn.toast("importing.toast")
    done = turn.say(f"importing.done.{one.kind}")
    title = turn.say(f"importing.finished.{one.kind}", name=one.name)
    turn.edit(Card(title=title, lines=(*found.lines, done)))


def _came(turn: Turn, kind: str) -> None:
    file = turn.work.said.files[0]
    _preview(turn, Offered(kind, file.sha256, file.name))


def _preview(turn: Turn, one: Offered) -> None:
    """What would come of it. Nothing is written."""
    turn.edit(_card(turn, one, _read(turn, one, dry_run=True)))


def _card(turn: Turn, one: Offered, found: Preview) -> Card:
    title = turn.say(f"importing.title.{one.kind}", name=one.name)
    return Card(title=title, lines=lines(turn, found), buttons=rows(*_ways(turn, one, found)))


def _ways(turn: Turn, one: Offered, found: Preview) -> list[Button]:
    """To go on, or to mend from here what can be mended without touching the file."""
    cancel = turn.button("cancel")
    if not found.problems:
        return [turn.button("import_now", *one.args), cancel]
    codes = {problem.code for problem in found.problems}
    ways = [turn.button("import_let_pass", *one.args)] if GATED in codes else []
    if NAMELESS in codes:
        ways += [_named(turn, one, chief) for chief in _issuers(turn)]
    return [*ways, cancel] if ways else []


def _named(turn: Turn, one: Offered, chief: PersonId) -> Button:
    title = people.get(turn.tx, chief).title
    return Button(fit(title), "import_for", one.named(chief).args)


def _issuers(turn: Turn) -> list[PersonId]:
    chiefs = people.holding(turn.tx, Role.CHIEF)
    return [chief.id for chief in chiefs if turn.policy.may_issue(chief)][:4]


def _read(turn: Turn, one: Offered, *, dry_run: bool) -> Preview:
    keeper(turn, ACTS[one.kind])
    path = turn.policy.kept(one.sha256)
    if not path.is_file():
        raise NotFound("file_gone", name=one.name)
    return READERS[one.kind](turn, path, one, dry_run)
