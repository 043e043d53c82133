"""Only a load of invented children is said to be one: a real one is never, whatever the settings call the council."""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb
import pytest

from data.invented import NOTICE_NAME, UNNAMED, are_listed, list_files, only_invented, shown_name, warning

DEFAULT = "Synthetic County (not real children)"


@pytest.mark.parametrize(
    ("surnames", "listed", "expected"),
    [
        (["Oak-Z0213", "Ash-Beck1"], False, True),
        (["Oak-Z0213", "Ash-Beck1"], True, True),
        (["Oak-Z0213", "Oak"], True, False),
        (["Oak-Z0213", "Ash-Z1", None], False, True),
        # One such name makes no county.
        (["Oak-Z0213", None, " "], False, False),
        (["Oak-Z0213", None, " "], True, True),
        # Returns and Annex A name nobody: only the notice beside the files says that they are invented.
        ([None, " "], False, False),
        ([None, " "], True, True),
        ([], False, False),
        ([], True, True),
    ],
)
def test_a_load_is_of_invented_children_where_no_child_can_be_real(surnames, listed, expected):
    with duckdb.connect() as connection:
        connection.execute("create table ssd_person (pers_surname varchar)")
        for surname in surnames:
            connection.execute("insert into ssd_person values (?)", [surname])
        assert only_invented(connection, lambda: listed) is expected


@pytest.mark.parametrize(
    ("council", "invented", "shown"),
    [
        (DEFAULT, True, DEFAULT),
        (DEFAULT, False, UNNAMED),
        ("Northshire", False, "Northshire"),
        ("Northshire", True, "Northshire"),
    ],
)
def test_a_name_that_says_not_real_is_never_shown_beside_real_children(council, invented, shown):
    assert shown_name(council, invented) == shown
    said = warning(council, invented)
    assert bool(said) == (shown != council) and all(DEFAULT in one and UNNAMED in one for one in said)


def test_only_files_that_the_notice_lists_are_invented(tmp_path):
    """Real files that are put into the folder of invented ones are not."""
    invented, later = tmp_path / "invented.csv", tmp_path / "real.csv"
    invented.write_text("a", encoding="utf-8")
    (tmp_path / NOTICE_NAME).write_text("All is invented.\n", encoding="utf-8")
    assert not are_listed(tmp_path, lambda: [_hash(invented)])
    list_files(tmp_path)
    assert are_listed(tmp_path, lambda: [_hash(invented)]) and are_listed(invented, lambda: [_hash(invented)])
    later.write_text("b", encoding="utf-8")
    assert not are_listed(tmp_path, lambda: [_hash(invented), _hash(later)]) and not are_listed(tmp_path, list)
    invented.write_text("c", encoding="utf-8")
    assert not are_listed(tmp_path, lambda: [_hash(invented)])
    (tmp_path / NOTICE_NAME).unlink()
    assert not are_listed(tmp_path, lambda: [_hash(later)])


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
