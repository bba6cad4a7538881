"""The sweep as the process runs it: in short turns, until nothing is due any more."""

from bot.pulse import beat
from services import calendars, delivering, pushing, reminding
from services.affairs import reminding as affairs
from services.policy import Policy
from storage.failpoints import reached
from storage.store import Store, Tx


async def sweep(store: Store, policy: Policy) -> int:
    """Owe and push whatever is due now; how many items were looked at."""
    looked = 0
    while found := await store.run(lambda tx: sweep_slice(tx, policy)):
        looked += found
        reached("sweep.between")
    return looked


def sweep_slice(tx: Tx, policy: Policy) -> int:
    """One short turn of it; how much was found, so that 0 means quiet."""
    calendars.warn(tx, policy)
    delivering.report(tx, policy)
    swept = reminding.sweep(tx, policy)
    looked, told = affairs.sweep(tx, policy)
    pushing.push(tx, policy, swept.told | told)
    digests = pushing.digests(tx, policy)
    beat(tx)
    if swept.told or told:
        reached("sweep.owed")
    return swept.items + looked + digests
