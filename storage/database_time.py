"""The database's own clock: the one clock all processes share, however their machines' differ.

`clock_timestamp()` goes on within a transaction, so what it says is never older than the statement.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Float, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from storage.columns import Moment


class database_time(FunctionElement[datetime]):
    """The present moment by the database, or so many seconds later (earlier, where negative)."""

    type = Moment()
    inherit_cache = True

    def __init__(self, seconds: "float | ColumnElement[float]" = 0.0) -> None:
        super().__init__(literal(seconds, Float()) if isinstance(seconds, float) else seconds)


@compiles(database_time)
def _postgresql(element: database_time, compiler: SQLCompiler, **kw: Any) -> str:
    seconds = compiler.process(element.clauses, **kw)
    return f"clock_timestamp() + make_interval(secs => {seconds})"


@compiles(database_time, "sqlite")
def _sqlite(element: database_time, compiler: SQLCompiler, **kw: Any) -> str:
    seconds = compiler.process(element.clauses, **kw)
    return f"strftime('%Y-%m-%d %H:%M:%f000', 'now', {seconds} || ' seconds')"
