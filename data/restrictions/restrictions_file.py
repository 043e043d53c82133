"""Whose records are restricted, kept in the store apart from every night, so that no damage to a night names a child.

    restrictions.json   night, sequence   the night that it belongs to
                        rows              that night's restricted_records
                        before            what else was in force before it: holds too until that night has been shown
                        follows           the seals of the files that it took the place of
                        withheld          why all names stay withheld, until a file of restrictions comes; or null
                        seal              the hash of all this

It is written, and on the disk, before its night is shown. The night's manifest and the pointer name its seal, and the night's folder
holds a copy. Where it is not what they name, nobody can know whose record has been restricted, and every name is withheld.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice
from pathlib import Path

from data.night import durable, pointer
from data.night.night import Night, known_faults, night_in, seal, sequence_in, stamp

FILE = "restrictions.json"
NIGHTS = "nights"
# A row as the file and the night's table have it; the columns that are dates are ISO text in the file.
COLUMNS = {
    "restriction_id": "varchar",
    "person_id": "varchar",
    "end_date": "date",
    "allowed_roles": "varchar",
    "source_row": "bigint",
    "readable": "boolean",
    "certain": "boolean",
    "held_on": "date",
}
DATES = tuple(place for place, kind in enumerate(COLUMNS.values()) if kind == "date")
SEAL = "restrictions"  # the manifest's word for the seal
WITHHELD = (
    "Children's names are withheld, because {}: load the data with its local_restrictions file "
    "(see docs/how-to/when-names-are-withheld.md)."
)
NOT_SUPPLIED_SINCE = "the restrictions of earlier data loads could not be read and local_restrictions has not been supplied since"

Row = tuple


@dataclass(frozen=True)
class Kept:
    """A restrictions file as it was read, whole."""

    night: str
    sequence: int
    rows: tuple[Row, ...]
    before: tuple[Row, ...]
    follows: frozenset[str]
    withheld: str | None
    seal: str


@dataclass(frozen=True)
class InForce:
    """What is in force: the rows of the newest restrictions, and the sentence that says why every name is withheld (None: it is not).

    ``newest`` is the night to ask in a store that was made before it kept the file; ``mark`` changes whenever any of this does.
    """

    kept: Kept | None = None
    withheld: str | None = None
    rows: tuple[Row, ...] = ()
    newest: Night | None = None

    @property
    def mark(self) -> str:
        of = self.kept.seal if self.kept else self.newest.name if self.newest else "nobody"
        return f"{of} {len(self.rows)} {self.withheld or ''}"


def read(path: Path) -> Kept | None:
    """A restrictions file, or None where it is missing, cut short or damaged. Costs one stat once it is known."""
    try:
        return _read(path, stamp(path))
    except OSError:
        return None


@lru_cache(maxsize=16)
def _read(path: Path, _stamp: tuple) -> Kept | None:
    try:
        content = json.loads(path.read_bytes())
        if content["seal"] != seal(content) or content["sequence"] != sequence_in(content["night"]):
            return None
        rows, before = (tuple(map(_from_json, content[part])) for part in ("rows", "before"))
        follows, why = frozenset(content["follows"]), content["withheld"]
    except (OSError, ValueError, KeyError, TypeError):
        return None  # documented: such a file cannot be read, whatever ails it
    return Kept(content["night"], content["sequence"], rows, before, follows, why, content["seal"])


def _from_json(values: list) -> Row:
    if len(values) != len(COLUMNS):
        raise ValueError(values)
    return tuple(
        date.fromisoformat(value) if place in DATES and value is not None else value for place, value in enumerate(values)
    )


def _to_json(row: Row) -> list:
    return [value.isoformat() if isinstance(value, date) else value for value in row]


def write(path: Path, store: Path, night: str, rows: list[Row], before: Iterable[Row], withheld: str | None) -> str:
    """Write the restrictions of a night that is being published to a new file. Returns the seal.

    ``before`` is what is in force now; ``withheld`` says why every name stays withheld, None where none need be.
    """
    named, kept = pointer.read(store), read(store / FILE)
    follows = {*((named.seal,) if named else ()), *islice(map(_seal_of, _nights(_folders(store))), 1)}
    if kept:
        # One whose night was never shown stands in the place of those that it follows.
        follows |= {kept.seal} | (kept.follows if not named or kept.seal != named.seal else frozenset())
    content = {
        "night": night,
        "sequence": sequence_in(night),
        "rows": [_to_json(row) for row in rows],
        "before": [_to_json(row) for row in dict.fromkeys(before) if row not in set(rows)],
        "follows": sorted(seal for seal in follows if seal is not None),
        "withheld": withheld,
    }
    content["seal"] = own = seal(content)
    durable.write_new(path, json.dumps(content, indent=1, ensure_ascii=False) + "\n")
    return own


def put(store: Path, copy: Path) -> None:
    """Put a night's copy in the store, in one step."""
    durable.write_text(store / FILE, copy.read_text(encoding="utf-8"))


