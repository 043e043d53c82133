"""Files that wait for a browser are taken apart from one another, and no test is lost."""

from __future__ import annotations

import pytest

from tests.support.order import waiting_apart


def order(others: int, browsers: int) -> tuple[list[str], list[str]]:
    """The tests as they were collected, two a file, and as they are taken."""
    files = [f"a{number:02}" for number in range(others // 2)]
    files += [f"browser{number}" for number in range(browsers)]
    files += [f"z{number:02}" for number in range(others - others // 2)]
    items = [f"{name}::{test}" for name in files for test in ("one", "two")]
    taken = waiting_apart(items, lambda item: item.partition("::")[0], lambda name: name.startswith("browser"))
    return items, taken


@pytest.mark.parametrize(("others", "browsers"), [(0, 0), (0, 3), (1, 3), (3, 0), (3, 1), (3, 3), (40, 4), (300, 10)])
def test_every_test_is_taken_once_and_those_of_a_file_one_after_another(others: int, browsers: int):
    items, taken = order(others, browsers)
    assert sorted(taken) == sorted(items)
    assert [one for one in taken if "browser" not in one] == [one for one in items if "browser" not in one]
    assert all(first.replace("::one", "::two") == second for first, second in zip(taken[::2], taken[1::2], strict=True))


def test_files_that_wait_are_evenly_apart_and_none_is_the_last():
    _, taken = order(40, 4)
    places = [place // 2 for place, one in enumerate(taken) if one.startswith("browser") and one.endswith("one")]
    assert places == [0, 9, 18, 27] and len(taken) // 2 == 44
