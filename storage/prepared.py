"""Statements prepared once: our hot path asks the same few hundred questions all day.

SQLAlchemy writes each statement and knows how values go in and rows come out; we keep what it wrote, so that
from its third run on a statement goes straight to the driver. What is built for one call only, or cannot be
kept, takes SQLAlchemy's own way.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any, Final, TypeAlias
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Dialect, Executable, Insert, exc
from sqlalchemy.engine import Connection
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.selectable import ReturnsRows

Values: TypeAlias = Mapping[str, Any]
Bound: TypeAlias = Values | list[Any] | tuple[Any, ...] | None
Row: TypeAlias = Any
"""A tuple that also knows its columns' names."""
Change: TypeAlias = Callable[[Any], Any]


class Rows:
    """What a statement gave, all of it. `rowcount` is how many rows it changed."""

    __slots__ = ("_rows", "rowcount")

    def __init__(self, rows: list[Row], rowcount: int) -> None:
        self._rows = rows
        self.rowcount = rowcount

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def all(self) -> list[Row]:
        """Every row, in order."""
        return self._rows

    def first(self) -> Row | None:
        """The first row, if there is one."""
        return self._rows[0] if self._rows else None

    def one_or_none(self) -> Row | None:
        """The only row, or None. Raises MultipleResultsFound."""
        if len(self._rows) > 1:
            raise exc.MultipleResultsFound("more than one row")
        return self.first()

    def one(self) -> Row:
        """The only row. Raises NoResultFound, MultipleResultsFound."""
        row = self.one_or_none()
        if row is None:
            raise exc.NoResultFound("no row")
        return row

    def scalar(self) -> Any:
        """The first row's first value, or None."""
        return self._rows[0][0] if self._rows else None

    def scalar_one(self) -> Any:
        """The only row's first value. Raises NoResultFound, MultipleResultsFound."""
        return self.one()[0]

    def scalars(self) -> list[Any]:
        """The first value of every row."""
        return [row[0] for row in self._rows]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A statement as the driver takes it. `fixed` holds what the statement itself binds, ready to go in."""

    sql: str
    fixed: Mapping[str, Any]
    going_in: Sequence[tuple[str, Change]]
    arrange: Callable[[Mapping[str, Any]], Any]
    shape: Callable[[Iterable[Any]], Row]
    coming_out: Sequence[tuple[int, Change]]

    def bind(self, values: Values) -> Any:
        """The values as the driver takes them. Raises KeyError when one is missing."""
        bound = {**self.fixed, **values}
        for name, change in self.going_in:
            bound[name] = change(bound[name])
        return self.arrange(bound)

    def read(self, rows: Iterable[Sequence[Any]]) -> list[Row]:
        """The driver's rows in our types."""
        if not self.coming_out:
            return [*map(self.shape, rows)]
        told = []
        for row in rows:
            values = [*row]
            for place, change in self.coming_out:
                values[place] = change(values[place])
            told.append(self.shape(values))
        return told


_Met: TypeAlias = dict[tuple[str, tuple[str, ...]], Prepared | None]
_prepared: Final[WeakKeyDictionary[Executable, _Met]] = WeakKeyDictionary()


def execute(connection: Connection, statement: Executable, bound: Bound = None) -> Rows:
    """Run a statement with its values, or once for each of a list of values: of none, not at all.

    Raises SQLAlchemy's DBAPIError, without the values: they may be people's words. PostgreSQL quotes some of
    them in its own, so what it says is never shown; its kind is.
    """
    if bound == []:
        return Rows([], 0)
    ready = _ready(connection.dialect, statement, bound)
    if ready is None:
        return _usual(connection, statement, bound)
    try:
        values = [*map(ready.bind, bound)] if isinstance(bound, list | tuple) else ready.bind(bound or {})
    except (KeyError, ValueError, TypeError) as problem:
        raise exc.StatementError(str(problem), ready.sql, None, problem) from problem
    return _run(connection, ready, values, many=isinstance(bound, list | tuple))


