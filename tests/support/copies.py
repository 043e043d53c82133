"""A copy of a store for a test that writes."""

from __future__ import annotations

import shutil
from pathlib import Path

from casework.storage.database import FILE_NAME
from data.store.store import Store


def copy_of(store: Store, folder: Path, with_casework: bool = False) -> Store:
    """A copy of a store in a folder that does not exist yet.

    Without its casework records and its record of access, unless they are asked for: a page that another test opened may have written in
    them."""
    left_out = None if with_casework else shutil.ignore_patterns(f"{FILE_NAME}*", "access.*")
    return Store(Path(shutil.copytree(store.path, folder, ignore=left_out)))
