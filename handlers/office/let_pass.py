"""放行: the office announces, with a reason, that its next text is to pass the gate."""

from handlers.gatekeeping import ANNOUNCED
from handlers.registry import command
from handlers.turn import Turn
from workflow.roles import Role


@command("let_pass", Role.OFFICE)
def let_pass(turn: Turn, rest: str) -> None:
    """`放行 修订信访接待制度`; whatever was open goes on with the text that follows."""
    if Role.OFFICE not in turn.actor.roles:
        turn.tell("gate.office_only")
        return
    if not rest:
        turn.tell("gate.reason_missing")
        return
    open_ = turn.dialogue
    before = [open_.name, open_.step, dict(open_.draft)] if open_ and open_.name != ANNOUNCED else None
    turn.keep(ANNOUNCED, "text", {"reason": rest, "before": before})
    turn.tell("gate.announced")
