"""Who else on the machine may look into a store's folder, in which names of children stand."""

from __future__ import annotations

import stat
from pathlib import Path

from data.night.durable import ON_WINDOWS


def open_to_others(store: Path) -> tuple[str, ...]:
    """That every account of the machine may look into a store's folder, as a warning; empty where only its own account and group may, where
    there is no folder yet, and on Windows, where rights come from the folder above.

    A folder that the tracker makes is for its own account alone. One that is there keeps the rights that somebody gave it.
    """
    if ON_WINDOWS or not store.is_dir():
        return ()
    rights = stat.S_IMODE(store.stat().st_mode)
    if not rights & stat.S_IRWXO:
        return ()
    return (
        f"Every account of this machine may look into the store {store} (its rights are {rights:04o}), and names of children are in "
        f"it. Give it to the tracker's own account (chmod 0700 {store}), or to that account and its group (chmod 0750 {store}).",
    )
