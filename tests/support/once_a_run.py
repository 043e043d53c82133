"""What is made once for a whole run of the tests, whichever worker first needs it: counties, stores, patterns of hidden figures."""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial, wraps
from pathlib import Path
from typing import TypeVar

import pytest
from filelock import FileLock

from metrics.disclosure.cells import Pattern, TableSystem
from metrics.strategic import answer

MADE = "made"
T = TypeVar("T")


def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run share: each has its own folder of temporary files within it."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own


def made_once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder of this name that ``make`` fills, which is given a folder that is not there yet. Read it, never change it."""
    place = run_folder(tmp_path_factory) / "once" / name
    place.parent.mkdir(exist_ok=True)
    with FileLock(place.with_name(f"{name}.lock")):
        done = place / MADE
        if not done.exists():
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()
            make(place / "it")
            done.touch()
    return place / "it"


def kept_once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[], T]) -> T:
    """What ``make`` gives, which can be pickled and takes long to make."""

    def keep(folder: Path) -> None:
        folder.mkdir()
        (folder / name).write_bytes(pickle.dumps(make()))

    return pickle.loads((made_once(tmp_path_factory, name, keep) / name).read_bytes())


@contextmanager
def greedy_patterns() -> Iterator[None]:
    """For tests of what is printed, not of how little is hidden: a greedy pattern is audited as every pattern is, and is found in a
    fraction of the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answer, "protect", partial(answer.protect, rounds=0))
        yield


def found_once(protect: Callable[..., Pattern], folder: Path) -> Callable[..., Pattern]:
    """``protect``, which looks for the pattern of a system once: it is always the same one, and takes seconds to find."""

    @wraps(protect)
    def found(system: TableSystem, *asked: int, **how: float) -> Pattern:
        key = hashlib.sha256(repr((system, asked, sorted(how.items()))).encode()).hexdigest()
        place = folder / f"pattern-{key}.pickle"
        if place.exists():
            return pickle.loads(place.read_bytes())
        pattern = protect(system, *asked, **how)
        beside = place.with_name(f"{place.name}.{os.getpid()}")
        beside.write_bytes(pickle.dumps(pattern))
        beside.replace(place)
        return pattern

    return found
