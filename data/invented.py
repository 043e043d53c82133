"""Whether the children of a data load are invented: only then do pages and packs say so, and may anybody open them without a sign-in.

What a council is called says nothing by itself: a new store is named "Synthetic County (not real children)" until somebody names it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import duckdb

from data.errors import TrackerError
from data.night import durable

# Stands beside invented files (``data.synthetic``). Of a format that has no names it lists them: others that are put there later are not
# taken for invented ones.
NOTICE_NAME = "SYNTHETIC.txt"
HASH = re.compile(r"^[0-9a-f]{64}(?= )", re.MULTILINE)
# Surnames of the synthetic county end with their family's mark (data/synthetic/lives.py), such as Yates-Z0213. No real one has a number.
NAMES = r"""
select
    count(*),
    count(*) filter (trim(pers_surname) != ''),
    count(*) filter (trim(pers_surname) != '' and not regexp_matches(trim(pers_surname), '-[A-Za-z]+[0-9]+$'))
from ssd_person
"""
NOT_NAMED = (
    "settings.toml calls this council '{}', and the children of this load are not invented. Give its name as council in settings.toml. "
    "Until then pages and packs say '{}'."
)
UNNAMED = "Council not named"


class CouncilNotNamed(TrackerError):
    """What is kept for good cannot be made while the council has no name."""


def list_files(folder: Path) -> None:
    """Write the invented files of a folder into its notice, each with the SHA-256 of its bytes."""
    notice = folder / NOTICE_NAME
    files = sorted(path for path in folder.iterdir() if path.is_file() and path != notice)
    lines = [f"{durable.sha256(path)}  {path.name}\n" for path in files]
    notice.write_text("".join((notice.read_text(encoding="utf-8"), "\nThe files:\n", *lines)), encoding="utf-8")


def are_listed(place: Path, hashes: Callable[[], Iterable[str]]) -> bool:
    """Whether every file of a load is listed in the notice of its folder. ``place``: the folder, or the one file of the load; ``hashes``
    gives the files' SHA-256, and is asked where there is a notice."""
    notice = (place if place.is_dir() else place.parent) / NOTICE_NAME
    if not notice.is_file():
        return False
    read = set(hashes())
    return bool(read) and read <= set(HASH.findall(notice.read_text(encoding="utf-8", errors="replace")))


def only_invented(connection: duckdb.DuckDBPyConnection, listed: Callable[[], bool]) -> bool:
    """Whether no child of a load can be real: no name is unlike those that ``demo`` gives, and most people have one; where they have
    none, whether every file is in a notice (``listed``)."""
    row = connection.execute(NAMES).fetchone()
    people, named, real = row if row else (0, 0, 0)
    return not real and (named * 2 > people or listed())


def is_invented(council: str) -> bool:
    """Whether a council says by its name that its children are not real."""
    return any(words in council.casefold() for words in ("synthetic", "not real children"))


def shown_name(council: str, invented: bool) -> str:
    """A council's name on pages and in packs. One that says its children are not real is not shown beside real ones."""
    return UNNAMED if is_invented(council) and not invented else council


def check_named(shown: str) -> None:
    """Raises CouncilNotNamed for a council that has no name. ``shown``: its name as pages and packs say it."""
    if shown == UNNAMED:
        raise CouncilNotNamed(
            "What is published or frozen is kept for good, and the council has no name yet: give it as council in settings.toml first."
        )


def warning(council: str, invented: bool) -> tuple[str, ...]:
    """What a load says where such a name is that of real children's council."""
    return () if shown_name(council, invented) == council else (NOT_NAMED.format(council, UNNAMED),)
