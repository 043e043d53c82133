"""Only a load of invented children is said to be one: a real one is never, whatever the settings call the council."""

from __future__ import annotations

import duckdb
import pytest

from data.invented import UNNAMED, only_invented, shown_name, warning

DEFAULT = "Synthetic County (not real children)"


@pytest.mark.parametrize(
    ("surnames", "with_notice", "expected"),
    [
        (["Oak-Z0213", "Ash-Beck1"], False, True),
        (["Oak-Z0213", "Ash-Beck1"], True, True),
        (["Oak-Z0213", "Oak"], True, False),
        (["Oak-Z0213", None, " "], False, True),
        # Returns and Annex A name nobody: only the notice beside the files says that they are invented.
        ([None, " "], False, False),
        ([None, " "], True, True),
        ([], False, False),
        ([], True, True),
    ],
)
def test_a_load_is_of_invented_children_where_no_child_can_be_real(surnames, with_notice, expected):
    with duckdb.connect() as connection:
        connection.execute("create table ssd_person (pers_surname varchar)")
        for surname in surnames:
            connection.execute("insert into ssd_person values (?)", [surname])
        assert only_invented(connection, with_notice) is expected


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
