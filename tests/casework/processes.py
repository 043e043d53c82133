"""What several processes do at once in the panel's records: each opens them for itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from casework.agenda.discussions import discussion, save_discussion
from casework.agenda.themes import themes
from casework.changes.restricted import NOBODY
from casework.publishing.publications import LedgerMoved, ledger, publish
from casework.records.errors import EditedMeanwhile
from casework.records.records import Publication
from casework.storage.database import Casework
from casework.storage.opening import open_casework
from data.settings import Settings


def append(casework: Casework, panel_id: int, name: str, edits: int) -> None:
    """Add to what is said of one child, so many times; again where somebody else added meanwhile."""
    for number in range(edits):
        mine = discussion(casework, panel_id, "C1", NOBODY)
        while True:
            try:
                save_discussion(casework, replace(mine, summary=mine.summary + f"[{name}{number}]"), name)
                break
            except EditedMeanwhile as refused:
                mine = refused.current


def publish_beside_what_was_read(casework: Casework, pack: Publication) -> None:
    """Publish as a pack does: read, work something out, enter, and again where the ledger moved. ``pattern`` says what was read."""
    while True:
        read = ledger(casework, pack.kind)
        try:
            publish(casework, replace(pack, pattern=str(len(read.publications))), read.state)
            return
        except LedgerMoved:
            pass


def open_records(address: str, folder: Path) -> Casework:
    """The records at an address, or in a folder."""
    return open_casework(Settings(casework_database=address, folder=folder))


def append_in_a_process(address: str, folder: Path, panel_id: int, name: str, edits: int) -> None:
    """``append``, in a process."""
    append(open_records(address, folder), panel_id, name, edits)


def publish_in_a_process(address: str, folder: Path, packs: list[Publication]) -> None:
    """``publish_beside_what_was_read``, in a process, one after the other."""
    casework = open_records(address, folder)
    for pack in packs:
        publish_beside_what_was_read(casework, pack)


def open_in_a_process(address: str, folder: Path, found: Path) -> None:
    """Open records that may not be there yet, and write into a file how many themes they have."""
    found.write_text(str(len(themes(open_records(address, folder)))), encoding="utf-8")
