"""`make crash`: kill real processes at every named step under load, reconcile, end with one JSON line."""

import argparse
import asyncio
import json
import os
import sys
import tempfile
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.crash import course
from tests.crash.lives import Survived
from tests.crash.nursery import nursery
from tests.crash.progress import Progress
from tests.crash.reckoning import Findings
from tests.crash.steps import PLAN, SENTENCES, Step

KILLS: Final = 200


def main() -> None:
    """Do what was asked for; the exit code is 1 when anything was lost, doubled, unsent or forged."""
    asked = _asked()
    if asked.list:
        print("\n".join(f"{step.name:20} {SENTENCES[step.name]}" for step in PLAN))
        return
    steps = [step for step in PLAN if step.name in asked.steps]
    progress = Progress(steps, asked.kills, asked.jobs)
    with tempfile.TemporaryDirectory(prefix="lingti-crash-") as folder:
        try:
            found = asyncio.run(_houses(Path(folder), steps, asked, progress))
        except* Survived as survived:
            sys.exit("\n".join(f"nothing is proven: {one}" for one in survived.exceptions))
    told = {"steps": len(steps), "kills": progress.deaths, "updates": found.updates, "lost": found.lost}
    told |= {"duplicate_effects": found.duplicate_effects, "uncertain_recorded": found.uncertain_recorded}
    told |= {"undelivered": found.undelivered, "journal_ok": found.journal_ok}
    print(json.dumps(told))
    sys.exit(not found.clean)


def _asked() -> Namespace:
    asked = argparse.ArgumentParser(prog="make crash", description=__doc__)
    names = [step.name for step in PLAN]
    asked.add_argument("--kills", type=int, default=KILLS, help="at each step (%(default)s)")
    asked.add_argument("--steps", type=_names, default=names, help="by name, with commas between; all")
    asked.add_argument("--houses", type=int, default=0, help="data folders the steps share; one each")
    asked.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="houses at once (%(default)s)")
    asked.add_argument("--seed", default="crash", help="of everything left to chance (%(default)s)")
    asked.add_argument("--list", action="store_true", help="only name the steps")
    return asked.parse_args()


def _names(text: str) -> list[str]:
    names = text.split(",")
    if unknown := set(names) - SENTENCES.keys():
        raise argparse.ArgumentTypeError(f"no such step: {', '.join(sorted(unknown))}; see --list")
    return names


async def _houses(folder: Path, steps: Sequence[Step], asked: Namespace, progress: Progress) -> Findings:
    """A house for each share of the steps, some at once; all their findings in one."""
    number = asked.houses or len(steps)
    shares = [share for n in range(number) if (share := steps[n::number])]
    free, every = asyncio.Semaphore(asked.jobs), Findings()

    async def one(place: int, share: Sequence[Step]) -> None:
        async with free:
            seed = f"{asked.seed}/{place}"
            found = await course.run(folder / f"{place}", side, share, asked.kills, seed, progress.died)
        progress.done(share, found)
        every.add(found)

    async with nursery() as side, asyncio.TaskGroup() as group:
        for place, share in enumerate(shares):
            group.create_task(one(place, share))
    return every


if __name__ == "__main__":
    main()
