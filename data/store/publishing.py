"""From a building folder to a published night, so that a kill or a full disk at any moment leaves the last good night shown.

Fill ``store/building/<name>.<pid>`` -> check -> hash -> write the manifest -> flush every file and folder -> put the night's restrictions
in the store -> rename the folder into ``nights`` -> switch the pointer -> flush. Until the pointer is switched no reader sees anything
of it but its restrictions, which hold beside those of the night that is shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from data.night import durable, pointer
from data.night.night import DATABASE, MANIFEST, TABLES, Night, StoreError, files_in, first_line, known_faults, night_in, seal
from data.restrictions import restrictions, restrictions_file

NIGHTS = restrictions_file.NIGHTS
BUILDING = "building"
NEVER = "1000TB"
# A night of all England fits into it, with every policy. DuckDB would take four fifths of the machine, although what does not fit into less
# costs hardly any time beside it on the disk.
MEMORY = "3GB"
# DuckDB writes, and reads, a group of rows on one core. By its own measure (122,880) every table of a county would be one group.
ROWS_IN_A_GROUP = 30_720
OURS = ("name", "as_at", "published_at", "sequence", "extracts_hash", restrictions_file.SEAL, "files", "seal")


class Building:
    """A night being built. Fill ``database`` (``connect``) and ``tables``, close every connection, then ``publish``."""

    def __init__(self, store: Path, folder: Path, name: str, as_at: date, sequence: int, extracts_hash: str) -> None:
        self.store = store
        self.folder = folder
        self.name = name
        self.as_at = as_at
        self.sequence = sequence
        self.extracts_hash = extracts_hash

    @property
    def database(self) -> Path:
        return self.folder / DATABASE

    @property
    def tables(self) -> Path:
        return self.folder / TABLES

    @contextmanager
    def connect(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection whose tables go to ``database``, written once, by the caller's ``checkpoint`` at the end.

        A night that is not finished is thrown away, so nothing is logged for its recovery; what does not fit in memory is
        spilled beside it. A cursor of this connection must itself ``use`` its current database.
        """
        temporary = f"{self.database}.tmp"
        with duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": temporary, "checkpoint_threshold": NEVER}) as con:
            how = f"recovery_mode no_wal_writes, row_group_size {ROWS_IN_A_GROUP}"
            con.execute(f"attach $path as tracker ({how})", {"path": str(self.database)})
            con.execute("use tracker")
            yield con

    def write_tables(self, con: duckdb.DuckDBPyConnection, names: Iterable[str]) -> None:
        """Copy tables of the building database (our own names, never input) to ``tables/<name>.parquet``."""
        for name in names:
            path = str(self.tables / f"{name}.parquet").replace("'", "''")
            con.execute(f"copy {name} to '{path}' (format parquet, compression snappy, parquet_version v2)")

    def publish(self, manifest: dict, withheld: str | None = None) -> Night:
        """Make the folder a night and show it. ``manifest`` is what the load has to tell, as JSON allows (dates become ISO text).

        ``withheld`` says why every name stays withheld although there is a new night (see ``restrictions.still_unknown``).

        Raises StoreError when a file is missing, the database is not closed, or the disk refuses; the message names the
        night that is shown.
        """
        try:
            seal_of_restrictions = self._write_restrictions(self._check(manifest), withheld)
            self._write_manifest(manifest | {restrictions_file.SEAL: seal_of_restrictions})
            self._go_live(seal_of_restrictions)
        except OSError as error:
            raise self.failed(error) from error
        night = night_in(self.store / NIGHTS / self.name)
        if night is None:
            raise StoreError(f"The night {self.name} was published, and cannot be read now.")
        return night

    def failed(self, error: Exception) -> StoreError:
        """The sentence for an error of the disk while this night was built or published."""
        shown = pointer.current_name(self.store)
        rest = f"The data load shown is {shown}." if shown else "No data load has been shown yet."
        return StoreError(f"The data load {self.name} could not be published: {first_line(error)} {rest}")

    def _check(self, manifest: dict) -> list[tuple]:
        """The night's restrictions, if it is one that may be published."""
        own = {"as_at": self.as_at.isoformat(), "extracts_hash": self.extracts_hash}
        taken = [key for key in OURS if key in manifest and str(manifest[key]) != own.get(key)]
        if taken:
            raise StoreError(f"The manifest's {', '.join(taken)} is the store's own; give it another name.")
        if not self.database.is_file():
            raise StoreError(f"The data load {self.name} has no {DATABASE}.")
        if not any(self.tables.glob("*.parquet")):
            raise StoreError(f"The data load {self.name} has no {TABLES}/*.parquet.")
        left_over = [name for name in files_in(self.folder) if name.endswith((".wal", ".tmp"))]
        if left_over:
            raise StoreError(f"The data load {self.name} still has {left_over[0]}: checkpoint and close its database first.")
        try:
            with duckdb.connect(str(self.database), read_only=True) as con:
                return con.execute(restrictions.ROWS).fetchall()
        except duckdb.Error as error:
            raise StoreError(
                f"The data load {self.name} has a database that does not open, or that lacks {restrictions.TABLE}: {first_line(error)}"
            ) from error

    def _write_restrictions(self, rows: list[tuple], withheld: str | None) -> str:
        before = restrictions.rows_in_force(restrictions_file.in_force(self.store))
        return restrictions_file.write(self.folder / restrictions_file.FILE, self.store, self.name, rows, before, withheld)

    def _write_manifest(self, manifest: dict) -> None:
        files = {}
        for name, path in files_in(self.folder).items():
            durable.restrict(path)
            durable.flush_file(path)
            files[name] = {"sha256": durable.sha256(path), "bytes": path.stat().st_size}
        content = {
            "name": self.name,
            "as_at": self.as_at,
            "published_at": datetime.now(UTC),
            "sequence": self.sequence,
            "extracts_hash": self.extracts_hash,
            **manifest,
            "files": files,
        }
        content = json.loads(json.dumps(content, default=_iso, allow_nan=False))
        content["seal"] = seal(content)
        durable.write_new(self.folder / MANIFEST, json.dumps(content, indent=1, ensure_ascii=False) + "\n")
        for folder in (path for path in self.folder.rglob("*") if path.is_dir()):
            durable.restrict(folder)
            durable.flush_folder(folder)
        durable.flush_folder(self.folder)

    def _go_live(self, seal_of_restrictions: str) -> None:
        before = pointer.read(self.store)
        night = self.store / NIGHTS / self.name
        # Before anything of the night can be seen; they stay, and hold beside those of the night shown, if the rest fails.
        restrictions_file.put(self.store, self.folder / restrictions_file.FILE)
        durable.replace(self.folder, night)
        try:
            durable.flush_folder(night.parent)
            pointer.point_at(self.store, pointer.Pointer(self.name, seal_of_restrictions))
        except OSError:
            # The pointer may be switched and only its last flush have failed: go back to what was shown before.
            if pointer.current_name(self.store) == self.name:
                pointer.point_at(self.store, before)
            durable.replace(night, self.folder)
            raise


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a manifest cannot hold {value!r}")


