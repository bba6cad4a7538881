"""The command line: what an operator types. `lingti --help` teaches it."""

import asyncio
import errno
import os
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final, NoReturn

import typer

from bot.bootstrap import App
from bot.cli import copies, importing, person, roster, trail, upkeep
from bot.cli.ground import NOT_IN_ORDER, Config, data_of, refuse, say, settings_of, start_logs
from bot.cli.trial import confirm
from bot.clock import SystemClock
from bot.messengers.base import Rates, Unauthorised
from bot.messengers.telegram import Telegram
from bot.process import run as serve
from bot.sandbox import run as stage
from bot.sandbox.scenario import SCENARIOS
from bot.settings import Settings
from bot.talk import HANDLERS
from storage import migrate
from storage.store import Store
from workflow.workdays import SHANGHAI

app = typer.Typer(
    name="lingti",
    help="Lingti: a college's topics set, claimed, reminded, verified and closed, as a conversation.\n\n"
    "Try it first: `lingti sandbox` needs no account. Then `lingti check`, `lingti migrate`, "
    "`lingti import-roster`, `lingti invite`, `lingti run`.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
upkeep.add_to(app)
trail.add_to(app)
copies.add_to(app)
person.add_to(app)
roster.add_to(app)
importing.add_to(app)

START: Final = "2026-03-02T08:00"


@app.command()
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


@app.command()
def sandbox(
    port: Annotated[
        int, typer.Option(help="Where the page opens, on 127.0.0.1; 0 takes any free port.")
    ] = 8765,
    data: Annotated[Path, typer.Option(help="The folder it remembers everything in.")] = Path("sandbox-data"),
    scenario: Annotated[
        str, typer.Option(help="demo: three topics wait to be claimed; empty: none.")
    ] = "demo",
    start: Annotated[str, typer.Option(help="When its clock starts, Asia/Shanghai.")] = START,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page by itself.")] = True,
    config: Config = None,
) -> None:
    """Play every seat in a browser page: no account, no token, no network. Its clock can be moved."""
    settings = settings_of(config)
    if settings.telegram.token.get_secret_value():
        refuse("process.cli.real_token", settings)
    if scenario not in SCENARIOS:
        raise typer.BadParameter(f"one of: {', '.join(SCENARIOS)}", param_hint="--scenario")
    wish = stage.Wish(data, _moment(settings, start), port, scenario)
    start_logs(settings)

    def opened(url: str) -> None:
        typer.echo(say("process.cli.sandbox_open", settings, url=url, data=data))
        if browser:
            stage.open_page(url)

    with data_of(stage.in_sandbox(settings, data)):
        try:
            asyncio.run(stage.run(settings, wish, HANDLERS, opened))
        except OSError as problem:
            _refuse_port(settings, problem, port)


def main() -> None:
    """The program."""
    app()


def _serve(settings: Settings, bot: App) -> None:
    try:
        well = asyncio.run(serve(bot))
    except Unauthorised:
        refuse("process.cli.token_refused", settings)
    except OSError as problem:
        _refuse_port(settings, problem, settings.health.port)
    else:
        if not well:
            raise typer.Exit(NOT_IN_ORDER)


def _refuse_port(settings: Settings, problem: OSError, port: int) -> NoReturn:
    if problem.errno != errno.EADDRINUSE:
        raise problem
    refuse("process.cli.port_busy", settings, port=port)


def _moment(settings: Settings, start: str) -> datetime:
    try:
        moment = datetime.fromisoformat(start)
    except ValueError:
        refuse("process.cli.bad_start", settings, start=start)
    return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)


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
