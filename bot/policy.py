"""The settings in the form the use cases read: the one place where the two are held side by side."""

from datetime import timedelta
from typing import Any

from bot.receiving.evidence import where
from bot.settings import Settings
from services.policy import Category, Policy
from workflow.workdays import Calendar


def policy_of(settings: Settings) -> Policy:
    """The settings in the form the use cases read."""
    calendar, topics, reminders = settings.calendar, settings.topics, settings.reminders
    return Policy(
        college=settings.college.name,
        language=settings.language,
        calendar=Calendar(
            tz=settings.timezone,
            extra_off=calendar.extra_off,
            extra_work=frozenset(calendar.extra_work),
            start=calendar.work_start,
            end=calendar.work_end,
        ),
        named_dates=calendar.named,
        ladder=settings.new_ladder(),
        categories={c.code: Category(c.code, c.name, c.verifier) for c in topics.category},
        issuers=frozenset(settings.college.issuers),
        aide_may_not=frozenset(settings.roles.aide_may_not),
        gate_words=settings.gate.words,
        gate_exceptions=settings.gate.exceptions,
        claim_workdays=topics.claim_workdays,
        undo=timedelta(minutes=topics.undo_minutes),
        vanish=timedelta(minutes=topics.vanish_minutes),
        longest_text=topics.max_text,
        most_files=settings.evidence.max_files,
        remind_at=reminders.at,
        digest_at=reminders.digest,
        cap=reminders.cap,
        freeze_days=reminders.freeze_days,
        near_days=reminders.near_days,
        rest_days=reminders.rest_days,
        outage=timedelta(minutes=reminders.outage_minutes),
        invitation=timedelta(hours=settings.invitations.hours),
        guesses_per_hour=settings.invitations.guesses_per_hour,
        **_beside(settings),
        kept=lambda sha256: where(settings.data, sha256),
    )


def _beside(settings: Settings) -> dict[str, Any]:
    """What is set for affairs beside topics, for the web and for papers."""
    return {
        "recheck_months": settings.recheck.months,
        "recheck_share": settings.recheck.share,
        "web": settings.web.base if settings.web.port else "",
        "web_link": timedelta(minutes=settings.web.link_minutes),
        "web_session": timedelta(hours=settings.web.session_hours),
        "cover_workdays": settings.cover.workdays,
        "cover_standing": settings.cover.standing,
        "reply_workdays": settings.cover.reply_workdays,
        "admonishers": settings.admonition.table(),
        "unheeded_steps": settings.admonition.unheeded,
        "tolerance_pauses": settings.admonition.tolerance_pauses,
        "font": settings.font(),
        "short": settings.college.short,
        "templates": settings.templates(),
    }
