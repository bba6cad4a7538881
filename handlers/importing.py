"""导入: a roster or a running ledger from a file, rehearsed first, then all of it or nothing."""

from pathlib import Path
from typing import Final

from handlers.cards import Card, rows
from handlers.importing_words import READERS, Preview, lines
from handlers.registry import answers, button, command
from handlers.turn import Turn
from handlers.whom import keeper, privately
from services.administering import Act, may
from storage.dialogues import Dialogue
from storage.reports import Evidence
from workflow.errors import Missing, NotFound
from workflow.roles import Role

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
        preview(turn, kind, turn.work.said.files[0])
        return
    turn.keep(IMPORT, "file", {"kind": kind})
    turn.edit(Card(lines=(turn.say(f"importing.send.{kind}"),), buttons=rows(turn.button("cancel"))))


@answers(IMPORT)
def given(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """The file came; or something else, and the question stays."""
    if not turn.work.said.files:
        raise Missing("file_missing")
    preview(turn, str(dialogue.draft["kind"]), turn.work.said.files[0])
    turn.done()


def preview(turn: Turn, kind: str, file: Evidence) -> None:
    """What would come of it. Nothing is written."""
    found = _read(turn, kind, file.sha256, file.name, dry_run=True)
    yes = turn.button("import_now", kind, file.sha256, file.name)
    buttons = rows(yes, turn.button("cancel")) if not found.problems else ()
    title = turn.say(f"importing.title.{kind}", name=file.name)
    turn.reply(Card(title=title, lines=lines(turn, found), buttons=buttons))


@button("import_now")
def import_now(turn: Turn, kind: str, sha256: str, name: str) -> None:
    """Write it, if it is still as it was rehearsed: with a problem nothing is written."""
    found = _read(turn, kind, sha256, name, dry_run=False)
    if found.problems:
        turn.toast("importing.refused", alert=True)
        turn.edit(Card(title=turn.say(f"importing.title.{kind}", name=name), lines=lines(turn, found)))
        return
    turn.toast("importing.toast")
    done = turn.say(f"importing.done.{kind}")
    turn.edit(Card(title=turn.say(f"importing.finished.{kind}", name=name), lines=(*found.lines, done)))


def _read(turn: Turn, kind: str, sha256: str, name: str, *, dry_run: bool) -> Preview:
    keeper(turn, ACTS[kind])
    path: Path = turn.policy.kept(sha256)
    if not path.is_file():
        raise NotFound("file_gone", name=name)
    return READERS[kind](turn, path, name, dry_run)
