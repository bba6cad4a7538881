"""The sandbox: everybody's seat in one page, on a clock that can be moved."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from bot.cli.ground import Config, data_of, refuse, refuse_port, say, settings_of, start_logs
from bot.sandbox import run as stage
from bot.sandbox import year
from bot.sandbox.scenario import SCENARIOS, YEAR
from bot.sandbox.story import Scene
from bot.settings import Settings
from bot.talk import HANDLERS
from workflow.workdays import SHANGHAI

START: Final = "2026-03-02T08:00"
JANUARY: Final = "2026-01-05T08:00"


def add_to(app: typer.Typer) -> None:
    """Put the command into the program."""
    app.command()(sandbox)


def sandbox(
    port: Annotated[
        int,
        typer.Option(help="Where the page opens, on 127.0.0.1; 0 takes any free port.", min=0, max=65535),
    ] = 8765,
    data: Annotated[Path, typer.Option(help="The folder it remembers everything in.")] = Path("sandbox-data"),
    scenario: Annotated[
        str, typer.Option(help="demo: three topics wait; empty: none; year: a whole year is played.")
    ] = "demo",
    start: Annotated[
        str,
        typer.Option(help="When its clock starts, Asia/Shanghai; else in March, a year in January."),
    ] = "",
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page by itself.")] = True,
    config: Config = None,
) -> None:
    """Play every seat in a browser page: no account, no token, no network. Its clock can be moved."""
    settings = settings_of(config)
    if settings.telegram.token.get_secret_value():
        refuse("process.cli.real_token", settings)
    if scenario not in SCENARIOS:
        raise typer.BadParameter(f"one of: {', '.join(SCENARIOS)}", param_hint="--scenario")
    begins = start or (JANUARY if scenario == YEAR else START)
    wish = stage.Wish(data, _moment(settings, begins), port, scenario)
    start_logs(settings)

    def opened(url: str) -> None:
        typer.echo(say("process.cli.sandbox_open", settings, url=url, data=data))
        if browser:
            stage.open_page(url)

    def heard(no: int, scene: Scene) -> None:
        count = len(year.YEAR)
        told = {"no": no + 1, "count": count, "at": scene.at, "title": scene.title}
        typer.echo(say("process.cli.scene" if no < count else "process.cli.last_scene", settings, **told))

    with data_of(stage.in_sandbox(settings, data)):
        try:
            asyncio.run(stage.run(_spoken(settings, scenario), wish, HANDLERS, opened, heard))
        except OSError as problem:
            refuse_port(settings, problem, port)


def _spoken(settings: Settings, scenario: str) -> Settings:
    """The settings it is played with: the people of the year write Chinese, whatever its operator reads."""
    return settings.model_copy(update={"language": "zh"}) if scenario == YEAR else settings


def _moment(settings: Settings, start: str) -> datetime:
    try:
        moment = datetime.fromisoformat(start)
    except ValueError:
        refuse("process.cli.bad_start", settings, start=start)
    return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)
