"""What the college itself has set (S2 art. 28): which version is in force since when, the main numbers."""

from typing import Final

from handlers.reader import Reader
from services import approved
from workflow.roles import Role

KEEPERS: Final = frozenset({Role.OFFICE, Role.ADMIN})
"""Whose 设置 shows them."""
POSTS: Final = ("secretary", "president")


def of_college(reader: Reader) -> tuple[str, ...]:
    """A line for the version, then the main numbers; the whole list is the settings file itself."""
    say, policy, version = reader.say, reader.policy, approved.current(reader.tx)
    between = say("common.listing")
    since = reader.dates.full(version.at) if version else ""
    steps = policy.ladder.steps
    return (
        say("settings.version", no=version.no, since=since) if version else say("settings.no_version"),
        say(
            "settings.numbers.issuing",
            issuers=between.join(say(f"settings.post.{post}") for post in POSTS if post in policy.issuers),
            days=policy.claim_workdays,
            minutes=_minutes(policy.undo.total_seconds()),
        ),
        say(
            "settings.numbers.ladder", count=len(steps), level=max((step.level for step in steps), default=0)
        ),
        say(
            "settings.numbers.reminders",
            at=f"{policy.remind_at:%H:%M}",
            digest=f"{policy.digest_at:%H:%M}",
            cap=policy.cap,
            near=policy.near_days,
            freeze=policy.freeze_days,
        ),
        say(
            "settings.numbers.supervision",
            days=policy.cover_workdays,
            reply=policy.reply_workdays,
            steps=policy.unheeded_steps,
            months=policy.recheck_months,
        ),
        say(
            "settings.numbers.categories",
            names=between.join(one.name for one in policy.categories.values()),
        ),
    )


def _minutes(seconds: float) -> int:
    return int(seconds // 60)
