"""The store: a folder of published nights, one of which is shown.

settings.toml       the council's settings
current             the name of the night that is shown (rolled_back_from: see data/night/pointer.py)
restrictions.json   whose records are restricted as the newest night says, readable without it (see data/restrictions/restrictions_file.py)
lock                held by the one load, prune or roll-back that may run
nights/<name>/      the published nights (see data/night/night.py)
building/           where nights are built; nothing in it is ever shown
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from math import inf
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from data.night import durable, pointer
from data.night.night import Night, StoreError, faults, first_line, known_faults, night_in, night_name, open_night, sequence_in
from data.restrictions.restrictions_file import FILE, InForce, in_force
from data.settings import Settings, read_settings
from data.store.publishing import BUILDING, NIGHTS, Building, discard, pointing_at, published, tidy
from data.store.retention import nights_to_remove

__all__ = ["Building", "Night", "Store", "StoreBusy", "StoreError", "open_night"]

# A load may take so long from the last file of a night to the switch of the pointer.
SWITCHING = timedelta(minutes=1)


@dataclass(frozen=True)
class Look:
    """What one look at a store finds: the night to show, whose records are restricted, and the store's problems in sentences."""

    night: Night | None
    restrictions: InForce
    problems: tuple[str, ...]


class StoreBusy(StoreError):
    """Another process is loading, pruning or rolling back in this store."""


