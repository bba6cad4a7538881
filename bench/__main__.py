"""`make bench`: run the benches named (or all), print their tables, end with one JSON line of ratios."""

import argparse
import asyncio
import json
import logging
import tempfile
import warnings
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from typing import Any, Final

from bench import deliver, latency, ledger, start, sweep, turn, turn_pg, year
from bench.measure import Report, table

BENCHES: Final[Mapping[str, Callable[[Path], Coroutine[Any, Any, Report]]]] = {
    "turn": turn.run,
    "turn-pg": turn_pg.run,
    "sweep": sweep.run,
    "idle": sweep.idle,
    "deliver": deliver.run,
    "latency": latency.run,
    "start": start.run,
    "ledger": ledger.run,
    "year": year.run,
}


def main() -> None:
    """Run what was asked for."""
    asked = argparse.ArgumentParser(prog="make bench", description=__doc__)
    asked.add_argument("names", nargs="*", choices=[*BENCHES, []], metavar="|".join(BENCHES))
    names = asked.parse_args().names or list(BENCHES)
    logging.disable(logging.WARNING)
    warnings.simplefilter("ignore")
    ratios: dict[str, float] = {}
    for name in names:
        with tempfile.TemporaryDirectory(prefix="lingti-bench-") as folder:
            report = asyncio.run(BENCHES[name](Path(folder)))
        print(table(report), end="\n\n", flush=True)
        ratios |= report.ratios
    print(json.dumps(ratios))


if __name__ == "__main__":
    main()
