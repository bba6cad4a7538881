"""`column IN (a list)` as one statement whatever the list's length, so that it can be prepared.

The list travels as one value: JSON on SQLite, an array on PostgreSQL.
"""

from typing import Any

from sqlalchemy import ARRAY, JSON, BigInteger, ColumnElement, String, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType

_NUMBERS = JSON().with_variant(ARRAY(BigInteger()), "postgresql")
_WORDS = JSON().with_variant(ARRAY(String()), "postgresql")


class among(FunctionElement[bool]):
    """Whether a column's value is in the list bound as `name`.

    It has no type: of a boolean SQLAlchemy asks SQLite whether it `= 1`, and no index serves that.
    """

    type = NullType()  # type: ignore[assignment]
    inherit_cache = True

    def __init__(self, column: ColumnElement[Any], name: str) -> None:
        kind = _WORDS if isinstance(column.type, String) else _NUMBERS
        super().__init__(column, bindparam(name, type_=kind))


@compiles(among)
def _array(element: among, compiler: SQLCompiler, **kw: Any) -> str:
    column, values = (compiler.process(part, **kw) for part in element.clauses)
    return f"({column} = ANY ({values}))"


@compiles(among, "sqlite")
def _json(element: among, compiler: SQLCompiler, **kw: Any) -> str:
    column, values = (compiler.process(part, **kw) for part in element.clauses)
    return f"({column} IN (SELECT value FROM json_each({values})))"  # noqa: S608