class Store:
    """The nights of one council. Reading never writes and needs no lock; safe to share between threads."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path).absolute()

    @cached_property
    def _lock(self) -> FileLock:
        """A lock that the system itself lets go when a process dies; on a disk that has none we say so rather than pretend.

        It is made when the store is first written, since making one costs more than most of what a page reads.
        """
        return FileLock(self.path / "lock", timeout=0, mode=0o600, fallback_to_soft=False)

    @property
    def settings(self) -> Settings:
        """The council's settings as they are now. Raises SettingsError."""
        return read_settings(self.path)

    def nights(self) -> list[Night]:
        """Every published night, newest first: those whose manifest is whole, in the order of publication."""
        return published(self.path, pointer.last_shown(self.path))

    def dated_nights(self) -> list[Night]:
        """As ``nights``, without those whose date was wrong and has been corrected since: what a date's load said, and when, is theirs to
        tell."""
        return _dated(self.nights(), pointer.current_name(self.path))

    def not_nights(self) -> list[str]:
        """Folders beside the nights that are no night (no manifest, or a damaged one): nothing reads or removes them."""
        folders = (self.path / NIGHTS).iterdir() if (self.path / NIGHTS).is_dir() else ()
        return sorted(folder.name for folder in folders if night_in(folder) is None)

    def current(self) -> Night | None:
        """The night to show, None before the first. Hashed once in a process and then only looked at, so call it on every rerun.

        Where the night that should be shown is damaged, the last good one before it; ``problems`` says so.
        """
        return self._look()[0]

    def shown(self) -> Night:
        """As ``current``, where there is a night already. Raises StoreError before the first."""
        night = self.current()
        if night is None:
            raise StoreError(f"There is no night in {self.path} that can be shown.")
        return night

    @property
    def problems(self) -> tuple[str, ...]:
        """Why names are withheld, or the night shown is not the one it should be, in sentences for a banner; empty when all is well."""
        return self.look().problems

    def look(self) -> Look:
        """``current``, ``restrictions`` and ``problems``, each file looked at once."""
        night, wrong = self._look()
        # Looked at after the night: a load writes its restrictions before it shows its night.
        now = self.restrictions()
        return Look(night, now, (*((now.withheld,) if now.withheld else ()), *wrong, *self._not_shown_yet(now)))

    def restrictions(self) -> InForce:
        """Whose records are restricted now, and whether that is known. Costs a stat a file, so call it on every rerun."""
        return in_force(self.path)

    def _not_shown_yet(self, now: InForce) -> tuple[str, ...]:
        """A night newer than any that was shown: its load was stopped, or the pointer is not the newest."""
        shown, kept = pointer.last_shown(self.path), now.kept
        folders = (self.path / NIGHTS).iterdir() if (self.path / NIGHTS).is_dir() else ()
        names = [*(folder.name for folder in folders), *((kept.night,) if kept else ())]
        newest = max(names, key=sequence_in, default=None)
        if shown is None or newest is None or sequence_in(newest) <= shown:
            return ()
        night = night_in(self.path / NIGHTS / newest)
        # That of a load that is just ending: what it wrote last is not a minute old.
        written = night.published_at if night else durable.written_at(self.path / FILE)
        if datetime.now(UTC) - written < SWITCHING:
            return ()
        why = "it was stopped, and its folder is missing" if night is None else "it was stopped"
        return (f"The data load {newest} is newer and is not shown: {why}, or the file {pointer.CURRENT} is an older one.",)

    def _look(self) -> tuple[Night | None, tuple[str, ...]]:
        name = pointer.current_name(self.path)
        pointed = night_in(self.path / NIGHTS / name) if name else None
        if pointed and not known_faults(pointed):
            return pointed, ()
        nights = self.nights()
        problems = []
        if name is None and (nights or (self.path / pointer.CURRENT).exists()):
            problems.append(f"The file {pointer.CURRENT}, which names the data load to show, is missing or damaged.")
        elif name and not pointed:
            problems.append(f"The data load {name} cannot be shown: its manifest.json is missing or damaged.")
        # The one that should be shown, then those before it, and only then any that somebody went back from, or with a wrong date.
        last, dated = sequence_in(name) if name else inf, _dated(nights, name)
        for night in sorted(nights, key=lambda night: (night.sequence != last, night not in dated, night.sequence > last)):
            damage = known_faults(night)
            if not damage:
                return night, (*problems, f"The data load shown is {night.name}.")
            problems.append(f"The data load {night.name} is damaged and cannot be shown: {'; '.join(damage)}.")
        return None, (*problems, "There is no undamaged data load to show.") if problems else ()

    def verify(self, night: Night) -> list[str]:
        """Every file of a night that has changed since it was published, by hashing all of them now; empty when all is well."""
        return faults(night)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the store for writing, putting right first what a killed process left (``publishing.tidy``).

        May be taken again inside itself. Raises StoreBusy at once when another holds it, StoreError when the disk refuses.
        """
        try:
            durable.make_folder(self.path)
            self._lock.acquire()
        except Timeout as error:
            raise StoreBusy(f"Another load is running in the store {self.path}; try again when it has finished.") from error
        except (OSError, NotImplementedError) as error:
            raise StoreError(f"The store {self.path} cannot be locked: {first_line(error)}") from error
        try:
            if self._lock.lock_counter == 1:
                self._prepare()
            yield
        finally:
            self._lock.release()

    def _prepare(self) -> None:
        try:
            durable.make_folder(self.path / NIGHTS)
            durable.make_folder(self.path / BUILDING)
            tidy(self.path)
        except OSError as error:
            raise StoreError(f"The store {self.path} cannot be written: {first_line(error)}") from error

    @contextmanager
    def build(self, as_at: date, extracts_hash: str) -> Iterator[Building]:
        """A folder to build a night in, under the lock. Whatever is not published when the block ends is removed.

        Raises StoreBusy, and StoreError when the disk refuses or memory does not suffice (DuckDB's own complaints too); other errors pass
        through.
        """
        with self.lock():
            # Folders whose manifest is damaged count too, and those that are gone: no name is ever used twice.
            names = [*(folder.name for folder in (self.path / NIGHTS).iterdir()), pointer.newest_named(self.path)]
            sequence = max(map(sequence_in, names)) + 1
            name = night_name(as_at, sequence, extracts_hash)
            folder = self.path / BUILDING / f"{name}.{os.getpid()}"
            building = Building(self.path, folder, name, as_at, sequence, extracts_hash)
            try:
                durable.make_folder(building.tables)
                yield building
            except (OSError, duckdb.IOException, duckdb.FatalException, duckdb.OutOfMemoryException) as error:
                raise building.failed(error) from error
            finally:
                # What cannot be removed now (the disk that just refused, or a file held open on Windows) goes with the next load.
                with suppress(OSError):
                    durable.remove(folder)

    def rollback(self, name: str) -> Night:
        """Show another published night, older or (forward again) newer. Raises StoreError for one not there or not sound."""
        with self.lock():
            nights = self.nights()
            night = next((night for night in nights if night.name == name), None)
            if night is None:
                raise StoreError(
                    f"There is no data load {name} in the store {self.path}; list them with: tracker.py nights --store {self.path}"
                )
            if damage := faults(night):
                raise StoreError(f"The data load {name} is damaged and cannot be shown: {'; '.join(damage)}.")
            try:
                pointer.roll_back(self.path, pointing_at(self.path, night), nights[0].name)
            except OSError as error:
                raise StoreError(f"The data load {name} could not be shown: {first_line(error)}") from error
            return night

    def prune(self, today: date, settings: Settings | None = None) -> list[str]:
        """Remove the nights that retention lets go (``retention.nights_to_remove``) and return their names, oldest first.

        ``today`` is the day to count from; ``settings`` are the store's own unless given. The night shown, the one that
        should be, and the newest always stay. Raises StoreBusy and StoreError.
        """
        with self.lock():
            nights = self.nights()
            shown = self.current()
            pointed = pointer.current_name(self.path)
            keep = {night.name for night in (shown, *nights[:1]) if night} | ({pointed} if pointed else set())
            dated = _dated(nights, pointed)
            going = nights_to_remove(
                nights, keep, settings or self.settings, today, lambda night: night in dated and not known_faults(night)
            )
            for night in going:
                try:
                    discard(self.path, night.folder)
                except OSError as error:
                    raise StoreError(f"The data load {night.name} could not be removed: {first_line(error)}") from error
            return [night.name for night in going]


def _dated(nights: list[Night], shown: str | None) -> list[Night]:
    """The nights whose date nobody has corrected since. The one shown is among them: who goes back to it says that its date is right."""
    corrected = {name for night in nights for name in night.corrects} - {shown}
    return [night for night in nights if night.name not in corrected]
