"""Taking the steps that a database lacks: Alembic's part, loaded only when there are any."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.engine import Connection


def to_the_top(connection: Connection, steps: Path) -> None:
    """Every step in `steps` that was not taken yet, within the connection's transaction."""
    config = Config()
    config.set_main_option("script_location", str(steps).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
