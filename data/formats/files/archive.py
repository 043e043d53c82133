"""Zip files from other people, opened safely: an archive of extracts as the folder that was packed, and the workbook, which is a zip too.

Nothing in an archive is believed: sizes are counted as they are unpacked, and a file is written under its own name only, never under a path
that the archive gives.
"""

from __future__ import annotations

import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from data.errors import NightRefused
from data.reading.folder import table_of
from data.restrictions import mistaken
from data.restrictions.restrictions import RESTRICTIONS

BLOCK = 1 << 20
MOST_FILES = 2_000
MOST_BYTES = 16 << 30
# Extracts shrink to a tenth or a thirtieth. What grows more than this and is not small was made to fill a disk.
MOST_TIMES, SMALL = 250, 64 << 20
ENCRYPTED = 0x1
ARCHIVES = (".zip", ".7z", ".rar", ".gz", ".tar")
# What packing programs add of their own.
NOT_EXTRACTS = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)


@contextmanager
def unpacked(extracts: Path, scratch: Path | None = None) -> Iterator[Path]:
    """A zip of extracts as a folder with its files, for as long as the context lasts; anything else as it is.

    The files stand at the top of the archive, or all in one folder of it; the folder given has the archive's name. ``scratch``: where to
    unpack (the system's folder for temporary files). Raises NightRefused for an archive that is damaged, needs a password, holds another
    archive or files in several folders, gives paths out of itself, or unpacks to more than an extract can be, and for one without the table
    of restrictions that has what seems to be it beside it.
    """
    if not (extracts.is_file() and extracts.suffix.lower() == ".zip"):
        yield extracts
        return
    with tempfile.TemporaryDirectory(dir=scratch, prefix="unpacked-") as folder:
        named = Path(folder) / extracts.stem
        named.mkdir()
        _unpack(extracts, named)
        if not any(table_of(path) == RESTRICTIONS for path in named.iterdir()):
            mistaken.refuse_in_folder(extracts, [extracts])
        yield named


def check_archive(path: Path) -> None:
    """Read a zip's own list of files. Raises NightRefused for one that should not be opened; nothing is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check(path, archive.infolist())
    except BROKEN as fault:
        raise NightRefused(_broken(path, fault)) from None


def _unpack(path: Path, folder: Path) -> None:
    written = 0
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [one for one in archive.infolist() if not one.is_dir() and not _is_litter(one)]
            _check(path, entries)
            _check_extracts(path, entries)
            for entry in entries:
                with archive.open(entry) as packed, (folder / _name(entry)).open("wb") as file:
                    while block := packed.read(BLOCK):
                        written += len(block)
                        if written > MOST_BYTES:
                            raise NightRefused(_too_large(path))
                        file.write(block)
    except BROKEN as fault:
        raise NightRefused(_broken(path, fault)) from None


def _check(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_FILES:
        raise NightRefused(
            f"{path.name} holds {len(entries):,} files; put the extracts of one data load into it, and nothing else."
        )
    for entry in entries:
        if entry.flag_bits & ENCRYPTED:
            raise NightRefused(
                f"{path.name} needs a password ({entry.filename}); give it without one, in a folder that is protected."
            )
        if entry.file_size > SMALL and entry.file_size > MOST_TIMES * max(entry.compress_size, 1):
            raise NightRefused(_too_large(path))
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise NightRefused(_too_large(path))


def _check_extracts(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    folders, names = set(), set()
    for entry in entries:
        parts, name = PurePosixPath(entry.filename.replace("\\", "/")).parts, _name(entry)
        is_link = (entry.external_attr >> 16) & 0o170000 == 0o120000
        if ".." in parts or parts[:1] == ("/",) or ":" in entry.filename or is_link or not name:
            raise NightRefused(f"{path.name} holds {entry.filename!r}, which is a place outside it; pack the extracts again.")
        if name.lower().endswith(ARCHIVES):
            raise NightRefused(f"{path.name} holds another archive, {name}; put the extracts themselves into it.")
        if name.lower() in names:
            raise NightRefused(f"{path.name} holds {name} twice; leave one of them in it.")
        names.add(name.lower())
        folders.add(parts[:-1])
    if not entries:
        raise NightRefused(f"{path.name} holds no file; put the extracts into it.")
    if len(folders) > 1:
        said = sorted("/".join(parts) or "the top" for parts in folders)
        raise NightRefused(f"{path.name} has files in several folders ({said[0]} and {said[1]}); put them all into one.")


def _is_litter(entry: zipfile.ZipInfo) -> bool:
    return any(part in NOT_EXTRACTS or part.startswith("._") for part in PurePosixPath(entry.filename.replace("\\", "/")).parts)


def _name(entry: zipfile.ZipInfo) -> str:
    return PurePosixPath(entry.filename.replace("\\", "/")).name


def _too_large(path: Path) -> str:
    return f"{path.name} unpacks to far more than extracts are; it is damaged, or not what it seems: pack the extracts again."


def _broken(path: Path, fault: Exception) -> str:
    return f"{path.name} cannot be opened ({str(fault).rstrip('.') or type(fault).__name__}); it is damaged or cut short: make it again."
