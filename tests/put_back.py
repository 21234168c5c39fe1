"""A worker's database put back as it was cloned, after a test that committed.

Cloning it anew copies a thousand files each time. So its rows are deleted instead: past triggers and
foreign keys, by the superuser. What migrations wrote and the shape of every table are compared with
what they were, and when either differs the database is cloned anew after all.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from safeguarding.embedded import Cluster

MANY = 200  # rows; so many leave a table that is slow to read until it is tidied
PATIENCE = 5  # seconds for what a test left connected to go
TABLES = """SELECT quote_ident(relname) FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1"""
SHAPE = """SELECT md5(string_agg(line, '|' ORDER BY line)) FROM (
    SELECT concat_ws(' ', relname, relkind, relacl, relrowsecurity, relforcerowsecurity, reloptions) AS line
        FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', attrelid::regclass, attname, atttypid, atttypmod, attnotnull, attacl)
        FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
    UNION ALL SELECT concat_ws(' ', conrelid::regclass, conname, convalidated) FROM pg_constraint
    UNION ALL SELECT concat_ws(' ', tgrelid::regclass, tgname, tgenabled) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT concat_ws(' ', polrelid::regclass, polname, polcmd, polroles) FROM pg_policy
    UNION ALL SELECT concat_ws(' ', proname, md5(prosrc), proacl) FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace
) AS lines"""
SEQUENCES = """SELECT quote_ident(sequencename), coalesce(last_value, start_value), last_value IS NOT NULL
    FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1"""
OTHERS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""


@dataclass(frozen=True)
class Found:
    """A database as it was when it was cloned."""

    shape: str
    written: dict[str, str]  # what stands in each table that migrations filled
    sequences: tuple[tuple[str, int, bool], ...]


def look(cluster: Cluster, name: str) -> Found:
    connection = cluster.connect(database=name)
    with connection.cursor() as cursor:
        written = {table: _rows_of(cursor, table) for table in _filled(cursor)}
        found = Found(_one(cursor, SHAPE), written, tuple(_all(cursor, SEQUENCES)))
    connection.close()
    return found


def put_back(cluster: Cluster, name: str, found: Found) -> bool:
    """False when more than rows has changed: then it must be cloned anew."""
    connection = cluster.connect(database=name)
    with connection.cursor() as cursor:
        done = _is_alone(cursor) and _is_whole(cursor, found)
        if done:
            _empty(cursor, found)
    connection.close()
    return done


def _is_alone(cursor: Any) -> bool:
    until = time.monotonic() + PATIENCE
    while _all(cursor, OTHERS):
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True


def _is_whole(cursor: Any, found: Found) -> bool:
    return _one(cursor, SHAPE) == found.shape and all(
        _rows_of(cursor, table) == rows for table, rows in found.written.items()
    )


def _empty(cursor: Any, found: Found) -> None:
    cursor.execute("SET session_replication_role = replica")
    for table in _filled(cursor):
        if table not in found.written:
            cursor.execute(f"DELETE FROM {table}")
            if cursor.rowcount > MANY:
                cursor.execute(f"VACUUM {table}")
    moved = set(_all(cursor, SEQUENCES)) - set(found.sequences)
    for sequence, value, called in found.sequences:
        if any(name == sequence for name, _value, _called in moved):
            cursor.execute("SELECT setval(%s, %s, %s)", [sequence, value, called])


def _filled(cursor: Any) -> list[str]:
    tables = [table for (table,) in _all(cursor, TABLES)]
    return [
        t for (t,) in _all(cursor, " UNION ALL ".join(map("(SELECT '{0}' FROM {0} LIMIT 1)".format, tables)))
    ]


def _rows_of(cursor: Any, table: str) -> str:
    return _one(cursor, f"SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t")


def _one(cursor: Any, query: str) -> str:
    return str(_all(cursor, query)[0][0])


def _all(cursor: Any, query: str) -> list[tuple[Any, ...]]:
    cursor.execute(query)
    rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
