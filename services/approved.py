"""The college's own numbers, versioned (S2 art. 28): the mechanism is explained by settings it approved.

What the rules depend on gets a digest whenever we begin to live; another one than the last is a new version,
on the trail and in the office's digest. No address, no path and no secret is among it.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from services.policy import Policy
from storage import facts, notices, people
from storage.store import Tx
from workflow import ladder_text
from workflow.roles import Role

SETTINGS: Final = "settings"
CHANGED: Final = "settings_changed"
PLAIN: Final = (
    *("claim_workdays", "undo", "vanish", "longest_text", "most_files", "remind_at", "digest_at", "cap"),
    *("freeze_days", "near_days", "rest_days", "outage", "invitation", "guesses_per_hour", "recheck_months"),
    *("recheck_share", "cover_workdays", "cover_standing", "reply_workdays", "unheeded_steps"),
    "tolerance_pauses",
)
"""Numbers, times and switches of the policy that stand for themselves."""
APART: Final = frozenset(
    {"college", "short", "language", "trial", "web", "web_link", "web_session", "templates", "font", "kept"}
)
"""What is no rule: names, appearance, addresses, files."""


@dataclass(frozen=True, slots=True)
class Version:
    """Which settings are in force, and since when."""

    no: int
    digest: str
    at: datetime


def rules(policy: Policy) -> Mapping[str, Any]:
    """What the rules depend on, as plain data in a fixed order."""
    calendar = policy.calendar
    return {
        **{name: str(getattr(policy, name)) for name in PLAIN},
        "ladder": ladder_text.dump(policy.ladder),
        "calendar": {
            "zone": str(calendar.tz),
            "hours": [str(calendar.start), str(calendar.end)],
            "off": sorted(map(str, calendar.extra_off)),
            "work": sorted(map(str, calendar.extra_work)),
        },
        "named_dates": {name: str(day) for name, day in policy.named_dates.items()},
        "categories": {code: [one.name, one.verifier] for code, one in policy.categories.items()},
        "issuers": sorted(policy.issuers),
        "aide_may_not": sorted(policy.aide_may_not),
        "gate": [sorted(policy.gate_words), sorted(policy.gate_exceptions)],
        "admonishers": dict(policy.admonishers),
    }


def digest(policy: Policy) -> str:
    """SHA-256 of the rules' settings: equal settings have equal ones."""
    written = json.dumps(rules(policy), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()


def note(tx: Tx, policy: Policy) -> int | None:
    """Enter a new version where the settings are not the last ones; its number, or None. The office hears."""
    last, found = current(tx), digest(policy)
    if last is not None and last.digest == found:
        return None
    no = last.no + 1 if last else 1
    facts.put(tx, SETTINGS, json.dumps({"no": no, "digest": found}))
    tx.record(SETTINGS, facts={"version": no, "digest": found})
    if last is not None:
        _tell(tx, no)
    return no


def current(tx: Tx) -> Version | None:
    """The version in force; None before the first start."""
    kept = facts.get(tx, SETTINGS)
    if kept is None:
        return None
    told = json.loads(kept.value)
    return Version(told["no"], told["digest"], kept.at)


def _tell(tx: Tx, no: int) -> None:
    for person in {*people.holding(tx, Role.OFFICE), *people.holding(tx, Role.ADMIN)}:
        row = {
            "dedupe": f"{CHANGED}:{no}:{person.id}",
            "kind": CHANGED,
            "person_id": person.id,
            "data": {"version": no},
            "single": False,
            "due_at": tx.now,
        }
        notices.owe(tx, row)
