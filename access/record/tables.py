"""The tables of the record of access, and the triggers that let nothing in them be altered, and nothing go but what retention removes."""

from __future__ import annotations

from sqlalchemy import Column, Connection, Index, Integer, MetaData, Table, Text, inspect, text

METADATA = MetaData()
ENTRY = Table(
    "access_entry",
    METADATA,
    Column("position", Integer, primary_key=True, autoincrement=False),
    *(
        Column(name, Text, nullable=False)
        for name in ("at", "identity", "place", "session", "kind", "subject", "choices", "night")
    ),
    Column("as_at", Text),
    Column("children", Integer, nullable=False),
    *(Column(name, Text, nullable=False) for name in ("list_hash", "sha256")),
    Column("removed_to", Integer),
    *(Column(name, Text, nullable=False) for name in ("previous", "hash")),
)
# Each list of children once, however often it was shown.
LIST = Table(
    "access_list",
    METADATA,
    Column("list_hash", Text, primary_key=True),
    Column("child_id", Text, primary_key=True),
)
Index("access_entry_list", ENTRY.c.list_hash)
Index("access_entry_identity", ENTRY.c.identity, ENTRY.c.kind)
Index("access_entry_kind", ENTRY.c.kind, ENTRY.c.position)  # every page asks whether its reader was signed out
Index("access_list_child", LIST.c.child_id)

KEPT = "the record of access is kept for good"
MAY_GO = {
    "access_entry": "exists (select 1 from access_entry where removed_to >= old.position)",
    "access_list": "not exists (select 1 from access_entry where list_hash = old.list_hash)",
}
LOCK_NUMBER = 7365_2027  # any number that nothing else in the database uses for its own lock


def make(connection: Connection) -> None:
    """Make the tables where they are not there yet."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("select pg_advisory_xact_lock(:number)"), {"number": LOCK_NUMBER})
    if inspect(connection).has_table(ENTRY.name):
        return
    METADATA.create_all(connection)
    for name, may_go in MAY_GO.items():
        (_sqlite if connection.dialect.name == "sqlite" else _postgresql)(connection, name, may_go)


def _sqlite(connection: Connection, name: str, may_go: str) -> None:
    raised = f"begin select raise(abort, '{KEPT}'); end"
    connection.execute(text(f"create trigger {name}_update before update on {name} {raised}"))
    connection.execute(text(f"create trigger {name}_delete before delete on {name} when not ({may_go}) {raised}"))


def _postgresql(connection: Connection, name: str, may_go: str) -> None:
    raised = f"raise exception '{KEPT}'; return null;"
    connection.execute(
        text(f"create or replace function {name}_kept() returns trigger language plpgsql as $$ begin {raised} end $$")
    )
    connection.execute(
        text(
            f"create or replace function {name}_goes() returns trigger language plpgsql as "
            f"$$ begin if {may_go} then return old; end if; {raised} end $$"
        )
    )
    connection.execute(
        text(
            f"create trigger {name}_update before update or truncate on {name} for each statement execute function {name}_kept()"
        )
    )
    connection.execute(text(f"create trigger {name}_delete before delete on {name} for each row execute function {name}_goes()"))
