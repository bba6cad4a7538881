"""THE table as a page to read aloud, and as a diagram: drawn from the rules, so they cannot disagree."""

from collections.abc import Iterable, Sequence

from handlers.texts import Catalogue, catalogue
from workflow.affair_table import AFFAIR_RULES, AffairSeat
from workflow.roles import Seat
from workflow.transitions import MEASURE_RULES, TOPIC_RULES, Rule


def page(language: str) -> str:
    """Markdown with two Mermaid diagrams and two tables."""
    say = catalogue(language)
    parts = [f"# {say('table.title')}", say("table.how")]
    for room, states, rules in (
        ("topics", "topic_state", TOPIC_RULES),
        ("measures", "measure_state", MEASURE_RULES),
    ):
        parts += [f"## {say(f'table.{room}')}", _diagram(say, states, rules), _table(say, states, rules)]
    parts += [f"## {say('table.affairs')}", say("table.how_affairs"), _affairs(say)]
    return "\n\n".join(parts) + "\n"


def _diagram(say: Catalogue, states: str, rules: Sequence[Rule]) -> str:
    moves: dict[tuple[str, str], list[str]] = {}
    for rule in rules:
        if rule.to is not None:
            moves.setdefault((str(rule.frm), str(rule.to)), []).append(say(f"event.{rule.event}"))
    names = dict.fromkeys(state for move in moves for state in move)
    lines = [f'    state "{say(f"{states}.{name}")}" as {name}' for name in names]
    lines += [f"    {frm} --> {to}: {say('table.or').join(events)}" for (frm, to), events in moves.items()]
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])


def _table(say: Catalogue, states: str, rules: Sequence[Rule]) -> str:
    head = [say(f"table.{name}") for name in ("event", "from", "to", "by", "never")]
    rows = [
        [
            say(f"event.{rule.event}"),
            say(f"{states}.{rule.frm}"),
            say(f"{states}.{rule.to}") if rule.to else say("table.stay"),
            _seats(say, rule.by),
            _seats(say, rule.never),
        ]
        for rule in rules
    ]
    return "\n".join(_line(cells) for cells in (head, ["---"] * len(head), *rows))


def _affairs(say: Catalogue) -> str:
    """The second table: no diagram, since each kind goes its own short way."""
    head = [say(f"table.{name}") for name in ("kind", "event", "from", "to", "by", "never")]
    rows = [
        [
            say(f"affairs.kind.{rule.kind}"),
            say(f"affairs.event.{rule.event}"),
            say(f"affairs.state.{rule.frm}") if rule.frm else say("common.none"),
            say(f"affairs.state.{rule.to}") if rule.to else say("table.stay"),
            _affair_seats(say, rule.by),
            _affair_seats(say, rule.never),
        ]
        for rule in AFFAIR_RULES
    ]
    return "\n".join(_line(cells) for cells in (head, ["---"] * len(head), *rows))


def _affair_seats(say: Catalogue, seats: Iterable[AffairSeat]) -> str:
    held = frozenset(seats)
    return say("common.listing").join(say(f"affairs.seat.{seat}") for seat in AffairSeat if seat in held)


def _seats(say: Catalogue, seats: Iterable[Seat]) -> str:
    held = frozenset(seats)
    return say("common.listing").join(say(f"seat.{seat}") for seat in Seat if seat in held)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