def mend(store: Path) -> None:
    """Put the newest night's copy back where the store's file is lost, and the pointer and that night bear each other out.

    Not where the pointer is lost as well: then there may have been a newer night.
    """
    folders = _folders(store)
    named, newest = pointer.read(store), next(_nights(folders), None)
    if named is None or named.seal is None or newest is None or newest.sequence < _newest_sequence(store, folders):
        return
    copy, there = read(newest.folder / FILE), read(store / FILE)
    if copy is None or copy == there or copy.seal != _seal_of(newest) or named.seal not in {copy.seal, *copy.follows}:
        return
    if (there is None or there.sequence <= copy.sequence) and not known_faults(newest):
        put(store, newest.folder / FILE)


def in_force(store: Path) -> InForce:
    """What is in force now, as the file, the pointer and the nights' manifests agree on it. A few small files are read, and no night."""
    # The file is read last: a load that ends in the meantime makes it newer than the rest, which its ``follows`` allows for, never older.
    named, shown, folders = pointer.read(store), pointer.last_shown(store), _folders(store)
    newest = _newest_sequence(store, folders)
    kept = read(store / FILE)
    if kept is None:
        there = (store / FILE).exists()
        if there or (named and named.seal) or any(map(_seal_of, _nights(folders))):
            fault = "is damaged" if there else "is missing"
            return InForce(
                withheld=WITHHELD.format(f"the store's {FILE} {fault}, and it is not known whose records it restricts")
            )
        return _made_before(next(_nights(folders), None), newest)
    if why := _not_the_newest(kept, named, folders, newest):
        return InForce(kept, WITHHELD.format(why), kept.rows + kept.before)
    held_still = kept.before if shown is None or shown < kept.sequence else ()
    return InForce(kept, WITHHELD.format(kept.withheld) if kept.withheld else None, kept.rows + held_still)


def _not_the_newest(kept: Kept, named: pointer.Pointer | None, folders: list[Path], newest: int) -> str | None:
    """Why a file is not the newest one of this store; None where it is."""
    fits = {kept.seal, *kept.follows}
    pointed = named.seal if named else None
    if kept.sequence < newest:
        return f"the store's {FILE} is that of the data load {kept.night} and there is a newer one, or was"
    own = [_seal_of(night) for night in _nights(folder for folder in folders if sequence_in(folder.name) == kept.sequence)]
    if any(seal_of_own != kept.seal for seal_of_own in own) or (pointed and pointed not in fits):
        return f"the store's {FILE} is not the one that was written with its data loads"
    # Where neither names it, it must follow a night that is there, unless those were all made before there were seals.
    if not pointed and not own and (seals := set(filter(None, map(_seal_of, _nights(folders))))) and not fits & seals:
        return f"the store's {FILE} follows none of its data loads"
    return None


def _made_before(night: Night | None, newest: int) -> InForce:
    """A store whose nights were published before it kept the file: its newest night is asked, where that can be read."""
    if not newest:
        return InForce()
    if night is None or night.sequence < newest or known_faults(night):
        return InForce(
            withheld=WITHHELD.format("the newest data load cannot be read, and it is not known whose records it restricts")
        )
    return InForce(newest=night)


def _seal_of(night: Night) -> str | None:
    return night.manifest.get(SEAL)


def _folders(store: Path) -> list[Path]:
    """The folders that are named as nights, whole or not, newest first."""
    found = (store / NIGHTS).iterdir() if (store / NIGHTS).is_dir() else ()
    return sorted((folder for folder in found if sequence_in(folder.name)), key=_sequence, reverse=True)


def _sequence(folder: Path) -> int:
    return sequence_in(folder.name)


def _nights(folders: Iterable[Path]) -> Iterator[Night]:
    """Those of the folders whose manifest is whole, shown or not."""
    return (night for folder in folders if (night := night_in(folder)))


def _newest_sequence(store: Path, folders: list[Path]) -> int:
    """The sequence of the newest night that there is or was: by its folder's name, whole or not, or by the pointer."""
    return max([sequence_in(pointer.newest_named(store)), *map(_sequence, folders[:1])])
