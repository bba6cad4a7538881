"""Looking after the house: the settings checked, the schema brought up to date."""

import typer

from bot.cli.ground import Config, data_of, say, settings_of
from storage import migrate


def add_to(app: typer.Typer) -> None:
    """Put the commands into the program."""
    app.command()(check)
    app.command("migrate")(migrate_)


def check(config: Config = None) -> None:
    """Check the settings and say everything that is wrong with them at once. Starts nothing."""
    settings = settings_of(config)
    steps = len(settings.new_ladder().steps)
    typer.echo(say("process.cli.settings_fine", settings, data=settings.data, steps=steps))


def migrate_(config: Config = None) -> None:
    """Bring the database to this version's schema; a newer one is left alone."""
    settings = settings_of(config)
    with data_of(settings):
        revision = migrate.upgrade(settings.database_url())
        typer.echo(say("process.cli.migrated", settings, revision=revision))
