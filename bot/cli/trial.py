"""Telegram is for trials with invented data: said before the first start, confirmed once, for the record."""

import sys
from typing import Final

import typer

from bot.settings import Settings
from handlers import texts
from storage import facts
from storage.store import Store, Tx

CONFIRMED: Final = "trial_confirmed"


def confirm(store: Store, settings: Settings, *, given: bool) -> bool:
    """Whether it is confirmed: before, by `given`, or now by whoever sits at the terminal."""
    if store.read_now(lambda tx: facts.get(tx, CONFIRMED)) is not None:
        return True
    say = texts.catalogue(settings.language)
    typer.echo(say("process.trial.notice"))
    if not (given or (sys.stdin.isatty() and typer.confirm(say("process.trial.question")))):
        return False
    store.run_now(_record)
    typer.echo(say("process.trial.confirmed"))
    return True


def _record(tx: Tx) -> None:
    facts.put(tx, CONFIRMED, "telegram")
    tx.record(CONFIRMED, facts={"messenger": "telegram"})
