"""Where the database with the extracts is, as ``settings.toml`` says it: never with a password."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

# In "user:password@server", where a password may hold any sign of an address, and among the options of an ODBC connection.
PASSWORDS = (
    re.compile(r"^[a-z+0-9]+://[^:]*:.*@", re.IGNORECASE | re.DOTALL),
    re.compile(r"(password|pwd)\s*(=|%3d)", re.IGNORECASE),
)
SERVERS = ("postgresql", "mssql", "oracle")
NO_PASSWORD = (
    "database.url has a password, and settings.toml is no place for one; take it out, and name an environment variable "
    "(database.password_variable) or a file outside the store (database.password_file) that holds it. An @ in the account is written %40."
)


@dataclass(frozen=True)
class DatabaseAddress:
    """``url``: server, database and account, or "" for no database. ``schema`` and ``prefix``: where the tables are, and what stands before
    the name of each. ``password_variable`` or ``password_file``: what holds the password, or "" where the server needs none."""

    url: str = ""
    schema: str = ""
    prefix: str = ""
    password_variable: str = ""
    password_file: str = ""


KEYS = tuple(field.name for field in fields(DatabaseAddress))


def shown(part: object) -> str:
    """A server or database of an address, to be shown: what stands before an @ may be the end of a password."""
    return str(part or "").rpartition("@")[2]


def fault_in(given: dict) -> tuple[str, str] | None:
    """The first key at fault of ``database`` in settings, and what to do, in a sentence that holds no password; None when all is well."""
    for key, value in given.items():
        if not isinstance(value, str):
            return key, f"database.{key} is not a text; give a text in quotes."
    url = given.get("url", "").strip()
    if any(password.search(url) for password in PASSWORDS):
        return "url", NO_PASSWORD
    if url and re.split(r"[+:]", url.lower())[0] not in SERVERS:
        return "url", (
            'database.url does not start with "postgresql://", "mssql://" or "oracle://"; write it as "postgresql://account@server/database".'
        )
    if not url and (others := [key for key in given if given[key].strip()]):
        return others[0], f"database.{others[0]} has no effect without database.url; give the address, or leave it out."
    if given.get("password_variable") and given.get("password_file"):
        return "password_file", "database.password_variable and database.password_file are both given; leave one of the two."
    return None
