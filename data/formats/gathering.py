"""What a load reads, brought together before it is read: a folder or a database, and the council's own workbooks."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import duckdb

from data import invented
from data.errors import NightRefused
from data.formats import reading
from data.formats.reading import FORMATS, SSD, recognise
from data.formats.workbooks.making import make_tables
from data.night import durable
from data.reading.folder import table_of, tables_in
from data.reading.load_report import LoadReport
from data.reading.own_tables import OwnTable
from data.restrictions import mistaken
from data.restrictions.restrictions import RESTRICTIONS
from data.settings import Settings

DATABASE = "database"
EVERY_FORMAT = (*FORMATS, DATABASE)


@dataclass(frozen=True)
class Gathered:
    """Extracts ready to be read. ``form`` is what they came as (EVERY_FORMAT) and ``came_from`` says from where (a folder by its own name
    alone); ``folder`` holds them, in the form ``read_as``; ``own``: tables made beside them; ``warnings``: what there is to say of it."""

    form: str
    came_from: str
    folder: Path
    read_as: str
    own: Mapping[str, OwnTable] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def are_listed(self, hashes: Callable[[], Mapping[str, str]]) -> bool:
        """Whether all of them are in the notice of invented files. ``hashes`` gives what ``fingerprint`` does."""
        return invented.are_listed(self.folder, lambda: hashes().values())

    def fingerprint(self, settings: Settings) -> dict[str, str]:
        """{file or table: SHA-256 of its bytes, or what else decides what is read of it} of all that is read. Raises NightRefused."""
        own = {
            f"{name} ({table.path.name})": table.fault
            or f"{durable.sha256(table.path)}{' by pers_legacy_id' * table.by_legacy_id}{_unused(table)}"
            for name, table in self.own.items()
        }
        return reading.fingerprint(self.folder, settings, self.read_as) | own

    def read(
        self,
        con: duckdb.DuckDBPyConnection,
        settings: Settings,
        as_at: date,
        progress: Callable[[str], None] = lambda line: None,
        *,
        spellings: Path | None = None,
        scratch: Path | None = None,
    ) -> LoadReport:
        """Read everything into the contract's tables of ``con``; see ``read_night``. Raises NightRefused."""
        report = reading.read_extracts(
            con, self.folder, settings, as_at, progress, form=self.read_as, spellings=spellings, scratch=scratch, own=self.own
        )
        notes = (f"Read from the {self.came_from}.", *report.notes) if self.form == DATABASE else report.notes
        is_invented = invented.only_invented(con, lambda: self.are_listed(lambda: self.fingerprint(settings)))
        of_name = invented.warning(settings.council, is_invented)
        return replace(report, notes=notes, warnings=(*self.warnings, *of_name, *report.warnings), invented=is_invented)


def _unused(table: OwnTable) -> str:
    """The rows of a table's file that are not used, as their hash: the same file with other rows kept is another data load."""
    if not table.unlisted:
        return ""
    return f" without {hashlib.sha256(repr(table.unlisted).encode()).hexdigest()}"


@contextmanager
def gathered(
    extracts: Path | None,
    settings: Settings,
    form: str | None = None,
    progress: Callable[[str], None] = lambda line: None,
    *,
    scratch: Path | None = None,
) -> Iterator[Gathered]:
    """Bring together what a load reads: the folder ``extracts``, or the database of the settings where there is none or ``form`` says so.

    What has to be written out lies in a folder of its own below ``scratch``, which is removed at the end. Raises NightRefused, also where
    what seems to be the table of restrictions would not be read: every load and every check comes by here.
    """
    form = form or (DATABASE if extracts is None else recognise(extracts))
    with tempfile.TemporaryDirectory(dir=scratch, prefix="gathered-") as made:
        folder = _folder(Path(made), "own")
        if form == DATABASE:
            yield _from_database(extracts, settings, _folder(Path(made), "tables"), folder, progress)
        elif extracts is None:
            raise NightRefused(f"--format {form} needs the folder of its files; give it with --extracts.")
        else:
            own = make_tables(settings, folder, progress)
            if RESTRICTIONS not in own:
                _refuse_mistaken_restrictions(extracts, settings, form)
            yield Gathered(form, extracts.absolute().name, extracts, form, own)


def _refuse_mistaken_restrictions(extracts: Path, settings: Settings, form: str) -> None:
    try:
        read = reading.files_read(extracts, settings, form)
    except NightRefused:
        return  # whoever reads them says what is wrong with them
    if not any(table_of(path) == RESTRICTIONS for path in read):
        mistaken.refuse_in_folder(extracts, read)


def _folder(made: Path, name: str) -> Path:
    (made / name).mkdir()
    return made / name


def _from_database(
    extracts: Path | None, settings: Settings, folder: Path, own_folder: Path, progress: Callable[[str], None]
) -> Gathered:
    """The tables of the database in ``folder``, with those beside it, and what mapping.toml names in ``own_folder``: a query of it is asked
    at the moment at which the tables are read."""
    if not settings.database.url:
        raise NightRefused(
            "Give the folder of extracts with --extracts, or name a database in settings.toml (database.url) to read them from it."
        )
    # Imported here, so that what needs no database does not wait for the library that reads them.
    from data.formats.database.connecting import connected
    from data.formats.database.fetching import CONNECTIONS, fetch

    with connected(settings, CONNECTIONS) as opened:
        own = make_tables(settings, own_folder, progress, opened)
        fetched = fetch(opened, settings, folder, progress)
    if extracts and not extracts.is_dir():
        raise NightRefused(f"There is no folder {extracts}; give the folder of the files that are read beside the database.")
    beside = tables_in(extracts) if extracts else {}
    for name, path in beside.items():
        if name in fetched.tables:
            raise NightRefused(f"{path.name} is in {extracts}, and {name} is in the database too; leave one of the two.")
        shutil.copyfile(path, folder / path.name)
    if RESTRICTIONS not in (*fetched.tables, *beside, *own):
        if extracts:
            mistaken.refuse_in_folder(extracts, beside.values())
        prefix = settings.database.prefix.lower()
        mistaken.refuse_table(fetched.where, [name for name in fetched.others if name.lower().startswith(prefix)])
    return Gathered(DATABASE, fetched.where, folder, SSD, own, fetched.warnings)