def tidy(store: Path) -> None:
    """Put right what a killed load or prune left behind. Only under the lock, so that whatever is found is nobody's.

    * Folders in ``building`` and half-written pointers are removed.
    * A night that was renamed into ``nights`` but never shown, its load having been killed just before the switch, was checked
      and flushed before the rename, so its publication is finished: the newest such night is shown. One that fails its hashes
      is removed. So the same extracts are recognised by the next load and nothing is done twice.
    * A missing or unreadable pointer is written again, at the newest sound night.
    * Restrictions that are lost, and that the newest night can prove, are put back.
    """
    small = (pointer.CURRENT, pointer.ROLLED_BACK_FROM, restrictions_file.FILE)
    half_written = [path for name in small for path in store.glob(f".{name}.*")]
    for stray in (*(store / BUILDING).iterdir(), *half_written):
        durable.remove(stray)
    restrictions_file.mend(store)
    shown = pointer.last_shown(store)
    for night in published(store, None):
        if shown is not None and night.sequence <= shown:
            return
        if not known_faults(night):
            pointer.point_at(store, pointing_at(store, night))
            return
        if shown is not None:
            discard(store, night.folder)


def pointing_at(store: Path, night: Night) -> pointer.Pointer:
    """The pointer at a night that was published before, with the seal of the newest restrictions, as far as it is known."""
    now, named = restrictions_file.in_force(store), pointer.read(store)
    if now.kept and not now.withheld:
        return pointer.Pointer(night.name, now.kept.seal)
    return pointer.Pointer(night.name, named.seal if named and named.seal else night.manifest.get(restrictions_file.SEAL))


def published(store: Path, shown: int | None) -> list[Night]:
    """The nights up to the sequence ``shown`` (None: all), newest first."""
    folders = (store / NIGHTS).iterdir() if (store / NIGHTS).is_dir() else ()
    nights = [night for folder in folders if (night := night_in(folder)) and (shown is None or night.sequence <= shown)]
    return sorted(nights, key=lambda night: night.sequence, reverse=True)


def discard(store: Path, folder: Path) -> None:
    """Remove a night's folder so that no moment shows half of it: out of ``nights`` in one step, then gone."""
    going = store / BUILDING / f"{folder.name}.removed"
    durable.replace(folder, going)
    durable.flush_folder(folder.parent)
    durable.remove(going)
