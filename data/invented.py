"""Whether the children of a data load are invented: only then do pages and packs say so, and may anybody open them without a sign-in.

What a council is called says nothing by itself: a new store is named "Synthetic County (not real children)" until somebody names it.
"""

from __future__ import annotations

import duckdb

# Stands beside invented files (``data.synthetic``), also of formats that have no names.
NOTICE_NAME = "SYNTHETIC.txt"
# Surnames of the synthetic county end with their family's mark (data/synthetic/lives.py), such as Yates-Z0213. No real one has a number.
NAMES = r"""
select count(*), count(*) filter (not regexp_matches(trim(pers_surname), '-[A-Za-z]+[0-9]+$'))
from ssd_person
where trim(pers_surname) != ''
"""
NOT_NAMED = (
    "settings.toml calls this council '{}', and the children of this load are not invented. Give its name as council in settings.toml. "
    "Until then pages and packs say '{}'."
)
UNNAMED = "Council not named"


def only_invented(connection: duckdb.DuckDBPyConnection, with_notice: bool) -> bool:
    """Whether no child of a load can be real: each who is named has an invented name, and where none is named the files came with the
    notice (``with_notice``)."""
    row = connection.execute(NAMES).fetchone()
    named, real = row if row else (0, 0)
    return not real and bool(named or with_notice)


def is_invented(council: str) -> bool:
    """Whether a council says by its name that its children are not real."""
    return any(words in council.casefold() for words in ("synthetic", "not real children"))


def shown_name(council: str, invented: bool) -> str:
    """A council's name on pages and in packs. One that says its children are not real is not shown beside real ones."""
    return UNNAMED if is_invented(council) and not invented else council


def warning(council: str, invented: bool) -> tuple[str, ...]:
    """What a load says where such a name is that of real children's council."""
    return () if shown_name(council, invented) == council else (NOT_NAMED.format(council, UNNAMED),)
