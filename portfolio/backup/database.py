"""Database dumps: SQLite by its backup API, PostgreSQL by its client programs."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from portfolio.backup.errors import BackupError


def dump_database(target: Path) -> None:
    """Write a consistent copy of the whole database to a new file ``target``. Others go on writing.

    Raises `BackupError`.
    """
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy)
        return
    run_postgres_tool(
        "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}", database_name()
    )


def restore_database(source: Path) -> None:
    """Put the database of the dump in the place of the present one, all or nothing. Raises `BackupError`."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        try:
            with closing(sqlite3.connect(source)) as copy:
                copy.backup(connection.connection)
        except sqlite3.Error as error:
            raise BackupError(f"The database cannot be restored: {error}") from error
    else:
        connection.close()
        with tempfile.TemporaryDirectory(prefix="restore-") as scratch:
            script = Path(scratch) / "database.sql"
            run_postgres_tool("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(source))
            # The whole schema goes, with tables that the backup's release did not have yet, or all stays.
            options = ("--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1")
            commands = ("--command=DROP SCHEMA public CASCADE", "--command=CREATE SCHEMA public")
            run_postgres_tool("psql", *options, *commands, f"--file={script}", f"--dbname={database_name()}")
    connection.close()


def row_counts() -> dict[str, int]:
    """Number of rows by table, for every table of the database."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        counts = {}
        for table in tables:
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 - a table's name
            counts[table] = cursor.fetchone()[0]
    return counts


def applied_migrations() -> list[str]:
    """ "app.name" of every migration that the database has."""
    loader = MigrationLoader(connection)
    return sorted(".".join(key) for key in loader.applied_migrations)


def unknown_migrations(names: list[str]) -> list[str]:
    """Those of the migrations that this release does not have: a newer one made them."""
    known = {".".join(key) for key in MigrationLoader(connection, ignore_no_migrations=True).disk_migrations}
    apps = {name.partition(".")[0] for name in known}
    return [name for name in names if name.partition(".")[0] in apps and name not in known]


def database_name() -> str:
    return str(connection.settings_dict["NAME"])


def run_postgres_tool(name: str, *arguments: str) -> None:
    """Run a client program of PostgreSQL on the database of the settings. No password is on its command line."""
    program = shutil.which(name)
    if program is None:
        raise BackupError(f"{name} is not installed. Install the client programs of PostgreSQL.")
    settings = connection.settings_dict
    variables = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    given = {variable: str(settings[key]) for variable, key in variables.items() if settings.get(key)}
    done = subprocess.run(  # noqa: S603 - our own arguments, no shell
        [program, *arguments], env={**os.environ, **given}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BackupError(f"{name} failed: {done.stderr.strip()[-2000:]}")
