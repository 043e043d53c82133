"""What a load does beside the spine, on a second connection, is part of it: where it fails, nothing is published."""

from __future__ import annotations

from functools import partial

import duckdb
import pytest

from data.night.night import StoreError
from data.store.publishing import Building
from data.store.store import Store
from metrics import nightly
from tests.packs.nights import AS_AT, night
from tests.support.copies import copy_of
from tests.support.extracts import write_extracts

TEAMS = {"T1": "North"}


def load_of(store: Store, *children: str) -> nightly.NightlyResult:
    """Load a night of these children."""
    records = night({child: ("T1", "RESPLMT", f"W{child}") for child in children}, TEAMS)
    extracts = write_extracts(store.path.parent / "-".join(children), records, someone_else=True)
    return nightly.run_nightly(store, extracts, AS_AT, accept_change=True)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store that shows a night, with few month ends. Copy it."""
    store = Store(tmp_path_factory.mktemp("loaded") / "store")
    store.path.mkdir()
    (store.path / "settings.toml").write_text("month_ends = 1\n", encoding="utf-8")
    load_of(store, "A")
    return store


@pytest.fixture
def load(loaded, tmp_path):
    """Load a night of some children, in a store of its own that shows one already; nothing that the test loads may be published."""
    store = copy_of(loaded, tmp_path / "store")
    first = store.current()
    yield partial(load_of, store)
    # Whatever became of what the test loaded: the first load is shown still, and the next one is published.
    assert store.current().name == first.name
    assert load_of(store, "A", "B").published


@pytest.mark.parametrize("broken", ["make_steps", "policies_and_problems"])
def test_a_mistake_beside_the_spine_stops_the_load_and_the_last_one_stays(load, monkeypatch, broken):

    def fail(*arguments, **named):
        raise RuntimeError("a mistake of the product")

    with monkeypatch.context() as patched:
        patched.setattr(nightly, broken, fail)
        with pytest.raises(RuntimeError, match="a mistake of the product"):
            load("A", "B")


def test_a_copy_that_the_disk_refuses_stops_the_load(load, monkeypatch):
    write_tables = Building.write_tables

    def refuse(self, con, names):
        if "ssd_person" in names:
            raise OSError(28, "No space left on device")
        write_tables(self, con, names)

    with monkeypatch.context() as patched:
        patched.setattr(Building, "write_tables", refuse)
        with pytest.raises(Exception, match="No space left on device"):
            load("A", "B")


def test_want_of_memory_is_said_in_a_sentence_and_the_last_load_stays(load, monkeypatch):

    def fail(*arguments, **named):
        raise duckdb.OutOfMemoryException(
            "Out of Memory Error: could not allocate block of size 256.0 KiB\n\nPossible solutions:"
        )

    with monkeypatch.context() as patched:
        patched.setattr(nightly, "list_children", fail)
        with pytest.raises(
            StoreError, match="could not be published: Out of Memory Error: could not allocate block of size 256.0 KiB"
        ):
            load("A", "B")
