"""What the workers of one run share is made once, and is what it would have been."""

from __future__ import annotations

from pathlib import Path

import pytest

from metrics.disclosure.cells import Pattern, TableSystem
from metrics.disclosure.protect import protect
from metrics.disclosure.tables import Tables
from tests.support.once_a_run import found_once, made_once


def a_system(small: int) -> TableSystem:
    """A table with one small figure."""
    tables, counts = Tables(), {"North": small, "South": 9, "East": 12, "county": small + 21}
    keys = {name: tables.cell(("list", "2026-10-31", name, "all"), count) for name, count in counts.items()}
    tables.total(keys.pop("county"), list(keys.values()))
    return tables.system()


def test_a_pattern_is_looked_for_once_and_is_what_it_would_have_been(tmp_path: Path):
    asked = []

    def counted(system: TableSystem, *arguments: int, **how: int) -> Pattern:
        asked.append((arguments, how))
        return protect(system, *arguments, **how)

    found = found_once(counted, tmp_path)
    questions = [(2, (5,), {}), (9, (5,), {}), (9, (9,), {}), (2, (5, 7), {}), (2, (5,), {"rounds": 0})]
    for _ in range(2):
        for small, arguments, how in questions:
            assert found(a_system(small), *arguments, **how) == protect(a_system(small), *arguments, **how)
    assert asked == [(arguments, how) for _, arguments, how in questions]


def test_a_folder_is_made_once_and_again_after_it_failed(tmp_path_factory: pytest.TempPathFactory):
    asked = []

    def make(folder: Path) -> None:
        asked.append(folder)
        folder.mkdir()
        if len(asked) == 1:
            raise OSError("the disk is full")
        (folder / "file").touch()

    name = f"tried-{tmp_path_factory.mktemp('own').name}"
    with pytest.raises(OSError):
        made_once(tmp_path_factory, name, make)
    for _ in range(2):
        assert [path.name for path in made_once(tmp_path_factory, name, make).iterdir()] == ["file"]
    assert len(asked) == 2
