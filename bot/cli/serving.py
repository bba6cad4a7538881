"""The bot on Telegram, from its start to its end."""

import asyncio
import os
from typing import Annotated

import typer

from bot.bootstrap import App
from bot.cli import copies
from bot.cli.ground import NOT_IN_ORDER, Config, data_of, refuse, settings_of, start_logs
from bot.cli.trial import confirm
from bot.clock import SystemClock
from bot.listening import Busy
from bot.messengers.base import Rates, Refused, Unauthorised
from bot.messengers.telegram import Telegram
from bot.process import run as serve
from bot.settings import Settings
from bot.talk import HANDLERS
from storage import migrate
from storage.store import Store


def add_to(app: typer.Typer) -> None:
    """Put the command into the program."""
    app.command()(run)


def run(
    config: Config = None,
    confirm_trial: Annotated[
        bool,
        typer.Option(
            "--confirm-trial", help="Confirm, once, that only invented data will be used on Telegram."
        ),
    ] = False,
) -> None:
    """Serve on Telegram until stopped (SIGTERM, Ctrl+C). Needs a token; see config.example.toml."""
    settings = settings_of(config)
    if not settings.telegram.token.get_secret_value():
        refuse("process.cli.no_token", settings)
    with data_of(settings):
        copies.must_be_sound(settings)
        migrate.upgrade(settings.database_url())
        store = Store(settings.database_url(), SystemClock())
        copies.tell_if_older(settings, store)
        if not confirm(store, settings, given=confirm_trial):
            store.close()
            refuse("process.trial.refused", settings)
        start_logs(settings)
        _serve(settings, App(settings, store, _telegram(settings), HANDLERS))


def _serve(settings: Settings, bot: App) -> None:
    try:
        well = asyncio.run(serve(bot))
    except Unauthorised:
        refuse("process.cli.token_refused", settings)
    except Refused as refused:
        refuse("process.cli.webhook_refused", settings, reason=refused)
    except Busy as busy:
        refuse("process.cli.port_taken", settings, port=busy.port)
    else:
        if not well:
            raise typer.Exit(NOT_IN_ORDER)


def _telegram(settings: Settings) -> Telegram:
    its = settings.telegram
    return Telegram(
        its.token.get_secret_value(),
        base_url=f"{its.api}/bot",
        base_file_url=f"{its.api}/file/bot",
        poll_seconds=its.poll_seconds,
        rates=Rates(its.per_second, its.per_chat_second, its.per_group_minute),
        proxy=os.environ.get("HTTPS_PROXY", ""),
    )