def _run(connection: Connection, ready: Prepared, bound: Any, *, many: bool) -> Rows:
    driver = connection.connection.dbapi_connection
    assert driver is not None, "the connection is open"
    try:
        with closing(driver.cursor()) as cursor:
            (cursor.executemany if many else cursor.execute)(ready.sql, bound)
            rows = cursor.fetchall() if cursor.description and not many else []
            return Rows(ready.read(rows), cursor.rowcount)
    except connection.dialect.loaded_dbapi.Error as problem:
        raise _told(connection, ready.sql, problem) from problem


def _told(connection: Connection, sql: str, problem: Any) -> BaseException:
    """The driver's failure as SQLAlchemy tells it; a connection that broke is given up."""
    dialect = connection.dialect
    broke = dialect.is_disconnect(problem, connection.connection.dbapi_connection, None)
    if broke:
        connection.invalidate(problem)
    told: BaseException = exc.DBAPIError.instance(
        sql,
        None,
        problem,
        dialect.loaded_dbapi.Error,
        hide_parameters=True,
        connection_invalidated=broke,
        dialect=dialect,
    )
    return told


def _usual(connection: Connection, statement: Executable, bound: Bound) -> Rows:
    result = connection.execute(statement, bound)
    if not result.returns_rows:
        return Rows([], result.rowcount)
    shape = _shape(tuple(result.keys()))
    return Rows([*map(shape, result)], result.rowcount)


def _ready(dialect: Dialect, statement: Executable, bound: Bound) -> Prepared | None:
    """The statement prepared; None the first time it is met, since it may never be met again."""
    met = _prepared.get(statement)
    if met is None:
        _prepared[statement] = {}
        return None
    columns = _columns(statement, bound) if isinstance(statement, Insert) else ()
    key = (dialect.name, columns)
    try:
        return met[key]
    except KeyError:
        return met.setdefault(key, _prepare(dialect, statement, columns))


def _columns(statement: Insert, bound: Bound) -> tuple[str, ...]:
    """An insert's columns are those it is given values for, besides those it names itself."""
    one = bound[0] if isinstance(bound, list | tuple) else bound or {}
    return tuple(name for name in one if name in statement.table.columns)


def _prepare(dialect: Dialect, statement: Any, columns: Sequence[str]) -> Prepared | None:
    compiled = statement.compile(dialect=dialect, column_keys=columns or None, for_executemany=True)
    if compiled.post_compile_params:
        return None  # written anew for each list of values
    changes = {
        name: change
        for name, bind in compiled.binds.items()
        if (change := bind.type.dialect_impl(dialect).bind_processor(dialect))
    }
    fixed = {name: bind.value for name, bind in compiled.binds.items() if not bind.required}
    fixed |= _defaults(compiled)
    given_by_nobody = {name for name, bind in compiled.binds.items() if bind.unique}
    fixed |= {name: changes[name](fixed[name]) for name in changes.keys() & given_by_nobody}
    given = dict(statement.exported_columns) if isinstance(statement, ReturnsRows) else {}
    return Prepared(
        str(compiled),
        fixed,
        [(name, change) for name, change in changes.items() if name not in given_by_nobody],
        _arranged(compiled),
        _shape(tuple(given)),
        _coming_out(dialect, given.values()),
    )


def _arranged(compiled: SQLCompiler) -> Callable[[Mapping[str, Any]], Any]:
    """How the driver wants its values: in their order, or by their names."""
    if not compiled.positional:
        return dict
    names = compiled.positiontup or ()
    return itemgetter(*names) if len(names) > 1 else lambda bound: [bound[name] for name in names]


def _defaults(compiled: SQLCompiler) -> dict[str, Any]:
    """What an insert adds by itself: our tables know plain values only."""
    columns: list[Any] = [*compiled.insert_prefetch]
    return {column.key: column.default.arg for column in columns}


def _coming_out(dialect: Dialect, columns: Iterable[ColumnElement[Any]]) -> Sequence[tuple[int, Change]]:
    found = (
        (place, column.type.dialect_impl(dialect).result_processor(dialect, None))
        for place, column in enumerate(columns)
    )
    return [(place, change) for place, change in found if change]


@cache
def _shape(names: tuple[str, ...]) -> Callable[[Iterable[Any]], Row]:
    row: Any = namedtuple("Row", names, rename=True)  # type: ignore[misc]
    shape: Callable[[Iterable[Any]], Row] = row._make
    return shape
