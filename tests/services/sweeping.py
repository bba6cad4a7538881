"""Time passes in the college: every moment at which something falls due is visited and swept."""

from datetime import timedelta

from services import reminding
from storage.notices import Notice, get_many
from storage.store import Tx
from tests.services.conftest import World


def pass_days(world: World, days: float) -> None:
    """Let days pass, sweeping whenever something is due."""
    until = world.clock.now() + timedelta(days=days)
    while (due := world.ask(reminding.next_due)) is not None and due <= until:
        world.clock.advance(max(due - world.clock.now(), timedelta()))
        world.run(lambda tx: reminding.sweep(tx, world.policy))
    world.clock.advance(until - world.clock.now())


def owed(world: World, who: str) -> list[Notice]:
    """What somebody was ever owed, oldest first."""
    person = world.id(who)

    def look(tx: Tx) -> list[Notice]:
        return [one for one in get_many(tx, range(1, 500)) if one.person_id == person]

    return sorted(world.ask(look), key=lambda notice: notice.id)


def steps(world: World, who: str) -> list[str]:
    """The ladder's steps that reached somebody, in order."""
    return [notice.step for notice in owed(world, who) if notice.kind == reminding.LADDER]
