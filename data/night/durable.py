"""Writing that survives a power cut: every change the store makes to the disk goes through these functions.

Folders are 0700 and files 0600 where the system knows such permissions, whatever the umask. On Windows a folder cannot be
flushed and its permissions come from the folder above.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from datetime import UTC, datetime
from pathlib import Path

ON_WINDOWS = os.name == "nt"
WINDOWS_TRIES = 20
WINDOWS_PAUSE_SECONDS = 0.1


def make_folder(path: Path) -> None:
    """Make a folder, and those above it, for this account only. One that is there stays as it is."""
    if path.is_dir():
        return
    if not path.parent.is_dir():
        make_folder(path.parent)
    path.mkdir(mode=0o700, exist_ok=True)


def restrict(path: Path) -> None:
    """Only this account may read a file or enter a folder."""
    if not ON_WINDOWS:
        os.chmod(path, 0o700 if path.is_dir() else 0o600)


def sha256(path: Path) -> str:
    """The hash of a file's bytes, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def written_at(path: Path) -> datetime:
    """When a file was last written; long ago for one that is not there."""
    return datetime.fromtimestamp(path.stat().st_mtime if path.exists() else 0, UTC)


def flush_file(path: Path) -> None:
    """Wait until a file's bytes are on the disk."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_folder(path: Path) -> None:
    """Wait until a folder's list of names is on the disk."""
    if ON_WINDOWS:
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_new(path: Path, text: str, flush: bool = True) -> None:
    """Write a file that is not there yet, for this account only, and wait until it is on the disk (``flush``)."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        if flush:
            os.fsync(file.fileno())


def replace(source: Path, target: Path) -> None:
    """Give a file or a folder its final name, in one step.

    On Windows a virus scanner or a reader may hold either for a moment, so there it is tried again for two seconds.
    """
    for attempt in range(WINDOWS_TRIES if ON_WINDOWS else 1):
        if attempt:
            time.sleep(WINDOWS_PAUSE_SECONDS)
        try:
            os.replace(source, target)
            return
        except PermissionError:
            if not ON_WINDOWS or attempt == WINDOWS_TRIES - 1:
                raise


def write_text(path: Path, text: str, flush: bool = True) -> None:
    """Write a small file so that a reader sees the old text or the new one, and (with ``flush``) a power cut leaves one of them."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.unlink(missing_ok=True)
    try:
        write_new(temporary, text, flush)
        replace(temporary, path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    if flush:
        flush_folder(path.parent)


def remove(path: Path) -> None:
    """Remove a folder with all it holds, or a file."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
