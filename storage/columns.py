"""The few column types every table shares: moments, and short lists of values as JSON."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    TypeDecorator,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import TypeCompiler

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time: it would silently mean another instant."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime has no place in the store")
        utc = value.astimezone(UTC)
        return utc if dialect.name == "postgresql" else utc.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware UTC time."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Json(JSON):
    """A value as JSON; JSONB on PostgreSQL, whose own type for that would load its dialect everywhere."""


@compiles(Json, "postgresql")
def _jsonb(_type: Json, _compiler: TypeCompiler, **_: Any) -> str:
    return "JSONB"


Id = BigInteger().with_variant(Integer(), "sqlite")


def key() -> Column[int]:
    """A surrogate key."""
    return Column("id", Id, primary_key=True, autoincrement=True)


def to(
    target: str, name: str, *, null: bool = False, index: bool = False, primary: bool = False
) -> Column[Any]:
    """A reference to another table's key."""
    return Column(name, Id, ForeignKey(f"{target}.id"), nullable=null, index=index, primary_key=primary)
