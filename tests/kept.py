"""What many tests begin with, built once per process and put back for each.

Building a network saves some thirty pages through Wagtail; putting its rows back takes a twentieth
of that. What is kept is the content of the tables that building changed, and the objects it gave.
"""

import pickle
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model
from wagtail.models import Collection, Locale, Page

T = TypeVar("T")
BATCH = 50  # rows of one statement

Rows = list[tuple]
Table = tuple[tuple[str, ...], Rows]  # the names of its columns, and its rows


@dataclass(frozen=True)
class Kept:
    """The tables as they were after building, how many rows each had before, and what building
    gave."""

    ground: tuple
    tables: dict[str, Table]
    counts: dict[str, int]
    gave: bytes


_kept: dict[str, Kept] = {}


def kept(name: str, build: Callable[[], T], *, without: Iterable[type[Model]]) -> T:
    """What `build` gives, with all the rows it makes; built the first time, and again when what
    was there before it has other keys (a test that commits empties the whole database).

    Only where nothing else is: when there is one of `without` already, or another row in a table
    that building changes, it is built anew beside it.
    """
    if any(model._base_manager.exists() for model in without):
        return build()
    ground = _ground()
    found = _kept.get(name)
    if found is not None and found.ground == ground:
        if _counts(found.counts) != found.counts:
            return build()
        _put_back(found)
        return pickle.loads(found.gave)
    before = _read()
    gave = build()
    after = _read()
    changed = {table: rows for table, rows in after.items() if before[table] != rows}
    counts = {table: len(before[table][1]) for table in changed}
    _kept[name] = Kept(ground, changed, counts, pickle.dumps(gave))
    return gave


def _counts(tables: Iterable[str]) -> dict[str, int]:
    quote = connection.ops.quote_name
    each = [f"(SELECT COUNT(*) FROM {quote(table)})" for table in tables]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(each)}")
        return dict(zip(tables, cursor.fetchone(), strict=True))


def _ground() -> tuple:
    """The keys that the rows kept point at."""
    return tuple(
        tuple(rows.order_by("pk").values_list("pk", flat=True))
        for rows in (
            ContentType.objects.all(),
            Locale.objects.all(),
            Page.objects.filter(depth=1),
            Collection.objects.filter(depth=1),
        )
    )


def _models() -> dict[str, type]:
    """By table; not the full text of SQLite's search, which the triggers of its entries write."""
    models = apps.get_models(include_auto_created=True)
    tables = {model._meta.db_table: model for model in models}
    return {table: model for table, model in tables.items() if not table.endswith("_fts")}


def _read() -> dict[str, Table]:
    tables = {}
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in sorted(_models().keys() & there):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = tuple(column[0] for column in cursor.description)
            tables[table] = columns, sorted(cursor.fetchall(), key=repr)
    return tables


@transaction.atomic
def _put_back(found: Kept) -> None:
    quote = connection.ops.quote_name
    models = _models()
    with connection.cursor() as cursor:
        for table in found.tables:
            cursor.execute(f"DELETE FROM {quote(table)}")
        for table, (columns, rows) in found.tables.items():
            names = ", ".join(map(quote, columns))
            line = f"({', '.join(['%s'] * len(columns))})"
            for start in range(0, len(rows), BATCH):
                some = rows[start : start + BATCH]
                cursor.execute(
                    f"INSERT INTO {quote(table)} ({names}) VALUES {', '.join([line] * len(some))}",
                    [value for row in some for value in row],
                )
        resets = connection.ops.sequence_reset_sql(
            no_style(), [models[table] for table in found.tables]
        )
        if resets:
            cursor.execute("; ".join(resets))
