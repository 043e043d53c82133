"""The store is for the tracker's own account: made so by whichever command makes it, and said where an older one is not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import tracker
from data.store.rights import open_to_others
from data.synthetic import write_county
from tests.data.small_night import AS_AT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows gives a folder the rights of the folder above")
WARNING = "Every account of this machine may look into the store"


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    """What most machines give: whatever is made without rights of its own can be read by everybody."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture(scope="module")
def extracts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_county(tmp_path_factory.mktemp("rights"), children=10, as_at=AS_AT)[0]


def open_below(folder: Path) -> list[Path]:
    """What others than the account itself may read or enter, the folder itself among it."""
    return [path for path in (folder, *folder.rglob("*")) if path.stat().st_mode & 0o077]


def _nightly(store: Path, extracts: Path) -> tuple[str, ...]:
    return ("nightly", "--store", str(store), "--extracts", str(extracts), "--as-at", AS_AT.isoformat(), "--no-draft")


def test_a_store_that_a_load_makes_is_for_its_own_account_alone(extracts, tmp_path, capsys):
    store = tmp_path / "council" / "store"
    assert tracker.main([*_nightly(store, extracts)]) == 0
    assert (store / "settings.toml").exists() and len(list(store.rglob("*.parquet"))) > 20
    assert open_below(store) == [] and store.stat().st_mode & 0o777 == 0o700
    assert WARNING not in capsys.readouterr().err


def test_a_store_of_the_demonstration_is_too(tmp_path):
    from commands.filling import _give_settings

    _give_settings(tmp_path / "store")
    assert len(list((tmp_path / "store").iterdir())) > 1 and open_below(tmp_path / "store") == []


@pytest.mark.parametrize(("rights", "said"), [(0o700, 0), (0o750, 0), (0o770, 0), (0o751, 1), (0o754, 1), (0o755, 1), (0o777, 1)])
def test_a_store_that_others_may_look_into_is_said_once_and_left_as_it_is(extracts, tmp_path, capsys, rights, said):
    store = tmp_path / "store"
    store.mkdir()
    store.chmod(rights)
    found = open_to_others(store)
    assert [WARNING in line for line in found] == [True] * said
    checked = ["check", "--store", str(store), "--extracts", str(extracts), "--as-at", AS_AT.isoformat()]
    # The commands print what is found, whatever it is: one store of each kind shows that.
    for asked in (checked, [*_nightly(store, extracts)]) if rights in (0o750, 0o755) else ():
        assert tracker.main(asked) == 0
        err = capsys.readouterr().err
        assert err.count(WARNING) == said
        assert all(line in err for line in found)
    assert all(f"(its rights are {rights:04o})" in line and f"chmod 0700 {store}" in line for line in found)
    assert store.stat().st_mode & 0o777 == rights


def test_where_there_is_no_store_nothing_is_said_of_it(extracts, tmp_path, capsys):
    for more in ([], ["--store", str(tmp_path / "none")]):
        assert tracker.main(["check", "--extracts", str(extracts), "--as-at", AS_AT.isoformat(), *more]) == 0
        assert WARNING not in capsys.readouterr().err
    assert not (tmp_path / "none").exists()
