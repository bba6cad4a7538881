"""Ask the public advisory database about every locked package; a known flaw fails wherever this is called.

Without `--strict` a database out of reach is said and passed over: a machine without a network must be able
to check itself. pip-audit lies in an environment of its own, since no work needs what it brings.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

HOUSE: Final = Path(__file__).parents[1]
BESIDE: Final = HOUSE / ".venv" / "audit"
PROGRAM: Final = BESIDE / "bin" / "pip-audit"
LOCKS: Final = ("requirements/run.txt", "requirements/dev.txt")
PATIENCE: Final = 120  # seconds


def main() -> str | None:
    """What is wrong, if anything is."""
    strict = "--strict" in sys.argv[1:]
    found = _asked() if _installed() else []
    flawed = {one["name"]: one["vulns"] for one in found if one.get("vulns")}
    heard = [one for one in found if "skip_reason" not in one]
    if flawed:
        return "\n".join(f"{name}: {', '.join(one['id'] for one in vulns)}" for name, vulns in flawed.items())
    if not heard:
        told = "no package was audited: the advisory database is not in reach"
        if strict:
            return told
        print(told)
    else:
        print(f"no known flaw in {len(heard)} of {len(found)} packages")
    return None


def _installed() -> bool:
    if PROGRAM.exists():
        return True
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "--python", f"{BESIDE}"]
    steps = ([sys.executable, "-m", "venv", "--without-pip", f"{BESIDE}"], [*pip, "install", "pip-audit"])
    return all(subprocess.run(step, check=False).returncode == 0 for step in steps)


def _asked() -> list[dict[str, Any]]:
    locks = [part for lock in LOCKS for part in ("-r", lock)]
    command = [PROGRAM, "--progress-spinner", "off", "--disable-pip", "--require-hashes", "--format", "json"]
    try:
        told = subprocess.run(
            [*command, *locks], cwd=HOUSE, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        dependencies: list[dict[str, Any]] = json.loads(told.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, LookupError):
        return []
    return dependencies


if __name__ == "__main__":
    sys.exit(main())
